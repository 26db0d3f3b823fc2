//! What comes from the terminal: bytes become keys, pasted text and answers, in order.

mod answer;
mod decode;
mod reader;
mod sequence;

use crossterm::event::KeyEvent;

pub use answer::Answer;
pub use decode::Decoder;
pub use reader::InputReader;

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted; only where bracketed paste is on.
    Paste(String),
    /// The terminal answers a query.
    Answer(Answer),
    /// Whether the terminal has the focus now; only where reports of the focus are on.
    Focus(bool),
    /// The terminal is gone; nothing more will come.
    Closed,
}
