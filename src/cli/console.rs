//! What may be asked for around a talk that runs elsewhere: a console that is joined to it, and single requests.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::protocol::{SHARED, is_address};

/// How to show a talk to its speaker.
#[derive(Debug, Clone, Default, Args)]
pub struct ConsoleArgs {
    /// The deck of the talk, where several talks are running
    pub deck: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub talk: TalkOptions,
    /// Wait for a talk where none is running yet
    #[arg(long)]
    pub wait: bool,
}

/// Which of the running talks is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct TalkOptions {
    /// The talk in this process, as `lutrin remote list` tells it
    #[arg(long, value_name = "PID", value_parser = clap::value_parser!(u32).range(1..))]
    pub talk: Option<u32>,
    /// The talk at this socket, as one that is forwarded from another computer
    #[arg(long, value_name = "PATH", conflicts_with = "talk")]
    pub socket: Option<PathBuf>,
}

/// What to ask of a talk.
#[derive(Debug, Clone, Default, Args)]
pub struct RemoteArgs {
    /// What the talk shall do: `next`, `previous`, `goto 7.2`, `blank`, `pause`, …; `status` tells how it stands, `list`
    /// which talks are running
    #[arg(value_parser = PossibleValuesParser::new(names()))]
    pub request: String,
    /// The slide to go to: its number, or its column and row as `7.2`
    #[arg(value_name = "SLIDE", value_parser = address)]
    pub to: Option<String>,
    /// Tell how the talk stands, as a line of JSON
    #[arg(long)]
    pub json: bool,
    /// The deck of the talk, where several talks are running
    #[arg(long)]
    pub deck: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub talk: TalkOptions,
}

/// Returns the names of all requests, those first that are made most.
fn names() -> impl Iterator<Item = &'static str> {
    let (first, rest) = SHARED.split_at(2);
    let name = |(name, _): &(&'static str, _)| *name;
    first.iter().map(name).chain(["goto", "status", "list"]).chain(rest.iter().map(name))
}

fn address(written: &str) -> Result<String, String> {
    let told = || "write a slide's number, or its column and row as `7.2`".to_owned();
    is_address(written).then(|| written.to_owned()).ok_or_else(told)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::cli::{Cli, CliCommand};

    fn remote(words: &[&str]) -> Option<super::RemoteArgs> {
        let cli = Cli::try_parse_from([&["lutrin", "remote"], words].concat()).ok()?;
        let Some(CliCommand::Remote(remote)) = cli.command else { panic!("{words:?}") };
        Some(remote)
    }

    #[test]
    fn requests_are_known_by_name_and_slides_by_number() {
        let goto = remote(&["goto", "7.2", "--talk", "12"]).expect("it is right");
        assert_eq!(
            (goto.request.as_str(), goto.to.as_deref(), goto.talk.talk),
            ("goto", Some("7.2"), Some(12))
        );
        for right in [&["next"][..], &["blank", "--json"], &["list"], &["status", "--deck", "a.md"]] {
            assert!(remote(right).is_some(), "{right:?}");
        }
        let both = &["next", "--talk", "1", "--socket", "x"];
        for wrong in [&[][..], &["dance"], &["goto", "seven"], &["next", "--talk", "0"], &["follow"], both] {
            assert!(remote(wrong).is_none(), "{wrong:?}");
        }
    }
}
