//! HTML tags as they stand in Markdown: which element they open or close. Their attributes are stepped over.

/// A tag that is longer is none that a person wrote; the limit keeps the search for its `>` short.
const LONGEST: usize = 1024;

/// The elements of HTML that have an end tag, sorted.
#[rustfmt::skip]
const NAMES: [&str; 107] = [
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "body",
    "button", "canvas", "caption", "center", "cite", "code", "colgroup", "data", "datalist", "dd", "del",
    "details", "dfn", "dialog", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "html", "i",
    "iframe", "ins", "kbd", "label", "legend", "li", "main", "map", "mark", "marquee", "math", "menu",
    "meter", "nav", "noscript", "object", "ol", "optgroup", "option", "output", "p", "picture", "pre",
    "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section", "select", "slot",
    "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
    "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "var",
    "video",
];

/// How many elements are known.
pub(super) const KNOWN: usize = NAMES.len();

/// A tag of a known element that is not void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) struct Tag {
    /// The element's number, below [`KNOWN`].
    pub(in crate::parse) name: usize,
    /// What it does to the element.
    pub(in crate::parse) kind: Kind,
    /// How many bytes it takes.
    pub(in crate::parse) length: usize,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Kind {
    /// Opens an element.
    Start,
    /// Closes it.
    End,
    /// Does both, as `<div/>` does in the eyes of whoever wrote it.
    Empty,
}

impl Tag {
    /// Returns the tag that `text` begins with.
    pub(in crate::parse) fn read(text: &[u8]) -> Option<Self> {
        let text = &text[..text.len().min(LONGEST)];
        let rest = text.strip_prefix(b"<")?;
        let (rest, ends) = rest.strip_prefix(b"/").map_or((rest, false), |rest| (rest, true));
        let (name, rest) = rest.split_at(rest.iter().position(|byte| !byte.is_ascii_alphanumeric())?);
        let name = number(name)?;
        if !matches!(rest[0], b' ' | b'\t' | b'\n' | b'/' | b'>') {
            return None;
        }
        let close = end_of_attributes(rest)?;
        let kind = match (ends, close.checked_sub(1).map(|before| rest[before])) {
            (true, _) => Kind::End,
            (false, Some(b'/')) => Kind::Empty,
            (false, _) => Kind::Start,
        };
        Some(Self { name, kind, length: text.len() - rest.len() + close + 1 })
    }

    /// Returns the element's name.
    pub(in crate::parse) fn element(self) -> &'static str {
        NAMES[self.name]
    }

    /// Returns the element's name where nothing in it is HTML.
    pub(in crate::parse) fn raw(self) -> Option<&'static str> {
        Some(NAMES[self.name]).filter(|name| matches!(*name, "script" | "style" | "textarea"))
    }
}

/// Returns the number of the element called `name`, in whatever case.
fn number(name: &[u8]) -> Option<usize> {
    let mut lower = [0; 10];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    NAMES.binary_search_by(|known| known.as_bytes().cmp(lower)).ok()
}

/// Returns where the `>` stands that ends a tag. Neither a blank line nor another tag stands in one, but
/// quoted.
fn end_of_attributes(text: &[u8]) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    let mut line_is_blank = false;
    for (index, &byte) in text.iter().enumerate() {
        match (quote, byte) {
            (_, b'\n') if line_is_blank => return None,
            (_, b'\n') => line_is_blank = true,
            (_, b' ' | b'\t') => {}
            (None, b'>') => return Some(index),
            (None, b'<') => return None,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        if !matches!(byte, b' ' | b'\t' | b'\n') {
            (before, line_is_blank) = (byte, false);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("<div>", "div", Kind::Start)]
    #[case::upper("<TABLE>", "table", Kind::Start)]
    #[case::end("</Center >", "center", Kind::End)]
    #[case::attributes("<td width=\"60%\" a = 'x>y' b>", "td", Kind::Start)]
    #[case::lines("<div\n  class=\"a\"\n>", "div", Kind::Start)]
    #[case::slash("<p/>", "p", Kind::Empty)]
    #[case::quote_in_a_value("<p title=it's>", "p", Kind::Start)]
    fn tags_are_read(#[case] text: &str, #[case] name: &str, #[case] kind: Kind) {
        let tag = Tag::read(format!("{text} a > b").as_bytes()).expect("it is a tag");
        assert_eq!((NAMES[tag.name], tag.kind, tag.length), (name, kind, text.len()));
    }

    #[rstest]
    #[case::void("<br>")]
    #[case::unknown("<v-click>")]
    #[case::longer_name("<divs>")]
    #[case::address("<a:b>")]
    #[case::less_than("< div>")]
    #[case::no_end("<div class")]
    #[case::another_tag("<div <b>")]
    #[case::blank_line("<div\n \n>")]
    fn what_is_no_tag_is_none(#[case] text: &str) {
        assert_eq!(Tag::read(text.as_bytes()), None);
    }

    #[test]
    fn the_names_are_sorted_and_found() {
        assert!(NAMES.is_sorted() && NAMES.iter().all(|name| number(name.as_bytes()).is_some()));
    }
}
