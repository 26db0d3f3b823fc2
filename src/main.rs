//! The program: reads its command line, runs, and tells how it went.

use std::process::ExitCode;

use clap::Parser;
use lutrin::cli::Cli;

fn main() -> ExitCode {
    lutrin::run::run(&Cli::parse()).unwrap_or_else(|failure| {
        eprintln!("lutrin: {failure}");
        failure.code()
    })
}
