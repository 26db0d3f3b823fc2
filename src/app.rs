//! A running talk: what it consists of, how it begins and ends, and what each event means to it. How events come is
//! not decided here.

mod advance;
mod ahead;
mod answers;
mod console;
mod consoles;
mod draw;
mod editor;
mod event;
mod gallery;
mod keys;
mod motion;
mod overlays;
mod panes;
mod places;
pub(crate) mod plain;
mod reload;
mod slides;
mod timekeeper;
mod turns;

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::mpsc::{Sender, channel};
use std::time::Instant;

use ratatui::layout::{Rect, Size};

use crate::cli::{Options, Pictures, TimeOptions};
use crate::common::Failure;
use crate::deck::Deck;
use crate::disk::{Assets, Place};
use crate::layout::{CellSize, Stage};
use crate::present::{Action, ClockVisibility, Effect, Extent, Presenter, Viewers};
use crate::rehearsal::Run;
use crate::source::Diagnostic;
use crate::terminal::tmux;
use crate::terminal::{
    Capabilities, Guard, Input, InputReader, Output, Screen, Signal, Signals, TerminalProbe, Viewer, Window,
    signals,
};
use crate::theme::Theme;
use crate::workers::{THREAD_NAME, Workers};
use advance::Advance;
use ahead::Ahead;
pub(crate) use console::Joined;
use console::{Ear, Link};
use consoles::Consoles;
use event::Event;
use gallery::Gallery;
use motion::Motion;
use places::{Demand, Home, Places};
use reload::Following;
use slides::{Slides, Speaker, Studio};
use timekeeper::Timekeeper;
use turns::{End, Helm};

/// So many messages are told after the talk; the rest is counted.
const TOLD: usize = 20;

/// What a talk begins with.
pub(crate) struct Opening {
    /// The deck, split but not parsed.
    pub(crate) deck: Deck,
    /// Where it comes from.
    pub(crate) place: Place,
    /// How it is shown.
    pub(crate) options: Options,
    /// In what manner it is held.
    pub(crate) manner: Manner,
}

/// Presents a deck until its speaker leaves, then says on the ordinary screen how to go on. Returns the runs that the
/// report of a rehearsal is made of, the one that has just ended last.
pub(crate) fn run(opening: Opening) -> Result<Option<Vec<Run>>, Failure> {
    hold(opening, None)
}

/// Shows a talk that runs elsewhere until its speaker leaves the console.
pub(crate) fn follow(joined: Joined, options: &Options) -> Result<(), Failure> {
    let (opening, link, ear) = joined.open(options)?;
    hold(opening, Some((link, ear))).map(drop)
}

fn hold(opening: Opening, joined: Option<(Link, Ear)>) -> Result<Option<Vec<Run>>, Failure> {
    let guard = Guard::new(THREAD_NAME).map_err(|error| {
        Diagnostic::new(format!("there is no terminal to take keys from: {error}"))
            .hint("present from a terminal; to write the slides' words: `lutrin export`")
    })?;
    let (sender, events) = channel();
    let signals = listen(&guard, &sender)?;
    guard.enter().map_err(Failure::terminal)?;
    let reader = read_keys(&sender)?;
    let mut lectern = Lectern::open(opening, &sender)?;
    if let Some((link, ear)) = joined {
        lectern.join(link);
        ear.listen(sender);
    }
    let helm = Helm { guard: &guard, signals: &signals, reader: &reader };
    let end = lectern.present(&events, &helm);
    if matches!(end, Ok(End::Left)) {
        lectern.hear_out(&events);
        // A terminal that is gone has no pictures.
        let _ = lectern.leave_pictures(&guard);
    }
    drop(reader);
    drop(guard);
    lectern.close_record();
    lectern.consoles.close();
    match end? {
        End::Signal(signal) => signals::end_by(signal),
        End::Left if lectern.link.is_some() => Ok(None),
        End::Left => {
            lectern.say_goodbye();
            Ok(lectern.reported())
        }
    }
}

fn listen(guard: &Guard, sender: &Sender<Event>) -> Result<Signals, Failure> {
    let sender = sender.clone();
    let tell = move |signal| {
        let event = match signal {
            Signal::Quit(number) => Event::Signal(number),
            Signal::Suspend => Event::Suspend,
            Signal::Resumed => Event::Resumed,
            Signal::Resized => Event::Resized,
        };
        let _ = sender.send(event);
    };
    Signals::listen(guard, tell).map_err(Failure::signals)
}

fn read_keys(sender: &Sender<Event>) -> Result<InputReader, Failure> {
    let sender = sender.clone();
    let tell = move |input| {
        let event = match input {
            Input::Key(key) => Event::Key(key),
            Input::Answer(answer) => Event::Answer(answer),
            Input::Focus(_) => Event::Focus,
            Input::Closed => Event::Closed,
            Input::Paste(_) => return ControlFlow::Continue(()),
        };
        if sender.send(event).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    InputReader::start(tell).map_err(Failure::keys)
}

/// In what manner a talk is held.
pub(crate) struct Manner {
    /// Whether it is rehearsed.
    pub(crate) rehearses: bool,
    /// How much of its clock is shown.
    pub(crate) shown: ClockVisibility,
    /// What its time is given by.
    pub(crate) time: TimeOptions,
    /// The columns and rows of the terminal that the audience will see, where it is not this one.
    pub(crate) stage: Option<(u16, u16)>,
    /// Whether the run is written down.
    pub(crate) records: bool,
}

/// The running talk with everything it needs.
struct Lectern {
    presenter: Presenter,
    slides: Slides,
    screen: Screen<Output>,
    ahead: Ahead,
    gallery: Gallery,
    motion: Motion,
    advance: Advance,
    following: Following,
    keeper: Timekeeper,
    consoles: Consoles,
    /// What joins this console to its talk; a talk has none.
    link: Option<Link>,
    survey: TerminalProbe,
    pictures: Pictures,
    capabilities: Capabilities,
    place: Place,
    options: Options,
    title: String,
    /// Whether the speaker has chosen the theme, so that the terminal's background no longer does.
    theme_is_chosen: bool,
    message: Option<String>,
    extent: Extent,
    /// When the terminal was asked what it is.
    asked: Option<Instant>,
    /// Where our pane is, in a tmux that lets pictures through.
    place_in_tmux: Option<tmux::TmuxPane>,
    /// For events from elsewhere.
    sender: Sender<Event>,
}

impl Lectern {
    fn open(opening: Opening, sender: &Sender<Event>) -> Result<Self, Failure> {
        let Opening { deck, place, options, manner } = opening;
        let keeper = Timekeeper::new(manner, &place);
        let capabilities = Capabilities::of_environment();
        let window = Window::current();
        let screen = Screen::new(Output, Size::new(window.columns, window.rows), capabilities);
        let (theme, theme_is_chosen) = theme(&options, &deck);
        let events = sender.clone();
        let sender = sender.clone();
        let workshop = Workers::start(move || {
            let _ = sender.send(Event::Ready);
        })
        .map_err(Failure::workers)?;
        let survey = TerminalProbe::of_environment();
        let pictures = answers::pictures(options.pictures, capabilities);
        let viewer = if pictures == Pictures::Viuer { Viewer::of_environment() } else { None };
        let first = options.slide.map_or(0, |number| usize::try_from(number - 1).unwrap_or(usize::MAX));
        let places = Places::of(whole(window), Demand { home: keeper.home(), ..Demand::default() });
        let stage = stage(&survey, (window, places), &deck, capabilities);
        let studio = Studio { pictures, assets: Assets::new(&place, options.root.as_deref()), workshop };
        let slides = Slides::new(deck, theme, stage, studio);
        let first = keeper.first(&slides.deck).unwrap_or(first);
        let mut lectern = Self {
            presenter: Presenter::new(first.min(slides.count() - 1)),
            slides,
            screen,
            ahead: Ahead::default(),
            gallery: Gallery::new(viewer),
            motion: Motion::default(),
            advance: Advance::default(),
            following: Following::default(),
            keeper,
            consoles: Consoles::default(),
            link: None,
            survey,
            pictures,
            capabilities,
            place,
            options,
            title: String::new(),
            theme_is_chosen,
            message: None,
            extent: Extent::default(),
            asked: None,
            place_in_tmux: None,
            sender: events,
        };
        lectern.presenter.still = motion::is_unwanted(lectern.options.no_animation);
        lectern.title = lectern.talk_title();
        lectern.set_clock();
        lectern.open_panel(window);
        // The first slide's pictures and colours are begun before its letters are shown.
        lectern.slides.begin(lectern.presenter.position.slide);
        Ok(lectern)
    }

    /// Returns what must be done about an event.
    fn handle(&mut self, event: &Event, guard: &Guard) -> Effect {
        match event {
            Event::Key(key) => self.press(*key),
            Event::Guest(news) => self.attend(news),
            Event::Heard(line) => self.hear_talk(line),
            Event::Lost => self.lose_talk(),
            Event::Answer(answer) => self.hear(answer, guard),
            Event::Ready => {
                self.slides.refresh();
                self.slides.find_spoiled(self.presenter.position.slide);
                self.tell_of_pictures();
                Effect::Draw
            }
            Event::Saved => self.plan_a_look(),
            Event::Look => self.look(),
            Event::Blind(reason) => self.go_blind(reason),
            Event::Planned => {
                self.take_plan(false);
                Effect::Draw
            }
            Event::Told(words) => {
                self.message = Some(words.clone());
                Effect::Draw
            }
            Event::Focus => {
                self.ask_tmux();
                Effect::Nothing
            }
            Event::Pane(pane) => self.settle_in(*pane),
            Event::Alarm => {
                self.choose_form(guard);
                if self.advance.has_come(Instant::now()) {
                    self.message = None;
                    self.settle();
                    let now = self.keeper.now();
                    let slide = self.presenter.position.slide;
                    let context = self.slides.context(&self.presenter, slide, &self.extent);
                    return self.presenter.apply(Action::Next, &context, now);
                }
                Effect::Draw
            }
            Event::Suspend => Effect::Suspend,
            Event::Resized => {
                // The letters may have another size too, and our pane another place.
                let queries = self.survey.pixel_queries();
                if !self.gallery.is_used() {
                    // viuer would take the answer for its own.
                    self.screen.write_raw(queries);
                }
                self.lose_place();
                Effect::Repaint
            }
            Event::Resumed => Effect::Repaint,
            Event::Signal(_) | Event::Closed => Effect::Quit,
        }
    }

    /// Brings the presenter's place into the slide that is shown now, and remembers how tall it is.
    fn settle(&mut self) {
        let scene = self.slides.scene(self.presenter.position.slide);
        let position = &mut self.presenter.position;
        self.extent = self.slides.extent(&scene, position.step);
        *position = position.settled(&self.extent);
        if let Some(link) = &self.link {
            let at = link.state().at;
            *position = position.mirrored(at.scrolled(), &self.extent);
        }
    }

    /// Takes the window as it is now, and paints everything anew.
    fn take_back(&mut self) {
        let window = Window::current();
        let before = std::mem::take(&mut self.extent);
        self.screen.resize(Size::new(window.columns, window.rows));
        self.gallery.forget();
        self.restage(window, &before);
        self.message = self.window_is_small().or(self.message.take());
    }

    /// Lays the slides out for a window, of which the notes get their part while they are shown.
    fn restage(&mut self, window: Window, before: &Extent) {
        let stage = self.stage(window);
        self.slides.set_stage(stage);
        let scene = self.slides.scene(self.presenter.position.slide);
        self.extent = self.slides.extent(&scene, self.presenter.position.step);
        self.presenter.position = self.presenter.position.resized(before, &self.extent);
    }

    /// The same for the window as it is now: something has come that needs room, or has gone.
    fn restage_now(&mut self) {
        let before = self.extent.clone();
        self.restage(Window::current(), &before);
    }

    /// Returns the stage of a window, and has the notes know their room.
    fn stage(&mut self, window: Window) -> Stage {
        let places = self.places(whole(window));
        let notes = places.notes.unwrap_or_default();
        self.slides.notes_size = (notes.width, notes.height);
        self.slides.panel_columns = if self.link.is_some() { window.columns } else { places.stage.width };
        stage(&self.survey, (window, places), &self.slides.deck, self.capabilities)
    }

    /// Returns where things stand in a window.
    fn places(&self, window: Rect) -> Places {
        let home = self.link.as_ref().map(Link::stage).map(|(columns, rows)| Home::Console(columns, rows));
        let home = home.unwrap_or_else(|| self.keeper.home());
        let (notes, clock) = (self.presenter.notes.is_some(), self.presenter.shown == ClockVisibility::Line);
        Places::of(window, Demand { home, notes, clock })
    }

    /// A rehearsal shows what comes next and the notes from the start, where they have a place beside the slide.
    fn open_panel(&mut self, window: Window) {
        let home = self.keeper.home();
        let places = Places::of(whole(window), Demand { home, notes: true, ..Demand::default() });
        if matches!(home, Home::Rehearsal(Some(_))) && !places.over {
            self.presenter.notes = Some(0);
            self.restage_now();
        }
    }

    /// Makes a console of it, which shows what its talk shows.
    fn join(&mut self, link: Link) {
        self.link = Some(link);
        self.presenter.notes = Some(0);
        self.presenter.viewers = Viewers::Speaker;
        self.slides.speaker = Some(Speaker::IsAtConsole);
        self.mirror();
        self.restage_now();
    }

    /// Takes the other theme.
    fn swap_theme(&mut self) {
        self.theme_is_chosen = true;
        self.slides.set_theme(self.slides.theme.other());
    }

    /// Returns the front matter's title, else the deck's first heading, else the first slide's first words.
    fn talk_title(&mut self) -> String {
        let own = self.slides.deck.meta.title.clone().filter(|title| !title.trim().is_empty());
        let title = own.or_else(|| self.slides.first_heading()).unwrap_or_else(|| self.slides.title(0));
        crate::text::sanitize(&title).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Says how to go on, then what could not be shown as written.
    fn say_goodbye(&self) {
        let number = self.presenter.position.slide + 1;
        let deck = match self.place.argument() {
            argument if argument.is_empty() => String::new(),
            argument => format!(" {argument}"),
        };
        // A terminal that is gone by now is no reason to fail.
        let _ = writeln!(std::io::stdout(), "left at slide {number}; lutrin{deck} --slide {number} goes on");
        let mut errors = std::io::stderr();
        if let Some(why) = self.consoles.failure() {
            let _ = writeln!(errors, "lutrin: no console could join: {}", crate::text::sanitize(why));
        }
        // What the audience's screen never showed, it does not show now.
        if self.consoles.have_been && !self.keeper.rehearses() {
            return;
        }
        let all = self.slides.diagnostics();
        for diagnostic in all.iter().take(TOLD) {
            let _ = writeln!(errors, "{}", crate::text::sanitize(&diagnostic.to_string()));
        }
        if all.len() > TOLD {
            let _ = writeln!(errors, "and {} more; `!` shows them while presenting", all.len() - TOLD);
        }
    }
}

/// Returns the theme to begin with, and whether it was chosen: by the speaker, else by the deck.
fn theme(options: &Options, deck: &Deck) -> (Theme, bool) {
    let chosen = options.theme().or_else(|| Theme::named(deck.meta.theme.as_deref()?));
    let is_chosen = chosen.is_some();
    (chosen.unwrap_or_else(Theme::dark), is_chosen)
}

/// Returns the stage at its place in a window.
fn stage(
    survey: &TerminalProbe,
    (window, places): (Window, Places),
    deck: &Deck,
    capabilities: Capabilities,
) -> Stage {
    let (width, height) = survey.cell(&window);
    Stage {
        basic_glyphs: capabilities.basic_glyphs,
        ..Stage::of(&deck.meta, (places.stage.width, places.stage.height), CellSize { width, height })
    }
}

/// Returns all cells of a window.
fn whole(window: Window) -> Rect {
    Rect::new(0, 0, window.columns, window.rows)
}
