//! Pictures in the terminal's own protocol: encoded, placed and removed. Everything here returns bytes; the screen
//! sends them.

mod compress;
mod encoded_image;
mod image_renderer;
pub mod iterm2;
pub mod kitty;
pub mod passthrough;
#[cfg(test)]
mod scripted;
pub mod sixel;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ratatui::layout::Rect;

pub use encoded_image::{EncodedImage, Margin, OwnFile};
pub use image_renderer::ImageRenderer;
pub use passthrough::PaneOrigin;

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
    pub image: Arc<EncodedImage>,
    /// Which of its frames is up.
    pub frame: usize,
    /// Where it is, in cells.
    pub area: Rect,
    /// How many rows of the image are above the area, when its slide is scrolled. Only kitty can leave them out: in
    /// the other protocols an image has just the part that is seen, and this is 0.
    pub top: u32,
    /// How many rows the whole image takes.
    pub rows: u32,
}
