//! What the speaker sees besides the stage of a rehearsal: the next slide and the notes. Where the panel for it stands is
//! not decided here.

use ratatui::layout::Rect;

use super::areas::{LOWEST_NOTES, LOWEST_SLIDE, Places};
use super::audience::Audience;
use crate::paint::Pane;
use crate::text::cells;

/// The next slide above the notes takes at most so much of the height, in hundredths.
const TALLEST_NEXT: u32 = 45;
/// It stands at the left of them in a panel of so many columns and rows at least.
const SIDE_BY_SIDE: (u16, u16) = (60, 8);

/// Adds the panel to a stage: the next slide above the notes or at their left, whichever makes it larger, or the notes
/// alone.
pub(super) fn added(places: Places, panel: Rect, audience: Audience) -> Places {
    let size = |parted: &(Rect, Rect)| audience.scale(audience.stage(parted.0));
    // Of two that are alike it takes the last.
    let parted = [side_by_side(panel, audience), stacked(panel, audience)].into_iter().flatten();
    match parted.max_by_key(size) {
        None => Places { notes: Some(panel), ..places },
        Some((next, notes)) => {
            Places { next: Some(next), next_stage: audience.stage(next), notes: Some(notes), ..places }
        }
    }
}

/// Returns the next slide, and the notes below it.
fn stacked(panel: Rect, audience: Audience) -> Option<(Rect, Rect)> {
    let height = cells(u32::from(panel.height) * TALLEST_NEXT / 100);
    let next = audience.pane(Rect { height, ..panel });
    let notes = Rect { y: next.bottom(), height: panel.height - next.height, ..panel };
    let has_room = notes.height >= LOWEST_NOTES && Pane::inner(next).height >= LOWEST_SLIDE;
    has_room.then_some((next, notes))
}

/// Returns the next slide, and the notes at its right.
fn side_by_side(panel: Rect, audience: Audience) -> Option<(Rect, Rect)> {
    let columns = audience.columns_for(panel.height.saturating_sub(Pane::FRAME));
    let next = Rect { width: (columns + Pane::FRAME).min(panel.width / 2), ..panel };
    let notes = Rect { x: next.right(), width: panel.width - next.width, ..panel };
    (panel.width >= SIDE_BY_SIDE.0 && panel.height >= SIDE_BY_SIDE.1).then_some((next, notes))
}
