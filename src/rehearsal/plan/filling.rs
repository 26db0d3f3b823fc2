//! How a talk's time is shared among its slides, and what of it does not add up.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an `f64` counts the seconds and words of a talk exactly"
)]

use std::time::Duration;

use super::budget::TimeBudget;
use super::section::Section;
use super::share;
use crate::rehearsal::Entry;
use crate::source::{Diagnostic, Rule};
use crate::text::shown_time;

/// The shortest time in seconds that a slide can be meant to have.
const SHORTEST: u64 = 5;

/// The times of slides while they are found, in whole seconds.
pub(super) struct Filling<'a> {
    entries: &'a [Entry],
    budget: &'a TimeBudget,
    timed: Vec<Timed<'a>>,
    /// The time of each slide; none while it is not known.
    pub(super) seconds: Vec<Option<u64>>,
    /// What is given for all slides that count.
    pub(super) total: Option<Duration>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A section whose time is given.
struct Timed<'a> {
    section: &'a Section,
    time: u64,
    /// Those of its slides that count, in the part or not.
    slides: Vec<usize>,
}

impl<'a> Filling<'a> {
    /// Returns the times of all slides within a budget.
    pub(super) fn new(entries: &'a [Entry], budget: &'a TimeBudget, sections: &'a [Section]) -> Self {
        let own = |entry: &Entry| entry.timing.filter(|_| entry.counts).map(whole);
        let seconds = entries.iter().map(own).collect();
        let timed = timed(entries, sections);
        let mut filling = Self { entries, budget, timed, seconds, total: None, diagnostics: Vec::new() };
        filling.fill_sections();
        match budget.total.map(whole) {
            Some(0) => {
                filling.report("the talk's time is nothing", "give it some, such as `--duration 45m`");
                filling.fill_freely();
            }
            Some(total) => filling.fill(total),
            None => filling.fill_freely(),
        }
        filling
    }

    /// Lets the slides of each section that has a time share what is left of it. The whole section does so even where a part
    /// of the talk has only some of its slides.
    fn fill_sections(&mut self) {
        for nth in 0..self.timed.len() {
            let Timed { section, time, ref slides } = self.timed[nth];
            let (own, open) = (self.sum(slides), self.open(slides));
            self.share(time.saturating_sub(own), &open);
            if own > time || (own < time && open.is_empty()) {
                let (by, shown) = (difference(own, time), shown(time));
                let message =
                    format!("the slides' own timings in {} are {by} than its {shown}", named(section));
                let told = Diagnostic::of(Rule::PlanOff, message).on_slide(section.first + 1);
                self.diagnostics
                    .push(told.hint("change `data-section-timing`, or `data-timing` of its slides"));
            }
        }
    }

    /// Lets the slides that have no time yet share what is left of a total.
    fn fill(&mut self, total: u64) {
        let all: Vec<usize> = (0..self.entries.len()).filter(|&slide| self.is_in_total(slide)).collect();
        let (taken, open) = (self.sum(&all), self.open(&all));
        self.share(total.saturating_sub(taken), &open);
        if all.iter().all(|&slide| self.budget.has(slide)) && !all.is_empty() {
            self.total = Some(Duration::from_secs(total));
        }
        let counting = self.entries.iter().filter(|entry| entry.counts).count();
        let whose = if all.len() < counting { "the part's" } else { "the talk's" };
        let whose = format!("{whose} {}", shown(total));
        if taken > total {
            self.tell_of_too_much(&all, total, &whose);
        } else if open.is_empty() && taken < total && !all.is_empty() {
            let message = format!("the timings of all slides are {} than {whose}", difference(taken, total));
            self.report(&message, "take `data-timing` from slides that may share the rest");
        } else if total - taken < SHORTEST * open.len() as u64 {
            let slides = if open.len() == 1 { "slide" } else { "slides" };
            let message = format!("{} of {whose} is left for {} {slides}", shown(total - taken), open.len());
            self.report(
                &message,
                match taken {
                    0 => "a number without a unit is seconds: write `45m` for minutes",
                    _ => "give the talk more time, or less to the slides that have `data-timing`",
                },
            );
        }
    }

    /// Reports by how much the slides and the sections that have a time exceed what there is, the slides first.
    fn tell_of_too_much(&mut self, all: &[usize], total: u64, whose: &str) {
        let in_total = |timed: &Timed| -> Vec<usize> {
            timed.slides.iter().copied().filter(|&slide| self.is_in_total(slide)).collect()
        };
        let sections: Vec<(&Section, u64)> =
            self.timed.iter().map(|timed| (timed.section, self.sum(&in_total(timed)))).collect();
        let own = self.sum(all) - sections.iter().map(|(_, time)| time).sum::<u64>();
        if own > total {
            let message = format!("the slides' own timings are {} than {whose}", difference(own, total));
            self.report(&message, "give the talk more time, or some slides less `data-timing`");
        }
        let mut left = total.saturating_sub(own);
        for (section, time) in sections {
            if time > left {
                let (name, by) = (named(section), difference(time, left));
                let message = format!("{name} shall take {}, {by} than what is left of {whose}", shown(time));
                let told = Diagnostic::of(Rule::PlanOff, message).on_slide(section.first + 1);
                self.diagnostics.push(told.hint("give the talk more time, or the section less"));
            }
            left = left.saturating_sub(time);
        }
    }

    /// Gives the slides that have no time yet the default timing or, where any slide has a time at all, what they may take.
    fn fill_freely(&mut self) {
        let default = self.budget.default_timing.map(whole);
        if default.is_none() && self.seconds.iter().all(Option::is_none) {
            return;
        }
        for (seconds, entry) in self.seconds.iter_mut().zip(self.entries).filter(|(_, entry)| entry.counts) {
            *seconds = seconds.or(default).or(Some(entry.weight.round() as u64));
        }
    }

    /// Returns whether the total is for this slide, among others.
    fn is_in_total(&self, slide: usize) -> bool {
        self.entries[slide].counts && (!self.budget.total_is_for_part || self.budget.has(slide))
    }

    fn sum(&self, slides: &[usize]) -> u64 {
        slides.iter().filter_map(|&slide| self.seconds[slide]).sum()
    }

    /// Returns those of the slides that have no time yet.
    fn open(&self, slides: &[usize]) -> Vec<usize> {
        slides.iter().copied().filter(|&slide| self.seconds[slide].is_none()).collect()
    }

    /// Gives each of the slides its share of the seconds.
    fn share(&mut self, seconds: u64, slides: &[usize]) {
        let weight = |&slide: &usize| if self.budget.equal { 1.0 } else { self.entries[slide].weight };
        let weights: Vec<f64> = slides.iter().map(weight).collect();
        for (&slide, share) in slides.iter().zip(share::out(seconds, &weights)) {
            self.seconds[slide] = Some(share);
        }
    }

    fn report(&mut self, message: &str, hint: &str) {
        self.diagnostics.push(Diagnostic::of(Rule::PlanOff, message).hint(hint));
    }
}

/// Returns the sections whose time is given, but those of which no slide counts.
fn timed<'a>(entries: &[Entry], sections: &'a [Section]) -> Vec<Timed<'a>> {
    let ends = sections.iter().skip(1).map(|next| next.first).chain([entries.len()]);
    let timed = sections.iter().zip(ends).filter_map(|(section, end)| {
        let time = whole(entries[section.first].section_timing?);
        let slides = (section.first..end).filter(|&slide| entries[slide].counts).collect();
        Some(Timed { section, time, slides })
    });
    timed.filter(|timed| timed.time > 0 && !timed.slides.is_empty()).collect()
}

/// Returns the nearest number of seconds: a plan has no fractions of them.
fn whole(time: Duration) -> u64 {
    time.as_secs_f64().round() as u64
}

fn shown(seconds: u64) -> String {
    shown_time(Duration::from_secs(seconds))
}

/// Returns by how much one number of seconds is more or less than another.
fn difference(one: u64, other: u64) -> String {
    format!("{} {}", shown(one.abs_diff(other)), if one > other { "more" } else { "less" })
}

fn named(section: &Section) -> String {
    match section.title.as_str() {
        "" => "this section".to_owned(),
        title => format!("section `{title}`"),
    }
}
