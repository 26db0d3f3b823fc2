//! A frame with words on its edges, around a slide or notes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::text::{truncate, width};
use crate::theme::{Role, Theme};

/// What is in a pane, which decides how its frame looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What the audience sees now: the frame leads the eye.
    Now,
    /// What comes later.
    Later,
    /// Words on the ground of panels.
    Words,
}

/// A widget: an empty frame on a ground of its own.
pub struct Pane<'a> {
    /// What it is, at the left of its upper edge.
    pub title: &'a str,
    /// Further words, at the right of that edge; it goes first where room is scarce.
    pub aside: &'a str,
    /// The words at the right of its lower edge.
    pub foot: &'a str,
    /// What is in it.
    pub tone: Tone,
    /// The colours.
    pub theme: &'a Theme,
}

impl Pane<'_> {
    /// Columns, and rows, that a frame takes.
    pub const FRAME: u16 = 2;

    /// Returns the cells inside the frame of a pane.
    pub fn inner(area: Rect) -> Rect {
        Block::bordered().inner(area)
    }

    /// Returns what has room at the left and at the right of the upper edge, a piece of the frame between them.
    fn upper(&self, columns: usize) -> (String, String) {
        let (title, aside) = (spaced(self.title), spaced(self.aside));
        if width(&title) + width(&aside) < columns {
            return (title, aside);
        }
        match self.title {
            "" => (title, cut(self.aside, columns)),
            title => (cut(title, columns), String::new()),
        }
    }

    /// Returns how the ground looks, and on it the frame, the title and the other words.
    fn styles(&self) -> (Style, [Style; 3]) {
        let (ground, roles) = match self.tone {
            Tone::Now => (self.theme.stage(), [Role::ProgressDone, Role::ChromeNumber, Role::Chrome]),
            Tone::Later => (self.theme.stage(), [Role::Chrome; 3]),
            Tone::Words => {
                (self.theme.style(Role::Overlay), [Role::OverlayDim, Role::OverlayTitle, Role::Overlay])
            }
        };
        (ground, roles.map(|role| self.theme.style(role)))
    }
}

impl Widget for &Pane<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let columns = usize::from(area.width.saturating_sub(Pane::FRAME));
        let (title, aside) = self.upper(columns);
        let (ground, [frame, title_style, words]) = self.styles();
        Clear.render(area, buffer);
        Block::bordered()
            .border_type(BorderType::Rounded)
            .style(ground)
            .border_style(frame)
            .title_top(Line::styled(title, title_style))
            .title_top(Line::styled(aside, words).right_aligned())
            .title_bottom(Line::styled(cut(self.foot, columns), words).right_aligned())
            .render(area, buffer);
    }
}

/// Returns words with a blank at each side.
fn spaced(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" {words} ") }
}

/// Returns what of words has room between blanks.
fn cut(words: &str, columns: usize) -> String {
    spaced(&truncate(words, columns.saturating_sub(2)))
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;
    use rstest::rstest;

    use super::*;

    fn painted(columns: u16, rows: u16, pane: &Pane<'_>) -> Buffer {
        let mut buffer = Buffer::filled(Rect::new(0, 0, columns, rows), ratatui::buffer::Cell::new("x"));
        pane.render(buffer.area, &mut buffer);
        buffer
    }

    fn rows(buffer: &Buffer) -> Vec<String> {
        let rows = buffer.content().chunks(usize::from(buffer.area.width).max(1));
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect()).collect()
    }

    fn pane<'a>(title: &'a str, aside: &'a str, foot: &'a str, theme: &'a Theme) -> Pane<'a> {
        Pane { title, aside, foot, tone: Tone::Now, theme }
    }

    #[test]
    fn words_stand_on_its_edges_and_nothing_in_it() {
        let theme = Theme::dark();
        let buffer = painted(28, 4, &pane("now: The Pod", "7.2", "12 more", &theme));
        let expected = [
            "╭ now: The Pod ─────── 7.2 ╮",
            "│                          │",
            "│                          │",
            "╰───────────────── 12 more ╯",
        ];
        assert_eq!(rows(&buffer), expected);
    }

    #[rstest]
    #[case(22, "╭ now: The Pod ─ 7.2 ╮")]
    #[case(21, "╭ now: The Pod ─────╮")]
    #[case(16, "╭ now: The Pod ╮")]
    #[case(15, "╭ now: The P… ╮")]
    #[case(5, "╭ … ╮")]
    #[case(4, "╭──╮")]
    #[case(1, "╭")]
    #[case(0, "")]
    fn the_right_word_goes_first_then_the_left_is_cut(#[case] columns: u16, #[case] expected: &str) {
        let theme = Theme::dark();
        let rows = rows(&painted(columns, 3, &pane("now: The Pod", "7.2", "", &theme)));
        assert_eq!(rows.first().map_or("", String::as_str), expected);
    }

    #[test]
    fn wide_letters_take_two_cells_of_an_edge() {
        let theme = Theme::dark();
        let row = |columns| rows(&painted(columns, 2, &pane("日本語", "", "", &theme))).swap_remove(0);
        // The second cell of a wide letter reads as a blank.
        assert_eq!(row(11), "╭ 日 本 語  ─╮");
        assert_eq!(row(9), "╭ 日 本 … ╮");
    }

    #[test]
    fn the_right_word_alone_is_cut() {
        let theme = Theme::dark();
        let row = |columns| rows(&painted(columns, 2, &pane("", "14:05", "", &theme))).swap_remove(0);
        assert_eq!(row(12), "╭─── 14:05 ╮");
        assert_eq!(row(8), "╭ 14:… ╮");
    }

    #[test]
    fn a_frame_around_a_slide_stands_on_the_stage_and_one_around_words_on_a_panel() {
        let theme = Theme::dark();
        let ground = |tone| {
            let buffer = painted(9, 3, &Pane { tone, ..pane("a", "b", "", &theme) });
            let grounds: Vec<Option<Color>> = buffer.content().iter().map(|cell| cell.style().bg).collect();
            assert!(grounds.iter().all(|ground| *ground == grounds[0]), "{tone:?}");
            (grounds[0], buffer[(0, 0)].fg)
        };
        let (now, later, words) = (ground(Tone::Now), ground(Tone::Later), ground(Tone::Words));
        assert_eq!((now.0, later.0), (theme.stage().bg, theme.stage().bg));
        assert_eq!(words.0, theme.style(Role::Overlay).bg);
        assert!(now.1 != later.1, "what is now is told from what is later");
    }
}
