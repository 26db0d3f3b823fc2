//! How much of the talk's clock is shown, and what is offered before it starts.

use std::time::Duration;

use super::Viewers;

/// How much of the clock is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClockVisibility {
    /// Nothing.
    #[default]
    Hidden,
    /// A quiet mark in the row of chrome.
    Mark,
    /// A line in its place.
    Line,
}

impl ClockVisibility {
    /// Returns what the next press of the clock's key shows.
    pub(super) fn next(self, viewers: Viewers) -> Self {
        match self {
            Self::Hidden if viewers == Viewers::Speaker => Self::Line,
            Self::Hidden => Self::Mark,
            Self::Mark => Self::Line,
            Self::Line => Self::Hidden,
        }
    }
}

/// What is offered to a speaker who has not begun yet: Enter takes it, any step passes it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To dismiss what is said of a plan that does not add up.
    Notice,
    /// To go on with the last run, which ended a short while ago.
    GoOn,
    /// To take a length that the first slide speaks of for the talk's.
    Length(Duration),
}
