//! The name of a slide's content, by which it is known again. Its place in the deck does not matter, nor how long it shall
//! take.

use std::collections::HashMap;
use std::sync::LazyLock;

use fancy_regex::{Captures, Regex};
use siphasher::sip::SipHasher13;

static COMMENT: LazyLock<Regex> = LazyLock::new(|| regex("(?s)<!--(.*?)-->"));
static TIMING: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"\s*(?<![\w-])data-timing(?:="[^"]*"|='[^']*'|=[^\s"']*|(?![\w-]))"#));

/// The names that were given so far.
#[derive(Default)]
pub(super) struct Keys(HashMap<String, usize>);

impl Keys {
    /// Returns the name of the next slide, with its source: 16 hexadecimal digits; `-2` and so on tell those of one
    /// content apart.
    pub(super) fn next(&mut self, source: &str) -> String {
        let key = content(source);
        let nth = self.0.entry(key.clone()).or_default();
        *nth += 1;
        if *nth == 1 { key } else { format!("{key}-{nth}") }
    }
}

fn content(source: &str) -> String {
    let words = untimed(source).split_whitespace().collect::<Vec<_>>().join(" ");
    // Records outlive versions of Lutrin, so the hasher's keys never change.
    format!("{:016x}", SipHasher13::new_with_keys(0, 0).hash(words.as_bytes()))
}

/// Returns the source without what `lutrin timing` writes into it; comments that hold nothing else are gone.
fn untimed(source: &str) -> String {
    let without = |found: &Captures<'_>| {
        let inside = &found[1];
        if !inside.contains(".slide:") {
            return found[0].to_owned();
        }
        match TIMING.replace_all(inside, "").trim() {
            ".slide:" => String::new(),
            left => format!("<!-- {left} -->"),
        }
    };
    COMMENT.replace_all(source, without).into_owned()
}

fn regex(source: &str) -> Regex {
    Regex::new(source).expect("it was compiled in a test")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::line("# A\n\ntext\n<!-- .slide: data-timing=\"90\" -->\n", "# A\n\ntext\n")]
    #[case::first("<!-- .slide: data-timing=\"1:30\" -->\n# A", "# A")]
    #[case::last_of("A <!-- .slide: class=\"x\" data-timing=\"90\" -->", "A <!-- .slide: class=\"x\" -->")]
    #[case::first_of("A <!-- .slide: data-timing=\"9\" class=\"x\"-->", "A <!-- .slide: class=\"x\" -->")]
    #[case::glued("A <!--.slide:id=\"a\"data-timing=\"9\"id=\"b\"-->", "A <!-- .slide:id=\"a\"id=\"b\" -->")]
    #[case::single("A <!-- .slide: data-timing='90' -->", "A")]
    #[case::bare("A <!-- .slide: data-timing=90-->", "A")]
    #[case::empty("A <!-- .slide: data-timing -->", "A")]
    #[case::blanks("  A\n\n\n\n  b", "A\nb")]
    fn what_is_written_by_timing_is_no_content(#[case] timed: &str, #[case] plain: &str) {
        assert_eq!(content(timed), content(plain));
    }

    #[rstest]
    #[case("A <!-- .slide: data-section-timing=\"90\" -->", "A")]
    #[case("A <!-- .slide: data-timing-x=\"90\" -->", "A")]
    #[case("A <!-- .slide: my-data-timing=\"90\" -->", "A")]
    #[case("A <!-- .element: data-timing=\"90\" -->", "A")]
    #[case("A data-timing=\"90\"", "A")]
    #[case("A <!-- .slide: data-timing=\"90\"", "A")]
    #[case("A b", "Ab")]
    fn all_else_is_content(#[case] one: &str, #[case] other: &str) {
        assert_ne!(content(one), content(other));
    }

    /// What was recorded once must be found again: this never changes.
    #[test]
    fn a_key_stays() {
        assert_eq!(content("# A\n\nb"), "7cf4a88d358915cb");
    }
}
