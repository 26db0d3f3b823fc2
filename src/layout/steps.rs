//! What fragments do to the pieces of a scene: how each looks at which steps. Their steps were counted by the parser.

use std::ops::Range;

use super::scene::{Focus, Look, Phase, Piece};
use crate::deck::{Change, CodeStep, Fragment};

/// Returns how what has this fragment looks, at the steps at which it looks another way than without it.
fn phases(Fragment { step, change }: Fragment) -> Vec<Phase> {
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
fn with_end(steps: &[CodeStep]) -> impl Iterator<Item = (&CodeStep, Range<u16>)> {
    let ends = steps.iter().skip(1).map(|step| step.step).chain([u16::MAX]);
    steps.iter().zip(ends).map(|(step, end)| (step, step.step..end))
}

impl Piece {
    /// Lets everything in the piece change as `fragments` say.
    #[must_use]
    pub(super) fn changing(mut self, fragments: &[Fragment]) -> Self {
        for Phase { steps, look } in fragments.iter().flat_map(|fragment| phases(*fragment)) {
            self.look(&steps, look);
        }
        let rows = 0..self.height;
        self.focus.extend(fragments.iter().map(|one| Focus { step: one.step, rows: rows.clone() }));
        self
    }

    /// Subdues a line of code, counted from 1, while others stand out; and looks at it when it begins to.
    pub(super) fn subdue(&mut self, steps: &[CodeStep], line: usize) {
        let rows = 0..self.height;
        for (step, during) in with_end(steps) {
            if !step.shows(line) {
                self.look(&during, Look::Subdued);
            } else if !step.ranges.is_empty() {
                self.focus.push(Focus { step: step.step, rows: rows.clone() });
            }
        }
    }

    /// Hides what marks a line of code while the line does not stand out.
    #[must_use]
    pub(super) fn beside_lines(mut self, steps: &[CodeStep], line: usize) -> Self {
        if steps.is_empty() {
            self.items.clear();
        }
        for (step, during) in with_end(steps) {
            if step.ranges.is_empty() || !step.shows(line) {
                self.look(&during, Look::Hidden);
            }
        }
        self
    }

    fn look(&mut self, steps: &Range<u16>, look: Look) {
        for item in &mut self.items {
            item.phases.push(Phase { steps: steps.clone(), look });
        }
    }

    /// Hides the piece at the steps at which one of `others`, which lie over it, is to be seen; their last change is at
    /// the step `last`.
    #[must_use]
    pub(super) fn under(mut self, others: &[Self], last: u16) -> Self {
        for step in 0..=last {
            if others.iter().any(|other| other.items.iter().any(|item| item.is_seen(step))) {
                let end = if step == last { u16::MAX } else { step + 1 };
                self.look(&(step..end), Look::Hidden);
            }
        }
        self
    }
}
