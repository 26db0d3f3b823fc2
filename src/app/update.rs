//! What every event means to a talk.

use std::time::Duration;

use crossterm::event::KeyEvent;

use super::command::{Command, End, Purpose};
use super::dispatch::{Origin, dispatch};
use super::event::Event;
use super::plan_search::Prepared;
use super::state::App;
use super::view::Shown;
use super::{answers, clients, console, edits, planning};
use crate::present::{Action, Viewers, keymap};
use crate::protocol::{Message, Request};
use crate::rehearsal::Now;
use crate::socket::ServerEvent;

/// Returns what has to be done about an event. Keys and requests that a record has to name slides for wait until these
/// are known.
pub(super) fn update(app: &mut App, event: Event, now: Now) -> Vec<Command> {
    let is_planning = app.timer.is_searching() && (app.mode.rehearses() || app.timer.is_recorded());
    let waits = match &event {
        Event::Key(key) => {
            let leaves = keymap::action(*key, app.presenter.mode(now)) == Some(Action::Quit);
            app.timer.is_holding() || !leaves
        }
        Event::Client(ServerEvent::Asked(_, Request::Act(_) | Request::Go(_))) => true,
        _ => false,
    };
    if is_planning && waits {
        app.timer.hold(event);
        return Vec::new();
    }
    let mut commands = handle(app, event, now);
    commands.extend(app.timer.record(app.presenter.clock.drain_lines()));
    if let Some(slept) = app.presenter.clock.report_sleep() {
        app.status.say(planning::slept(slept));
    }
    // What the speaker should know, the audience need not read.
    if app.presenter.viewers == Viewers::Audience
        && let Some(message) = app.status.clear()
    {
        commands.push(Command::Broadcast(Message::Told(message)));
    }
    app.log.add(app.slides.drain_diagnostics());
    commands
}

fn handle(app: &mut App, event: Event, now: Now) -> Vec<Command> {
    match event {
        Event::Key(key) => return press(app, key, now),
        Event::Client(news) => return clients::serve(app, news, now),
        Event::Told(line) => return console::hear(app, *line, now),
        Event::Answer(answer) => return answers::answer(app, &answer, now),
        Event::Alarm => return alarm(app, now),
        Event::DeckRead(purpose, read) => return edits::reread(app, purpose, read, now),
        Event::Suspend => return vec![Command::Suspend],
        Event::Resumed => return vec![Command::Retake],
        Event::Signal(number) => return vec![Command::Quit(End::Signal(number))],
        Event::Closed => return vec![Command::Quit(End::Left)],
        Event::Saved => return vec![app.follower.saved(now.awake)],
        Event::Touches(count) => return Vec::from_iter(app.follower.touches(count, now.awake)),
        Event::Focus if app.terminal.needs_pane() => return vec![Command::FindPane],
        Event::Focus => return Vec::new(),
        Event::NoClients(why) => {
            // It is printed at the end: before, the audience would read it.
            app.peers.set_failure(why);
            return Vec::new();
        }
        Event::Pane(pane) => {
            let moved = app.terminal.set_pane(pane);
            return moved.map_or_else(Vec::new, |pane| vec![Command::MovePane(pane), Command::Draw]);
        }
        Event::Touched(files) => return edits::touched(app, &files),
        Event::Ready => return edits::ready(app),
        Event::Planned(number, prepared) => return planned(app, number, prepared, now),
        Event::Lost => {
            app.status.clear();
            if let Some(talk) = app.mode.remote_mut() {
                talk.lose(now.awake);
            }
            console::mirror(app);
        }
        Event::Resized(window) => {
            // The cells may have another size too, and our pane another place.
            app.terminal.lose_pane();
            app.fit(window);
            let mut commands = vec![Command::Write(app.terminal.size_questions()), Command::Draw];
            commands.extend(app.terminal.needs_pane().then_some(Command::FindPane));
            return commands;
        }
        Event::Returned(window) => app.fit(window),
        Event::Surveyed => {}
        Event::Edited(window, trouble) => {
            app.fit(window);
            app.status.clear();
            if let Some(trouble) = trouble {
                app.status.say(trouble);
            }
            // The author has most likely saved it.
            let reads = !app.mode.is_console();
            let read = reads.then_some(Command::ReadDeck(Purpose::Follow));
            return std::iter::once(Command::Draw).chain(read).collect();
        }
        Event::Message(message) => app.status.say(message),
        Event::Unheard => app.status.say("the talk is gone: it is joined again as soon as it is back"),
        Event::Blind(reason) => {
            let message = format!("changes of the deck are not followed, `r` reads it again: {reason}");
            app.status.say(message);
        }
    }
    vec![Command::Draw]
}

/// Does what a key means: here, or on a console by asking the talk for it.
fn press(app: &mut App, key: KeyEvent, now: Now) -> Vec<Command> {
    let mode = app.presenter.mode(now);
    let is_rtl = app.slides.deck().meta.rtl == Some(true);
    let key = if is_rtl { keymap::mirrored(key, mode) } else { key };
    let Some(action) = keymap::action(key, mode) else { return Vec::new() };
    if app.mode.is_console() {
        return console::act(app, action, now);
    }
    dispatch(app, Origin::Key, now, |presenter, context| presenter.apply(action, context, now))
}

/// Does what is due at `now`.
fn alarm(app: &mut App, now: Now) -> Vec<Command> {
    let is_due = |due: Option<Duration>| due.is_some_and(|due| due <= now.awake);
    let looks = is_due(app.follower.due());
    let patience = app.terminal.patience(app.prints.form());
    let draws = is_due(app.films.due()) || is_due(app.timer.due()) || is_due(patience);
    let mut commands = app.terminal.choose_form(&mut app.prints, now.awake);
    commands.extend(looks.then_some(Command::CountTouches));
    if app.advance.has_come(now.awake) {
        commands.extend(dispatch(app, Origin::Advance, now, |presenter, context| {
            presenter.apply(Action::Next, context, now)
        }));
    }
    commands.extend(draws.then_some(Command::Draw));
    commands
}

/// Gives the clock what was found out for its plan, under the number of the search; none where that failed. Then the
/// events follow that have waited for it.
fn planned(app: &mut App, number: u64, prepared: Option<Box<Prepared>>, now: Now) -> Vec<Command> {
    if !app.timer.found(number) {
        return Vec::new();
    }
    if let Some(prepared) = prepared {
        planning::plan(app, *prepared, now);
    }
    let mut commands = vec![Command::Draw];
    for event in app.timer.release() {
        commands.extend(handle(app, event, now));
    }
    commands
}

/// Records what of a view is on the screen since `now`: films and the clock go on from there.
pub(super) fn shown(app: &mut App, shown: &Shown, now: Now) {
    let position = app.presenter.position;
    app.films.shown(position.slide, &shown.films, now.awake);
    shown.films_begin.then(|| app.films.wake(now.awake));
    app.timer.set_due(shown.changes);
    let goes_on = !app.presenter.still && !app.presenter.is_covered() && !app.mode.is_console();
    let time = app.slides.auto_slide(position.slide).filter(|_| goes_on);
    app.advance.shown(position, time, now.awake);
}
