//! What a clock must know of a talk.

use std::time::Duration;

use jiff::Timestamp;

use crate::rehearsal::Entry;
use crate::rehearsal::plan::TimeBudget;

/// What is known of a talk before it begins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanInput {
    /// The deck's path, absolute; empty for the lecture that ships.
    pub deck: String,
    /// The talk's title.
    pub title: String,
    /// The slides.
    pub entries: Vec<Entry>,
    /// What their time is given by.
    pub budget: TimeBudget,
    /// When the talk shall begin.
    pub start: Option<Timestamp>,
    /// When it shall be over; it has all the time until then, whenever it begins.
    pub end: Option<Timestamp>,
    /// How far from the plan is still on time.
    pub tolerance: Duration,
}
