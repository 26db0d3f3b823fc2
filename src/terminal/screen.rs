//! The screen: plans the bytes that turn what the terminal shows into a canvas, and sends them in one write. It never
//! asks the terminal anything, and no control character of a cell gets through.

mod colors;
mod pen;
mod pencil;
mod row;
mod sequence;
mod slot;
mod stroke;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::rc::Rc;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;

use super::Capabilities;
use pencil::{Hand, Pencil};
use row::Row;
use slot::Slot;
use stroke::sorted_by_pen;

/// So many strokes are tried in another order than from left to right and top to bottom.
const MOST_SORTED: usize = 500;
const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";

/// A terminal's screen. The cursor is left where writing ends: nobody sees it while the
/// [`Guard`](super::Guard) holds the terminal.
pub struct Screen<W: Write> {
    out: W,
    capabilities: Capabilities,
    size: Size,
    /// Nothing is known of what the terminal shows at first, and after somebody else has written to it.
    shown: Option<Shown>,
    /// What goes out after the next frame's cells.
    raw: Vec<u8>,
    /// Grows with whatever makes frames unfit that were planned before.
    generation: u64,
}

/// What the terminal shows.
struct Shown {
    canvas: Buffer,
    /// The canvas as it was sent.
    rows: Vec<Rc<Vec<Slot>>>,
    hand: Hand,
}

/// What is to be sent for a canvas, and what the terminal shows afterwards.
pub struct Frame {
    bytes: Vec<u8>,
    after: Shown,
    generation: u64,
}

impl Frame {
    /// Returns whether the screen is still as it was when the frame was planned.
    pub fn fits<W: Write>(&self, screen: &Screen<W>) -> bool {
        self.generation == screen.generation
    }
}

impl<W: Write> Screen<W> {
    /// Returns a screen of a size in cells, of which nothing is known yet.
    pub fn new(out: W, size: Size, capabilities: Capabilities) -> Self {
        Self { out, capabilities, size, shown: None, raw: Vec::new(), generation: 0 }
    }

    /// Takes the terminal's new size, or the old one again; everything is repainted in the next frame.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.forget();
    }

    /// Repaints everything in the next frame: somebody else has written to the terminal.
    pub fn forget(&mut self) {
        self.shown = None;
        self.generation += 1;
    }

    /// Appends bytes to what is sent next, behind its cells: pictures, questions.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    /// Returns an empty canvas of the screen's size.
    pub fn canvas(&self) -> Buffer {
        Buffer::empty(Rect::from(self.size))
    }

    /// Returns the frame that shows the canvas. Cells to [`skip`](ratatui::buffer::CellDiffOption::Skip) are neither
    /// painted nor erased, for a picture is there; when everything is repainted, so is the picture by whoever put it
    /// there.
    pub fn plan(&self, canvas: Buffer) -> Frame {
        let rows: Vec<_> = (0..self.size.height).map(|y| self.row(&canvas, y)).collect();
        let hand = self.shown.as_ref().map_or(Hand::default(), |shown| shown.hand);
        let mut pencil = Pencil::new(hand, self.size.width);
        match &self.shown {
            Some(shown) => self.paint(&rows, &shown.rows, &mut pencil),
            None => self.paint_afresh(&rows, &mut pencil),
        }
        let (bytes, hand) = pencil.lay_down();
        Frame { bytes, after: Shown { canvas, rows, hand }, generation: self.generation }
    }

    /// Sends a frame in one write; one that no longer [fits](Frame::fits) is planned again first.
    ///
    /// # Errors
    /// The terminal is gone, or refuses; nothing is known of what it shows then.
    pub fn send(&mut self, frame: Frame) -> io::Result<()> {
        let frame = if frame.fits(self) { frame } else { self.plan(frame.after.canvas) };
        let Frame { mut bytes, mut after, .. } = frame;
        if !self.raw.is_empty() {
            bytes.append(&mut self.raw);
            after.hand = Hand::default();
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
    fn row(&self, canvas: &Buffer, y: u16) -> Rc<Vec<Slot>> {
        let cells = cells(canvas, y);
        match &self.shown {
            Some(shown) if slot::are_same(cells, self::cells(&shown.canvas, y)) => {
                Rc::clone(&shown.rows[usize::from(y)])
            }
            _ => Rc::new(slot::row(cells, self.size.width, self.capabilities.colors)),
        }
    }

    /// Writes what is between the rows that the terminal shows and those that it shall show.
    fn paint(&self, wanted: &[Rc<Vec<Slot>>], shown: &[Rc<Vec<Slot>>], pencil: &mut Pencil) {
        let erases_with_background = self.capabilities.erases_with_background;
        let start = pencil.bookmark();
        let mut strokes = Vec::new();
        let rows =
            wanted.iter().zip(shown).enumerate().filter(|(_, (wanted, shown))| !Rc::ptr_eq(wanted, shown));
        for (y, (wanted, shown)) in rows {
            let row = Row { y: y as u16, wanted, erases_with_background };
            strokes.extend(row.paint(shown, pencil));
        }
        // Where a picture is, hardly two strokes share a pen, and trying would cost more time than it saves bytes.
        if strokes.len() < MOST_SORTED {
            pencil.write_instead(&start, &sorted_by_pen(&strokes));
        }
    }

    /// Erases everything with the colour of the blank in the corner, where the stage shows most surely, and paints.
    fn paint_afresh(&self, wanted: &[Rc<Vec<Slot>>], pencil: &mut Pencil) {
        let corner = wanted.first().and_then(|row| row.first()).and_then(Slot::blank).unwrap_or_default();
        let background = if self.capabilities.erases_with_background { corner } else { Color::Reset };
        pencil.erase_all(background);
        let mut blank = Cell::EMPTY;
        blank.set_bg(background);
        let erased = Rc::new(vec![Slot::Shows(blank); usize::from(self.size.width)]);
        self.paint(wanted, &vec![erased; wanted.len()], pencil);
    }
}

/// Returns a row of the canvas, without what it lacks.
fn cells(canvas: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(canvas.area.width);
    let start = usize::from(y) * width;
    canvas.content.get(start..start + width).unwrap_or_default()
}
