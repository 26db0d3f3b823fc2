//! The parser's events with where they come from, neighbouring letters put together. Nothing is decided on here.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, RefDefs, Tag, TagEnd};

use super::OPTIONS;
use super::attributes::AttributeList;

/// An event and what the author says of the element that it begins.
#[derive(Debug, Clone)]
pub(super) struct SpannedEvent<'a> {
    pub(super) event: Event<'a>,
    /// Its bytes in the source.
    pub(super) range: Range<usize>,
    /// What braces say of the element; empty for most.
    pub(super) attributes: AttributeList,
    /// Where a link's or a picture's address is written; empty for all else.
    pub(super) address: Range<usize>,
    /// The bytes of its words.
    pub(super) words: Range<usize>,
    /// Whether these are letters of which a backslash makes the first one mean itself.
    pub(super) escaped: bool,
}

impl<'a> SpannedEvent<'a> {
    /// An event of which nobody says anything.
    pub(super) fn new(event: Event<'a>, range: Range<usize>) -> Self {
        Self {
            event,
            range,
            attributes: AttributeList::default(),
            address: 0..0,
            words: 0..0,
            escaped: false,
        }
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
pub(super) fn events(source: &str) -> Vec<SpannedEvent<'_>> {
    let mut pieces: Vec<SpannedEvent<'_>> = Vec::new();
    // Letters that follow those of the last piece, put together only once.
    let mut more = String::new();
    let mut open = Vec::new();
    let mut events = Parser::new_ext(source, OPTIONS).into_offset_iter();
    while let Some((event, range)) = events.next() {
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
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => open.push(pieces.len()),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(at) = open.pop() {
                    let words = match pieces.get(at + 1) {
                        Some(first) => first.range.start..pieces[pieces.len() - 1].range.end,
                        None => 0..0,
                    };
                    let definition = definition(&pieces[at].event, events.reference_definitions());
                    pieces[at].address = address(source, &pieces[at], words.end, definition);
                    pieces[at].words = words;
                }
            }
            _ => {}
        }
        let escaped = matches!(event, Event::Text(_)) && source[..range.start].ends_with('\\');
        pieces.push(SpannedEvent { escaped, ..SpannedEvent::new(event, range) });
    }
    if let Some(last) = pieces.last_mut() {
        last.lengthen(&mut more);
    }
    pieces
}

/// Returns where the definition stands that a link or a picture refers to.
fn definition(event: &Event<'_>, all: &RefDefs<'_>) -> Option<Range<usize>> {
    match event {
        Event::Start(
            Tag::Link {
                link_type: LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut, id, ..
            }
            | Tag::Image {
                link_type: LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut, id, ..
            },
        ) => all.get(id).map(|definition| definition.span.clone()),
        _ => None,
    }
}

/// Returns where the address of a link or a picture is written, whose words end before the byte `words`: in its
/// `definition`, where it has one.
fn address(
    source: &str,
    piece: &SpannedEvent<'_>,
    words: usize,
    definition: Option<Range<usize>>,
) -> Range<usize> {
    let (whole, mark) = match &piece.event {
        Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
            return piece.range.start + 1..piece.range.end.saturating_sub(1).max(piece.range.start + 1);
        }
        _ => match definition {
            Some(definition) => (definition, "]:"),
            None => (words.max(piece.range.start)..piece.range.end, "]("),
        },
    };
    let found = source.get(whole.clone()).and_then(|text| {
        let start = text.match_indices(mark).map(|(at, _)| at).find(|&at| !text[..at].ends_with('\\'))?;
        Some(whole.start + start + mark.len())
    });
    found.map_or(0..0, |start| destination(source, start..whole.end))
}

/// Returns the destination with which the bytes at `range` begin, by `CommonMark`'s grammar, without its brackets.
fn destination(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let blanks = text.len() - text.trim_start().len();
    let bare = &text[blanks..];
    let inside = bare.strip_prefix('<');
    let text = inside.unwrap_or(bare);
    let start = range.start + blanks + usize::from(inside.is_some());
    let (mut depth, mut is_escaped) = (0_usize, false);
    let ends = |letter: char| {
        if std::mem::take(&mut is_escaped) {
            return false;
        }
        match letter {
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' if inside.is_none() => return true,
            '>' => return inside.is_some(),
            _ => return inside.is_none() && (letter.is_ascii_whitespace() || letter.is_ascii_control()),
        }
        false
    };
    start..start + text.find(ends).unwrap_or(text.len())
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
