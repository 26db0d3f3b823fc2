//! `lutrin timing`: what slides took when they were rehearsed, written into the deck. Where in it, is found next door in
//! `parse`.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an `f64` counts the seconds of a talk exactly"
)]

mod difference;
mod summary;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::confirm::confirm;
use crate::cli::{Cli, Times, TimingArgs};
use crate::common::{Failure, bytes, decoded, print, separators};
use crate::deck::Deck;
use crate::disk::{self, DeckSource, Records};
use crate::parse;
use crate::rehearsal::history::{self, RunChoice};
use crate::rehearsal::{Entry, Run};
use crate::source::{Diagnostic, edited};
use crate::terminal::{Capabilities, ColorDepth};
use crate::text::sanitize;

/// Shows what would change in the deck, and changes it where that is wished.
pub(super) fn run(timing: &TimingArgs, cli: &Cli) -> Result<(), Failure> {
    let place = DeckSource::named(timing.deck.as_deref().or(cli.deck.as_deref()));
    let path = file(&place)?;
    let bytes = bytes(&place)?;
    let original = utf8(path, &bytes)?;
    let separators = separators(&cli.options)?;
    let deck = parse::open(decoded(&place, &bytes)?, Some(&separators));
    let entries = Entry::all(&deck, |slide| parse::slide(&deck, slide));
    let seconds = seconds(&entries, &runs(&place, timing)?, timing.run).map_err(|told| told.of(&place))?;
    let found = parse::timing(&deck, Some(&separators), &seconds);
    tell(&found.diagnostics);
    print(shown(path, &deck, &found))?;
    print(summary::of(&deck, &entries, &seconds, &found))?;
    let (count, name) = (found.edits.len(), disk::shown(path));
    if found.edits.is_empty() || timing.dry_run {
        return Ok(());
    }
    if !timing.yes && !is_wished(&format!("write {} into `{name}`?", these_lines(count)))? {
        return print("nothing is written\n");
    }
    disk::rewrite(path, &bytes, edited(original, &found.edits).as_bytes())?;
    print(format!("wrote {} into `{name}`\n", these_lines(count)))
}

/// Returns the deck's file; what is none can't be changed.
fn file(place: &DeckSource) -> Result<&Path, Failure> {
    let why = match place {
        DeckSource::File(path) => return Ok(path),
        DeckSource::Input => "standard input is no file, so no times can be written into it",
        DeckSource::Embedded => "the lecture that comes with Lutrin cannot be changed",
    };
    Err(Failure::wrong_use(Diagnostic::new(why).hint("name the deck's file: `lutrin timing talk.md`")))
}

/// Returns the deck's letters, where they can be written back as they were read.
fn utf8<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, Failure> {
    let told = |_| {
        let name = disk::shown(path);
        Diagnostic::new(format!("`{name}` is not UTF-8, so no times are written into it"))
            .hint("save it as UTF-8")
    };
    Ok(std::str::from_utf8(bytes).map_err(told)?)
}

/// Returns the runs of a deck, the oldest first, and tells of those that cannot be read.
fn runs(place: &DeckSource, timing: &TimingArgs) -> Result<Vec<Run>, Failure> {
    let own = |path: &PathBuf| Ok(Records::in_file(path));
    let (runs, diagnostics) = timing.record.as_ref().map_or_else(|| Records::of(place), own)?.runs();
    tell(&diagnostics);
    Ok(runs.into_iter().map(|kept| kept.run).collect())
}

/// Why no slide has a time.
#[derive(Debug, PartialEq, Eq)]
enum Lacking {
    /// No run is kept.
    Runs,
    /// So many are kept, but the one that is meant is not among them.
    Run(RunChoice, usize),
    /// No run has shown any of the slides for long enough.
    Laps,
}

impl Lacking {
    fn of(self, place: &DeckSource) -> Diagnostic {
        let deck = place.argument();
        let rehearse = format!("`lutrin rehearse {deck}` records one");
        match self {
            Self::Runs => Diagnostic::new(format!("no run of `{deck}` is kept")).hint(rehearse),
            Self::Run(RunChoice::Number(number), count) => {
                Diagnostic::new(format!("there is no run {number}: {count} are kept"))
                    .hint(format!("`lutrin report --runs {deck}` lists them"))
            }
            Self::Run(..) => Diagnostic::new(format!("no run of `{deck}` has come to its last slide"))
                .hint("`--run median` takes what there is of each slide"),
            Self::Laps => {
                Diagnostic::new("no run tells how long a slide of the deck takes, as it is written now")
                    .hint(format!("shorter runs than a minute don't count; {rehearse}"))
            }
        }
    }
}

/// Returns the whole seconds that each slide took; nothing for those that were not shown, and for those that don't count.
fn seconds(entries: &[Entry], runs: &[Run], times: Times) -> Result<Vec<Option<u64>>, Lacking> {
    let chosen = match times {
        _ if runs.is_empty() => return Err(Lacking::Runs),
        Times::Median => None,
        Times::Of(which) => Some(history::choose(runs, which).ok_or(Lacking::Run(which, runs.len()))?),
    };
    let took = |entry: &Entry| match chosen {
        None => history::median(&history::laps(runs, &entry.key)),
        Some(run) => {
            runs[run].spent.get(&entry.key).filter(|spent| spent.visits > 0).map(|spent| spent.seconds)
        }
    };
    // Nought would say that the slide has no time of its own.
    let whole = |seconds: f64| (seconds.round() as u64).max(1);
    let all: Vec<_> = entries
        .iter()
        .map(|entry| Some(entry).filter(|entry| entry.counts).and_then(took).map(whole))
        .collect();
    if all.iter().any(Option::is_some) { Ok(all) } else { Err(Lacking::Laps) }
}

/// Returns what changes in the deck, coloured where that can be seen.
fn shown(path: &Path, deck: &Deck, found: &parse::TimingEdits) -> String {
    let colored =
        std::io::stdout().is_terminal() && Capabilities::of_environment().colors != ColorDepth::None;
    difference::of(&disk::shown(path), &deck.text, &edited(&deck.text, &found.edits), colored)
}

/// Asks whoever sits at the terminal; without one, nobody can say yes.
fn is_wished(question: &str) -> Result<bool, Failure> {
    confirm(question).ok_or_else(|| {
        Failure::wrong_use(
            Diagnostic::new("nothing is written, for there is no terminal to ask on")
                .hint("`--yes` writes without asking, `--dry-run` only shows the difference"),
        )
    })
}

/// Says what is odd, on standard error; that nobody hears it is no failure.
fn tell(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let _ = writeln!(std::io::stderr(), "lutrin: {}", sanitize(&diagnostic.to_string()));
    }
}

fn these_lines(count: usize) -> String {
    if count == 1 { "this line".to_owned() } else { format!("these {count} lines") }
}

#[cfg(test)]
mod tests;
