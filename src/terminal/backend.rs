//! The screen as ratatui draws on it: keeps what the terminal shows and sends what differs, one write a frame. It
//! never asks the terminal anything, and no control character of a cell gets through.

mod colors;
mod pen;
mod pencil;
mod row;
mod slot;
mod stroke;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

use super::Capabilities;
use pencil::Pencil;
use row::Row;
use slot::Slot;
use stroke::sorted_by_pen;

/// So many strokes are tried in another order than from left to right and top to bottom.
const MOST_SORTED: usize = 500;
const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";

/// A ratatui backend that writes little.
pub struct Screen<W: Write> {
    out: W,
    capabilities: Capabilities,
    /// The terminal's size, and that of what we keep of it, which follows with the next thing drawn.
    size: Size,
    kept: Size,
    /// What the terminal shall show, row by row.
    wanted: Vec<Slot>,
    /// What it shows.
    shown: Vec<Slot>,
    pencil: Pencil,
    /// What goes out after the cells, and the areas that it is for.
    raw: Vec<u8>,
    covered: Vec<Rect>,
    cursor: Position,
    shall_show_cursor: bool,
    shows_cursor: Option<bool>,
    synchronized: bool,
    forgotten: bool,
}

impl<W: Write> Screen<W> {
    /// Returns a screen of a size in cells, of which nothing is known yet.
    pub fn new(out: W, size: Size, capabilities: Capabilities) -> Self {
        Self {
            out,
            capabilities,
            size,
            kept: Size::ZERO,
            wanted: Vec::new(),
            shown: Vec::new(),
            pencil: Pencil::default(),
            raw: Vec::new(),
            covered: Vec::new(),
            cursor: Position::ORIGIN,
            shall_show_cursor: false,
            shows_cursor: None,
            synchronized: true,
            forgotten: true,
        }
    }

    /// Takes the terminal's new size, or the old one again; everything is repainted in the next frame.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.forget();
    }

    /// Repaints everything in the next frame: somebody else has written to the terminal.
    pub fn forget(&mut self) {
        self.forgotten = true;
        self.shows_cursor = None;
    }

    /// Chooses whether a frame is marked as one update, which it is unless the terminal says that it knows none.
    pub fn synchronize(&mut self, synchronized: bool) {
        self.synchronized = synchronized;
    }

    /// Appends bytes to the current frame, behind its cells: pictures, questions. They go out at the next flush,
    /// which [`Terminal::draw`](ratatui::Terminal::draw) ends with, so this comes before it.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    /// Leaves an area to a picture from the current frame on: it is neither painted nor erased until cells are drawn
    /// there again, or until the size changes. When everything is repainted, so is the picture by whoever covered it.
    pub fn cover(&mut self, area: Rect) {
        self.covered.push(area);
    }

    fn apply_covers(&mut self) {
        for area in std::mem::take(&mut self.covered) {
            for Position { x, y } in area.intersection(Rect::from(self.kept)).positions() {
                let index = self.index(x, y);
                self.separate(index);
                self.wanted[index] = Slot::Unknown;
                self.shown[index] = Slot::Unknown;
            }
        }
    }

    /// Brings what is kept to the terminal's size. This waits for something to be drawn because only then ratatui, too,
    /// begins anew: when a size has come and gone in between, it draws no more than what changed.
    fn keep_size(&mut self) {
        if self.kept != self.size {
            let cells = usize::from(self.size.width) * usize::from(self.size.height);
            self.kept = self.size;
            self.wanted = vec![Slot::BLANK; cells];
            self.shown = vec![Slot::Unknown; cells];
            self.pencil = Pencil::for_columns(self.size.width);
        }
    }

    fn index(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.kept.width) + usize::from(x)
    }

    /// Takes a cell that ratatui draws.
    fn draw_cell(&mut self, x: u16, y: u16, cell: &Cell) {
        if x >= self.kept.width || y >= self.kept.height {
            return;
        }
        let index = self.index(x, y);
        if cell.diff_option == CellDiffOption::AlwaysUpdate {
            self.shown[index] = Slot::Unknown;
        }
        // ratatui redraws what a wide symbol covers for terminals that take it for narrow; we do so ourselves.
        if self.wanted[index] == Slot::Covered {
            return;
        }
        let (mut cell, mut width) = slot::fit(cell, self.capabilities.colors);
        if x.saturating_add(width) > self.kept.width {
            cell.set_symbol(" ");
            width = 1;
        }
        let end = index + usize::from(width);
        (index..end).for_each(|index| self.separate(index));
        self.wanted[index] = Slot::Shows(cell);
        self.wanted[index + 1..end].fill(Slot::Covered);
    }

    /// Makes blanks of the wide symbol that a place belongs to, for half of it is about to go.
    fn separate(&mut self, index: usize) {
        let covered = |slot: &Slot| *slot == Slot::Covered;
        let start = (0..=index).rev().find(|&index| !covered(&self.wanted[index])).unwrap_or(index);
        let end = start + 1 + self.wanted[start + 1..].iter().take_while(|slot| covered(slot)).count();
        if end - start > 1 {
            self.wanted[start..end].fill(Slot::BLANK);
        }
    }

    /// Writes what is between what the terminal shows and what it shall show.
    fn paint(&mut self) {
        if std::mem::take(&mut self.forgotten) {
            let background = self.background();
            let mut blank = Cell::EMPTY;
            blank.set_bg(background);
            self.pencil.erase_all(background);
            self.shown.fill(Slot::Shows(blank));
        }
        let columns = usize::from(self.kept.width.max(1));
        let start = self.pencil.bookmark();
        let mut strokes = Vec::new();
        let rows = self.wanted.chunks(columns).zip(self.shown.chunks_mut(columns));
        for (y, (wanted, shown)) in rows.enumerate() {
            let erases_with_background = self.capabilities.erases_with_background;
            let row = Row { y: y as u16, wanted, erases_with_background };
            let painted = row.paint(shown, &mut self.pencil);
            if !painted.is_empty() {
                strokes.extend(painted);
                shown.clone_from_slice(wanted);
            }
        }
        // Where a picture is, hardly two strokes share a pen, and trying would cost more time than it saves bytes.
        if strokes.len() < MOST_SORTED {
            self.pencil.write_instead(&start, &sorted_by_pen(&strokes));
        }
    }

    /// The colour to erase everything with: that of the blank in the corner, where the stage shows most surely.
    fn background(&self) -> Color {
        let corner = self.wanted.first().and_then(Slot::blank).unwrap_or_default();
        if self.capabilities.erases_with_background { corner } else { Color::Reset }
    }

    fn place_cursor(&mut self) {
        if self.shall_show_cursor {
            self.pencil.move_to(self.cursor.x, self.cursor.y);
        }
        if self.shows_cursor.replace(self.shall_show_cursor) != Some(self.shall_show_cursor) {
            self.pencil.mode(if self.shall_show_cursor { "\x1b[?25h" } else { "\x1b[?25l" });
        }
    }

    fn blank_out(&mut self, cells: std::ops::Range<usize>) {
        for index in cells {
            self.separate(index);
            self.wanted[index] = Slot::BLANK;
        }
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.keep_size();
        content.for_each(|(x, y, cell)| self.draw_cell(x, y, cell));
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.shall_show_cursor = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.shall_show_cursor = true;
        Ok(())
    }

    /// Returns where the cursor was last set; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.keep_size();
        let cells = self.wanted.len();
        let row = self.index(0, self.cursor.y).min(cells);
        let cursor = self.index(self.cursor.x, self.cursor.y).min(cells);
        let row_end = self.index(0, self.cursor.y + 1).min(cells);
        self.blank_out(match region {
            ClearType::All => 0..cells,
            ClearType::AfterCursor => cursor..cells,
            ClearType::BeforeCursor => 0..cursor,
            ClearType::CurrentLine => row..row_end,
            ClearType::UntilNewLine => cursor..row_end,
        });
        if region == ClearType::All {
            self.forget();
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    /// Sends the frame in one write.
    fn flush(&mut self) -> io::Result<()> {
        self.keep_size();
        self.apply_covers();
        self.paint();
        if !self.raw.is_empty() {
            self.pencil.raw(&self.raw);
            self.raw.clear();
        }
        self.place_cursor();
        let mut frame = self.pencil.take_bytes();
        if frame.is_empty() {
            return Ok(());
        }
        if self.synchronized {
            frame = [BEGIN_UPDATE, &frame, END_UPDATE].concat();
        }
        self.out.write_all(&frame)?;
        self.out.flush()
    }
}
