//! How long each slide is meant to take. What it has taken is not known here.

mod filling;
mod share;

use std::time::Duration;

use self::filling::Filling;
use super::Entry;
use crate::deck::Meta;
use crate::source::Diagnostic;
use crate::text::parse_time;

/// What a talk's time is given by.
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    /// The time of the whole talk, or of the part.
    pub total: Option<Duration>,
    /// Whether the total is for the part alone; else the slides of the part have the shares that they have in the whole
    /// talk.
    pub total_is_for_part: bool,
    /// The time of a slide that nothing else is said of; a total has precedence, as in reveal.
    pub default_timing: Option<Duration>,
    /// Whether slides share what is left in equal parts rather than by what they hold.
    pub equal: bool,
    /// The first and the last slide of the part that is rehearsed, from 0.
    pub part: (usize, usize),
}

impl Default for Budget {
    /// No time, for all slides.
    fn default() -> Self {
        let part = (0, usize::MAX);
        Self { total: None, total_is_for_part: false, default_timing: None, equal: false, part }
    }
}

impl Budget {
    /// Returns what a deck's front matter gives: `totalTime`, else `duration`, and `defaultTiming`. A duration that cannot
    /// be read was told of where it was read.
    pub fn of(meta: &Meta) -> Self {
        let duration = || meta.duration.as_deref().and_then(parse_time).filter(|time| !time.is_zero());
        let total = meta.total_time.or_else(duration);
        Self { total, default_timing: meta.default_timing, ..Self::default() }
    }

    fn has(&self, slide: usize) -> bool {
        (self.part.0..=self.part.1).contains(&slide)
    }
}

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

/// Slides that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The title of its first slide; empty where that has none.
    pub title: String,
    /// Its first slide, from 0.
    pub first: usize,
    /// How long those of its slides that count are meant to take together; none without a budget, or where none counts.
    pub time: Option<Duration>,
}

/// The time of each slide.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The slides, in the order of the talk.
    pub slides: Vec<Share>,
    /// The sections, in the order of the talk.
    pub sections: Vec<Section>,
    /// How long the talk, or the part, may take; none without a budget. It is the sum of the shares, but where a total is
    /// given that they do not add up to: that is told of.
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
    pub fn new(entries: &[Entry], budget: &Budget) -> Self {
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
