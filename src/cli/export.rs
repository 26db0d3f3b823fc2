//! What may be asked for around documents: which slides of which decks, in which formats, and where to.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::rehearsal::size;
use crate::export::{ExportFormat, Steps, page};

/// What to write, of which decks.
#[derive(Debug, Clone, Default, Args)]
pub struct ExportArgs {
    /// The decks: Markdown files, or `-` for standard input; without one, the lecture that comes with Lutrin
    #[arg(value_name = "DECK")]
    pub decks: Vec<PathBuf>,
    /// What to write; several are parted by commas. Without it, what the ending of `--output` says, else text
    #[arg(long, short, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<ExportFormatArg>,
    /// The file to write, or a folder, which ends in `/` and is made where there is none; `-` is standard output. `%d` stands
    /// for the slide where each has a file
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Replace a file that Lutrin did not write
    #[arg(long)]
    pub force: bool,
    /// Only these slides: numbers, ranges, and addresses where slides hang below others, as `1,3-5,7.2`
    #[arg(long, value_name = "LIST")]
    pub slides: Option<Selection>,
    /// Draw slides complete, or once for each of their steps
    #[arg(long, value_enum, default_value_t)]
    pub steps: StepsArg,
    /// The stage on which slides are drawn
    #[arg(long, value_name = "COLSxROWS", default_value_t)]
    pub size: StageSizeArg,
    /// Write what the speaker says, too
    #[arg(long)]
    pub notes: bool,
    /// The language of the slides, as `fr` or `pt-BR`; else the front matter's
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Break lines of text after so many columns; 0 breaks none
    #[arg(long, value_name = "COLUMNS", default_value = "80")]
    pub width: usize,
}

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormatArg {
    /// The words of the slides in reading order
    Text,
    /// A handout for the speaker, in Markdown: titles, plan and notes
    Notes,
    /// The deck in plain Markdown, slides parted by `---`
    Md,
    /// The words as data (docs/export-json.md)
    Json,
    /// One page for a browser, which presents it too
    Html,
    /// The slides in coloured letters, for `less -R`
    Ansi,
    /// A page a slide, with text to search and links to follow
    Pdf,
    /// A drawing of each slide
    Svg,
    /// A picture of each slide
    Png,
}

/// Which steps of a slide to draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum StepsArg {
    /// The last one
    #[default]
    Last,
    /// Each
    All,
}

impl From<ExportFormatArg> for ExportFormat {
    fn from(format: ExportFormatArg) -> Self {
        match format {
            ExportFormatArg::Text => Self::Text,
            ExportFormatArg::Notes => Self::Notes,
            ExportFormatArg::Md => Self::Markdown,
            ExportFormatArg::Json => Self::Json,
            ExportFormatArg::Html => Self::Html,
            ExportFormatArg::Ansi => Self::Ansi,
            ExportFormatArg::Pdf => Self::Pdf,
            ExportFormatArg::Svg => Self::Svg,
            ExportFormatArg::Png => Self::Png,
        }
    }
}

impl From<StepsArg> for Steps {
    fn from(steps: StepsArg) -> Self {
        match steps {
            StepsArg::Last => Self::Last,
            StepsArg::All => Self::All,
        }
    }
}

/// Columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageSizeArg(pub (u16, u16));

impl Default for StageSizeArg {
    fn default() -> Self {
        Self(page::USUAL)
    }
}

impl std::fmt::Display for StageSizeArg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.0.0, self.0.1)
    }
}

impl FromStr for StageSizeArg {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        size(written).map(Self)
    }
}

/// Slides as people list them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection(pub Vec<(SlideChoice, SlideChoice)>);

/// A slide as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlideChoice {
    /// By its number, from 1.
    Number(usize),
    /// By its column and row, from 1.
    Address(usize, usize),
}

impl FromStr for Selection {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let part = |part: &str| match part.split_once('-') {
            Some((first, last)) => Some((which(first)?, which(last)?)),
            None => which(part).map(|one| (one, one)),
        };
        let parts: Option<Vec<_>> = written.split(',').map(|word| part(word.trim())).collect();
        parts.map(Self).ok_or_else(|| "write slides as `1,3-5` or `7.2`".to_owned())
    }
}

fn which(written: &str) -> Option<SlideChoice> {
    let number = |written: &str| written.trim().parse().ok().filter(|&number: &usize| number > 0);
    match written.split_once('.') {
        Some((column, row)) => Some(SlideChoice::Address(number(column)?, number(row)?)),
        None => number(written).map(SlideChoice::Number),
    }
}

impl std::fmt::Display for SlideChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Address(column, row) => write!(f, "{column}.{row}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slides_are_listed_as_people_do() {
        let parsed = |written: &str| written.parse::<Selection>().map(|one| one.0);
        let (three, five) = (SlideChoice::Number(3), SlideChoice::Number(5));
        let address = SlideChoice::Address(7, 2);
        assert_eq!(parsed("3, 3-5,7.2"), Ok(vec![(three, three), (three, five), (address, address)]));
        for wrong in ["", "0", "a", "1-", "1,,2", "1.0", "-3", "1-2-3"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_stage_is_written_as_columns_and_rows() {
        assert_eq!("100x30".parse(), Ok(StageSizeArg((100, 30))));
        assert_eq!(StageSizeArg::default().to_string(), "120x34");
        assert!("100".parse::<StageSizeArg>().is_err());
    }
}
