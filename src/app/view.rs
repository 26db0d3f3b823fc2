//! What the screen shows of a talk: the slide or a picture of it, its row of chrome, what is over it; now, and after the
//! next step. A view is a function
//! of the [`App`]: it changes nothing.

mod canvas;
mod chrome;
mod panel;
mod panes;
mod remote;
mod slide;

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::frames::ViewKey;
use super::mode::Mode;
use super::state::App;
use super::{context, help, planning};
use crate::present::{ClockVisibility, Position};
use crate::rehearsal::Now;
pub(super) use canvas::{PlacedImage, Shown, TalkView};
use canvas::{ViewContext, blank_style};
pub(super) use remote::state;

/// Returns the talk as it looks at `now`.
pub(super) fn current(app: &mut App, now: Now) -> TalkView {
    app.settle();
    let clock = planning::display(app, now);
    app.log.add(app.slides.drain_diagnostics());
    talk(app, clock, now)
}

/// Returns the talk as it looks at `now`, when its clock shows this.
fn talk(app: &App, clock: Option<planning::ClockDisplay>, now: Now) -> TalkView {
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
    let offer = panel::offer(app, help::room(stage.width), now).filter(|_| overlay.is_none());
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
fn slide(app: &App, position: Position, now: Now) -> TalkView {
    slide::slide(&ViewContext::new(app, None, now), position, false)
}

/// Returns the talk as it looks after the next step, unless that is known already, or something is over the slide that
/// has to go first.
pub(super) fn ahead(app: &App, is_known: impl Fn(ViewKey) -> bool, now: Now) -> Option<(ViewKey, TalkView)> {
    let here = bare(app)?;
    let places = app.places();
    let context = context::context(&app.slides, &app.log, &app.presenter, &app.mode, &places);
    let position = app.presenter.following(&context);
    let key = ViewKey { position, ..here };
    (key != here && !is_known(key)).then(|| (key, slide(app, position, now)))
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
