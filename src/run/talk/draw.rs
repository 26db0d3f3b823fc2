//! What the speaker sees: the slide, its row of chrome, what lies over it; now, and after the next step.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::Widget;

use super::Lectern;
use super::ahead::View;
use crate::paint::{SceneView, Status};
use crate::present::{Blank, Extent, Position, Presenter};
use crate::run::{Failure, overlays};

impl Lectern {
    /// Shows the talk as it is now: by the frame that was planned ahead, where it is the right one.
    pub(super) fn draw(&mut self) -> Result<(), Failure> {
        self.settle();
        let position = self.presenter.position;
        let planned = self.is_bare().then(|| self.ahead.take(self.view(position), &self.screen)).flatten();
        let frame = planned.unwrap_or_else(|| {
            let canvas = self.paint();
            self.screen.plan(canvas)
        });
        Ok(self.screen.send(frame)?)
    }

    /// Plans the frame of the next step, unless there is something over the slide that would have to go first.
    pub(super) fn plan_ahead(&mut self) {
        let position = self.presenter.position.next(self.extent, self.slides.count());
        let view = self.view(position);
        if self.is_bare() && position != self.presenter.position && !self.ahead.has(view, &self.screen) {
            let canvas = self.paint_slide(position);
            self.ahead.keep(view, self.screen.plan(canvas));
        }
    }

    fn view(&self, position: Position) -> View {
        View { position, generation: self.slides.generation() }
    }

    /// Whether the slide is shown, and nothing but it.
    fn is_bare(&self) -> bool {
        let Presenter { overlay, blank, .. } = &self.presenter;
        overlay.is_none() && blank.is_none() && self.presenter.number().is_none() && self.message.is_none()
    }

    fn paint(&mut self) -> Buffer {
        if let Some(blank) = self.presenter.blank {
            let mut canvas = self.screen.canvas();
            canvas.set_style(canvas.area, blank_style(blank));
            return canvas;
        }
        let mut canvas = self.paint_slide(self.presenter.position);
        if let Some(overlay) = &self.presenter.overlay {
            let (stage, _) = parts(canvas.area);
            overlays::panel(overlay, &self.slides, stage.width).render(stage, &mut canvas);
        }
        canvas
    }

    /// Returns a canvas with the slide at a position, and with its row of chrome.
    fn paint_slide(&mut self, position: Position) -> Buffer {
        let scene = self.slides.scene(position.slide);
        let slides = &self.slides;
        let viewed = self.gallery.is_used();
        let mut canvas = self.screen.canvas();
        let (stage, chrome) = parts(canvas.area);
        let view = SceneView {
            scene: &scene,
            scroll: position.scroll,
            old_edge: position.old_edge,
            theme: &slides.theme,
            bitmaps: &|picture, area| if viewed { None } else { slides.bitmap(picture, area) },
        };
        view.render(stage, &mut canvas);
        if let Some(row) = chrome {
            self.paint_chrome(position, slides.extent(&scene), row, &mut canvas);
        }
        canvas
    }

    fn paint_chrome(&self, position: Position, extent: Extent, row: Rect, canvas: &mut Buffer) {
        let end = u64::from(extent.end());
        let typed = self.presenter.number().map(|digits| format!("go to {digits}▏"));
        let status = Status {
            number: position.slide + 1,
            count: self.slides.count(),
            title: &self.title,
            message: typed.as_deref().or(self.message.as_deref()),
            scrolled: (end > 0).then(|| (u64::from(position.scroll) * 100 / end) as u8),
            theme: &self.slides.theme,
        };
        status.render(row, canvas);
    }
}

/// Parts the window into the stage and the row of chrome; a window of one row is all stage.
pub(super) fn parts(window: Rect) -> (Rect, Option<Rect>) {
    if window.height < 2 {
        return (window, None);
    }
    let stage = Rect { height: window.height - 1, ..window };
    (stage, Some(Rect { y: stage.bottom(), height: 1, ..window }))
}

fn blank_style(blank: Blank) -> Style {
    match blank {
        Blank::Black => Style::new().fg(Color::Black).bg(Color::Rgb(0, 0, 0)),
        Blank::White => Style::new().fg(Color::White).bg(Color::Rgb(255, 255, 255)),
    }
}
