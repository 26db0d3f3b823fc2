//! A scene on the stage, at a step, from the row to which it is scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::picture::{self, ImageArea, PictureState};
use super::{backdrop, look};
use crate::layout::{Content, PictureItem, Scene};
use crate::picture::Bitmap;
use crate::text::cells;
use crate::theme::{Role, Theme};

/// Returns what is painted where a picture is.
pub type FindPicture<'a> = &'a dyn Fn(&PictureItem, ImageArea) -> PictureState;

/// A widget that shows a scene.
pub struct SceneView<'a> {
    /// What is shown.
    pub scene: &'a Scene,
    /// The step at which it is.
    pub step: u16,
    /// How many rows of it are above the stage.
    pub scroll: u32,
    /// The row of the scene at which the stage ended before the last step, where it is worth a mark.
    pub old_edge: Option<u32>,
    /// Whether the edges say that there is more above or below.
    pub marks: bool,
    /// The colours; where the scene has its own, those hold.
    pub theme: &'a Theme,
    /// The picture behind it, a pixel for each cell of the stage, where it is ready.
    pub backdrop: Option<&'a Bitmap>,
    /// The pictures.
    pub pictures: FindPicture<'a>,
}

impl Widget for &SceneView<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let (stage, theme) = (area.intersection(buffer.area), self.theme());
        buffer.set_style(stage, theme.stage());
        if let Some(bitmap) = self.backdrop {
            backdrop::lay(bitmap, stage, buffer);
        }
        for item in self.scene.items.iter().filter(|item| item.is_seen(self.step)) {
            let Some(place) = ImageArea::on(stage, item.area, self.scroll) else { continue };
            let visible = place.visible;
            match &item.content {
                Content::Lines(lines) => {
                    paint_lines(lines, place.first_row, visible, buffer);
                    if let Some(bitmap) = self.backdrop {
                        backdrop::lift(bitmap, stage, visible, buffer);
                    }
                }
                Content::Fill(style) => {
                    buffer.set_style(visible, *style);
                }
                // The words of a link are lines of their own.
                Content::Link(_) => continue,
                Content::Picture(picture) => match (self.pictures)(picture, place) {
                    PictureState::Mosaic(mosaic) => picture::mosaic(&mosaic, place, buffer),
                    PictureState::Above => {}
                    PictureState::Waiting => picture::stand_in(&picture.alt, place, theme, buffer),
                },
            }
            for look in item.looks(self.step) {
                look::apply(look, visible, theme, buffer);
            }
        }
        if self.marks {
            self.paint_marks(stage, buffer);
        }
    }
}

impl SceneView<'_> {
    fn theme(&self) -> &Theme {
        self.scene.suited(self.theme)
    }

    /// Paints marks at the right edge where there is more above or below, and one at the left edge where the stage
    /// ended before the last step.
    fn paint_marks(&self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let style = self.theme().style(Role::ScrollMark);
        if self.scroll > 0 {
            buffer.set_string(area.right() - 1, area.top(), "▲", style);
        }
        if self.scroll + u32::from(area.height) < self.scene.height {
            buffer.set_string(area.right() - 1, area.bottom() - 1, "▼", style);
        }
        let edge = self.old_edge.and_then(|row| row.checked_sub(self.scroll));
        if let Some(row) = edge.filter(|&row| row > 0 && row < u32::from(area.height)) {
            buffer.set_string(area.left(), area.top() + cells(row), "▸", self.theme().style(Role::PageMark));
        }
    }
}

fn paint_lines(lines: &[Line<'_>], first_row: u32, area: Rect, buffer: &mut Buffer) {
    for (line, y) in lines.iter().skip(first_row as usize).zip(area.top()..area.bottom()) {
        let slack = area.width.saturating_sub(cells(line.width()));
        let shift = match line.alignment {
            None | Some(Alignment::Left) => 0,
            Some(Alignment::Center) => slack / 2,
            Some(Alignment::Right) => slack,
        };
        buffer.set_line(area.x + shift, y, line, area.width - shift);
    }
}
