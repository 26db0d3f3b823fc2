//! The stage before the audience, and how small a one does for the speaker. Where that stands is not decided here.

use ratatui::layout::Rect;

use crate::paint::Pane;
use crate::text::cells;

/// The columns and rows of the audience's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Audience {
    pub(super) columns: u16,
    pub(super) rows: u16,
}

impl Audience {
    /// Returns the pane for a slide in the upper middle of a room. It keeps the audience's proportion where there are
    /// rows for that, else the columns: lines that break elsewhere are worse than rows that are not seen.
    pub(super) fn pane(self, room: Rect) -> Rect {
        let columns = room.width.saturating_sub(Pane::FRAME).min(self.columns);
        let width = columns + Pane::FRAME;
        let height = self.rows_for(columns) + Pane::FRAME;
        let x = room.x + room.width.saturating_sub(width) / 2;
        Rect { x, width, height, ..room }.intersection(room)
    }

    /// Returns the stage of a pane: in its middle, where the pane is larger.
    pub(super) fn stage(self, pane: Rect) -> Rect {
        let inner = Pane::inner(pane);
        let width = inner.width.min(self.columns);
        let height = inner.height.min(self.rows_for(width));
        let (x, y) = (inner.x + (inner.width - width) / 2, inner.y + (inner.height - height) / 2);
        Rect { x, y, width, height }
    }

    /// Returns how large a stage is beside the audience's, in thousandths, by what it has less of.
    pub(super) fn scale(self, stage: Rect) -> u32 {
        let part = |small: u16, large: u16| u32::from(small) * 1000 / u32::from(large.max(1));
        part(stage.width, self.columns).min(part(stage.height, self.rows))
    }

    /// Returns the columns that go with so many rows of a smaller stage, rather too few.
    pub(super) fn columns_for(self, rows: u16) -> u16 {
        let rows = rows.min(self.rows);
        cells(u32::from(rows) * u32::from(self.columns) / u32::from(self.rows.max(1)))
    }

    /// Returns the rows that go with so many columns of a smaller stage, rather too many: words must have room.
    fn rows_for(self, columns: u16) -> u16 {
        let columns = columns.min(self.columns);
        cells((u32::from(columns) * u32::from(self.rows)).div_ceil(u32::from(self.columns.max(1))))
    }
}
