//! `lutrin check --terminal`: what the terminal can do, in plain lines, and a test card under them.

mod card;
mod report;

use std::env;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::ValueEnum;

use super::{Failure, hearing};
use crate::cli::Options;
use crate::color::Rgb;
use crate::source::Diagnostic;
use crate::terminal::{Capabilities, Multiplexer, Output, Survey, Window, print, tmux};
use crate::theme::Theme;
use card::Card;
use report::Facts;

/// Asks the terminal, tells what it said, and draws the card.
pub(super) fn terminal(options: &Options) -> Result<ExitCode, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Diagnostic::new("standard output is not a terminal, so there is none to check")
            .hint("run `lutrin check --terminal` in the terminal itself, with its output going nowhere else")
            .into());
    }
    let (survey, heard) = hearing::ask()?;
    let (capabilities, window) = (Capabilities::of_environment(), Window::current());
    let is_shut_in = survey.multiplexer() == Some(Multiplexer::Tmux) && survey.graphics().protocol.is_none();
    let facts = Facts {
        survey: &survey,
        colors: capabilities.colors,
        window,
        reads_utf8: heard.reads_utf8,
        passthrough: is_shut_in.then(tmux::allows_passthrough).flatten(),
    };
    let theme = theme(options, &survey);
    let card = Card { theme: &theme, cell: survey.cell(&window) };
    let lines = report::lines(&facts, |name| env::var(name).ok()).join("\n");
    let card = print(&card.paint(window.columns), capabilities.colors);
    Output.write_all(&[lines.as_bytes(), b"\n\n", &card].concat())?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the theme that a talk would have here, whose deck chooses none.
fn theme(options: &Options, survey: &Survey) -> Theme {
    let chosen = options.theme.and_then(|name| Theme::named(name.to_possible_value()?.get_name()));
    let suited = || survey.background().map(|(red, green, blue)| Theme::suited_to(Rgb(red, green, blue)));
    chosen.or_else(suited).unwrap_or_else(Theme::dark)
}
