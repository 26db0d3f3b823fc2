//! Blocks below each other.

use super::piece::Piece;
use super::setting::Setting;
use crate::deck::{Block, Inline, Kind};

/// The columns that a block gets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    /// The first of them.
    pub(super) x: u16,
    /// How many.
    pub(super) width: u16,
}

/// Returns the blocks in a column of `width` cells.
pub(super) fn layout(blocks: &[Block], width: u16, setting: &Setting<'_>) -> Piece {
    placed(blocks, setting, |_| Columns { x: 0, width })
}

/// Returns the blocks, each in the columns that `place` gives it.
pub(super) fn placed(blocks: &[Block], setting: &Setting<'_>, place: impl Fn(&Block) -> Columns) -> Piece {
    let mut piece = Piece::default();
    for (nth, block) in blocks.iter().enumerate() {
        let Columns { x, width } = place(block);
        let gap = gap_between(nth.checked_sub(1).map(|before| &blocks[before]), block, setting);
        piece.below(setting.lay(block, width), x, gap);
    }
    piece
}

/// Returns the rows between two blocks. A list stays with the line that announces it, text with the small heading
/// above it, and a picture with the paragraph that it stands in.
fn gap_between(before: Option<&Block>, block: &Block, setting: &Setting<'_>) -> u32 {
    let together = match (before.map(|before| &before.kind), &block.kind) {
        (Some(Kind::Paragraph(inlines)), Kind::List(_)) => announces(inlines),
        (Some(Kind::Heading { level, .. }), _) => *level > 2,
        _ => block.joined,
    };
    if together { 0 } else { setting.gap() }
}

fn announces(inlines: &[Inline]) -> bool {
    matches!(inlines.last(), Some(Inline::Text(text, _)) if text.trim_end().ends_with(':'))
}
