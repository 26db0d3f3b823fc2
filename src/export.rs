//! A deck as other documents: bytes come out, somebody else writes them.

mod json;
pub mod report;
mod text;

use crate::deck::Deck;
use crate::parse;

/// A format that a deck can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The words of the slides, in reading order.
    Text,
    /// The same as data.
    Json,
}

/// Returns the deck in `format`, ending in a line feed.
pub fn export(deck: &Deck, format: Format) -> String {
    let slides: Vec<_> = (0..deck.slides.len()).map(|index| parse::slide(deck, index)).collect();
    match format {
        Format::Text => text::deck(&slides),
        Format::Json => json::deck(&slides),
    }
}
