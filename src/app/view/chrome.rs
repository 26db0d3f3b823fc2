//! The row of chrome: the slide's number, the talk's title or a message, and what is shown of the clock.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::canvas::{ShownScene, TalkView, ViewContext};
use crate::layout::Scene;
use crate::paint::{ClockLine, QuietClock, Status};
use crate::present::ClockVisibility;
use crate::rehearsal::{ClockPhase, ClockReadout};
use crate::text::shown_time;
use crate::theme::Theme;

/// In a row of fewer columns, the words that wait for the clock's start are the shorter ones.
const WHOLE_HINT: u16 = 70;

/// Paints the row of chrome of a scene.
pub(super) fn paint(sight: &ViewContext<'_>, shown: &ShownScene<'_>, row: Rect, view: &mut TalkView) {
    let app = sight.app;
    let (presenter, deck) = (&app.presenter, app.slides.deck());
    let end = u64::from(shown.scene.height.saturating_sub(u32::from(app.slides.stage().rows)));
    let typed = presenter.number().map(|digits| format!("go to {digits}▏"));
    let (number, short_number) = deck.number_labels(shown.position.slide);
    let message = typed.as_deref().or(app.status.message());
    let theme = theme(sight, shown.scene);
    let clock = sight.clock.as_ref();
    view.shown.changes = clock.and_then(|clock| clock.changes);
    if let Some(clock) = clock.filter(|_| presenter.shown == ClockVisibility::Line) {
        let hint = (clock.face.phase == ClockPhase::Armed).then(|| start_hint(row.width));
        let message = message.or(shown.words.as_deref()).or(hint);
        let is_colored = app.terminal.has_colors();
        let (face, ends) = (&clock.face, &clock.ends);
        let line = ClockLine { face, ends, number: &number, message, theme, is_colored };
        return line.render(row, &mut view.canvas);
    }
    let progress = deck.progress(shown.position.slide);
    let status = Status {
        number: &number,
        short_number: &short_number,
        progress,
        title: shown.words.as_deref().unwrap_or(app.status.title()),
        message,
        scrolled: (u64::from(shown.position.scroll) * 100)
            .checked_div(end)
            .map(|percent| u8::try_from(percent).unwrap_or(u8::MAX)),
        clock: clock.map(|clock| quiet(&clock.face, progress.is_some())),
        theme,
    };
    status.render(row, &mut view.canvas);
}

/// Returns the colours of the row: the slide's where it is below the slide, but on a console it is below the notes.
fn theme<'a>(sight: &'a ViewContext<'_>, scene: &'a Scene) -> &'a Theme {
    let theme = sight.app.slides.theme();
    if sight.app.mode.is_console() { theme } else { scene.suited(theme) }
}

/// Returns what starts the clock, in words that are not cut in a row of this many columns.
fn start_hint(columns: u16) -> &'static str {
    if columns < WHOLE_HINT { "a step or P starts it" } else { "a step or P starts it · ? for keys" }
}

/// Returns what of a clock is shown to everybody: a mark where there is a line to put it on, else the time.
fn quiet(face: &ClockReadout, has_line: bool) -> QuietClock {
    let elapsed = || QuietClock::Elapsed(shown_time(face.talk.0));
    face.time.filter(|_| has_line).map_or_else(elapsed, QuietClock::Mark)
}
