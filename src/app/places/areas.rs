//! The areas that a window is divided into.

use ratatui::layout::Rect;

/// Notes beside the slide have at least so many columns, frame included.
pub(super) const NARROWEST_NOTES: u16 = 28;
/// Notes below the slide have at least so many rows, frame included.
pub(super) const LOWEST_NOTES: u16 = 5;
/// In fewer rows a small slide tells nothing but its heading.
pub(super) const LOWEST_SLIDE: u16 = 4;

/// Where things stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::app) struct Places {
    /// What the slide is laid out for. A console that has no pane for it has all of its window here, for overlays.
    pub(in crate::app) stage: Rect,
    /// The row below it; a talk in a window of one row has none.
    pub(in crate::app) chrome: Option<Rect>,
    /// The pane around this slide, frame included, in a console that has room for it.
    pub(in crate::app) this: Option<Rect>,
    /// The pane of what comes next, frame included, where the speaker has a window that has room for it.
    pub(in crate::app) next: Option<Rect>,
    /// What the next one is laid out for: in a console, as many columns and rows as this one.
    pub(in crate::app) next_stage: Rect,
    /// What the notes get, while they are shown.
    pub(in crate::app) notes: Option<Rect>,
    /// Whether the notes lie over the slide.
    pub(in crate::app) over: bool,
    /// What the clock gets, in a console that has room for a large one.
    pub(in crate::app) dial: Option<Rect>,
    /// The columns that panels may take.
    pub(in crate::app) panel_columns: u16,
}
