//! What may be asked for around rehearsals: the time of a talk, its runs, their report, and times for the deck.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::civil::Time;

use crate::rehearsal::history::RunChoice;
use crate::text::parse_time;

/// So far from the plan is on time, where nothing else is said.
const TOLERANCE: Duration = Duration::from_mins(1);

/// What to rehearse, and how.
#[derive(Debug, Args)]
pub struct RehearseArgs {
    /// The deck: a Markdown file, or `-` for standard input; without one, the lecture that comes with Lutrin
    pub deck: Option<PathBuf>,
    /// Show the slides as large as on the projector: the columns and rows of its terminal
    #[arg(long, value_name = "COLSxROWS", value_parser = size)]
    pub stage: Option<(u16, u16)>,
    /// Keep nothing of this run
    #[arg(long, conflicts_with = "record")]
    pub no_record: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub time: TimeOptions,
}

/// What the time of a talk is given by, and where it is written down.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Time")]
pub struct TimeOptions {
    /// How long the talk may take: `45m`, `1h10m`, `1:30` (a minute and a half), `90` (seconds)
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub duration: Option<Duration>,
    /// When it begins: the clock counts down to it
    #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
    pub start: Option<Time>,
    /// When it has to be over, whenever it begins
    #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
    pub end: Option<Time>,
    /// So far from the plan is still on time
    #[arg(long, value_name = "TIME", value_parser = time, default_value = "60s")]
    pub tolerance: Duration,
    /// Give slides equal shares of the time, rather than by what they hold
    #[arg(long)]
    pub equal: bool,
    /// Only the slides from this one on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub from: Option<u64>,
    /// The slides after this one do not count
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub until: Option<u64>,
    /// Write the run into this file, rather than among the others
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

impl TimeOptions {
    /// Returns whether anything of them stands on the command line.
    pub fn are_given(&self) -> bool {
        let Self { duration, start, end, tolerance, equal, from, until, record } = self;
        let number = from.is_some() || until.is_some() || *equal;
        let hours = start.is_some() || end.is_some() || *tolerance != TOLERANCE;
        duration.is_some() || hours || number || record.is_some()
    }
}

fn time(written: &str) -> Result<Duration, String> {
    parse_time(written)
        .ok_or_else(|| "write a length of time as `45m`, `1h10m30s`, `1:30` or `90`".to_owned())
}

fn time_of_day(written: &str) -> Result<Time, String> {
    let parts = written.split_once(':').filter(|(_, minute)| minute.len() == 2);
    let parsed = parts.and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    let time = parsed.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.ok_or_else(|| "write a time of day as `18:30`".to_owned())
}

pub(super) fn size(written: &str) -> Result<(u16, u16), String> {
    let (columns, rows) = written.split_once(['x', 'X', '×']).unwrap_or_default();
    match (columns.parse(), rows.parse()) {
        (Ok(columns @ 1..=1000), Ok(rows @ 1..=1000)) => Ok((columns, rows)),
        _ => Err("write columns and rows as `80x24`".to_owned()),
    }
}

/// Which run to tell of, and how.
#[derive(Debug, Clone, Default, Args)]
pub struct ReportArgs {
    /// The deck that was rehearsed; without one, the lecture that comes with Lutrin
    pub deck: Option<PathBuf>,
    /// As words for people, or as numbers for spreadsheets and programs
    #[arg(long, short, value_enum, default_value = "text")]
    pub format: ReportFormatArg,
    /// The run: `last` (complete) one, `best` one, or its number
    #[arg(long, value_name = "last|best|N", value_parser = which, conflicts_with_all = ["runs", "compare", "forget"])]
    pub run: Option<RunChoice>,
    /// List all runs
    #[arg(long, conflicts_with_all = ["compare", "forget", "sort"])]
    pub runs: bool,
    /// Put two runs side by side
    #[arg(long, num_args = 2, value_names = ["A", "B"], value_parser = which, conflicts_with = "forget")]
    pub compare: Option<Vec<RunChoice>>,
    /// Delete a run, after asking
    #[arg(long, value_name = "N", value_parser = which, conflicts_with = "sort")]
    pub forget: Option<RunChoice>,
    /// Do not ask before deleting
    #[arg(long, short, requires = "forget")]
    pub yes: bool,
    /// The slides in the order of the talk, or those first that cost most
    #[arg(long, value_enum, default_value = "order")]
    pub sort: Sort,
    /// The file that the runs were recorded in, where it is not the usual place
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormatArg {
    /// Words and tables, with charts on a terminal
    #[default]
    Text,
    /// Markdown
    Md,
    /// A line for each slide
    Csv,
    /// All numbers: of each slide its number, title, plan, seconds and visits, and more
    Json,
    /// A page for a browser
    Html,
}

/// The order of slides in a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// That of the talk
    #[default]
    Order,
    /// What took most more than planned first; without a plan, what took longest
    Cost,
}

/// Reads which run is meant.
fn which(word: &str) -> Result<RunChoice, String> {
    match (word, word.parse()) {
        ("last", _) => Ok(RunChoice::Last),
        ("best", _) => Ok(RunChoice::Best),
        (_, Ok(number @ 1..)) => Ok(RunChoice::Number(number)),
        _ => Err("runs are named `last`, `best`, or by a number from 1".to_owned()),
    }
}

/// Which times to write into which deck.
#[derive(Debug, Args)]
pub struct TimingArgs {
    /// The deck: a Markdown file
    pub deck: Option<PathBuf>,
    /// Whose times: the median of the last runs, or those of one run: `last`, `best` or its number
    #[arg(long, value_name = "WHICH", default_value = "median")]
    pub run: Times,
    /// Write without asking
    #[arg(long, short, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Show what would be written, and write nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// Take the runs from this file, rather than from where they are kept
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// Whose times are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// For each slide, the middle one of its last runs.
    Median,
    /// Those of one run.
    Of(RunChoice),
}

impl FromStr for Times {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        if written == "median" {
            return Ok(Self::Median);
        }
        which(written).map(Self::Of).map_err(|told| format!("{told}; `median` is of all runs"))
    }
}
