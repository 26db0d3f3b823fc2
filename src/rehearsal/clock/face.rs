//! What a clock says at a moment. How it looks is not decided here.

use std::time::Duration;

use jiff::Timestamp;

use super::{Clock, Phase};
use crate::rehearsal::Moment;

/// How a talk lies in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// There is so much more time than is needed.
    Ahead(Duration),
    /// As planned, within the tolerance.
    OnTime,
    /// There is so much less.
    Behind(Duration),
}

/// What a clock says at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// What the clock is doing.
    pub phase: Phase,
    /// What the slide has taken, and what is planned for it.
    pub slide: (Duration, Option<Duration>),
    /// The same of the talk.
    pub talk: (Duration, Option<Duration>),
    /// How the talk lies in its plan.
    pub pace: Option<Pace>,
    /// When it will be over by the plan of what is left; none before it begins, and after its end.
    pub ends: Option<Timestamp>,
    /// How much of the plan the slides so far have, from 0 to 1; without a plan, how many of the slides.
    pub slides: f64,
    /// How much of the talk's time is over, from 0; without a plan none.
    pub time: Option<f64>,
    /// How long the clock has rested.
    pub rest: Duration,
    /// In how many seconds the talk shall begin; less than 0 where it should have.
    pub starts_in: Option<i64>,
}

impl Clock {
    /// Returns what the clock says at `now`.
    pub fn face(&mut self, now: Moment) -> Face {
        self.reading(now).face(now.wall)
    }

    /// Returns by how many seconds the talk will be longer than planned, if each slide from here on takes what is left of
    /// its time. Within a slide's own time that stays the same, as in reveal.js; beyond it, it grows.
    pub(super) fn deviation(&self) -> Option<f64> {
        let total = self.plan.total?.as_secs_f64();
        Some(self.elapsed().as_secs_f64() + self.left().as_secs_f64() - total)
    }

    /// Returns what is left of the time of the slides from here on.
    pub(super) fn left(&self) -> Duration {
        let from_here = self.plan.slides.iter().zip(&self.taken).skip(self.here.0);
        from_here.map(|(share, taken)| share.time.unwrap_or_default().saturating_sub(taken.time)).sum()
    }
}
