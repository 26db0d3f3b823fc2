//! Markup in a deck's text: comments and the tags of HTML's elements, each with its bytes.

use std::ops::Range;

use super::element::{Element, Tags};

/// A tag that is longer is none that a person wrote; the limit keeps the search for its `>` short.
const LONGEST_TAG: usize = 1024;
/// Code spans in more backticks than this are read as text.
const LONGEST_SPAN: usize = 8;

/// A piece of markup.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Markup {
    pub(super) kind: MarkupKind,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
}

/// What a piece of markup is. No element is void: those are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkupKind {
    /// A comment with its `<!--` and `-->`.
    Comment,
    /// The tag that opens an element.
    Start(&'static Element),
    /// The tag that closes one.
    End(&'static Element),
    /// A tag such as `<div/>`: its author means both, whatever a browser reads.
    Empty(&'static Element),
    /// A whole element in which nothing is markup, such as a script.
    Raw(&'static Element),
}

/// Finds the markup in a text, from its start to its end.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    syntax: Syntax,
    unclosed: Unclosed,
}

/// What a text is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// Backticks and backslashes hide markup; a comment or a script that never ends is text.
    Markdown,
    /// A comment or a script that never ends goes on to the end of the text.
    Html,
}

/// What has no end in the rest of the text, so that it is not searched for again.
#[derive(Default)]
struct Unclosed {
    comment: bool,
    raw: Vec<&'static str>,
    /// For each length of code spans, up to where none ends.
    spans: [usize; LONGEST_SPAN + 1],
}

impl<'a> Scanner<'a> {
    /// Finds the markup in `text`, which is Markdown.
    pub(super) fn markdown(text: &'a str) -> Self {
        Self { text, at: 0, syntax: Syntax::Markdown, unclosed: Unclosed::default() }
    }

    /// Finds the markup at `range` of `text`, where HTML stands.
    pub(super) fn html(text: &'a str, range: Range<usize>) -> Self {
        let text = &text[..range.end];
        Self { text, at: range.start, syntax: Syntax::Html, unclosed: Unclosed::default() }
    }

    /// Returns the byte from which the scanner goes on.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Passes over the text up to the byte `at`.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Returns the next token that begins before the byte `stop`. A tag ends before it as well; a comment or a raw
    /// element may end after it.
    pub(super) fn next_before(&mut self, stop: usize) -> Option<Markup> {
        let bytes = self.text.as_bytes();
        while self.at < stop {
            let is_mark = |byte: &u8| match self.syntax {
                Syntax::Markdown => matches!(byte, b'<' | b'`' | b'\\'),
                Syntax::Html => *byte == b'<',
            };
            let Some(found) = bytes[self.at..stop].iter().position(is_mark) else {
                self.at = stop;
                return None;
            };
            let start = self.at + found;
            match bytes[start] {
                b'\\' => self.at = start + 2,
                b'`' => self.at = self.code_span(start, stop),
                _ => {
                    if let Some(token) = self.comment(start).or_else(|| self.tag(start, stop)) {
                        return Some(token);
                    }
                    self.at = start + 1;
                }
            }
        }
        None
    }

    /// Returns the end of the code span at `at`, or of its backticks where it is none.
    fn code_span(&mut self, at: usize, stop: usize) -> usize {
        let bytes = self.text.as_bytes();
        let run = |at: usize| bytes[at..stop].iter().take_while(|&&byte| byte == b'`').count();
        let length = run(at);
        let start = at + length;
        if length > LONGEST_SPAN || start < self.unclosed.spans[length] {
            return start;
        }
        let mut end = start;
        while end < stop {
            match bytes[end] {
                b'`' if run(end) == length => return end + length,
                b'`' => end += run(end),
                // A code span ends with its paragraph.
                b'\n' if is_blank(&bytes[end + 1..stop]) => break,
                _ => end += 1,
            }
        }
        self.unclosed.spans[length] = end;
        start
    }

    /// Returns the comment at `start`, and goes on after it.
    fn comment(&mut self, start: usize) -> Option<Markup> {
        if self.unclosed.comment || !self.text[start..].starts_with("<!--") {
            return None;
        }
        // The end may use the hyphens of the start.
        self.at = match self.text[start + 2..].find("-->") {
            Some(length) => start + 2 + length + 3,
            None if self.syntax == Syntax::Html => self.text.len(),
            None => {
                self.unclosed.comment = true;
                return None;
            }
        };
        Some(Markup { kind: MarkupKind::Comment, range: start..self.at })
    }

    /// Returns the tag at `start`, or the whole element where it holds a script or the like, and goes on after it.
    fn tag(&mut self, start: usize, stop: usize) -> Option<Markup> {
        let Markup { kind, range } = tag(&self.text[..stop], start)?;
        let MarkupKind::Start(element) = kind else {
            self.at = range.end;
            return Some(Markup { kind, range });
        };
        if element.tags != Tags::Raw {
            self.at = range.end;
            return Some(Markup { kind, range });
        }
        match self.raw_end(element, range.end) {
            Some(end) => {
                self.at = end;
                Some(Markup { kind: MarkupKind::Raw(element), range: start..end })
            }
            None if self.syntax == Syntax::Html => {
                self.at = self.text.len();
                Some(Markup { kind, range })
            }
            None => None,
        }
    }

    /// Returns where the end tag of a raw `element` ends, searched from `at`.
    fn raw_end(&mut self, element: &'static Element, at: usize) -> Option<usize> {
        if self.unclosed.raw.contains(&element.name) {
            return None;
        }
        let marks = self.text[at..].match_indices("</").map(|(index, _)| at + index);
        let mut tags = marks.filter_map(|at| tag(self.text, at));
        let end = tags.find(|tag| tag.kind == MarkupKind::End(element)).map(|tag| tag.range.end);
        if end.is_none() {
            self.unclosed.raw.push(element.name);
        }
        end
    }
}

impl Iterator for Scanner<'_> {
    type Item = Markup;

    fn next(&mut self) -> Option<Markup> {
        self.next_before(self.text.len())
    }
}

/// Returns what a whole comment says between its marks.
pub(super) fn comment_text(comment: &str) -> &str {
    // `<!-->` is a whole comment: its end may use the hyphens of its start.
    comment.strip_prefix("<!--").and_then(|text| text.strip_suffix("-->")).unwrap_or_default()
}

/// Returns the element whose start tag `html` begins with, by the tag's name alone.
pub(super) fn opened(html: &str) -> Option<&'static Element> {
    name(html.strip_prefix('<')?).map(|(element, _)| element)
}

/// Returns the element that `text` begins with the name of, and what follows the name.
fn name(text: &str) -> Option<(&'static Element, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric())?;
    let (name, rest) = text.split_at(end);
    let element = Element::named(name)?;
    rest.starts_with([' ', '\t', '\n', '/', '>']).then_some((element, rest))
}

/// Returns the tag that stands at `start` of `text`.
fn tag(text: &str, start: usize) -> Option<Markup> {
    let rest = text[start..].strip_prefix('<')?;
    let (rest, ends) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let (element, rest) = name(rest)?;
    if element.tags == Tags::Void {
        return None;
    }
    let attributes = text.len() - rest.len();
    let last =
        attributes + end_of_attributes(&rest.as_bytes()[..rest.len().min(start + LONGEST_TAG - attributes)])?;
    let kind = match text.as_bytes()[last - 1] {
        _ if ends => MarkupKind::End(element),
        b'/' => MarkupKind::Empty(element),
        _ => MarkupKind::Start(element),
    };
    Some(Markup { kind, range: start..last + 1 })
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

/// Returns whether the line at the start of `text` is blank; at the text's end it is.
fn is_blank(text: &[u8]) -> bool {
    text.iter().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|&byte| byte == b'\n')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Returns the tokens as words, each with the text that it takes.
    fn drawn(text: &str, scanner: Scanner<'_>) -> Vec<String> {
        let drawn = |token: Markup| {
            let name = match token.kind {
                MarkupKind::Comment => "comment".to_owned(),
                MarkupKind::Start(element) => format!("+{}", element.name),
                MarkupKind::End(element) => format!("-{}", element.name),
                MarkupKind::Empty(element) => format!("±{}", element.name),
                MarkupKind::Raw(element) => format!("raw {}", element.name),
            };
            format!("{name} {}", &text[token.range])
        };
        scanner.map(drawn).collect()
    }

    #[rstest]
    #[case::plain("<div>", "+div")]
    #[case::upper("<TABLE>", "+table")]
    #[case::end("</Center >", "-center")]
    #[case::attributes("<td width=\"60%\" a = 'x>y' b>", "+td")]
    #[case::lines("<div\n  class=\"a\"\n>", "+div")]
    #[case::slash("<p/>", "±p")]
    #[case::quote_in_a_value("<p title=it's>", "+p")]
    #[case::comment("<!-- <b> -->", "comment")]
    #[case::short_comment("<!-->", "comment")]
    #[case::script("<script>a = '<b>'</Script>", "raw script")]
    fn markup_is_found_with_its_bytes(#[case] markup: &str, #[case] name: &str) {
        let text = format!("é {markup} a > b");
        let expected = [format!("{name} {markup}")];
        assert_eq!(drawn(&text, Scanner::markdown(&text)), expected);
        assert_eq!(drawn(&text, Scanner::html(&text, 3..text.len())), expected);
    }

    #[rstest]
    #[case::void("<br>")]
    #[case::unknown("<v-click>")]
    #[case::longer_name("<divs>")]
    #[case::address("<a:b>")]
    #[case::less_than("< div>")]
    #[case::no_end("<div class")]
    #[case::another_tag("<div <br>")]
    #[case::blank_line("<div\n \n>")]
    fn what_is_no_tag_is_text(#[case] text: &str) {
        assert_eq!(Scanner::markdown(text).next(), None);
        assert_eq!(Scanner::html(text, 0..text.len()).next(), None);
    }

    #[rstest]
    #[case::code_span("`<b>` <i>", &["+i <i>"], &["+b <b>", "+i <i>"])]
    #[case::escaped("\\<b> <i>", &["+i <i>"], &["+b <b>", "+i <i>"])]
    #[case::open_comment("<!-- <b>", &["+b <b>"], &["comment <!-- <b>"])]
    #[case::open_script("<script> <b>", &["+b <b>"], &["+script <script>"])]
    fn markdown_hides_what_html_shows(#[case] text: &str, #[case] markdown: &[&str], #[case] html: &[&str]) {
        assert_eq!(drawn(text, Scanner::markdown(text)), markdown);
        assert_eq!(drawn(text, Scanner::html(text, 0..text.len())), html);
    }

    #[test]
    fn a_tag_ends_before_the_stop_and_a_comment_anywhere() {
        let text = "<b> <div a> <!-- a -->";
        let mut scanner = Scanner::markdown(text);
        let range = |token: Option<Markup>| token.map(|token| token.range);
        assert_eq!(range(scanner.next_before(8)), Some(0..3));
        assert_eq!((range(scanner.next_before(8)), scanner.at()), (None, 8));
        assert_eq!((range(scanner.next_before(14)), scanner.at()), (Some(12..22), 22));
    }
}
