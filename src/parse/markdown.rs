//! A slide's Markdown as HTML, by `CommonMark` with the extensions of GitHub, pandoc and markdown-it that decks use.
//!
//! What stands on lines of its own (containers, columns, displayed formulas) and what `CommonMark` would misread
//! (formulas in a line, sizes of pictures) is rewritten in the text first. Among the parser's events call-outs get their
//! titles, and in a tree of them attributes are bound to their elements.

mod attributes;
mod bind;
mod callout;
mod container;
mod events;
mod lines;
mod picture;
mod raw;
mod spanned;
mod spans;
mod tree;
mod write;

use std::ops::Range;

use pulldown_cmark::Options;

use super::rewriting::Rewritten;
use super::traced::TracedHtml;
use crate::source::SourceRange;

/// The extensions that every pass over a text agrees on.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Returns the HTML of `markdown`, which begins at the byte `at` of its slide. A code block keeps all that stands behind
/// its opening fence, as `data-info`: `CommonMark`'s own HTML would keep the first word only.
pub(super) fn to_html(markdown: &str, at: usize) -> TracedHtml {
    let lines = lines::rewritten(markdown);
    let spans = spans::rewritten(&lines.text);
    let text = Text { at, lines: &lines, spans: &spans };
    let pieces = bind::bound(callout::titled(spanned::events(&spans.text)), &spans.text);
    write::html(pieces, &text)
}

/// The text that is parsed, and the way back to the slide's source.
struct Text<'a> {
    /// Where in the slide's source the Markdown begins.
    at: usize,
    lines: &'a Rewritten<'a>,
    spans: &'a Rewritten<'a>,
}

impl<'a> Text<'a> {
    fn as_str(&self) -> &'a str {
        &self.spans.text
    }

    /// Returns where in the slide's source the bytes at `range` come from; unknown where they were made up.
    fn source(&self, range: Range<usize>) -> SourceRange {
        if range.is_empty() {
            return SourceRange::UNKNOWN;
        }
        let origin = self.lines.origin(self.spans.origin(range));
        SourceRange::new(self.at + origin.start..self.at + origin.end)
    }
}

/// Returns `text` as it stands between the quotes of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// Returns lines without blank ones at the ends and without the indent that all of them share; the first, where it
/// has none, may have stood behind an opening mark.
pub(super) fn dedented(text: &str) -> String {
    let lines = || text.trim_start_matches('\n').trim_end().lines().map(str::trim_end);
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let indents =
        lines().enumerate().filter(|(_, line)| !line.is_empty()).map(|(nth, line)| (nth, indent(line)));
    let shared = indents.filter(|&(nth, indent)| nth > 0 || indent > 0).map(|(_, indent)| indent).min();
    let shared = shared.unwrap_or(0);
    let dedented: Vec<&str> = lines().map(|line| &line[indent(line).min(shared)..]).collect();
    dedented.join("\n")
}

#[cfg(test)]
mod tests;
