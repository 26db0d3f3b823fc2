//! What may separate the slides of a text, outside of code and comments, and how much of it there is.

use std::ops::Range;

use super::super::scan::comment_text;
use super::fence::{self, FenceLine};
use super::line::{self, MarkLine, SeparatorMark};
use super::protect::{Protected, covers};

/// What may separate the slides of a text.
#[derive(Default)]
pub(super) struct SeparatorStats {
    /// Runs of blank lines that no element holds.
    pub(super) gaps: Vec<Gap>,
    /// Lines such as `---`, also in elements: reveal separates slides there too.
    pub(super) marks: Vec<MarkLine>,
    /// `<!-- end_slide -->`
    pub(super) slide_ends: Vec<Range<usize>>,
    /// `<!--s-->`
    pub(super) sections: Vec<Range<usize>>,
    /// `<!--v-->`
    pub(super) verticals: Vec<Range<usize>>,
}

/// A run of blank lines.
pub(super) struct Gap {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// How many lines it has.
    pub(super) lines: usize,
    /// Whether it is at the text's start or end, and so between no two slides.
    pub(super) edge: bool,
    /// How a slide would begin after it.
    pub(super) start: Option<u8>,
    /// Whether dashes or the like are right above or below it, to which it is only air.
    pub(super) beside_mark: bool,
}

impl Gap {
    /// Returns whether its lines are empty, without even a blank.
    pub(super) fn is_pure(&self) -> bool {
        self.range.len() == self.lines
    }
}

impl SeparatorStats {
    /// Looks through `body`.
    pub(super) fn of(body: &str) -> Self {
        let mut fences = Vec::new();
        let mut stats = Self::lines(body, &mut fences);
        fence::pair(&mut fences);
        let Protected { hidden, elements, comments } = Protected::find(body, &fences);
        for comment in comments {
            match comment_text(&body[comment.clone()]).trim() {
                "end_slide" => stats.slide_ends.push(comment),
                "s" => stats.sections.push(comment),
                "v" => stats.verticals.push(comment),
                _ => {}
            }
        }
        // A comment hides `---` as well: what it holds was never meant to be seen. An element doesn't, as in
        // reveal.
        stats.marks.retain(|mark| !covers(&hidden, mark.range.start));
        stats.gaps.retain(|gap| !covers(&hidden, gap.range.start) && !covers(&elements, gap.range.start));
        stats
    }

    /// Looks at each line of `body` once.
    ///
    /// A line that holds only spaces and tabs is blank, and blanks after `---` change nothing. To reveal
    /// both matter, but no author sees the difference, and Markdown sees none.
    fn lines(body: &str, fences: &mut Vec<FenceLine>) -> Self {
        let mut stats = Self::default();
        let mut gap: Option<Gap> = None;
        let mut after_mark = false;
        let mut end = 0;
        for line in body.split_inclusive('\n') {
            let start = end;
            end += line.len();
            let line = line.trim_end_matches(['\n', ' ', '\t']);
            if line.is_empty() {
                let gap = gap.get_or_insert(Gap {
                    range: start..end,
                    lines: 0,
                    edge: start == 0,
                    start: None,
                    beside_mark: after_mark,
                });
                gap.lines += 1;
                gap.range.end = end;
                continue;
            }
            let mark = SeparatorMark::read(line);
            stats.gaps.extend(gap.take().map(|gap| Gap {
                start: line::start(line),
                beside_mark: gap.beside_mark || mark.is_some(),
                ..gap
            }));
            stats.marks.extend(mark.map(|mark| MarkLine::new(mark, start..end, body)));
            fences.extend(FenceLine::read(line, start..end));
            after_mark = mark.is_some();
        }
        stats.gaps.extend(gap.map(|gap| Gap { edge: true, ..gap }));
        stats
    }

    /// Returns whether there is a `mark` that looks like a separator.
    pub(super) fn has(&self, mark: SeparatorMark) -> bool {
        self.marks.iter().any(|line| line.mark == mark && line.evident)
    }

    /// Returns how many of the lines of `mark` look like separators.
    pub(super) fn evident(&self, mark: SeparatorMark) -> usize {
        self.marks.iter().filter(|line| line.mark == mark && line.evident).count()
    }
}
