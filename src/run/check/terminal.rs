//! `lutrin check --terminal`: what the terminal can do, in plain lines, and a test card under them.

use std::env;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use ratatui::buffer::Buffer;

use super::card::Card;
use super::report::{self, Facts};
use crate::cli::Options;
use crate::common::{Failure, query};
use crate::source::Diagnostic;
use crate::terminal::graphics::{EncodedImage, Protocol};
use crate::terminal::{Capabilities, Multiplexer, Output, TerminalProbe, Window, print, tmux};
use crate::theme::Theme;

/// Asks the terminal, tells what it said, and draws the card.
pub(in crate::run) fn terminal(options: &Options) -> Result<ExitCode, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Diagnostic::new("standard output is not a terminal, so there is none to check")
            .hint("run `lutrin check --terminal` in the terminal itself, with its output going nowhere else")
            .into());
    }
    let (probe, heard) = query::ask()?;
    let (capabilities, window) = (Capabilities::of_environment(), Window::current());
    let is_shut_in = probe.multiplexer() == Some(Multiplexer::Tmux) && probe.graphics().protocol.is_none();
    let facts = Facts {
        probe: &probe,
        colors: capabilities.colors,
        window,
        reads_utf8: heard.reads_utf8,
        passthrough: is_shut_in.then(tmux::allows_passthrough).flatten(),
    };
    let theme = theme(options, &probe);
    let graphics = probe.graphics();
    // Past tmux nobody knows where the cursor is. A file would be gone before the terminal has read it.
    let protocol = graphics.protocol.filter(|_| !graphics.through_tmux).map(|protocol| match protocol {
        Protocol::Kitty { .. } => Protocol::Kitty { local: false },
        other => other,
    });
    let card = Card { theme: &theme, cell: probe.cell(&window), has_picture: protocol.is_some() };
    let lines = report::lines(&facts, |name| env::var(name).ok()).join("\n");
    let canvas = card.paint(window.columns);
    let printed = print(&canvas, capabilities.colors);
    let circle = protocol.and_then(|protocol| circle(&card, &canvas, protocol)).unwrap_or_default();
    Output.write_all(&[lines.as_bytes(), b"\n\n", &printed, &circle].concat()).map_err(Failure::terminal)?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the bytes that draw the card's circle as a picture, from the row below the card and back to it.
fn circle(card: &Card<'_>, canvas: &Buffer, protocol: Protocol) -> Option<Vec<u8>> {
    let spot = card.spot(canvas)?;
    let plate = EncodedImage::new(protocol, &[(card.ring(spot), Duration::ZERO)], None).ok()?;
    let way = format!("\x1b7\x1b[{}A\x1b[{}C", spot.up, spot.left);
    Some([way.as_bytes(), &plate.at_cursor(spot.columns, spot.rows), b"\x1b8"].concat())
}

/// Returns the theme that a talk would have here, whose deck chooses none.
fn theme(options: &Options, probe: &TerminalProbe) -> Theme {
    let suited = || probe.background().map(Theme::suited_to);
    options.theme().or_else(suited).unwrap_or_else(Theme::dark)
}
