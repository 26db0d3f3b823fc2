//! Comments that speak to reveal.js: `<!-- .slide: … -->` and `<!-- .element: … -->`. What their attributes mean, and
//! whom they are for, is not decided here.
//!
//! The grammar is that of reveal's Markdown plugin to the letter: double quotes only, names without a value only
//! where they begin with `data-` and something follows, one line, one directive a comment. What it passes over has no
//! effect in reveal either.

use std::sync::LazyLock;

use fancy_regex::Regex;

/// An attribute's name and its value, empty where it has none.
pub(super) type Attribute<'a> = (&'a str, &'a str);

static SLIDE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)\.slide:\s*?(\S.+?)$"));
static ELEMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)\.element\s*?(.+?)$"));
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"([^"= ]+?)="([^"]+?)"|(data-[^"= ]+?)(?=[" ])"#));

/// Returns the attributes that a comment's text gives to its slide; `None` where it is another comment.
pub(super) fn slide(comment: &str) -> Option<Vec<Attribute<'_>>> {
    attributes(&SLIDE, comment)
}

/// Returns the attributes that a comment's text gives to an element; `None` where it is another comment.
pub(super) fn element(comment: &str) -> Option<Vec<Attribute<'_>>> {
    attributes(&ELEMENT, comment)
}

fn attributes<'a>(directive: &Regex, comment: &'a str) -> Option<Vec<Attribute<'a>>> {
    let words = directive.captures(comment).ok()??.get(1)?.as_str();
    let found = ATTRIBUTE.captures_iter(words).map_while(Result::ok);
    let named =
        |captures: fancy_regex::Captures<'a>| match (captures.get(1), captures.get(2), captures.get(3)) {
            (Some(name), Some(value), _) => Some((name.as_str(), value.as_str())),
            (_, _, name) => name.map(|name| (name.as_str(), "")),
        };
    Some(found.filter_map(named).collect())
}

fn regex(source: &str) -> Regex {
    Regex::new(source).expect("it was compiled in a test")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(r##" .slide: class="a b" data-background="#f00" "##, &[("class", "a b"), ("data-background", "#f00")])]
    #[case(r#".slide:id="x""#, &[("id", "x")])]
    #[case(r#" .slide: data-auto-animate class="x" "#, &[("data-auto-animate", ""), ("class", "x")])]
    #[case(" .slide: data-auto-animate ", &[("data-auto-animate", "")])]
    #[case(" .slide: data-auto-animate", &[])]
    #[case(" .slide: data-background='#f00' class=x hidden ", &[])]
    #[case(" .slide: class=\"a\"\n  id=\"b\" ", &[("class", "a")])]
    #[case(r#" .slide: data-state="" class="x" "#, &[("class", "x")])]
    #[case(r#".slide: data-background-image="a.png"style="x""#, &[("data-background-image", "a.png"), ("style", "x")])]
    fn slides_get_attributes(#[case] comment: &str, #[case] expected: &[(&str, &str)]) {
        assert_eq!(slide(comment).as_deref(), Some(expected));
        assert_eq!(element(comment), None);
    }

    #[rstest]
    #[case(r#" .element: class="fragment" "#, &[("class", "fragment")])]
    #[case(r#".element class="fragment""#, &[("class", "fragment")])]
    #[case(r#" .element: class="fragment" data-fragment-index="2" "#, &[("class", "fragment"), ("data-fragment-index", "2")])]
    fn elements_get_attributes(#[case] comment: &str, #[case] expected: &[(&str, &str)]) {
        assert_eq!(element(comment).as_deref(), Some(expected));
        assert_eq!(slide(comment), None);
    }

    #[test]
    fn other_comments_are_nobodys() {
        for comment in ["", " a note ", ".slide:", ".slid: x", " element: class=\"a\""] {
            assert_eq!((slide(comment), element(comment)), (None, None), "{comment}");
        }
    }
}
