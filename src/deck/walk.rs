//! Ways through the tree: its words, its pictures, its code, its steps.

use super::block::{Block, Code, Kind, Picture};
use super::fragment::Fragment;
use super::inline::{Inline, Marks};
use crate::source::SourceRange;

/// Returns the letters of `inlines` without their marks; a break becomes a line feed.
pub fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text, _) => text.as_str(),
            Inline::Break => "\n",
        })
        .collect()
}

/// Returns the first heading as one line of plain text.
pub fn heading(blocks: &[Block]) -> Option<String> {
    first(blocks, &|block| match &block.kind {
        Kind::Heading { inlines, .. } => Some(one_line(inlines)),
        _ => None,
    })
}

/// Returns the first paragraph, description of a picture, header of a table or line of code, as one line of plain text.
pub fn first_words(blocks: &[Block]) -> Option<String> {
    first(blocks, &|block| match &block.kind {
        Kind::Paragraph(inlines) => Some(one_line(inlines)),
        Kind::Pictures(pictures) => pictures.first().map(|picture| picture.alt.clone()),
        Kind::Table(table) => {
            let cells = table.head.iter().map(|cell| one_line(&cell.inlines));
            Some(cells.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", "))
        }
        Kind::Code(code) => code.text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned),
        _ => None,
    })
}

/// Calls `visit` with every block, parents before children, in reading order.
pub fn each<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        for inside in children(block) {
            each(inside, visit);
        }
    }
}

/// Returns where the first block that holds no others is written; unknown where there is none.
pub fn first_range(blocks: &[Block]) -> SourceRange {
    let mut found = SourceRange::UNKNOWN;
    each(blocks, &mut |block| {
        if children(block).is_empty() {
            found = found.or(block.range);
        }
    });
    found
}

/// Returns every link in reading order: its words, and where it leads.
pub fn links(blocks: &[Block]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    each_link(blocks, &mut |words, url, _| match found.last_mut() {
        // The words of a link may have several marks.
        Some((before, same)) if same == url => before.push_str(words),
        _ => found.push((words.to_owned(), url.to_owned())),
    });
    found
}

/// Returns where every link leads, in reading order, and where that is written.
pub fn link_ranges(blocks: &[Block]) -> Vec<(String, SourceRange)> {
    let mut found: Vec<(String, SourceRange)> = Vec::new();
    each_link(blocks, &mut |_, url, range| {
        if found.last().is_none_or(|(same, _)| same != url) {
            found.push((url.to_owned(), range));
        }
    });
    found
}

/// Calls `visit` with the words of every link, where it leads and where that is written; more than once where its words
/// have several marks.
fn each_link(blocks: &[Block], visit: &mut dyn FnMut(&str, &str, SourceRange)) {
    each(blocks, &mut |block| {
        for inline in own_inlines(block) {
            if let Inline::Text(words, Marks { link: Some(url), link_range, .. }) = inline {
                visit(words, url, *link_range);
            }
        }
        let pictures = if let Kind::Pictures(pictures) = &block.kind { pictures.as_slice() } else { &[] };
        for picture in pictures {
            if let Some(url) = &picture.link {
                visit(&picture.alt, url, picture.ranges.link);
            }
        }
    });
}

/// Returns the letters that stand in the block itself, children apart.
pub fn own_inlines(block: &Block) -> Vec<&Inline> {
    match &block.kind {
        Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => inlines.iter().collect(),
        Kind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.flat_map(|cell| &cell.inlines).chain(&table.caption).collect()
        }
        Kind::Definitions(definitions) => definitions.iter().flat_map(|one| &one.terms).flatten().collect(),
        _ => Vec::new(),
    }
}

/// Returns every picture in reading order.
pub fn pictures(blocks: &[Block]) -> Vec<&Picture> {
    let mut found = Vec::new();
    each(blocks, &mut |block| {
        if let Kind::Pictures(pictures) = &block.kind {
            found.extend(pictures);
        }
    });
    found
}

/// Returns whether nothing of the blocks is seen: they are no more than blanks.
pub fn is_blank(blocks: &[Block]) -> bool {
    let mut blank = true;
    each(blocks, &mut |block| {
        blank &= match &block.kind {
            Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => plain(inlines).trim().is_empty(),
            Kind::Group(_) | Kind::Stack(_) => true,
            _ => false,
        }
    });
    blank
}

/// Returns whether any block or picture takes the height that the rest of the slide leaves.
pub fn stretches(blocks: &[Block]) -> bool {
    let mut found = pictures(blocks).iter().any(|picture| picture.stretch);
    each(blocks, &mut |block| found |= block.style.as_ref().is_some_and(|style| style.stretch));
    found
}

/// Returns every block of code in reading order.
pub fn codes(blocks: &[Block]) -> Vec<&Code> {
    let mut found = Vec::new();
    each(blocks, &mut |block| {
        if let Kind::Code(code) = &block.kind {
            found.push(code);
        }
    });
    found
}

fn first<T>(blocks: &[Block], of: &dyn Fn(&Block) -> Option<T>) -> Option<T> {
    blocks.iter().find_map(|block| {
        of(block).or_else(|| children(block).into_iter().find_map(|inside| first(inside, of)))
    })
}

/// Returns the blocks inside a block, part by part.
pub fn children(block: &Block) -> Vec<&[Block]> {
    match &block.kind {
        Kind::List(list) => list.items.iter().map(|item| item.blocks.as_slice()).collect(),
        Kind::Quote(blocks) | Kind::Group(blocks) | Kind::Stack(blocks) => vec![blocks],
        Kind::Grid(grid) => grid.rows.iter().flatten().map(|cell| cell.blocks.as_slice()).collect(),
        Kind::Definitions(definitions) => {
            definitions.iter().flat_map(|one| one.details.iter().map(Vec::as_slice)).collect()
        }
        _ => Vec::new(),
    }
}

fn one_line(inlines: &[Inline]) -> String {
    plain(inlines).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns about how many bytes of text stand in the block itself, children apart.
pub fn own_length(block: &Block) -> usize {
    let inlines = |inlines: &[Inline]| -> usize {
        let length = |inline: &Inline| if let Inline::Text(text, _) = inline { text.len() } else { 1 };
        inlines.iter().map(length).sum()
    };
    match &block.kind {
        Kind::Paragraph(text) | Kind::Heading { inlines: text, .. } => inlines(text),
        Kind::Code(code) => code.text.len(),
        Kind::Table(table) => table.rows.iter().flatten().map(|cell| inlines(&cell.inlines)).sum(),
        Kind::Definitions(definitions) => {
            definitions.iter().flat_map(|one| &one.terms).map(|term| inlines(term)).sum()
        }
        _ => 1,
    }
}

/// Calls `visit` with the step of every fragment and of every block of code that has steps.
pub fn each_step(blocks: &mut [Block], visit: &mut dyn FnMut(&mut u16)) {
    for block in blocks {
        each_of(&mut block.fragments, visit);
        match &mut block.kind {
            Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => each_of_inlines(inlines, visit),
            Kind::List(list) => {
                for item in &mut list.items {
                    each_of(&mut item.fragments, visit);
                    each_step(&mut item.blocks, visit);
                }
            }
            Kind::Code(code) => {
                let steps = code.lines.iter_mut().flat_map(|lines| lines.steps.iter_mut().skip(1));
                steps.for_each(|one| visit(&mut one.step));
            }
            Kind::Quote(blocks) | Kind::Group(blocks) | Kind::Stack(blocks) => each_step(blocks, visit),
            Kind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| each_of_inlines(&mut cell.inlines, visit));
                each_of_inlines(&mut table.caption, visit);
            }
            Kind::Grid(grid) => {
                grid.rows.iter_mut().flatten().for_each(|cell| each_step(&mut cell.blocks, visit));
            }
            Kind::Pictures(pictures) => {
                for picture in pictures {
                    each_of(&mut picture.fragments, visit);
                }
            }
            Kind::Definitions(definitions) => {
                for one in definitions {
                    one.terms.iter_mut().for_each(|term| each_of_inlines(term, visit));
                    one.details.iter_mut().for_each(|details| each_step(details, visit));
                }
            }
            Kind::Rule | Kind::Placeholder { .. } => {}
        }
    }
}

fn each_of(fragments: &mut [Fragment], visit: &mut dyn FnMut(&mut u16)) {
    for fragment in fragments {
        visit(&mut fragment.step);
    }
}

fn each_of_inlines(inlines: &mut [Inline], visit: &mut dyn FnMut(&mut u16)) {
    for inline in inlines {
        if let Inline::Text(_, marks) = inline {
            each_of(&mut marks.fragments, visit);
        }
    }
}
