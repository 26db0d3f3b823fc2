//! The speaker's notes, in a frame at the foot of the stage. What they say is the caller's.

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
    /// Returns the cells of the stage that the notes cover: at most half of it.
    pub fn place(&self, stage: Rect) -> Rect {
        let height = (self.scene.height.min(u32::from(stage.height)) as u16 + FRAME_ROWS)
            .min((stage.height / 2).max(FRAME_ROWS + 1))
            .min(stage.height);
        Rect { y: stage.bottom() - height, height, ..stage }
    }

    /// Returns how many rows of the notes cannot be shown at once.
    pub fn beyond(&self, stage: Rect) -> usize {
        let rows = self.place(stage).height.saturating_sub(FRAME_ROWS);
        self.scene.height.saturating_sub(u32::from(rows)) as usize
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
    fn render(self, stage: Rect, buffer: &mut Buffer) {
        let area = self.place(stage.intersection(buffer.area));
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
        let scroll = self.scroll.min(self.beyond(stage)) as u32;
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
