//! The cheapest way from what a row shows to what is wanted there.

use ratatui::style::Color;

use super::ansi_writer::{AnsiWriter, forward};
use super::cell_state::{CellState, is_steady};
use super::draw_op::{DrawOp, Pos, sgr_for};
use crate::text::cells;

/// A row to paint.
pub(super) struct RowDiff<'a> {
    /// Its number.
    pub(super) y: u16,
    /// What is wanted there; pictures are left alone.
    pub(super) wanted: &'a [CellState],
    /// Whether erased cells take the background that is set.
    pub(super) erases_with_background: bool,
}

impl<'a> RowDiff<'a> {
    /// Writes what changes the row from what it shows, and returns the operations that this took.
    pub(super) fn paint(&self, shown: &[CellState], writer: &mut AnsiWriter) -> Vec<DrawOp<'a>> {
        let shown = ShownRow { states: shown, erased: None };
        let Some(first) = self.next_change(&shown, 0) else { return Vec::new() };
        let patched = self.patch(&shown, first);
        let Some(background) = self.commonest_blank(first) else {
            writer.write_all(&patched);
            return patched;
        };
        let mut afresh = vec![DrawOp::EraseToEnd(self.pos(first), background)];
        afresh.extend(self.patch(&ShownRow { erased: Some((first, background)), ..shown }, first));
        let start = writer.checkpoint();
        writer.write_all(&patched);
        if writer.write_instead(&start, &afresh) { afresh } else { patched }
    }

    fn next_change(&self, shown: &ShownRow<'_>, from: usize) -> Option<usize> {
        let is_ours = |x: usize| !matches!(self.wanted[x], CellState::Picture(_));
        (from..self.wanted.len()).find(|&x| is_ours(x) && !shown.is(x, &self.wanted[x]))
    }

    /// The background that most blanks want from a place on, when all of the row's rest is ours to erase.
    fn commonest_blank(&self, from: usize) -> Option<Color> {
        let rest = &self.wanted[from..];
        if rest.iter().any(|state| matches!(state, CellState::Picture(_))) {
            return None;
        }
        let mut counts: Vec<(Color, usize)> = Vec::new();
        for background in rest.iter().filter_map(|state| self.erasable(state)) {
            match counts.iter_mut().find(|(color, _)| *color == background) {
                Some((_, count)) => *count += 1,
                None => counts.push((background, 1)),
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(background, _)| background)
    }

    /// The background of a blank that can come about by erasing.
    fn erasable(&self, state: &CellState) -> Option<Color> {
        state.blank().filter(|&background| self.erases_with_background || background == Color::Reset)
    }

    /// Returns the operations that write each change, from left to right.
    fn patch(&self, shown: &ShownRow<'_>, from: usize) -> Vec<DrawOp<'a>> {
        let mut ops = Vec::new();
        let mut next = self.next_change(shown, from);
        while let Some(x) = next {
            // What covers a changed place begins further left.
            let x = (0..=x).rev().find(|&x| self.wanted[x] != CellState::Covered).unwrap_or(x);
            let end = match self.erase_run(shown, x) {
                Some((op, end)) => {
                    ops.push(op);
                    end
                }
                None => self.put(x, &mut ops),
            };
            next = self.next_change(shown, end);
        }
        ops
    }

    /// Erases blanks from column `x` on when this is shorter than writing them; returns the operation, and where the
    /// blanks end.
    fn erase_run(&self, shown: &ShownRow<'_>, x: usize) -> Option<(DrawOp<'a>, usize)> {
        /// CSI K, and no way back.
        const TO_END: usize = 3;
        /// CSI 00 X, and as much to the other side of the erased cells.
        const SOME: usize = 10;
        let background = self.erasable(&self.wanted[x])?;
        let run =
            self.wanted[x..].iter().take_while(|state| self.erasable(state) == Some(background)).count();
        let changed =
            (x..x + run).rev().find(|&x| !shown.is(x, &self.wanted[x])).map_or(0, |last| last + 1 - x);
        let pos = self.pos(x);
        if x + run == self.wanted.len() && changed > TO_END {
            Some((DrawOp::EraseToEnd(pos, background), x + run))
        } else if changed > SOME {
            Some((DrawOp::EraseCells(pos, background, cells(changed)), x + changed))
        } else {
            None
        }
    }

    /// Adds the symbol at column `x` to the last operation where it can, over cells that are right already when writing
    /// them once more is no longer than passing them over; returns where the symbol ends.
    fn put(&self, x: usize, ops: &mut Vec<DrawOp<'a>>) -> usize {
        let end =
            x + 1 + self.wanted[x + 1..].iter().take_while(|state| **state == CellState::Covered).count();
        if let Some(DrawOp::Cells(Pos { x: from, .. }, states, sgr)) = ops.last_mut() {
            let from = usize::from(*from);
            let reached = from + states.len();
            let cheap = bytes_of(&self.wanted[reached..x]) <= forward(cells(x - reached)).len();
            if cheap && let Some(joint) = sgr_for(Some(*sgr), &self.wanted[reached..end]) {
                (*states, *sgr) = (&self.wanted[from..end], joint);
                return end;
            }
        }
        let states = &self.wanted[x..end];
        let pos = self.pos(x);
        ops.extend(sgr_for(None, states).map(|sgr| DrawOp::Cells(pos, states, sgr)));
        end
    }

    fn pos(&self, x: usize) -> Pos {
        Pos { x: cells(x), y: self.y }
    }
}

/// What a row shows, or would show once it is erased from a column on in a colour. Nothing is copied to find out.
#[derive(Clone, Copy)]
struct ShownRow<'a> {
    states: &'a [CellState],
    erased: Option<(usize, Color)>,
}

impl ShownRow<'_> {
    fn is(&self, x: usize, wanted: &CellState) -> bool {
        match self.erased {
            Some((from, background)) if x >= from => wanted.blank() == Some(background),
            _ => self.states[x] == *wanted,
        }
    }
}

/// Returns the bytes that it takes to write cells; `usize::MAX` where they can't be written.
fn bytes_of(states: &[CellState]) -> usize {
    let bytes = |state: &CellState| match state {
        CellState::Shows(cell) if is_steady(cell.symbol()) => Some(cell.symbol().len()),
        _ => None,
    };
    states.iter().map(bytes).sum::<Option<usize>>().unwrap_or(usize::MAX)
}
