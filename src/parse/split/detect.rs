//! Finds the rule that a deck follows without saying so.

use std::ops::Range;

use super::line::{MarkLine, SeparatorMark};
use super::stats::{Gap, SeparatorStats};
use super::{Separator, SlideBreak};

/// What separates the slides of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SplitRule {
    /// Nothing: it is all one slide.
    One,
    /// `<!-- end_slide -->`
    SlideEnds,
    /// `<!--s-->`, and `<!--v-->` for vertical slides.
    Comments,
    /// A mark, and maybe another one for vertical slides.
    Marks(SeparatorMark, Option<SeparatorMark>),
    /// `---`, and three blank lines for vertical slides.
    DashesAndGaps,
    /// Three blank lines, and two where a slide begins after them: the author meant three.
    Gaps,
    /// Three blank lines, and two for vertical slides.
    GapPair,
}

/// Returns what separates the slides of `body` by its own rule; nothing where it has none.
pub(super) fn cuts(body: &str) -> Vec<SlideBreak> {
    let stats = SeparatorStats::of(body);
    let mut cuts = match rule(&stats) {
        SplitRule::One => Vec::new(),
        SplitRule::SlideEnds => stats
            .slide_ends
            .into_iter()
            .map(|range| SlideBreak { closes: true, ..SlideBreak::at(range) })
            .collect(),
        SplitRule::Comments => [horizontal(stats.sections), vertical(stats.verticals)].concat(),
        SplitRule::Marks(mark, below) => marks(&stats.marks, mark, below),
        SplitRule::DashesAndGaps => {
            let gaps = stats.gaps.iter().filter(|gap| is_between(gap, 3)).map(|gap| gap.range.clone());
            let below = vertical(gaps.collect());
            [marks(&stats.marks, SeparatorMark::Three, None), below].concat()
        }
        SplitRule::Gaps => gaps(stats.gaps, false),
        SplitRule::GapPair => gaps(stats.gaps, true),
    };
    cuts.sort_by_key(|cut| cut.range.start);
    cuts
}

/// What separates the slides of a text, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Parting {
    /// What separates slides; none where it is all one.
    pub(in crate::parse) by: Option<&'static str>,
    /// What else would separate them most often, and how often.
    pub(in crate::parse) next: Option<(&'static str, usize)>,
    /// How many blank lines separate slides, at least, where blank lines do; two where vertical slides have their own.
    pub(in crate::parse) gap: Option<usize>,
}

/// Returns what separates the slides of `body` by its own rule.
pub(in crate::parse) fn parting(body: &str) -> Parting {
    const GAPS: &str = "three blank lines";
    let stats = SeparatorStats::of(body);
    let rule = rule(&stats);
    let mut others = vec![
        ("`<!-- end_slide -->`", stats.slide_ends.len()),
        ("`<!--s-->`", stats.sections.len()),
        ("`##==##`", stats.evident(SeparatorMark::Words)),
        ("`---`", stats.evident(SeparatorMark::Three)),
        ("`----`", stats.evident(SeparatorMark::Four)),
        (GAPS, wide(&stats.gaps, |gap| is_between(gap, 3))),
    ];
    let (by, below) = match rule {
        SplitRule::One => (None, None),
        SplitRule::SlideEnds => (Some("`<!-- end_slide -->`"), None),
        SplitRule::Comments => (Some("`<!--s-->`"), None),
        SplitRule::Marks(SeparatorMark::Words, _) => (Some("`##==##`"), None),
        SplitRule::Marks(SeparatorMark::Four, _) => (Some("`----`"), None),
        SplitRule::Marks(..) => (Some("`---`"), Some("`----`")),
        SplitRule::DashesAndGaps => (Some("`---`"), Some(GAPS)),
        SplitRule::Gaps | SplitRule::GapPair => (Some(GAPS), None),
    };
    let gap = match rule {
        SplitRule::Gaps => Some(3),
        SplitRule::GapPair => Some(2),
        _ => None,
    };
    others.retain(|&(name, count)| count > 0 && Some(name) != by && Some(name) != below);
    // Of equal ones the first stays.
    let next = others.into_iter().reduce(|most, next| if next.1 > most.1 { next } else { most });
    Parting { by, next, gap }
}

/// Returns the expression of what separates horizontal slides in `body` by its own rule; reveal's where it has none.
pub(super) fn expression(body: &str) -> &'static str {
    match rule(&SeparatorStats::of(body)) {
        SplitRule::Marks(SeparatorMark::Words, _) => "##==##",
        SplitRule::Marks(SeparatorMark::Four, _) => Separator::BELOW,
        SplitRule::One | SplitRule::DashesAndGaps | SplitRule::Marks(..) => Separator::REVEAL,
        SplitRule::SlideEnds => r"<!--\s*end_slide\s*-->",
        SplitRule::Comments => r"<!--\s*s\s*-->",
        SplitRule::Gaps | SplitRule::GapPair => r"^\n\n\n",
    }
}

fn horizontal(ranges: Vec<Range<usize>>) -> Vec<SlideBreak> {
    ranges.into_iter().map(SlideBreak::at).collect()
}

fn vertical(ranges: Vec<Range<usize>>) -> Vec<SlideBreak> {
    ranges.into_iter().map(|range| SlideBreak { vertical: true, ..SlideBreak::at(range) }).collect()
}

/// Decides. What can mean nothing else comes first, then whichever of lines and of gaps there are more of.
fn rule(stats: &SeparatorStats) -> SplitRule {
    if !stats.slide_ends.is_empty() {
        return SplitRule::SlideEnds;
    }
    if !stats.sections.is_empty() {
        return SplitRule::Comments;
    }
    if stats.has(SeparatorMark::Words) {
        return SplitRule::Marks(SeparatorMark::Words, None);
    }
    let mark = if stats.has(SeparatorMark::Three) { SeparatorMark::Three } else { SeparatorMark::Four };
    let count = stats.evident(mark);
    if count == 0 {
        return rule_of_gaps(stats, wide(&stats.gaps, |gap| !gap.edge));
    }
    let wide = wide(&stats.gaps, |gap| is_between(gap, 3));
    let (below, under) = mark_below(stats, mark).map_or((None, 0), |(mark, count)| (Some(mark), count));
    if below.is_none() && mark == SeparatorMark::Three && gaps_hang(stats, count) {
        SplitRule::DashesAndGaps
    } else if count + under >= wide {
        SplitRule::Marks(mark, below)
    } else {
        rule_of_gaps(stats, wide)
    }
}

/// Returns whether `gap` has `lines` or more and is between words, rather than beside a mark to which it is air.
fn is_between(gap: &Gap, lines: usize) -> bool {
    gap.lines >= lines && !gap.edge && !gap.beside_mark
}

/// Returns how many gaps of three or more lines are `counted`.
fn wide(gaps: &[Gap], counted: impl Fn(&Gap) -> bool) -> usize {
    gaps.iter().filter(|gap| gap.lines > 2 && counted(gap)).count()
}

/// Returns the mark that separates vertical slides where `horizontal` separates the others, and how many there are. One
/// of its lines must be alone, most must look like separators, or all must be as close to words as the horizontal ones.
fn mark_below(stats: &SeparatorStats, horizontal: SeparatorMark) -> Option<(SeparatorMark, usize)> {
    let count = |mark: SeparatorMark| {
        let lines = || stats.marks.iter().filter(|line| line.mark == mark);
        let evident = stats.evident(mark);
        if lines().any(|line| line.alone) || 2 * evident > lines().count() {
            evident
        } else if is_tight(&stats.marks, horizontal) {
            lines().count()
        } else {
            0
        }
    };
    let marks = SeparatorMark::VERTICAL.into_iter().filter(|&mark| mark != horizontal);
    let counted = marks.map(|mark| (mark, count(mark)));
    // Of equal ones the first stays.
    counted.filter(|&(_, count)| count > 0).reduce(|most, next| if next.1 > most.1 { next } else { most })
}

/// Returns whether most lines of `mark` have no blank lines around them, for the deck's author never leaves any.
fn is_tight(marks: &[MarkLine], mark: SeparatorMark) -> bool {
    let (alone, close): (Vec<&MarkLine>, Vec<_>) =
        marks.iter().filter(|line| line.mark == mark).partition(|line| line.alone);
    close.len() > alone.len()
}

/// Returns the cuts at the lines of `mark` and of the mark `below`.
///
/// Dashes under words separate slides too once dashes are the rule, as in reveal from version 4.1 on. A deck with
/// vertical slides by `--` is for a tool that wants blank lines around both, so there such dashes make headings.
fn marks(lines: &[MarkLine], mark: SeparatorMark, below: Option<SeparatorMark>) -> Vec<SlideBreak> {
    let strict = below == Some(SeparatorMark::Two) && !is_tight(lines, mark);
    let close = is_tight(lines, mark);
    let parts = |line: &&MarkLine| {
        (line.mark == mark && (line.evident || !strict))
            || (Some(line.mark) == below && (line.evident || close))
    };
    let cut =
        |line: &MarkLine| SlideBreak { vertical: line.mark != mark, ..SlideBreak::at(line.range.clone()) };
    lines.iter().filter(parts).map(cut).collect()
}

/// Returns whether gaps of three lines separate vertical slides beside `count` lines of `---`, rather than being air in
/// slides, and `---` rather than being a rule on slides that such gaps separate.
///
/// There must be some, nearly all of exactly three lines and with the beginning of a slide after them. They must be
/// many beside `---`, unless the author else never leaves more than one blank line; and where they are more than
/// `---`, slides must begin after that as well, not below what begins after gaps.
fn gaps_hang(stats: &SeparatorStats, count: usize) -> bool {
    let (good, odd): (Vec<&Gap>, Vec<_>) = stats
        .gaps
        .iter()
        .filter(|gap| is_between(gap, 3))
        .partition(|gap| gap.lines == 3 && gap.is_pure() && gap.start.is_some());
    let narrow = stats.gaps.iter().filter(|gap| gap.lines == 2 && is_between(gap, 2)).count();
    if good.len() < 2 || good.len() < 2 * odd.len() || (4 * good.len() < count && narrow > 0) {
        return false;
    }
    if good.len() <= count {
        return true;
    }
    let mut levels: Vec<u8> = good.iter().filter_map(|gap| gap.start.filter(|&level| level > 0)).collect();
    levels.sort_unstable();
    let usual = levels.get(levels.len() / 2).copied().unwrap_or(6);
    let dashes = stats.marks.iter().filter(|line| line.mark == SeparatorMark::Three && line.evident);
    2 * dashes.filter(|line| line.start.is_some_and(|level| level <= usual)).count() > count
}

/// Returns how the gaps of a text split it where `wide` of them are of three or more lines. Decks written for reveal's
/// documented pair, `^\n\n\n` and `^\n\n`, show it by their many gaps of two, most of them where slides begin.
fn rule_of_gaps(stats: &SeparatorStats, wide: usize) -> SplitRule {
    let narrow = || stats.gaps.iter().filter(|gap| is_narrow(gap));
    let at_slides = narrow().filter(|gap| gap.start.is_some()).count();
    let half = at_slides > 2 && 2 * at_slides >= wide && 2 * at_slides > narrow().count();
    match (wide, at_slides > wide || half) {
        (0, _) => SplitRule::One,
        (_, true) => SplitRule::GapPair,
        (_, false) => SplitRule::Gaps,
    }
}

fn is_narrow(gap: &Gap) -> bool {
    gap.lines == 2 && !gap.edge
}

/// Returns the cuts at gaps, of which the narrow ones hang slides below others where they are a pair.
fn gaps(gaps: Vec<Gap>, pair: bool) -> Vec<SlideBreak> {
    gaps.into_iter()
        .filter(|gap| gap.lines > 2 || (is_narrow(gap) && (pair || gap.start.is_some())))
        .map(|gap| SlideBreak { vertical: pair && gap.lines == 2, ..SlideBreak::at(gap.range) })
        .collect()
}
