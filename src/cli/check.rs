//! What may be asked for around checking: which decks, for which terminals, and how it is told.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::rehearsal::size;

/// What to check.
#[derive(Debug, Clone, Default, Args)]
pub struct CheckArgs {
    /// The decks: Markdown files, or `-` for standard input; without one, the lecture that comes with Lutrin
    #[arg(value_name = "DECK")]
    pub decks: Vec<PathBuf>,
    /// A terminal on which the slides shall fit; may be given again [default: 80x24 and 120x35]
    #[arg(long, value_name = "COLSxROWS", value_parser = size)]
    pub size: Vec<(u16, u16)>,
    /// End with 1 where there are warnings, too
    #[arg(long)]
    pub strict: bool,
    /// How it is told
    #[arg(long, short, value_enum, default_value_t)]
    pub format: CheckFormatArg,
    /// Check this terminal instead: what it can do, with a test card
    #[arg(long, conflicts_with_all = ["decks", "size", "strict", "format"])]
    pub terminal: bool,
}

/// A way to tell what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormatArg {
    /// For people, with the line that each thing is about
    #[default]
    Text,
    /// For programs (docs/checking.md)
    Json,
    /// For GitHub's build servers, which put it beside the lines of a change
    Github,
    /// For tools that collect such things: SARIF 2.1.0
    Sarif,
}
