//! Where a slide's words end and the speaker's notes begin.
//!
//! reveal.js takes notes only where a slide has one line such as `Note:`, and shows everything on the slide where it
//! has two. Here they begin at the first one, whatever follows.

use std::ops::Range;

use fancy_regex::{Error, Regex};

use super::split::{Protected, compiled, covers, quoted, reason};
use crate::source::{Diagnostic, Rule};

/// What opens the notes of a slide.
pub(super) enum Opener {
    /// A line that begins with `Note:` or `Notes:`, where neither code, nor comments, nor HTML hold it.
    Word,
    /// A regular expression, which is applied to the raw text as reveal.js does.
    Given(Regex),
}

/// A slide split from its notes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotesSplit {
    /// What the slide shows; empty where it holds notes only.
    pub(super) slide: Range<usize>,
    /// What only the speaker sees, without the word that opens it.
    pub(super) notes: Option<Range<usize>>,
    /// Where notes are opened a second time.
    pub(super) again: Option<usize>,
}

impl Opener {
    /// Returns the opener that is given as the source of a JavaScript regular expression, else the usual words.
    ///
    /// # Errors
    /// A source that is empty or no regular expression.
    pub(super) fn new(given: Option<&str>) -> Result<Self, Diagnostic> {
        given.map_or(Ok(Self::Word), |source| compiled(source, "mi").map(Self::Given))
    }

    /// Splits the slide at `range` of `text` from its notes.
    ///
    /// # Errors
    /// A regular expression that takes too long on it.
    pub(super) fn part(&self, text: &str, range: Range<usize>) -> Result<NotesSplit, Diagnostic> {
        let slide = &text[range.clone()];
        let mut found = match self {
            Self::Word => words(slide),
            Self::Given(regex) => matches(regex, slide)?,
        }
        .into_iter();
        let Some(first) = found.next() else {
            return Ok(NotesSplit { slide: range, notes: None, again: None });
        };
        let at = |offset: usize| range.start + offset;
        Ok(NotesSplit {
            slide: range.start..at(slide[..first.start].trim_end_matches(BLANKS).len()),
            notes: trimmed(text, at(first.end)..range.end),
            again: found.next().map(|second| at(second.start)),
        })
    }
}

const BLANKS: [char; 3] = [' ', '\t', '\n'];

/// Returns `range` of `text` without the blanks at both its ends; `None` where nothing is left.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let notes = text[range.clone()].trim_end_matches(BLANKS);
    let start = range.start + (notes.len() - notes.trim_start_matches(BLANKS).len());
    (!notes.is_empty()).then_some(start..range.start + notes.len())
}

/// Returns the first two places of `slide` at which a line opens notes by its first word.
fn words(slide: &str) -> Vec<Range<usize>> {
    let mut end = 0;
    let candidates = slide.split_inclusive('\n').filter_map(|line| {
        let start = end;
        end += line.len();
        word(line).map(|length| start..start + length)
    });
    let mut candidates = candidates.peekable();
    if candidates.peek().is_none() {
        return Vec::new();
    }
    let Protected { hidden, elements, .. } = Protected::of(slide);
    let is_open = |word: &Range<usize>| !covers(&hidden, word.start) && !covers(&elements, word.start);
    candidates.filter(is_open).take(2).collect()
}

/// Returns how many bytes of `line` open notes, its indent of up to three blanks among them.
pub(super) fn word(line: &str) -> Option<usize> {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    let word = ["note:", "notes:"].into_iter().find(|word| {
        text.as_bytes().get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()))
    })?;
    (indent < 4).then_some(indent + word.len())
}

/// Returns the first two matches of `regex` in `slide` that hold anything.
fn matches(regex: &Regex, slide: &str) -> Result<Vec<Range<usize>>, Diagnostic> {
    let mut found = Vec::new();
    for one in regex.find_iter(slide) {
        let range = one.map_err(|error| too_slow(regex, &error))?.range();
        if !range.is_empty() {
            found.push(range);
        }
        if found.len() == 2 {
            break;
        }
    }
    Ok(found)
}

/// Returns the message that notes begin with the usual words after all.
fn too_slow(regex: &Regex, error: &Error) -> Diagnostic {
    Diagnostic::of(
        Rule::SeparatorUnusable,
        format!("the separator `{}` {}", quoted(regex.as_str()), reason(error)),
    )
    .hint("notes are opened by `Note:` instead; give a simpler separator")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    /// Returns the slide's words, its notes, and whether they are opened a second time.
    fn parted<'a>(text: &'a str, given: Option<&str>) -> (&'a str, Option<&'a str>, bool) {
        let opener = Opener::new(given).expect("it is a regular expression");
        let NotesSplit { slide, notes, again } = opener.part(text, 0..text.len()).expect("it is quick");
        (&text[slide], notes.map(|notes| &text[notes]), again.is_some())
    }

    #[rstest]
    #[case::note("# A\n\nNote: b\nc", "# A", Some("b\nc"))]
    #[case::notes("# A\nNOTES:\n\n- b\n\nc", "# A", Some("- b\n\nc"))]
    #[case::without_blank("A\nnote:b", "A", Some("b"))]
    #[case::indented("A\n   Note: b", "A", Some("b"))]
    #[case::only_notes("Note: b", "", Some("b"))]
    #[case::nothing_in_them("A\n\nNote: \n", "A", None)]
    #[case::deep("A\n    Note: b", "A\n    Note: b", None)]
    #[case::quote("A\n> Note: b", "A\n> Note: b", None)]
    #[case::list("A\n- Note: b", "A\n- Note: b", None)]
    #[case::another_word("A\nA keynote: b", "A\nA keynote: b", None)]
    #[case::longer_word("A\nNotebook: b", "A\nNotebook: b", None)]
    #[case::letters_that_are_longer("A\nNoté: b", "A\nNoté: b", None)]
    #[case::strong("A\n**Note:** b", "A\n**Note:** b", None)]
    #[case::fence("```\nNote: b\n```\nNote: c", "```\nNote: b\n```", Some("c"))]
    #[case::open_fence("```\nNote: b", "```", Some("b"))]
    #[case::comment("<!--\nNote: b\n-->\nA", "<!--\nNote: b\n-->\nA", None)]
    #[case::pre("<pre>\nNote: b\n</pre>\nA", "<pre>\nNote: b\n</pre>\nA", None)]
    #[case::table("<table><td>\n\nNote: b\n\n</td></table>", "<table><td>\n\nNote: b\n\n</td></table>", None)]
    #[case::element_that_is_never_closed("<td>\nNote: b", "<td>", Some("b"))]
    fn notes_begin_with_a_word(#[case] text: &str, #[case] slide: &str, #[case] notes: Option<&str>) {
        assert_eq!(parted(text, None), (slide, notes, false));
    }

    #[test]
    fn the_first_word_opens_what_a_second_one_stays_in() {
        assert_eq!(parted("A\nNote: b\nNote: c", None), ("A", Some("b\nNote: c"), true));
        assert_eq!(parted("A\nNote: b\n```\nNote: c\n```", None), ("A", Some("b\n```\nNote: c\n```"), false));
        assert_eq!(parted("A ?? b ?? c", Some(r"\?\?")), ("A", Some("b ?? c"), true));
    }

    #[rstest]
    #[case::line("A\n\nnote: b", "^Note:", "A", Some("b"))]
    #[case::mid_line("A snote: b", "notes?:", "A s", Some("b"))]
    #[case::in_code("```\nNote: b\n```", "^Note:", "```", Some("b\n```"))]
    #[case::other("A\nNote: b\n\n???\nc", r"^\?\?\?$", "A\nNote: b", Some("c"))]
    #[case::line_ends("A\n\nSpeaker\nc", r"\r\n\r\nSpeaker\r\n", "A", Some("c"))]
    #[case::nothing("A", "x*", "A", None)]
    fn a_given_expression_matches_raw_text(
        #[case] text: &str,
        #[case] given: &str,
        #[case] slide: &str,
        #[case] notes: Option<&str>,
    ) {
        assert_eq!(parted(text, Some(given)), (slide, notes, false));
    }

    #[test]
    fn an_expression_that_takes_too_long_is_told() {
        let text = format!("A {}!", "a".repeat(60));
        let slow = Opener::new(Some(r"(?=x|a)(a+)+\1$")).expect("it is a regular expression");
        let told = slow.part(&text, 0..text.len()).expect_err("it goes back too often");
        assert!(told.message.contains("too long") && told.hint.is_some(), "{told}");
    }

    proptest! {
        #[test]
        fn slide_and_notes_are_in_order_and_hold_all_other_words(
            parts in prop::collection::vec(prop::sample::select(vec![
                "Note:", "notes:", "é", "A", "\n", "\n", " ", "\n\n", "```\n", "<td>", "</td>", "<!--", "-->", "- ", "> ",
            ]), 0..30)
        ) {
            let text = parts.concat();
            let NotesSplit { slide, notes, again } = Opener::Word.part(&text, 0..text.len()).expect("it is quick");
            let notes = notes.unwrap_or(slide.end..slide.end);
            prop_assert!(slide.start == 0 && slide.end <= notes.start && notes.end <= text.len());
            prop_assert!(again.is_none_or(|again| again >= slide.end));
            let between = text[slide.end..notes.start].trim();
            prop_assert!(between.is_empty() || word(between) == Some(between.len()), "{between:?}");
            prop_assert!(notes.is_empty() || text[notes.end..].trim().is_empty());
        }
    }
}
