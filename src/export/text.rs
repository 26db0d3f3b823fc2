//! The words of slides in reading order, for people, grep, diff and screen readers. How they look is not told.
//!
//! This text is an interface: programs may rely on what follows, and it stays.
//!
//! * Each slide begins with a rule, `── 6 · Title ──`: the number that the audience sees, then the title. Where slides
//!   hang below others its column and row stand between, `── 15 · 7.2 · Title ──`; where there is no title, `── 6 ──`.
//!   Before each rule but the first, and after each, is a blank line; between blocks is one, too.
//! * Lists have `- `, `- [x] `, `- [ ] ` or their numbers and letters, `7. `, and further lines stand below the first
//!   letter. Quotes have `> `. Terms are followed by their meanings, two cells in.
//! * Tables have aligned columns, three cells apart, with a line of `─` below the header. A caption follows.
//! * Code stands between fences, as it is written: three backticks, or more where it holds so many. A line across is `───`.
//! * Columns follow each other. A picture is `[image: words — path]` or `[image: path]` with the path as it is written,
//!   anything else that a page would show `[video: path]`. A link is `words <address>`, or its address alone.
//! * The notes, where they are wished, are two cells in below a line `Notes:`.
//! * Lines are at most as wide as wished, but for code, tables and addresses.

mod paragraph;
mod table;

use std::io::{self, Write};

use self::paragraph::{words, wrapped};
use super::ExportOptions;
use crate::deck::{Block, Code, Definition, Kind, List, ListItem, Marker, Picture, Slide};
use crate::source::Diagnostic;
use crate::text::{sanitize, truncate};

pub(super) use self::table::cell;

/// What stands before and after a slide's number and title, blanks included, in cells.
const RULE: usize = 6;

/// Writes every slide under a rule with its number and title.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    for (nth, (index, slide)) in order.read().enumerate() {
        out.write_all(if nth > 0 { b"\n" } else { b"" })?;
        writeln!(out, "{}", rule(order, &slide, (index, 1)))?;
        let words = blocks(&super::shown(&slide), order.width);
        if !words.is_empty() {
            writeln!(out, "\n{}", sanitize(&words))?;
        }
        let notes = if order.notes { blocks(&slide.notes, inside(order.width, 2)) } else { String::new() };
        if !notes.is_empty() {
            writeln!(out, "\nNotes:\n{}", sanitize(&indented(&notes, "  ", "  ")))?;
        }
        (order.done)();
    }
    Ok(Vec::new())
}

/// Returns the line above a slide: its number, as `21 (2)` on its second page, its place where slides hang below others, and
/// its title.
pub(super) fn rule(order: &ExportOptions<'_>, slide: &Slide, (index, part): (usize, usize)) -> String {
    let number = order.number(index);
    let number = if part > 1 { format!("{number} ({part})") } else { number.to_string() };
    let said = [Some(number), order.position(index), slide.title()].into_iter().flatten();
    let said = said.collect::<Vec<_>>().join(" · ");
    let room = if order.width == 0 { usize::MAX } else { order.width.saturating_sub(RULE) };
    format!("── {} ──", truncate(&sanitize(&said), room))
}

/// Returns the words of blocks in lines of at most `width` cells, or as long as they are where that is 0; a blank line
/// stands between two blocks.
pub(super) fn blocks(blocks: &[Block], width: usize) -> String {
    joined(blocks, width, "\n\n")
}

fn joined(blocks: &[Block], width: usize, between: &str) -> String {
    let words = blocks.iter().map(|block| self::block(block, width)).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(between)
}

fn block(block: &Block, width: usize) -> String {
    match &block.kind {
        Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => wrapped(&words(inlines), width),
        Kind::List(list) => self::list(list, width),
        Kind::Code(code) => fenced(code),
        Kind::Quote(quoted) => indented(&blocks(quoted, inside(width, 2)), "> ", "> "),
        Kind::Table(table) => table::write(table, width),
        Kind::Grid(grid) => {
            let cells = grid.rows.iter().flatten().map(|cell| blocks(&cell.blocks, width));
            cells.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
        }
        Kind::Pictures(pictures) => {
            let all = pictures.iter().map(|picture| wrapped(&self::picture(picture), width));
            all.collect::<Vec<_>>().join("\n")
        }
        Kind::Rule => "───".to_owned(),
        Kind::Definitions(all) => {
            let all = all.iter().map(|one| definition(one, width));
            all.collect::<Vec<_>>().join("\n\n")
        }
        Kind::Group(inside) | Kind::Stack(inside) => blocks(inside, width),
        Kind::Placeholder { what, url } => wrapped(&placeholder(what, url), width),
    }
}

/// Returns code between fences that none of its lines can be taken for. What stands behind backticks may hold none, so there
/// the fences are tildes.
pub(super) fn fenced(code: &Code) -> String {
    let info = code.info.trim().replace('\n', " ");
    let sign = if info.contains('`') { '~' } else { '`' };
    let longest = code.text.split(|letter| letter != sign).map(str::len).max().unwrap_or(0);
    let fence = sign.to_string().repeat((longest + 1).max(3));
    let joint = if info.starts_with(sign) { " " } else { "" };
    format!("{fence}{joint}{info}\n{}\n{fence}", code.text)
}

/// Returns what stands for a film or a page.
pub(super) fn placeholder(what: &str, url: &str) -> String {
    let joint = if url.is_empty() { "" } else { ": " };
    format!("[{what}{joint}{url}]")
}

fn picture(picture: &Picture) -> String {
    let link = picture.link.as_ref().map(|link| format!(" <{link}>")).unwrap_or_default();
    let alt = picture.alt.split_whitespace().collect::<Vec<_>>().join(" ");
    let joint = if alt.is_empty() { "" } else { " — " };
    format!("[image: {alt}{joint}{}]{link}", picture.source)
}

fn list(list: &List, width: usize) -> String {
    let item = |(nth, item): (usize, &ListItem)| {
        let mark = match (item.task, list.number(nth)) {
            (Some(true), _) => "- [x] ".to_owned(),
            (Some(false), _) => "- [ ] ".to_owned(),
            (None, Some(number)) => format!("{number}. "),
            (None, None) if list.marker == Marker::None => String::new(),
            (None, None) => "- ".to_owned(),
        };
        let between = if list.loose { "\n\n" } else { "\n" };
        let words = joined(&item.blocks, inside(width, mark.len()), between);
        indented(&words, &mark, &" ".repeat(mark.len()))
    };
    let items = list.items.iter().enumerate().map(item);
    items.collect::<Vec<_>>().join(if list.loose { "\n\n" } else { "\n" })
}

fn definition(definition: &Definition, width: usize) -> String {
    let terms = definition.terms.iter().map(|term| wrapped(&words(term), width));
    let details = definition.details.iter();
    let details = details.map(|details| indented(&blocks(details, inside(width, 2)), "  ", "  "));
    terms.chain(details).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Returns how many cells are left of `width` after so many; 0 stays no limit.
fn inside(width: usize, cells: usize) -> usize {
    if width == 0 { 0 } else { width.saturating_sub(cells).max(1) }
}

/// Returns lines with something before the first and before each of the others.
pub(super) fn indented(words: &str, first: &str, rest: &str) -> String {
    let line = |(nth, line): (usize, &str)| {
        let indent = if nth == 0 { first } else { rest };
        if line.is_empty() { indent.trim_end().to_owned() } else { format!("{indent}{line}") }
    };
    words.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::parse;
    use crate::source::Source;

    fn words(markdown: &str, width: usize) -> String {
        let source = Source { text: markdown.to_owned(), diagnostics: Vec::new() };
        blocks(&parse::slide(&parse::open(source, None), 0).blocks, width)
    }

    #[rstest]
    #[case::list(
        "- un deux trois\n  1. quatre cinq\n- [x] six",
        "- un deux\n  trois\n  1. quatre\n     cinq\n- [x] six"
    )]
    #[case::loose("- un\n\n  deux\n\n- trois", "- un\n\n  deux\n\n- trois")]
    #[case::quote("> un deux trois\n>\n> quatre", "> un deux\n> trois\n>\n> quatre")]
    #[case::code("````\nun deux trois ```\n````", "````\nun deux trois ```\n````")]
    #[case::picture("![un](deux.png)", "[image: un —\ndeux.png]")]
    #[case::picture_without_words("![](a/deux.png)", "[image:\na/deux.png]")]
    #[case::columns("<table><tr><td>un</td><td>deux</td></tr></table>", "un\n\ndeux")]
    #[case::terms("un\n: deux trois quatre", "un\n  deux trois\n  quatre")]
    #[case::film("<video src=\"a.mp4\"></video>", "[video:\na.mp4]")]
    #[case::rule("un\n\n***", "un\n\n───")]
    #[case::link("[un](#/2)", "un <#/2>")]
    fn words_stand_in_reading_order(#[case] markdown: &str, #[case] expected: &str) {
        assert_eq!(words(markdown, 12), expected);
    }
}
