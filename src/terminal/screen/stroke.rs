//! What is written at one go: cells of one pen, or an erasure; and the order that changes pens least.

use ratatui::style::Color;

use super::pen::Pen;
use super::slot::Slot;

/// A column and a row.
pub(super) type Place = (u16, u16);

/// One thing to write.
#[derive(Debug, Clone)]
pub(super) enum Stroke<'a> {
    /// Erases the row from a place to its end.
    EraseToEnd(Place, Color),
    /// Erases so many cells from a place on.
    EraseCells(Place, Color, u16),
    /// Writes cells from a place on, all by one pen.
    Cells(Place, &'a [Slot], Pen),
}

/// Returns the pen that writes more cells after what this one has written, unless it takes two.
pub(super) fn pen_for(pen: Option<Pen>, slots: &[Slot]) -> Option<Pen> {
    slots.iter().try_fold(pen, |pen, slot| match (slot, pen) {
        (Slot::Picture(_), _) => None,
        (Slot::Covered, pen) => Some(pen),
        (Slot::Shows(cell), None) => Some(Some(Pen::of(cell))),
        (Slot::Shows(cell), Some(pen)) => {
            let (own, blank) = (Pen::of(cell), Pen { bg: pen.bg, ..Pen::default() });
            if own == pen || slot.blank().is_some_and(|bg| pen.for_blank(bg) == pen) {
                Some(Some(pen))
            } else {
                // So far there were only blanks.
                (pen == blank && own.for_blank(pen.bg) == own).then_some(Some(own))
            }
        }
    })?
}

/// Sorts strokes by pen, in the order in which the pens first come; erasures, under which others write, stay first.
pub(super) fn sorted_by_pen<'a>(strokes: &[Stroke<'a>]) -> Vec<Stroke<'a>> {
    let mut pens: Vec<Pen> = Vec::new();
    let mut sorted: Vec<(usize, Stroke)> = Vec::with_capacity(strokes.len());
    for stroke in strokes {
        let group = match stroke {
            Stroke::Cells(_, _, pen) => {
                1 + pens.iter().position(|known| known == pen).unwrap_or_else(|| {
                    pens.push(*pen);
                    pens.len() - 1
                })
            }
            _ => 0,
        };
        sorted.push((group, stroke.clone()));
    }
    sorted.sort_by_key(|(group, _)| *group);
    sorted.into_iter().map(|(_, stroke)| stroke).collect()
}
