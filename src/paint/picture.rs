//! Pictures in half-blocks: two pixels a cell, the upper one in the letter's colour, the lower one behind it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::picture::Bitmap;

/// Draws the rows of `bitmap` from `first_row` (in cells) into `area`.
pub(super) fn half_blocks(bitmap: &Bitmap, first_row: u32, area: Rect, buffer: &mut Buffer) {
    for (row, y) in (area.top()..area.bottom()).enumerate() {
        let upper = (first_row + row as u32) * 2;
        for (column, x) in (area.left()..area.right()).enumerate() {
            let (top, bottom) = (bitmap.at(column as u32, upper), bitmap.at(column as u32, upper + 1));
            let Some(cell) = buffer.cell_mut((x, y)) else { continue };
            // Where both are the same a blank says it in fewer bytes.
            cell.set_symbol(if top == bottom { " " } else { "▀" });
            cell.fg = top.into();
            cell.bg = bottom.into();
        }
    }
}
