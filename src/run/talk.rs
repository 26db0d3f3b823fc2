//! The loop of a running talk: one channel, one wait, at most one drawing for all that has happened.

mod ahead;
mod draw;
mod gallery;

use std::collections::VecDeque;
use std::io::Write;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use ratatui::layout::{Rect, Size};

use super::Failure;
use super::slides::{Slides, Studio};
use crate::cli::{Options, Pictures, ThemeName};
use crate::color::Rgb;
use crate::deck::Deck;
use crate::disk::{Assets, Place};
use crate::layout::{CellSize, Stage};
use crate::present::{Effect, Event, Extent, Presenter, keymap};
use crate::source::Diagnostic;
use crate::terminal::{
    Answer, Capabilities, ColorDepth, Guard, Input, Output, Reader, Screen, Signal, Signals, Viewer, Window,
    signals,
};
use crate::theme::Theme;
use crate::workshop::{WORKERS, Workshop};
use ahead::Ahead;
use draw::parts;
use gallery::Gallery;

/// So many messages are told after the talk; the rest is counted.
const TOLD: usize = 20;

/// A terminal that answers at all does so within this time.
const HEARING: Duration = Duration::from_millis(150);

/// What ended a talk.
enum End {
    Left,
    Signal(i32),
}

/// Presents `deck` until its speaker leaves, then says on the ordinary screen how to go on.
pub(super) fn run(deck: Deck, place: &Place, options: &Options) -> Result<ExitCode, Failure> {
    let guard = Guard::new(WORKERS).map_err(|error| {
        Diagnostic::new(format!("there is no terminal to take keys from: {error}"))
            .hint("present from a terminal; to write the slides' words: `lutrin export`")
    })?;
    let (sender, events) = channel();
    let signals = listen(&guard, &sender)?;
    guard.enter()?;
    let reader = read_keys(&sender)?;
    let mut lectern = Lectern::open(deck, place, options, &sender)?;
    let end = lectern.present(&events, &guard, &signals, &reader);
    if matches!(end, Ok(End::Left)) {
        lectern.hear_out(&events);
    }
    drop(reader);
    drop(guard);
    match end? {
        End::Signal(signal) => signals::end_by(signal),
        End::Left => {
            lectern.say_goodbye();
            Ok(ExitCode::SUCCESS)
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
    Ok(Signals::listen(guard, tell)?)
}

fn read_keys(sender: &Sender<Event>) -> Result<Reader, Failure> {
    let sender = sender.clone();
    let tell = move |input| {
        let event = match input {
            Input::Key(key) => Event::Key(key),
            Input::Answer(Answer::Background(red, green, blue)) => Event::Background(Rgb(red, green, blue)),
            Input::Answer(Answer::DeviceAttributes(_)) => Event::Answered,
            Input::Closed => Event::Closed,
            Input::Answer(_) | Input::Paste(_) => return ControlFlow::Continue(()),
        };
        if sender.send(event).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    Ok(Reader::start(tell)?)
}

/// The running talk with everything it needs.
struct Lectern {
    presenter: Presenter,
    slides: Slides,
    screen: Screen<Output>,
    ahead: Ahead,
    gallery: Gallery,
    capabilities: Capabilities,
    place: Place,
    options: Options,
    title: String,
    /// Whether the speaker has chosen the theme, so that the terminal's background no longer does.
    theme_is_chosen: bool,
    message: Option<String>,
    extent: Extent,
    /// When the terminal was asked, as long as it has not answered.
    unanswered: Option<Instant>,
}

impl Lectern {
    fn open(deck: Deck, place: &Place, options: &Options, sender: &Sender<Event>) -> Result<Self, Failure> {
        let capabilities = Capabilities::of_environment();
        let window = Window::current();
        let screen = Screen::new(Output, Size::new(window.columns, window.rows), capabilities);
        let (theme, theme_is_chosen) = theme(options, &deck);
        let sender = sender.clone();
        let workshop = Workshop::open(move || {
            let _ = sender.send(Event::Ready);
        })?;
        let colorless = capabilities.colors == ColorDepth::None;
        let pictures = options.pictures.unwrap_or(if colorless { Pictures::None } else { Pictures::Auto });
        let viewer = if pictures == Pictures::Viuer { Viewer::of_environment() } else { None };
        let first = options.slide.map_or(0, |number| usize::try_from(number - 1).unwrap_or(usize::MAX));
        let stage = stage(window, &deck, capabilities);
        let studio = Studio { pictures, assets: Assets::new(place, options.root.as_deref()), workshop };
        let slides = Slides::new(deck, theme, stage, studio);
        let mut lectern = Self {
            presenter: Presenter::new(first.min(slides.count() - 1)),
            slides,
            screen,
            ahead: Ahead::default(),
            gallery: Gallery::new(viewer),
            capabilities,
            place: place.clone(),
            options: options.clone(),
            title: String::new(),
            theme_is_chosen,
            message: None,
            extent: Extent::default(),
            unanswered: None,
        };
        lectern.title = lectern.talk_title();
        // The first slide's pictures and colours are begun before its letters are shown.
        lectern.slides.begin(lectern.presenter.position.slide);
        Ok(lectern)
    }

    /// The loop: draws, prepares and plans what comes next, and sleeps until something happens.
    fn present(
        &mut self,
        events: &Receiver<Event>,
        guard: &Guard,
        signals: &Signals,
        reader: &Reader,
    ) -> Result<End, Failure> {
        let mut waiting: VecDeque<Event> = VecDeque::new();
        self.begin(reader)?;
        loop {
            waiting.extend(events.try_iter());
            if waiting.is_empty() {
                self.slides.prepare(self.presenter.position.slide);
                self.plan_ahead();
                match events.recv() {
                    Ok(event) => waiting.push_back(event),
                    Err(_) => return Ok(End::Left),
                }
                waiting.extend(events.try_iter());
            }
            let mut dirty = false;
            while let Some(event) = waiting.pop_front() {
                match self.handle(event) {
                    Effect::Nothing => {}
                    Effect::Quit => {
                        return Ok(if let Event::Signal(number) = event {
                            End::Signal(number)
                        } else {
                            End::Left
                        });
                    }
                    Effect::Suspend => {
                        reader.pause();
                        let stopped = signals.suspend(guard);
                        reader.resume();
                        if stopped? {
                            self.repaint();
                            dirty = true;
                        }
                    }
                    Effect::Draw => dirty = true,
                    Effect::Repaint => {
                        if event == Event::Resumed {
                            guard.enter()?;
                        }
                        self.repaint();
                        dirty = true;
                    }
                    Effect::SwapTheme => {
                        self.swap_theme();
                        dirty = true;
                    }
                    Effect::Reload => {
                        self.reload();
                        dirty = true;
                    }
                }
            }
            if dirty {
                self.show(reader)?;
            }
        }
    }

    /// Asks the terminal what it is, behind the first frame.
    fn ask(&mut self) {
        let queries = self.capabilities.queries();
        self.screen.write_raw(queries);
        self.unanswered = (!queries.is_empty()).then(Instant::now);
    }

    /// Lets the answers to a question of just now come in: later they would be typed into the shell.
    fn hear_out(&self, events: &Receiver<Event>) {
        let Some(end) = self.unanswered.map(|asked| asked + HEARING) else { return };
        while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if matches!(event, Event::Answered | Event::Closed | Event::Signal(_)) {
                return;
            }
        }
    }

    /// Returns what must be done about an event.
    fn handle(&mut self, event: Event) -> Effect {
        match event {
            Event::Key(key) => {
                let now = Instant::now();
                let Some(action) = keymap::action(key, self.presenter.mode(now)) else {
                    return Effect::Nothing;
                };
                self.message = None;
                self.settle();
                self.presenter.apply(action, self.extent, &self.slides, now)
            }
            Event::Background(background) => self.suit(background),
            Event::Ready => {
                self.slides.refresh();
                self.slides.find_spoiled(self.presenter.position.slide);
                Effect::Draw
            }
            Event::Answered => {
                self.unanswered = None;
                Effect::Nothing
            }
            Event::Suspend => Effect::Suspend,
            Event::Resized | Event::Resumed => Effect::Repaint,
            Event::Signal(_) | Event::Closed => Effect::Quit,
        }
    }

    /// Brings the presenter's place into the slide that is shown now, and remembers how tall it is.
    fn settle(&mut self) {
        let scene = self.slides.scene(self.presenter.position.slide);
        self.extent = self.slides.extent(&scene);
        let position = &mut self.presenter.position;
        position.scroll = position.scroll.min(self.extent.end());
    }

    /// Takes the window as it is now, and paints everything anew.
    fn repaint(&mut self) {
        let window = Window::current();
        let before = self.extent;
        self.screen.resize(Size::new(window.columns, window.rows));
        self.gallery.forget();
        self.slides.set_stage(stage(window, &self.slides.deck, self.capabilities));
        let scene = self.slides.scene(self.presenter.position.slide);
        let after = self.slides.extent(&scene);
        self.presenter.position = self.presenter.position.resized(before, after);
    }

    fn swap_theme(&mut self) {
        self.theme_is_chosen = true;
        self.slides.set_theme(self.slides.theme.other());
    }

    /// Takes the theme that goes with the terminal's background, unless the speaker has chosen one.
    fn suit(&mut self, background: Rgb) -> Effect {
        let suited = Theme::suited_to(background);
        if self.theme_is_chosen || suited == self.slides.theme {
            return Effect::Nothing;
        }
        self.slides.set_theme(suited);
        Effect::Draw
    }

    /// Reads the deck again; where that fails the last good one stays, and the reason is said.
    fn reload(&mut self) {
        if self.place == Place::Input {
            self.message = Some("what came from standard input cannot be read again".to_owned());
            return;
        }
        match super::open(&self.place, &self.options) {
            Ok(deck) => {
                self.slides.set_deck(deck);
                let last = self.slides.count() - 1;
                let position = self.presenter.position;
                self.presenter.position = if position.slide > last { position.jump(last) } else { position };
                self.title = self.talk_title();
                self.message = Some("read again".to_owned());
            }
            Err(failure) => self.message = Some(failure.diagnostic.message),
        }
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
    let chosen = options.theme.map(|name| match name {
        ThemeName::Dark => Theme::dark(),
        ThemeName::Light => Theme::light(),
        ThemeName::Terminal => Theme::terminal(),
    });
    let chosen = chosen.or_else(|| Theme::named(deck.meta.theme.as_deref()?));
    let is_chosen = chosen.is_some();
    (chosen.unwrap_or_else(Theme::dark), is_chosen)
}

/// Returns the stage of a window: all of it but the row of chrome.
fn stage(window: Window, deck: &Deck, capabilities: Capabilities) -> Stage {
    let (stage, _) = parts(Rect::new(0, 0, window.columns, window.rows));
    Stage {
        columns: stage.width,
        rows: stage.height,
        cell: CellSize { width: window.cell_width, height: window.cell_height },
        center: deck.meta.center.unwrap_or(true),
        basic_glyphs: capabilities.basic_glyphs,
    }
}
