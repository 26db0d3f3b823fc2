//! Panels above the slide: help, outline, diagnostics, a prompt.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{Pane, Tone};
use crate::text::cells;
use crate::theme::{Role, Theme};

/// A widget: lines in a frame in the middle of the stage.
pub struct Panel<'a> {
    /// What it is, on its upper edge.
    pub title: &'a str,
    /// Its lines.
    pub lines: Vec<Line<'a>>,
    /// The line that is chosen, which stays in view.
    pub selected: Option<usize>,
    /// The first line that is shown, where none is chosen.
    pub scroll: usize,
    /// What is said of the chosen line below a rule, where there is more to say than it has room for.
    pub foot: Vec<Line<'a>>,
    /// The colours.
    pub theme: &'a Theme,
}

impl Panel<'_> {
    /// Returns the cells of the stage that the panel covers.
    pub fn place(&self, stage: Rect) -> Rect {
        let widest = self
            .lines
            .iter()
            .chain(&self.foot)
            .map(Line::width)
            .chain([self.title.chars().count() + 2])
            .max()
            .unwrap_or(0);
        let width = cells(widest).saturating_add(4).min(stage.width);
        let rows = self.lines.len() + self.foot_rows();
        let height = cells(rows).saturating_add(2).min(stage.height);
        let x = stage.x + (stage.width - width) / 2;
        let y = stage.y + (stage.height - height) / 2;
        Rect::new(x, y, width, height)
    }

    /// Returns the rows of the foot and the rule above it.
    fn foot_rows(&self) -> usize {
        if self.foot.is_empty() { 0 } else { self.foot.len() + 1 }
    }

    fn first(&self, rows: usize) -> usize {
        let last_page = self.lines.len().saturating_sub(rows);
        self.selected.map_or(self.scroll, |chosen| chosen.saturating_sub(rows / 2)).min(last_page)
    }
}

impl Widget for &Panel<'_> {
    fn render(self, stage: Rect, buffer: &mut Buffer) {
        let area = self.place(stage.intersection(buffer.area));
        Pane { title: self.title, aside: "", foot: "", tone: Tone::Words, theme: self.theme }
            .render(area, buffer);
        let inner = Pane::inner(area);
        // Half of the panel stays for the list, where it needs as much.
        let list = cells(self.lines.len()).min(inner.height / 2);
        let foot = cells(self.foot_rows()).min(inner.height - list);
        let (inner, below) = (
            Rect { height: inner.height - foot, ..inner },
            Rect { y: inner.bottom() - foot, height: foot, ..inner },
        );
        if foot > 0 {
            let rule = "─".repeat(usize::from(below.width));
            buffer.set_string(below.x, below.y, rule, self.theme.style(Role::OverlayDim));
        }
        for (line, y) in self.foot.iter().zip(below.top() + 1..below.bottom()) {
            buffer.set_line(below.x + 1, y, line, below.width.saturating_sub(2));
        }
        let rows = usize::from(inner.height);
        let first = self.first(rows);
        for ((nth, line), y) in self.lines.iter().enumerate().skip(first).zip(inner.top()..inner.bottom()) {
            buffer.set_line(inner.x + 1, y, line, inner.width.saturating_sub(2));
            // The row stands out whatever its words are.
            if self.selected == Some(nth) {
                buffer.set_style(Rect { y, height: 1, ..inner }, self.theme.style(Role::OverlaySelected));
            }
        }
        if first + rows < self.lines.len() && inner.height > 0 {
            buffer.set_string(
                area.right().saturating_sub(2),
                inner.bottom(),
                "▼",
                self.theme.style(Role::OverlayKey),
            );
        }
    }
}
