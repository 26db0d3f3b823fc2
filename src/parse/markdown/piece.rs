//! The parser's events with where they come from, neighbouring letters put together. Nothing is decided on here.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::attributes::Attributes;

/// An event and what the author says of the element that it begins.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) event: Event<'a>,
    /// Its bytes in the source.
    pub(super) range: Range<usize>,
    /// What braces say of the element; empty for most.
    pub(super) attributes: Attributes,
    /// Whether these are letters of which a backslash makes the first one mean itself.
    pub(super) escaped: bool,
}

impl<'a> Piece<'a> {
    /// An event of which nobody says anything.
    pub(super) fn new(event: Event<'a>, range: Range<usize>) -> Self {
        Self { event, range, attributes: Attributes::default(), escaped: false }
    }

    /// Markup that stands at no place of the source.
    pub(super) fn html(html: impl Into<CowStr<'a>>) -> Self {
        Self::new(Event::InlineHtml(html.into()), 0..0)
    }

    /// The letters, where these are some.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.event {
            Event::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Adds letters at the end, where there are some.
    fn lengthen(&mut self, more: &mut String) {
        if !more.is_empty() {
            more.insert_str(0, self.text().unwrap_or_default());
            self.event = Event::Text(std::mem::take(more).into());
        }
    }
}

/// Returns the events of `source`; letters in a row are one, up to where a backslash stands.
pub(super) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    // Letters that follow those of the last piece, put together only once.
    let mut more = String::new();
    for (event, range) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        let last = pieces.last_mut();
        match (&event, last) {
            (Event::Text(new), Some(last)) if last.text().is_some() && last.range.end == range.start => {
                more.push_str(new);
                last.range.end = range.end;
                continue;
            }
            (_, Some(last)) => last.lengthen(&mut more),
            _ => {}
        }
        let escaped = matches!(event, Event::Text(_)) && source[..range.start].ends_with('\\');
        pieces.push(Piece { escaped, ..Piece::new(event, range) });
    }
    if let Some(last) = pieces.last_mut() {
        last.lengthen(&mut more);
    }
    pieces
}

/// Returns whether the element stands among letters.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    ends_inline(tag.to_end())
}

/// Returns whether the element that ends stands among letters.
pub(super) fn ends_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
