//! Tables of words in columns, each as wide as its widest cell.

use super::paragraph::{words, wrapped};
use crate::deck::{Align, Table, TableCell};
use crate::text::width;

/// What is free between two columns.
const GAP: usize = 3;

/// Returns the table, a line for each row, and its caption in lines of at most `cells` cells.
pub(super) fn write(table: &Table, cells: usize) -> String {
    let rows: Vec<&[TableCell]> =
        std::iter::once(&table.head).chain(&table.rows).map(Vec::as_slice).collect();
    let widths = widths(&rows);
    let mut lines: Vec<String> = rows.iter().map(|row| line(row, &widths)).collect();
    lines.insert(1, "─".repeat(across(&widths)));
    let caption = wrapped(&words(&table.caption), cells);
    lines.extend((!caption.is_empty()).then(|| format!("\n{caption}")));
    lines.join("\n")
}

/// Returns the words of a cell, on one line.
pub(in crate::export) fn cell(cell: &TableCell) -> String {
    words(&cell.inlines).replace('\n', " ")
}

/// Returns how wide columns are together.
fn across(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Returns the width of each column; the last of those that a cell takes holds what the others leave of it.
fn widths(rows: &[&[TableCell]]) -> Vec<usize> {
    let columns = rows.iter().map(|row| row.iter().map(|cell| cell.span).sum()).max().unwrap_or(0);
    let mut widths: Vec<usize> = vec![0; columns];
    for wide in [false, true] {
        for row in rows {
            let mut column = 0;
            for one in *row {
                let end = column + one.span;
                if (one.span > 1) == wide {
                    let missing = width(&cell(one)).saturating_sub(across(&widths[column..end]));
                    widths[end - 1] += missing;
                }
                column = end;
            }
        }
    }
    widths
}

fn line(row: &[TableCell], widths: &[usize]) -> String {
    let mut column = 0;
    let cells = row.iter().map(|one| {
        let room = across(&widths[column..column + one.span]);
        column += one.span;
        let words = cell(one);
        let free = room.saturating_sub(width(&words));
        let before = match one.align {
            Some(Align::Right) => free,
            Some(Align::Center) => free / 2,
            _ => 0,
        };
        format!("{}{words}{}", " ".repeat(before), " ".repeat(free - before))
    });
    cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Inline, Marks};

    fn one(text: &str, align: Option<Align>, span: usize) -> TableCell {
        TableCell { inlines: vec![Inline::Text(text.to_owned(), Marks::default())], align, span }
    }

    #[test]
    fn columns_are_aligned_by_cells_on_the_stage() {
        let right = Some(Align::Right);
        let table = Table {
            head: vec![one("日本", None, 1), one("n", right, 1)],
            rows: vec![vec![one("a", None, 1), one("12", right, 1)], vec![one("over both of them", None, 2)]],
            caption: vec![Inline::Text("About".to_owned(), Marks::default())],
        };
        let expected = "日本            n\n─────────────────\na              12\nover both of them\n\nAbout";
        assert_eq!(write(&table, 0), expected);
    }
}
