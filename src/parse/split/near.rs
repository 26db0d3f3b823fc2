//! Runs of blank lines that separate slides and look as if another number of slides were meant.

use std::ops::Range;

use super::line;
use super::stats::{Gap, SeparatorStats};

/// As many blank lines make an empty slide in reveal.js, for three of them separate slides.
const TWICE: usize = 6;

/// What nearly separates slides, or separates them once too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Miss {
    /// Two blank lines before a heading, where three separate slides.
    Narrow,
    /// So many blank lines that reveal.js finds a slide in them.
    Wide(usize),
    /// Blanks on a line that looks empty, which keep reveal.js from separating slides there.
    Blanks,
}

/// Returns the near-misses of `body`, whose slides are parted by at least `least` blank lines, with the bytes that are to
/// be looked at: the heading, the first line that is one too many, the blanks. Where that rule is not `given`, what an author
/// does more often than to separate slides is no slip.
pub(in crate::parse) fn misses(body: &str, least: usize, given: bool) -> Vec<(Range<usize>, Miss)> {
    let stats = SeparatorStats::of(body);
    let between = || stats.gaps.iter().filter(|gap| !gap.edge);
    let mut all: Vec<_> = between().filter_map(|gap| miss(body, gap, least)).collect();
    let wide = between().filter(|gap| gap.lines >= least).count();
    if !given && all.iter().filter(|(_, miss)| *miss == Miss::Narrow).count() > wide {
        all.retain(|(_, miss)| *miss != Miss::Narrow);
    }
    all
}

fn miss(body: &str, gap: &Gap, least: usize) -> Option<(Range<usize>, Miss)> {
    let below = body[gap.range.end..].split('\n').next().unwrap_or_default();
    if gap.lines + 1 == least && !gap.beside_mark && line::start(below).is_some() {
        return Some((gap.range.end..gap.range.end + below.trim_end().len(), Miss::Narrow));
    }
    if gap.lines < least {
        return None;
    }
    let mut at = gap.range.start;
    let (mut pure, mut longest, mut blanks) = (0, 0, None);
    for text in body[gap.range.clone()].split_inclusive('\n') {
        let length = text.trim_end_matches('\n').len();
        pure = if length == 0 { pure + 1 } else { 0 };
        longest = longest.max(pure);
        if length > 0 {
            blanks.get_or_insert(at..at + length);
        }
        at += text.len();
    }
    // Enough lines without blanks separate slides whatever is around them.
    if let Some(blanks) = blanks.filter(|_| longest < least) {
        return Some((blanks, Miss::Blanks));
    }
    (longest >= TWICE && least == 3).then_some((gap.range.start..gap.range.start, Miss::Wide(gap.lines)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::two_before_a_heading("a\n\n\n# B\n\n\n\nc", 3, Some(Miss::Narrow))]
    #[case::two_as_a_habit("a\n\n\n# B\n\n\n# C\n\n\n\nd", 3, None)]
    #[case::two_before_words("a\n\n\nb", 3, None)]
    #[case::two_where_they_part("a\n\n\n# B", 2, None)]
    #[case::one_before_a_heading("a\n\n# B", 3, None)]
    #[case::three("a\n\n\n\n# B", 3, None)]
    #[case::five("a\n\n\n\n\n\n# B", 3, None)]
    #[case::six("a\n\n\n\n\n\n\n# B", 3, Some(Miss::Wide(6)))]
    #[case::blanks("a\n\n \n\n# B", 3, Some(Miss::Blanks))]
    #[case::blanks_above_three("a\n\t\n\n\n\n# B", 3, None)]
    #[case::in_code("```\na\n\n\n# B\n```", 3, None)]
    #[case::in_a_table("<table><tr><td>\n\n\n# B\n</td></tr></table>", 3, None)]
    #[case::at_the_end("a\n\n\n\n\n\n\n\n", 3, None)]
    fn near_misses_are_told(#[case] body: &str, #[case] least: usize, #[case] expected: Option<Miss>) {
        assert_eq!(misses(body, least, false).first().map(|(_, miss)| *miss), expected);
    }
}
