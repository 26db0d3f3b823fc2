//! What each command does, from its arguments to its end. The only room that knows all others.

mod ask;
mod check;
mod console;
mod event;
mod export;
mod hearing;
mod overlays;
mod plain;
mod remote;
mod report;
mod show;
mod slides;
mod talk;
mod timing;

use std::fmt;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::{self, COMMANDS, Cli, Command, Options, Rehearse, TimeOptions};
use crate::deck::Deck;
use crate::disk::{self, Place};
use crate::parse::{self, Separators};
use crate::present::Shown;
use crate::source::{self, Diagnostic, Source};
use crate::text::sanitize;
use talk::{Manner, Opening};

/// Why the program ends before its time, and with which exit status.
#[derive(Debug, Clone)]
pub struct Failure {
    diagnostic: Diagnostic,
    code: u8,
}

impl Failure {
    /// The command line is wrong.
    fn wrong_use(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, code: 2 }
    }

    /// Returns the exit status.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, code: 1 }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Diagnostic::new(format!("the terminal failed: {error}")).into()
    }
}

impl fmt::Display for Failure {
    /// In letters that may be shown, for the message may quote a name or an argument.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sanitize(&self.diagnostic.to_string()))
    }
}

/// Runs the command that the arguments ask for, and returns the exit status.
///
/// # Errors
/// Whatever keeps the command from its end, in words for a person.
pub fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    if cli.has_time_before_command() {
        return Err(Failure::wrong_use(
            Diagnostic::new(
                "`--timer` and the time of a talk stand before a command, which does not hear them",
            )
            .hint("write them behind it: `lutrin rehearse talk.md --duration 60m`"),
        ));
    }
    match &cli.command {
        Some(Command::Rehearse(rehearse)) => self::rehearse(rehearse, cli),
        Some(Command::Console(console)) => console::run(console, cli),
        Some(Command::Remote(remote)) => remote::run(remote, cli).map(|()| ExitCode::SUCCESS),
        Some(Command::Report(report)) => report::run(report, cli).map(|()| ExitCode::SUCCESS),
        Some(Command::Export(export)) => export::run(export, cli),
        Some(Command::Check(check)) => check::run(check, cli),
        Some(Command::Completions(one)) => print(cli::completions(one.shell)).map(|()| ExitCode::SUCCESS),
        Some(Command::Man(man)) => print(cli::man(man.command.as_deref())).map(|()| ExitCode::SUCCESS),
        Some(Command::Show(show)) => show::run(show, &cli.options),
        Some(Command::Timing(timing)) => timing::run(timing, cli).map(|()| ExitCode::SUCCESS),
        None => {
            let shown = if cli.timer { Shown::Mark } else { Shown::Hidden };
            let records = cli.time.record.is_some();
            let manner = Manner { rehearses: false, shown, time: cli.time.clone(), stage: None, records };
            present(cli.deck.as_deref(), cli, manner)
        }
    }
}

/// Rehearses a deck until its speaker leaves.
fn rehearse(rehearse: &Rehearse, cli: &Cli) -> Result<ExitCode, Failure> {
    let Rehearse { deck, time, stage, no_record } = rehearse;
    let manner = Manner {
        rehearses: true,
        shown: Shown::Line,
        time: time.clone(),
        stage: *stage,
        records: !no_record,
    };
    present(deck.as_deref().or(cli.deck.as_deref()), cli, manner)
}

/// Presents a deck until its speaker leaves.
fn present(deck: Option<&Path>, cli: &Cli, manner: Manner) -> Result<ExitCode, Failure> {
    has_order(&manner.time)?;
    let place = Place::named(deck);
    if !std::io::stdout().is_terminal() {
        return Err(Diagnostic::new("standard output is not a terminal, so nothing can be presented on it")
            .hint("to write the slides' words: `lutrin export`")
            .into());
    }
    let deck = open(&place, &cli.options)?;
    let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    if cli.plain || (is_dumb && !manner.rehearses) {
        return plain::run(&place, &deck, &cli.options);
    }
    talk::run(Opening { deck, place, options: cli.options.clone(), manner })
}

/// Refuses a part that ends before it begins: nothing of it would count.
fn has_order(time: &TimeOptions) -> Result<(), Failure> {
    match (time.from, time.until) {
        (Some(from), Some(until)) if from > until => Err(Failure::wrong_use(
            Diagnostic::new(format!("`--from {from}` comes after `--until {until}`"))
                .hint(format!("to rehearse the slides between them: `--from {until} --until {from}`")),
        )),
        _ => Ok(()),
    }
}

/// Writes to standard output. A reader who has seen enough, and closes the pipe, is no failure.
fn print(bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Diagnostic::new(format!("cannot write to standard output: {error}")).into())
        }
        _ => Ok(()),
    }
}

/// Returns the deck at a place, split but not parsed.
fn open(place: &Place, options: &Options) -> Result<Deck, Failure> {
    let separators = separators(options)?;
    Ok(parse::open(read(place)?, Some(&separators)))
}

/// Returns the text of the deck at a place.
fn read(place: &Place) -> Result<Source, Failure> {
    decoded(place, &bytes(place)?)
}

/// Returns the bytes of the deck at a place.
fn bytes(place: &Place) -> Result<Vec<u8>, Failure> {
    if *place == Place::Input && std::io::stdin().is_terminal() {
        let _ = writeln!(std::io::stderr(), "lutrin: reading the deck from this terminal; Ctrl-D ends it");
    }
    place.read().map_err(|diagnostic| guessed(place, diagnostic))
}

/// Returns the text of the bytes that were read at a place.
fn decoded(place: &Place, bytes: &[u8]) -> Result<Source, Failure> {
    Ok(source::decode(bytes).map_err(|diagnostic| match place {
        Place::File(path) => {
            Diagnostic { message: format!("`{}`: {}", disk::shown(path), diagnostic.message), ..diagnostic }
        }
        Place::Input => {
            Diagnostic { message: format!("standard input: {}", diagnostic.message), ..diagnostic }
        }
        Place::Embedded => diagnostic,
    })?)
}

/// Returns the separators of the command line; a regular expression that is none is wrong use.
fn separators(options: &Options) -> Result<Separators, Failure> {
    let Options { separator, vertical_separator, notes_separator, .. } = options;
    Separators::new(separator.as_deref(), vertical_separator.as_deref(), notes_separator.as_deref())
        .map_err(Failure::wrong_use)
}

/// Returns the failure to open a deck. A single word that is no file may be a misspelled command.
fn guessed(place: &Place, diagnostic: Diagnostic) -> Failure {
    let Place::File(path) = place else { return diagnostic.into() };
    let is_word = path.extension().is_none() && path.components().count() == 1 && !path.exists();
    let Some(word) = path.to_str().filter(|_| is_word) else { return diagnostic.into() };
    let command =
        COMMANDS.iter().min_by_key(|command| disk::distance(command, word)).copied().unwrap_or_default();
    let near = disk::distance(command, word) <= 2;
    let command_hint = if near {
        format!("did you mean the command `lutrin {command}`")
    } else {
        format!("commands: {}", COMMANDS.join(", "))
    };
    let deck_hint = match disk::similar(Path::new(word)) {
        Some(deck) => format!("the deck `{}`", disk::shown(&deck)),
        None => format!("a deck such as `{word}.md`"),
    };
    let joint = if near {
        format!("{command_hint}, or {deck_hint}?")
    } else {
        format!("{command_hint}; or name {deck_hint}")
    };
    let shown = disk::shown(path);
    Failure::wrong_use(Diagnostic::new(format!("`{shown}` is neither a deck nor a command")).hint(joint))
}
