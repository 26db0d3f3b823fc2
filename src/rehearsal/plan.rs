//! How long each slide is meant to take.

mod budget;
mod filling;
mod section;
mod share;

use std::time::Duration;

pub use budget::TimeBudget;
pub use section::Section;

use self::filling::Filling;
use super::Entry;
use crate::source::Diagnostic;

/// The time of one slide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Whether the slide belongs to what is planned.
    pub counts: bool,
    /// How long it is meant to take, in whole seconds; none without a budget, or where it doesn't count.
    pub time: Option<Duration>,
    /// The section that it is in, from 0.
    pub section: usize,
}

/// The time of each slide.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The slides, in the order of the talk.
    pub slides: Vec<Share>,
    /// The sections, in the order of the talk.
    pub sections: Vec<Section>,
    /// How long the talk, or the part, may take; none without a budget. It is the sum of the shares, but where a total is
    /// given that they do not add up to, which is a diagnostic.
    pub total: Option<Duration>,
    /// What does not add up.
    pub diagnostics: Vec<Diagnostic>,
}

impl Plan {
    /// Returns the plan of slides within a budget.
    ///
    /// A slide keeps the timing that its author gives it. In a section whose time is given, the other slides share what is
    /// left of that; all others share what is left of the total, as in reveal, by their weights or equally. Without a total
    /// they have the default timing or, where there is none either and others have a timing, what they may take by their
    /// weights. Where nothing gives any time, there is no plan. Shares are whole seconds.
    pub fn new(entries: &[Entry], budget: &TimeBudget) -> Self {
        let mut sections = Vec::new();
        let section_of = entries.iter().enumerate().map(|(first, entry)| {
            if first == 0 || entry.opens_section {
                sections.push(Section { title: entry.title.clone(), first, time: None });
            }
            sections.len() - 1
        });
        let section_of: Vec<usize> = section_of.collect();
        let Filling { seconds, total, diagnostics, .. } = Filling::new(entries, budget, &sections);
        let shares = section_of.into_iter().zip(seconds).enumerate();
        let shares = shares.map(|(index, (section, seconds))| {
            let counts = entries[index].counts && budget.has(index);
            Share { counts, time: seconds.filter(|_| counts).map(Duration::from_secs), section }
        });
        let slides: Vec<Share> = shares.collect();
        for share in &slides {
            let time = &mut sections[share.section].time;
            *time = share.time.map(|more| time.unwrap_or_default() + more).or(*time);
        }
        let planned = slides.iter().any(|share| share.time.is_some());
        let sum = planned.then(|| slides.iter().filter_map(|share| share.time).sum());
        Self { slides, sections, total: total.or(sum), diagnostics }
    }

    /// Returns the last slide that counts.
    pub fn last(&self) -> Option<usize> {
        self.slides.iter().rposition(|share| share.counts)
    }

    /// Returns when a slide, from 0, is meant to begin: after all before it that count. Beyond the last slide it is when the
    /// last is meant to end. None without a budget.
    pub fn start(&self, slide: usize) -> Option<Duration> {
        self.total?;
        Some(self.slides.iter().take(slide).filter_map(|share| share.time).sum())
    }
}

#[cfg(test)]
mod tests;
