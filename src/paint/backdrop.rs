//! A picture behind the slide: a colour for each cell, on which letters stay readable. How far it is dimmed is not
//! decided here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use crate::color::{Rgb, readable};
use crate::picture::Bitmap;
use crate::theme::READABLE;

/// Gives each cell of the stage the colour of its pixel.
pub(super) fn lay(bitmap: &Bitmap, stage: Rect, buffer: &mut Buffer) {
    for position in stage.positions() {
        buffer[position].bg = color(bitmap, stage, (position.x, position.y)).into();
    }
}

/// Makes the letters in `area` readable that stand right on the picture: what has a background of its own is as it was.
pub(super) fn lift(bitmap: &Bitmap, stage: Rect, area: Rect, buffer: &mut Buffer) {
    for position in area.intersection(stage).positions() {
        let behind = color(bitmap, stage, (position.x, position.y));
        let cell = &mut buffer[position];
        if let Color::Rgb(r, g, b) = cell.fg
            && cell.bg == Color::from(behind)
            && cell.symbol() != " "
        {
            cell.fg = readable(Rgb(r, g, b), behind, READABLE).into();
        }
    }
}

fn color(bitmap: &Bitmap, stage: Rect, (x, y): (u16, u16)) -> Rgb {
    bitmap.at(u32::from(x - stage.x), u32::from(y - stage.y))
}
