//! What only the speaker sees: this slide and what comes next, each in a pane, the notes, and a large clock. A console is
//! made of them; in a rehearsal they are beside the slide.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::canvas::{ShownScene, TalkView, ViewContext, blank_style};
use super::{chrome, panel, remote, slide};
use crate::app::closeup;
use crate::app::slides::{extent, position};
use crate::layout::{Scene, Stage};
use crate::paint::{BigClock, NotesView, Pane, Tone};
use crate::present::{Blank, ClockVisibility, Position};
use crate::protocol::{TalkPosition, TalkState};
use crate::text::sanitize;
use crate::theme::Role;

/// What is said as long as the talk is gone.
const LOST: &str = "the talk is gone; waiting for it";

/// Returns the console as it looks now.
pub(super) fn console(mut sight: ViewContext<'_>) -> TalkView {
    let (app, places) = (sight.app, sight.places);
    let mut view = sight.view();
    let window = view.canvas.area;
    view.canvas.set_style(window, app.slides.theme().stage());
    let room = Rect { height: places.chrome.map_or(window.bottom(), |row| row.y) - window.y, ..window };
    let panel = panel::panel(app, None, room);
    sight.covered[0] = panel.as_ref().map_or(Rect::ZERO, |(panel, place)| panel.place(*place));
    if let Some(pane) = places.this {
        paint_this(&sight, pane, &mut view);
    }
    beside(&sight, &mut view);
    if let Some(row) = places.chrome {
        let position = app.presenter.position;
        let scene = app.slides.scene(position.slide);
        let words = app.mode.remote().filter(|talk| talk.is_lost()).map(|_| LOST.to_owned());
        let shown = ShownScene { scene: &scene, position, words, moves: false };
        chrome::paint(&sight, &shown, row, &mut view);
    }
    if let Some((panel, place)) = panel {
        panel.render(place, &mut view.canvas);
    }
    view
}

/// Paints what the audience sees.
fn paint_this(sight: &ViewContext<'_>, pane: Rect, view: &mut TalkView) {
    let app = sight.app;
    let Some(talk) = app.mode.remote() else { return };
    let slide = app.presenter.position.slide;
    let title = match &*app.slides.deck().number_labels(slide).0 {
        "" => "now".to_owned(),
        number => format!("now · {number}"),
    };
    let (aside, theme) = (described(talk.state()), app.slides.theme());
    Pane { title: &title, aside: &aside, foot: "", tone: Tone::Now, theme }.render(pane, &mut view.canvas);
    if let Some(blank) = app.presenter.blank {
        view.canvas.set_style(Pane::inner(pane), blank_style(blank));
        return;
    }
    let closeup = app.presenter.closeup.and_then(|closeup| closeup::scene(&app.slides, slide, closeup));
    let (scene, position) = match closeup {
        Some((scene, _)) => (scene.into(), Position::at(slide)),
        None => (app.slides.scene(slide), app.presenter.position),
    };
    let shown = ShownScene { scene: &scene, position, words: None, moves: false };
    paint_in(sight, pane, &shown, sight.places.stage, view);
}

/// Paints a scene in its pane, which may be a little larger than its stage.
fn paint_in(sight: &ViewContext<'_>, pane: Rect, shown: &ShownScene<'_>, stage: Rect, view: &mut TalkView) {
    let style = shown.scene.suited(sight.app.slides.theme()).stage();
    view.canvas.set_style(Pane::inner(pane), style);
    slide::paint_scene(sight, shown, stage, view);
}

/// Paints what comes next, and the notes.
pub(super) fn beside(sight: &ViewContext<'_>, view: &mut TalkView) {
    let (app, places) = (sight.app, &sight.places);
    if let Some(pane) = places.next {
        paint_next(sight, pane, view);
    }
    let Some((scroll, place)) = app.presenter.notes.zip(places.notes) else { return };
    if let Some(dial) = places.dial {
        paint_clock(sight, dial, view);
    }
    let has_wall = app.presenter.shown == ClockVisibility::Line && places.dial.is_none();
    let wall = sight.clock.as_ref().filter(|_| has_wall).map_or("", |clock| &clock.wall);
    let is_alone = app.mode.is_console() && places.next.is_none();
    let title = if is_alone { notes_and_next(sight) } else { "notes".to_owned() };
    let notes = notes(sight, place.width);
    let theme = app.slides.theme();
    NotesView { scene: &notes, scroll, title: &title, aside: wall, theme }.render(place, &mut view.canvas);
}

/// Returns the notes of the slide that is shown, or that it has none.
fn notes(sight: &ViewContext<'_>, columns: u16) -> Scene {
    let slides = &sight.app.slides;
    slides.notes(sight.app.presenter.position.slide, columns).unwrap_or_else(|| {
        Scene::line(Line::styled("this slide has no notes", slides.theme().style(Role::OverlayDim)))
    })
}

/// Returns what the notes are called where of what comes next only the title is shown.
fn notes_and_next(sight: &ViewContext<'_>) -> String {
    let app = sight.app;
    match coming(sight) {
        Some(next) if next.slide != app.presenter.position.slide + 1 => {
            format!("notes · next: {}", sanitize(&app.slides.title(next.slide.saturating_sub(1))))
        }
        Some(_) => "notes".to_owned(),
        None => "notes · next: the end".to_owned(),
    }
}

/// Returns what the next step shows; none at the end.
fn coming(sight: &ViewContext<'_>) -> Option<TalkPosition> {
    match sight.app.mode.remote() {
        Some(talk) => talk.state().next,
        None => remote::next(sight.app),
    }
}

/// Returns what is said of what comes next.
fn described_next(sight: &ViewContext<'_>, next: TalkPosition) -> String {
    let app = sight.app;
    let at = app.presenter.position;
    if next.slide != at.slide + 1 {
        return app.slides.deck().number_labels(next.slide.saturating_sub(1)).0;
    }
    let is_covered = app.presenter.blank.is_some() || app.presenter.closeup.is_some();
    if is_covered {
        "this slide again".to_owned()
    } else if next.step != at.step {
        format!("step {} of {}", next.step, app.slides.scene(at.slide).steps)
    } else {
        "the rest of this slide".to_owned()
    }
}

/// Paints the large clock.
fn paint_clock(sight: &ViewContext<'_>, place: Rect, view: &mut TalkView) {
    let Some(clock) = &sight.clock else { return };
    view.shown.changes = clock.changes;
    let (basic_glyphs, theme) = (sight.app.slides.stage().basic_glyphs, sight.app.slides.theme());
    let (face, ends, wall) = (&clock.face, &clock.ends, &clock.wall);
    BigClock { face, ends, wall, basic_glyphs, theme }.render(place, &mut view.canvas);
}

fn paint_next(sight: &ViewContext<'_>, pane: Rect, view: &mut TalkView) {
    let slides = &sight.app.slides;
    let next = coming(sight);
    let aside = next.map(|next| described_next(sight, next)).unwrap_or_default();
    let theme = slides.theme();
    Pane { title: "next", aside: &aside, foot: "", tone: Tone::Later, theme }.render(pane, &mut view.canvas);
    let Some(next) = next else {
        let inner = Pane::inner(pane);
        let y = inner.y + inner.height / 2;
        let words = Line::styled("the end", theme.style(Role::Chrome)).centered();
        return words.render(Rect { y, height: inner.height.min(1), ..inner }, &mut view.canvas);
    };
    let place = sight.places.next_stage;
    let stage = Stage { columns: place.width, rows: place.height, ..slides.stage() };
    let position = position(next, slides.count());
    let scene = slides.scene_beside(position.slide, stage);
    let extent = extent(&scene, stage, next.step);
    let position = position.settled(&extent).mirrored(next.scrolled(), &extent);
    let shown = ShownScene { scene: &scene, position, words: None, moves: false };
    paint_in(sight, pane, &shown, place, view);
}

/// Returns what is said of what the audience sees, besides the slide itself.
fn described(state: &TalkState) -> String {
    let blank = state.blank.map(|blank| match blank {
        Blank::Black => "black".to_owned(),
        Blank::White => "white".to_owned(),
    });
    let closeup = state.closeup.map(|closeup| format!("zoomed {}×", closeup.zoom.level));
    let steps = (state.steps > 0).then(|| format!("step {} of {}", state.at.step, state.steps));
    let row = u64::from(state.at.row) * 100;
    let scrolled = row.checked_div(u64::from(state.at.last_row)).map(|hundredths| format!("{hundredths} %"));
    [blank, closeup, steps, scrolled].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
