//! HTML that was made of a slide's source, and where in the source each of its tags comes from. What the tags mean is not
//! known here.

use std::ops::Range;

use crate::source::SourceRange;

/// HTML with the places that it comes from.
#[derive(Debug, Default)]
pub(super) struct TracedHtml {
    pub(super) text: String,
    /// In the order of the HTML.
    pub(super) anchors: Vec<Anchor>,
}

/// Where a piece of HTML comes from, up to the next one.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The byte of the HTML at which it begins.
    pub(super) at: usize,
    /// What it was made of.
    pub(super) source: SourceRange,
    /// Whether it is the source letter by letter.
    pub(super) is_copy: bool,
    /// Where the values of its element's attributes are written, by name.
    pub(super) attributes: Vec<(String, SourceRange)>,
}

impl TracedHtml {
    /// Returns what the HTML at `range` was made of.
    pub(super) fn source(&self, range: Range<usize>) -> SourceRange {
        let (Some(first), Some(last)) = (self.anchor(range.start), self.anchor(range.end.saturating_sub(1)))
        else {
            return SourceRange::UNKNOWN;
        };
        let (Some(from), Some(to)) = (first.source.bytes(), last.source.bytes()) else {
            return SourceRange::UNKNOWN;
        };
        let start =
            if first.is_copy { (from.start + range.start - first.at).min(from.end) } else { from.start };
        let end = if last.is_copy { (to.start + range.end - last.at).min(to.end) } else { to.end };
        SourceRange::new(start..end.max(start))
    }

    /// Returns where the value of the attribute `name` is written that the tag at `range` has.
    pub(super) fn attribute(&self, range: Range<usize>, name: &str) -> SourceRange {
        let Some(anchor) = self.anchor(range.start) else { return SourceRange::UNKNOWN };
        if anchor.is_copy {
            let value = self.text.get(range.clone()).and_then(|tag| value(tag, name));
            let value = value.map(|value| range.start + value.start..range.start + value.end);
            return value.map_or(SourceRange::UNKNOWN, |value| self.source(value));
        }
        let found = anchor.attributes.iter().find(|(known, _)| known == name);
        found.map_or(SourceRange::UNKNOWN, |(_, source)| *source)
    }

    fn anchor(&self, at: usize) -> Option<&Anchor> {
        let after = self.anchors.partition_point(|anchor| anchor.at <= at);
        self.anchors[..after].last()
    }
}

impl From<&str> for TracedHtml {
    /// HTML that is its own source.
    fn from(html: &str) -> Self {
        let source = SourceRange::new(0..html.len());
        let anchor = Anchor { at: 0, source, is_copy: true, attributes: Vec::new() };
        Self { text: html.to_owned(), anchors: vec![anchor] }
    }
}

/// Returns where in a start tag the value of the first attribute called `name` stands; an empty place behind a name
/// without a value.
fn value(tag: &str, name: &str) -> Option<Range<usize>> {
    let bytes = tag.as_bytes();
    let skip = |from: usize, fits: fn(u8) -> bool| {
        bytes[from..].iter().position(|&byte| !fits(byte)).map_or(bytes.len(), |length| from + length)
    };
    let is_blank = |byte: u8| byte.is_ascii_whitespace();
    let mut at = skip(1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
    loop {
        let start = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if matches!(bytes.get(start), None | Some(b'>')) {
            return None;
        }
        // A sign of equality may begin a name.
        let end = skip(start + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let is_it = tag.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name));
        let sign = skip(end, is_blank);
        let mut value = end..end;
        at = end;
        if bytes.get(sign) == Some(&b'=') {
            let start = skip(sign + 1, is_blank);
            let quote = bytes.get(start).copied().filter(|byte| matches!(byte, b'"' | b'\''));
            value = match quote {
                Some(quote) => {
                    let length = bytes[start + 1..].iter().position(|&byte| byte == quote)?;
                    start + 1..start + 1 + length
                }
                None => start..skip(start, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
            };
            at = value.end + usize::from(quote.is_some());
        }
        if is_it {
            return Some(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::double("<img alt=\"src=a\" src=\"b c\">", Some("b c"))]
    #[case::single("<img src='b'>", Some("b"))]
    #[case::bare("<img src=b/c.png>", Some("b/c.png"))]
    #[case::apart("<IMG\n  SRC = \"b\" >", Some("b"))]
    #[case::the_first("<img src=a src=b>", Some("a"))]
    #[case::without_a_value("<img src alt=\"src\">", Some(""))]
    #[case::empty("<img src=\"\">", Some(""))]
    #[case::behind_a_slash("<img/src=b>", Some("b"))]
    #[case::another("<img data-src=b src-x=c>", None)]
    #[case::in_the_name("<src>", None)]
    #[case::odd("<img = =b src=é>", Some("é"))]
    fn a_tag_has_attributes(#[case] tag: &str, #[case] expected: Option<&str>) {
        assert_eq!(value(tag, "src").map(|range| &tag[range]), expected);
    }

    #[test]
    fn html_leads_back_to_its_source() {
        let copy = |at, start, end| Anchor {
            at,
            source: SourceRange::new(start..end),
            is_copy: true,
            attributes: Vec::new(),
        };
        let made = Anchor {
            at: 20,
            source: SourceRange::new(30..40),
            is_copy: false,
            attributes: vec![("src".to_owned(), SourceRange::new(33..36))],
        };
        let html = TracedHtml {
            text: "<a\n> <b src=x></b>  <img src=\"x\"/>".to_owned(),
            anchors: vec![copy(0, 10, 13), copy(3, 15, 29), made],
        };
        assert_eq!(html.source(0..4).bytes(), Some(10..16));
        assert_eq!(html.source(5..14).bytes(), Some(17..26));
        assert_eq!(html.attribute(5..14, "src").bytes(), Some(24..25));
        assert_eq!(html.source(20..34).bytes(), Some(30..40));
        assert_eq!(html.attribute(20..34, "src").bytes(), Some(33..36));
        assert_eq!(html.attribute(20..34, "alt").bytes(), None);
        assert_eq!(TracedHtml::default().source(0..4).bytes(), None);
    }
}
