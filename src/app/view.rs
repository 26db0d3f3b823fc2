//! What the screen shows of a talk: the slide or a picture of it, its row of chrome, what is over it; now, and after the
//! next step. Views are functions of the [`App`]: they change nothing.

mod chrome;
mod panel;
mod panes;
mod remote;
mod slide;

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::Widget;

use super::App;
use super::films::FilmFrame;
use super::frames::ViewKey;
use super::mode::Mode;
use super::overlays;
use super::places::Places;
use super::planning::ClockDisplay;
use crate::layout::Scene;
use crate::paint::ImageArea;
use crate::present::{Blank, ClockVisibility, Position};
use crate::rehearsal::Moment;
use crate::workers::Print;
pub(super) use remote::state;

/// A picture that the terminal shows over its cells.
#[derive(Clone)]
pub(super) struct PlacedImage {
    /// The picture.
    pub(super) print: Arc<Print>,
    /// The frame of it, from 0.
    pub(super) frame: usize,
    /// Where it is.
    pub(super) place: ImageArea,
}

/// What a view shows that goes on by itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The frames of films.
    pub(super) films: Vec<FilmFrame>,
    /// Whether films are shown by their first frames, and begin now.
    pub(super) films_begin: bool,
    /// When what is shown of the clock changes, by [`Moment::awake`].
    pub(super) changes: Option<Duration>,
}

/// The cells of a window, and the pictures over them.
pub(super) struct View {
    pub(super) canvas: Buffer,
    pub(super) pictures: Vec<PlacedImage>,
    pub(super) shown: Shown,
}

/// What is shown of a scene.
struct ShownScene<'a> {
    scene: &'a Scene,
    position: Position,
    /// What the row of chrome says of it.
    words: Option<String>,
    /// Whether films show the frame that is due, or their first one.
    moves: bool,
}

/// All that a view is made from.
struct ViewContext<'a> {
    app: &'a App,
    clock: Option<ClockDisplay>,
    now: Moment,
    places: Places,
    /// Where panels cover the slide: no picture may be there.
    covered: [Rect; 2],
}

impl<'a> ViewContext<'a> {
    fn new(app: &'a App, clock: Option<ClockDisplay>, now: Moment) -> Self {
        Self { app, clock, now, places: app.places(), covered: [Rect::ZERO; 2] }
    }

    /// Returns an empty view of the window.
    fn view(&self) -> View {
        let canvas = Buffer::empty(Rect::from(self.app.terminal.size()));
        View { canvas, pictures: Vec::new(), shown: Shown::default() }
    }
}

/// Returns the talk as it looks at `now`, when its clock shows this.
pub(super) fn talk(app: &App, clock: Option<ClockDisplay>, now: Moment) -> View {
    let mut sight = ViewContext::new(app, clock, now);
    if app.mode.is_console() {
        return panes::console(sight);
    }
    // Beside the audience's terminal, the speaker goes on reading.
    let is_framed = matches!(app.mode, Mode::Rehearse { terminal: Some(_) });
    if let Some(blank) = app.presenter.blank.filter(|_| !is_framed) {
        let mut view = sight.view();
        view.canvas.set_style(view.canvas.area, blank_style(blank));
        return view;
    }
    let stage = sight.places.stage;
    let overlay = app.presenter.overlay.as_ref();
    let offer = panel::offer(app, overlays::room(stage.width), now).filter(|_| overlay.is_none());
    let panel = panel::panel(app, offer, stage);
    sight.covered = [
        panel.as_ref().map_or(Rect::ZERO, |(panel, place)| panel.place(*place)),
        sight.places.notes.filter(|_| sight.places.over).unwrap_or_default(),
    ];
    let moves = !app.presenter.still;
    let mut view =
        slide::closeup(&sight).unwrap_or_else(|| slide::slide(&sight, app.presenter.position, moves));
    panes::beside(&sight, &mut view);
    if let Some((panel, place)) = panel {
        panel.render(place, &mut view.canvas);
    }
    view
}

/// Returns a slide with nothing over it, films by their first frames.
pub(super) fn slide(app: &App, position: Position, now: Moment) -> View {
    slide::slide(&ViewContext::new(app, None, now), position, false)
}

/// Returns the key of what is shown now, where that is a slide and nothing but it.
pub(super) fn bare(app: &App) -> Option<ViewKey> {
    let presenter = &app.presenter;
    let is_bare = !presenter.is_covered()
        && presenter.notes.is_none()
        && presenter.shown == ClockVisibility::Hidden
        && presenter.number().is_none()
        && app.status.message().is_none()
        && !app.terminal.uses_viuer()
        && !app.mode.is_console();
    let generation = app.slides.generation() + app.prints.generation();
    is_bare.then_some(ViewKey { position: presenter.position, generation })
}

fn blank_style(blank: Blank) -> Style {
    match blank {
        Blank::Black => Style::new().fg(Color::Black).bg(Color::Rgb(0, 0, 0)),
        Blank::White => Style::new().fg(Color::White).bg(Color::Rgb(255, 255, 255)),
    }
}
