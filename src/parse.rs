//! From a deck's text to its tree. Reading never fails: what is odd becomes a diagnostic.

mod attributes;
mod convert;
mod directive;
mod element;
mod fragment;
pub mod front_matter;
mod html;
pub mod inspect;
mod markdown;
mod math;
mod notes;
mod rewriting;
mod scan;
mod script;
mod sources;
pub mod split;
mod style;
mod target;
mod timing;
mod traced;
mod visibility;

use std::ops::Range;
use std::sync::Arc;

pub use split::Separators;
pub use target::target;
pub use timing::{TimingEdits, timing};

use self::notes::Opener;
use self::sources::SplitDeck;
use crate::deck::{Block, Code, Deck, Kind, Meta, Slide, SlideSource};
use crate::source::{Diagnostic, Rule, Source};
use crate::text::sanitize;

/// A slide of more bytes than this is shown as it is written: no person wrote it as one slide.
const LARGEST: usize = 4 << 20;

/// Returns the deck of `source`, split but not parsed: a slide is parsed when it is first shown.
///
/// Each of the `separators` is the caller's; without it the front matter's counts, and else the text itself tells.
pub fn open(source: Source, separators: Option<&Separators>) -> Deck {
    let mut diagnostics = source.diagnostics;
    let front = front_matter::read(&source.text);
    diagnostics.extend(front.diagnostics);
    let own = own_separators(&front.meta, &mut diagnostics);
    let separators = separators.cloned().unwrap_or_default().or(own);
    let body = &source.text[front.body..];
    let of_slides = separators.of_slides(body).and_then(|found| told(found, &mut diagnostics));
    let split = split::split(body, front.line, of_slides.as_ref());
    diagnostics.extend(split.diagnostics);
    let opener = told(Opener::new(separators.notes()), &mut diagnostics).unwrap_or(Opener::Word);
    let pieces = split.slides.into_iter().map(|piece| piece.moved(front.body)).collect();
    let reading = SplitDeck { text: &source.text, pieces, opener, diagnostics };
    let (slides, mut diagnostics) = reading.sources(front.meta.show_hidden.unwrap_or(false));
    placed(&mut diagnostics, &slides);
    Deck { meta: front.meta, slides, text: Arc::from(source.text), diagnostics }
}

/// Returns the separators that the front matter gives. One that is no regular expression is told, and left out.
fn own_separators(meta: &Meta, diagnostics: &mut Vec<Diagnostic>) -> Separators {
    let Meta { separator, vertical_separator, notes_separator, .. } = meta;
    let given = [
        Separators::new(separator.as_deref(), None, None),
        Separators::new(None, vertical_separator.as_deref(), None),
        Separators::new(None, None, notes_separator.as_deref()),
    ];
    let good = given.into_iter().filter_map(|given| told(given, diagnostics));
    good.fold(Separators::default(), Separators::or)
}

/// Returns what was found, or tells why it can't be used.
fn told<T>(found: Result<T, Diagnostic>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    found.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

/// Tells of each diagnostic that has a line on which slide that is.
fn placed(diagnostics: &mut [Diagnostic], slides: &[SlideSource]) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.slide.is_none()) {
        let Some(line) = diagnostic.line else { continue };
        let number = slides.partition_point(|slide| slide.line <= line);
        diagnostic.slide = Some(number).filter(|&number| number > 0);
    }
}

/// Returns the slide at `index` (from 0) of `deck`; an empty one beyond the last.
pub fn slide(deck: &Deck, index: usize) -> Slide {
    let mut slide = read(deck.slide_text(index), 0, deck.meta.animate_lists == Some(true));
    let notes = deck.notes_text(index);
    if !notes.is_empty() {
        let Slide { blocks, notes, diagnostics, .. } = read(notes, deck.notes_start(index), false);
        slide.notes.extend(blocks.into_iter().chain(notes));
        slide.diagnostics.extend(diagnostics);
    }
    deck.place(index, &mut slide.diagnostics);
    slide
}

/// Returns the slide that `markdown` makes, which begins at the byte `at` of the slide's source; the items of its lists
/// one by one where that is wished.
fn read(markdown: &str, at: usize, one_by_one: bool) -> Slide {
    tree(markdown, at).map_or_else(|| as_written(markdown), |tree| converted(tree, one_by_one))
}

/// Returns where the comments of a slide's `markdown` are written, in their order.
fn comments(markdown: &str) -> Vec<Range<usize>> {
    let Some(tree) = tree(markdown, 0) else { return Vec::new() };
    let ranges = tree.comments().into_iter().filter_map(|(id, _)| tree.node(id).source().bytes());
    let is_comment = |range: &Range<usize>| {
        markdown.get(range.clone()).is_some_and(|text| text.starts_with("<!--") && text.ends_with("-->"))
    };
    ranges.filter(is_comment).collect()
}

/// Returns the tree of `markdown`, which begins at the byte `at` of the slide's source; none where it is larger or deeper
/// than any person writes.
fn tree(markdown: &str, at: usize) -> Option<html::Tree> {
    if markdown.len() <= LARGEST { html::tree(markdown::to_html(markdown, at)) } else { None }
}

/// Returns the slide that a tree stands for.
fn converted(mut tree: html::Tree, one_by_one: bool) -> Slide {
    attributes::apply(&mut tree);
    let mut converter = convert::Converter::default();
    let mut blocks = converter.slide(tree.root(), one_by_one);
    let steps = fragment::number(&mut blocks);
    let attributes = attributes::of_slide(tree.root());
    let mut notes: Vec<Block> = attributes::notes(tree.root()).into_iter().collect();
    notes.append(&mut converter.notes);
    converter.diagnostics.extend(attributes::odd_times(tree.root()));
    Slide { blocks, notes, steps, attributes, diagnostics: converter.diagnostics }
}

/// Returns a slide that shows its own source, for what cannot be read in reasonable time.
fn as_written(markdown: &str) -> Slide {
    let code = Code { text: sanitize(markdown).into_owned(), ..Code::default() };
    let diagnostic =
        Diagnostic::of(Rule::SlideUnread, "the slide is too large or too deeply nested to be read")
            .hint("it is shown as it is written; part it into slides");
    Slide { blocks: vec![Block::new(Kind::Code(code))], diagnostics: vec![diagnostic], ..Slide::default() }
}
