//! The screen: plans the bytes that turn what the terminal shows into a canvas, and sends them in one write. No control
//! character of a cell gets through.

mod ansi_writer;
mod cell_state;
mod colors;
mod draw_op;
mod print;
mod row_diff;
mod sequence;
mod sgr_state;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;

use super::capabilities::Capabilities;
use super::graphics::{EncodedImage, ImageRenderer, Placement};
use ansi_writer::{AnsiWriter, CursorState};
use cell_state::CellState;
use draw_op::sorted_by_sgr;
pub use print::print;
use row_diff::RowDiff;

/// Up to this many operations are tried in another order than from left to right and top to bottom.
const MOST_SORTED: usize = 500;
const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";

/// A terminal's screen. The cursor is left where writing ends: it is hidden while the
/// [`Guard`](super::Guard) holds the terminal.
pub struct Screen<W: Write> {
    out: W,
    capabilities: Capabilities,
    size: Size,
    /// None at first, and after another program has written to the terminal.
    shown: Option<ShownScreen>,
    /// What goes out after the next frame's cells.
    raw: Vec<u8>,
    /// Grows with whatever makes frames unfit that were planned before.
    generation: u64,
    /// Puts pictures up, where the terminal has a way for it.
    renderer: Option<ImageRenderer>,
    /// Pieces of pictures that the terminal will need soon, to be sent while nothing else is.
    ahead: VecDeque<Vec<u8>>,
}

/// What the terminal shows.
struct ShownScreen {
    canvas: Buffer,
    /// The canvas as it was sent.
    rows: Vec<Rc<Vec<CellState>>>,
    pictures: Vec<Placement>,
    cursor: CursorState,
}

/// What is to be sent for a canvas, and what the terminal shows afterwards.
pub struct ScreenFrame {
    bytes: Vec<u8>,
    after: ShownScreen,
    generation: u64,
}

impl ScreenFrame {
    /// Returns whether the screen is still as it was when the frame was planned.
    pub fn fits<W: Write>(&self, screen: &Screen<W>) -> bool {
        self.generation == screen.generation
    }
}

impl<W: Write> Screen<W> {
    /// Returns a screen of a size in cells, of which nothing is known yet.
    pub fn new(out: W, size: Size, capabilities: Capabilities) -> Self {
        Self {
            out,
            capabilities,
            size,
            shown: None,
            raw: Vec::new(),
            generation: 0,
            renderer: None,
            ahead: VecDeque::new(),
        }
    }

    /// Sets the terminal's size, new or the same as before; everything is repainted in the next frame.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.forget();
    }

    /// Repaints everything in the next frame: another program has written to the terminal.
    pub fn forget(&mut self) {
        self.shown = None;
        self.generation += 1;
    }

    /// Uses `renderer` for pictures from the next frame on; those of the one before are removed.
    pub fn set_renderer(&mut self, renderer: ImageRenderer) {
        if let Some(mut old) = self.renderer.replace(renderer) {
            old.leave(&mut self.raw);
            self.forget();
        }
        self.ahead.clear();
    }

    /// Returns whether pictures must end above the last row: the terminal would scroll.
    pub fn spares_last_row(&self) -> bool {
        self.renderer.as_ref().is_some_and(|renderer| renderer.protocol().spares_last_row())
    }

    /// Returns whether a picture can be put up: one that is too long for tmux cannot.
    pub fn supports(&self, image: &EncodedImage) -> bool {
        self.renderer.as_ref().is_some_and(|renderer| renderer.supports(image))
    }

    /// Returns the renderer of pictures.
    pub fn renderer(&mut self) -> Option<&mut ImageRenderer> {
        self.renderer.as_mut()
    }

    /// Takes all pictures down and frees what the terminal keeps of them: for the way out in good order.
    ///
    /// # Errors
    /// The terminal is gone, or refuses.
    pub fn remove_pictures(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        if let Some(renderer) = &mut self.renderer {
            self.ahead.clear();
            renderer.leave(&mut bytes);
        }
        self.forget();
        self.out.write_all(&bytes)?;
        self.out.flush()
    }

    /// Has a picture sent by [`send_ahead`](Self::send_ahead), where the terminal keeps pictures and lacks this one.
    pub fn will_need(&mut self, image: &Arc<EncodedImage>) {
        if let Some(renderer) = &mut self.renderer {
            self.ahead.extend(renderer.send_ahead(image));
        }
    }

    /// Sends a piece of a picture that will be needed; returns whether there are more.
    ///
    /// # Errors
    /// The terminal is gone, or refuses.
    pub fn send_ahead(&mut self) -> io::Result<bool> {
        if let Some(piece) = self.ahead.pop_front() {
            self.out.write_all(&piece)?;
            self.out.flush()?;
        }
        Ok(!self.ahead.is_empty())
    }

    /// Appends bytes to what is sent next, after its cells: pictures, queries.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    /// Returns an empty canvas of the screen's size.
    pub fn canvas(&self) -> Buffer {
        Buffer::empty(Rect::from(self.size))
    }

    /// Returns the frame that shows the canvas, with pictures over it. The cells of a picture are blanked before it
    /// comes and left alone while it stands. Other cells to [`skip`](CellDiffOption::Skip) are neither painted nor
    /// erased: another program's picture is there.
    pub fn plan(&self, mut canvas: Buffer, pictures: Vec<Placement>) -> ScreenFrame {
        for position in pictures.iter().flat_map(|picture| picture.area.positions()) {
            if let Some(cell) = canvas.cell_mut(position) {
                cell.set_diff_option(CellDiffOption::Skip);
            }
        }
        let rows: Vec<_> = (0..self.size.height).map(|y| self.row(&canvas, &pictures, y)).collect();
        let below: Vec<_> =
            rows.iter().zip(0..).map(|(row, y)| self.below_pictures(row, &canvas, y)).collect();
        let cursor = self.shown.as_ref().map_or(CursorState::default(), |shown| shown.cursor);
        let mut writer = AnsiWriter::new(cursor, self.size.width);
        match &self.shown {
            Some(shown) => self.paint(&below, &shown.rows, &mut writer),
            None => self.paint_afresh(&below, &mut writer),
        }
        let (bytes, cursor) = writer.finish();
        ScreenFrame {
            bytes,
            after: ShownScreen { canvas, rows, pictures, cursor },
            generation: self.generation,
        }
    }

    /// Sends a frame in one write; one that no longer [fits](ScreenFrame::fits) is planned again first.
    ///
    /// # Errors
    /// The terminal is gone, or refuses; nothing is known of what it shows then.
    pub fn send(&mut self, frame: ScreenFrame) -> io::Result<()> {
        let frame =
            if frame.fits(self) { frame } else { self.plan(frame.after.canvas, frame.after.pictures) };
        let ScreenFrame { mut bytes, mut after, .. } = frame;
        let cells = bytes.len();
        if let Some(renderer) = &mut self.renderer {
            // A picture that is half sent has to be whole before another one is placed.
            bytes.extend(self.ahead.drain(..).flatten());
            renderer.show(&after.pictures, self.shown.is_none(), &mut bytes);
        }
        bytes.append(&mut self.raw);
        if bytes.len() > cells {
            after.cursor = CursorState::default();
        }
        let sent = self.write(&bytes);
        self.forget();
        self.shown = sent.is_ok().then_some(after);
        sent
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.out.write_all(&[BEGIN_UPDATE, bytes, END_UPDATE].concat())?;
        self.out.flush()
    }

    /// Returns a row of the canvas as it is sent: the very row that is shown, where nothing in it has changed.
    fn row(&self, canvas: &Buffer, pictures: &[Placement], y: u16) -> Rc<Vec<CellState>> {
        let cells = cell_state::canvas_row(canvas, y);
        match &self.shown {
            Some(shown)
                if cell_state::are_same(cells, cell_state::canvas_row(&shown.canvas, y))
                    && on_row(pictures, y).eq(on_row(&shown.pictures, y)) =>
            {
                Rc::clone(&shown.rows[usize::from(y)])
            }
            _ => {
                let picture = |x| {
                    on_row(pictures, y)
                        .find(|(columns, _)| columns.contains(&x))
                        .map_or(0, |(_, number)| number)
                };
                Rc::new(cell_state::row(cells, self.size.width, self.capabilities.colors, picture))
            }
        }
    }

    /// Returns a row as it is painted before its pictures come: the very row, where it has no new ones.
    fn below_pictures(&self, row: &Rc<Vec<CellState>>, canvas: &Buffer, y: u16) -> Rc<Vec<CellState>> {
        let shown = self.shown.as_ref().map(|shown| &shown.rows[usize::from(y)]);
        let has_pictures = row.iter().any(|state| matches!(state, CellState::Picture(_)));
        if !has_pictures || shown.is_some_and(|shown| Rc::ptr_eq(row, shown)) {
            return Rc::clone(row);
        }
        let shown = shown.map_or::<&[CellState], _>(&[], |shown| shown);
        Rc::new(cell_state::below_pictures(
            row,
            shown,
            cell_state::canvas_row(canvas, y),
            self.capabilities.colors,
        ))
    }

    /// Writes what differs between the rows that the terminal shows and those that are wanted.
    fn paint(&self, wanted: &[Rc<Vec<CellState>>], shown: &[Rc<Vec<CellState>>], writer: &mut AnsiWriter) {
        let erases_with_background = self.capabilities.erases_with_background;
        let start = writer.checkpoint();
        let mut ops = Vec::new();
        let rows =
            (0..).zip(wanted.iter().zip(shown)).filter(|(_, (wanted, shown))| !Rc::ptr_eq(wanted, shown));
        for (y, (wanted, shown)) in rows {
            let row = RowDiff { y, wanted, erases_with_background };
            ops.extend(row.paint(shown, writer));
        }
        // Where a picture is, hardly two operations share attributes, and trying would cost more time than it saves
        // bytes.
        if ops.len() < MOST_SORTED {
            writer.write_instead(&start, &sorted_by_sgr(&ops));
        }
    }

    /// Erases everything with the colour of the blank in the corner, where the stage shows most surely, and paints.
    fn paint_afresh(&self, wanted: &[Rc<Vec<CellState>>], writer: &mut AnsiWriter) {
        let corner =
            wanted.first().and_then(|row| row.first()).and_then(CellState::blank).unwrap_or_default();
        let background = if self.capabilities.erases_with_background { corner } else { Color::Reset };
        writer.erase_all(background);
        let mut blank = Cell::EMPTY;
        blank.set_bg(background);
        let erased = Rc::new(vec![CellState::Shows(blank); usize::from(self.size.width)]);
        self.paint(wanted, &vec![erased; wanted.len()], writer);
    }
}

/// Returns the columns of the pictures on a row, and their numbers.
fn on_row(pictures: &[Placement], y: u16) -> impl Iterator<Item = (Range<u16>, u32)> {
    let pictures =
        pictures.iter().filter(move |picture| (picture.area.top()..picture.area.bottom()).contains(&y));
    pictures.map(|picture| (picture.area.left()..picture.area.right(), picture.image.id()))
}
