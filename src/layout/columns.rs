//! Blocks beside each other, with the widths that the author gave; below each other where that would be too narrow.

use super::piece::Piece;
use super::setting::Setting;
use super::shares::{GAP, only_pictures, shares};
use super::stack;
use super::widths::unbroken_width;
use crate::deck::{Block, Grid, GridCell, Kind, walk};
use crate::text::{self, cells, rounded};

/// In fewer cells than this a column of text is a ladder of single words.
const NARROWEST: u16 = 24;
/// Returns the grid in `width` cells.
pub(super) fn layout(grid: &Grid, width: u16, setting: &Setting<'_>) -> Piece {
    let small = small_columns(grid, width);
    let mut piece = Piece::default();
    for row in &grid.rows {
        let widths = small.as_ref().filter(|small| small.len() == row.len()).cloned();
        let widths = widths.unwrap_or_else(|| column_widths(row, width, setting));
        let gap = if small.is_some() { 0 } else { setting.gap() };
        let packed = packed_widths(grid, row, width);
        let readable = small.is_some() || packed.is_some() || widths.iter().zip(row).all(is_readable);
        let x = packed.as_ref().map_or(0, |widths| (width - total(widths)) / 2);
        let widths = packed.unwrap_or(widths);
        let middle = grid.middle || row.iter().any(|cell| only_pictures(&cell.blocks));
        piece.below(
            if readable { beside(row, &widths, middle, setting) } else { stacked(row, width, setting) },
            x,
            gap,
        );
    }
    piece
}

/// Returns whether a column is wide enough for lines that can be read, or for its own, which are shorter.
fn is_readable((&width, cell): (&u16, &GridCell)) -> bool {
    width >= NARROWEST || unbroken_width(&cell.blocks).is_some_and(|own| own <= width)
}

/// Returns the widths of columns that are as narrow as their words allow, where all of them fit so.
fn packed_widths(grid: &Grid, row: &[GridCell], width: u16) -> Option<Vec<u16>> {
    if !grid.packed || row.iter().any(|cell| cell.width.is_some()) {
        return None;
    }
    let own = |cell: &GridCell| Some(unbroken_width(&cell.blocks)?.max(1));
    let widths: Vec<u16> = row.iter().map(own).collect::<Option<_>>()?;
    let all: usize = widths.iter().map(|&width| usize::from(width)).sum();
    (all + usize::from(GAP) * (row.len() - 1) <= usize::from(width)).then_some(widths)
}

/// Returns the cells that columns take with the gaps between them.
fn total(widths: &[u16]) -> u16 {
    widths.iter().sum::<u16>() + GAP * cells(widths.len().saturating_sub(1))
}

/// Returns the widths of a table without a header that holds only short words: such a table is data, and its
/// columns are as wide as their words.
fn small_columns(grid: &Grid, width: u16) -> Option<Vec<u16>> {
    let columns = grid.rows.first()?.len();
    if !grid.tabular || grid.rows.len() < 2 || grid.rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let mut widths = vec![0; columns];
    for row in &grid.rows {
        for (cell, widest) in row.iter().zip(&mut widths) {
            let words = match cell.blocks.as_slice() {
                [] => 0,
                [Block { kind: Kind::Paragraph(inlines), style: None, .. }] => {
                    text::width(&walk::plain(inlines))
                }
                _ => return None,
            };
            *widest = words.max(*widest);
        }
    }
    let total = widths.iter().sum::<usize>() + usize::from(GAP) * (columns - 1);
    (total <= usize::from(width)).then(|| widths.into_iter().map(|width| cells(width.max(1))).collect())
}

/// Returns the columns' widths in cells; they and the gaps between them sum up to `width`.
fn column_widths(row: &[GridCell], width: u16, setting: &Setting<'_>) -> Vec<u16> {
    // Where there is room for them, wide cells take the gaps with the columns that they stand over.
    let spans: usize = row.iter().map(|cell| cell.span).sum();
    let has_room = spans * usize::from(GAP) <= usize::from(width) / 2;
    let gaps = cells(if has_room { spans - 1 } else { row.len() - 1 });
    let room = width.saturating_sub(GAP * gaps);
    let reveal_pixels = f32::from(room) * setting.stage.cell.width / setting.scale();
    let mut edge = 0.0;
    let mut widths: Vec<u16> = Vec::with_capacity(row.len());
    for (share, cell) in shares(row, reveal_pixels).into_iter().zip(row) {
        let start = edge_cell(edge);
        edge += share * f32::from(room);
        let over = if has_room { GAP * cells(cell.span - 1) } else { 0 };
        widths.push(edge_cell(edge).min(room).saturating_sub(start) + over);
    }
    tilt(row, &mut widths, setting.density.tilt);
    widths
}

fn edge_cell(edge: f32) -> u16 {
    rounded(edge.into())
}

/// Takes fifths from the columns that only show pictures and gives them to the text beside them.
fn tilt(row: &[GridCell], widths: &mut [u16], fifths: u16) {
    let picture: Vec<bool> = row.iter().map(|cell| only_pictures(&cell.blocks)).collect();
    let texts = cells(picture.iter().filter(|&&picture| !picture).count());
    if fifths == 0 || texts == 0 || usize::from(texts) == row.len() {
        return;
    }
    let mut freed = 0;
    for (width, _) in widths.iter_mut().zip(&picture).filter(|(_, picture)| **picture) {
        let left = (*width - *width * fifths / 5).max(NARROWEST).min(*width);
        freed += *width - left;
        *width = left;
    }
    for (nth, (width, _)) in widths.iter_mut().zip(&picture).filter(|(_, picture)| !**picture).enumerate() {
        *width += freed / texts + u16::from(cells(nth) < freed % texts);
    }
}

/// Returns the columns side by side, at the top or in the middle of their height.
fn beside(row: &[GridCell], widths: &[u16], middle: bool, setting: &Setting<'_>) -> Piece {
    let cells: Vec<Piece> =
        row.iter().zip(widths).map(|(cell, &width)| stack::layout(&cell.blocks, width, setting)).collect();
    let height = cells.iter().map(|cell| cell.height).max().unwrap_or(0);
    let mut piece = Piece::default();
    let mut x = 0;
    for (cell, &width) in cells.into_iter().zip(widths) {
        let y = if middle { (height - cell.height) / 2 } else { 0 };
        piece.put(cell, x, y);
        x += width + GAP;
    }
    piece
}

/// Returns the columns below each other.
fn stacked(row: &[GridCell], width: u16, setting: &Setting<'_>) -> Piece {
    let mut piece = Piece::default();
    for cell in row {
        piece.below(stack::layout(&cell.blocks, width, setting), 0, setting.gap());
    }
    piece
}
