//! The running talk. Its state is a value, [`App`]; the [`runtime`] around it is all that touches the world.
//!
//! ```text
//!  key, signal, answer, file, client ──Event──▶ App::update ──▶ [Command] ──▶ Runtime performs them
//!                                                    │
//!                                         App::view ─┴──▶ View ──▶ Screen
//! ```
//!
//! Between two events a talk is in one of three modes ([`Mode`]): presented, rehearsed, or shown on a console. An action
//! reaches the presenter by one way only, [`App::dispatch`]; it comes from a key, from a client, or from a deck that goes
//! on by itself ([`Origin`]). Time and the window's size come with the event: times are those of [`Moment`].

mod advance;
mod answers;
mod closeup;
mod command;
mod connection;
mod console;
mod context;
mod diagnostics;
mod editor;
mod edits;
mod event;
mod films;
#[cfg(test)]
mod fixture;
mod follower;
mod frames;
mod mode;
mod opening;
mod outcome;
mod overlays;
mod peers;
mod perform;
mod places;
mod plain;
mod planning;
mod prints;
mod profile;
mod renewal;
mod resources;
mod runtime;
mod slides;
mod status;
mod timer;
mod view;
mod viuer;

use std::rc::Rc;
use std::time::Duration;

use crossterm::event::KeyEvent;

use crate::disk::Place;
use crate::present::{Action, ClockVisibility, Context, Effect, Extent, Overlay, Presenter, Viewers, keymap};
use crate::protocol::{Line, Request};
use crate::rehearsal::{Clock, Moment};
use crate::socket::{GuestId, News};
use crate::terminal::Window;
use crate::terminal::graphics::Protocol;
use crate::workers::PrintForm;
use advance::AutoAdvance;
use command::{Command, End};
pub(crate) use connection::Joined;
use diagnostics::DiagnosticLog;
use event::Event;
use films::FilmClock;
use follower::{DeckFollower, Purpose};
use frames::ViewKey;
pub(crate) use mode::Mode;
pub(crate) use opening::Opening;
use opening::Surroundings;
use peers::Peers;
use places::{Demand, Places};
use prints::PrintQueue;
use profile::TerminalProfile;
pub(crate) use runtime::{follow, run, run_plain};
use slides::SlideCache;
use status::StatusLine;
use timer::Timer;
use view::{Shown, View};

/// Where an action comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// A key of this terminal.
    Key,
    /// A client of the talk.
    Client(GuestId),
    /// The deck, which goes on by itself.
    Advance,
}

/// A running talk.
struct App {
    mode: Mode,
    presenter: Presenter,
    slides: SlideCache,
    prints: PrintQueue,
    log: DiagnosticLog,
    follower: DeckFollower,
    terminal: TerminalProfile,
    timer: Timer,
    peers: Peers,
    films: FilmClock,
    advance: AutoAdvance,
    status: StatusLine,
}

impl App {
    /// Opens a talk; the pictures and colours of its first slide are begun at once.
    fn new(opening: Opening, given: Surroundings, now: Moment) -> Self {
        let Opening { deck, place, options, mode, clock, time, .. } = opening;
        let Surroundings { terminal, resources, zone, is_recorded, is_still } = given;
        let (is_recorded, failure) = is_recorded.map_or_else(|why| (false, Some(why)), |is| (is, None));
        let timer = Timer::new(time, zone, is_recorded, failure);
        let first = options.slide.map_or(0, |number| usize::try_from(number - 1).unwrap_or(usize::MAX));
        let first = timer.first(&deck).unwrap_or(first).min(deck.count() - 1);
        let mut follower = DeckFollower::new(place, options);
        let theme = follower.theme(&deck);
        let places = mode.places(terminal.area(), Demand::default());
        let stage = terminal.stage(&places, &deck.meta);
        let resources = Rc::new(resources);
        let slides = SlideCache::new(deck, theme, stage, Rc::clone(&resources));
        let mut app = Self {
            presenter: Presenter::new(first),
            slides,
            prints: PrintQueue::new(resources),
            log: DiagnosticLog::default(),
            follower,
            terminal,
            timer,
            peers: Peers::default(),
            films: FilmClock::default(),
            advance: AutoAdvance::default(),
            status: StatusLine::default(),
            mode,
        };
        let presenter = &mut app.presenter;
        (presenter.still, presenter.shown, presenter.viewers) = (is_still, clock, app.mode.viewers());
        app.status.set_title(slides::talk_title(&app.slides));
        let agenda = app.timer.agenda(app.slides.deck(), app.status.title(), app.follower.place(), now);
        app.presenter.clock = Clock::armed(agenda, first);
        app.presenter.notes = app.mode.shows_notes_first(app.terminal.area()).then_some(0);
        app.restage(&Extent::default());
        console::mirror(&mut app);
        app.prints.begin(&app.slides, app.presenter.position.slide);
        app
    }

    /// Returns what has to be done about an event. Keys and requests that a record has to name slides for wait until these
    /// are known.
    fn update(&mut self, event: Event, now: Moment) -> Vec<Command> {
        let is_planning = self.timer.is_searching() && (self.mode.rehearses() || self.timer.is_recorded());
        let waits = match &event {
            Event::Key(key) => {
                let leaves = keymap::action(*key, self.presenter.mode(now)) == Some(Action::Quit);
                self.timer.is_holding() || !leaves
            }
            Event::Client(News::Asked(_, Request::Act(_) | Request::Go(_))) => true,
            _ => false,
        };
        if is_planning && waits {
            self.timer.hold(event);
            return Vec::new();
        }
        let mut commands = self.handle(event, now);
        commands.extend(self.timer.record(self.presenter.clock.take_lines()));
        if let Some(slept) = self.presenter.clock.take_news() {
            self.status.say(planning::slept(slept));
        }
        // What the speaker should know, the audience need not read.
        if self.presenter.viewers == Viewers::Audience
            && let Some(message) = self.status.clear()
        {
            commands.push(Command::Broadcast(Line::Told(message)));
        }
        self.log.add(self.slides.drain_diagnostics());
        commands
    }

    fn handle(&mut self, event: Event, now: Moment) -> Vec<Command> {
        match event {
            Event::Key(key) => return self.press(key, now),
            Event::Client(news) => return peers::serve(self, news, now),
            Event::Told(line) => return console::hear(self, *line, now),
            Event::Answer(answer) => return answers::answer(self, &answer, now),
            Event::Alarm => return self.alarm(now),
            Event::DeckRead(purpose, read) => return edits::reread(self, purpose, read, now),
            Event::Suspend => return vec![Command::Suspend],
            Event::Resumed => return vec![Command::Retake],
            Event::Signal(number) => return vec![Command::Quit(End::Signal(number))],
            Event::Closed => return vec![Command::Quit(End::Left)],
            Event::Saved => return vec![self.follower.saved(now.awake)],
            Event::Touches(count) => return Vec::from_iter(self.follower.touches(count, now.awake)),
            Event::Focus if self.terminal.needs_pane() => return vec![Command::FindPane],
            Event::Focus => return Vec::new(),
            Event::NoClients(why) => {
                // It is printed at the end: before, the audience would read it.
                self.peers.set_failure(why);
                return Vec::new();
            }
            Event::Pane(pane) => {
                let moved = self.terminal.set_pane(pane);
                return moved.map_or_else(Vec::new, |pane| vec![Command::MovePane(pane), Command::Draw]);
            }
            Event::Touched(files) => return edits::touched(self, &files),
            Event::Ready => return edits::ready(self),
            Event::Planned(number, prepared) => return planning::planned(self, number, prepared, now),
            Event::Lost => {
                self.status.clear();
                if let Some(talk) = self.mode.remote_mut() {
                    talk.lose(now.awake);
                }
                console::mirror(self);
            }
            Event::Resized(window) => {
                // The cells may have another size too, and our pane another place.
                self.terminal.lose_pane();
                self.fit(window);
                let mut commands = vec![Command::Write(self.terminal.size_questions()), Command::Draw];
                commands.extend(self.terminal.needs_pane().then_some(Command::FindPane));
                return commands;
            }
            Event::Returned(window) => self.fit(window),
            Event::Surveyed => {}
            Event::Edited(window, trouble) => {
                self.fit(window);
                self.status.clear();
                if let Some(trouble) = trouble {
                    self.status.say(trouble);
                }
                // The author has most likely saved it.
                let reads = !self.mode.is_console();
                let read = reads.then_some(Command::ReadDeck(Purpose::Follow));
                return std::iter::once(Command::Draw).chain(read).collect();
            }
            Event::Message(message) => self.status.say(message),
            Event::Unheard => self.status.say("the talk is gone: it is joined again as soon as it is back"),
            Event::Blind(reason) => {
                let message = format!("changes of the deck are not followed, `r` reads it again: {reason}");
                self.status.say(message);
            }
        }
        vec![Command::Draw]
    }

    /// Does what a key means: here, or on a console by asking the talk for it.
    fn press(&mut self, key: KeyEvent, now: Moment) -> Vec<Command> {
        let mode = self.presenter.mode(now);
        let is_rtl = self.slides.deck().meta.rtl == Some(true);
        let key = if is_rtl { keymap::mirrored(key, mode) } else { key };
        let Some(action) = keymap::action(key, mode) else { return Vec::new() };
        if self.mode.is_console() {
            return console::act(self, action, now);
        }
        self.dispatch(Origin::Key, now, |presenter, context| presenter.apply(action, context, now))
    }

    /// Has the presenter do something, and does what follows of it: the one way of every action. What was typed before
    /// has its place in the slide as it is laid out, and what is shown now gets its room in the window.
    fn dispatch(
        &mut self,
        origin: Origin,
        now: Moment,
        apply: impl FnOnce(&mut Presenter, &Context<'_>) -> Effect,
    ) -> Vec<Command> {
        self.status.clear();
        self.settle();
        let (places, shown) = (self.places(), self.presenter.shown);
        let context = context::context(&self.slides, &self.log, &self.presenter, &self.mode, &places);
        let effect = apply(&mut self.presenter, &context);
        let before = context.extent;
        if self.places() != places {
            self.restage(&before);
        }
        let mut commands = self.obey(effect, origin, now);
        if self.presenter.shown != shown && self.presenter.clock.agenda().entries.is_empty() {
            commands.extend(planning::search_plan(self, now));
        }
        commands
    }

    /// Returns what an effect of an action asks for.
    fn obey(&mut self, effect: Effect, origin: Origin, now: Moment) -> Vec<Command> {
        match effect {
            Effect::Nothing => return Vec::new(),
            Effect::Draw => {}
            Effect::Say(why) => match origin {
                Origin::Client(client) => {
                    return vec![Command::Send(client, Line::Told(why.to_owned())), Command::Draw];
                }
                Origin::Key | Origin::Advance => self.status.say(why),
            },
            Effect::Take(offer) => {
                let run = planning::accept(self, offer, now);
                return run.into_iter().chain([Command::Draw]).collect();
            }
            Effect::SwapTheme => {
                self.follower.choose_theme();
                self.slides.set_theme(self.slides.theme().other());
            }
            Effect::Reload if *self.follower.place() == Place::Input => {
                self.status.say("what came from standard input cannot be read again");
            }
            Effect::Reload => return vec![Command::ReadDeck(Purpose::Reload)],
            Effect::Edit => {
                let line = self.slides.deck().slides.get(self.presenter.position.slide);
                return vec![Command::Edit(line.map_or(1, |slide| slide.line))];
            }
            Effect::Repaint => return vec![Command::Repaint],
            Effect::Suspend => return vec![Command::Suspend],
            Effect::Quit => return vec![Command::Quit(End::Left)],
        }
        vec![Command::Draw]
    }

    /// Does what is due at `now`.
    fn alarm(&mut self, now: Moment) -> Vec<Command> {
        let is_due = |due: Option<Duration>| due.is_some_and(|due| due <= now.awake);
        let looks = is_due(self.follower.due());
        let patience = self.terminal.patience(self.prints.form());
        let draws = is_due(self.films.due()) || is_due(self.timer.due()) || is_due(patience);
        let mut commands = self.terminal.choose_form(&mut self.prints, now.awake);
        commands.extend(looks.then_some(Command::CountTouches));
        if self.advance.has_come(now.awake) {
            commands.extend(self.dispatch(Origin::Advance, now, |presenter, context| {
                presenter.apply(Action::Next, context, now)
            }));
        }
        commands.extend(draws.then_some(Command::Draw));
        commands
    }

    /// Brings the place of the talk into the slide as it is laid out.
    fn settle(&mut self) {
        let extent = self.slides.extent(self.presenter.position);
        let settled = self.presenter.position.settled(&extent);
        self.presenter.position = match self.mode.remote() {
            Some(talk) => settled.mirrored(talk.state().at.scrolled(), &extent),
            None => settled,
        };
    }

    /// Lays the slides out for the room that they have in the window now. What was in the middle of a slide that was
    /// `before` so tall stays there.
    fn restage(&mut self, before: &Extent) {
        let stage = self.terminal.stage(&self.places(), &self.slides.deck().meta);
        self.slides.set_stage(stage);
        let after = self.slides.extent(self.presenter.position);
        self.presenter.position = self.presenter.position.resized(before, &after);
    }

    /// Lays the slides out for another window.
    fn fit(&mut self, window: Window) {
        let before = self.slides.extent(self.presenter.position);
        self.terminal.set_window(window);
        self.restage(&before);
        let lacks = self.mode.terminal().and_then(|wished| self.terminal.lacks(wished));
        if let Some(lacks) = lacks {
            self.status.say(lacks);
        }
    }

    /// Returns where everything is in the window.
    fn places(&self) -> Places {
        let (notes, clock) = (self.presenter.notes.is_some(), self.presenter.shown == ClockVisibility::Line);
        self.mode.places(self.terminal.area(), Demand { notes, clock })
    }

    /// Returns when something is due that no event announces, by [`Moment::awake`].
    fn deadline(&self) -> Option<Duration> {
        let patience = self.terminal.patience(self.prints.form());
        let dues = [self.advance.due(), self.films.due(), patience, self.follower.due(), self.timer.due()];
        dues.into_iter().flatten().min()
    }

    /// Prepares what the next keys may ask for, while nothing else is to be done.
    fn prepare(&mut self) -> Vec<Command> {
        let Presenter { position, closeup, still, .. } = self.presenter;
        // A console shows films by their first frames.
        let is_moving = !still && !self.mode.is_console();
        self.slides.keep_near(position.slide);
        self.prints.prepare(&self.slides, position, closeup, is_moving);
        self.log.add(self.slides.drain_diagnostics());
        let mut commands = Vec::new();
        let sought = self.slides.resources().assets().sought();
        commands.extend((!sought.is_empty()).then_some(Command::Watch(sought)));
        // A terminal on this machine reads a picture's file faster than a key is let go.
        if self.prints.form() == Some(PrintForm::Encoded(Protocol::Kitty { local: false })) {
            commands.push(Command::SendAhead(self.prints.plates_near(&self.slides, position.slide)));
        }
        commands
    }

    /// Lays out one more slide for what is to be said of it, while the list of that is open; returns whether it did.
    fn survey(&mut self) -> bool {
        let is_open = matches!(self.presenter.overlay, Some(Overlay::Diagnostics { .. }));
        let Some(slide) = self.log.next_to_survey(self.slides.count()).filter(|_| is_open) else {
            return false;
        };
        self.slides.survey(slide);
        self.log.surveyed();
        self.log.add(self.slides.drain_diagnostics());
        true
    }

    /// Returns the talk as it looks at `now`.
    fn view(&mut self, now: Moment) -> View {
        self.settle();
        let clock = planning::display(self, now);
        self.log.add(self.slides.drain_diagnostics());
        view::talk(self, clock, now)
    }

    /// Returns the talk as it looks after the next step, unless that is known already, or something is over the slide that
    /// has to go first.
    fn view_ahead(&self, is_known: impl Fn(ViewKey) -> bool, now: Moment) -> Option<(ViewKey, View)> {
        let here = view::bare(self)?;
        let places = self.places();
        let context = context::context(&self.slides, &self.log, &self.presenter, &self.mode, &places);
        let position = self.presenter.following(&context);
        let key = ViewKey { position, ..here };
        (key != here && !is_known(key)).then(|| (key, view::slide(self, position, now)))
    }

    /// Records what of a view is on the screen since `now`: films and the clock go on from there.
    fn shown(&mut self, shown: &Shown, now: Moment) {
        let position = self.presenter.position;
        self.films.shown(position.slide, &shown.films, now.awake);
        shown.films_begin.then(|| self.films.wake(now.awake));
        self.timer.set_due(shown.changes);
        let goes_on = !self.presenter.still && !self.presenter.is_covered() && !self.mode.is_console();
        let time = self.slides.auto_slide(position.slide).filter(|_| goes_on);
        self.advance.shown(position, time, now.awake);
    }

    /// Returns what to send to the clients of the talk: what has changed, and their answers.
    fn publish(&mut self, now: Moment) -> Vec<Command> {
        if !self.peers.are_listening() {
            return Vec::new();
        }
        self.settle();
        let state = view::state(self, now);
        let (follower, deck) = (&self.follower, self.slides.deck());
        let has_plan = !self.timer.is_searching();
        self.peers.publish(state, || follower.script(deck), has_plan, now.awake)
    }
}
