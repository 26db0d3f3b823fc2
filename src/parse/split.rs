//! Where one slide ends and the next begins, by a rule that is given or by one that the text follows.

mod detect;
mod fence;
mod given;
mod javascript;
mod line;
mod near;
mod protect;
mod separator;
mod stats;

use std::ops::Range;

pub(super) use detect::parting;
pub use given::Separators;
pub(super) use near::{Miss, misses};
pub(super) use protect::{Protected, covers};
pub use separator::Separator;
pub(super) use separator::{compiled, quoted, reason};

use crate::source::{Diagnostic, Rule};

/// A slide in the text that was split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitSlide {
    /// The bytes of the text, from the slide's first line with anything on it to its last letter.
    pub range: Range<usize>,
    /// The line of the file, from 1, of the slide's first words.
    pub line: usize,
    /// Whether it hangs below the slide before it, as reveal's vertical slides do.
    pub vertical: bool,
}

impl SplitSlide {
    /// Returns the same piece in a text that has `before` bytes more at its start.
    pub(super) fn moved(self, before: usize) -> Self {
        Self { range: self.range.start + before..self.range.end + before, ..self }
    }
}

/// The slides of a text, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// At least one; a single empty one where the text holds nothing.
    pub slides: Vec<SplitSlide>,
    /// The empty slides that were left out, and a separator that could not be used.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is between two slides.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SlideBreak {
    /// The bytes that belong to no slide.
    range: Range<usize>,
    /// Whether the slide after it hangs below the one before it.
    vertical: bool,
    /// Whether it ends a slide, so that nothing needs to follow it.
    closes: bool,
}

impl SlideBreak {
    /// A horizontal separator.
    fn at(range: Range<usize>) -> Self {
        Self { range, vertical: false, closes: false }
    }
}

/// Returns the slides of `body`, whose lines end in `\n` and whose first one is `first_line` of the file.
///
/// Without a usable `separator` the text's own rule holds: comments such as `<!-- end_slide -->`, lines such as `---`, or
/// blank lines.
pub fn split(body: &str, first_line: usize, separator: Option<&Separator>) -> Split {
    let (cuts, unusable) = match separator.map(|separator| separator.cuts(body)) {
        Some(Ok(cuts)) => (cuts, None),
        Some(Err(diagnostic)) => (detect::cuts(body), Some(diagnostic)),
        None => (detect::cuts(body), None),
    };
    let mut split = assembled(body, first_line, &cuts);
    split.diagnostics.splice(0..0, unusable);
    split
}

/// Returns the slides between `cuts`, without the empty ones.
fn assembled(body: &str, first_line: usize, cuts: &[SlideBreak]) -> Split {
    let mut lines = Lines { body, at: 0, line: first_line };
    let mut split = Split { slides: Vec::new(), diagnostics: Vec::new() };
    let mut empty = Empty::default();
    // A slide hangs below the last one that is shown where every separator between the two is vertical.
    let mut hangs = false;
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.range.end));
    let ends = cuts.iter().map(Some).chain(std::iter::once(None));
    for (start, cut) in starts.zip(ends) {
        let filled = filled(body, start..cut.map_or(body.len(), |cut| cut.range.start));
        if let Some(range) = filled {
            split.diagnostics.extend(empty.told());
            split.slides.push(SplitSlide { line: lines.at(range.start), range, vertical: hangs });
            hangs = true;
        } else if cut.is_some() || !cuts.last().is_some_and(|last| last.closes) {
            empty.another(lines.at(start));
        }
        hangs &= cut.is_some_and(|cut| cut.vertical);
    }
    if split.slides.is_empty() {
        split.slides.push(SplitSlide { range: 0..0, line: first_line, vertical: false });
        let message = Diagnostic::of(Rule::SlideEmpty, "no slide has anything on it")
            .hint("write a first slide, such as `# My talk`");
        split.diagnostics.push(message);
    } else {
        split.diagnostics.extend(empty.told());
    }
    split
}

/// Returns `range` without the blank lines at both its ends; `None` where nothing is left.
fn filled(body: &str, range: Range<usize>) -> Option<Range<usize>> {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
    let text = &body[range.clone()];
    let first = text.find(|c| !blank(c))?;
    // The first line keeps its indent: it may be code, or a list's.
    let start = range.start + text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    Some(start..range.start + text.trim_end_matches(blank).len())
}

/// Counts lines on the way through a text, so that each is counted once.
struct Lines<'a> {
    body: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// Returns the line of the byte `at`, which is not before that of the last call.
    fn at(&mut self, at: usize) -> usize {
        self.line += self.body[self.at..at].bytes().filter(|&byte| byte == b'\n').count();
        self.at = at;
        self.line
    }
}

/// The empty slides in a row that were left out: one message for all of them.
#[derive(Default)]
struct Empty {
    count: usize,
    line: usize,
}

impl Empty {
    fn another(&mut self, line: usize) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }

    fn told(&mut self) -> Option<Diagnostic> {
        let Self { count, line } = std::mem::take(self);
        let message = match count {
            0 => return None,
            1 => "an empty slide is left out".to_owned(),
            _ => format!("{count} empty slides in a row are left out"),
        };
        Some(
            Diagnostic::of(Rule::SlideEmpty, message)
                .at_line(line)
                .hint("take a separator away, or put something between the two"),
        )
    }
}

#[cfg(test)]
mod tests;
