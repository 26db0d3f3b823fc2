//! Where a diagnostic says that it is: at the very words that it is about, wherever else in the deck the same words are.
//! In these decks the words stand between `⟦` and `⟧`, which are not a part of them.

use std::ops::Range;

use lutrin::layout::{CellSize, Stage, layout_slide};
use lutrin::parse;
use lutrin::source::{self, Diagnostic, Rule};
use lutrin::theme::Theme;
use rstest::rstest;

use super::check::{Two, told};

/// Lines, and columns where there are any.
type Places = Vec<(usize, Option<Range<u32>>)>;

/// Returns the deck without its marks, and what they are around.
fn marked(text: &str) -> (String, Places) {
    let (mut deck, mut places) = (String::new(), Vec::new());
    let (mut line, mut column) = (1, 1);
    let mut start = None;
    for letter in text.chars() {
        match letter {
            '⟦' => start = Some((line, column)),
            '⟧' => {
                let (begun, from) = start.take().expect("it was opened");
                places.push((begun, Some(from..if begun == line { column } else { u32::MAX })));
            }
            _ => {
                deck.push(letter);
                (line, column) = match letter {
                    '\n' => (line + 1, 1),
                    '\r' | '\u{feff}' => (line, column),
                    _ => (line, column + 1),
                };
            }
        }
    }
    (deck, places)
}

fn of_rule(deck: &str, id: &str) -> Vec<Diagnostic> {
    told(deck).into_iter().filter(|one| one.rule.map(Rule::id) == Some(id)).collect()
}

#[track_caller]
fn is_told(id: &str, text: &str) {
    let (deck, expected) = marked(text);
    let all = of_rule(&deck, id);
    let found: Places = all.iter().map(|one| (one.line.unwrap_or(0), one.columns.clone())).collect();
    assert_eq!(found, expected, "{deck}\n{all:?}");
}

#[rstest]
#[case::prose("# A\n\nThe file gone.png is not here yet.\n\nb\n\n![the harbour](⟦gone.png⟧)")]
#[case::code_span("`![](gone.png)` is\n![w](⟦gone.png⟧)")]
#[case::fence("```\n![w](gone.png)\n```\n\n![w](⟦gone.png⟧)")]
#[case::comment("<!-- gone.png --> gone.png\n\n![w](⟦gone.png⟧)")]
#[case::its_own_words("![gone.png is gone](⟦gone.png⟧ \"gone.png\")")]
#[case::twice("![w](⟦gone.png⟧) gone.png ![w](⟦gone.png⟧)")]
#[case::angles("x y.png\n\n![a](<⟦x y.png⟧>)")]
#[case::percent("x y.png x%20y.png\n\n![a](⟦x%20y.png⟧)")]
#[case::brackets("![a](⟦x(1).png⟧)")]
#[case::escaped("![a\\](x](⟦x\\_y.png⟧)")]
#[case::entities("a&b.png ![a &amp; b](⟦a&amp;b.png⟧)")]
#[case::reference("gone.png\n\n![w][gone.png] ![v][h]\n\n[h]: ⟦gone.png⟧\n[gone.png]: a.png")]
#[case::collapsed("gone.png\n\n![h][]\n\n[h]: <⟦gone.png⟧> \"gone.png\"")]
#[case::shortcut("gone.png\n\n![h]\n\n[h]:\n  ⟦gone.png⟧")]
#[case::in_a_link("[gone.png ![w](⟦gone.png⟧)](gone.png)")]
#[case::in_an_item("- gone.png\n  - b\n\n    ![w](⟦gone.png⟧)")]
#[case::behind_a_tab("gone.png\n\n-\t![w](⟦gone.png⟧)")]
#[case::in_a_quote("> gone.png\n> > ![w](⟦gone.png⟧)")]
#[case::in_a_cell("| gone.png | b |\n|-|-|\n| c | ![w](⟦gone.png⟧) |")]
#[case::below_words("gone.png\n| a | b |\n|-|-|\n| c | ![w](⟦gone.png⟧) |")]
#[case::in_html("gone.png <img alt=\"gone.png is\" src=\"⟦gone.png⟧\">")]
#[case::in_html_of_many_lines(
    "<div>\ngone.png\n<img\n  alt='src=\"gone.png\"'\n  src = '⟦gone.png⟧'\n></div>"
)]
#[case::in_html_in_a_quote("> gone.png\n> <img\n>   alt=w\n>   src=⟦gone.png⟧ > b")]
#[case::in_html_in_an_item("- gone.png\n\n  <p>\n  <img alt=w src=\"⟦gone.png⟧\">\n  </p>")]
#[case::html_entity("a?b&c <img alt=w src=\"⟦a?b&amp;c⟧\">")]
#[case::loaded_later("<img alt=w data-src=\"⟦gone.png⟧\">")]
#[case::in_a_layout("<table><tr><td>gone.png</td>\n<td>\n\n![w](⟦gone.png⟧)\n\n</td></tr></table>")]
#[case::in_columns("# gone.png\n\n##--##\n\ngone.png\n\n##--##\n\n![w](⟦gone.png⟧)\n\n##--##")]
#[case::in_a_container("::: columns\n::: left\ngone.png\n:::\n::: right\n![w](⟦gone.png⟧)\n:::\n:::")]
#[case::behind_a_formula("$x^2$ gone.png $$\ny_1\n$$ ![w](⟦gone.png⟧)")]
#[case::below_a_formula("$$\n\\alpha\n$$\n\ngone.png ![w](⟦gone.png⟧)")]
#[case::sized("gone.png ![w](⟦gone.png⟧ =50x) ![w](⟦gone.png⟧){width=50}")]
#[case::far_right("été 日本 🚀 gone.png ![w](⟦gone.png⟧)")]
#[case::windows("gone.png\r\n\r\n![w](⟦gone.png⟧)\r\n")]
#[case::marked("\u{feff}gone.png ![w](⟦gone.png⟧)")]
#[case::front_matter("---\ntitle: gone.png\n---\n\ngone.png\n\n![w](⟦gone.png⟧)")]
#[case::a_later_slide("# gone.png\n\n---\n\n# B\n\n![w](⟦gone.png⟧)")]
#[case::amid_a_line("---\nseparator: <!--s-->\n---\n# A <!--s--> b ![w](⟦gone.png⟧)")]
#[case::behind_less_than("a < b <<img alt=w src=⟦gone.png⟧> &lt<img alt=w src=⟦gone.png⟧>")]
#[case::call_out("> [!NOTE]\n> gone.png\n> ![w](⟦gone.png⟧)")]
#[case::footnote("gone.png[^1]\n\n[^1]: ![w](⟦gone.png⟧)")]
#[case::definition("gone.png\n: ![w](⟦gone.png⟧)")]
#[case::behind_the_slide("gone.png\n\n<!-- .slide: id=\"gone.png\" data-background-image=\"⟦gone.png⟧\" -->")]
#[case::behind_alone("<!-- gone.png -->\n<!-- .slide: data-background=\"⟦gone.png⟧\" -->")]
#[case::of_an_element("b ![w](a.png) <!-- .element: src=\"⟦gone.png⟧\" -->")]
fn a_missing_picture(#[case] text: &str) {
    is_told("picture-missing", text);
}

#[rstest]
#[case::remote("picture-remote", "https://a.org/a.png\n\n![w](⟦https://a.org/a.png⟧)")]
#[case::torn("picture-unreadable", "torn.png `![](torn.png)`\n\n![w](⟦torn.png⟧)")]
#[case::placeholder("alt-placeholder", "Alt text\n\n`![Alt text](a.png)` ![⟦Alt text⟧](a.png)")]
#[case::placeholder_in_html("alt-placeholder", "<img src=\"a.png\" title=\"a.png\" alt=\"⟦a.png⟧\">")]
#[case::placeholder_with_a_size("alt-placeholder", "image ![⟦image⟧|300](a.png)")]
#[case::no_words("alt-missing", "a.png `![](a.png)`\n\n![](⟦a.png⟧) <img src='⟦a.png⟧'>")]
#[case::video("element-unseen", "A `<video` is <!-- <video> --> below.\n\n⟦<video⟧ src=\"a.mp4\"></video>")]
#[case::other_cases("element-unseen", "`<VIDEO>`\n\n- ⟦<VIDEO⟧ src=\"a.mp4\"></VIDEO>")]
#[case::in_a_table("element-unseen", "`<audio>`\n\n<table><tr><td>a<td>⟦<audio⟧ src=b>\n</table>")]
#[case::behind("element-unseen", "a.mp4\n\n<!-- .slide: data-background-video=\"⟦a.mp4⟧\" -->")]
#[case::open_fence("fence-unclosed", "`` ```sh `` begins\n\n⟦```sh⟧\nls")]
#[case::stray("html-stray", "`</td>` <!-- </td> -->\n\nb⟦</td>⟧")]
#[case::unclosed("html-unclosed", "`<center>`\n\n⟦<center>⟧b")]
#[case::dead_link("link-dead", "#/c `[b](#/c)`\n\n[#/c](⟦#/c⟧)")]
#[case::dead_reference("link-dead", "#/c\n\n[b][c]\n\n[c]: ⟦#/c⟧")]
#[case::dead_link_in_html("link-dead", "#/c <a title=\"#/c\" href=\"⟦#/c⟧\">\n\nb</a>")]
#[case::dead_link_of_a_picture("link-dead", "#/c [![w](a.png)](⟦#/c⟧)")]
#[case::dead_link_in_a_cell("link-dead", "|#/c|\n|-|\n|[b **c**](⟦#/c⟧)|")]
#[case::dead_link_of_many_words("link-dead", "[a `b](#/c)` c](<⟦#/c d⟧>)")]
#[case::dead_link_cut_short("link-dead", "<p><a href=\"⟦#/c⟧\">b<p>d</a></p>")]
#[case::indented_notes("notes-dropped", "`Note: b`\n\n⟦  Note:⟧ b")]
#[case::nearly_notes("notes-dropped", "`<aside class=\"note\">`\n\n⟦<aside class=\"note\">⟧b</aside>")]
#[case::plan(
    "plan-off",
    "---\ntitle: |\n  duration: 5m\n⟦duration: 1m⟧\n---\n<!-- .slide: data-timing=\"90\" -->\n# A"
)]
#[case::near_miss("separator-near-miss", "# B\n\n\n\n# C\n\n\n⟦# B⟧")]
#[case::drawing(
    "shown-as-source",
    "mermaid `mermaid`\n\n````\n```mermaid\n```\n````\n\n```⟦mermaid⟧\na\n```"
)]
#[case::drawing_in_html("shown-as-source", "mermaid <div id=\"mermaid\" class=\"a ⟦mermaid⟧\">a</div>")]
#[case::formula("shown-as-source", "math $x$\n\nb ⟦$\\foo$⟧ $\\foo$")]
#[case::formula_in_code("shown-as-source", "> math\n> b ⟦`$$ \\foo $$`⟧")]
#[case::time(
    "time-unread",
    "soon `data-timing=\"soon\"`\n\n<!-- .slide: id=\"soon\" data-timing=\"⟦soon⟧\" -->"
)]
#[case::contrast("contrast", "`color: #222`\n\n<span style=\"background: #fff0; color: ⟦#222⟧ \">b</span>")]
#[case::contrast_of_a_sheet(
    "contrast",
    "`color: #222`\n\n<style>\n/* color: #222 */\n.x { margin: 0; color: ⟦#222⟧ }\n</style>\n\n<b class=\"x\">b</b>"
)]
#[case::contrast_in_braces("contrast", "`color:#222` [color:#222]{style=\"color:⟦#222⟧\"}")]
#[case::contrast_of_an_element(
    "contrast",
    "color:#222 <!-- .element: id=\"color:#222\" style=\"color:⟦#222⟧\" -->"
)]
#[case::contrast_of_a_slide("contrast", "color:#222\n\n<!-- .slide: style=\"color:⟦#222⟧\" -->")]
#[case::contrast_of_a_font("contrast", "`<font color=\"#222\">` <font color=⟦#222⟧>b</font>")]
#[case::language("language-unknown", "yalm `yalm`\n\n> ~~~ ⟦yalm⟧ [1]\n> yalm\n> ~~~")]
#[case::language_in_html(
    "language-unknown",
    "yalm <pre id=yalm><code class=\"a language-⟦yalm⟧\">b</code></pre>"
)]
fn each_rule(#[case] id: &str, #[case] text: &str) {
    is_told(id, text);
}

#[rstest]
#[case::angles("![a](<x y.png>)", "`x y.png`")]
#[case::percent("![a](x%20y.png)", "`x%20y.png`")]
#[case::letters("![a](été.png)", "`été.png`")]
#[case::escaped("![a](a\\_b&amp;c.png)", "`a_b&c.png`")]
#[case::html("<img alt=a src=\"x y.png\">", "`x y.png`")]
fn a_picture_is_told_by_the_name_that_its_author_wrote(#[case] text: &str, #[case] name: &str) {
    let all = of_rule(text, "picture-missing");
    assert!(all.len() == 1 && all[0].message.contains(name), "{all:?}");
}

/// What is about a slide as a whole is at its first line, wherever on it something else is.
#[rstest]
#[case::empty("slide-empty", "# A\n\n---\n\n<!-- b -->\n\n---\n\n# B", 5)]
#[case::front_matter("front-matter", "---\ncontrols: [\n---\n# A", 3)]
#[case::deep("slide-unread", "# A\n\n---\n\nDEEP", 5)]
#[case::hidden("slides-hidden", "\n<!-- .slide: data-visibility=\"hidden\" -->\n# A", 2)]
#[case::display("shown-as-source", "math\n\n$$\nx\n$$", 3)]
#[case::container("shown-as-source", "mermaid\n\n::: mermaid\na\n:::", 3)]
fn a_line(#[case] id: &str, #[case] text: &str, #[case] line: usize) {
    let all = of_rule(&text.replace("DEEP", &"<div>".repeat(500)), id);
    assert_eq!(all.iter().map(|one| one.line).collect::<Vec<_>>(), [Some(line)], "{all:?}");
}

/// Returns the line of the block that is shown where the last slide of `deck` is scrolled to the row `scroll` at `step`.
fn line_shown(deck: &str, step: u16, scroll: u32) -> usize {
    let deck = parse::open(source::decode(deck.as_bytes()).expect("it is text"), None);
    let index = deck.slides.len() - 1;
    let stage = Stage::of(&deck.meta, (80, 10), CellSize::default());
    let scene = layout_slide(&parse::slide(&deck, index), stage, &Theme::dark(), &Two);
    deck.line(index, scene.shown_block(step, scroll, 10))
}

#[rstest]
#[case::first("# A\n\n---\n\n<!-- .slide: id=\"b\" -->\n\n# B\n\nc", 0, 0, 7)]
#[case::an_item("- a\n- b\n- c\n\n  d\n- e\n- f\n- g\n- h\n- i\n- j\n- k\n- l", 0, 6, 5)]
#[case::a_cell("# A\n\n<table><tr><td>\n\na\n\n</td><td>\n\n1. b\n2. c\n\n</td></tr></table>", 0, 3, 5)]
#[case::notes("# A\n\nb\n\nNote: c", 0, 0, 1)]
#[case::a_fragment("# A\n\nb\n\nc <!-- .element: class=\"fragment\" -->\n\nd", 1, 0, 5)]
#[case::a_quote("> a\n>\n> b\n>\n> c\n>\n> d\n>\n> e\n>\n> f\n>\n> g\n>\n> h", 0, 4, 7)]
fn the_editor_begins_at_the_block_that_is_shown(
    #[case] deck: &str,
    #[case] step: u16,
    #[case] scroll: u32,
    #[case] line: usize,
) {
    assert_eq!(line_shown(deck, step, scroll), line);
}
