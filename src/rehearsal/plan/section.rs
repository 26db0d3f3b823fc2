//! Slides that belong together.

use std::time::Duration;

/// A section of the talk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The title of its first slide; empty where that has none.
    pub title: String,
    /// Its first slide, from 0.
    pub first: usize,
    /// How long those of its slides that count are meant to take together; none without a budget, or where none counts.
    pub time: Option<Duration>,
}
