//! `lutrin console`: which talk is meant, and waiting for one. What a console shows is decided elsewhere.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::Duration;

use super::remote;
use crate::app::{self, Joined};
use crate::cli::{Cli, ConsoleArgs};
use crate::common::Failure;
use crate::socket::{self, ChoiceError};
use crate::source::Diagnostic;

/// So often a talk that is waited for is looked for.
const LOOK: Duration = Duration::from_secs(1);

/// Shows a running talk to its speaker, until the speaker leaves the console.
pub(super) fn run(console: &ConsoleArgs, cli: &Cli) -> Result<ExitCode, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Diagnostic::new("standard output is not a terminal, so no console can be shown on it")
            .hint("for programs there is `lutrin remote status --json`")
            .into());
    }
    let wanted = remote::wanted(&console.talk, console.deck.as_deref().or(cli.deck.as_deref()));
    let mut is_told = false;
    loop {
        let failure = match socket::choose(&wanted) {
            Ok(path) => match Joined::new(&path, &wanted) {
                Ok(joined) => return app::follow(joined, &cli.options).map(|()| ExitCode::SUCCESS),
                Err(diagnostic) => diagnostic.into(),
            },
            Err(many @ ChoiceError::Several(_)) => return Err(remote::unclear(many)),
            Err(none) => remote::unclear(none),
        };
        if !console.wait {
            return Err(failure);
        }
        if !is_told {
            let _ = writeln!(std::io::stderr(), "lutrin: waiting for the talk to begin; Ctrl-C ends it");
            is_told = true;
        }
        sleep(LOOK);
    }
}
