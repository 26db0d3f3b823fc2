//! Text and what marks it: emphasis, links, raised letters, and addresses that nobody marked as links.

use super::super::html::Node;
use super::super::script;
use super::super::style::Style;
use super::{Converter, Flow, Inherited, address};
use crate::deck::{Block, Flags, Inline, Kind, Marks};
use crate::text::expand_tabs;

/// What an address begins with that stands bare in a text.
const SCHEMES: [&str; 3] = ["http://", "https://", "www."];

/// A paragraph in the making: white space collapses as in HTML.
#[derive(Default)]
pub(super) struct Paragraph {
    inlines: Vec<Inline>,
    /// White space has come since the last letter, in text of these marks.
    space: Option<Marks>,
}

impl Paragraph {
    /// Adds letters; bare addresses among them become links.
    pub(super) fn push(&mut self, text: &str, marks: &Marks) {
        if marks.link.is_some() || marks.flags.contains(Flags::CODE) {
            self.push_plain(text, marks);
            return;
        }
        let mut rest = text;
        while let Some((before, url, after)) = split_at_url(rest) {
            self.push_plain(before, marks);
            let target = if url.starts_with("www.") { format!("https://{url}") } else { url.to_owned() };
            self.push_plain(url, &Marks { link: Some(address(&target)), ..marks.clone() });
            rest = after;
        }
        self.push_plain(rest, marks);
    }

    /// Adds letters whose lines end where the source's do, and whose blanks stay.
    pub(super) fn push_lines(&mut self, text: &str, marks: &Marks) {
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                self.push_break();
            }
            // Single blanks stay blanks, so that lines may still be broken at them.
            let mut line = expand_tabs(line.trim_end()).replace("  ", "\u{a0}\u{a0}");
            if line.starts_with(' ') {
                line.replace_range(..1, "\u{a0}");
            }
            self.push(&line, marks);
        }
    }

    fn push_plain(&mut self, text: &str, marks: &Marks) {
        let blank = |letter: char| letter.is_ascii_whitespace();
        for (nth, word) in text.split(blank).enumerate() {
            if nth > 0 && self.space.is_none() {
                self.space = Some(marks.clone());
            }
            if !word.is_empty() {
                self.push_space();
                self.push_letters(word, marks);
            }
        }
    }

    /// Adds the blank that is due; none at a line's start. It has the marks of the text in which it was written, so
    /// that no underline hangs over the end of a link.
    fn push_space(&mut self) {
        let starts = matches!(self.inlines.last(), None | Some(Inline::Break));
        if let Some(marks) = self.space.take().filter(|_| !starts) {
            self.push_letters(" ", &marks);
        }
    }

    fn push_letters(&mut self, new: &str, marks: &Marks) {
        match self.inlines.last_mut() {
            Some(Inline::Text(letters, same)) if same == marks => letters.push_str(new),
            _ => self.inlines.push(Inline::Text(new.to_owned(), marks.clone())),
        }
    }

    /// The line ends here.
    pub(super) fn push_break(&mut self) {
        self.inlines.push(Inline::Break);
        self.space = None;
    }

    /// Returns whether it has neither letters nor breaks yet.
    pub(super) fn is_empty(&self) -> bool {
        self.inlines.is_empty()
    }

    /// Returns whether nothing has been written yet.
    pub(super) fn is_blank(&self) -> bool {
        self.inlines.iter().all(|inline| matches!(inline, Inline::Break))
    }

    /// Returns the paragraph without breaks at its ends; empty where there are no letters.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        while matches!(self.inlines.last(), Some(Inline::Break)) {
            self.inlines.pop();
        }
        let start = self.inlines.iter().take_while(|inline| matches!(inline, Inline::Break)).count();
        self.inlines.drain(..start);
        self.inlines
    }
}

impl Converter {
    /// Adds an element that marks its text, or one that nobody knows.
    pub(super) fn inline(&mut self, node: Node<'_>, style: &Style, mut inner: Inherited, flow: &mut Flow) {
        inner.marks.background = style.background.or(inner.marks.background);
        match node.name() {
            "q" => {
                flow.open.push("“", &inner.marks);
                self.children(node, &inner, flow);
                flow.open.push("”", &inner.marks);
                return;
            }
            "sup" | "sub" => {
                let raised = shifted(node.text().trim(), node.name() == "sup");
                flow.open.push(&crate::text::sanitize(&raised), &inner.marks);
                return;
            }
            "a" => {
                if let Some(url) = node.attribute("href").filter(|url| !url.trim().is_empty()) {
                    inner.marks.link = Some(address(url));
                    inner.marks.link_range = node.attribute_source("href").part_of(url, url.trim());
                }
            }
            name => inner.marks.flags |= flags(name),
        }
        self.children(node, &inner, flow);
    }

    /// Keeps a footnote for the slide's end; its number stands before its words, on their line.
    pub(super) fn footnote(&mut self, node: Node<'_>, inner: &Inherited) {
        let mut blocks = self.blocks(node, &inner.with(Flags::SMALL)).into_iter();
        let Some(mut first) = blocks.next() else { return };
        let rest: Vec<Block> = match (&mut first.kind, blocks.next()) {
            (Kind::Paragraph(number), Some(Block { kind: Kind::Paragraph(words), .. })) => {
                number.push(Inline::Text(" ".to_owned(), inner.marks.clone()));
                number.extend(words);
                blocks.collect()
            }
            (_, second) => second.into_iter().chain(blocks).collect(),
        };
        first.joined = true;
        self.footnotes.push(first);
        self.footnotes.extend(rest);
    }
}

fn flags(name: &str) -> Flags {
    match name {
        "em" | "i" | "cite" | "dfn" | "var" => Flags::EMPHASIS,
        "strong" | "b" => Flags::STRONG,
        "del" | "s" | "strike" => Flags::STRIKE,
        "u" | "ins" => Flags::UNDERLINE,
        "mark" => Flags::HIGHLIGHT,
        "small" => Flags::SMALL,
        "big" => Flags::BIG,
        "kbd" => Flags::KEY,
        "code" | "samp" | "tt" => Flags::CODE,
        _ => Flags::empty(),
    }
}

/// Returns `text` in raised or lowered letters where every font has them all, else as `^(text)` or `_(text)`.
fn shifted(text: &str, up: bool) -> String {
    let moved = script::common(text, up).or_else(|| french_ordinal(text, up));
    moved.unwrap_or_else(|| script::marked(text, up))
}

/// 1<sup>er</sup>, 2<sup>e</sup>, 3<sup>rd</sup>: a reader needs no mark there.
fn french_ordinal(text: &str, up: bool) -> Option<String> {
    let ordinal =
        ["e", "er", "re", "ère", "ème", "nd", "nde", "st", "rd", "th", "o", "a", "TM", "MC", "®", "™"];
    (up && ordinal.contains(&text)).then(|| text.replace("TM", "™"))
}

/// Returns the text before the first bare address, the address, and the text behind it.
///
/// What belongs to an address is GitHub's rule for extended autolinks: no punctuation at its end, and a closing
/// bracket only where it was opened.
fn split_at_url(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let begins = |start: usize| SCHEMES.iter().any(|scheme| text[start..].starts_with(scheme));
        let mut candidates = text[from..].match_indices(['h', 'w']).map(|(at, _)| from + at);
        let start = candidates.find(|&start| begins(start))?;
        let url =
            trim_url(text[start..].split(|letter: char| letter.is_whitespace() || letter == '<').next()?);
        let starts_a_word = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let host = url.trim_start_matches("https://").trim_start_matches("http://");
        let has_host = host.trim_start_matches("www.").contains(|letter: char| letter.is_alphanumeric());
        if starts_a_word && has_host && host != "www" {
            return Some((&text[..start], url, &text[start + url.len()..]));
        }
        from = start + 4;
    }
}

fn trim_url(mut url: &str) -> &str {
    let (open, mut closed) = (url.matches('(').count(), url.matches(')').count());
    loop {
        url = url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"', '»', '”', '…']);
        match url.strip_suffix(')') {
            Some(inside) if closed > open => (url, closed) = (inside, closed - 1),
            _ => return url,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_end_where_a_reader_ends_them() {
        for (text, url) in [
            ("see https://keda.sh.", "https://keda.sh"),
            ("(https://a.org/b_(c))", "https://a.org/b_(c)"),
            ("www.k3s.io, and", "www.k3s.io"),
            ("«http://x.fr/é?q=1»", "http://x.fr/é?q=1"),
        ] {
            assert_eq!(split_at_url(text).map(|parts| parts.1), Some(url), "{text}");
        }
        assert_eq!(split_at_url("xhttps://a.org http:// www. shttp"), None);
    }

    #[test]
    fn letters_are_raised_where_unicode_has_them() {
        assert_eq!(shifted("2", true), "²");
        assert_eq!(shifted("10", false), "₁₀");
        assert_eq!(shifted("er", true), "er");
        assert_eq!(shifted("x", true), "^x");
        assert_eq!(shifted("max", false), "_(max)");
    }
}
