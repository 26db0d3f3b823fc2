//! A report as Markdown, for notes and issues: the tables that GitHub knows.

use super::document::{Document, ReportTable};

/// What Markdown or HTML would make something else of.
const SPECIAL: [char; 14] = ['\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '|', '~', '&', '$'];

/// Returns the document as Markdown.
pub(super) fn write(document: &Document) -> String {
    let mut blocks = vec![format!("# {}", plain(&document.title))];
    blocks.extend((!document.sentence.is_empty()).then(|| format!("**{}**", plain(&document.sentence))));
    for table in &document.tables {
        blocks.push(format!("## {}", table.caption));
        blocks.push(self::table(table));
    }
    let remarks: Vec<String> = document.remarks.iter().map(|remark| format!("- {}", plain(remark))).collect();
    blocks.extend((!remarks.is_empty()).then(|| remarks.join("\n")));
    blocks.join("\n\n") + "\n"
}

fn table(table: &ReportTable) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = |is_words: bool| if is_words { "---" } else { "---:" }.to_owned();
    let mut lines = vec![
        line(table.columns.iter().map(|column| plain(&column.head)).collect()),
        line(table.columns.iter().map(|column| rule(column.is_words)).collect()),
    ];
    for row in &table.rows {
        let strong = |cell: &String| match plain(cell) {
            cell if row.is_total && !cell.is_empty() => format!("**{cell}**"),
            cell => cell,
        };
        lines.push(line(row.cells.iter().map(strong).collect()));
    }
    lines.join("\n")
}

/// Returns words that mean nothing but themselves.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if SPECIAL.contains(&letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
