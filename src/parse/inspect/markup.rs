//! HTML that a browser repairs, and code that never ends. It is read as the author wrote it, by Markdown's own rules for
//! what is HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag as Markdown};

use super::super::LARGEST;
use super::super::element::{Element, Tags};
use super::super::markdown::OPTIONS;
use super::super::scan::{MarkupKind, Scanner};
use crate::deck::Deck;
use crate::source::{Diagnostic, Passage, Rule};

/// No person nests elements so deep, nor makes so many mistakes on one slide.
const DEEPEST: usize = 400;
const MOST: usize = 100;
/// Classes that look like the one that notes have.
const NEARLY_NOTES: [&str; 5] = ["note", "speaker", "speaker-note", "speaker-notes", "presenter-notes"];

/// Returns what of the slide at `index` is never closed, or closes nothing.
pub(super) fn faults(deck: &Deck, index: usize) -> Vec<Diagnostic> {
    let Some(slide) = deck.slides.get(index) else { return Vec::new() };
    let mut all = Vec::new();
    let start = slide.range.start;
    for range in [Some(slide.range.clone()), slide.notes.clone()].into_iter().flatten() {
        let Some(text) = deck.text.get(range.clone()).filter(|text| text.len() <= LARGEST) else { continue };
        for (found, diagnostic) in MarkupCheck::of(text).faults {
            let place = range.start - start + found.start..range.start - start + found.end;
            all.push(diagnostic.at(Passage::of(&deck.text[start..range.end], place, slide.line)));
        }
    }
    all
}

/// An element that is open.
struct OpenTag {
    element: &'static Element,
    /// Its start tag.
    range: Range<usize>,
}

/// The pass through a text.
struct MarkupCheck<'a> {
    text: &'a str,
    open: Vec<OpenTag>,
    /// Elements that were cut short by the end of one around them: their own end tag may still come.
    cut: Vec<&'static str>,
    faults: Vec<(Range<usize>, Diagnostic)>,
}

impl<'a> MarkupCheck<'a> {
    fn of(text: &'a str) -> Self {
        let mut scan = Self { text, open: Vec::new(), cut: Vec::new(), faults: Vec::new() };
        if text.contains(['<', '`', '~']) {
            for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
                match event {
                    Event::InlineHtml(_) | Event::Start(Markdown::HtmlBlock) => scan.html(range),
                    Event::Start(Markdown::CodeBlock(CodeBlockKind::Fenced(_))) => scan.fence(range),
                    _ => {}
                }
                if scan.open.len() > DEEPEST || scan.faults.len() > MOST {
                    break;
                }
            }
        }
        let rest = std::mem::take(&mut scan.open);
        scan.unclosed(rest);
        scan.faults.truncate(MOST);
        scan.faults.sort_by_key(|(range, _)| range.start);
        scan
    }

    /// Reads the tags in a piece of HTML.
    fn html(&mut self, range: Range<usize>) {
        for token in Scanner::html(self.text, range) {
            match token.kind {
                MarkupKind::Start(element) => self.start(element, token.range),
                MarkupKind::End(element) => self.end(element, token.range),
                MarkupKind::Comment | MarkupKind::Empty(_) | MarkupKind::Raw(_) => {}
            }
        }
    }

    fn start(&mut self, element: &'static Element, range: Range<usize>) {
        if element.name == "aside" {
            self.aside(range.clone());
        }
        self.open.push(OpenTag { element, range });
    }

    fn end(&mut self, element: &'static Element, range: Range<usize>) {
        let Some(index) = self.open.iter().rposition(|open| open.element == element) else {
            return self.stray(element.name, range);
        };
        let inner = self.open.split_off(index + 1);
        self.open.pop();
        self.cut.extend(inner.iter().map(|open| open.element.name));
        self.unclosed(inner);
    }

    fn stray(&mut self, name: &'static str, range: Range<usize>) {
        // Of two elements that cross, one mistake is reported.
        if let Some(place) = self.cut.iter().rposition(|cut| *cut == name) {
            self.cut.remove(place);
            return;
        }
        let told = Diagnostic::of(Rule::HtmlStray, format!("`</{name}>` closes nothing on this slide"));
        self.faults.push((range, told.hint(format!("take it away, or write `<{name}>` before it"))));
    }

    fn unclosed(&mut self, open: Vec<OpenTag>) {
        for OpenTag { element, range } in open {
            if element.tags != Tags::EndOptional {
                let name = element.name;
                let told = Diagnostic::of(Rule::HtmlUnclosed, format!("`<{name}>` is never closed"));
                let hint = format!("write `</{name}>` where it ends, on the same slide");
                self.faults.push((range, told.hint(hint)));
            }
        }
    }

    /// Reports an aside that looks as if it were notes and is none.
    fn aside(&mut self, range: Range<usize>) {
        let tag = self.text[range.clone()].to_ascii_lowercase();
        let class = tag.split_once("class=").map(|(_, class)| class.trim_start_matches(['"', '\'']));
        let class = class.and_then(|class| class.split(['"', '\'', '>']).next()).unwrap_or_default();
        let mut classes = class.split_ascii_whitespace();
        if classes.any(|class| NEARLY_NOTES.contains(&class)) && !class.split(' ').any(|one| one == "notes") {
            let told = Diagnostic::of(
                Rule::NotesDropped,
                format!("`<aside class=\"{class}\">` is no notes: the audience sees it"),
            );
            self.faults.push((range, told.hint("notes are `<aside class=\"notes\">`")));
        }
    }

    /// Reports fenced code that goes on to the end of what it stands in, or into the next fence.
    fn fence(&mut self, range: Range<usize>) {
        let block = &self.text[range.clone()];
        let Some(mark) = block.chars().next().filter(|mark| matches!(mark, '`' | '~')) else { return };
        let marks = |line: &str| line.len() - line.trim_start_matches(mark).len();
        let length = marks(block);
        let bare = |line: &'a str| line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let mut lines = block.trim_end_matches('\n').split('\n').map(bare);
        let first = lines.next().unwrap_or_default();
        let start = range.start..range.start + first.len();
        let closes = |line: &str| marks(line) >= length && marks(line) == line.len();
        if !lines.clone().next_back().is_some_and(closes) {
            let told = Diagnostic::of(Rule::FenceUnclosed, "the code that begins here never ends");
            let fence = &block[..length];
            self.faults.push((start, told.hint(format!("write `{fence}` on the line after it"))));
        } else if lines
            .any(|line| marks(line) == length && line.len() > length && !line[length..].contains(mark))
        {
            let told =
                Diagnostic::of(Rule::FenceUnclosed, "the code that begins here does not end before the next");
            let fence = &block[..length];
            let hint =
                format!("write `{fence}` on the line after it, or more of them here to show what is inside");
            self.faults.push((start, told.hint(hint)));
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::unclosed("<center>a", &["html-unclosed 0..8"])]
    #[case::closed("<center>\n\n# a\n\n</center>", &[])]
    #[case::stray("a\n\n</td>", &["html-stray 3..8"])]
    #[case::optional("<table><tr><td>a<td>b</table>\n<ul><li>c</ul>", &[])]
    #[case::markdown_in_a_table("<table><tr><td>\n\n- a\n\n</td></tr></table>", &[])]
    #[case::void("a<br>b <img src=a> <hr>", &[])]
    #[case::self_closed("<div/>", &[])]
    #[case::crossing("<b><i>a</b></i>", &["html-unclosed 3..6"])]
    #[case::in_code("`<b>` and\n\n    </td>\n\n```\n<div>\n```", &[])]
    #[case::in_a_comment("<!-- <div> -->", &[])]
    #[case::escaped("a \\<b> and 1 < 2 > 0", &[])]
    #[case::unknown("<v-click> a List<String>", &[])]
    #[case::in_a_script("<script>\nlet a = \"<div>\";\n</Script>", &[])]
    #[case::emphasis("*<center>Pod</center>*", &[])]
    #[case::notes("<aside class=\"notes\">a</aside>", &[])]
    #[case::nearly_notes("<aside class=\"note\">a</aside>", &["notes-dropped 0..20"])]
    #[case::another_aside("<aside class=\"tip\">a</aside><aside>b</aside>", &[])]
    #[case::fence("```sh\na\n```\n~~~\nb\n~~~~", &[])]
    #[case::open_fence("a\n\n```sh\nb", &["fence-unclosed 3..8"])]
    #[case::open_fence_in_a_list("- a\n  ```\n  b\n\nc", &["fence-unclosed 6..9"])]
    #[case::fence_in_a_quote("> ```\n> a\n> ```\n\nb", &[])]
    #[case::forgotten_end("```a\nx\n\n```b\ny\n```", &["fence-unclosed 0..4"])]
    #[case::fences_shown_in_longer_ones("````md\n```b\ny\n```\n````", &[])]
    #[case::empty_code("```\n```", &[])]
    fn only_what_is_wrong_is_told(#[case] text: &str, #[case] expected: &[&str]) {
        let faults = MarkupCheck::of(text).faults;
        let told = |(range, diagnostic): &(Range<usize>, Diagnostic)| {
            format!("{} {range:?}", diagnostic.rule.expect("it has one").id())
        };
        assert_eq!(faults.iter().map(told).collect::<Vec<_>>(), expected, "{faults:?}");
    }

    #[test]
    fn hostile_text_is_soon_read() {
        for text in ["<b>".repeat(100_000), "</b>".repeat(100_000), "<b><i></b></i>".repeat(30_000)] {
            assert!(MarkupCheck::of(&text).faults.len() <= MOST);
        }
    }
}
