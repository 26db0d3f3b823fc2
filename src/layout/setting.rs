//! What is fixed while one slide is laid out once.

use super::piece::Piece;
use super::stage::Stage;
use super::supply::Supply;
use crate::deck::{Align, Block};
use crate::theme::Theme;

/// What a slide still keeps of its air.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one kind of air, given up by itself")]
pub(super) struct Density {
    /// Free rows and columns at the stage's edges, and those that the author put around pictures.
    pub(super) margins: bool,
    /// The rule under the heading.
    pub(super) heading_rule: bool,
    /// Free rows above and below code, on its background.
    pub(super) code_padding: bool,
    /// Blank lines between blocks.
    pub(super) gaps: bool,
    /// Whether pictures may shrink below a comfortable size.
    pub(super) small_pictures: bool,
    /// The words of pictures that are too small to be made out.
    pub(super) picture_words: bool,
    /// Text that asks for letters as large as its width.
    pub(super) big_letters: bool,
    /// How many fifths of its width a picture's column has given to the text beside it.
    pub(super) tilt: u16,
    /// The row above the heading. It goes last: headings start at the same row on every slide that can help it.
    pub(super) top: bool,
}

/// What is fixed while one slide is laid out once.
pub(super) struct Setting<'a> {
    pub(super) stage: Stage,
    pub(super) theme: &'a Theme,
    pub(super) supply: &'a dyn Supply,
    pub(super) density: Density,
    /// The rows that no picture may pass.
    pub(super) picture_rows: u16,
    /// The rows that a picture may not pass which takes what the rest of the slide leaves.
    pub(super) stretch_rows: u16,
    /// How text stands where its block does not say.
    pub(super) align: Option<Align>,
    /// Lays out one block in at most that many cells. `flow` chooses the file for a block's kind; what contains blocks calls
    /// it through here, and so no file imports one that imports it.
    pub(super) block: fn(&Block, u16, &Self) -> Piece,
}

impl Setting<'_> {
    /// Returns the pixels of this stage that a pixel of reveal's slide of 960×700 becomes, the same on both axes.
    pub(super) fn scale(&self) -> f32 {
        let width = f32::from(self.stage.columns) * self.stage.cell.width;
        let height = f32::from(self.stage.rows) * self.stage.cell.height;
        (width / 960.0).min(height / 700.0)
    }

    /// Returns `block` laid out in at most `width` cells.
    pub(super) fn lay(&self, block: &Block, width: u16) -> Piece {
        (self.block)(block, width, self)
    }

    /// Returns the rows between two blocks.
    pub(super) fn gap(&self) -> u32 {
        u32::from(self.density.gaps)
    }
}
