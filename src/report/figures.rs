//! A run when it is over: one sentence, then numbers by slide and by section beside what is usual.

use serde::Serialize;

use super::sentence::sentence;
use super::shown::{clean, thousandths};
use super::slide::SlideReport;
use super::summary::Summary;
use crate::rehearsal::Run;

/// The number of last runs that make the trend.
const TREND: usize = 10;

/// A run, beside its plan and the runs around it. All words of it may be shown on a terminal, and its fields are those of
/// the JSON report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What matters most.
    pub sentence: String,
    /// The deck's path; empty for the lecture that ships.
    pub deck: String,
    /// The talk's title.
    pub title: String,
    /// The run as a whole.
    #[serde(flatten)]
    pub summary: Summary,
    /// How many runs are recorded, complete or not.
    pub recorded: usize,
    /// The time on slides that the deck has no more, in seconds.
    pub gone_seconds: f64,
    /// The slides that are planned or were shown, in the order of the talk.
    pub slides: Vec<SlideReport>,
    /// The sections, where there are at least two.
    pub sections: Vec<SectionReport>,
    /// The last runs that are complete and counted, the oldest first.
    pub runs: Vec<Summary>,
    /// How long the talk takes by what is usual; none where that is not known of every slide.
    pub projected: Option<Projected>,
}

/// A section of the talk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionReport {
    /// Its number, from 1.
    pub number: usize,
    /// The title of its first slide.
    pub title: String,
    /// How many slides of it are planned or were shown.
    pub slides: usize,
    /// Their plan in seconds.
    pub planned_seconds: Option<f64>,
    /// What they took in this run, in seconds.
    pub seconds: f64,
    /// How much more than planned that is; in a partial run more than planned for the slides that were shown.
    pub difference_seconds: Option<f64>,
}

/// What the talk usually takes: the medians of its slides added up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Projected {
    /// That time in seconds.
    pub seconds: f64,
    /// How much more than planned it is.
    pub difference_seconds: Option<f64>,
    /// How many slides were shown in no run yet, and are taken for as long as planned.
    pub slides_by_plan: usize,
}

impl Report {
    /// Returns what there is to say of a run; `runs` has the oldest first, and `chosen` is an index of it. A partial run's
    /// laps say what its slides usually take, but it is neither in the trend nor held against the whole plan.
    pub fn new(runs: &[Run], chosen: usize) -> Self {
        let run = &runs[chosen];
        let slides: Vec<SlideReport> =
            run.header.slides.iter().filter_map(|slide| SlideReport::new(slide, run, runs)).collect();
        let summary = Summary::new(chosen + 1, run);
        let listed: f64 = slides.iter().map(|row| row.seconds).sum();
        let mut trend = Summary::all(runs);
        trend.retain(|summary| summary.complete && summary.counted);
        let mut report = Self {
            sentence: String::new(),
            deck: clean(&run.header.deck),
            title: clean(&run.header.title),
            recorded: runs.len(),
            gone_seconds: thousandths((summary.total_seconds - listed).max(0.0)),
            sections: sections(run, &slides),
            runs: trend.split_off(trend.len().saturating_sub(TREND)),
            projected: Projected::new(&slides, summary.planned_seconds),
            slides,
            summary,
        };
        report.sentence = sentence(&report.summary, &report.slides, run.header.tolerance_seconds);
        report
    }

    /// Puts the slides that took most more than planned first; without a plan those that took longest.
    pub fn sort_by_cost(&mut self) {
        let has_plan = self.summary.planned_seconds.is_some();
        let cost = |row: &SlideReport| match row.difference_seconds {
            Some(difference) => difference,
            None if has_plan => f64::NEG_INFINITY,
            None => row.seconds,
        };
        self.slides.sort_by(|one, other| cost(other).total_cmp(&cost(one)));
    }
}

impl Projected {
    fn new(slides: &[SlideReport], planned: Option<f64>) -> Option<Self> {
        let slides: Vec<&SlideReport> = slides.iter().filter(|row| row.counts).collect();
        let known = slides.iter().filter(|row| row.median_seconds.is_some()).count();
        let each = slides.iter().map(|row| row.median_seconds.or(row.planned_seconds));
        let seconds = thousandths(each.sum::<Option<f64>>()?);
        let difference_seconds = planned.map(|planned| thousandths(seconds - planned));
        let slides_by_plan = slides.len() - known;
        (known > 0).then_some(Self { seconds, difference_seconds, slides_by_plan })
    }
}

fn sections(run: &Run, slides: &[SlideReport]) -> Vec<SectionReport> {
    let parts: Vec<&[SlideReport]> = slides.chunk_by(|row, next| row.section == next.section).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    let section = |rows: &&[SlideReport]| {
        let number = rows[0].section;
        let first = run.header.slides.iter().find(|slide| slide.section.saturating_add(1) == number);
        let seconds = thousandths(rows.iter().map(|row| row.seconds).sum());
        let compared = rows.iter().filter(|row| run.complete || row.is_shown());
        let is_shown = rows.iter().any(SlideReport::is_shown);
        let difference = planned(compared).filter(|_| is_shown).map(|planned| thousandths(seconds - planned));
        SectionReport {
            number,
            title: first.map(|slide| clean(&slide.title)).unwrap_or_default(),
            slides: rows.len(),
            planned_seconds: planned(rows.iter()),
            seconds,
            difference_seconds: difference,
        }
    };
    parts.iter().map(section).collect()
}

/// Returns the plan of some slides together; none where none has one.
fn planned<'a>(rows: impl Iterator<Item = &'a SlideReport>) -> Option<f64> {
    rows.filter_map(|row| row.planned_seconds).reduce(|sum, more| sum + more)
}
