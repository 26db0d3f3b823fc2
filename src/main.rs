//! The program: reads its command line, runs, and tells how it went.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use lutrin::cli::Cli;

fn main() -> ExitCode {
    lutrin::run::run(&Cli::parse()).unwrap_or_else(|failure| {
        // That nobody can be told is no reason to end otherwise.
        let _ = writeln!(std::io::stderr(), "lutrin: {failure}");
        failure.code()
    })
}
