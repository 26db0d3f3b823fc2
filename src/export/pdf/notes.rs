//! A slide on paper with the speaker's notes below it: which lines they are, and where they stand.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths on a page are small, and rounded on purpose"
)]

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::PageTransform;
use crate::color::Rgb;
use crate::deck::Slide;
use crate::export::page::{CELL, MARGIN, Page, TextRegion};
use crate::export::text::blocks;
use crate::text::{sanitize, wrap};

/// The size of a sheet of A4 in points.
pub(super) const PAPER: (f32, f32) = (595.0, 842.0);
/// What is free round everything, in points.
const EDGE: f32 = 42.0;
/// How many points a pixel has in notes: their letters are 11 points high.
const SCALE: f32 = 11.0 / crate::export::fonts::SIZE;
/// How many cells a line of notes has.
const COLUMNS: u16 = ((PAPER.0 - 2.0 * EDGE) / (CELL.width * SCALE)) as u16;
/// How many lines of notes a sheet has that shows no slide.
pub(super) const ROWS: usize = ((PAPER.1 - 2.0 * EDGE) / (CELL.height * SCALE)) as usize;
/// Where notes begin on such a sheet.
pub(super) const TOP: PageTransform = PageTransform { x: EDGE, y: EDGE - MARGIN * SCALE, scale: SCALE };

/// Where a slide stands on its sheet, and what is below it.
pub(super) struct SlidePlacement {
    pub(super) place: PageTransform,
    /// Where its notes begin.
    pub(super) below: PageTransform,
    /// For how many lines there is room.
    pub(super) rows: usize,
}

/// Returns the place of a slide of so many pixels: as wide as the lines below it, and no higher than half of the sheet.
pub(super) fn slide((width, height): (f32, f32)) -> SlidePlacement {
    let scale = ((PAPER.0 - 2.0 * EDGE) / width).min(PAPER.1 / 2.0 / height);
    let x = (PAPER.0 - width * scale) / 2.0;
    let y = EDGE + height * scale + EDGE / 2.0;
    let rows = (PAPER.1 - EDGE - y) / (CELL.height * SCALE);
    SlidePlacement {
        place: PageTransform { x, y: EDGE, scale },
        below: PageTransform { x: EDGE, y: y - MARGIN * SCALE, scale: SCALE },
        rows: rows.max(0.0) as usize,
    }
}

/// Returns the notes of a slide in lines that fit.
pub(super) fn lines(slide: &Slide) -> Vec<String> {
    let notes = blocks(&slide.notes, usize::from(COLUMNS));
    let mut lines = Vec::new();
    for line in notes.lines() {
        let line = sanitize(line);
        let indent = line.len() - line.trim_start_matches(' ').len();
        let indent = indent.min(usize::from(COLUMNS) / 2);
        let words = line.trim_start_matches(' ');
        let parts = wrap(words, usize::from(COLUMNS) - indent);
        lines.extend(parts.into_iter().map(|part| format!("{}{}", " ".repeat(indent), &words[part])));
        lines.extend(words.is_empty().then(String::new));
    }
    lines
}

/// Returns lines as a page of black on white.
pub(super) fn page(lines: &[String], index: usize) -> Page {
    let area = Rect::new(0, 0, COLUMNS, lines.len() as u16);
    let mut cells = Buffer::empty(area);
    for (line, y) in lines.iter().zip(0..) {
        cells.set_string(0, y, line, Style::default());
    }
    Page {
        name: String::new(),
        index,
        part: 1,
        step: 0,
        cells,
        ground: Rgb::WHITE,
        backdrop: None,
        pictures: Vec::new(),
        links: Vec::new(),
        reading: vec![TextRegion { cells: area, picture: None }],
    }
}
