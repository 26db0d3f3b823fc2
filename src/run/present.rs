//! `lutrin` and `lutrin rehearse`: presents a deck, or rehearses it, until its speaker leaves.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use ratatui::layout::Size;

use super::report;
use crate::app::{self, Mode, Opening};
use crate::cli::{Cli, CliCommand, Options, RehearseArgs, TimeOptions};
use crate::common::{Failure, open};
use crate::disk::DeckSource;
use crate::present::ClockVisibility;
use crate::source::Diagnostic;

/// Presents or rehearses the deck that the command line names; after a rehearsal, prints the report of the run.
pub(super) fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    let invocation = Invocation::of(cli);
    has_order(&invocation.time)?;
    if !std::io::stdout().is_terminal() {
        return Err(Diagnostic::new("standard output is not a terminal, so nothing can be presented on it")
            .hint("to write the slides' words: `lutrin export`")
            .into());
    }
    let opening = invocation.open()?;
    let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    if cli.plain || (is_dumb && matches!(opening.mode, Mode::Present)) {
        return app::run_plain(&opening.place, &opening.deck, &opening.options);
    }
    if let Some(runs) = app::run(opening)? {
        report::show(&runs, runs.len() - 1, &cli.options)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns what a talk begins with that the command line asks for: `lutrin`, or `lutrin rehearse`.
///
/// # Errors
/// The deck cannot be read, or one of its separators is no regular expression.
pub fn opening(cli: &Cli) -> Result<Opening, Failure> {
    let invocation = Invocation::of(cli);
    has_order(&invocation.time)?;
    invocation.open()
}

/// What the command line says of a talk.
struct Invocation<'a> {
    deck: Option<&'a Path>,
    options: &'a Options,
    mode: Mode,
    clock: ClockVisibility,
    time: TimeOptions,
    is_recorded: bool,
}

impl<'a> Invocation<'a> {
    fn of(cli: &'a Cli) -> Self {
        let options = &cli.options;
        if let Some(CliCommand::Rehearse(RehearseArgs { deck, time, stage, no_record })) = &cli.command {
            return Self {
                deck: deck.as_deref().or(cli.deck.as_deref()),
                options,
                mode: Mode::Rehearse { terminal: stage.map(Size::from) },
                clock: ClockVisibility::Line,
                time: time.clone(),
                is_recorded: !no_record,
            };
        }
        let time = cli.time.clone();
        Self {
            deck: cli.deck.as_deref(),
            options,
            mode: Mode::Present,
            clock: if cli.timer { ClockVisibility::Mark } else { ClockVisibility::Hidden },
            is_recorded: time.record.is_some(),
            time,
        }
    }

    fn open(self) -> Result<Opening, Failure> {
        let Self { deck, options, mode, clock, time, is_recorded } = self;
        let place = DeckSource::named(deck);
        let deck = open(&place, options)?;
        Ok(Opening { deck, place, options: options.clone(), mode, clock, time, is_recorded })
    }
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
