//! What Markdown becomes as HTML.

use proptest::prelude::*;
use rstest::rstest;

fn to_html(markdown: &str) -> String {
    super::to_html(markdown, 0).text
}

/// The HTML without line feeds, so that a test can be read.
fn html(markdown: &str) -> String {
    to_html(markdown).replace('\n', "")
}

#[test]
fn a_fence_keeps_its_words() {
    assert_eq!(
        to_html("```js [1-2|\"3\"]\na < b\n```"),
        "<pre data-info=\"js [1-2|&quot;3&quot;]\">\n<code>a &lt; b\n</code></pre>"
    );
    assert!(to_html("```js {.numberLines}\na\n```").contains("data-info=\"js {.numberLines}\""));
}

#[test]
fn markdown_inside_a_cell_is_read_after_a_blank_line() {
    let html = to_html("<table><tr><td>\n\n- a\n\n</td></tr></table>");
    assert!(html.contains("<li>a</li>"), "{html}");
}

#[rstest]
#[case::container("::: left\n*a*\n:::", r#"<div class="left"><p><em>a</em></p></div>"#)]
#[case::below_text("a\n::: b\nc\n:::\nd", r#"<p>a</p><div class="b"><p>c</p></div><p>d</p>"#)]
#[case::nested("::: a\n::: b\nc\n:::\n:::", r#"<div class="a"><div class="b"><p>c</p></div></div>"#)]
#[case::by_count(":::: a\n::: b\nc\n::::", r#"<div class="a"><div class="b"><p>c</p></div></div>"#)]
#[case::notes("::: notes\n- a\n:::\nb", r#"<aside class="notes"><ul><li>a</li></ul></aside><p>b</p>"#)]
#[case::below_a_table(
    "|a|\n|-|\n::: b\nc",
    r#"<table><thead><tr><th>a</th></tr></thead><tbody></tbody></table><div class="b"><p>c</p>"#
)]
#[case::below_html("::: a\n\n<div>b</div>\n:::\nc", r#"<div class="a"><div>b</div></div><p>c</p>"#)]
#[case::in_a_quote(
    "> ::: a\n> b\n> :::\n> c",
    r#"<blockquote><div class="a"><p>b</p></div><p>c</p></blockquote>"#
)]
#[case::in_an_item(
    "- a\n\n  ::: b\n  c\n  :::",
    r#"<ul><li><p>a</p><div class="b"><p>c</p></div></li></ul>"#
)]
#[case::in_a_fence("```\n::: a\n```", r#"<pre data-info=""><code>::: a</code></pre>"#)]
#[case::in_a_comment("<!--\n::: a\n-->\nb", "<!--::: a--><p>b</p>")]
#[case::title(
    "::: tip Go *on*\na\n:::",
    r#"<div class="tip"><p><strong>Go <em>on</em></strong></p><p>a</p></div>"#
)]
#[case::drawing(
    "::: mermaid\nA --> B\n:::\nc",
    r#"<pre data-info="mermaid"><code>A --&gt; B</code></pre><p>c</p>"#
)]
#[case::no_name("::: {{ a }}\nb", "<p>::: {{ a }}b</p>")]
#[case::left_over(":::\na", "<p>a</p>")]
fn containers(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(html(markdown), expected);
}

#[rstest]
#[case::heading("## a {.b}", r#"<h2 class="b">a</h2>"#)]
#[case::setext("a {#b}\n---", r#"<h2 id="b">a</h2>"#)]
#[case::paragraph("a {.b}", r#"<p class="b">a</p>"#)]
#[case::without_a_blank("a{.b}", r#"<p class="b">a</p>"#)]
#[case::own_line("a\n{.b}", r#"<p class="b">a</p>"#)]
#[case::item("- a {.b}\n- c", r#"<ul><li class="b">a</li><li>c</li></ul>"#)]
#[case::loose_item("- a {.b}\n\n- c", r#"<ul><li class="b"><p>a</p></li><li><p>c</p></li></ul>"#)]
#[case::outer_item("- a {.b}\n  - c", r#"<ul><li class="b">a<ul><li>c</li></ul></li></ul>"#)]
#[case::list("- a\n- c\n{.b}", r#"<ul class="b"><li>a</li><li>c</li></ul>"#)]
#[case::lists(
    "- a\n  - c {.d}\n{.e}\n\n{.f}",
    r#"<ul class="f"><li>a<ul class="e"><li class="d">c</li></ul></li></ul>"#
)]
#[case::ordered("3. a\n{.b}", r#"<ol class="b" start="3"><li>a</li></ol>"#)]
#[case::quote("> a\n{.b}", r#"<blockquote class="b"><p>a</p></blockquote>"#)]
#[case::table("|a|\n|:-:|\n|c|\n\n{.b}", r#"<div class="b"><table><thead><tr><th style="text-align: center">a</th></tr></thead><tbody><tr><td style="text-align: center">c</td></tr></tbody></table></div>"#)]
#[case::cell("|a|\n|-|\n|c {.b}|", r#"<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><span class="b">c</span></td></tr></tbody></table>"#)]
#[case::fence("```\na\n```\n{.b}", r#"<pre data-info="" class="b"><code>a</code></pre>"#)]
#[case::strong("**a**{.b} c", r#"<p><strong class="b">a</strong> c</p>"#)]
#[case::code("`a`{.b} c", r#"<p><code class="b">a</code> c</p>"#)]
#[case::link("[a](u){.b}", r#"<p><a class="b" href="u">a</a></p>"#)]
#[case::span("a [b **c**]{.d} e", r#"<p>a <span class="d">b <strong>c</strong></span> e</p>"#)]
#[case::span_in_span("[a [b]{.c}]{.d}", r#"<p><span class="d">a <span class="c">b</span></span></p>"#)]
#[case::image("![a](u){width=50%}", r#"<p><img width="50%" src="u" alt="a" /></p>"#)]
#[case::images(
    "![](a){.b}\n![](c){.d}\n{.e}",
    r#"<p class="e"><img class="b" src="a" alt="" /><img class="d" src="c" alt="" /></p>"#
)]
#[case::image_in_a_link(
    "[![](a){.b width=9}](#){.c}",
    r##"<p><a class="c" href="#"><img class="b" width="9" src="a" alt="" /></a></p>"##
)]
#[case::two("a {.b} {.c}", r#"<p class="c b">a</p>"#)]
#[case::slide("{.slide id=\"x\"}\n## a", r#"<!-- .slide: id="x" --><h2>a</h2>"#)]
#[case::size("![a](u =50x)", r#"<p><img width="50" src="u" alt="a" /></p>"#)]
#[case::words(
    "![center h-90](u){.b}",
    r#"<p><img class="b" style="text-align:center" height="90" src="u" alt="" /></p>"#
)]
fn attributes(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(html(markdown), expected);
}

#[rstest]
#[case("{{ template }}", "<p>{{ template }}</p>")]
#[case("a {b}", "<p>a {b}</p>")]
#[case("# a {{.Title}}", "<h1>a {{.Title}}</h1>")]
#[case("a \\{.b}", "<p>a {.b}</p>")]
#[case("`a {.b}`", "<p><code>a {.b}</code></p>")]
#[case("a {.b} c", "<p>a {.b} c</p>")]
#[case("{.b}", "<p>{.b}</p>")]
#[case("[a] {.b} c", "<p>[a] {.b} c</p>")]
#[case("\\[a]{.b} c", "<p>[a]{.b} c</p>")]
#[case("{\"a\": {\"b\": 1}}", "<p>{\"a\": {\"b\": 1}}</p>")]
fn braces_that_are_text(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(html(markdown), expected);
}

#[rstest]
#[case::two(
    "<!-- .slide: class=\"x\" -->\n\n# A\n\nb\n\n##--##\n\n- c",
    r#"<!-- .slide: class="x" --><h1>A</h1><div class="columns"><div class="column"><p>b</p></div><div class="column"><ul><li>c</li></ul>"#
)]
#[case::below_text(
    "b\n##--##\nc\n##--##\nd",
    r#"<div class="columns"><div class="column"><p>b</p></div><div class="column"><p>c</p></div><div class="column"><p>d</p>"#
)]
#[case::an_open_container(
    "::: b\nc\n##--##\nd",
    r#"<div class="columns"><div class="column"><div class="b"><p>c</p></div></div><div class="column"><p>d</p>"#
)]
#[case::references(
    "[b][r]\n##--##\n[r]: u",
    r#"<div class="columns"><div class="column"><p><a href="u">b</a></p></div><div class="column">"#
)]
#[case::in_a_fence("```\n##--##\n```", r#"<pre data-info=""><code>##--##</code></pre>"#)]
#[case::in_a_line("a ##--## b", "<p>a ##--## b</p>")]
fn columns(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(html(markdown), expected);
}

#[rstest]
#[case("$$\nE = mc^2\n$$")]
#[case("$$ E = mc^2 $$")]
#[case("\\[\nE = mc^2\n\\]")]
#[case("\\[E = mc^2\n\\]")]
#[case("```math\nE = mc^2\n```")]
#[case("```latex\n    E = mc^2\n```")]
fn displayed_formulas_are_code(#[case] markdown: &str) {
    assert_eq!(html(markdown).replace(' ', ""), r#"<predata-info="math"><code>E=mc^2</code></pre>"#);
}

#[test]
fn displayed_formulas_keep_their_lines() {
    let text = |inside: &str| format!("<p>a</p>\n<pre data-info=\"math\">\n<code>{inside}</code></pre>");
    assert_eq!(to_html("a\n$$\nx\n\n- y\n# z\n$$"), text("x\n\n- y\n# z"));
    assert_eq!(to_html("a\n\n$$ x\n= y $$"), text("x\n= y"));
    let quoted = to_html("> $$\n> x &lt; y\n> $$\n> b");
    assert!(quoted.contains("<code>x &amp;lt; y</code>") && quoted.contains("<p>b</p>"), "{quoted}");
    assert!(to_html("```latex\n\\documentclass{article}\n```").contains("data-info=\"latex\""));
    assert!(
        to_html("` \n\\[ a\n  b \\]\n` {.c}").contains("<p class=\"c\"><span data-math=\"display\">a&#10;b<")
    );
}

#[rstest]
#[case("`$$ J(x) $$`", r#"<p><span data-math="display">J&#40;x&#41;</span></p>"#)]
#[case(r"`\(a\)`{.b}", r#"<p><span class="b"><span data-math>a</span></span></p>"#)]
#[case("`$x^2$`", "<p><span data-math>x&#94;2</span></p>")]
#[case("`$HOME$`", "<p><code>$HOME$</code></p>")]
#[case("`$$`", "<p><code>$$</code></p>")]
fn formulas_in_code(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(html(markdown), expected);
}

#[rstest]
#[case("> [!NOTE]\n> a", "<blockquote><p><strong>Note</strong></p><p>a</p></blockquote>")]
#[case("> [!tip] Go *on*\n> a", "<blockquote><p><strong>Go <em>on</em></strong></p><p>a</p></blockquote>")]
#[case("> [!faq]- Why?", "<blockquote><p><strong>Why?</strong></p></blockquote>")]
#[case("> [!NOTE]\n\nb", "<blockquote><p><strong>Note</strong></p></blockquote><p>b</p>")]
#[case("> \\[!NOTE]", "<blockquote><p>[!NOTE]</p></blockquote>")]
#[case("> [a]", "<blockquote><p>[a]</p></blockquote>")]
fn call_outs(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(html(markdown), expected);
}

/// Pieces that these syntaxes are made of.
const PIECES: [&str; 44] = [
    "\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "\n# ",
    "\n1. ",
    "\n    ",
    "\n::: ",
    "\n:::\n",
    "\n::::\n",
    "\n:::: left\n",
    "\n::: {.columns}\n",
    "\n##--##\n",
    "{.red}",
    "}",
    "{",
    "{width=5%}",
    "{{ ",
    " }}",
    "[",
    "]",
    ")",
    "![center h-9](u)",
    "![",
    " =5x)",
    "$",
    "$$",
    "\n$$\n",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "`",
    "*",
    "**",
    "| a | b |\n|---|---|\n",
    "> [!NOTE]",
    "\\",
    "](",
    "```\n",
    "```math\n",
    "{#id",
    "<!-- ",
    " -->",
];
/// So many of them never make a comment, the target of a link or the name of a language of what follows.
const OPEN: usize = 38;

/// The letters of the HTML, without tags, entities undone.
fn letters(html: &str) -> String {
    crate::parse::html::tree(html).map(|tree| tree.root().text()).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(picks in proptest::collection::vec((0..OPEN, any::<bool>()), 1..40)) {
        let mut text = String::new();
        let mut words = Vec::new();
        for (nth, (pick, word)) in picks.into_iter().enumerate() {
            text.push_str(PIECES[pick]);
            if word {
                words.push(format!("ω{nth}ω"));
                text.push_str(words.last().unwrap());
            }
        }
        let html = to_html(&text);
        let shown = letters(&html);
        for word in words {
            let in_a_tag = html.contains(&format!("=\"{word}")) || html.contains(&format!("class=\"left {word}"));
            prop_assert!(shown.contains(&word) || in_a_tag, "{word} of {text:?} in {html}");
        }
    }

    #[test]
    fn no_text_fails(picks in proptest::collection::vec(0..PIECES.len(), 1..60)) {
        let text: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        to_html(&text);
    }
}
