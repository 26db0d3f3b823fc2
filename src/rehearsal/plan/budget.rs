//! What a talk's time is given by.

use std::time::Duration;

use crate::deck::Meta;
use crate::text::parse_time;

/// What a talk's time is given by.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeBudget {
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

impl Default for TimeBudget {
    /// No time, for all slides.
    fn default() -> Self {
        let part = (0, usize::MAX);
        Self { total: None, total_is_for_part: false, default_timing: None, equal: false, part }
    }
}

impl TimeBudget {
    /// Returns what a deck's front matter gives: `totalTime`, else `duration`, and `defaultTiming`. A duration that cannot
    /// be read was reported by the parser.
    pub fn of(meta: &Meta) -> Self {
        let duration = || meta.duration.as_deref().and_then(parse_time).filter(|time| !time.is_zero());
        let total = meta.total_time.or_else(duration);
        Self { total, default_timing: meta.default_timing, ..Self::default() }
    }

    /// Returns whether the slide belongs to the part that is rehearsed.
    pub(super) fn has(&self, slide: usize) -> bool {
        (self.part.0..=self.part.1).contains(&slide)
    }
}
