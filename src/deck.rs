//! What is said: the talk as its author wrote it, as a tree. How it looks and where it stands is not known here.

pub mod address;
pub mod attributes;
pub mod block;
pub mod fragment;
pub mod inline;
pub mod meta;
pub mod revision;
pub mod walk;

use std::ops::Range;
use std::sync::Arc;

pub use attributes::{Attributes, Backdrop, Background};
pub use block::{
    Align, Block, BoxStyle, Code, CodeLines, CodeStep, Definition, Frame, Grid, GridCell, Kind, Length, List,
    ListItem, Marker, Picture, PictureRanges, Sides, Table, TableCell,
};
pub use fragment::{Change, Fragment};
pub use inline::{Flags, Inline, Marks};
pub use meta::{Meta, SlideNumber};
pub use revision::{Landing, Revision};

use crate::source::{Diagnostic, LineCounter, Passage, SourceRange};

/// A deck that has been split but not parsed: opening splits, showing parses.
#[derive(Debug, Clone, Default)]
pub struct Deck {
    /// What the front matter says.
    pub meta: Meta,
    /// The whole text, line ends normalised.
    pub text: Arc<str>,
    /// Where each slide stands in the text, in the order of the talk.
    pub slides: Vec<SlideSource>,
    /// What was odd while reading and splitting.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a slide stands in the deck's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlideSource {
    /// The bytes of the deck's text that the slide shows.
    pub range: Range<usize>,
    /// The bytes of the deck's text that only the speaker sees, without the word that opens them.
    pub notes: Option<Range<usize>>,
    /// The line of the file, from 1, on which its first words stand.
    pub line: usize,
    /// Whether it hangs below the slide before it, as reveal's vertical slides do.
    pub vertical: bool,
    /// Whether it has no number of its own and is left out of the count.
    pub uncounted: bool,
    /// Its column and its row, from 1; see [`address::assign`].
    pub address: (usize, usize),
    /// How many slides are counted up to it.
    pub number: usize,
}

/// One screen of the talk.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slide {
    /// What it shows, from top to bottom.
    pub blocks: Vec<Block>,
    /// What is for the speaker only.
    pub notes: Vec<Block>,
    /// The last step; 0 where nothing changes.
    pub steps: u16,
    /// What its author says of it as a whole.
    pub attributes: Attributes,
    /// What could not be read as written.
    pub diagnostics: Vec<Diagnostic>,
}

impl Deck {
    /// Returns the Markdown of the slide at `index` (from 0), without its notes; empty beyond the last.
    pub fn slide_text(&self, index: usize) -> &str {
        self.slides.get(index).and_then(|slide| self.text.get(slide.range.clone())).unwrap_or_default()
    }

    /// Returns all that is written of the slide at `index` (from 0), its notes included; empty beyond the last.
    pub fn source(&self, index: usize) -> &str {
        let Some(slide) = self.slides.get(index) else { return "" };
        let end = slide.notes.as_ref().map_or(slide.range.end, |notes| notes.end.max(slide.range.end));
        self.text.get(slide.range.start..end).unwrap_or_default()
    }

    /// Returns the Markdown of the notes that a word such as `Note:` opens on the slide at `index` (from 0); empty where
    /// it has none.
    pub fn notes_text(&self, index: usize) -> &str {
        let notes = self.slides.get(index).and_then(|slide| slide.notes.clone());
        notes.and_then(|notes| self.text.get(notes)).unwrap_or_default()
    }

    /// Returns where these notes begin in the slide's source.
    pub fn notes_start(&self, index: usize) -> usize {
        let start = |slide: &SlideSource| Some(slide.notes.as_ref()?.start.saturating_sub(slide.range.start));
        self.slides.get(index).and_then(start).unwrap_or_default()
    }

    /// Returns what is written at `range` of the source of the slide at `index` (from 0); nothing where that is unknown.
    pub fn written(&self, index: usize, range: SourceRange) -> &str {
        range.bytes().and_then(|bytes| self.source(index).get(bytes)).unwrap_or_default()
    }

    /// Gives each of `diagnostics` the slide at `index` (from 0), and its line and columns in the deck's file. One that is
    /// about the slide as a whole is at the slide's first line.
    pub fn place(&self, index: usize, diagnostics: &mut [Diagnostic]) {
        let mut passages = self.passages(index);
        for diagnostic in diagnostics {
            diagnostic.slide = Some(index + 1);
            if diagnostic.columns.is_some() {
                continue;
            }
            match passages(diagnostic.range) {
                Some(Passage { line, columns }) => {
                    (diagnostic.line, diagnostic.columns) = (Some(line), Some(columns));
                }
                None => diagnostic.line = diagnostic.line.or(self.slides.get(index).map(|slide| slide.line)),
            }
        }
    }

    /// Returns the line of the deck's file, from 1, on which `range` of the source of the slide at `index` (from 0) begins;
    /// the slide's first line where that is unknown.
    pub fn line(&self, index: usize, range: SourceRange) -> usize {
        let first = self.slides.get(index).map_or(1, |slide| slide.line);
        self.passages(index)(range).map_or(first, |passage| passage.line)
    }

    /// Returns what finds passages of the slide at `index` (from 0) in the deck's file.
    fn passages(&self, index: usize) -> impl FnMut(SourceRange) -> Option<Passage> {
        let slide = self.slides.get(index);
        let (start, line) = slide.map_or((0, 1), |slide| (slide.range.start, slide.line));
        // A slide may begin in the middle of a line, behind its separator.
        let before = self.text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let mut counter = LineCounter::new(self.text.get(line_start..).unwrap_or_default(), line);
        move |range| {
            let bytes = range.bytes()?;
            Some(counter.passage(start - line_start + bytes.start..start - line_start + bytes.end))
        }
    }
}

impl Slide {
    /// Returns the slide's first heading as plain text, else its first words, else nothing.
    pub fn title(&self) -> Option<String> {
        walk::heading(&self.blocks)
            .or_else(|| walk::first_words(&self.blocks))
            .filter(|title| !title.is_empty())
    }

    /// Returns where each of its pictures is, as written, the one behind it too.
    pub fn sources(&self) -> Vec<&str> {
        let behind = self.attributes.background.picture.iter().map(|picture| picture.source.as_str());
        walk::pictures(&self.blocks).iter().map(|picture| picture.source.as_str()).chain(behind).collect()
    }

    /// Returns the level-1 heading that is all the slide holds, where it is a title slide.
    pub fn title_only(&self) -> Option<&[Inline]> {
        match self.blocks.as_slice() {
            [Block { kind: Kind::Heading { level: 1, inlines }, .. }] => Some(inlines),
            [Block { kind: Kind::Group(blocks), style, .. }] if style.is_none() => match blocks.as_slice() {
                [Block { kind: Kind::Heading { level: 1, inlines }, .. }] => Some(inlines),
                _ => None,
            },
            _ => None,
        }
    }
}
