//! Two runs side by side, slide by slide.

use serde::Serialize;

use super::shown::{clean, clock, signed, thousandths, whole_difference};
use super::summary::Summary;
use crate::rehearsal::{Listed, Run};

/// Two runs side by side. All words of it may be shown on a terminal, and its fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What matters most.
    pub sentence: String,
    /// The deck's path; empty for the lecture that ships.
    pub deck: String,
    /// The talk's title.
    pub title: String,
    /// The one run.
    pub a: Summary,
    /// The other run.
    pub b: Summary,
    /// How much longer `b` took than `a`, in seconds; where one of them is partial, on the slides that both showed.
    pub difference_seconds: f64,
    /// The slides that either showed: in the order of `b`, then those that only `a` had.
    pub slides: Vec<SlideComparison>,
}

/// A slide of two runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SlideComparison {
    /// The number that people call it by, from 1.
    pub number: usize,
    /// The name by which it is known again in an edited deck.
    pub key: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// What it took in the one run, in seconds; none where it was not shown.
    pub a_seconds: Option<f64>,
    /// What it took in the other.
    pub b_seconds: Option<f64>,
    /// How much longer that is.
    pub difference_seconds: Option<f64>,
}

impl Comparison {
    /// Returns what the run at index `b` did otherwise than that at `a`; `runs` has the oldest first.
    pub fn new(runs: &[Run], a: usize, b: usize) -> Self {
        let slides = pairs(&runs[a], &runs[b]);
        let header = &runs[b].header;
        let (a, b) = (Summary::new(a + 1, &runs[a]), Summary::new(b + 1, &runs[b]));
        let difference = if a.complete && b.complete {
            b.total_seconds - a.total_seconds
        } else {
            slides.iter().filter_map(|pair| pair.difference_seconds).sum()
        };
        let mut comparison = Self {
            sentence: String::new(),
            deck: clean(&header.deck),
            title: clean(&header.title),
            difference_seconds: thousandths(difference),
            a,
            b,
            slides,
        };
        comparison.sentence = comparison.sentence();
        comparison
    }

    /// Puts the slides that took most more in `b` than in `a` first.
    pub fn sort_by_cost(&mut self) {
        let cost = |pair: &SlideComparison| pair.difference_seconds.unwrap_or(f64::NEG_INFINITY);
        self.slides.sort_by(|one, other| cost(other).total_cmp(&cost(one)));
    }

    fn sentence(&self) -> String {
        let both: Vec<(&SlideComparison, f64)> =
            self.slides.iter().filter_map(|pair| Some((pair, pair.difference_seconds?))).collect();
        let Some((pair, change)) =
            both.iter().copied().max_by(|(_, one), (_, other)| one.abs().total_cmp(&other.abs()))
        else {
            return format!("runs {} and {} have no slide in common", self.a.run, self.b.run);
        };
        let one_is_partial = !(self.a.complete && self.b.complete);
        let slides =
            if one_is_partial { format!(" on the {} slides of both", both.len()) } else { String::new() };
        let total = whole_difference(self.b.total_seconds, self.difference_seconds);
        let much = match total {
            0 => format!("as long as run {}", self.a.run),
            1.. => format!("{} longer than run {}", clock(total), self.a.run),
            _ => format!("{} less than run {}", clock(total), self.a.run),
        };
        let most = format!(
            "slide {} changed most, {}",
            pair.number,
            signed(pair.b_seconds.unwrap_or_default(), change)
        );
        format!("run {} took {much}{slides}; {most}", self.b.run)
    }
}

fn pairs(a: &Run, b: &Run) -> Vec<SlideComparison> {
    let knows = |run: &Run, key: &str| run.header.slides.iter().any(|slide| slide.key == key);
    let only_a = a.header.slides.iter().filter(|slide| !knows(b, &slide.key));
    let pair = |slide: &Listed| {
        let seconds = |run: &Run| {
            let spent = run.spent.get(&slide.key).filter(|spent| spent.visits > 0 || spent.seconds > 0.0);
            spent.map(|spent| thousandths(spent.seconds))
        };
        let (a_seconds, b_seconds) = (seconds(a), seconds(b));
        let difference_seconds = b_seconds.zip(a_seconds).map(|(b, a)| thousandths(b - a));
        let (key, title) = (clean(&slide.key), clean(&slide.title));
        let pair =
            SlideComparison { number: slide.number, key, title, a_seconds, b_seconds, difference_seconds };
        (pair.a_seconds.is_some() || pair.b_seconds.is_some()).then_some(pair)
    };
    b.header.slides.iter().chain(only_a).filter_map(pair).collect()
}
