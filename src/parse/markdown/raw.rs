//! What of a slide's text is code, comment or a script, in which no line means anything but itself.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::super::element::Tags;
use super::super::scan::{self, MarkupKind, Scanner};
use super::OPTIONS;

/// What lines a text is made of.
#[derive(Default)]
pub(super) struct RawRanges {
    /// Where lines mean only themselves, in order.
    protected: Vec<Range<usize>>,
    /// Blocks of HTML, in order.
    html: Vec<Range<usize>>,
    /// Where what stands below the opening headings begins.
    pub(super) body: usize,
}

impl RawRanges {
    pub(super) fn of(text: &str) -> Self {
        let mut ranges = Self { body: text.len(), ..Self::default() };
        let mut depth = 0_usize;
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            if depth == 0 && ranges.body == text.len() && begins_body(&event, &text[range.clone()]) {
                ranges.body = range.start;
            }
            match event {
                Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::InlineHtml(_) => {
                    ranges.protected.push(range);
                    depth += usize::from(matches!(event, Event::Start(_)));
                }
                Event::Start(Tag::HtmlBlock) => {
                    ranges.html.push(range.clone());
                    ranges.protect_html(text, range);
                    depth += 1;
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        ranges
    }

    /// Returns whether the byte `at` stands where lines mean only themselves.
    pub(super) fn covers(&self, at: usize) -> bool {
        let next = self.protected.partition_point(|range| range.end <= at);
        self.protected.get(next).is_some_and(|range| range.start <= at)
    }

    /// Returns whether the byte `at` stands in a block of HTML, where Markdown means nothing.
    pub(super) fn is_html(&self, at: usize) -> bool {
        let next = self.html.partition_point(|range| range.end <= at);
        self.html.get(next).is_some_and(|range| range.start <= at)
    }

    /// Protects a block of HTML that is raw, and the comments of another.
    fn protect_html(&mut self, text: &str, range: Range<usize>) {
        let html = text[range.clone()].trim_start();
        let is_raw =
            scan::opened(html).is_some_and(|element| element.tags == Tags::Raw || element.name == "pre");
        if is_raw || html.starts_with("<!") || html.starts_with("<?") {
            self.protected.push(range);
        } else {
            let comments = Scanner::html(text, range).filter(|token| token.kind == MarkupKind::Comment);
            self.protected.extend(comments.map(|comment| comment.range));
        }
    }
}

/// Returns whether a block at the top of the tree is neither a heading nor a comment.
fn begins_body(event: &Event<'_>, text: &str) -> bool {
    match event {
        Event::Start(Tag::Heading { .. }) | Event::End(_) => false,
        Event::Start(Tag::HtmlBlock) => !(text.trim().starts_with("<!--") && text.trim().ends_with("-->")),
        _ => true,
    }
}
