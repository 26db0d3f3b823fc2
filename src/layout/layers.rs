//! Blocks in one place: the last of them that is there at a step is the one that is seen.

use super::piece::Piece;
use super::setting::Setting;
use crate::deck::Block;

/// Returns the blocks in `width` cells, all of the height of the tallest.
pub(super) fn layout(blocks: &[Block], width: u16, setting: &Setting<'_>) -> Piece {
    let mut piece = Piece::default();
    let mut layers = layers(blocks, width, setting);
    let last = layers.iter().flat_map(|layer| &layer.focus).map(|focus| focus.step).max().unwrap_or(0);
    while !layers.is_empty() {
        let lowest = layers.remove(0);
        piece.put(lowest.under(&layers, last), 0, 0);
    }
    piece
}

/// Returns a piece for each block, in the middle of the place that all of them share.
fn layers(blocks: &[Block], width: u16, setting: &Setting<'_>) -> Vec<Piece> {
    let pieces: Vec<Piece> = blocks.iter().map(|block| setting.lay(block, width)).collect();
    let height = pieces.iter().map(|piece| piece.height).max().unwrap_or(0);
    let centred = |piece: Piece| {
        let mut layer = Piece::default();
        let y = (height - piece.height) / 2;
        layer.put(piece, 0, y);
        layer
    };
    pieces.into_iter().map(centred).collect()
}
