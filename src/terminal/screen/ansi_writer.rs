//! Writes to the terminal in the fewest bytes: moves of the cursor, changes of attributes, symbols and erasures.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Color;

use super::cell_state::{CellState, is_steady};
use super::draw_op::{DrawOp, Pos};
use super::sequence::OutputSequence;
use super::sgr_state::SgrState;
use crate::text::cells;

/// The bytes to send, and the cursor and attributes that they leave the terminal with.
#[derive(Debug)]
pub(super) struct AnsiWriter {
    bytes: Vec<u8>,
    cursor: CursorState,
    columns: u16,
}

/// Where the cursor is and how it writes, as far as this is certain.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CursorState {
    sgr: Option<SgrState>,
    column: Option<u16>,
    row: Option<u16>,
}

/// A state to which the writer can go back.
pub(super) struct Checkpoint {
    length: usize,
    cursor: CursorState,
}

impl AnsiWriter {
    /// Returns a writer for a screen of `columns`, which begins at `cursor`.
    pub(super) fn new(cursor: CursorState, columns: u16) -> Self {
        Self { bytes: Vec::new(), cursor, columns }
    }

    /// Returns the bytes, and the state of the cursor after them.
    pub(super) fn finish(self) -> (Vec<u8>, CursorState) {
        (self.bytes, self.cursor)
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { length: self.bytes.len(), cursor: self.cursor }
    }

    /// Replaces what was written since a checkpoint by `ops`, if these take fewer bytes; returns whether they did.
    pub(super) fn write_instead(&mut self, from: &Checkpoint, ops: &[DrawOp]) -> bool {
        let end = self.bytes.len();
        let cursor = std::mem::replace(&mut self.cursor, from.cursor);
        self.write_all(ops);
        let shorter = self.bytes.len() - end < end - from.length;
        if shorter {
            self.bytes.drain(from.length..end);
        } else {
            self.bytes.truncate(end);
            self.cursor = cursor;
        }
        shorter
    }

    pub(super) fn write_all(&mut self, ops: &[DrawOp]) {
        for op in ops {
            match *op {
                DrawOp::EraseToEnd(pos, background) => self.erase(pos, background, b"\x1b[K"),
                DrawOp::EraseCells(pos, background, count) => {
                    let sequence = OutputSequence::default().and(b"\x1b[").number(count).and(b"X");
                    self.erase(pos, background, sequence.as_bytes());
                }
                DrawOp::Cells(pos, states, _) => self.put_all(pos, states),
            }
        }
    }

    fn put_all(&mut self, Pos { x, y }: Pos, states: &[CellState]) {
        let mut rest = states;
        while let [first, others @ ..] = rest {
            let covered = others.iter().take_while(|state| **state == CellState::Covered).count();
            if let CellState::Shows(cell) = first {
                let x = x + cells(states.len() - rest.len());
                self.put(Pos { x, y }, cell, 1 + cells(covered));
            }
            rest = &others[covered..];
        }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        let way = self.way_to(x, y);
        self.bytes.extend_from_slice(way.as_bytes());
        (self.cursor.column, self.cursor.row) = (Some(x), Some(y));
    }

    /// Returns the shortest sequence that moves the cursor to a place.
    fn way_to(&self, x: u16, y: u16) -> OutputSequence {
        let CursorState { column, row, .. } = self.cursor;
        if (column, row) == (Some(x), Some(y)) {
            return OutputSequence::default();
        }
        let begin = OutputSequence::default().and(b"\x1b[");
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
        let from_start =
            line_start.map(|start| OutputSequence::default().and(start).and(forward(x).as_bytes()));
        let along = column.filter(|_| row == Some(y)).map(|column| match column <= x {
            true => forward(x - column),
            false if column - x <= 3 => {
                OutputSequence::default().and(&b"\x08\x08\x08"[..usize::from(column - x)])
            }
            false => begin.number(column - x).and(b"D"),
        });
        [along, from_start]
            .into_iter()
            .flatten()
            .fold(absolute, |best, way| if way.len() < best.len() { way } else { best })
    }

    /// Writes a symbol, which is `width` columns wide, at a place.
    fn put(&mut self, Pos { x, y }: Pos, cell: &Cell, width: u16) {
        let symbol = cell.symbol();
        let blank = symbol == " " && cell.modifier.is_empty();
        self.use_sgr(|sgr| if blank { sgr.for_blank(cell.bg) } else { SgrState::of(cell) });
        let is_disputed = || symbol.chars().nth(1).is_some() || symbol.cell_width() != width;
        if width > 1 && is_disputed() {
            // A terminal that takes the symbol for narrower would leave something old beside it.
            self.move_to(x, y);
            self.bytes.resize(self.bytes.len() + usize::from(width), b' ');
            self.cursor.column = None;
        }
        self.move_to(x, y);
        self.bytes.extend_from_slice(symbol.as_bytes());
        // At the last column the cursor stays on it, or waits beyond it: terminals differ.
        let after = x + width;
        self.cursor.column = (is_steady(symbol) && after < self.columns).then_some(after);
    }

    /// Erases everything; never by CSI 2J, at which kitty forgets its pictures.
    pub(super) fn erase_all(&mut self, background: Color) {
        self.cursor = CursorState::default();
        self.erase(Pos { x: 0, y: 0 }, background, b"\x1b[J");
    }

    fn erase(&mut self, Pos { x, y }: Pos, background: Color, sequence: &[u8]) {
        self.move_to(x, y);
        self.use_sgr(|sgr| sgr.for_blank(background));
        self.bytes.extend_from_slice(sequence);
    }

    fn use_sgr(&mut self, choose: impl Fn(SgrState) -> SgrState) {
        let sgr = choose(self.cursor.sgr.unwrap_or_default());
        sgr.write_change_from(self.cursor.sgr, &mut self.bytes);
        self.cursor.sgr = Some(sgr);
    }
}

/// Returns the sequence that moves the cursor to the right.
pub(super) fn forward(columns: u16) -> OutputSequence {
    let begin = OutputSequence::default().and(b"\x1b[");
    match columns {
        0 => OutputSequence::default(),
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
        let mut writer = AnsiWriter::new(CursorState::default(), 80);
        (writer.cursor.column, writer.cursor.row) = (Some(from.0), Some(from.1));
        assert_eq!(writer.way_to(to.0, to.1).as_bytes(), expected.as_bytes());
    }

    #[test]
    fn after_a_symbol_of_doubtful_width_the_place_is_told_absolutely() {
        let mut writer = AnsiWriter::new(CursorState::default(), 80);
        writer.move_to(4, 2);
        writer.put(Pos { x: 4, y: 2 }, &Cell::new("🎉"), 2);
        assert_eq!(writer.way_to(6, 2).as_bytes(), b"\r\x1b[6C");
        writer.put(Pos { x: 6, y: 2 }, &Cell::new("a"), 1);
        assert_eq!(writer.way_to(7, 2).as_bytes(), b"");
    }

    #[test]
    fn from_the_last_column_the_way_goes_by_the_first() {
        let mut writer = AnsiWriter::new(CursorState::default(), 80);
        writer.put(Pos { x: 79, y: 2 }, &Cell::new("a"), 1);
        assert_eq!(writer.way_to(76, 2).as_bytes(), b"\r\x1b[76C");
    }
}
