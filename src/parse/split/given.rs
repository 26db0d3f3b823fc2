//! The separators that a deck's author or the command line gives, one by one, and what is used in place of those that
//! are not given.

use super::detect;
use super::line::SeparatorMark;
use super::separator::{self, Separator};
use super::stats::SeparatorStats;
use crate::source::Diagnostic;

/// Up to three JavaScript regular expressions, each good in itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Separators {
    horizontal: Option<String>,
    vertical: Option<String>,
    notes: Option<String>,
}

impl Separators {
    /// Returns the separators of horizontal slides, of vertical slides and of notes.
    ///
    /// # Errors
    /// Sources that are empty or no regular expressions; the message quotes the first of them.
    pub fn new(
        horizontal: Option<&str>,
        vertical: Option<&str>,
        notes: Option<&str>,
    ) -> Result<Self, Diagnostic> {
        if horizontal.is_some() || vertical.is_some() {
            Separator::compile(horizontal.unwrap_or(Separator::REVEAL), vertical)?;
        }
        notes.map(|notes| separator::compiled(notes, "mi")).transpose()?;
        let owned = |source: Option<&str>| source.map(str::to_owned);
        Ok(Self { horizontal: owned(horizontal), vertical: owned(vertical), notes: owned(notes) })
    }

    /// Returns these, and those of `others` that are not among them.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            horizontal: self.horizontal.or(others.horizontal),
            vertical: self.vertical.or(others.vertical),
            notes: self.notes.or(others.notes),
        }
    }

    /// Returns what separates slides, the vertical ones last, where it is given.
    pub(in crate::parse) fn given(&self) -> (Option<&str>, Option<&str>) {
        (self.horizontal.as_deref(), self.vertical.as_deref())
    }

    /// Returns what opens the notes of a slide, where it is given.
    pub fn notes(&self) -> Option<&str> {
        self.notes.as_deref()
    }

    /// Returns what separates the slides of `body` where at least one separator of slides is given.
    ///
    /// A missing vertical one is reveal-md's or that of the reveal extension of VS Code, if `body` has either; a
    /// missing horizontal one is reveal's, if `body` has it, and else that of `body`'s own rule.
    ///
    /// # Errors
    /// Two separators of which each is good, but not both together.
    pub(in crate::parse) fn of_slides(&self, body: &str) -> Option<Result<Separator, Diagnostic>> {
        let (horizontal, vertical) = match (self.horizontal.as_deref(), self.vertical.as_deref()) {
            (None, None) => return None,
            (Some(horizontal), None) => {
                let stats = SeparatorStats::of(body);
                let pairs =
                    [(SeparatorMark::Four, Separator::BELOW), (SeparatorMark::Two, r"^\r?\n--\r?\n$")];
                (horizontal, pairs.iter().find(|(mark, _)| stats.has(*mark)).map(|(_, vertical)| *vertical))
            }
            (None, Some(vertical)) if body.contains("\n---\n") => (Separator::REVEAL, Some(vertical)),
            (None, Some(vertical)) => (detect::expression(body), Some(vertical)),
            (Some(horizontal), Some(vertical)) => (horizontal, Some(vertical)),
        };
        Some(Separator::compile(horizontal, vertical))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::split;
    use super::*;

    /// Returns the slides of `body`; `↓` is before one that hangs below the one before it.
    fn texts(horizontal: Option<&str>, vertical: Option<&str>, body: &str) -> Vec<String> {
        let given = Separators::new(horizontal, vertical, None).expect("they are regular expressions");
        let separator = given.of_slides(body).map(|separator| separator.expect("they are good together"));
        let pieces = split(body, 1, separator.as_ref()).slides.into_iter();
        let text = |piece: super::super::SplitSlide| {
            format!("{}{}", if piece.vertical { "↓" } else { "" }, &body[piece.range])
        };
        pieces.map(text).collect()
    }

    #[rstest]
    #[case::horizontal_alone("A==B\n\n--- -\n\nC", &["A", "B\n\n--- -\n\nC"])]
    #[case::with_reveal_mds("A==B\n\n----\n\nC", &["A", "B", "↓C"])]
    #[case::with_that_of_vs_code("A==B\n\n--\n\nC", &["A", "B", "↓C"])]
    #[case::not_with_headings("A==B\n----\n\nC\n--\n\nD", &["A", "B\n----\n\nC\n--\n\nD"])]
    fn a_missing_vertical_one_is_the_tools(#[case] body: &str, #[case] expected: &[&str]) {
        assert_eq!(texts(Some("=="), None, body), expected);
    }

    #[rstest]
    #[case::reveals("A\n---\nB==C", &["A", "B", "↓C"])]
    #[case::blank_lines("A\n\n\n\nB==C", &["A", "B", "↓C"])]
    #[case::words("A\n##==##\nB__C", &["A", "B__C"])]
    #[case::comments("A\n<!-- s -->\nB==C", &["A", "B", "↓C"])]
    #[case::ends("A\n<!-- end_slide -->\nB==C", &["A", "B", "↓C"])]
    #[case::four("A\n\n----\n\nB==C", &["A", "B", "↓C"])]
    #[case::none("A==B", &["A", "↓B"])]
    fn a_missing_horizontal_one_is_reveals_or_the_decks(#[case] body: &str, #[case] expected: &[&str]) {
        assert_eq!(texts(None, Some("(?<!#)=="), body), expected);
    }

    #[test]
    fn the_first_ones_count() {
        let new = |horizontal, vertical, notes| Separators::new(horizontal, vertical, notes).expect("good");
        let first = new(Some("a"), None, Some("n"));
        assert_eq!(first.or(new(Some("b"), Some("v"), None)), new(Some("a"), Some("v"), Some("n")));
        assert!(
            Separators::default().of_slides("A").is_none()
                && new(None, None, Some("n")).of_slides("A").is_none()
        );
    }

    #[rstest]
    #[case(Some("("), None, None)]
    #[case(None, Some("["), None)]
    #[case(None, None, Some("*"))]
    #[case(None, None, Some(""))]
    fn a_bad_one_is_refused(
        #[case] horizontal: Option<&str>,
        #[case] vertical: Option<&str>,
        #[case] notes: Option<&str>,
    ) {
        assert!(Separators::new(horizontal, vertical, notes).expect_err("it is bad").hint.is_some());
    }
}
