//! A console: which of its keys are asked of the talk that it shows, and what it takes from that talk's state. Lists and
//! prompts never leave its screen.

use super::command::Command;
use super::dispatch::{Origin, dispatch};
use super::state::App;
use super::{context, edits, slides};
use crate::cli::Options;
use crate::common::{self, Failure};
use crate::deck::Deck;
use crate::parse;
use crate::present::{Action, Overlay, Presenter};
use crate::protocol::{Message, Request, Script, TalkState};
use crate::rehearsal::{ClockPhase, Now};
use crate::source::Source;
use crate::theme::Theme;

/// Returns what an action asks of the talk; none where it means something to this screen alone. `notes_beyond` is how many
/// rows the notes have beyond those that are shown.
fn request(presenter: &mut Presenter, action: Action, notes_beyond: usize) -> Option<Request> {
    let is_typing = presenter.number().is_some();
    match (&presenter.overlay, action) {
        (Some(_), Action::SwapTheme) => Request::of(action),
        (Some(Overlay::End { selected }), Action::Choose | Action::NextOrGo) => Some(Request::End(*selected)),
        (Some(Overlay::End { .. }), Action::Close) => Some(Request::End(2)),
        (Some(Overlay::StartOver), Action::Choose | Action::NextOrGo) => {
            presenter.overlay = None;
            Some(Request::Act(Action::StartOver))
        }
        (Some(_), _) => None,
        (None, Action::NextOrGo | Action::LastOrGo | Action::Close) if is_typing => None,
        (None, Action::Down | Action::Up) if scrolls_notes(presenter, action, notes_beyond) => None,
        (None, _) => {
            let request = Request::of(action)?;
            presenter.drop_number();
            Some(request)
        }
    }
}

/// Returns whether the notes have more to show where an arrow leads: then it is theirs.
fn scrolls_notes(presenter: &Presenter, action: Action, beyond: usize) -> bool {
    let Some(scroll) = presenter.notes else { return false };
    if action == Action::Down { scroll < beyond } else { scroll.min(beyond) > 0 }
}

/// Brings a console to where its talk is.
pub(super) fn mirror(app: &mut App) {
    let Some(talk) = app.mode.remote() else { return };
    let TalkState { at, blank, closeup, still, has_ended, theme, .. } = talk.state();
    let presenter = &mut app.presenter;
    presenter.position = slides::position(*at, app.slides.count());
    (presenter.blank, presenter.closeup, presenter.still) = (*blank, *closeup, *still);
    let shows_end = matches!(presenter.overlay, Some(Overlay::End { .. }));
    if *has_ended != shows_end {
        presenter.overlay = has_ended.then_some(Overlay::End { selected: 0 });
    }
    let is_chosen = app.follower.options().theme.is_some();
    let theme = Theme::named(theme).filter(|theme| !is_chosen && theme != app.slides.theme());
    if let Some(theme) = theme {
        app.slides.set_theme(theme);
    }
    app.settle();
}

/// Shows what the talk of this console says.
pub(super) fn hear(app: &mut App, line: Message, now: Now) -> Vec<Command> {
    match line {
        Message::Hello(_) => return Vec::new(),
        Message::Told(message) => app.status.say(message),
        Message::Error(refusal) => app.status.say(refusal.message),
        Message::State(state) => {
            let before = app.slides.extent(app.presenter.position);
            let Some(talk) = app.mode.remote_mut() else { return Vec::new() };
            let (audience, slide) = (state.stage, state.at.slide);
            let old = talk.update(*state, now.awake);
            if old.stage != audience {
                app.restage(&before);
            }
            if old.at.slide != slide {
                app.presenter.notes = app.presenter.notes.map(|_| 0);
                app.status.clear();
            }
            mirror(app);
        }
        Message::Deck(script) => match deck(script) {
            Ok(deck) => {
                let shown = app.presenter.position.slide;
                let mut commands = edits::take_deck(app, deck, |change| change.landing(shown), now);
                commands.push(Command::Draw);
                return commands;
            }
            Err(failure) => app.status.say(failure.to_string()),
        },
    }
    vec![Command::Draw]
}

/// Does what an action means on a console of a talk in this state: here, or by asking the talk for it.
pub(super) fn act(app: &mut App, action: Action, now: Now) -> Vec<Command> {
    let has_begun = app.mode.remote().is_some_and(|talk| talk.state().clock.phase != ClockPhase::Armed);
    app.status.clear();
    app.settle();
    if action == Action::StartOver && has_begun && app.presenter.overlay.is_none() {
        app.presenter.overlay = Some(Overlay::StartOver);
        return vec![Command::Draw];
    }
    let beyond = context::notes_beyond(&app.slides, app.presenter.position.slide, &app.places());
    if let Some(request) = request(&mut app.presenter, action, beyond) {
        return vec![Command::Request(request)];
    }
    let slide = app.presenter.position.slide;
    let commands =
        dispatch(app, Origin::Key, now, |presenter, context| presenter.apply(action, context, now));
    let to = app.presenter.position.slide;
    mirror(app);
    if to == slide {
        return commands;
    }
    let (column, row) = app.slides.deck().address(to);
    vec![Command::Request(Request::Go(format!("{column}.{row}")))]
}

/// Reads a deck as the talk reads it.
///
/// # Errors
/// One of its separators is no regular expression.
pub(super) fn deck(script: Script) -> Result<Deck, Failure> {
    let Script { separator, vertical_separator, notes_separator, text, .. } = script;
    let options = Options { separator, vertical_separator, notes_separator, ..Options::default() };
    let separators = common::separators(&options)?;
    Ok(parse::open(Source { text, diagnostics: Vec::new() }, Some(&separators)))
}
