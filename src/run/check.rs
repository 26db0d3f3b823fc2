//! `lutrin check`: which decks are checked, and what becomes of what was found. What is wrong with a deck is found
//! elsewhere.

mod card;
mod files;
mod report;
mod terminal;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use self::files::CheckedFiles;
use crate::check::{self, CheckFormat, CheckOptions, Checked};
use crate::cli::{CheckArgs, CheckFormatArg, Cli};
use crate::common::{Failure, open, print, separators};
use crate::disk::{self, DeckSource};
use crate::source::Severity;
use crate::terminal::{Capabilities, ColorDepth};

/// The terminals of many projectors.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 35)];

/// Checks the decks, and ends with 1 where one of them has an error, or with 2 where one cannot be read.
pub(super) fn run(args: &CheckArgs, cli: &Cli) -> Result<ExitCode, Failure> {
    if args.terminal {
        return terminal::terminal(&cli.options);
    }
    let decks: Vec<_> =
        if args.decks.is_empty() { cli.deck.iter().collect() } else { args.decks.iter().collect() };
    let places: Vec<DeckSource> = match decks.as_slice() {
        [] => vec![DeckSource::Embedded],
        decks => decks.iter().map(|deck| DeckSource::named(Some(deck))).collect(),
    };
    separators(&cli.options)?;
    let mut checked = Vec::new();
    let mut unread = false;
    for place in &places {
        match one(place, args, cli) {
            Ok(deck) => checked.push(deck),
            Err(failure) => {
                unread = true;
                // That nobody hears of it is no reason to end.
                let _ = writeln!(std::io::stderr(), "lutrin: {failure}");
            }
        }
    }
    if !checked.is_empty() || args.format != CheckFormatArg::Text {
        print(check::write(&checked, format(args.format)))?;
    }
    let has = |severity| check::count(&checked, severity) > 0;
    Ok(match (unread, has(Severity::Error) || (args.strict && has(Severity::Warning))) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    })
}

fn one(place: &DeckSource, args: &CheckArgs, cli: &Cli) -> Result<Checked, Failure> {
    let deck = open(place, &cli.options)?;
    let pictures = CheckedFiles::new(place, cli.options.root.as_deref());
    let sizes = if args.size.is_empty() { &SIZES[..] } else { &args.size };
    let separators = separators(&cli.options)?;
    let order = CheckOptions { deck: &deck, separators: &separators, sizes, pictures: &pictures };
    let name = match place {
        DeckSource::Embedded => "kubernetes.md".to_owned(),
        DeckSource::Input => "-".to_owned(),
        DeckSource::File(path) => disk::shown(path),
    };
    Ok(Checked { name, diagnostics: check::check(&order), text: deck.text.clone() })
}

fn format(format: CheckFormatArg) -> CheckFormat {
    match format {
        CheckFormatArg::Text => {
            let has_colors = Capabilities::of_environment().colors != ColorDepth::None;
            CheckFormat::Text { colors: has_colors && std::io::stdout().is_terminal() }
        }
        CheckFormatArg::Json => CheckFormat::Json,
        CheckFormatArg::Github => CheckFormat::Github,
        CheckFormatArg::Sarif => CheckFormat::Sarif,
    }
}
