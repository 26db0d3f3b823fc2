//! What holds for any text.

use proptest::prelude::*;

use super::*;

fn any_deck() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "A",
        "é🚀",
        "# H",
        "\n",
        "\n",
        "\n",
        "\n\n\n",
        "\n\n\n\n",
        "\n---\n",
        "\n\n---\n\n",
        "---",
        "--- \n",
        " ",
        "\t",
        "\n```\n",
        "\n```yaml\n",
        "\n~~~\n",
        "`",
        "``",
        "<",
        "<div>",
        "</div>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<p>",
        "<br>",
        "<!--",
        "-->",
        "<!-- end_slide -->",
        "<!--s-->",
        "<!--v-->",
        "\n\n--\n\n",
        "\n----\n",
        "\n\nvvv\n\n",
        "\n##==##\n",
        "<script>",
        "</script>",
        "\\",
        "- ",
        "    ",
        "\u{A0}",
        "'",
        "\"",
        "=",
    ]);
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// The pairs that decks use, as they stand between two slides: the horizontal separator and the vertical one.
const PAIRS: [[&str; 2]; 12] = [
    ["\n\n---\n\n", "\n\n--\n\n"],
    ["\n\n---\n\n", "\n\n----\n\n"],
    ["\n\n---\n\n", "\n\nvvv\n\n"],
    ["\n\n---\n\n", "\n\n+++\n\n"],
    ["\n\n--- \n\n\n", "\n\n\n\n--\t\n \n"],
    ["\n---\n", "\n--\n"],
    ["\n---\n", "\n----\n"],
    ["\n---\n\n", "\nvvv\n\n"],
    ["\n\n<!--s-->\n\n", "\n\n<!-- v -->\n\n"],
    ["\n\n\n\n", "\n\n\n"],
    ["\n\n\n\n\n", "\n\n\n"],
    ["\n\n---\n\n", "\n\n\n\n"],
];

/// Slides that hold what looks like separators where nothing separates.
const SLIDES: [&str; 8] = [
    "## A\n\ntext",
    "## A\n- a\n  - b",
    "## A\n\n```yaml\n---\na: 1\n\n--\n\n\n\nvvv\n<!--s-->\n```",
    "## A\n\n<!--\n\n---\n\n--\n\n\n\n# b\n-->\n\ntext",
    "## A\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "## A\n\n<table><tr><td>\n\n\n\n### b\n\n\n\n### c\n\n</td></tr></table>",
    "<!-- .slide: class=\"a\" -->\n## A\n\n![](a.png)",
    "## A\n\n- - -\n\n***\n\n-----\n\n`---`\n    ---",
];

proptest! {
    #[test]
    fn slides_hold_all_that_separates_not(body in any_deck()) {
        let found = split(&body, 1, None);
        let cuts = detect::cuts(&body);
        let mut last = 0;
        for piece in &found.slides {
            prop_assert!(last <= piece.range.start && piece.range.start <= piece.range.end);
            prop_assert!(body.get(piece.range.clone()).is_some());
            prop_assert_eq!(piece.line, 1 + body[..piece.range.start].matches('\n').count());
            last = piece.range.end;
        }
        let holders = |at: usize| found.slides.iter().filter(|piece| piece.range.contains(&at)).count()
            + cuts.iter().filter(|cut| cut.range.contains(&at)).count();
        for (at, _) in body.char_indices().filter(|(_, c)| !matches!(c, ' ' | '\t' | '\n')) {
            prop_assert_eq!(holders(at), 1, "byte {} of {:?}", at, body);
        }
        prop_assert!(found.slides.len() == 1 || found.slides.iter().all(|piece| !piece.range.is_empty()));
        prop_assert!(!found.slides[0].vertical);
    }

    #[test]
    fn each_pair_is_found(
        [across, below] in prop::sample::select(PAIRS.to_vec()),
        stacks in prop::collection::vec(prop::collection::vec(prop::sample::select(SLIDES.to_vec()), 1..6), 2..6),
        last_newline: bool,
    ) {
        let rows: usize = stacks.iter().map(|stack| stack.len() - 1).sum();
        // Blank lines are a pair only where there are enough of them.
        prop_assume!(!below.trim().is_empty() || rows >= stacks.len());
        let mut body = stacks.iter().map(|stack| stack.join(below)).collect::<Vec<_>>().join(across);
        body.push_str(if last_newline { "\n" } else { "" });
        let found = split(&body, 1, None);
        let expected: Vec<(&str, bool)> = stacks
            .iter()
            .flat_map(|stack| stack.iter().enumerate().map(|(row, slide)| (*slide, row > 0)))
            .collect();
        let seen: Vec<(&str, bool)> =
            found.slides.iter().map(|piece| (&body[piece.range.clone()], piece.vertical)).collect();
        prop_assert_eq!(seen, expected);
        prop_assert!(found.diagnostics.is_empty());
    }

    #[test]
    fn given_separators_split_any_text(body in any_deck(), given in r"[\^$]?[\\n<!\-\[\](){}|?*+.=a1#]{0,8}") {
        if let Ok(separator) = Separator::compile(&given, Some(r"\n\n")) {
            let found = split(&body, 1, Some(&separator));
            prop_assert!(found.slides.iter().all(|piece| body.get(piece.range.clone()).is_some()));
        }
    }
}
