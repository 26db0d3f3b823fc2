//! What is odd about how a deck is written, to be checked before the talk: near-misses that reading a deck forgives
//! without a word.

mod markup;
mod notes;
mod separation;

use super::{Separators, front_matter, own_separators};
use crate::deck::Deck;
use crate::source::Diagnostic;

/// A deck that is looked through.
pub struct Inspection<'a> {
    deck: &'a Deck,
    /// What its author or the command line gives.
    given: Separators,
    /// Where its front matter ends.
    body: usize,
}

impl<'a> Inspection<'a> {
    /// Looks through `deck`, which was opened with these separators of the caller's.
    pub fn new(deck: &'a Deck, separators: &Separators) -> Self {
        let body = front_matter::read(&deck.text).body;
        // What cannot be used was reported when the deck was opened.
        let own = own_separators(&deck.meta, &mut Vec::new());
        Self { deck, given: separators.clone().or(own), body }
    }

    /// Returns by which rule the slides are parted, and what nearly parts them.
    pub fn separation(&self) -> Vec<Diagnostic> {
        separation::told(self)
    }

    /// Returns what is odd about the source of the slide at `index`: HTML and code that do not end, end tags that close
    /// nothing, notes that reveal.js reads in another way.
    pub fn slide(&self, index: usize) -> Vec<Diagnostic> {
        let mut diagnostics = markup::faults(self.deck, index);
        if self.given.notes().is_none() {
            diagnostics.extend(notes::told(self.deck, index));
        }
        for diagnostic in &mut diagnostics {
            diagnostic.slide = Some(index + 1);
        }
        diagnostics
    }
}
