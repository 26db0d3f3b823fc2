//! What fragments and the steps of code do: how what they are on looks at which steps.

use std::ops::Range;

use super::scene::{Look, Phase};
use crate::deck::{Change, CodeStep, Fragment};

/// Returns how what has this fragment looks, at the steps at which it looks another way than without it.
pub(super) fn phases(Fragment { step, change }: Fragment) -> Vec<Phase> {
    let phase = |steps: Range<u16>, look| Phase { steps, look };
    let (before, at, after) = (0..step, step..step.saturating_add(1), step.saturating_add(1)..u16::MAX);
    let from = step..u16::MAX;
    match change {
        Change::Appear => vec![phase(before, Look::Hidden)],
        Change::Vanish => vec![phase(from, Look::Hidden)],
        Change::Visit => vec![phase(before, Look::Hidden), phase(after, Look::Hidden)],
        Change::Settle => vec![phase(before, Look::Hidden), phase(after, Look::Subdued)],
        Change::Subdue => vec![phase(from, Look::Subdued)],
        Change::Strike => vec![phase(from, Look::Struck)],
        Change::Strengthen => vec![phase(from, Look::Strong)],
        Change::Tint(color) => vec![phase(from, Look::Tinted(color))],
        Change::TintNow(color) => vec![phase(at, Look::Tinted(color))],
    }
}

/// Returns each step of a block of code with the slide's steps during which it holds.
pub(super) fn with_end(steps: &[CodeStep]) -> impl Iterator<Item = (&CodeStep, Range<u16>)> {
    let ends = steps.iter().skip(1).map(|step| step.step).chain([u16::MAX]);
    steps.iter().zip(ends).map(|(step, end)| (step, step.step..end))
}
