//! What of a slide's text is code, comment or a script, in which no line means anything but itself.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::OPTIONS;

/// Elements whose letters are not Markdown, whatever they look like.
const RAW: [&str; 4] = ["<pre", "<script", "<style", "<textarea"];

/// What lines a text is made of.
#[derive(Default)]
pub(super) struct Ground {
    /// Where lines mean only themselves, in order.
    protected: Vec<Range<usize>>,
    /// Blocks of HTML, in order.
    html: Vec<Range<usize>>,
    /// Where what stands below the opening headings begins.
    pub(super) body: usize,
}

impl Ground {
    pub(super) fn of(text: &str) -> Self {
        let mut ground = Self { body: text.len(), ..Self::default() };
        let mut depth = 0_usize;
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            if depth == 0 && ground.body == text.len() && begins_body(&event, &text[range.clone()]) {
                ground.body = range.start;
            }
            match event {
                Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::InlineHtml(_) => {
                    ground.protected.push(range);
                    depth += usize::from(matches!(event, Event::Start(_)));
                }
                Event::Start(Tag::HtmlBlock) => {
                    ground.html.push(range.clone());
                    ground.protect_html(text, range);
                    depth += 1;
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        ground
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
        let html = &text[range.clone()];
        let start = html.trim_start().get(..10).unwrap_or(html.trim_start()).to_ascii_lowercase();
        if start.starts_with("<!") || start.starts_with("<?") || RAW.iter().any(|tag| start.starts_with(tag))
        {
            self.protected.push(range);
            return;
        }
        let mut at = 0;
        while let Some(begin) = html[at..].find("<!--").map(|found| at + found) {
            let end = html[begin..].find("-->").map_or(html.len(), |found| begin + found + 3);
            self.protected.push(range.start + begin..range.start + end);
            at = end;
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
