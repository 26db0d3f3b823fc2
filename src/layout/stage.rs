//! Where a slide is laid out: the cells that it gets, and how large they are.

use crate::deck::Meta;

/// The part of the terminal that a slide gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Its width in cells.
    pub columns: u16,
    /// Its height in cells.
    pub rows: u16,
    /// The size of a cell in pixels.
    pub cell: CellSize,
    /// Whether the body stands in the middle of the space below its heading, as in reveal, or at its top.
    pub center: bool,
    /// Whether text stands at the right where nothing else is said.
    pub rtl: bool,
    /// Whether the terminal's font has no more than the letters and blocks of a console.
    pub basic_glyphs: bool,
}

impl Stage {
    /// Returns a stage of `columns` and `rows`, as a deck wants it, with all letters and blocks.
    pub fn of(meta: &Meta, (columns, rows): (u16, u16), cell: CellSize) -> Self {
        let (center, rtl) = (meta.center.unwrap_or(true), meta.rtl == Some(true));
        Self { columns, rows, cell, center, rtl, basic_glyphs: false }
    }
}

/// The size of a cell in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellSize {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

impl Default for CellSize {
    /// The shape of most terminals' cells: one to two.
    fn default() -> Self {
        Self { width: 10.0, height: 20.0 }
    }
}
