//! The words of slides in reading order, for people, grep and screen readers.

use std::fmt::Write;

use crate::deck::{Block, Inline, Item, Kind, List, Marker, Slide, Table, walk};

/// Returns every slide under a rule with its number and title.
pub(super) fn deck(slides: &[Slide]) -> String {
    let mut out = String::new();
    for (index, slide) in slides.iter().enumerate() {
        let title = slide.title().unwrap_or_default();
        let heading = if title.is_empty() {
            format!("── {} ──", index + 1)
        } else {
            format!("── {} · {title} ──", index + 1)
        };
        out.push_str(if index > 0 { "\n" } else { "" });
        out.push_str(&heading);
        out.push_str("\n\n");
        let words = blocks(&slide.blocks);
        if !words.is_empty() {
            out.push_str(&words);
            out.push('\n');
        }
    }
    out
}

/// Returns the words of blocks, a blank line between two.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let words = blocks.iter().map(block).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join("\n\n")
}

fn block(block: &Block) -> String {
    match &block.kind {
        Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => words(inlines),
        Kind::List(list) => self::list(list),
        Kind::Code(code) => format!("```{}\n{}\n```", code.info, code.text),
        Kind::Quote(inside) => indented(&blocks(inside), "> ", "> "),
        Kind::Table(table) => self::table(table),
        Kind::Grid(grid) => {
            let cells = grid.rows.iter().flatten().map(|cell| blocks(&cell.blocks));
            cells.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
        Kind::Pictures(pictures) => {
            let all = pictures.iter().map(|picture| {
                let link = picture.link.as_ref().map(|link| format!(" <{link}>")).unwrap_or_default();
                match picture.alt.as_str() {
                    "" => format!("[image: {}]{link}", picture.source),
                    alt => format!("[image: {alt} — {}]{link}", picture.source),
                }
            });
            all.collect::<Vec<_>>().join("\n")
        }
        Kind::Rule => "───".to_owned(),
        Kind::Definitions(definitions) => {
            let one = |one: &crate::deck::Definition| {
                let terms = one.terms.iter().map(|term| words(term));
                let details = one.details.iter().map(|details| indented(&blocks(details), "  ", "  "));
                terms.chain(details).collect::<Vec<_>>().join("\n")
            };
            definitions.iter().map(one).collect::<Vec<_>>().join("\n\n")
        }
        Kind::Group(inside) | Kind::Stack(inside) => blocks(inside),
        Kind::Placeholder { what, url } => format!("[{what}: {url}]"),
    }
}

/// Returns the letters; a link's address stands behind its words where they do not say it.
fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for (nth, inline) in inlines.iter().enumerate() {
        let Inline::Text(text, marks) = inline else {
            out.push('\n');
            continue;
        };
        out.push_str(text);
        let goes_on = matches!(inlines.get(nth + 1), Some(Inline::Text(_, next)) if next.link == marks.link);
        if let Some(link) = marks.link.as_ref().filter(|link| !goes_on && !text.contains(link.as_ref())) {
            let blank = text.ends_with(' ');
            out.truncate(out.trim_end().len());
            let _ = write!(out, " <{link}>{}", if blank { " " } else { "" });
        }
    }
    out
}

fn list(list: &List) -> String {
    let item = |(nth, item): (usize, &Item)| {
        let mark = match (item.task, list.number(nth)) {
            (Some(true), _) => "- [x] ".to_owned(),
            (Some(false), _) => "- [ ] ".to_owned(),
            (None, Some(number)) => format!("{number}. "),
            (None, None) if list.marker == Marker::None => String::new(),
            (None, None) => "- ".to_owned(),
        };
        let between = if list.loose { "\n\n" } else { "\n" };
        let words: Vec<String> = item.blocks.iter().map(block).filter(|words| !words.is_empty()).collect();
        indented(&words.join(between), &mark, &" ".repeat(mark.len()))
    };
    list.items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

fn table(table: &Table) -> String {
    let cells = |row: &[crate::deck::TableCell]| -> Vec<String> {
        row.iter().map(|cell| words(&cell.inlines).replace('\n', " ")).collect()
    };
    let rows: Vec<Vec<String>> =
        std::iter::once(&table.head).chain(&table.rows).map(|row| cells(row)).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| crate::text::width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            format!("{cell}{}", " ".repeat(width.saturating_sub(crate::text::width(cell))))
        });
        cells.collect::<Vec<_>>().join("   ").trim_end().to_owned()
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    let rule = widths.iter().sum::<usize>() + 3 * columns.saturating_sub(1);
    lines.insert(1.min(lines.len()), "─".repeat(rule));
    let caption = walk::plain(&table.caption);
    lines.extend((!caption.is_empty()).then_some(caption));
    lines.join("\n")
}

fn indented(words: &str, first: &str, rest: &str) -> String {
    let line = |(nth, line): (usize, &str)| {
        let indent = if nth == 0 { first } else { rest };
        if line.is_empty() { indent.trim_end().to_owned() } else { format!("{indent}{line}") }
    };
    words.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}
