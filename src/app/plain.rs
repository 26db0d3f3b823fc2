//! A talk in words alone: each slide is printed below those before it, one for each key. Nothing is ever sent that moves the
//! cursor or has a colour: for screen readers, and for terminals that know no such thing.

use std::io::Write;
use std::process::ExitCode;

use crossterm::event::KeyEvent;

use crate::cli::Options;
use crate::common::query::{self, News};
use crate::common::{Failure, Files};
use crate::deck::Deck;
use crate::disk::Place;
use crate::export::{self, Format, Order, Steps, page};
use crate::layout::Stage;
use crate::present::keymap::action;
use crate::present::{Action, KeyMode};
use crate::source::Diagnostic;
use crate::terminal::{Guard, Input, InputReader, Output, Signal, Signals, Window, signals};
use crate::theme::Theme;
use crate::workers::THREAD_NAME;

/// What is said first, and where somebody asks for help.
const HELP: &str = "\
Space: the next slide. Backspace: the one before. g, G: the first, the last.
A number and Enter: that slide. s: its notes. q: leave.";

/// What ends the talk.
enum End {
    Left,
    Signal(i32),
}

/// Presents the deck until its speaker leaves.
pub(crate) fn run(place: &Place, deck: &Deck, options: &Options) -> Result<ExitCode, Failure> {
    let guard = Guard::new(THREAD_NAME).map_err(|error| {
        Diagnostic::new(format!("there is no terminal to take keys from: {error}"))
            .hint("to write the slides' words: `lutrin export`")
    })?;
    let (signals, reader, news) = query::open(&guard, Guard::enter_silently)?;
    let files = Files::new(place, options.root.as_deref(), options.pictures);
    let first =
        options.slide.map_or(0, |number| deck.numbered(usize::try_from(number).unwrap_or(usize::MAX)));
    let mut talk = Talk { deck, files, at: first, typed: String::new() };
    say(HELP)?;
    talk.tell_slide()?;
    let end = loop {
        match news.recv() {
            Ok(News::Input(Input::Key(key))) => match talk.key(key)? {
                Turn::On => {}
                Turn::Leave => break End::Left,
                Turn::Stop => suspend(&signals, &guard, &reader)?,
            },
            Ok(News::Signal(Signal::Quit(number))) => break End::Signal(number),
            Ok(News::Signal(Signal::Suspend)) => suspend(&signals, &guard, &reader)?,
            Ok(News::Signal(Signal::Resumed)) => guard.enter_again().map_err(Failure::terminal)?,
            Ok(News::Input(Input::Closed)) | Err(_) => break End::Left,
            Ok(News::Input(_) | News::Signal(Signal::Resized)) => {}
        }
    };
    drop(reader);
    drop(guard);
    match end {
        End::Left => Ok(ExitCode::SUCCESS),
        End::Signal(number) => signals::end_by(number),
    }
}

fn suspend(signals: &Signals, guard: &Guard, reader: &InputReader) -> Result<(), Failure> {
    reader.pause();
    let stopped = signals.suspend(guard);
    reader.resume();
    stopped.map(drop).map_err(Failure::terminal)
}

/// What a key has made of the talk.
enum Turn {
    On,
    Leave,
    Stop,
}

struct Talk<'a> {
    deck: &'a Deck,
    files: Files,
    at: usize,
    typed: String,
}

impl Talk<'_> {
    fn key(&mut self, key: KeyEvent) -> Result<Turn, Failure> {
        let mode = if self.typed.is_empty() { KeyMode::Talk } else { KeyMode::Number };
        let typed = std::mem::take(&mut self.typed);
        match action(key, mode) {
            Some(Action::Digit(digit)) => self.typed = typed + &digit.to_string(),
            Some(Action::NextOrGo | Action::LastOrGo) if !typed.is_empty() => self.go(&typed)?,
            Some(Action::Next | Action::NextOrGo | Action::NextSlide | Action::Down | Action::Below) => {
                self.turn_to(self.at.checked_add(1), "this is the last slide; q leaves")?;
            }
            Some(Action::Previous | Action::PreviousSlide | Action::Up | Action::Above) => {
                self.turn_to(self.at.checked_sub(1), "this is the first slide")?;
            }
            Some(Action::First | Action::Jump) => self.turn_to(Some(0), "")?,
            Some(Action::Last | Action::LastOrGo) => {
                self.turn_to(self.deck.slides.len().checked_sub(1), "")?;
            }
            Some(Action::Repaint) => self.tell_slide()?,
            Some(Action::Notes) => self.tell_notes()?,
            Some(Action::Help) => say(HELP)?,
            Some(Action::Suspend) => return Ok(Turn::Stop),
            Some(Action::Quit) => return Ok(Turn::Leave),
            _ => {}
        }
        Ok(Turn::On)
    }

    /// Goes to the slide that was typed: its number, or its column and row.
    fn go(&mut self, typed: &str) -> Result<(), Failure> {
        let number = |word: &str| word.parse::<usize>().unwrap_or(usize::MAX);
        let slide = match typed.split_once('.') {
            Some((column, row)) => self.deck.near(number(column), number(row)),
            None => self.deck.numbered(number(typed)),
        };
        self.turn_to(Some(slide), "")
    }

    fn turn_to(&mut self, slide: Option<usize>, else_say: &str) -> Result<(), Failure> {
        match slide.filter(|&slide| slide < self.deck.slides.len()) {
            Some(slide) => {
                self.at = slide;
                self.tell_slide()
            }
            None => say(else_say),
        }
    }

    fn tell_slide(&self) -> Result<(), Failure> {
        say(&self.words(false))
    }

    fn tell_notes(&self) -> Result<(), Failure> {
        let (words, all) = (self.words(false), self.words(true));
        let notes = all.strip_prefix(words.trim_end()).unwrap_or_default().trim();
        say(if notes.is_empty() { "no notes" } else { notes })
    }

    /// Returns the words of the slide, and its notes where they are wanted.
    fn words(&self, notes: bool) -> String {
        let theme = Theme::terminal();
        let order = Order {
            deck: self.deck,
            slides: &[self.at],
            steps: Steps::Last,
            stage: Stage::of(&self.deck.meta, page::USUAL, page::CELL),
            theme: &theme,
            notes,
            lang: None,
            date: None,
            width: usize::from(Window::current().columns),
            shelf: &self.files,
            done: &|| (),
        };
        let mut words = Vec::new();
        // Writing to memory cannot fail.
        let _ = export::write(&order, Format::Text, &mut words);
        String::from_utf8_lossy(&words).into_owned()
    }
}

/// Prints a text and a blank line. The terminal's lines end with both letters while its keys are ours.
fn say(words: &str) -> Result<(), Failure> {
    if words.is_empty() {
        return Ok(());
    }
    let lines: Vec<&str> = words.trim_end().lines().chain(["", ""]).collect();
    Output.write_all(lines.join("\r\n").as_bytes()).map_err(Failure::terminal)
}
