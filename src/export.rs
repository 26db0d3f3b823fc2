//! A deck as other documents: bytes come out, somebody else writes them.

mod address;
mod ansi;
mod data;
#[cfg(feature = "pages")]
mod emoji;
#[cfg(feature = "pages")]
mod fonts;
mod html;
#[cfg(feature = "pages")]
mod ink;
mod json;
mod markdown;
mod notes;
pub mod page;
#[cfg(feature = "pages")]
mod pdf;
mod plan;
#[cfg(feature = "pages")]
mod png;
#[cfg(feature = "pages")]
mod sheet;
#[cfg(feature = "pages")]
mod svg;
mod text;

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use ratatui::buffer::Buffer;

use crate::deck::{Block, Deck, Kind, Slide, walk};
use crate::layout::{Stage, Supply};
use crate::parse;
use crate::source::Diagnostic;
use crate::theme::Theme;

/// A talk's title is looked for on so many slides.
const FIRST: usize = 3;

/// A format in which a deck is one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// The words of the slides, in reading order.
    Text,
    /// What the speaker has to say, in Markdown.
    Notes,
    /// The deck in Markdown that everybody knows.
    Markdown,
    /// The words as data.
    Json,
    /// A page for a browser.
    Html,
    /// The slides in coloured letters.
    Ansi,
    /// A page a slide, for reading and for paper.
    Pdf,
    /// A drawing of each slide.
    Svg,
    /// A picture of each slide.
    Png,
}

/// What of a slide's steps is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Steps {
    /// The slide as it is at its last step.
    #[default]
    Last,
    /// The slide once for each of its steps.
    All,
}

/// What is to be written, and how.
pub struct ExportOptions<'a> {
    /// The deck.
    pub deck: &'a Deck,
    /// The slides, from 0, in the order in which they are written.
    pub slides: &'a [usize],
    /// Which of their steps, where slides are drawn.
    pub steps: Steps,
    /// The stage on which they are drawn.
    pub stage: Stage,
    /// The colours.
    pub theme: &'a Theme,
    /// Whether the speaker's notes are written too.
    pub notes: bool,
    /// The language, as BCP 47 names it.
    pub lang: Option<&'a str>,
    /// How many cells wide lines of text may be; 0 breaks none.
    pub width: usize,
    /// What is not in the deck.
    pub shelf: &'a dyn DocumentResources,
    /// When it is written, in seconds since 1970, where that is told at all.
    pub date: Option<i64>,
    /// Is told after each slide that it is done.
    pub done: &'a dyn Fn(),
}

/// What documents need that is not in the deck.
pub trait DocumentResources: Supply {
    /// Returns the picture that the deck names so.
    ///
    /// # Errors
    /// Tells, for a person, why there is none.
    fn file(&self, source: &str) -> Result<DocumentFile, String>;

    /// Returns where the picture is that the deck names so, as its [`DocumentFile`] tells it; nothing where there is none.
    fn path(&self, source: &str) -> Option<String> {
        self.file(source).ok().map(|file| file.path)
    }

    /// Returns a font of the system that has this letter.
    fn font(&self, letter: char) -> Option<Font>;

    /// Returns cells as a terminal reads them, a line for each row.
    fn printed(&self, canvas: &Buffer) -> Vec<u8>;
}

/// A picture's file.
#[derive(Debug, Clone)]
pub struct DocumentFile {
    /// Where it is from the deck's folder; its name where it is elsewhere.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// A font, as a face of a file.
#[derive(Debug, Clone)]
pub struct Font {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Which of its faces, from 0.
    pub face: u32,
}

impl ExportOptions<'_> {
    /// Returns the slides, each read when its turn comes: the index from 0, and the slide.
    pub(crate) fn read(&self) -> impl Iterator<Item = (usize, Slide)> {
        self.slides.iter().map(|&index| (index, parse::slide(self.deck, index)))
    }

    /// Returns the number by which the audience knows a slide: uncounted ones share it with the one before.
    pub(crate) fn number(&self, index: usize) -> usize {
        self.deck.number(index)
    }

    /// Returns the column and the row of a slide, as `7.2`, where slides hang below others.
    pub(crate) fn position(&self, index: usize) -> Option<String> {
        let (column, row) = self.deck.address(index);
        self.deck.has_stacks().then(|| format!("{column}.{row}"))
    }

    /// Returns the talk's title: the front matter's, else the first heading on the first slides.
    pub(crate) fn title(&self) -> Option<String> {
        let heading = |index| walk::heading(&parse::slide(self.deck, index).blocks);
        let first = || (0..self.deck.slides.len().min(FIRST)).find_map(heading);
        self.deck.meta.title.clone().or_else(first)
    }
}

/// Returns what a slide shows. Where it is only the picture behind it, that is a picture like others.
fn shown(slide: &Slide) -> Cow<'_, [Block]> {
    match &slide.attributes.background.picture {
        Some(behind) if walk::is_blank(&slide.blocks) => {
            Cow::Owned(vec![Kind::Pictures(vec![behind.as_picture()]).into()])
        }
        _ => Cow::Borrowed(&slide.blocks),
    }
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Notes,
        Self::Markdown,
        Self::Json,
        Self::Html,
        Self::Ansi,
        Self::Pdf,
        Self::Svg,
        Self::Png,
    ];

    /// Returns the ending of its files' names, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Notes => "notes.md",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Html => "html",
            Self::Ansi => "ansi",
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// Returns whether it is letters, which a terminal or another program reads.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Pdf | Self::Svg | Self::Png)
    }

    /// Returns whether every slide becomes a file of its own.
    pub fn is_files(self) -> bool {
        matches!(self, Self::Svg | Self::Png)
    }

    /// Returns whether a file of this format was written by Lutrin, by the mark that each of them carries.
    pub fn is_ours(self, bytes: &[u8]) -> bool {
        let mark: &[u8] = match self {
            Self::Text => return bytes.starts_with("── ".as_bytes()),
            Self::Ansi => b"\xe2\x94\x80\xe2\x94\x80 ",
            Self::Notes | Self::Markdown | Self::Svg => b"<!-- generator: Lutrin -->",
            Self::Json => b"\"generator\": \"Lutrin\"",
            Self::Html => b"<meta name=\"generator\" content=\"Lutrin\">",
            Self::Pdf => b"<xmp:CreatorTool>Lutrin</xmp:CreatorTool>",
            Self::Png => b"Software\0Lutrin",
        };
        bytes.windows(mark.len()).any(|window| window == mark)
    }
}

/// Writes the slides as one document, as they are read; returns what could not be written as it should.
///
/// # Errors
/// Those of `out`.
pub fn write(
    order: &ExportOptions<'_>,
    format: ExportFormat,
    out: &mut dyn Write,
) -> io::Result<Vec<Diagnostic>> {
    match format {
        ExportFormat::Text => text::write(order, out),
        ExportFormat::Notes => notes::write(order, out),
        ExportFormat::Markdown => markdown::write(order, out),
        ExportFormat::Json => json::write(order, out),
        ExportFormat::Html => html::write(order, out),
        ExportFormat::Ansi => ansi::write(order, out),
        #[cfg(feature = "pages")]
        ExportFormat::Pdf => pdf::write(order, out),
        _ => files(order, format, &mut |_, bytes| out.write_all(bytes)),
    }
}

/// Draws every page as a file of its own, and hands it over with the page's name: `7`, or `7-2` for a slide's second page.
/// Returns what could not be drawn as it should.
///
/// # Errors
/// Those of `take`.
pub fn files(
    order: &ExportOptions<'_>,
    format: ExportFormat,
    take: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Vec<Diagnostic>> {
    match format {
        #[cfg(feature = "pages")]
        ExportFormat::Svg => svg::files(order, take),
        #[cfg(feature = "pages")]
        ExportFormat::Png => png::files(order, take),
        other => {
            let _ = (order, take);
            let told = "it is not in this Lutrin, which was built without the feature `pages`";
            Err(io::Error::other(format!("`{}`: {told}", other.ending())))
        }
    }
}
