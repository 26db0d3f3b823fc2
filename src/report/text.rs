//! A report as lines of text: columns stand below each other, numbers at their right.

use super::chart::Bar;
use super::document::{Column, Document, ReportTable, TableRow};
use crate::text::{truncate, width, wrap};

/// What stands between two columns.
const GAP: &str = "  ";
/// The cells that words keep at least, before a column of numbers is left out.
const LEAST_WORDS: usize = 16;

/// A line of a report.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextLine {
    /// Its letters.
    pub(super) text: String,
    /// What it is.
    pub(super) kind: LineKind,
}

/// What a line of a report is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum LineKind {
    Title,
    Sentence,
    Head,
    Row(Option<Bar>),
    Total,
    Remark,
    Blank,
}

/// Returns the document in lines of at most `width` cells.
pub(super) fn write(document: &Document, width: usize) -> String {
    let lines = lines(document, width).into_iter().map(|line| line.text + "\n");
    lines.collect()
}

/// Returns the lines of a document, each of at most `width` cells.
pub(super) fn lines(document: &Document, width: usize) -> Vec<TextLine> {
    let mut all = wrapped(&document.title, width, LineKind::Title);
    all.extend(wrapped(&document.sentence, width, LineKind::Sentence));
    for table in &document.tables {
        all.push(blank());
        all.extend(self::table(table, width));
    }
    all.extend((!document.remarks.is_empty()).then(blank));
    all.extend(document.remarks.iter().flat_map(|remark| wrapped(remark, width, LineKind::Remark)));
    all
}

/// Returns the empty line.
pub(super) fn blank() -> TextLine {
    TextLine { text: String::new(), kind: LineKind::Blank }
}

fn wrapped(text: &str, width: usize, kind: LineKind) -> Vec<TextLine> {
    let lines = wrap(text, width).into_iter().filter(|range| !range.is_empty());
    lines.map(|range| TextLine { text: text[range].to_owned(), kind }).collect()
}

fn table(table: &ReportTable, room: usize) -> Vec<TextLine> {
    let columns = fitting(table, room);
    let head: Vec<String> = table.columns.iter().map(|column| column.head.clone()).collect();
    let line = |cells: &[String], kind| {
        let mut text = String::new();
        for (index, cells_wide) in &columns {
            let cell = truncate(&cells[*index], *cells_wide);
            let blanks = " ".repeat(cells_wide - width(&cell));
            let is_words = table.columns[*index].is_words;
            let (before, after) = if is_words { ("", blanks.as_str()) } else { (blanks.as_str(), "") };
            text.extend([before, &cell, after, GAP]);
        }
        TextLine { text: truncate(text.trim_end(), room).into_owned(), kind }
    };
    let row = |row: &TableRow| {
        line(&row.cells, if row.is_total { LineKind::Total } else { LineKind::Row(row.bar) })
    };
    std::iter::once(line(&head, LineKind::Head)).chain(table.rows.iter().map(row)).collect()
}

/// Returns the columns that fit, by their index, and how wide each is: words are cut first, then the columns that are most
/// dispensable are left out.
fn fitting(table: &ReportTable, room: usize) -> Vec<(usize, usize)> {
    let natural = |index: usize, column: &Column| {
        let cells = table.rows.iter().map(|row| width(&row.cells[index]));
        cells.chain([width(&column.head)]).max().unwrap_or(0)
    };
    let all = table.columns.iter().enumerate();
    let mut columns: Vec<(usize, usize)> =
        all.map(|(index, column)| (index, natural(index, column))).collect();
    let is_words = |column: &(usize, usize)| table.columns[column.0].is_words;
    let dispensable = |column: &(usize, usize)| table.columns[column.0].dispensable;
    loop {
        let needed: usize =
            columns.iter().map(|(_, wide)| wide + GAP.len()).sum::<usize>().saturating_sub(GAP.len());
        let over = needed.saturating_sub(room);
        let most = columns.iter().map(dispensable).max().filter(|most| *most > 0);
        let words = columns.iter_mut().filter(|column| is_words(column)).max_by_key(|(_, wide)| *wide);
        let Some((_, words)) = words.filter(|_| over > 0) else { return columns };
        let cut = words.saturating_sub(over);
        match most {
            Some(most) if cut < LEAST_WORDS.min(*words) => {
                columns.retain(|column| dispensable(column) != most);
            }
            _ => {
                *words = cut.max(1);
                return columns;
            }
        }
    }
}
