//! Tests of giving decks their times: the places, one by one, and that any deck stays what it is.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::parse;

fn open(text: &str) -> Deck {
    parse::open(Source { text: text.to_owned(), diagnostics: Vec::new() }, None)
}

/// Returns the text after each of its slides got 90 seconds; each must have got them.
#[track_caller]
fn timed(text: &str) -> String {
    let deck = open(text);
    let found = timing(&deck, None, &vec![Some(90); deck.slides.len()]);
    assert_eq!(found.diagnostics, vec![], "{text:?}");
    edited(text, &found.edits)
}

/// The line that is written, as `@` in the expectations below.
const LINE: &str = "<!-- .slide: data-timing=\"90\" -->";

#[rstest]
#[case::dashes("# A\n\nb\n\n---\n\n# C\n", "# A\n\nb\n@\n\n---\n\n# C\n@\n")]
#[case::close_dashes("# A\n\nb\nb\n---\n# C\n", "# A\n\nb\nb\n@\n---\n# C\n@\n")]
#[case::no_last_line_end("# A\n---\n# B", "# A\n@\n---\n# B\n@")]
#[case::blank_lines("# A\n\nb\n\n\n\n# C\n", "# A\n\nb\n@\n\n\n\n# C\n@\n")]
#[case::stacks("# A\n\n---\n\n# B\n\n--\n\nC\n", "# A\n@\n\n---\n\n# B\n@\n\n--\n\nC\n@\n")]
#[case::ends("# A\n<!-- end_slide -->\nB", "# A\n@\n<!-- end_slide -->\nB\n@")]
#[case::an_end_beside_words("# A <!-- end_slide -->\nB", "# A\n@ <!-- end_slide -->\nB\n@")]
#[case::trailing_blanks("A  \n\n---\n\nB\t\n", "A  \n@\n\n---\n\nB\t\n@\n")]
#[case::front_matter("---\ntitle: x\n---\n# A\n", "---\ntitle: x\n---\n# A\n@\n")]
fn slides_end_with_a_line_for_it(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(timed(text), expected.replace('@', LINE));
}

#[rstest]
#[case::list("- a\n  - b", "- a\n  - b\n@")]
#[case::loose_list("- a\n\n- b\n\n  c", "- a\n\n- b\n\n  c\n@")]
#[case::table("| a |\n|---|\n| b |", "| a |\n|---|\n| b |\n@")]
#[case::quote("> a\n> b", "> a\n> b\n@")]
#[case::fence("```\na\n```", "```\na\n```\n@")]
#[case::open_fence("a\n\n```\nb", "@\na\n\n```\nb")]
#[case::indented("a\n\n    b", "a\n\n    b\n@")]
#[case::html("<div>\na\n</div>", "<div>\na\n</div>\n@")]
#[case::open_html("<div>\n\na", "<div>\n\na\n@")]
#[case::open_script("a\n\n<script>\nb", "@\na\n\n<script>\nb")]
#[case::open_comment("a\n\n<!-- b", "@\na\n\n<!-- b")]
#[case::underlined("a\n---", "@\na\n---")]
#[case::definition("a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: b\n@")]
#[case::notes("# A\n\nb\n\nNote:\nc", "# A\n\nb\n@\n\nNote:\nc")]
#[case::close_notes("b\nNote: c", "b\n@\nNote: c")]
#[case::notes_only("Note: c", "@\nNote: c")]
#[case::aside(
    "# A\n\n<aside class=\"notes\">\nb\n</aside>",
    "# A\n\n<aside class=\"notes\">\nb\n</aside>\n@"
)]
fn nothing_takes_the_line_in(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(timed(text), expected.replace('@', LINE));
}

#[rstest]
#[case::other(
    "# A\n<!-- .slide: class=\"a\"  id='b' -->\nb",
    "# A\n<!-- .slide: class=\"a\"  id='b' data-timing=\"90\" -->\nb"
)]
#[case::empty("<!-- .slide: -->\n# A", "<!-- .slide: data-timing=\"90\" -->\n# A")]
#[case::value(
    "<!--.slide: data-timing=\"60\" class=\"a\"-->\n# A",
    "<!--.slide: data-timing=\"90\" class=\"a\"-->\n# A"
)]
#[case::quotes("<!-- .slide: data-timing='60' -->\n# A", "<!-- .slide: data-timing=\"90\" -->\n# A")]
#[case::bare("<!-- .slide: data-timing=60 -->\n# A", "<!-- .slide: data-timing=\"90\" -->\n# A")]
#[case::the_one_that_counts(
    "<!-- .slide: data-timing=\"6\" -->\n# A\n<!-- .slide: data-timing=\"7\" -->",
    "<!-- .slide: data-timing=\"6\" -->\n# A\n<!-- .slide: data-timing=\"90\" -->"
)]
#[case::not_in_code(
    "`<!-- .slide: data-timing=\"6\" -->`\n\n<!-- .slide: id=\"a\" -->",
    "`<!-- .slide: data-timing=\"6\" -->`\n\n<!-- .slide: id=\"a\" data-timing=\"90\" -->"
)]
#[case::not_in_indented_code(
    "a\n\n    <!-- .slide: data-timing=\"6\" -->\n",
    "a\n\n    <!-- .slide: data-timing=\"6\" -->\n@\n"
)]
#[case::not_in_notes(
    "a\n\nNote:\n<!-- .slide: data-timing=\"6\" -->",
    "a\n@\n\nNote:\n<!-- .slide: data-timing=\"6\" -->"
)]
#[case::nothing_else_begins_to_count(
    "<!-- .slide: data-auto-animate-->\na",
    "<!-- .slide: data-auto-animate-->\na\n@"
)]
fn a_comment_that_is_there_says_it(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(timed(text), expected.replace('@', LINE));
}

#[test]
fn what_is_right_or_not_asked_for_stays() {
    let text = "A\n<!-- .slide: data-timing=\"90\" -->\n\n---\n\nB\n<!-- .slide: data-timing=\"9\" -->\n";
    assert_eq!(timing(&open(text), None, &[Some(90), None]), TimingEdits::default());
    assert_eq!(timing(&open(text), None, &[]), TimingEdits::default());
    let more = timing(&open(text), None, &[None, Some(10), Some(3)]);
    assert_eq!(edited(text, &more.edits), text.replace("\"9\"", "\"10\""));
    assert_eq!((more.slides, more.diagnostics), (vec![1], vec![]));
}

#[test]
fn a_given_separator_is_heeded() {
    let (text, one_blank) = ("A\n\n```\nb", Separators::new(Some(r"\n\n"), None, None).expect("it is one"));
    let deck = parse::open(Source { text: text.to_owned(), diagnostics: Vec::new() }, Some(&one_blank));
    let found = timing(&deck, Some(&one_blank), &[Some(90), Some(90)]);
    assert_eq!(edited(text, &found.edits), format!("A\n{LINE}\n\n{LINE}\n```\nb"));
}

#[test]
fn a_slide_without_a_place_is_told_and_the_others_get_theirs() {
    // The end of any later comment would end this one too, with all slides in it.
    let text = "A\n\n---\n\nB <!-- b\n\n---\n\nC\n\n---\n\nD\n";
    let found = timing(&open(text), None, &[Some(90); 4]);
    let told: Vec<_> = found.diagnostics.iter().map(|told| (told.slide, told.line)).collect();
    assert_eq!((found.slides, told), (vec![0, 1], vec![(Some(3), Some(9)), (Some(4), Some(13))]));
    assert_eq!(
        edited(text, &found.edits),
        text.replace("A\n", &format!("A\n{LINE}\n")).replace("B <", &format!("{LINE}\nB <"))
    );
}

/// Returns what must not change of a slide, and its time.
fn seen(deck: &Deck, slide: usize) -> (Slide, Option<Duration>) {
    let mut seen = parse::slide(deck, slide);
    seen.diagnostics.clear();
    let time = seen.attributes.timing.take();
    (seen, time)
}

/// Gives a deck its times, and fails where that changes anything else, or where a slide lacks its time and nobody is told.
fn check(text: &str, given: Option<&Separators>, seconds: &[Option<u64>]) -> Result<String, TestCaseError> {
    let reopened = |text: &str| parse::open(Source { text: text.to_owned(), diagnostics: Vec::new() }, given);
    let old = reopened(text);
    let found = timing(&old, given, seconds);
    let written = edited(text, &found.edits);
    let new = reopened(&written);
    let refused: Vec<usize> = found.diagnostics.iter().filter_map(|told| told.slide).collect();
    prop_assert_eq!(old.slides.len(), new.slides.len(), "{}", written);
    for slide in 0..old.slides.len() {
        let ((before, old_time), (after, time)) = (seen(&old, slide), seen(&new, slide));
        prop_assert_eq!(before, after, "slide {} of {}", slide + 1, written);
        prop_assert_eq!(old.address(slide), new.address(slide));
        prop_assert_eq!(old.number(slide), new.number(slide));
        let wanted = seconds.get(slide).copied().flatten().map(Duration::from_secs);
        if refused.contains(&(slide + 1)) {
            prop_assert_eq!(time, old_time);
        } else {
            prop_assert_eq!(time, wanted.or(old_time), "slide {} of {}", slide + 1, written);
        }
    }
    prop_assert_eq!(timing(&new, given, seconds).edits, vec![], "again: {}", written);
    Ok(written)
}

fn any_slide() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "# H\n",
        "words\n",
        "words  \n",
        "\nmore\n",
        "- a\n- b\n",
        "\n1. a\n   - b\n",
        "- [ ] a\n",
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "\n```\ncode\n```\n",
        "\n```yaml\nopen: 1\n",
        "~~~\n",
        "\n    indented\n",
        "<div>\n",
        "</div>\n",
        "<table><tr><td>\n\n- a\n",
        "</td></tr></table>\n",
        "<pre>\n",
        "> a\n",
        "\n> b\nlazy\n",
        "<!-- c -->\n",
        "<!-- open\n",
        "-->\n",
        "words <!-- .element: class=\"fragment\" -->\n",
        "<!-- .slide: id=\"a\" -->\n",
        "<!-- .slide: data-timing='60' class=\"x\" -->\n",
        "<!-- .slide: data-timing=\"30\" -->\n",
        "<!-- .slide: data-visibility=\"uncounted\" -->\n",
        "`<!-- .slide: data-timing=\"5\" -->`\n",
        "title\n---\n",
        "title\n===\n",
        "$$\nx\n",
        "::: warning\n",
        ":::\n",
        "![](a.png)\n",
        "*open\n",
        "`open\n",
        "\\\n",
        "[a]: b\n",
        "[^1]: b\n",
        "\nNote:\nsay\n",
        "Note: say\n",
        "<aside class=\"notes\">\n",
        "</aside>\n",
        "\n",
    ]);
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn any_deck() -> impl Strategy<Value = String> {
    let separators = prop::sample::select(vec![
        ["---\n", "----\n"],
        ["\n---\n\n", "\n--\n\n"],
        ["\n---\n\n", "\n---\n"],
        ["\n\n\n", "\n\n\n"],
        ["\n\n\n\n", "\n\n\n"],
        ["\n<!-- end_slide -->\n", "<!-- end_slide -->"],
        ["<!--s-->\n", "<!-- v -->\n"],
        ["##==##\n", "##==##\n"],
    ]);
    let slides = prop::collection::vec((any_slide(), any::<bool>()), 1..7);
    let front =
        prop::sample::select(vec!["", "", "---\ntitle: x\n---\n", "---\nseparator: '^\\n\\n'\n---\n"]);
    (separators, slides, front, any::<bool>()).prop_map(|([across, below], slides, front, cut)| {
        let mut text = front.to_owned();
        for (slide, hangs) in slides {
            text.push_str(&slide);
            text.push_str(if hangs { below } else { across });
        }
        if cut { text.trim_end().to_owned() } else { text }
    })
}

proptest! {
    #[test]
    fn any_deck_keeps_its_slides_and_words(text in any_deck(), seconds in prop::collection::vec(prop::option::weighted(0.8, 1_u64..200), 7)) {
        prop_assume!(!text.trim().is_empty());
        check(&text, None, &seconds)?;
    }

    #[test]
    fn so_does_one_with_given_separators(
        text in any_deck(),
        given in prop::sample::select(vec![r"\n\n", r"^\n", r"\r?\n---\r?\n", r"\n", r"^#", r"a|b", r"-->"]),
        seconds in prop::collection::vec(prop::option::weighted(0.8, 1_u64..200), 7),
    ) {
        prop_assume!(!text.trim().is_empty());
        let given = Separators::new(Some(given), None, Some("^(say|note:)")).expect("they are regular expressions");
        check(&text, Some(&given), &seconds)?;
    }
}
