//! Which slides their authors hide or don't count, by `<!-- .slide: data-visibility="…" -->`. What becomes of them is
//! not decided here.

use super::directive;
use super::scan::comment_text;
use super::split::Protected;

/// The attribute's name: a text without it has no slide to look at.
const NAME: &str = "data-visibility";

/// Whether a slide is shown, and whether it has a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Visibility {
    #[default]
    Counted,
    Uncounted,
    Hidden,
}

impl Visibility {
    /// Tells whether any slide of `text` can be hidden or uncounted.
    pub(super) fn is_told_in(text: &str) -> bool {
        text.contains(NAME)
    }

    /// Returns what a slide's Markdown says of it; of several comments the last counts.
    pub(super) fn of(slide: &str) -> Self {
        if !Self::is_told_in(slide) {
            return Self::default();
        }
        let comments = Protected::of(slide).comments;
        let attributes =
            comments.into_iter().filter_map(|comment| directive::slide(comment_text(&slide[comment])));
        let value = attributes.flatten().rfind(|&(name, _)| name == NAME).map(|(_, value)| value);
        match value {
            Some("hidden") => Self::Hidden,
            Some("uncounted") => Self::Uncounted,
            _ => Self::Counted,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::hidden("# A\n<!-- .slide: data-visibility=\"hidden\" -->", Visibility::Hidden)]
    #[case::among_others(
        "<!-- .slide: id=\"a\" data-visibility=\"uncounted\" class=\"b\" -->",
        Visibility::Uncounted
    )]
    #[case::twice(
        "<!-- .slide: data-visibility=\"hidden\" --><!-- .slide: data-visibility=\"uncounted\" -->",
        Visibility::Uncounted
    )]
    #[case::then_another(
        "<!-- .slide: data-visibility=\"hidden\" --><!-- .slide: id=\"a\" -->",
        Visibility::Hidden
    )]
    #[case::other_value("<!-- .slide: data-visibility=\"Hidden\" -->", Visibility::Counted)]
    #[case::single_quotes("<!-- .slide: data-visibility='hidden' -->", Visibility::Counted)]
    #[case::element("A <!-- .element: data-visibility=\"hidden\" -->", Visibility::Counted)]
    #[case::code("`<!-- .slide: data-visibility=\"hidden\" -->`", Visibility::Counted)]
    #[case::fence("```html\n<!-- .slide: data-visibility=\"hidden\" -->\n```", Visibility::Counted)]
    #[case::words("data-visibility=\"hidden\"", Visibility::Counted)]
    #[case::nothing("# A", Visibility::Counted)]
    fn a_comment_tells(#[case] slide: &str, #[case] expected: Visibility) {
        assert_eq!(Visibility::of(slide), expected);
    }
}
