//! Pictures in the buffer: their letters and colours where they are printed so, else their alt text.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::layout::Area;
use crate::picture::Mosaic;
use crate::text::{self, cells, wrap};
use crate::theme::{Role, Theme};

/// Where a picture is on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageArea {
    /// Its cells in the scene.
    pub area: Area,
    /// The part of them that is on the stage, in the buffer's cells.
    pub visible: Rect,
    /// How many of its rows are above the stage.
    pub first_row: u32,
}

impl ImageArea {
    /// Returns where an area of a scene is on a stage, when `scroll` rows of the scene are above it; none where it is
    /// not on the stage.
    pub fn on(stage: Rect, area: Area, scroll: u32) -> Option<Self> {
        let top = area.y.max(scroll);
        let bottom = (area.y + area.height).min(scroll + u32::from(stage.height));
        let right = area.x.saturating_add(area.width).min(stage.width);
        if top >= bottom || area.x >= right {
            return None;
        }
        let y = stage.y + cells(top - scroll);
        let visible = Rect::new(stage.x + area.x, y, right - area.x, cells(bottom - top));
        Some(Self { area, visible, first_row: top - area.y })
    }
}

/// What is painted where a picture is.
pub enum PictureState {
    /// The picture, in letters of two colours.
    Mosaic(Arc<Mosaic>),
    /// Nothing: the terminal shows the picture over these cells.
    Above,
    /// The picture's alt text, for it is not ready.
    Waiting,
}

/// Draws the rows of `mosaic` that are on the stage.
pub(super) fn mosaic(mosaic: &Mosaic, place: ImageArea, buffer: &mut Buffer) {
    let visible = place.visible;
    for (row, y) in (0..).zip(visible.top()..visible.bottom()) {
        for (column, x) in (0..).zip(visible.left()..visible.right()) {
            let tile = mosaic.tile(column, place.first_row + row);
            let (Some(cell), Some(tile)) = (buffer.cell_mut((x, y)), tile) else { continue };
            cell.set_symbol(tile.symbol);
            cell.fg = tile.front.into();
            cell.bg = tile.back.into();
        }
    }
}

/// Fills the area of a picture with a background of its own, and its alt text in the middle.
pub(super) fn stand_in(words: &str, place: ImageArea, theme: &Theme, buffer: &mut Buffer) {
    let (visible, style) = (place.visible, theme.style(Role::StandIn));
    buffer.set_style(visible, style);
    let room = usize::from(visible.width.saturating_sub(2));
    let lines = if room == 0 { Vec::new() } else { wrap(words, room) };
    let rows = usize::from(visible.height);
    let first = visible.y + cells(rows.saturating_sub(lines.len()) / 2);
    for (line, y) in lines.into_iter().take(rows).zip(first..) {
        let line = &words[line];
        let x = visible.x + 1 + cells(room.saturating_sub(text::width(line)) / 2);
        buffer.set_stringn(x, y, line, room, style);
    }
}
