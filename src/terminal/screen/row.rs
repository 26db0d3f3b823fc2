//! One row: the cheapest strokes from what it shows to what it shall show; how a stroke is written is the pencil's.

use ratatui::style::Color;

use super::pencil::{Pencil, forward};
use super::slot::{Slot, is_steady};
use super::stroke::{Stroke, pen_for};

/// A row to paint.
pub(super) struct Row<'a> {
    /// Its number.
    pub(super) y: u16,
    /// What it shall show; pictures are left alone.
    pub(super) wanted: &'a [Slot],
    /// Whether erased cells take the background of the pen.
    pub(super) erases_with_background: bool,
}

impl<'a> Row<'a> {
    /// Writes what changes the row from what it shows, and returns the strokes that this took.
    pub(super) fn paint(&self, shown: &[Slot], pencil: &mut Pencil) -> Vec<Stroke<'a>> {
        let shown = Shown { slots: shown, erased: None };
        let Some(first) = self.next_change(&shown, 0) else { return Vec::new() };
        let patched = self.patch(&shown, first);
        let Some(background) = self.commonest_blank(first) else {
            pencil.write_all(&patched);
            return patched;
        };
        let mut afresh = vec![Stroke::EraseToEnd((first as u16, self.y), background)];
        afresh.extend(self.patch(&Shown { erased: Some((first, background)), ..shown }, first));
        let start = pencil.bookmark();
        pencil.write_all(&patched);
        if pencil.write_instead(&start, &afresh) { afresh } else { patched }
    }

    fn next_change(&self, shown: &Shown<'_>, from: usize) -> Option<usize> {
        let is_ours = |x: usize| !matches!(self.wanted[x], Slot::Picture(_));
        (from..self.wanted.len()).find(|&x| is_ours(x) && !shown.is(x, &self.wanted[x]))
    }

    /// The background that most blanks want from a place on, when all of the row's rest is ours to erase.
    fn commonest_blank(&self, from: usize) -> Option<Color> {
        let rest = &self.wanted[from..];
        if rest.iter().any(|slot| matches!(slot, Slot::Picture(_))) {
            return None;
        }
        let mut counts: Vec<(Color, usize)> = Vec::new();
        for background in rest.iter().filter_map(|slot| self.erasable(slot)) {
            match counts.iter_mut().find(|(color, _)| *color == background) {
                Some((_, count)) => *count += 1,
                None => counts.push((background, 1)),
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(background, _)| background)
    }

    /// The background of a blank that can come about by erasing.
    fn erasable(&self, slot: &Slot) -> Option<Color> {
        slot.blank().filter(|&background| self.erases_with_background || background == Color::Reset)
    }

    /// Goes from change to change, from left to right.
    fn patch(&self, shown: &Shown<'_>, from: usize) -> Vec<Stroke<'a>> {
        let mut strokes = Vec::new();
        let mut next = self.next_change(shown, from);
        while let Some(x) = next {
            // What covers a changed place begins further left.
            let x = (0..=x).rev().find(|&x| self.wanted[x] != Slot::Covered).unwrap_or(x);
            let end = match self.erase_run(shown, x) {
                Some((stroke, end)) => {
                    strokes.push(stroke);
                    end
                }
                None => self.put(x, &mut strokes),
            };
            next = self.next_change(shown, end);
        }
        strokes
    }

    /// Erases blanks from a place on when this is shorter than writing them; tells where they end.
    fn erase_run(&self, shown: &Shown<'_>, x: usize) -> Option<(Stroke<'a>, usize)> {
        /// CSI K, and no way back.
        const TO_END: usize = 3;
        /// CSI 00 X, and as much to the other side of the erased cells.
        const SOME: usize = 10;
        let background = self.erasable(&self.wanted[x])?;
        let run = self.wanted[x..].iter().take_while(|slot| self.erasable(slot) == Some(background)).count();
        let changed =
            (x..x + run).rev().find(|&x| !shown.is(x, &self.wanted[x])).map_or(0, |last| last + 1 - x);
        let place = (x as u16, self.y);
        if x + run == self.wanted.len() && changed > TO_END {
            Some((Stroke::EraseToEnd(place, background), x + run))
        } else if changed > SOME {
            Some((Stroke::EraseCells(place, background, changed as u16), x + changed))
        } else {
            None
        }
    }

    /// Adds one symbol to the last stroke where it can, over cells that are right already when writing them once more
    /// is no longer than passing them over; returns where the symbol ends.
    fn put(&self, x: usize, strokes: &mut Vec<Stroke<'a>>) -> usize {
        let end = x + 1 + self.wanted[x + 1..].iter().take_while(|slot| **slot == Slot::Covered).count();
        if let Some(Stroke::Cells((from, _), slots, pen)) = strokes.last_mut() {
            let from = usize::from(*from);
            let reached = from + slots.len();
            let cheap = bytes_of(&self.wanted[reached..x]) <= forward((x - reached) as u16).len();
            if cheap && let Some(joint) = pen_for(Some(*pen), &self.wanted[reached..end]) {
                (*slots, *pen) = (&self.wanted[from..end], joint);
                return end;
            }
        }
        let slots = &self.wanted[x..end];
        let place = (x as u16, self.y);
        strokes.extend(pen_for(None, slots).map(|pen| Stroke::Cells(place, slots, pen)));
        end
    }
}

/// What a row shows, or would show once it is erased from a place on. Nothing is copied for a mere thought.
#[derive(Clone, Copy)]
struct Shown<'a> {
    slots: &'a [Slot],
    erased: Option<(usize, Color)>,
}

impl Shown<'_> {
    fn is(&self, x: usize, wanted: &Slot) -> bool {
        match self.erased {
            Some((from, background)) if x >= from => wanted.blank() == Some(background),
            _ => self.slots[x] == *wanted,
        }
    }
}

/// What it takes to write cells; more than anything where there are none to write.
fn bytes_of(slots: &[Slot]) -> usize {
    let bytes = |slot: &Slot| match slot {
        Slot::Shows(cell) if is_steady(cell.symbol()) => Some(cell.symbol().len()),
        _ => None,
    };
    slots.iter().map(bytes).sum::<Option<usize>>().unwrap_or(usize::MAX)
}
