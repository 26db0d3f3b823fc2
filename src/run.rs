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

use crate::cli::{self, Cli, CliCommand};
use crate::common::{Failure, print};
use crate::source::Diagnostic;
pub use present::opening;

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
        Some(CliCommand::Rehearse(_)) | None => present::run(cli),
        Some(CliCommand::Console(console)) => console::run(console, cli),
        Some(CliCommand::Remote(remote)) => remote::run(remote, cli).map(done),
        Some(CliCommand::Report(report)) => report::run(report, cli).map(done),
        Some(CliCommand::Export(export)) => export::run(export, cli),
        Some(CliCommand::Check(check)) => check::run(check, cli),
        Some(CliCommand::Completions(one)) => print(cli::completions(one.shell)).map(done),
        Some(CliCommand::Man(man)) => print(cli::man(man.command.as_deref())).map(done),
        Some(CliCommand::Show(show)) => show::run(show, &cli.options),
        Some(CliCommand::Timing(timing)) => timing::run(timing, cli).map(done),
    }
}
