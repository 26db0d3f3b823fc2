//! Blocks as Markdown, one after the other: what stood beside something or in a box stands below it.

use super::inlines::{self, InlineContext};
use crate::deck::{Align, Block, Inline, Kind, List, Table, TableCell};
use crate::export::text::{fenced, indented};

/// `CommonMark` numbers no list higher.
const HIGHEST: u64 = 999_999_999;

/// Blocks that are written, from top to bottom.
#[derive(Debug, Default)]
pub(in crate::export) struct Blocks {
    done: Vec<Done>,
    /// How many levels lower headings are than they were.
    lower: u8,
    /// Whether it is an item of a list that they stand in.
    in_item: bool,
}

/// A block that is written.
#[derive(Debug)]
struct Done {
    text: String,
    shape: Shape,
}

/// What a block that is written is to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Paragraph,
    /// A list, whether it has numbers, and its mark: the next one needs another.
    List {
        numbered: bool,
        mark: char,
        interrupts: bool,
    },
    Other,
}

impl Blocks {
    /// Writes headings so many levels lower.
    pub(in crate::export) fn lower(levels: u8) -> Self {
        Self { lower: levels, ..Self::default() }
    }

    /// Returns blocks as Markdown, a blank line between two.
    pub(in crate::export) fn write(mut self, blocks: &[Block]) -> String {
        self.all(blocks);
        let texts: Vec<String> = self.done.into_iter().map(|done| done.text).collect();
        texts.join("\n\n")
    }

    /// Returns blocks as they stand in something else.
    fn inside(&self, in_item: bool) -> Self {
        Self { lower: self.lower, in_item: self.in_item || in_item, done: Vec::new() }
    }

    fn all(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn push(&mut self, text: String, shape: Shape) {
        if !text.is_empty() {
            self.done.push(Done { text, shape });
        }
    }

    fn paragraph(&mut self, inlines: &[Inline]) {
        self.push(inlines::write(inlines, InlineContext::Paragraph), Shape::Paragraph);
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Paragraph(inlines) => self.paragraph(inlines),
            Kind::Heading { level, inlines } => {
                let signs = "#".repeat(usize::from((level + self.lower).clamp(1, 6)));
                let words = inlines::write(inlines, InlineContext::Heading);
                self.push(if words.is_empty() { words } else { format!("{signs} {words}") }, Shape::Other);
            }
            Kind::List(list) => self.list(list),
            Kind::Code(code) => self.push(fenced(code), Shape::Other),
            Kind::Quote(quoted) => {
                let words = self.inside(self.in_item).write(quoted);
                let quoted = if words.is_empty() { words } else { indented(&words, "> ", "> ") };
                self.push(quoted, Shape::Other);
            }
            Kind::Table(table) => {
                self.push(self::table(table), Shape::Other);
                self.paragraph(&table.caption);
            }
            Kind::Grid(grid) => grid.rows.iter().flatten().for_each(|cell| self.all(&cell.blocks)),
            Kind::Pictures(pictures) => {
                let all: Vec<String> = pictures.iter().map(inlines::picture).collect();
                self.push(all.join(" "), Shape::Paragraph);
            }
            // Behind the asterisk of a list three of them would be a line without a list.
            Kind::Rule => self.push(if self.in_item { "___" } else { "***" }.to_owned(), Shape::Other),
            Kind::Definitions(all) => {
                for one in all {
                    one.terms.iter().for_each(|term| self.paragraph(term));
                    one.details.iter().for_each(|details| self.all(details));
                }
            }
            Kind::Group(inside) | Kind::Stack(inside) => self.all(inside),
            Kind::Placeholder { what, url } => self.push(inlines::placeholder(what, url), Shape::Paragraph),
        }
    }

    fn list(&mut self, list: &List) {
        let start = list.start.filter(|start| start.saturating_add(list.items.len() as u64) <= HIGHEST);
        let numbered = start.is_some();
        let marks = if numbered { ['.', ')'] } else { ['-', '*'] };
        let before = match self.done.last().map(|done| done.shape) {
            Some(Shape::List { numbered: same, mark, .. }) if same == numbered => Some(mark),
            _ => None,
        };
        let mark = if before == Some(marks[0]) { marks[1] } else { marks[0] };
        let mut items = Vec::with_capacity(list.items.len());
        for (nth, item) in list.items.iter().enumerate() {
            let mark =
                start.map_or_else(|| format!("{mark} "), |start| format!("{}{mark} ", start + nth as u64));
            let mut blocks = self.inside(true);
            blocks.all(&item.blocks);
            let task = match item.task {
                _ if blocks.done.first().is_none_or(|first| first.shape != Shape::Paragraph) => "",
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let words = format!("{task}{}", blocks.item(list.loose));
            items.push(indented(&words, &mark, &" ".repeat(mark.len())));
        }
        let first = list.items.first().is_some_and(|item| !item.blocks.is_empty());
        let interrupts = first && start.is_none_or(|start| start == 1);
        let text = items.join(if list.loose { "\n\n" } else { "\n" });
        self.push(text, Shape::List { numbered, mark, interrupts });
    }

    /// Returns blocks as an item of a list: in a tight one lists stand right below their item's words.
    fn item(self, loose: bool) -> String {
        let mut out = String::new();
        let mut before = None;
        for Done { text, shape } in self.done {
            let tight = !loose
                && before == Some(Shape::Paragraph)
                && matches!(shape, Shape::List { interrupts: true, .. });
            if before.is_some() {
                out.push_str(if tight { "\n" } else { "\n\n" });
            }
            out.push_str(&text);
            before = Some(shape);
        }
        out
    }
}

/// Returns a table with as many columns as its widest row; a cell that takes several is followed by empty ones.
fn table(table: &Table) -> String {
    let columns = |row: &[TableCell]| row.iter().map(|cell| cell.span).sum::<usize>();
    let rows = std::iter::once(&table.head).chain(&table.rows);
    let across = rows.clone().map(|row| columns(row)).max().unwrap_or(0);
    let line = |row: &Vec<TableCell>| {
        let mut cells: Vec<String> = Vec::with_capacity(across);
        for cell in row {
            cells.push(inlines::write(&cell.inlines, InlineContext::Cell));
            cells.extend(std::iter::repeat_n(String::new(), cell.span.saturating_sub(1)));
        }
        cells.resize(across, String::new());
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.map(line).collect();
    let rules = (0..across).map(|column| rule(table, column));
    lines.insert(1, format!("| {} |", rules.collect::<Vec<_>>().join(" | ")));
    lines.join("\n")
}

/// Returns what stands below a column's header: how the first of its cells stands that says so.
fn rule(table: &Table, column: usize) -> &'static str {
    let rows = table.rows.iter().chain([&table.head]);
    let align = rows.filter_map(|row| row.get(column)).find_map(|cell| cell.align);
    match align {
        Some(Align::Left) => ":--",
        Some(Align::Center) => ":-:",
        Some(Align::Right) => "--:",
        None => "---",
    }
}
