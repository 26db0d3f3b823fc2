//! The words of slides as data, for programs, a slide at a time. Its keys are told in `docs/export-json.md`.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{ExportOptions, plan, shown, text};
use crate::deck::{Block, Inline, Kind, Slide, TableCell, walk};
use crate::source::Diagnostic;
use crate::text::sanitize;

/// How far in a slide stands among the slides of the document.
const INDENT: &str = "\n    ";

#[derive(Serialize)]
struct SlideJson<'a> {
    number: usize,
    position: Option<String>,
    line: usize,
    title: Option<String>,
    text: String,
    notes: Option<String>,
    links: Vec<LinkJson>,
    pictures: Vec<PictureJson<'a>>,
    code: Vec<CodeJson<'a>>,
    tables: Vec<TableJson>,
    words: usize,
    planned_seconds: Option<u64>,
}

#[derive(Serialize)]
struct LinkJson {
    text: String,
    url: String,
}

#[derive(Serialize)]
struct PictureJson<'a> {
    path: &'a str,
    file: Option<String>,
    alt: &'a str,
    width: Option<u32>,
    height: Option<u32>,
}

#[derive(Serialize)]
struct CodeJson<'a> {
    language: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct TableJson {
    caption: Option<String>,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Writes one object; every key is always there, and what a slide has none of is null or empty.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    let (title, author) = (order.title(), order.deck.meta.author.as_deref());
    writeln!(out, "{{\n  \"generator\": \"Lutrin\",")?;
    for (key, value) in [("title", title.as_deref()), ("author", author), ("lang", order.lang)] {
        writeln!(out, "  \"{key}\": {},", clean(&serde_json::to_string(&value.map(sanitize))?))?;
    }
    out.write_all(b"  \"slides\": [")?;
    let times = plan::times(order.deck);
    for (nth, (index, slide)) in order.read().enumerate() {
        let entry = entry(order, index, (&slide, times.get(index).copied().flatten()))?;
        write!(out, "{}{INDENT}{}", if nth > 0 { "," } else { "" }, entry.replace('\n', INDENT))?;
        (order.done)();
    }
    writeln!(out, "{}]\n}}", if order.slides.is_empty() { "" } else { "\n  " })?;
    Ok(Vec::new())
}

/// Returns a slide's object.
fn entry(
    order: &ExportOptions<'_>,
    index: usize,
    (slide, time): (&Slide, Option<Duration>),
) -> io::Result<String> {
    let shown = shown(slide);
    let notes = text::blocks(&slide.notes, 0);
    let links = walk::links(&shown).into_iter();
    let entry = SlideJson {
        number: order.number(index),
        position: order.position(index),
        line: order.deck.slides.get(index).map_or(1, |source| source.line),
        title: slide.title(),
        text: sanitize(&text::blocks(&shown, 0)).into_owned(),
        notes: (!notes.is_empty()).then_some(notes),
        links: links.map(|(text, url)| LinkJson { text: text.trim().to_owned(), url }).collect(),
        pictures: pictures(order, &shown),
        code: walk::codes(&shown).into_iter().map(code).collect(),
        tables: tables(&shown),
        words: words(&shown),
        planned_seconds: time.map(|time| time.as_secs()),
    };
    Ok(clean(&serde_json::to_string_pretty(&entry)?))
}

/// Returns JSON in which no letter commands a terminal that shows it, nor ends a line within a string.
fn clean(json: &str) -> String {
    sanitize(&json.replace(['\u{2028}', '\u{2029}'], "\\n")).into_owned()
}

fn pictures<'a>(order: &ExportOptions<'_>, blocks: &'a [Block]) -> Vec<PictureJson<'a>> {
    let of = |picture: &'a crate::deck::Picture| {
        let size = order.shelf.picture(&picture.source).ok();
        PictureJson {
            path: &picture.source,
            file: order.shelf.path(&picture.source),
            alt: &picture.alt,
            width: size.map(|size| size.width),
            height: size.map(|size| size.height),
        }
    };
    walk::pictures(blocks).into_iter().map(of).collect()
}

fn code(code: &crate::deck::Code) -> CodeJson<'_> {
    CodeJson { language: code.info.split_whitespace().next(), text: &code.text }
}

fn tables(blocks: &[Block]) -> Vec<TableJson> {
    let mut found = Vec::new();
    walk::each(blocks, &mut |block| {
        if let Kind::Table(table) = &block.kind {
            let caption = walk::plain(&table.caption);
            found.push(TableJson {
                caption: (!caption.is_empty()).then_some(caption),
                header: row(&table.head),
                rows: table.rows.iter().map(|one| row(one)).collect(),
            });
        }
    });
    found
}

/// Returns the words of a row's cells; one that takes several columns is followed by empty ones.
fn row(cells: &[TableCell]) -> Vec<String> {
    let empty = |cell: &TableCell| std::iter::repeat_n(String::new(), cell.span.saturating_sub(1));
    cells.iter().flat_map(|cell| std::iter::once(text::cell(cell)).chain(empty(cell))).collect()
}

/// Returns how many words stand in running text and in tables; those of code and of pictures are not counted.
fn words(blocks: &[Block]) -> usize {
    let mut count = 0;
    let of = |inlines: &[Inline]| walk::plain(inlines).unicode_words().count();
    walk::each(blocks, &mut |block| {
        count += match &block.kind {
            Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => of(inlines),
            Kind::Definitions(all) => all.iter().flat_map(|one| &one.terms).map(|term| of(term)).sum(),
            Kind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.map(|cell| of(&cell.inlines)).sum::<usize>() + of(&table.caption)
            }
            _ => 0,
        };
    });
    count
}
