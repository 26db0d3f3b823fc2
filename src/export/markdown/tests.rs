//! What is written as Markdown says the same when it is read again.

use std::sync::Arc;

use proptest::prelude::*;
use rstest::rstest;

use super::inlines::{self, InlineContext};
use super::*;
use crate::deck::{Block, Deck, Flags, Inline, Kind, Marks};
use crate::export::text;
use crate::parse;
use crate::source::Source;

fn open(text: &str) -> Deck {
    parse::open(Source { text: text.to_owned(), diagnostics: Vec::new() }, None)
}

/// Returns the blocks of each slide.
fn read(text: &str) -> Vec<Vec<Block>> {
    let deck = open(text);
    (0..deck.slides.len()).map(|index| parse::slide(&deck, index).blocks).collect()
}

/// Returns a deck's slides as Markdown.
fn written(slides: &[Vec<Block>]) -> String {
    let slides = slides.iter().map(|blocks| match Blocks::default().write(blocks) {
        words if words.is_empty() => NOTHING.to_owned(),
        words => words,
    });
    format!("{MARK}\n{}\n", slides.collect::<Vec<_>>().join("\n\n---\n\n"))
}

/// Returns the words of each slide; marks of lists, lines across and what words are beside of are none.
fn words(slides: &[Vec<Block>]) -> Vec<Vec<String>> {
    let is_mark = |word: &str| {
        let number = word.strip_suffix('.').filter(|word| word.chars().all(char::is_alphanumeric));
        word.chars().all(|letter| "─>-`".contains(letter)) || ["[x]", "["].contains(&word) || number.is_some()
    };
    let of = |blocks: &Vec<Block>| {
        let words = text::blocks(blocks, 0).replace("[ ]", "");
        words.split_whitespace().filter(|word| !is_mark(word)).map(str::to_owned).collect()
    };
    slides.iter().map(of).collect()
}

#[track_caller]
fn stays(text: &str) {
    let slides = read(text);
    let markdown = written(&slides);
    assert_eq!(words(&read(&markdown)), words(&slides), "{text}\n=====\n{markdown}");
}

/// Returns the Markdown of a deck of one slide.
fn one(text: &str) -> String {
    Blocks::default().write(&read(text)[0])
}

#[rstest]
#[case::words("# *A* b\n\nc **d**, `e` and ~~f~~", "# *A* b\n\nc **d**, `e` and ~~f~~")]
#[case::nested("**a *b* c**, ***d***", "**a _b_ c**, **_d_**")]
#[case::within_a_word("*a*b **c**d ~~e~~f", "*a*b **c**d ~~e~~f")]
#[case::a_sign_within_a_word("<b>a!</b>b <i>c)</i>d", "<strong>a!</strong>b <em>c)</em>d")]
#[case::blanks("<b> a </b>b", "**a** b")]
#[case::breaks("a\\\n\\# b<br>1\\. c", "a\\\n\\# b\\\n1\\. c")]
#[case::heading("## a<br>b \\#", "## a<br>b \\#")]
#[case::link("[a *b*](#/2) <https://c.de>", "[a *b*](#/2) <https://c.de>")]
#[case::link_with_brackets("[a \\[b\\]](c(d))", "[a &#91;b&#93;](<c(d)>)")]
#[case::odd_link("<a href=\"a b\">c</a>", "<a href=\"a b\">c</a>")]
#[case::code("`` a`b `` `|`", "``a`b`` `|`")]
#[case::key("<kbd>Ctrl</kbd>", "`Ctrl`")]
#[case::picture("![a \\]](b.png)", "![a &#93;](b.png)")]
#[case::picture_with_a_link("[![a](b.png)](c)", "[![a](b.png)](c)")]
#[case::odd_picture("<img src=\"a b.png\" alt=\"c|300\">", "<img src=\"a b.png\" alt=\"c&#124;300\">")]
#[case::fence("````yaml x\n```\n\n\n\n---\n````", "````yaml x\n```\n\n\n\n---\n````")]
#[case::info_with_backticks("~~~~a `b`\n~~~\n~~~~", "~~~~a `b`\n~~~\n~~~~")]
#[case::letters_that_are_no_marks("{{ a }} $5 ~3 a_b x < y", "{{ a }} $5 ~3 a_b x < y")]
#[case::rule("a\n\n***\n\nb", "a\n\n***\n\nb")]
#[case::list("- a\n  1. b\n- [x] c", "- a\n  1. b\n- [x] c")]
#[case::loose("3. a\n\n   b\n\n4. c", "3. a\n\n   b\n\n4. c")]
#[case::two_lists("- a\n\n* b\n\n- c", "- a\n\n* b\n\n- c")]
#[case::code_in_a_list("- a\n\n  ```\n  b\n  ```", "- a\n\n  ```\n  b\n  ```")]
#[case::rule_in_a_list("- ***", "- ___")]
#[case::table("a|b\n-|-:\n`c\\|d`|e\\|f", "| a | b |\n| --- | --: |\n| `c\\|d` | e\\|f |")]
#[case::span(
    "<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>c</td></tr></table>",
    "| a | b |\n| --- | --- |\n| c |  |"
)]
#[case::quote("> a\n>\n> - b", "> a\n>\n> - b")]
#[case::columns("<table><tr><td>\n\n- a\n\n</td><td>b</td></tr></table>", "- a\n\nb")]
#[case::terms("a\n: b", "**a**\n\nb")]
#[case::film("<video src=\"a_b.mp4\"></video>", "\\[video: a_b.mp4]")]
fn blocks_are_written_plainly(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(one(text), expected);
    stays(text);
}

#[rstest]
fn letters_that_look_like_marks_stay_letters(
    #[values(
        "---",
        "--",
        "----",
        "- a",
        "+ a",
        "+++",
        "vvv",
        "##==##",
        "##--##",
        "# a",
        "#",
        "> a",
        "1. a",
        "2) a",
        ": a",
        "::: a",
        "Note: a",
        "NOTES: a",
        "===",
        "***",
        "* a",
        "___",
        "_a_",
        "a_b_",
        "```",
        "~~~",
        "~a~",
        "<b>",
        "</b>",
        "<!-- end_slide -->",
        "<!--s-->",
        "&amp;",
        "&#35;",
        "[a](b)",
        "[a]: b",
        "![a](b)",
        "[^1]",
        "[ ] a",
        "[x] a",
        "[a]{.b}",
        "{.fragment}",
        "{a}",
        "{{ a }}",
        "$x^2$",
        "$$ x = y $$",
        "\\(x_1\\)",
        "\\[ x = y \\]",
        "a\\",
        "| a |",
        "|-|",
        "a|b",
        "<https://a.bc>",
        "[!NOTE]",
        "a ==b== ^c^",
        "`a`",
        "<a",
        "a < b & c",
        "\u{a0}\u{a0}a"
    )]
    letters: &str,
) {
    let text = |text: &str| Inline::Text(text.to_owned(), Marks::default());
    let alone = vec![Block::new(Kind::Paragraph(vec![text(letters)]))];
    let broken = vec![text("|a|b|"), Inline::Break, text(letters), Inline::Break, text(letters)];
    let heading = Kind::Heading { level: 2, inlines: vec![text(letters)] };
    let blocks = [alone.clone(), vec![Block::new(Kind::Paragraph(broken))], vec![Block::new(heading)]];
    let quote = vec![Block::new(Kind::Quote(alone.clone()))];
    let slides: Vec<Vec<Block>> = blocks.into_iter().chain([quote, alone]).collect();
    let markdown = written(&slides);
    assert_eq!(words(&read(&markdown)), words(&slides), "{markdown}");
}

#[test]
fn slides_are_parted_whatever_their_code_says() {
    stays(
        "```\n---\n\n\n\n<!-- end_slide -->\n```\n\n---\n\n`<!-- end_slide -->`\n\n---\n\n- a\n\n  ```\n  ---\n  ```\n",
    );
    assert_eq!(read(&written(&[Vec::new(), Vec::new()])).len(), 2);
}

fn flags() -> impl Strategy<Value = Flags> {
    prop::collection::vec(
        prop::sample::select(vec![Flags::EMPHASIS, Flags::STRONG, Flags::STRIKE, Flags::CODE, Flags::KEY]),
        0..3,
    )
    .prop_map(|flags| flags.into_iter().collect())
}

fn runs() -> impl Strategy<Value = Vec<Inline>> {
    let letters = prop::sample::select(vec![
        "a", "b c", " ", "é", "*", "_", "«", "!", "🚀", "(", "[", "]", "`", "<b", "&", "~",
    ]);
    let link = prop::option::of(prop::sample::select(vec!["#/2", "a b"]).prop_map(Arc::from));
    let run = (letters, flags(), link).prop_map(|(letters, flags, link)| {
        let link = link.filter(|_| !flags.contains(Flags::KEY));
        Inline::Text(letters.to_owned(), Marks { flags, link, ..Marks::default() })
    });
    prop::collection::vec(prop_oneof![8 => run, 1 => Just(Inline::Break)], 1..8)
}

/// Returns each letter with what Markdown can say of it.
fn letters(inlines: &[Inline]) -> Vec<(char, Flags, Option<Arc<str>>)> {
    let said = Flags::EMPHASIS | Flags::STRONG | Flags::STRIKE | Flags::CODE;
    let of = |inline: &Inline| {
        let Inline::Text(text, marks) = inline else { return Vec::new() };
        let code = if marks.flags.contains(Flags::KEY) { Flags::CODE } else { Flags::empty() };
        let flags = (marks.flags | code) & said;
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        letters.map(|letter| (letter, flags, marks.link.clone())).collect()
    };
    inlines.iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn letters_keep_their_marks(runs in runs()) {
        let markdown = inlines::write(&runs, InlineContext::Paragraph);
        let found: Vec<Inline> = match read(&markdown)[0].first().map(|block| block.kind.clone()) {
            Some(Kind::Paragraph(found)) => found,
            _ => Vec::new(),
        };
        prop_assert_eq!(letters(&found), letters(&runs), "{}", markdown);
    }

    #[test]
    fn whatever_is_written_keeps_its_slides_and_words(
        parts in prop::collection::vec(prop::sample::select(vec![
            "# A", "\n", "\n\n", "\n\n---\n\n", "- ", "1. ", "> ", "    ", "  ", "*", "**", "_", "`", "```\n", "a", " b", "é",
            "|", "\n|-|-|\n", "[c](d)", "![e](f.png)", "<b>", "</b>", "<br>", "<td>", "<table><tr><td>", "</table>", "<!-- ",
            "-->", "\n***\n", "&lt;", "\\", "$x^2$", "{.g}", "Note:", ": ", ":::", "~~", "[", "]", "!", "#", "--", "vvv",
        ]), 0..24)
    ) {
        let slides = read(&parts.concat());
        let markdown = written(&slides);
        prop_assert_eq!(words(&read(&markdown)), words(&slides), "{}", markdown);
    }
}
