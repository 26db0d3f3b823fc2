//! The screen: plans the bytes that turn what the terminal shows into a canvas, and sends them in one write. It never
//! asks the terminal anything, and no control character of a cell gets through.

mod colors;
mod pen;
mod pencil;
mod print;
mod row;
mod sequence;
mod slot;
mod stroke;
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

use super::graphics::{Painter, Placement, Plate};
use super::{Capabilities, ColorDepth};
use pencil::{Hand, Pencil};
pub use print::print;
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
    /// Puts pictures up, where the terminal has a way for it.
    painter: Option<Painter>,
    /// Pieces of pictures that the terminal will need soon, to be sent while nothing else is.
    ahead: VecDeque<Vec<u8>>,
}

/// What the terminal shows.
struct Shown {
    canvas: Buffer,
    /// The canvas as it was sent.
    rows: Vec<Rc<Vec<Slot>>>,
    pictures: Vec<Placement>,
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
        Self {
            out,
            capabilities,
            size,
            shown: None,
            raw: Vec::new(),
            generation: 0,
            painter: None,
            ahead: VecDeque::new(),
        }
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

    /// Leaves pictures to a painter from the next frame on; another one's are taken down.
    pub fn set_painter(&mut self, painter: Painter) {
        if let Some(mut old) = self.painter.replace(painter) {
            old.leave(&mut self.raw);
            self.forget();
        }
        self.ahead.clear();
    }

    /// Returns whether pictures must end above the last row: the terminal would scroll.
    pub fn spares_last_row(&self) -> bool {
        self.painter.as_ref().is_some_and(|painter| painter.protocol().spares_last_row())
    }

    /// Returns whether a picture can be put up: one that is too long for tmux cannot.
    pub fn takes(&self, plate: &Plate) -> bool {
        self.painter.as_ref().is_some_and(|painter| painter.takes(plate))
    }

    /// Returns who puts the pictures up.
    pub fn painter(&mut self) -> Option<&mut Painter> {
        self.painter.as_mut()
    }

    /// Takes all pictures down and frees what the terminal keeps of them: for the way out in good order.
    ///
    /// # Errors
    /// The terminal is gone, or refuses.
    pub fn take_pictures_down(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        if let Some(painter) = &mut self.painter {
            self.ahead.clear();
            painter.leave(&mut bytes);
        }
        self.forget();
        self.out.write_all(&bytes)?;
        self.out.flush()
    }

    /// Has a picture sent by [`send_ahead`](Self::send_ahead), where the terminal keeps pictures and lacks this one.
    pub fn will_need(&mut self, plate: &Arc<Plate>) {
        if let Some(painter) = &mut self.painter {
            self.ahead.extend(painter.send_ahead(plate));
        }
    }

    /// Sends a piece of a picture that will be needed; tells whether there are more.
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

    /// Appends bytes to what is sent next, behind its cells: pictures, questions.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    /// Returns an empty canvas of the screen's size.
    pub fn canvas(&self) -> Buffer {
        Buffer::empty(Rect::from(self.size))
    }

    /// Returns the frame that shows the canvas, with pictures over it. The cells of a picture are blanked before it
    /// comes and left alone while it stands. Other cells to [`skip`](CellDiffOption::Skip) are neither painted nor
    /// erased: somebody else's picture is there.
    pub fn plan(&self, mut canvas: Buffer, pictures: Vec<Placement>) -> Frame {
        for position in pictures.iter().flat_map(|picture| picture.area.positions()) {
            if let Some(cell) = canvas.cell_mut(position) {
                cell.set_diff_option(CellDiffOption::Skip);
            }
        }
        let rows: Vec<_> = (0..self.size.height).map(|y| self.row(&canvas, &pictures, y)).collect();
        let below: Vec<_> =
            rows.iter().zip(0..).map(|(row, y)| self.below_pictures(row, &canvas, y)).collect();
        let hand = self.shown.as_ref().map_or(Hand::default(), |shown| shown.hand);
        let mut pencil = Pencil::new(hand, self.size.width);
        match &self.shown {
            Some(shown) => self.paint(&below, &shown.rows, &mut pencil),
            None => self.paint_afresh(&below, &mut pencil),
        }
        let (bytes, hand) = pencil.lay_down();
        Frame { bytes, after: Shown { canvas, rows, pictures, hand }, generation: self.generation }
    }

    /// Sends a frame in one write; one that no longer [fits](Frame::fits) is planned again first.
    ///
    /// # Errors
    /// The terminal is gone, or refuses; nothing is known of what it shows then.
    pub fn send(&mut self, frame: Frame) -> io::Result<()> {
        let frame =
            if frame.fits(self) { frame } else { self.plan(frame.after.canvas, frame.after.pictures) };
        let Frame { mut bytes, mut after, .. } = frame;
        let cells = bytes.len();
        if let Some(painter) = &mut self.painter {
            // A picture that is half sent has to be whole before another one is placed.
            bytes.extend(self.ahead.drain(..).flatten());
            painter.show(&after.pictures, self.shown.is_none(), &mut bytes);
        }
        bytes.append(&mut self.raw);
        if bytes.len() > cells {
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
    fn row(&self, canvas: &Buffer, pictures: &[Placement], y: u16) -> Rc<Vec<Slot>> {
        let cells = cells(canvas, y);
        match &self.shown {
            Some(shown)
                if slot::are_same(cells, self::cells(&shown.canvas, y))
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
                Rc::new(slot::row(cells, self.size.width, self.capabilities.colors, picture))
            }
        }
    }

    /// Returns a row as it is painted before its pictures come: the very row, where it has no new ones.
    fn below_pictures(&self, row: &Rc<Vec<Slot>>, canvas: &Buffer, y: u16) -> Rc<Vec<Slot>> {
        let shown = self.shown.as_ref().map(|shown| &shown.rows[usize::from(y)]);
        let has_pictures = row.iter().any(|slot| matches!(slot, Slot::Picture(_)));
        if !has_pictures || shown.is_some_and(|shown| Rc::ptr_eq(row, shown)) {
            return Rc::clone(row);
        }
        let shown = shown.map_or::<&[Slot], _>(&[], |shown| shown);
        Rc::new(slot::below_pictures(row, shown, cells(canvas, y), self.capabilities.colors))
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

/// Returns the columns of the pictures on a row, and their numbers.
fn on_row(pictures: &[Placement], y: u16) -> impl Iterator<Item = (Range<u16>, u32)> {
    let pictures =
        pictures.iter().filter(move |picture| (picture.area.top()..picture.area.bottom()).contains(&y));
    pictures.map(|picture| (picture.area.left()..picture.area.right(), picture.plate.id()))
}

/// Returns a row of the canvas, without what it lacks.
fn cells(canvas: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(canvas.area.width);
    let start = usize::from(y) * width;
    canvas.content.get(start..start + width).unwrap_or_default()
}
