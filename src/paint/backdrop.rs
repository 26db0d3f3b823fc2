//! A picture behind the slide: a colour for each cell, on which letters stay readable.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use crate::color::{Rgb, readable};
use crate::picture::Bitmap;
use crate::theme::READABLE;

/// Gives each cell of the stage the colour of its pixel.
pub(super) fn lay(bitmap: &Bitmap, stage: Rect, buffer: &mut Buffer) {
    for position in stage.positions() {
        buffer[position].bg = color(bitmap, stage, position).into();
    }
}

/// Makes the letters in `area` readable that stand right on the picture: what has a background of its own is as it was.
pub(super) fn lift(bitmap: &Bitmap, stage: Rect, area: Rect, buffer: &mut Buffer) {
    for position in area.intersection(stage).positions() {
        let behind = color(bitmap, stage, position);
        let cell = &mut buffer[position];
        if let Color::Rgb(r, g, b) = cell.fg
            && cell.bg == Color::from(behind)
            && cell.symbol() != " "
        {
            cell.fg = readable(Rgb(r, g, b), behind, READABLE).into();
        }
    }
}

/// Returns the colour of the picture at a position of the buffer.
fn color(bitmap: &Bitmap, stage: Rect, position: Position) -> Rgb {
    bitmap.at(u32::from(position.x - stage.x), u32::from(position.y - stage.y))
}
