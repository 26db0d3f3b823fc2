//! Call-outs of GitHub and Obsidian: a quote that opens with `[!NOTE]` begins with a bold `Note`, or with the title
//! that its author gave it.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::spanned::{SpannedEvent, ends_inline, is_inline};

/// Returns the pieces with the marks of call-outs made into titles.
pub(super) fn titled(mut pieces: Vec<SpannedEvent<'_>>) -> Vec<SpannedEvent<'_>> {
    let opens = |three: &[SpannedEvent<'_>]| {
        matches!(three[0].event, Event::Start(Tag::BlockQuote(_)))
            && matches!(three[1].event, Event::Start(Tag::Paragraph))
            && !three[2].escaped
            && three[2].text().is_some_and(|text| mark(text).is_some())
    };
    let found: Vec<usize> =
        pieces.windows(3).enumerate().filter(|(_, three)| opens(three)).map(|(at, _)| at + 2).collect();
    if found.is_empty() {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len() + 4 * found.len());
    let mut from = 0;
    for at in found {
        let end = end_of_line(&pieces, at);
        let Some((kind, title)) = pieces[at].text().and_then(mark) else { continue };
        let words = if title.is_empty() && end == at + 1 { kind } else { title.to_owned() };
        pieces[at].event = Event::Text(words.into());
        out.extend_from_slice(&pieces[from..at]);
        out.push(SpannedEvent::html("<strong>"));
        out.extend_from_slice(&pieces[at..end]);
        out.push(SpannedEvent::html("</strong>"));
        from = end;
        if !matches!(pieces[end].event, Event::End(_)) {
            let range = pieces[end].range.clone();
            out.push(SpannedEvent::new(Event::End(TagEnd::Paragraph), range.clone()));
            out.push(SpannedEvent::new(Event::Start(Tag::Paragraph), range));
            from += 1;
        }
    }
    out.extend_from_slice(&pieces[from..]);
    out
}

/// Returns the kind of a call-out as a word, and the title behind its mark.
fn mark(text: &str) -> Option<(String, &str)> {
    let (kind, title) = text.strip_prefix("[!")?.split_once(']')?;
    let is_word =
        !kind.is_empty() && kind.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-');
    // Obsidian's mark of what is folded or not.
    let title = title.strip_prefix(['+', '-']).unwrap_or(title).trim_start();
    is_word.then(|| (kind[..1].to_ascii_uppercase() + &kind[1..].to_ascii_lowercase(), title))
}

/// Returns where the first line of the paragraph ends, of which `at` is a part.
fn end_of_line(pieces: &[SpannedEvent<'_>], at: usize) -> usize {
    let mut depth = 0_usize;
    for (nth, piece) in pieces.iter().enumerate().skip(at) {
        match &piece.event {
            Event::Start(tag) if is_inline(tag) => depth += 1,
            Event::End(tag) if ends_inline(*tag) => depth -= 1,
            Event::End(_) | Event::Start(_) => return nth,
            Event::SoftBreak | Event::HardBreak if depth == 0 => return nth,
            _ => {}
        }
    }
    pieces.len() - 1
}
