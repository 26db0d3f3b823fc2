//! What the world must do after an action.

use super::Offer;

/// What the world must do after an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing has changed.
    Nothing,
    /// Nothing has changed: a message says why.
    Say(&'static str),
    /// The stage looks different now.
    Draw,
    /// Light becomes dark, and dark light.
    SwapTheme,
    /// The deck is read again.
    Reload,
    /// The author's editor gets the terminal.
    Edit,
    /// Every cell is written again.
    Repaint,
    /// The terminal is given back until the speaker returns.
    Suspend,
    /// What was offered before the start is taken.
    Take(Offer),
    /// The talk is over.
    Quit,
}
