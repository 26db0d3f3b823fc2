//! What the program does: a file a command, and here the choice among them.

mod check;
mod confirm;
mod console;
mod export;
mod present;
mod remote;
mod report;
mod show;
mod timing;

use std::process::ExitCode;

use crate::cli::{self, Cli, Command};
use crate::common::{Failure, print};
use crate::source::Diagnostic;

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
    let done = |()| ExitCode::SUCCESS;
    match &cli.command {
        Some(Command::Rehearse(rehearse)) => present::rehearse(rehearse, cli),
        Some(Command::Console(console)) => console::run(console, cli),
        Some(Command::Remote(remote)) => remote::run(remote, cli).map(done),
        Some(Command::Report(report)) => report::run(report, cli).map(done),
        Some(Command::Export(export)) => export::run(export, cli),
        Some(Command::Check(check)) => check::run(check, cli),
        Some(Command::Completions(one)) => print(cli::completions(one.shell)).map(done),
        Some(Command::Man(man)) => print(cli::man(man.command.as_deref())).map(done),
        Some(Command::Show(show)) => show::run(show, &cli.options),
        Some(Command::Timing(timing)) => timing::run(timing, cli).map(done),
        None => present::run(cli),
    }
}
