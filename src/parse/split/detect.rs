//! Finds the rule that a deck follows without saying so. What its code, comments and elements hide is found
//! next door.

use std::ops::Range;

use super::line::{Mark, MarkLine};
use super::survey::{Gap, Survey};
use super::{Cut, Separator};

/// What parts the slides of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Nothing: it is all one slide.
    One,
    /// `<!-- end_slide -->`
    SlideEnds,
    /// `<!--s-->`, and `<!--v-->` for vertical slides.
    Comments,
    /// A mark, and maybe another one for vertical slides.
    Marks(Mark, Option<Mark>),
    /// `---`, and three blank lines for vertical slides.
    DashesAndGaps,
    /// Three blank lines, and two where a slide begins after them: the author meant three.
    Gaps,
    /// Three blank lines, and two for vertical slides.
    GapPair,
}

/// Returns what separates the slides of `body` by its own rule; nothing where it has none.
pub(super) fn cuts(body: &str) -> Vec<Cut> {
    let survey = Survey::of(body);
    let mut cuts = match rule(&survey) {
        Rule::One => Vec::new(),
        Rule::SlideEnds => {
            survey.slide_ends.into_iter().map(|range| Cut { closes: true, ..Cut::at(range) }).collect()
        }
        Rule::Comments => [horizontal(survey.sections), vertical(survey.verticals)].concat(),
        Rule::Marks(mark, below) => marks(&survey.marks, mark, below),
        Rule::DashesAndGaps => {
            let gaps = survey.gaps.iter().filter(|gap| is_between(gap, 3)).map(|gap| gap.range.clone());
            let below = vertical(gaps.collect());
            [marks(&survey.marks, Mark::Three, None), below].concat()
        }
        Rule::Gaps => gaps(survey.gaps, false),
        Rule::GapPair => gaps(survey.gaps, true),
    };
    cuts.sort_by_key(|cut| cut.range.start);
    cuts
}

/// By what a text is parted, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Parting {
    /// What parts slides; none where it is all one.
    pub(in crate::parse) by: Option<&'static str>,
    /// What else would part it most often, and how often.
    pub(in crate::parse) next: Option<(&'static str, usize)>,
    /// How many blank lines part slides, at least, where blank lines do; two where vertical slides have their own.
    pub(in crate::parse) gap: Option<usize>,
}

/// Returns by what `body` is parted by its own rule.
pub(in crate::parse) fn parting(body: &str) -> Parting {
    const GAPS: &str = "three blank lines";
    let survey = Survey::of(body);
    let rule = rule(&survey);
    let mut others = vec![
        ("`<!-- end_slide -->`", survey.slide_ends.len()),
        ("`<!--s-->`", survey.sections.len()),
        ("`##==##`", survey.evident(Mark::Words)),
        ("`---`", survey.evident(Mark::Three)),
        ("`----`", survey.evident(Mark::Four)),
        (GAPS, wide(&survey.gaps, |gap| is_between(gap, 3))),
    ];
    let (by, below) = match rule {
        Rule::One => (None, None),
        Rule::SlideEnds => (Some("`<!-- end_slide -->`"), None),
        Rule::Comments => (Some("`<!--s-->`"), None),
        Rule::Marks(Mark::Words, _) => (Some("`##==##`"), None),
        Rule::Marks(Mark::Four, _) => (Some("`----`"), None),
        Rule::Marks(..) => (Some("`---`"), Some("`----`")),
        Rule::DashesAndGaps => (Some("`---`"), Some(GAPS)),
        Rule::Gaps | Rule::GapPair => (Some(GAPS), None),
    };
    let gap = match rule {
        Rule::Gaps => Some(3),
        Rule::GapPair => Some(2),
        _ => None,
    };
    others.retain(|&(name, count)| count > 0 && Some(name) != by && Some(name) != below);
    // Of equal ones the first stays.
    let next = others.into_iter().reduce(|most, next| if next.1 > most.1 { next } else { most });
    Parting { by, next, gap }
}

/// Returns the expression of what separates horizontal slides in `body` by its own rule; reveal's where it has none.
pub(super) fn expression(body: &str) -> &'static str {
    match rule(&Survey::of(body)) {
        Rule::Marks(Mark::Words, _) => "##==##",
        Rule::Marks(Mark::Four, _) => Separator::BELOW,
        Rule::One | Rule::DashesAndGaps | Rule::Marks(..) => Separator::REVEAL,
        Rule::SlideEnds => r"<!--\s*end_slide\s*-->",
        Rule::Comments => r"<!--\s*s\s*-->",
        Rule::Gaps | Rule::GapPair => r"^\n\n\n",
    }
}

fn horizontal(ranges: Vec<Range<usize>>) -> Vec<Cut> {
    ranges.into_iter().map(Cut::at).collect()
}

fn vertical(ranges: Vec<Range<usize>>) -> Vec<Cut> {
    ranges.into_iter().map(|range| Cut { vertical: true, ..Cut::at(range) }).collect()
}

/// Decides. What can mean nothing else comes first, then whichever of lines and of gaps there are more of.
fn rule(survey: &Survey) -> Rule {
    if !survey.slide_ends.is_empty() {
        return Rule::SlideEnds;
    }
    if !survey.sections.is_empty() {
        return Rule::Comments;
    }
    if survey.has(Mark::Words) {
        return Rule::Marks(Mark::Words, None);
    }
    let mark = if survey.has(Mark::Three) { Mark::Three } else { Mark::Four };
    let count = survey.evident(mark);
    if count == 0 {
        return rule_of_gaps(survey, wide(&survey.gaps, |gap| !gap.edge));
    }
    let wide = wide(&survey.gaps, |gap| is_between(gap, 3));
    let (below, under) = mark_below(survey, mark).map_or((None, 0), |(mark, count)| (Some(mark), count));
    if below.is_none() && mark == Mark::Three && gaps_hang(survey, count) {
        Rule::DashesAndGaps
    } else if count + under >= wide {
        Rule::Marks(mark, below)
    } else {
        rule_of_gaps(survey, wide)
    }
}

/// Tells whether `gap` has `lines` or more and stands between words, rather than beside a mark to which it is air.
fn is_between(gap: &Gap, lines: usize) -> bool {
    gap.lines >= lines && !gap.edge && !gap.beside_mark
}

/// Returns how many gaps of three or more lines are `counted`.
fn wide(gaps: &[Gap], counted: impl Fn(&Gap) -> bool) -> usize {
    gaps.iter().filter(|gap| gap.lines > 2 && counted(gap)).count()
}

/// Returns the mark that parts vertical slides where `horizontal` parts the others, and how many there are. One of its
/// lines must be alone, most must look like separators, or all stand as close to words as the horizontal ones do.
fn mark_below(survey: &Survey, horizontal: Mark) -> Option<(Mark, usize)> {
    let count = |mark: Mark| {
        let lines = || survey.marks.iter().filter(|line| line.mark == mark);
        let evident = survey.evident(mark);
        if lines().any(|line| line.alone) || 2 * evident > lines().count() {
            evident
        } else if is_tight(&survey.marks, horizontal) {
            lines().count()
        } else {
            0
        }
    };
    let marks = Mark::VERTICAL.into_iter().filter(|&mark| mark != horizontal);
    let counted = marks.map(|mark| (mark, count(mark)));
    // Of equal ones the first stays.
    counted.filter(|&(_, count)| count > 0).reduce(|most, next| if next.1 > most.1 { next } else { most })
}

/// Tells whether most lines of `mark` have no blank lines around them, for the deck's author never leaves any.
fn is_tight(marks: &[MarkLine], mark: Mark) -> bool {
    let (alone, close): (Vec<&MarkLine>, Vec<_>) =
        marks.iter().filter(|line| line.mark == mark).partition(|line| line.alone);
    close.len() > alone.len()
}

/// Returns the cuts at the lines of `mark` and of the mark `below`.
///
/// Dashes under words part slides too once dashes are the rule, as in reveal from version 4.1 on. Who parts vertical
/// slides by `--` uses a tool that wants blank lines around both, so there such dashes make headings.
fn marks(lines: &[MarkLine], mark: Mark, below: Option<Mark>) -> Vec<Cut> {
    let strict = below == Some(Mark::Two) && !is_tight(lines, mark);
    let close = is_tight(lines, mark);
    let parts = |line: &&MarkLine| {
        (line.mark == mark && (line.evident || !strict))
            || (Some(line.mark) == below && (line.evident || close))
    };
    let cut = |line: &MarkLine| Cut { vertical: line.mark != mark, ..Cut::at(line.range.clone()) };
    lines.iter().filter(parts).map(cut).collect()
}

/// Tells whether gaps of three lines part vertical slides beside `count` lines of `---`, rather than being air in
/// slides, and `---` rather than being a rule on slides that such gaps part.
///
/// There must be some, nearly all of exactly three lines and with the beginning of a slide after them. They must be
/// many beside `---`, unless the author else never leaves more than one blank line; and where they are more than
/// `---`, slides must begin after that as well, not below what begins after gaps.
fn gaps_hang(survey: &Survey, count: usize) -> bool {
    let (good, odd): (Vec<&Gap>, Vec<_>) = survey
        .gaps
        .iter()
        .filter(|gap| is_between(gap, 3))
        .partition(|gap| gap.lines == 3 && gap.is_pure() && gap.start.is_some());
    let narrow = survey.gaps.iter().filter(|gap| gap.lines == 2 && is_between(gap, 2)).count();
    if good.len() < 2 || good.len() < 2 * odd.len() || (4 * good.len() < count && narrow > 0) {
        return false;
    }
    if good.len() <= count {
        return true;
    }
    let mut levels: Vec<u8> = good.iter().filter_map(|gap| gap.start.filter(|&level| level > 0)).collect();
    levels.sort_unstable();
    let usual = levels.get(levels.len() / 2).copied().unwrap_or(6);
    let dashes = survey.marks.iter().filter(|line| line.mark == Mark::Three && line.evident);
    2 * dashes.filter(|line| line.start.is_some_and(|level| level <= usual)).count() > count
}

/// Returns how the gaps of a text part it where `wide` of them are of three or more lines. Decks written for reveal's
/// documented pair, `^\n\n\n` and `^\n\n`, show it by their many gaps of two, most of them where slides begin.
fn rule_of_gaps(survey: &Survey, wide: usize) -> Rule {
    let narrow = || survey.gaps.iter().filter(|gap| is_narrow(gap));
    let starts = narrow().filter(|gap| gap.start.is_some()).count();
    let half = starts > 2 && 2 * starts >= wide && 2 * starts > narrow().count();
    match (wide, starts > wide || half) {
        (0, _) => Rule::One,
        (_, true) => Rule::GapPair,
        (_, false) => Rule::Gaps,
    }
}

fn is_narrow(gap: &Gap) -> bool {
    gap.lines == 2 && !gap.edge
}

/// Returns the cuts at gaps, of which the narrow ones hang slides below others where they are a pair.
fn gaps(gaps: Vec<Gap>, pair: bool) -> Vec<Cut> {
    gaps.into_iter()
        .filter(|gap| gap.lines > 2 || (is_narrow(gap) && (pair || gap.start.is_some())))
        .map(|gap| Cut { vertical: pair && gap.lines == 2, ..Cut::at(gap.range) })
        .collect()
}
