//! Whatever stands in a deck, reading and layout come to an end, stay on the stage, and let no control character by.

use lutrin::layout::Content;
use lutrin::parse;
use proptest::prelude::*;

use super::stage::{deck, scene, stage};

/// Pieces that decks are made of, odd ones among them.
const PIECES: [&str; 40] = [
    "# ",
    "\n",
    "\n\n",
    "\n\n\n\n",
    "---\n",
    "- ",
    "  ",
    "> ",
    "```",
    "```yaml\n",
    "| a | b |\n|---|---|\n",
    "*",
    "**",
    "_",
    "<table>",
    "<tr>",
    "<td width=\"500%\">",
    "</td>",
    "</table>",
    "<center>",
    "</center>",
    "<div style=\"",
    "margin:-9999px;width:0%\">",
    "</div>",
    "<img width=\"1e30%\" src=\"x.png\">",
    "![](static/pictures/k3s.png)",
    "<br>",
    "<ul><li>",
    "</li>",
    "&#27;",
    "\u{1b}[2J",
    "日本語",
    "👩‍🚀",
    "\u{202e}",
    "\t",
    "<h1>",
    "</h1>",
    "[a](b)",
    "<!--",
    "-->",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_fails(picks in proptest::collection::vec(0..PIECES.len(), 1..60), columns in 1_u16..130, rows in 2_u16..40) {
        let text: String = picks.iter().map(|&pick| PIECES[pick]).collect::<String>() + "x";
        let deck = deck(&text);
        let stage = stage(columns, rows);
        for index in 0..deck.slides.len() {
            let scene = scene(&deck, index, stage);
            for item in scene.items {
                prop_assert!(item.area.x + item.area.width <= columns.max(1), "{item:?} in {columns} columns: {text:?}");
                if let Content::Lines(lines) = item.content {
                    let controls = lines.iter().flat_map(|line| &line.spans).any(|span| span.content.contains(char::is_control));
                    prop_assert!(!controls, "{lines:?}");
                }
            }
        }
    }
}

#[test]
fn sizes_beyond_reason_take_no_unreasonable_time() {
    for text in [
        "<div>".repeat(200_000),
        "> ".repeat(20_000) + "x",
        "- ".repeat(5_000) + "x",
        "*a **b ".repeat(20_000),
        "[".repeat(50_000),
        "word ".repeat(200_000),
        "x".repeat(1_000_000),
        "line\n".repeat(200_000),
        format!("```\n{}\n```", "code line\n".repeat(100_000)),
        format!("|{}\n|{}\n", "a|".repeat(3_000), "-|".repeat(3_000)),
        "<table><tr>".to_owned() + &"<td>a".repeat(10_000),
        "<table><tr><td>".repeat(300),
        "![](x.png)".repeat(5_000),
    ] {
        let started = std::time::Instant::now();
        let deck = deck(&text);
        let scene = scene(&deck, 0, stage(80, 24));
        assert!(scene.height > 0);
        let start: String = text.chars().take(20).collect();
        // Half a minute in a development build is what nobody would wait; it is no benchmark.
        assert!(started.elapsed().as_secs() < 30, "{start}… took {:?}", started.elapsed());
    }
}

#[test]
fn a_slide_of_a_hundred_thousand_rows_can_be_walked_to_its_end() {
    let deck = deck(&"line\n\n".repeat(100_000));
    let scene = scene(&deck, 0, stage(80, 24));
    assert!(scene.height > 100_000, "{}", scene.height);
    assert_eq!(parse::slide(&deck, 0).diagnostics, []);
}

/// Marks of Markdown's dialects, alone and by the thousand: whatever is not closed must not be looked for again.
#[test]
fn dialects_beyond_reason_take_no_unreasonable_time() {
    for piece in [
        ":::\n",
        "::: a\n",
        ":::: a\n:::\n",
        "##--##\n",
        "$",
        "$$",
        "$$\n",
        "$$ a\n",
        "$a$ ",
        "`$$a$$`",
        "\\[\n",
        "\\[a ",
        "\\(",
        "{",
        "}",
        "{.a",
        "{.a}",
        "{.a} ",
        "{.a}\n\n",
        "*a*{.b}",
        "[a]{.b}",
        "- a\n{.b}\n",
        "a\n\n{.b}\n\n",
        "](u =5x)",
        " =5x)",
        "> [!NOTE]\n",
        "> [!NOTE]\n\n",
        "![a|9](u)",
        "[",
        "]",
        "_a",
        "&lt;",
    ] {
        let deck = deck(&piece.repeat(400_000 / piece.len()));
        let started = std::time::Instant::now();
        parse::slide(&deck, 0);
        assert!(started.elapsed().as_secs() < 10, "{piece:?} took {:?}", started.elapsed());
    }
}
