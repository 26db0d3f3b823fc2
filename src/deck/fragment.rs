//! What changes on a slide from step to step. When a step comes is not known here.

use crate::color::Rgb;

/// A change of a part of a slide, at a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fragment {
    /// The step at which it comes; a slide begins with step 0.
    pub step: u16,
    /// What it is.
    pub change: Change,
}

/// What a fragment does, after the names of reveal's classes. Ways of moving are all the same in a terminal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// It is there from its step on: `fade-in` and its kin.
    Appear,
    /// It is there until its step: `fade-out`.
    Vanish,
    /// It is there at its step only: `current-visible`, `fade-in-then-out`.
    Visit,
    /// It appears, and is subdued after its step: `fade-in-then-semi-out`.
    Settle,
    /// It is subdued from its step on: `semi-fade-out`, `shrink`.
    Subdue,
    /// It is struck through from its step on: `strike`.
    Strike,
    /// It is strong from its step on: `grow`.
    Strengthen,
    /// It has this colour from its step on: `highlight-red`.
    Tint(Rgb),
    /// It has this colour at its step only: `highlight-current-red`.
    TintNow(Rgb),
}
