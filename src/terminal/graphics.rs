//! Pictures besides letters, in the terminal's own protocol: made ready, put up, taken down. Bytes come out of here;
//! nothing is written to the terminal, and what it can do is found out elsewhere.

mod compress;
pub mod iterm2;
pub mod kitty;
mod painter;
pub mod passthrough;
mod plate;
#[cfg(test)]
mod scripted;
pub mod sixel;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ratatui::layout::Rect;

pub use painter::Painter;
pub use passthrough::Pane;
pub use plate::{OwnFile, Plate};

/// How a terminal shows pictures besides letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// A picture is sent once, then placed by its number.
    Kitty {
        /// The terminal reads files of this machine.
        local: bool,
    },
    /// Six rows of pixels at a time, which the terminal does not remember.
    Sixel,
    /// Files in letters, which the terminal does not remember.
    Iterm2,
}

impl Protocol {
    /// Returns whether pictures must end above the screen's last row: one that reaches into it scrolls the screen.
    pub fn spares_last_row(self) -> bool {
        self == Self::Sixel
    }
}

/// A picture's frame at its place on the screen.
#[derive(Clone)]
pub struct Placement {
    /// The picture.
    pub plate: Arc<Plate>,
    /// Which of its frames is up.
    pub frame: usize,
    /// Where it is, in cells.
    pub area: Rect,
    /// So many rows of the plate are above the area, when its slide is scrolled. Only kitty can leave them out: in
    /// the other protocols a plate has just the part that is seen, and this is 0.
    pub top: u32,
    /// So many rows the whole plate takes.
    pub rows: u32,
}
