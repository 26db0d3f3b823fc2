//! Finds the rule that a deck follows without saying so. What its code, comments and elements hide is found next door.

use std::ops::Range;

use super::Cut;
use super::fence::{self, FenceLine};
use super::protect::{Protected, covers};

/// The lines of a text that may separate slides, or that hide others from doing so.
#[derive(Default)]
struct Survey {
    gaps: Vec<Gap>,
    dashes: Vec<Dashes>,
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

/// A line of `---`.
struct Dashes {
    range: Range<usize>,
    /// Whether both lines beside it are blank or beyond the text's edge.
    alone: bool,
}

/// Returns what separates the slides of `body` by its own rule; nothing where it has none.
pub(super) fn cuts(body: &str) -> Vec<Cut> {
    let Survey { mut gaps, mut dashes, mut fences } = Survey::of(body);
    fence::pair(&mut fences);
    let protected = Protected::find(body, &fences);
    if !protected.slide_ends.is_empty() {
        return protected
            .slide_ends
            .into_iter()
            .map(|range| Cut { closes: true, ..Cut::at(range) })
            .collect();
    }
    // A comment hides `---` as well: what it holds was never meant to be seen. An element doesn't, as in reveal.
    dashes.retain(|dashes| !covers(&protected.hidden, dashes.range.start));
    gaps.retain(|gap| {
        !covers(&protected.hidden, gap.range.start) && !covers(&protected.elements, gap.range.start)
    });
    let alone = dashes.iter().filter(|dashes| dashes.alone).count();
    let wide = gaps.iter().filter(|gap| !gap.edge && gap.lines > 2).count();
    if alone == 0 && wide == 0 {
        Vec::new()
    } else if alone >= wide {
        dashes.into_iter().map(|dashes| Cut::at(dashes.range)).collect()
    } else {
        cuts_at_gaps(gaps, wide)
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
    /// A line that holds only spaces and tabs is blank, and blanks after `---` change nothing. reveal takes
    /// neither for a separator, but no author sees them, and CommonMark doesn't either.
    fn of(body: &str) -> Self {
        let mut survey = Self::default();
        let mut at = 0;
        let mut gap: Option<Gap> = None;
        // Whether the line before was `---` with a blank line or nothing above it.
        let mut dashes_below_blank = false;
        for line in body.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            let line = line.trim_end_matches(['\n', ' ', '\t']);
            let blank = line.is_empty();
            if blank && let Some(dashes) = survey.dashes.last_mut().filter(|_| dashes_below_blank) {
                dashes.alone = true;
            }
            dashes_below_blank = line == "---" && (gap.is_some() || range.start == 0);
            if blank {
                let edge = range.start == 0;
                let gap = gap.get_or_insert(Gap { range: range.clone(), lines: 0, edge, heading: false });
                gap.lines += 1;
                gap.range.end = range.end;
                continue;
            }
            survey.gaps.extend(gap.take().map(|gap| Gap { heading: is_heading(line), ..gap }));
            if line == "---" {
                survey.dashes.push(Dashes { range: range.clone(), alone: false });
            }
            survey.fences.extend(FenceLine::read(line, range));
        }
        if let Some(dashes) = survey.dashes.last_mut().filter(|_| dashes_below_blank) {
            dashes.alone = true;
        }
        survey.gaps.extend(gap.map(|gap| Gap { edge: true, ..gap }));
        survey
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
