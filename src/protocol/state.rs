//! Where a talk is and what its audience sees.

use serde::{Deserialize, Serialize};

use crate::present::{Blank, Closeup, Scrolled};
use crate::rehearsal::ClockState;

/// A place in a talk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TalkPosition {
    /// The slide, from 1 in the order of the deck.
    pub slide: usize,
    /// The step, from 0.
    pub step: u16,
    /// How many rows of the slide are above the stage.
    pub row: u32,
    /// How many there are at the most.
    pub last_row: u32,
}

impl TalkPosition {
    /// Returns how far the slide is scrolled.
    pub fn scrolled(self) -> Scrolled {
        Scrolled { row: self.row, last_row: self.last_row }
    }
}

/// The cells that the slide has before the audience.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StageSize {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// Pixels that a cell is wide.
    pub cell_width: f32,
    /// Pixels that it is high.
    pub cell_height: f32,
}

/// The state of a talk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TalkState {
    /// Where it is.
    pub at: TalkPosition,
    /// What the next step shows; none at the end.
    pub next: Option<TalkPosition>,
    /// How many slides there are.
    pub slides: usize,
    /// The slide's number as the audience reads it: `7.2` in a deck with two dimensions.
    pub number: String,
    /// The slide's title, empty where it has none.
    pub title: String,
    /// The slide's last step.
    pub steps: u16,
    /// Whether the stage is blank, and how.
    pub blank: Option<Blank>,
    /// The picture that is looked at closely, instead of the slide.
    pub closeup: Option<Closeup>,
    /// Whether animations stand still.
    pub still: bool,
    /// The audience's colours: `dark`, `light` or `terminal`.
    pub theme: String,
    /// Whether a rehearsal has ended, and asks what to do with it.
    pub has_ended: bool,
    /// The audience's stage.
    pub stage: StageSize,
    /// The clock.
    pub clock: ClockState,
}

impl TalkState {
    /// Returns whether another state differs at most by the time that has passed.
    pub fn is_like(&self, other: &Self) -> bool {
        self.clock.is_like(&other.clock) && Self { clock: other.clock.clone(), ..self.clone() } == *other
    }
}
