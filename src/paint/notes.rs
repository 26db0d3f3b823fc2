//! The speaker's notes, in a frame below the slide. What they say is the caller's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::picture::Shown;
use super::scene::SceneView;
use crate::color::Rgb;
use crate::layout::Scene;
use crate::theme::{Role, Theme};

/// Columns that the frame and the blanks inside it take.
pub const FRAME_COLUMNS: u16 = 4;
/// Rows that the frame takes.
const FRAME_ROWS: u16 = 2;

/// Returns the rows of a stage of so many that notes take: always the same, so that slides do not move from one to the
/// next.
pub fn rows(stage: u16) -> u16 {
    (stage / 3).max(FRAME_ROWS + 2).min(stage / 2)
}

/// A widget: notes that were laid out for the columns inside its frame.
pub struct NotesView<'a> {
    /// The notes.
    pub scene: &'a Scene,
    /// How many of their rows are above the frame.
    pub scroll: usize,
    /// The colours.
    pub theme: &'a Theme,
}

impl NotesView<'_> {
    /// Returns how many rows of the notes cannot be shown at once in so many.
    pub fn beyond(&self, rows: u16) -> usize {
        self.scene.height.saturating_sub(u32::from(rows.saturating_sub(FRAME_ROWS))) as usize
    }
}

/// Returns the theme for what stands on a panel.
pub fn theme(theme: &Theme) -> Theme {
    match theme.style(Role::Overlay).bg {
        Some(Color::Rgb(r, g, b)) => theme.on(Rgb(r, g, b)),
        _ => theme.clone(),
    }
}

impl Widget for &NotesView<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        Clear.render(area, buffer);
        let frame = Block::bordered()
            .border_type(BorderType::Rounded)
            .title(" notes ")
            .title_style(self.theme.style(Role::OverlayTitle))
            .style(self.theme.style(Role::Overlay));
        let inner = frame.inner(area);
        frame.render(area, buffer);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        if inner.is_empty() {
            return;
        }
        let scroll = self.scroll.min(self.beyond(area.height)) as u32;
        let theme = theme(self.theme);
        // Pictures in notes are told by their words.
        let pictures = &|_: &_, _| Shown::Waiting;
        let scene = self.scene;
        let view = SceneView {
            scene,
            step: u16::MAX,
            scroll,
            old_edge: None,
            theme: &theme,
            backdrop: None,
            pictures,
        };
        view.render(inner, buffer);
    }
}
