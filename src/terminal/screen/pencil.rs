//! The hand that writes: moves the cursor, changes the pen, puts symbols and erases, each in the fewest bytes; what to
//! write where is not its business.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Color;

use super::pen::Pen;
use super::sequence::Sequence;
use super::slot::{Slot, is_steady};
use super::stroke::{Place, Stroke};

/// The bytes to send, and what they leave the terminal's cursor and attributes at.
#[derive(Debug)]
pub(super) struct Pencil {
    bytes: Vec<u8>,
    hand: Hand,
    columns: u16,
}

/// Where the cursor is and how it writes, as far as this is certain.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hand {
    pen: Option<Pen>,
    column: Option<u16>,
    row: Option<u16>,
}

/// A place in the bytes to come back to.
pub(super) struct Bookmark {
    length: usize,
    hand: Hand,
}

impl Pencil {
    /// Returns a pencil for a screen of so many columns.
    pub(super) fn new(hand: Hand, columns: u16) -> Self {
        Self { bytes: Vec::new(), hand, columns }
    }

    /// Returns what was written, and the hand that can go on from there.
    pub(super) fn lay_down(self) -> (Vec<u8>, Hand) {
        (self.bytes, self.hand)
    }

    pub(super) fn bookmark(&self) -> Bookmark {
        Bookmark { length: self.bytes.len(), hand: self.hand }
    }

    /// Writes other strokes than was done since a bookmark, if this is shorter; tells whether it was.
    pub(super) fn write_instead(&mut self, from: &Bookmark, strokes: &[Stroke]) -> bool {
        let end = self.bytes.len();
        let hand = std::mem::replace(&mut self.hand, from.hand);
        self.write_all(strokes);
        let shorter = self.bytes.len() - end < end - from.length;
        if shorter {
            self.bytes.drain(from.length..end);
        } else {
            self.bytes.truncate(end);
            self.hand = hand;
        }
        shorter
    }

    pub(super) fn write_all(&mut self, strokes: &[Stroke]) {
        for stroke in strokes {
            match *stroke {
                Stroke::EraseToEnd(place, background) => self.erase(place, background, b"\x1b[K"),
                Stroke::EraseCells(place, background, count) => {
                    let sequence = Sequence::default().and(b"\x1b[").number(count).and(b"X");
                    self.erase(place, background, sequence.as_bytes());
                }
                Stroke::Cells(place, slots, _) => self.put_all(place, slots),
            }
        }
    }

    fn put_all(&mut self, (x, y): Place, slots: &[Slot]) {
        let mut rest = slots;
        while let [first, others @ ..] = rest {
            let covered = others.iter().take_while(|slot| **slot == Slot::Covered).count();
            if let Slot::Shows(cell) = first {
                let column = x + (slots.len() - rest.len()) as u16;
                self.put((column, y), cell, 1 + covered as u16);
            }
            rest = &others[covered..];
        }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        let way = self.way_to(x, y);
        self.bytes.extend_from_slice(way.as_bytes());
        (self.hand.column, self.hand.row) = (Some(x), Some(y));
    }

    /// The shortest sequence that brings the cursor to a place.
    fn way_to(&self, x: u16, y: u16) -> Sequence {
        let Hand { column, row, .. } = self.hand;
        if (column, row) == (Some(x), Some(y)) {
            return Sequence::default();
        }
        let begin = Sequence::default().and(b"\x1b[");
        let absolute = match (y + 1, x + 1) {
            (1, 1) => begin.and(b"H"),
            (row, 1) => begin.number(row).and(b"H"),
            (row, column) => begin.number(row).and(b";").number(column).and(b"H"),
        };
        let line_start = match row {
            Some(row) if row == y => Some(b"\r".as_slice()),
            Some(row) if row + 1 == y => Some(b"\r\n".as_slice()),
            _ => None,
        };
        let from_start = line_start.map(|start| Sequence::default().and(start).and(forward(x).as_bytes()));
        let along = column.filter(|_| row == Some(y)).map(|column| match column <= x {
            true => forward(x - column),
            false if column - x <= 3 => Sequence::default().and(&b"\x08\x08\x08"[..usize::from(column - x)]),
            false => begin.number(column - x).and(b"D"),
        });
        [along, from_start]
            .into_iter()
            .flatten()
            .fold(absolute, |best, way| if way.len() < best.len() { way } else { best })
    }

    /// Puts a symbol of so many columns at a place.
    fn put(&mut self, (x, y): Place, cell: &Cell, width: u16) {
        let symbol = cell.symbol();
        let blank = symbol == " " && cell.modifier.is_empty();
        self.use_pen(|pen| if blank { pen.for_blank(cell.bg) } else { Pen::of(cell) });
        let is_disputed = || symbol.chars().nth(1).is_some() || symbol.cell_width() != width;
        if width > 1 && is_disputed() {
            // A terminal that takes the symbol for narrower would leave something old beside it.
            self.move_to(x, y);
            self.bytes.resize(self.bytes.len() + usize::from(width), b' ');
            self.hand.column = None;
        }
        self.move_to(x, y);
        self.bytes.extend_from_slice(symbol.as_bytes());
        // At the last column the cursor stays on it, or waits beyond it: terminals differ.
        let after = x + width;
        self.hand.column = (is_steady(symbol) && after < self.columns).then_some(after);
    }

    /// Erases everything; never by CSI 2J, at which kitty forgets its pictures.
    pub(super) fn erase_all(&mut self, background: Color) {
        self.hand = Hand::default();
        self.erase((0, 0), background, b"\x1b[J");
    }

    fn erase(&mut self, (x, y): Place, background: Color, sequence: &[u8]) {
        self.move_to(x, y);
        self.use_pen(|pen| pen.for_blank(background));
        self.bytes.extend_from_slice(sequence);
    }

    fn use_pen(&mut self, choose: impl Fn(Pen) -> Pen) {
        let pen = choose(self.hand.pen.unwrap_or_default());
        pen.take_after(self.hand.pen, &mut self.bytes);
        self.hand.pen = Some(pen);
    }
}

/// The sequence that moves right.
pub(super) fn forward(columns: u16) -> Sequence {
    let begin = Sequence::default().and(b"\x1b[");
    match columns {
        0 => Sequence::default(),
        1 => begin.and(b"C"),
        _ => begin.number(columns).and(b"C"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case((5, 3), (5, 3), "")]
    #[case((5, 3), (6, 3), "\x1b[C")]
    #[case((5, 3), (3, 3), "\x08\x08")]
    #[case((50, 3), (40, 3), "\x1b[10D")]
    #[case((50, 3), (1, 3), "\r\x1b[C")]
    #[case((50, 3), (0, 3), "\r")]
    #[case((50, 3), (0, 4), "\r\n")]
    #[case((50, 13), (9, 14), "\r\n\x1b[9C")]
    #[case((50, 3), (9, 7), "\x1b[8;10H")]
    #[case((50, 3), (0, 7), "\x1b[8H")]
    #[case((50, 3), (0, 0), "\x1b[H")]
    fn ways(#[case] from: (u16, u16), #[case] to: (u16, u16), #[case] expected: &str) {
        let mut pencil = Pencil::new(Hand::default(), 80);
        (pencil.hand.column, pencil.hand.row) = (Some(from.0), Some(from.1));
        assert_eq!(pencil.way_to(to.0, to.1).as_bytes(), expected.as_bytes());
    }

    #[test]
    fn after_a_symbol_of_doubtful_width_the_place_is_told_absolutely() {
        let mut pencil = Pencil::new(Hand::default(), 80);
        pencil.move_to(4, 2);
        pencil.put((4, 2), &Cell::new("🎉"), 2);
        assert_eq!(pencil.way_to(6, 2).as_bytes(), b"\r\x1b[6C");
        pencil.put((6, 2), &Cell::new("a"), 1);
        assert_eq!(pencil.way_to(7, 2).as_bytes(), b"");
    }

    #[test]
    fn from_the_last_column_the_way_goes_by_the_first() {
        let mut pencil = Pencil::new(Hand::default(), 80);
        pencil.put((79, 2), &Cell::new("a"), 1);
        assert_eq!(pencil.way_to(76, 2).as_bytes(), b"\r\x1b[76C");
    }
}
