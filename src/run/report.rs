//! `lutrin report`: what the recorded runs of a deck say. The deck itself is not opened: it may be gone.

use std::io::{IsTerminal, Write};

use jiff::tz::TimeZone;

use super::confirm::confirm;
use crate::cli::{self, Cli, Options, ReportFormatArg, Sort};
use crate::common::{Failure, print};
use crate::disk::{self, DeckSource, Records, StoredRun};
use crate::rehearsal::Run;
use crate::rehearsal::history::{RunChoice, choose};
use crate::report::{Comparison, Report, ReportFormat, Reportable, Runs, Summary, screen, shown, write};
use crate::source::Diagnostic;
use crate::terminal::{Capabilities, Window, print as printed};
use crate::text::sanitize;
use crate::theme::Theme;

/// Lines of text go no further where there is no terminal to be as wide as.
const WIDTH: usize = 80;

/// Tells of a run, lists all, compares two, or forgets one.
pub(super) fn run(args: &cli::ReportArgs, cli: &Cli) -> Result<(), Failure> {
    let place = DeckSource::named(args.deck.as_deref().or(cli.deck.as_deref()));
    let records = match &args.record {
        Some(path) => Records::in_file(path),
        None => Records::of(&place)?,
    };
    let (kept, damaged) = records.runs();
    for diagnostic in damaged {
        // That nobody hears of it is no reason to end.
        let _ = writeln!(std::io::stderr(), "lutrin: {}", sanitize(&diagnostic.to_string()));
    }
    if kept.is_empty() {
        return Err(none_recorded(args, &place)?.into());
    }
    let runs: Vec<Run> = kept.iter().map(|kept| kept.run.clone()).collect();
    let chosen = |which| chosen(&runs, which, &place);
    if let Some(which) = args.forget {
        return forget(&records, &kept, chosen(which)?, args.yes);
    }
    if args.runs {
        let title = runs.last().map(|run| run.header.title.as_str()).unwrap_or_default();
        let runs = Runs { title: sanitize(title).into_owned(), runs: Summary::all(&runs) };
        return tell(&runs, args.format, &cli.options);
    }
    if let Some([a, b]) = args.compare.as_deref() {
        let mut comparison = Comparison::new(&runs, chosen(*a)?, chosen(*b)?);
        if args.sort == Sort::Cost {
            comparison.sort_by_cost();
        }
        return tell(&comparison, args.format, &cli.options);
    }
    let mut report = Report::new(&runs, chosen(args.run.unwrap_or_default())?);
    if args.sort == Sort::Cost {
        report.sort_by_cost();
    }
    tell(&report, args.format, &cli.options)
}

/// Prints the report of a run as `lutrin report` does, charts included where standard output is a terminal. `runs` has the
/// oldest first, and `index` is one of them.
pub(super) fn show(runs: &[Run], index: usize, options: &Options) -> Result<(), Failure> {
    tell(&Report::new(runs, index), ReportFormatArg::Text, options)
}

fn tell(reportable: &impl Reportable, format: ReportFormatArg, options: &Options) -> Result<(), Failure> {
    let zone = TimeZone::system();
    let format = match format {
        ReportFormatArg::Text if std::io::stdout().is_terminal() => {
            let columns = Window::current().columns;
            let canvas = screen(reportable, columns, &theme(options), &zone);
            return print(printed(&canvas, Capabilities::of_environment().colors));
        }
        ReportFormatArg::Text => ReportFormat::Text,
        ReportFormatArg::Md => ReportFormat::Markdown,
        ReportFormatArg::Csv => ReportFormat::Csv,
        ReportFormatArg::Json => ReportFormat::Json,
        ReportFormatArg::Html => ReportFormat::Html,
    };
    print(write(reportable, format, &zone, WIDTH))
}

/// Returns the theme that was asked for, else that of the terminal's own colours: what is printed stays among other lines.
fn theme(options: &Options) -> Theme {
    options.theme().unwrap_or_else(Theme::terminal)
}

/// Deletes a run, where somebody says that it shall be.
fn forget(records: &Records, kept: &[StoredRun], index: usize, is_sure: bool) -> Result<(), Failure> {
    let summary = Summary::new(index + 1, &kept[index].run);
    let started = summary.started.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
    let what = format!("run {} ({started}, {})", summary.run, shown(summary.total_seconds));
    if !is_sure {
        match confirm(&format!("forget {what}?")) {
            Some(true) => {}
            Some(false) => return print(b"nothing is forgotten\n"),
            None => {
                return Err(Failure::wrong_use(
                    Diagnostic::new(format!("there is nobody to ask whether to forget {what}"))
                        .hint("`--yes` forgets it without asking"),
                ));
            }
        }
    }
    records.forget(&kept[index])?;
    print(format!("{what} is forgotten\n"))
}

/// Returns the index of the run that is meant; where it is not there, those that are.
fn chosen(runs: &[Run], which: RunChoice, place: &DeckSource) -> Result<usize, Failure> {
    let failed = |message: String| {
        let numbers = if runs.len() == 1 {
            "there is run 1".to_owned()
        } else {
            format!("there are runs 1 to {}", runs.len())
        };
        let list = format!("lutrin report {}", place.argument());
        Diagnostic::new(message).hint(format!("{numbers}; `{} --runs` lists them", list.trim_end())).into()
    };
    choose(runs, which).ok_or_else(|| match which {
        RunChoice::Number(number) => failed(format!("there is no run `{number}`")),
        _ => failed("no run is complete, so none is the best".to_owned()),
    })
}

/// Returns the message that there is no run, or that there is not even a deck.
fn none_recorded(args: &cli::ReportArgs, place: &DeckSource) -> Result<Diagnostic, Diagnostic> {
    let rehearse = format!("lutrin rehearse {}", place.argument());
    if let Some(path) = &args.record {
        let (file, rehearse) = (disk::shown(path), rehearse.trim_end());
        let hint = format!("`{rehearse} --record {file}` records one");
        return Ok(Diagnostic::new(format!("no run is recorded in `{file}`")).hint(hint));
    }
    let name = match place {
        DeckSource::Embedded => "the lecture that comes with Lutrin".to_owned(),
        DeckSource::Input => "a deck on standard input".to_owned(),
        DeckSource::File(path) => {
            // A slip in the name is likelier than a deck that was never rehearsed and is gone.
            place.read()?;
            format!("`{}`", disk::shown(path))
        }
    };
    let hint = format!("`{}` records one", rehearse.trim_end());
    Ok(Diagnostic::new(format!("no run of {name} is recorded yet")).hint(hint))
}
