//! One slide of a run: what it took, beside its plan and what is usual.

use serde::Serialize;

use super::shown::{clean, thousandths};
use crate::rehearsal::history::{best, laps, median};
use crate::rehearsal::{Listed, Run};

/// A slide of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SlideReport {
    /// The number that people call it by, from 1.
    pub number: usize,
    /// Its column and row, as `7.2`, where the deck has two dimensions.
    pub position: Option<String>,
    /// The name by which it is known again in an edited deck.
    pub key: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// Its section, from 1.
    pub section: usize,
    /// Whether it belongs to what is planned.
    pub counts: bool,
    /// Its plan in seconds.
    pub planned_seconds: Option<f64>,
    /// What it took in this run, in seconds.
    pub seconds: f64,
    /// How much more than planned that is; none where it was not shown or has no plan.
    pub difference_seconds: Option<f64>,
    /// The time of the last runs that was nearest to the plan, in seconds.
    pub best_seconds: Option<f64>,
    /// The middle of its times in the last runs, in seconds.
    pub median_seconds: Option<f64>,
    /// How often it was come to in this run.
    pub visits: u32,
}

impl SlideReport {
    /// Returns what there is to say of a slide of `run`; none where it neither counts nor was shown. `runs` say what is usual.
    pub(super) fn new(slide: &Listed, run: &Run, runs: &[Run]) -> Option<Self> {
        let spent = run.spent.get(&slide.key).copied().unwrap_or_default();
        let usual = laps(runs, &slide.key);
        let planned = slide.planned_seconds.filter(|_| slide.counts);
        let row = Self {
            number: slide.number,
            position: slide.position.as_deref().map(clean),
            key: clean(&slide.key),
            title: clean(&slide.title),
            section: slide.section.saturating_add(1),
            counts: slide.counts,
            planned_seconds: planned,
            seconds: thousandths(spent.seconds),
            difference_seconds: None,
            best_seconds: best(&usual, planned).map(thousandths),
            median_seconds: median(&usual).map(thousandths),
            visits: spent.visits,
        };
        let difference = planned.filter(|_| row.is_shown()).map(|planned| thousandths(row.seconds - planned));
        (row.counts || row.is_shown()).then_some(Self { difference_seconds: difference, ..row })
    }

    /// Returns whether the slide was shown in this run.
    pub fn is_shown(&self) -> bool {
        self.visits > 0 || self.seconds > 0.0
    }
}
