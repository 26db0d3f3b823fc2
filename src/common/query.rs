//! A conversation with the terminal on its ordinary screen: the questions, then the answers until the last one or until
//! patience ends. Keys that are typed meanwhile are dropped.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::Failure;
use crate::source::Diagnostic;
use crate::terminal::{Answer, Guard, Input, InputReader, Output, Signal, Signals, TerminalProbe, signals};
use crate::workers::THREAD_NAME;

/// Prints a letter of two bytes, asks for the cursor, and wipes what was printed: in UTF-8 it went on by one column.
const LETTER: &[u8] = b"\r\xc3\xa9\x1b[6n\r\x1b[K";
/// Wipes what a terminal may have printed of the questions.
const WIPE: &[u8] = b"\r\x1b[K";

/// What the terminal answers beside what the probe keeps.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// Whether a letter of two bytes took one column.
    pub(crate) reads_utf8: Option<bool>,
}

/// Asks the terminal what it is; gives it back as it was, whatever happens. One that prints questions is not asked.
pub(crate) fn ask() -> Result<(TerminalProbe, Heard), Failure> {
    let mut probe = TerminalProbe::of_environment();
    let queries = probe.queries();
    if queries.is_empty() {
        return Ok((probe, Heard::default()));
    }
    let guard = Guard::new(THREAD_NAME).map_err(|error| {
        Diagnostic::new(format!("there is no terminal to take answers from: {error}"))
            .hint("run it in the terminal itself, with nothing piped in")
    })?;
    let (_, reader, news) = open(&guard, Guard::enter_keys)?;
    Output.write_all(&[LETTER, &queries, WIPE].concat()).map_err(Failure::terminal)?;
    let heard = listen(&news, &mut probe);
    drop(reader);
    drop(guard);
    match heard {
        Ok(heard) => Ok((probe, heard)),
        Err(number) => {
            // With it goes its file.
            drop(probe);
            signals::end_by(number)
        }
    }
}

/// What comes from the terminal, or from elsewhere to stop or end us.
pub(crate) enum News {
    Input(Input),
    Signal(Signal),
}

/// Listens to signals, then takes the terminal in this way, then reads it.
pub(crate) fn open(
    guard: &Guard,
    take: impl FnOnce(&Guard) -> io::Result<()>,
) -> Result<(Signals, InputReader, Receiver<News>), Failure> {
    let (sender, news) = channel();
    let told = sender.clone();
    // Once nobody hears any more, a signal does what it does to any program.
    let signals = Signals::listen(guard, move |signal| {
        if told.send(News::Signal(signal)).is_err() {
            signals::obey(signal);
        }
    })
    .map_err(Failure::signals)?;
    take(guard).map_err(Failure::terminal)?;
    let reader = InputReader::start(move |input| match sender.send(News::Input(input)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    })
    .map_err(Failure::keys)?;
    Ok((signals, reader, news))
}

/// Listens until everything is answered; a signal that asks for the end is the error.
fn listen(news: &Receiver<News>, probe: &mut TerminalProbe) -> Result<Heard, i32> {
    let end = Instant::now() + probe.patience();
    let left = || end.saturating_duration_since(Instant::now()).max(Duration::ZERO);
    let mut heard = Heard::default();
    while !probe.is_over() {
        match news.recv_timeout(left()) {
            Ok(News::Input(Input::Answer(Answer::Cursor(column, _)))) => heard.reads_utf8 = Some(column == 2),
            Ok(News::Input(Input::Answer(answer))) => drop(probe.on_answer(&answer)),
            Ok(News::Signal(Signal::Quit(number))) => return Err(number),
            Ok(News::Input(Input::Closed)) | Err(_) => break,
            Ok(News::Input(_) | News::Signal(_)) => {}
        }
    }
    Ok(heard)
}
