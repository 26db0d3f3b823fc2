//! The hand that writes: moves the cursor, changes the pen, puts symbols and erases, each in the fewest bytes; what to
//! write where is not its business.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Color;

use super::pen::Pen;
use super::slot::{Slot, is_steady};
use super::stroke::{Place, Stroke};

/// The bytes to send, and what they leave the terminal's cursor and attributes at.
#[derive(Debug, Default)]
pub(super) struct Pencil {
    bytes: Vec<u8>,
    hand: Hand,
    columns: u16,
}

/// Where the cursor is and how it writes, as far as this is certain.
#[derive(Debug, Clone, Copy, Default)]
struct Hand {
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
    pub(super) fn for_columns(columns: u16) -> Self {
        Self { columns, ..Self::default() }
    }

    /// Takes what was written since the last time; the cursor and the pen stay where they are.
    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    pub(super) fn bookmark(&self) -> Bookmark {
        Bookmark { length: self.bytes.len(), hand: self.hand }
    }

    /// Writes other strokes than was done since a bookmark, if this is shorter; tells whether it was.
    pub(super) fn write_instead(&mut self, from: &Bookmark, strokes: &[Stroke]) -> bool {
        let draft = self.bytes.split_off(from.length);
        let hand = std::mem::replace(&mut self.hand, from.hand);
        self.write_all(strokes);
        let shorter = self.bytes.len() - from.length < draft.len();
        if !shorter {
            self.bytes.truncate(from.length);
            self.bytes.extend_from_slice(&draft);
            self.hand = hand;
        }
        shorter
    }

    pub(super) fn write_all(&mut self, strokes: &[Stroke]) {
        for stroke in strokes {
            match *stroke {
                Stroke::EraseToEnd(place, background) => self.erase(place, background, "\x1b[K"),
                Stroke::EraseCells(place, background, count) => {
                    self.erase(place, background, &format!("\x1b[{count}X"));
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

    /// Writes bytes of another's making, after which nothing is certain.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.hand = Hand::default();
    }

    /// Writes a sequence that touches neither cursor nor pen.
    pub(super) fn mode(&mut self, sequence: &str) {
        self.bytes.extend_from_slice(sequence.as_bytes());
    }

    pub(super) fn move_to(&mut self, x: u16, y: u16) {
        let way = self.way_to(x, y);
        self.bytes.extend_from_slice(way.as_bytes());
        (self.hand.column, self.hand.row) = (Some(x), Some(y));
    }

    /// The shortest sequence that brings the cursor to a place.
    fn way_to(&self, x: u16, y: u16) -> String {
        let Hand { column, row, .. } = self.hand;
        if (column, row) == (Some(x), Some(y)) {
            return String::new();
        }
        let absolute = match (y + 1, x + 1) {
            (1, 1) => "\x1b[H".to_owned(),
            (row, 1) => format!("\x1b[{row}H"),
            (row, column) => format!("\x1b[{row};{column}H"),
        };
        let line_start = match row {
            Some(row) if row == y => Some("\r"),
            Some(row) if row + 1 == y => Some("\r\n"),
            _ => None,
        };
        let from_start = line_start.map(|start| format!("{start}{}", forward(x)));
        let along = column.filter(|_| row == Some(y)).map(|column| match column <= x {
            true => forward(x - column),
            false if column - x <= 3 => "\x08".repeat(usize::from(column - x)),
            false => format!("\x1b[{}D", column - x),
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
        let disputed = symbol.chars().nth(1).is_some() || symbol.cell_width() != width;
        if width > 1 && disputed {
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
        self.erase((0, 0), background, "\x1b[J");
    }

    fn erase(&mut self, (x, y): Place, background: Color, sequence: &str) {
        self.move_to(x, y);
        self.use_pen(|pen| pen.for_blank(background));
        self.mode(sequence);
    }

    fn use_pen(&mut self, choose: impl Fn(Pen) -> Pen) {
        let pen = choose(self.hand.pen.unwrap_or_default());
        self.bytes.extend_from_slice(pen.after(self.hand.pen).as_bytes());
        self.hand.pen = Some(pen);
    }
}

/// The sequence that moves right.
pub(super) fn forward(columns: u16) -> String {
    match columns {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        _ => format!("\x1b[{columns}C"),
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
        let mut pencil = Pencil::for_columns(80);
        (pencil.hand.column, pencil.hand.row) = (Some(from.0), Some(from.1));
        assert_eq!(pencil.way_to(to.0, to.1), expected);
    }

    #[test]
    fn after_a_symbol_of_doubtful_width_the_place_is_told_absolutely() {
        let mut pencil = Pencil::for_columns(80);
        pencil.move_to(4, 2);
        pencil.put((4, 2), &Cell::new("🎉"), 2);
        assert_eq!(pencil.way_to(6, 2), "\r\x1b[6C");
        pencil.put((6, 2), &Cell::new("a"), 1);
        assert_eq!(pencil.way_to(7, 2), "");
    }

    #[test]
    fn from_the_last_column_the_way_goes_by_the_first() {
        let mut pencil = Pencil::for_columns(80);
        pencil.put((79, 2), &Cell::new("a"), 1);
        assert_eq!(pencil.way_to(76, 2), "\r\x1b[76C");
    }
}
