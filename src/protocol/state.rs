//! Where a talk is and what its audience sees, for whoever is joined to it. How that looks is not decided here.

use serde::{Deserialize, Serialize};

use crate::present::{Blank, Closeup, Scrolled};
use crate::rehearsal::Reading;

/// A place in a talk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spot {
    /// The slide, from 1 in the order of the deck.
    pub slide: usize,
    /// The step, from 0.
    pub step: u16,
    /// How many rows of the slide are above the stage.
    pub row: u32,
    /// How many there are at the most.
    pub last_row: u32,
}

impl Spot {
    /// Returns how far the slide is scrolled.
    pub fn scrolled(self) -> Scrolled {
        Scrolled { row: self.row, last_row: self.last_row }
    }
}

/// The cells that the slide has before the audience.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stage {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// Pixels that a cell is wide.
    pub cell_width: f32,
    /// Pixels that it is high.
    pub cell_height: f32,
}

/// How a talk stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Where it is.
    pub at: Spot,
    /// What the next step shows; none at the end.
    pub next: Option<Spot>,
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
    /// Whether a rehearsal has come to its end, and asks what shall become of it.
    pub has_ended: bool,
    /// The audience's stage.
    pub stage: Stage,
    /// The clock.
    pub clock: Reading,
}

impl State {
    /// Returns whether another state tells what this one does, the clock having gone on meanwhile as clocks do.
    pub fn is_like(&self, other: &Self) -> bool {
        self.clock.is_like(&other.clock) && Self { clock: other.clock.clone(), ..self.clone() } == *other
    }
}
