//! The blocks of a slide: what stands below or beside what.

use std::sync::Arc;

use super::fragment::Fragment;
use super::inline::Inline;
use crate::color::Rgb;

/// A part of a slide with its place among the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// How its text stands, where the author says so.
    pub align: Option<Align>,
    /// The box around it, where the author asks for one.
    pub style: Option<Box<BoxStyle>>,
    /// Whether it goes on with the paragraph above it, as text around a picture does.
    pub joined: bool,
    /// What changes of all of it.
    pub fragments: Vec<Fragment>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// Bulleted, numbered and task lists.
    List(List),
    /// Source text, shown letter by letter.
    Code(Code),
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// Data in rows under a header.
    Table(Table),
    /// Blocks beside each other: layout tables and flex boxes.
    Grid(Grid),
    /// Pictures on one line, most often one.
    Pictures(Vec<Picture>),
    /// A line across.
    Rule,
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Blocks in a box of their own.
    Group(Vec<Block>),
    /// What a terminal cannot show: a video, a web page.
    Placeholder {
        /// The element's name.
        what: String,
        /// Its address, where it has one.
        url: String,
    },
}

/// How text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// A length as CSS gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Length {
    /// Pixels of reveal's slide of 960×700.
    Pixels(f32),
    /// Hundredths of the column.
    Percent(f32),
}

/// Lengths at the four sides; none where the author gave none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sides {
    /// Above.
    pub top: Option<Length>,
    /// To the right.
    pub right: Option<Length>,
    /// Below.
    pub bottom: Option<Length>,
    /// To the left.
    pub left: Option<Length>,
}

/// The box around a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoxStyle {
    /// Its width, else that of its column.
    pub width: Option<Length>,
    /// What its width may not pass.
    pub max_width: Option<Length>,
    /// Its least height.
    pub height: Option<Length>,
    /// Free space outside.
    pub margin: Sides,
    /// Free space inside.
    pub padding: Sides,
    /// The colour behind it.
    pub background: Option<Rgb>,
}

/// A list and its items.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// The first number, where items are numbered.
    pub start: Option<u64>,
    /// Whether the author set the items apart by blank lines.
    pub loose: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// One item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Done or not, where it is a task.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// What changes of it, its mark included.
    pub fragments: Vec<Fragment>,
}

/// Source text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Code {
    /// All that stands behind the opening fence: the language first.
    pub info: String,
    /// The text, without the last line feed.
    pub text: String,
    /// Its numbers and which of its lines are shown when, where its author wants that.
    pub lines: Option<CodeLines>,
}

/// The numbers of the lines of source text, and which of them stand out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CodeLines {
    /// The first line's number.
    pub first: usize,
    /// What stands out, one after the other; the first at once.
    pub steps: Vec<CodeStep>,
}

/// The lines that stand out from a step on, until the next one's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CodeStep {
    /// The slide's step at which they do.
    pub step: u16,
    /// Their first and last, counted from 1 whatever number they have; where there are none, no line is subdued.
    pub ranges: Vec<(usize, usize)>,
}

/// A data table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The header's cells.
    pub head: Vec<TableCell>,
    /// The rows below it.
    pub rows: Vec<Vec<TableCell>>,
    /// What the table is about.
    pub caption: Vec<Inline>,
}

/// A cell of a data table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCell {
    /// What it says.
    pub inlines: Vec<Inline>,
    /// How it stands in its column.
    pub align: Option<Align>,
    /// How many columns it takes, at least 1.
    pub span: usize,
}

/// Blocks beside each other, row by row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// The rows from top to bottom.
    pub rows: Vec<Vec<GridCell>>,
}

/// A column of one row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridCell {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Its width, where the author gave one.
    pub width: Option<Length>,
    /// How many columns it takes, at least 1.
    pub span: usize,
}

/// A picture and the room that the author gave it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Where it is, as written, percent-encoding undone by whoever looks for it.
    pub source: String,
    /// What it shows, in words.
    pub alt: String,
    /// Where a click on it leads.
    pub link: Option<Arc<str>>,
    /// Its width.
    pub width: Option<Length>,
    /// Its height.
    pub height: Option<Length>,
    /// What its width may not pass.
    pub max_width: Option<Length>,
    /// Free space around it.
    pub margin: Sides,
    /// What changes of it.
    pub fragments: Vec<Fragment>,
}

/// A term and its meanings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// The meanings.
    pub details: Vec<Vec<Block>>,
}

impl Block {
    /// A block without a box, aligned as its kind is.
    pub fn new(kind: Kind) -> Self {
        Self { kind, align: None, style: None, joined: false, fragments: Vec::new() }
    }

    /// Returns whether it is a heading of any level.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading { .. })
    }
}

impl CodeStep {
    /// Returns whether the line, counted from 1, stands out or at least is not subdued.
    pub fn shows(&self, line: usize) -> bool {
        self.ranges.is_empty() || self.ranges.iter().any(|&(first, last)| (first..=last).contains(&line))
    }
}

impl From<Kind> for Block {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}
