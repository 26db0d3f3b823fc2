//! Operations on the screen: cells with the same attributes, or an erasure; and the order that changes attributes
//! least.

use ratatui::style::Color;

use super::cell_state::CellState;
use super::sgr_state::SgrState;

/// A place on the screen, from its upper left corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pos {
    /// The column.
    pub(super) x: u16,
    /// The row.
    pub(super) y: u16,
}

/// One operation.
#[derive(Debug, Clone)]
pub(super) enum DrawOp<'a> {
    /// Erases the row from a place to its end.
    EraseToEnd(Pos, Color),
    /// Erases a number of cells from a place on.
    EraseCells(Pos, Color, u16),
    /// Writes cells from a place on, all with the same attributes.
    Cells(Pos, &'a [CellState], SgrState),
}

/// Returns the attributes with which all of the cells can be written after others that took `sgr`; none where one state
/// does not do for all.
pub(super) fn sgr_for(sgr: Option<SgrState>, states: &[CellState]) -> Option<SgrState> {
    states.iter().try_fold(sgr, |sgr, state| match (state, sgr) {
        (CellState::Picture(_), _) => None,
        (CellState::Covered, sgr) => Some(sgr),
        (CellState::Shows(cell), None) => Some(Some(SgrState::of(cell))),
        (CellState::Shows(cell), Some(sgr)) => {
            let (own, blank) = (SgrState::of(cell), SgrState { bg: sgr.bg, ..SgrState::default() });
            if own == sgr || state.blank().is_some_and(|bg| sgr.for_blank(bg) == sgr) {
                Some(Some(sgr))
            } else {
                // So far there were only blanks.
                (sgr == blank && own.for_blank(sgr.bg) == own).then_some(Some(own))
            }
        }
    })?
}

/// Sorts operations by attributes, in the order in which these first come; erasures, under which others write, stay
/// first.
pub(super) fn sorted_by_sgr<'a>(ops: &[DrawOp<'a>]) -> Vec<DrawOp<'a>> {
    let mut sgrs: Vec<SgrState> = Vec::new();
    let mut sorted: Vec<(usize, DrawOp)> = Vec::with_capacity(ops.len());
    for op in ops {
        let group = match op {
            DrawOp::Cells(_, _, sgr) => {
                1 + sgrs.iter().position(|known| known == sgr).unwrap_or_else(|| {
                    sgrs.push(*sgr);
                    sgrs.len() - 1
                })
            }
            _ => 0,
        };
        sorted.push((group, op.clone()));
    }
    sorted.sort_by_key(|(group, _)| *group);
    sorted.into_iter().map(|(_, op)| op).collect()
}
