//! What a view is, and what it is made from.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use crate::app::films::FilmFrame;
use crate::app::places::Places;
use crate::app::planning::ClockDisplay;
use crate::app::state::App;
use crate::layout::Scene;
use crate::paint::ImageArea;
use crate::present::{Blank, Position};
use crate::rehearsal::Now;
use crate::workers::Print;

/// A picture that the terminal shows over its cells.
#[derive(Clone)]
pub(in crate::app) struct PlacedImage {
    /// The picture.
    pub(in crate::app) print: Arc<Print>,
    /// The frame of it, from 0.
    pub(in crate::app) frame: usize,
    /// Where it is.
    pub(in crate::app) place: ImageArea,
}

/// What a view shows that goes on by itself.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Shown {
    /// The frames of films.
    pub(in crate::app) films: Vec<FilmFrame>,
    /// Whether films are shown by their first frames, and begin now.
    pub(in crate::app) films_begin: bool,
    /// When what is shown of the clock changes, by [`Now::awake`].
    pub(in crate::app) changes: Option<Duration>,
}

/// The cells of a window, and the pictures over them.
pub(in crate::app) struct TalkView {
    pub(in crate::app) canvas: Buffer,
    pub(in crate::app) pictures: Vec<PlacedImage>,
    pub(in crate::app) shown: Shown,
}

/// What is shown of a scene.
pub(super) struct ShownScene<'a> {
    pub(super) scene: &'a Scene,
    pub(super) position: Position,
    /// What the row of chrome says of it.
    pub(super) words: Option<String>,
    /// Whether films show the frame that is due, or their first one.
    pub(super) moves: bool,
}

/// All that a view is made from.
pub(super) struct ViewContext<'a> {
    pub(super) app: &'a App,
    pub(super) clock: Option<ClockDisplay>,
    pub(super) now: Now,
    pub(super) places: Places,
    /// Where panels cover the slide: no picture may be there.
    pub(super) covered: [Rect; 2],
}

impl<'a> ViewContext<'a> {
    pub(super) fn new(app: &'a App, clock: Option<ClockDisplay>, now: Now) -> Self {
        Self { app, clock, now, places: app.places(), covered: [Rect::ZERO; 2] }
    }

    /// Returns an empty view of the window.
    pub(super) fn view(&self) -> TalkView {
        let canvas = Buffer::empty(Rect::from(self.app.terminal.size()));
        TalkView { canvas, pictures: Vec::new(), shown: Shown::default() }
    }
}

/// Returns the style of every cell of a blank stage.
pub(super) fn blank_style(blank: Blank) -> Style {
    match blank {
        Blank::Black => Style::new().fg(Color::Black).bg(Color::Rgb(0, 0, 0)),
        Blank::White => Style::new().fg(Color::White).bg(Color::Rgb(255, 255, 255)),
    }
}
