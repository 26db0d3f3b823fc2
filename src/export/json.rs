//! The words of slides as data, for programs.

use serde::Serialize;

use super::text;
use crate::deck::Slide;

#[derive(Serialize)]
struct Document {
    slides: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    number: usize,
    title: Option<String>,
    text: String,
    notes: Option<String>,
}

/// Returns `{"slides": [{"number", "title", "text", "notes"}]}`; what a slide has none of is null.
pub(super) fn deck(slides: &[Slide]) -> String {
    let entry = |(index, slide): (usize, &Slide)| {
        let notes = text::blocks(&slide.notes);
        Entry {
            number: index + 1,
            title: slide.title(),
            text: text::blocks(&slide.blocks),
            notes: (!notes.is_empty()).then_some(notes),
        }
    };
    let document = Document { slides: slides.iter().enumerate().map(entry).collect() };
    let json = serde_json::to_string_pretty(&document).expect("strings and numbers can always be written");
    json + "\n"
}
