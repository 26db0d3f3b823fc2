//! From a deck's text to its tree. Reading never fails: what is odd becomes a diagnostic.

mod attributes;
mod convert;
mod directive;
mod fragment;
pub mod front_matter;
mod html;
mod markdown;
pub mod split;
mod style;

use std::sync::Arc;

pub use split::Separator;

use crate::deck::{Block, Code, Deck, Kind, Meta, Slide, SlideSource};
use crate::source::{Diagnostic, Source};
use crate::text::sanitize;

/// A slide of more bytes than this is shown as it is written: no person wrote it as one slide.
const LARGEST: usize = 4 << 20;

/// Returns the deck of `source`, split but not parsed: a slide is parsed when it is first shown.
///
/// `separator` is the caller's; without one the front matter's counts, and else the text itself tells.
pub fn open(source: Source, separator: Option<&Separator>) -> Deck {
    let mut diagnostics = source.diagnostics;
    let front = front_matter::read(&source.text);
    diagnostics.extend(front.diagnostics);
    let own = own_separator(&front.meta, &mut diagnostics);
    let split = split::split(&source.text[front.body..], front.line, separator.or(own.as_ref()));
    diagnostics.extend(split.diagnostics);
    let slides = split.slides.into_iter().map(|piece| SlideSource {
        range: piece.range.start + front.body..piece.range.end + front.body,
        line: piece.line,
        vertical: piece.vertical,
    });
    Deck { meta: front.meta, slides: slides.collect(), text: Arc::from(source.text), diagnostics }
}

/// Returns the separator that the front matter gives. One that is no regular expression is told, and the text decides.
fn own_separator(meta: &Meta, diagnostics: &mut Vec<Diagnostic>) -> Option<Separator> {
    let compiled = Separator::compile(meta.separator.as_deref()?, meta.vertical_separator.as_deref());
    compiled.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

/// Returns the slide at `index` (from 0) of `deck`; an empty one beyond the last.
pub fn slide(deck: &Deck, index: usize) -> Slide {
    let markdown = deck.slide_text(index);
    let tree = if markdown.len() <= LARGEST { html::tree(&markdown::to_html(markdown)) } else { None };
    let mut slide = tree.map_or_else(|| as_written(markdown), converted);
    let line = deck.slides.get(index).map_or(1, |source| source.line);
    for diagnostic in &mut slide.diagnostics {
        diagnostic.slide = Some(index + 1);
        diagnostic.line = Some(line);
    }
    slide
}

/// Returns the slide that a tree stands for.
fn converted(mut tree: html::Tree) -> Slide {
    attributes::apply(&mut tree);
    let mut converter = convert::Converter::default();
    let mut blocks = converter.slide(tree.root());
    let steps = fragment::number(&mut blocks);
    let attributes = attributes::of_slide(tree.root());
    Slide { blocks, notes: converter.notes, steps, attributes, diagnostics: converter.diagnostics }
}

/// Returns a slide that shows its own source, for what cannot be read in reasonable time.
fn as_written(markdown: &str) -> Slide {
    let code = Code { text: sanitize(markdown).into_owned(), ..Code::default() };
    let diagnostic = Diagnostic::new("the slide is too large or too deeply nested to be read")
        .hint("it is shown as it is written; part it into slides");
    Slide { blocks: vec![Block::new(Kind::Code(code))], diagnostics: vec![diagnostic], ..Slide::default() }
}
