//! How columns share a row.

#![expect(clippy::cast_precision_loss, reason = "a row has few columns")]

use crate::deck::{Block, GridCell, Kind, walk};

/// Free columns between two columns.
pub(super) const GAP: u16 = 3;

/// Returns the share of the row that each column gets: what the author gave, and of the rest equal shares.
pub(crate) fn shares(row: &[GridCell], pixels_of_row: f32) -> Vec<f32> {
    use crate::deck::Length::{Percent, Pixels};
    let given = |cell: &GridCell| match cell.width {
        Some(Percent(percent)) if percent > 0.0 => Some(percent / 100.0),
        Some(Pixels(pixels)) if pixels > 0.0 => Some((pixels / pixels_of_row).min(0.9)),
        _ => None,
    };
    let fixed: f32 = row.iter().filter_map(given).sum();
    let open: usize = row.iter().filter(|cell| given(cell).is_none()).map(|cell| cell.span).sum();
    // Columns that ask for all of the row and more leave the others as much as one of them would get.
    let rest = if open == 0 { 0.0 } else { (1.0 - fixed).max(open as f32 / (row.len() + open) as f32) };
    let all: Vec<f32> =
        row.iter().map(|cell| given(cell).unwrap_or(rest * cell.span as f32 / open.max(1) as f32)).collect();
    let sum: f32 = all.iter().sum();
    all.iter().map(|share| share / sum.max(f32::EPSILON)).collect()
}

/// Returns whether the blocks show pictures and no text beside them.
pub(crate) fn only_pictures(blocks: &[Block]) -> bool {
    let mut has_text = false;
    walk::each(blocks, &mut |block| {
        has_text |= matches!(block.kind, Kind::List(_) | Kind::Code(_) | Kind::Table(_) | Kind::Quote(_));
    });
    !has_text && !walk::pictures(blocks).is_empty()
}
