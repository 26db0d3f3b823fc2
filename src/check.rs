//! Everything that would embarrass on stage, found before the talk: a deck comes in, diagnostics go out. Who reads them,
//! and where they are written, is not known here.

mod color;
mod github;
mod json;
mod links;
mod pictures;
mod plan;
mod sarif;
mod size;
mod text;

use std::collections::HashSet;
use std::sync::Arc;

use crate::deck::{Deck, Kind, Slide, walk};
use crate::highlight;
use crate::layout::Supply;
use crate::parse::inspect::Inspection;
use crate::parse::{self, Separators};
use crate::source::{Diagnostic, Rule, Severity};
use crate::text::sanitize;

/// What a check must know of pictures, beside their sizes.
pub trait PictureSupply: Supply {
    /// Returns why the picture that the deck names so cannot be shown although its size is known: it is decoded for that.
    fn fault(&self, source: &str) -> Option<String>;

    /// Returns a picture that is there and that the deck may mean, written as the deck would.
    fn similar(&self, source: &str) -> Option<String>;
}

/// A deck that is to be checked, and how.
pub struct CheckOptions<'a> {
    /// The deck.
    pub deck: &'a Deck,
    /// The separators with which it was opened.
    pub separators: &'a Separators,
    /// The terminals, in columns and rows, on which its slides shall fit.
    pub sizes: &'a [(u16, u16)],
    /// Its pictures.
    pub pictures: &'a dyn PictureSupply,
}

/// A deck that was checked.
pub struct Checked {
    /// Its path, as it was given.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// What is wrong with it, from its first line to its last.
    pub diagnostics: Vec<Diagnostic>,
}

/// A way to write what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckFormat {
    /// For people, each with the line that it is about.
    Text {
        /// Whether in colour.
        colors: bool,
    },
    /// For programs.
    Json,
    /// As GitHub's build servers put it beside the lines of a change.
    Github,
    /// As tools exchange it: SARIF 2.1.0.
    Sarif,
}

/// Returns what was found, written.
pub fn write(decks: &[Checked], format: CheckFormat) -> String {
    match format {
        CheckFormat::Text { colors } => text::write(decks, colors),
        CheckFormat::Json => json::write(decks),
        CheckFormat::Github => github::write(decks),
        CheckFormat::Sarif => sarif::write(decks),
    }
}

/// Returns how many of the diagnostics of `decks` matter so much.
pub fn count(decks: &[Checked], severity: Severity) -> usize {
    let all = decks.iter().flat_map(|deck| &deck.diagnostics);
    all.filter(|diagnostic| diagnostic.severity() == severity).count()
}

/// Returns all that is wrong with a deck, from its first line to its last.
pub fn check(order: &CheckOptions<'_>) -> Vec<Diagnostic> {
    let deck = order.deck;
    let inspection = Inspection::new(deck, order.separators);
    let mut all = deck.diagnostics.clone();
    all.extend(inspection.separation());
    let mut links = links::Links::default();
    let mut pictures = pictures::PictureFindings::default();
    for index in 0..deck.slides.len() {
        let slide = parse::slide(deck, index);
        links.add(index, &slide);
        all.extend(slide.diagnostics.iter().cloned());
        all.extend(inspection.slide(index));
        all.extend(pictures.told(order, index, &slide));
        all.extend(size::told(order, index, &slide));
        all.extend(color::told(deck, index, &slide));
        all.extend(plain(deck, index, &slide));
    }
    all.extend(links.dead(deck));
    all.extend(plan::told(deck));
    finished(all)
}

/// Returns what is told of a slide by its tree alone: languages that are not known, and that nothing is on it.
fn plain(deck: &Deck, index: usize, slide: &Slide) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    walk::each(&slide.blocks, &mut |block| {
        let Kind::Code(code) = &block.kind else { return };
        let source = code.is_source_of();
        let Some(name) = highlight::unknown(&code.info).filter(|_| source.is_none()) else { return };
        let message = format!("`{name}` is no language that is known, so the code has no colours");
        let told = Diagnostic::of(Rule::LanguageUnknown, message).about(code.info_range);
        found.push(told.hint("name the nearest one that is, or `text`"));
    });
    let background = &slide.attributes.background;
    let is_bare = slide.blocks.is_empty() && background.color.is_none() && background.picture.is_none();
    // That all of it is notes is told where notes are.
    if is_bare && deck.slides.get(index).is_some_and(|source| source.notes.is_none()) {
        let told = Diagnostic::of(Rule::SlideEmpty, "nothing of this slide is seen");
        found.push(told.hint("put something on it, or take its separator away"));
    }
    deck.place(index, &mut found);
    found
}

/// Returns the diagnostics in order, each once, in letters that may be shown.
fn finished(mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let clean = |text: &str| sanitize(text).replace(['\n', '\t'], " ");
    for diagnostic in &mut all {
        diagnostic.message = clean(&diagnostic.message);
        diagnostic.hint = diagnostic.hint.take().map(|hint| clean(&hint));
    }
    let column = |one: &Diagnostic| one.columns.as_ref().map_or(0, |columns| columns.start);
    all.sort_by_key(|one| (one.line.unwrap_or(0), column(one), one.severity(), one.rule));
    let mut seen = HashSet::new();
    all.retain(|one| seen.insert((one.line, one.columns.clone(), one.message.clone())));
    all
}
