//! What was found, for people: where, what, the line that it is about, and what to do.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Checked, count};
use crate::source::{Diagnostic, Rule, Severity};
use crate::text::{expand_tabs, sanitize, width};

/// More cells of a line are not shown.
const WIDEST: usize = 100;
/// So many of them stand before what the line is shown for, where it is too long.
const BEFORE: usize = 24;

/// Styles as terminals know them.
struct TextStyler {
    colors: bool,
}

impl TextStyler {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.colors { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn severity(&self, severity: Severity) -> String {
        self.paint(style(severity), severity.name())
    }
}

fn style(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    }
}

/// Returns all that was found, and how much that is.
pub(super) fn write(decks: &[Checked], colors: bool) -> String {
    let pen = TextStyler { colors };
    let mut out = String::new();
    for deck in decks {
        let lines: Vec<&str> = deck.text.lines().collect();
        for diagnostic in &deck.diagnostics {
            one(&mut out, (deck, &lines), diagnostic, &pen);
        }
    }
    out.push_str(&summary(decks));
    out.push('\n');
    out
}

fn one(out: &mut String, (deck, lines): (&Checked, &[&str]), told: &Diagnostic, pen: &TextStyler) {
    let name = sanitize(&deck.name).replace(['\n', '\t'], " ");
    let mut place = name;
    if let Some(line) = told.line {
        let _ = write!(place, ":{line}:{}", told.columns.as_ref().map_or(1, |columns| columns.start));
    }
    let slide = told.slide.map(|slide| format!("slide {slide}: ")).unwrap_or_default();
    let id = told.rule.map(|rule| format!(" [{}]", rule.id())).unwrap_or_default();
    let severity = pen.severity(told.severity());
    let id = pen.paint("2", &id);
    let _ = writeln!(out, "{}: {severity}: {slide}{}{id}", pen.paint("1", &place), told.message);
    let source = told.line.and_then(|line| Some((line, *lines.get(line.checked_sub(1)?)?)));
    if let Some((number, line)) = source.filter(|(_, line)| !line.trim().is_empty()) {
        let (shown, before, length) = excerpt(line, told.columns.as_ref());
        let _ = writeln!(out, "{} {shown}", pen.paint("2", &format!("{number:>5} │")));
        if length > 0 {
            let marks =
                format!("{}{}", " ".repeat(before), pen.paint(style(told.severity()), &"^".repeat(length)));
            let _ = writeln!(out, "{} {marks}", pen.paint("2", "      │"));
        }
    }
    if let Some(hint) = &told.hint {
        let _ = writeln!(out, "  {} {hint}", pen.paint("1", "hint:"));
    }
    out.push('\n');
}

/// Returns a line as it may be shown, with the cells before what it is shown for and how many that takes: none where
/// that is all of it.
fn excerpt(line: &str, columns: Option<&Range<u32>>) -> (String, usize, usize) {
    let columns = columns.map(|columns| columns.start as usize..columns.end as usize);
    // A line may be as long as the deck: what is far from the words is not looked at.
    let first = columns.as_ref().map_or(0, |columns| columns.start - 1);
    let skipped = first.saturating_sub(8 * WIDEST);
    let part: String = line.chars().skip(skipped).take(first - skipped + 8 * WIDEST).collect();
    let cells = |letters: usize| -> usize {
        let start: String = part.chars().take(letters).collect();
        width(&expand_tabs(&sanitize(&start)))
    };
    let shown = expand_tabs(&sanitize(part.trim_end())).into_owned();
    let Some(columns) = columns else { return (cut(&shown, 0), 0, 0) };
    let before = cells(first - skipped);
    let length = cells(columns.end - 1 - skipped).saturating_sub(before).max(1);
    let from = if skipped > 0 || before + length.min(WIDEST / 2) > WIDEST {
        before.saturating_sub(BEFORE)
    } else {
        0
    };
    let shown = cut(&shown, from);
    // Where a wide letter is cut in two, one cell more is gone, and the mark of the cut takes its place.
    let before = before - from + usize::from(from > 0);
    (shown, before, length.min((WIDEST + 1).saturating_sub(before)).max(1))
}

/// Returns what of a line stands from the cell `from` on, as much as is shown; `…` stands where it was cut.
fn cut(line: &str, from: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    for letter in line.chars() {
        let own = width(letter.encode_utf8(&mut [0; 4]));
        if at >= from + WIDEST {
            out.push('…');
            break;
        }
        if at >= from {
            out.push(letter);
        } else if at + own > from {
            out.extend(std::iter::repeat_n(' ', at + own - from));
        }
        at += own;
    }
    if from > 0 { format!("…{out}") } else { out }
}

/// Returns how much was found.
fn summary(decks: &[Checked]) -> String {
    let several = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.map(|severity| (count(decks, severity), severity.name()));
    let is_rule = |told: &Diagnostic| told.rule == Some(Rule::SeparatorRule);
    let found = if decks.iter().flat_map(|deck| &deck.diagnostics).all(is_rule) {
        "nothing to complain of".to_owned()
    } else {
        let told = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| several(*count, what));
        told.collect::<Vec<_>>().join(", ")
    };
    format!("{found} in {}", several(decks.len(), "deck"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("abc def", 5..8, "abc def", 4, 3)]
    #[case::wide("日本 def", 4..7, "日本 def", 5, 3)]
    #[case::marked("e\u{301}e\u{301} b", 6..7, "e\u{301}e\u{301} b", 3, 1)]
    #[case::tab("\tb", 2..3, "    b", 4, 1)]
    #[case::control("\u{1b}[b", 3..4, "␛[b", 2, 1)]
    #[case::wide_itself("a 日本", 3..5, "a 日本", 2, 4)]
    fn marks_stand_below_the_words(
        #[case] line: &str,
        #[case] columns: Range<u32>,
        #[case] shown: &str,
        #[case] before: usize,
        #[case] length: usize,
    ) {
        assert_eq!(excerpt(line, Some(&columns)), (shown.to_owned(), before, length));
    }

    #[test]
    fn long_lines_are_cut_around_the_words() {
        let line = format!("{}here{}", "日".repeat(3000), "x".repeat(100_000));
        let (shown, before, length) = excerpt(&line, Some(&(3001..3005)));
        assert!(shown.starts_with('…') && shown.ends_with('…') && width(&shown) <= WIDEST + 2, "{shown}");
        let cells: String = shown.chars().skip(1).collect();
        let skipped: String = cells.chars().take((before - 1) / 2).collect();
        assert_eq!((&cells[skipped.len()..skipped.len() + 4], length), ("here", 4));
    }
}
