//! The speaker's notes, in a pane that shows how much more of them there is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;

use super::pane::{Pane, Tone};
use super::picture::PictureState;
use super::scene::SceneView;
use crate::color::Rgb;
use crate::layout::Scene;
use crate::theme::{Role, Theme};

/// Columns that the frame and the blanks inside it take.
pub const FRAME_COLUMNS: u16 = Pane::FRAME + 2;

/// Returns how many rows of a stage the notes take: always the same, so that slides do not move from one to the next.
pub fn rows(stage: u16) -> u16 {
    (stage / 3).max(Pane::FRAME + 2).min(stage / 2)
}

/// A widget: notes that were laid out for the columns inside its frame.
pub struct NotesView<'a> {
    /// The notes.
    pub scene: &'a Scene,
    /// How many of their rows are above the frame.
    pub scroll: usize,
    /// What they are, on the upper edge of their frame.
    pub title: &'a str,
    /// Further words there, at the right.
    pub aside: &'a str,
    /// The colours.
    pub theme: &'a Theme,
}

impl NotesView<'_> {
    /// Returns how many rows of the notes don't fit in a pane of `rows`.
    pub fn beyond(&self, rows: u16) -> usize {
        self.scene.height.saturating_sub(u32::from(rows.saturating_sub(Pane::FRAME))) as usize
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
        let beyond = self.beyond(area.height);
        let scroll = self.scroll.min(beyond);
        let foot = if scroll < beyond { format!("{} more", beyond - scroll) } else { String::new() };
        let (title, aside, tone) = (self.title, self.aside, Tone::Words);
        Pane { title, aside, foot: &foot, tone, theme: self.theme }.render(area, buffer);
        let inner = Pane::inner(area);
        if inner.width <= 2 || inner.is_empty() {
            return;
        }
        // The marks of more above and below stand in the blank column at the right, not on letters.
        let inner = Rect { x: inner.x + 1, width: inner.width - 1, ..inner };
        let theme = theme(self.theme);
        // Of pictures in notes, the alt text is shown.
        let pictures = &|_: &_, _| PictureState::Waiting;
        let scene = self.scene;
        let view = SceneView {
            scene,
            step: u16::MAX,
            scroll: u32::try_from(scroll).unwrap_or(u32::MAX),
            old_edge: None,
            marks: true,
            theme: &theme,
            backdrop: None,
            pictures,
        };
        view.render(inner, buffer);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::text::Line;
    use rstest::rstest;

    use super::*;
    use crate::layout::Content;

    /// Returns notes of `rows`, numbered, each `columns` wide.
    fn notes(columns: u16, rows: u16) -> Scene {
        let line = |row| Line::raw(format!("{row:.>columns$}", columns = usize::from(columns)));
        let mut scene = Scene::line(Line::raw(""));
        let item = &mut scene.items[0];
        (item.area.width, item.area.height) = (columns, u32::from(rows));
        item.content = Content::Lines((1..=rows).map(line).collect());
        Scene { height: u32::from(rows), ..scene }
    }

    fn shown(area: Rect, notes: &Scene, scroll: usize) -> Vec<String> {
        let mut buffer = Buffer::empty(area);
        NotesView { scene: notes, scroll, title: "notes", aside: "14:05", theme: &Theme::dark() }
            .render(area, &mut buffer);
        let rows = buffer.content().chunks(usize::from(area.width).max(1));
        rows.map(|row| row.iter().map(Cell::symbol).collect()).collect()
    }

    #[rstest]
    #[case(0, "│ ......1 │", "│ ......3▼│", "╰─ 2 more ╯")]
    #[case(1, "│ ......2▲│", "│ ......4▼│", "╰─ 1 more ╯")]
    #[case(2, "│ ......3▲│", "│ ......5 │", "╰─────────╯")]
    #[case(9, "│ ......3▲│", "│ ......5 │", "╰─────────╯")]
    fn how_much_more_there_is_stands_below(
        #[case] scroll: usize,
        #[case] first: &str,
        #[case] last: &str,
        #[case] edge: &str,
    ) {
        let rows = shown(Rect::new(0, 0, 11, 5), &notes(11 - FRAME_COLUMNS, 5), scroll);
        assert_eq!((&*rows[1], &*rows[3], &*rows[4]), (first, last, edge));
    }

    #[test]
    fn all_around_them_is_said_what_they_are() {
        let expected =
            ["╭ notes ──── 14:05 ╮", "│ ...............2▲│", "│ ...............3▼│", "╰────────── 2 more ╯"];
        assert_eq!(shown(Rect::new(0, 0, 20, 4), &notes(20 - FRAME_COLUMNS, 5), 1), expected);
    }

    #[test]
    fn in_any_room_there_is_a_frame_at_least() {
        for (columns, rows) in (0..9).flat_map(|columns| (0..6).map(move |rows| (columns, rows))) {
            let all = shown(Rect::new(0, 0, columns, rows), &notes(5, 5), 1);
            assert!(columns < 2 || rows < 2 || all[0].starts_with('╭'), "{columns}x{rows}: {all:?}");
        }
    }
}
