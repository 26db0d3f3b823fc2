//! `lutrin` and `lutrin rehearse`: presents a deck, or rehearses it, until its speaker leaves.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use super::report;
use ratatui::layout::Size;

use crate::app::{self, Mode, Opening};
use crate::cli::{Cli, Rehearse, TimeOptions};
use crate::common::{Failure, open};
use crate::disk::Place;
use crate::present::ClockVisibility;
use crate::source::Diagnostic;

/// How a talk is held.
struct Manner {
    mode: Mode,
    clock: ClockVisibility,
    time: TimeOptions,
    is_recorded: bool,
}

/// Presents the deck that the command line names.
pub(super) fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    let clock = if cli.timer { ClockVisibility::Mark } else { ClockVisibility::Hidden };
    let time = cli.time.clone();
    let manner = Manner { mode: Mode::Present, clock, is_recorded: time.record.is_some(), time };
    present(cli.deck.as_deref(), cli, manner)
}

/// Rehearses a deck, and prints the report of the run.
pub(super) fn rehearse(rehearse: &Rehearse, cli: &Cli) -> Result<ExitCode, Failure> {
    let Rehearse { deck, time, stage, no_record } = rehearse;
    let manner = Manner {
        mode: Mode::Rehearse { terminal: stage.map(Size::from) },
        clock: ClockVisibility::Line,
        time: time.clone(),
        is_recorded: !no_record,
    };
    present(deck.as_deref().or(cli.deck.as_deref()), cli, manner)
}

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
    if cli.plain || (is_dumb && matches!(manner.mode, Mode::Present)) {
        return app::run_plain(&place, &deck, &cli.options);
    }
    let Manner { mode, clock, time, is_recorded } = manner;
    let opening = Opening { deck, place, options: cli.options.clone(), mode, clock, time, is_recorded };
    if let Some(runs) = app::run(opening)? {
        report::show(&runs, runs.len() - 1, &cli.options)?;
    }
    Ok(ExitCode::SUCCESS)
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
