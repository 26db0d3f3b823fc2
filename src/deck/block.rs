//! The blocks of a slide: what stands below or beside what.

use std::sync::Arc;

use super::fragment::Fragment;
use super::inline::Inline;
use crate::color::Rgb;
use crate::source::SourceRange;

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
    /// Where it is written: its element's beginning, or its first words.
    pub range: SourceRange,
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
    /// Blocks in one place, each over those before it: a speaker shows them in turn.
    Stack(Vec<Block>),
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

/// A line around something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frame {
    /// The author's colour for it.
    pub color: Option<Rgb>,
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
    /// The line around it.
    pub frame: Option<Frame>,
    /// Whether it takes all rows that the rest of the slide leaves.
    pub stretch: bool,
    /// Whether its letters are as large as its width allows.
    pub fit: bool,
}

/// A list and its items.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// The first number, where items are numbered.
    pub start: Option<u64>,
    /// How its marks are written.
    pub marker: Marker,
    /// Whether the author set the items apart by blank lines.
    pub loose: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// How the marks of a list are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Marker {
    /// As bullets, or in figures where items are numbered.
    #[default]
    Usual,
    /// Not at all.
    None,
    /// As letters, capital ones or not.
    Letters(bool),
    /// In Roman figures, capital ones or not.
    Roman(bool),
}

/// One item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListItem {
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
    /// Where that is written.
    pub info_range: SourceRange,
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
    /// Whether columns stand in the middle of their row's height rather than at its top.
    pub middle: bool,
    /// Whether columns are as narrow as their words allow, and stand around the middle of the row.
    pub packed: bool,
    /// Whether it was written as a table: one of short words is data, and its columns are as wide as these.
    pub tabular: bool,
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
    /// Where it is written.
    pub ranges: PictureRanges,
    /// Its width.
    pub width: Option<Length>,
    /// Its height.
    pub height: Option<Length>,
    /// What its width may not pass.
    pub max_width: Option<Length>,
    /// What its height may not pass.
    pub max_height: Option<Length>,
    /// Free space around it.
    pub margin: Sides,
    /// What changes of it.
    pub fragments: Vec<Fragment>,
    /// The line around it.
    pub frame: Option<Frame>,
    /// Whether it grows to the rows that the rest of the slide leaves, however small it is itself.
    pub stretch: bool,
}

/// Where a picture is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PictureRanges {
    /// All of it: a tag, or a picture of Markdown's.
    pub whole: SourceRange,
    /// Its address.
    pub source: SourceRange,
    /// The words for it.
    pub alt: SourceRange,
    /// The address to which a click leads.
    pub link: SourceRange,
}

/// A term and its meanings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// The meanings.
    pub details: Vec<Vec<Block>>,
}

impl List {
    /// Returns what numbers the item at `nth` (from 0): figures or letters; none where a bullet or nothing marks it.
    pub fn number(&self, nth: usize) -> Option<String> {
        let number = self.start?.saturating_add(nth as u64);
        match self.marker {
            Marker::Usual => Some(number.to_string()),
            Marker::None => None,
            Marker::Letters(capital) => Some(cased(letters(number), capital)),
            Marker::Roman(capital) => Some(cased(roman(number), capital)),
        }
    }
}

fn cased(mark: String, capital: bool) -> String {
    if capital { mark.to_ascii_uppercase() } else { mark }
}

/// Returns a number as a spreadsheet counts its columns: a, b, … z, aa; 0 has no letter and stays a figure.
fn letters(mut number: u64) -> String {
    if number == 0 {
        return number.to_string();
    }
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    out.iter().rev().collect()
}

/// Returns a number in Roman figures; those that the Romans could not write stay as they are.
fn roman(mut number: u64) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let figures = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, figure) in figures {
        while number >= value {
            out.push_str(figure);
            number -= value;
        }
    }
    out
}

impl Block {
    /// A block without a box, aligned as its kind is.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            align: None,
            style: None,
            joined: false,
            fragments: Vec::new(),
            range: SourceRange::UNKNOWN,
        }
    }

    /// Returns whether its letters are to be as large as its width allows.
    pub fn is_fit(&self) -> bool {
        self.style.as_ref().is_some_and(|style| style.fit)
    }

    /// Returns whether it is a heading of any level.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading { .. })
    }
}

impl Picture {
    /// Returns what messages call it, and where that is written: its address, else the words for it.
    pub fn name(&self) -> (&str, SourceRange) {
        let (name, range) = match self.source.as_str() {
            "" => (self.alt.as_str(), self.ranges.alt),
            source => (source, self.ranges.source),
        };
        (name, range.or(self.ranges.whole))
    }
}

impl CodeStep {
    /// Returns whether the line, counted from 1, stands out or at least is not subdued.
    pub fn shows(&self, line: usize) -> bool {
        self.ranges.is_empty() || self.ranges.iter().any(|&(first, last)| (first..=last).contains(&line))
    }
}

impl Code {
    /// Returns the name of what would be drawn from this source, where it is one that is not drawn here: a formula or
    /// a diagram.
    pub fn is_source_of(&self) -> Option<&'static str> {
        let mut words = self.info.split(|letter: char| !letter.is_ascii_alphanumeric());
        Some(match words.find(|word| !word.is_empty())?.to_ascii_lowercase().as_str() {
            "math" | "katex" => "math",
            "mermaid" => "mermaid",
            "plantuml" | "puml" => "plantuml",
            "graphviz" | "dot" => "graphviz",
            "kroki" => "kroki",
            _ => return None,
        })
    }
}

impl From<Kind> for Block {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_as_their_list_says() {
        let number = |start, marker| List { start: Some(start), marker, ..List::default() }.number(0);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(number(7, Marker::Usual), some("7"));
        assert_eq!(number(28, Marker::Letters(true)), some("AB"));
        assert_eq!(number(0, Marker::Letters(false)), some("0"));
        assert_eq!(number(1994, Marker::Roman(false)), some("mcmxciv"));
        assert_eq!(number(u64::MAX, Marker::Roman(true)), some(&u64::MAX.to_string()));
        assert_eq!(number(1, Marker::None), None);
        assert_eq!(List::default().number(3), None);
    }

    #[test]
    fn code_may_be_the_source_of_something() {
        let of = |info: &str| Code { info: info.to_owned(), ..Code::default() }.is_source_of();
        assert_eq!(of("Mermaid {theme: dark}"), Some("mermaid"));
        assert_eq!(of("{.dot}"), Some("graphviz"));
        assert_eq!(of("math"), Some("math"));
        assert_eq!((of(""), of("mathematica"), of("yaml math")), (None, None, None));
    }
}
