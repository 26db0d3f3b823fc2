//! Finds the rule that a deck follows without saying so. What its code, comments and elements hide is found
//! next door.

use std::ops::Range;

use super::Cut;
use super::fence::{self, FenceLine};
use super::protect::{Protected, covers};

/// The lines of a text that may separate slides, or that hide others from doing so.
#[derive(Default)]
struct Survey {
    gaps: Vec<Gap>,
    /// Lines of `---`.
    dashes: Vec<Range<usize>>,
    fences: Vec<FenceLine>,
}

/// A run of blank lines.
struct Gap {
    range: Range<usize>,
    lines: usize,
    /// Whether it stands at the text's start or end, and so between no two slides.
    edge: bool,
    /// Whether an ATX heading follows it.
    heading: bool,
}

/// Returns what separates the slides of `body` by its own rule; nothing where it has none.
pub(super) fn cuts(body: &str) -> Vec<Cut> {
    let mut survey = Survey::of(body);
    fence::pair(&mut survey.fences);
    let Protected { hidden, elements, slide_ends } = Protected::find(body, &survey.fences);
    if !slide_ends.is_empty() {
        return slide_ends.into_iter().map(|range| Cut { closes: true, ..Cut::at(range) }).collect();
    }
    // A comment hides `---` as well: what it holds was never meant to be seen. An element doesn't, as in
    // reveal.
    survey.dashes.retain(|dashes| !covers(&hidden, dashes.start));
    let alone = survey.dashes.iter().filter(|dashes| survey.is_alone(dashes, body.len())).count();
    survey.gaps.retain(|gap| !covers(&hidden, gap.range.start) && !covers(&elements, gap.range.start));
    let wide = survey.gaps.iter().filter(|gap| !gap.edge && gap.lines > 2).count();
    if alone == 0 && wide == 0 {
        Vec::new()
    } else if alone >= wide {
        survey.dashes.into_iter().map(Cut::at).collect()
    } else {
        cuts_at_gaps(survey.gaps, wide)
    }
}

/// Returns the gaps that separate where `wide` of them are of three or more lines. Decks written for reveal's
/// documented pair, `^\n\n\n` and `^\n\n`, show it by having more gaps of two before their headings.
fn cuts_at_gaps(gaps: Vec<Gap>, wide: usize) -> Vec<Cut> {
    let is_narrow = |gap: &Gap| gap.lines == 2 && !gap.edge;
    let pair = gaps.iter().filter(|gap| is_narrow(gap) && gap.heading).count() > wide;
    gaps.into_iter()
        .filter(|gap| gap.lines > 2 || (is_narrow(gap) && (pair || gap.heading)))
        .map(|gap| Cut { vertical: pair && gap.lines == 2, ..Cut::at(gap.range) })
        .collect()
}

impl Survey {
    /// Looks at each line of `body` once.
    ///
    /// A line that holds only spaces and tabs is blank, and blanks after `---` change nothing. To reveal
    /// both matter, but no author sees the difference, and Markdown sees none.
    fn of(body: &str) -> Self {
        let mut survey = Self::default();
        let mut gap: Option<Gap> = None;
        let mut end = 0;
        for line in body.split_inclusive('\n') {
            let start = end;
            end += line.len();
            let line = line.trim_end_matches(['\n', ' ', '\t']);
            if line.is_empty() {
                let edge = start == 0;
                let gap = gap.get_or_insert(Gap { range: start..end, lines: 0, edge, heading: false });
                gap.lines += 1;
                gap.range.end = end;
                continue;
            }
            survey.gaps.extend(gap.take().map(|gap| Gap { heading: is_heading(line), ..gap }));
            survey.dashes.extend((line == "---").then_some(start..end));
            survey.fences.extend(FenceLine::read(line, start..end));
        }
        survey.gaps.extend(gap.map(|gap| Gap { edge: true, ..gap }));
        survey
    }

    /// Tells whether both lines beside `dashes` are blank or beyond the edge of the text, which has `length`
    /// bytes.
    fn is_alone(&self, dashes: &Range<usize>, length: usize) -> bool {
        let above = self.gaps.partition_point(|gap| gap.range.end < dashes.start);
        let below = self.gaps.partition_point(|gap| gap.range.start < dashes.end);
        (dashes.start == 0 || self.gaps.get(above).is_some_and(|gap| gap.range.end == dashes.start))
            && (dashes.end == length || self.gaps.get(below).is_some_and(|gap| gap.range.start == dashes.end))
    }
}

/// Tells whether `line` is an ATX heading.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches(' ');
    let after = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - after.len()))
        && line.len() - text.len() < 4
        && (after.is_empty() || after.starts_with([' ', '\t']))
}
