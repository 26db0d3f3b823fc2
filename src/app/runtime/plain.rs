//! The loop around a talk in words: it has the terminal on its ordinary screen, waits for keys and signals, and prints.

use std::io::Write;
use std::process::ExitCode;

use crate::app::command::End;
use crate::app::plain::{PlainTalk, Reply};
use crate::cli::Options;
use crate::common::query::{self, News};
use crate::common::{DeckResources, Failure};
use crate::deck::Deck;
use crate::disk::DeckSource;
use crate::source::Diagnostic;
use crate::terminal::{Guard, Input, InputReader, Output, Signal, Signals, Window, signals};
use crate::workers::THREAD_NAME;

/// Presents the deck in words until its speaker leaves.
///
/// # Errors
/// There is no terminal, or it fails; the system refuses a thread.
pub(crate) fn run_plain(place: &DeckSource, deck: &Deck, options: &Options) -> Result<ExitCode, Failure> {
    let guard = Guard::new(THREAD_NAME).map_err(|error| {
        Diagnostic::new(format!("there is no terminal to take keys from: {error}"))
            .hint("to write the slides' words: `lutrin export`")
    })?;
    let (signals, reader, news) = query::open(&guard, Guard::enter_silently)?;
    let files = DeckResources::new(place, options.root.as_deref(), options.pictures);
    let number = options.slide.map_or(1, |number| usize::try_from(number).unwrap_or(usize::MAX));
    let mut talk = PlainTalk::new(deck, files, deck.numbered(number));
    for words in talk.start(Window::current().columns) {
        print(&words)?;
    }
    let end = loop {
        match news.recv() {
            Ok(News::Input(Input::Key(key))) => match talk.press(key, Window::current().columns) {
                Reply::Print(words) => print(&words)?,
                Reply::Suspend => suspend(&signals, &guard, &reader)?,
                Reply::Quit => break End::Left,
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

/// Prints words and a blank line. The terminal's lines end with both letters while its keys are ours.
fn print(words: &str) -> Result<(), Failure> {
    if words.is_empty() {
        return Ok(());
    }
    let lines: Vec<&str> = words.trim_end().lines().chain(["", ""]).collect();
    Output.write_all(lines.join("\r\n").as_bytes()).map_err(Failure::terminal)
}
