//! What a clock shows at a moment.

use std::time::Duration;

use jiff::Timestamp;

use super::phase::ClockPhase;

/// How a talk lies in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// There is this much more time than is needed.
    Ahead(Duration),
    /// As planned, within the tolerance.
    OnTime,
    /// There is this much less.
    Behind(Duration),
}

/// What a clock shows at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockReadout {
    /// What the clock is doing.
    pub phase: ClockPhase,
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
