//! A run in one line: when it was, how long it took, how far it came.

use jiff::Timestamp;
use serde::Serialize;

use super::shown::thousandths;
use crate::rehearsal::{Listed, Run};

/// A run as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Its number, from 1, the oldest run first.
    pub run: usize,
    /// When its clock was started.
    pub started: Timestamp,
    /// Whether it came to the last slide that counts.
    pub complete: bool,
    /// Whether it is long enough to be counted.
    pub counted: bool,
    /// How many of the slides that count were shown.
    pub slides_shown: usize,
    /// How many slides count.
    pub slides_counted: usize,
    /// The plan of the whole talk in seconds.
    pub planned_seconds: Option<f64>,
    /// What the talk took in seconds: neither pauses nor questions.
    pub total_seconds: f64,
    /// How much more than planned that is; of a partial run, more than planned for the slides that were shown.
    pub difference_seconds: Option<f64>,
    /// How long the speaker paused, in seconds.
    pub paused_seconds: f64,
    /// How long questions took, in seconds.
    pub questions_seconds: f64,
    /// How long the computer slept, in seconds.
    pub slept_seconds: f64,
}

impl Summary {
    /// Returns the summary of a run that has this number.
    pub fn new(number: usize, run: &Run) -> Self {
        let counted: Vec<&Listed> = run.header.slides.iter().filter(|slide| slide.counts).collect();
        let is_shown = |slide: &Listed| {
            run.spent.get(&slide.key).is_some_and(|spent| spent.visits > 0 || spent.seconds > 0.0)
        };
        let shown = || counted.iter().filter(|slide| is_shown(slide));
        let total = run.total_seconds();
        let compared = run.header.planned_seconds.map(|planned| {
            let of_shown = || shown().filter_map(|slide| slide.planned_seconds).sum();
            if run.complete { planned } else { of_shown() }
        });
        Self {
            run: number,
            started: run.header.started,
            complete: run.complete,
            counted: run.counts(),
            slides_shown: shown().count(),
            slides_counted: counted.len(),
            planned_seconds: run.header.planned_seconds,
            total_seconds: thousandths(total),
            difference_seconds: compared.map(|planned| thousandths(total - planned)),
            paused_seconds: thousandths(run.paused_seconds),
            questions_seconds: thousandths(run.questions_seconds),
            slept_seconds: thousandths(run.slept_seconds),
        }
    }

    /// Returns the summaries of all runs, the oldest first.
    pub fn all(runs: &[Run]) -> Vec<Self> {
        runs.iter().enumerate().map(|(index, run)| Self::new(index + 1, run)).collect()
    }
}
