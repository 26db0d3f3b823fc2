//! What a slide's source is read as: one line a block, its words behind it.

use lutrin::deck::{Block, Change, Code, Flags, Fragment, Inline, Kind, Marks};
use lutrin::parse;
use rstest::rstest;

use super::stage::deck;

#[rstest]
#[case::layout_table(
    "<table><tr><td width=\"40%\">\n\n- a\n\n</td><td>\n\nb\n\n</td></tr></table>",
    "grid[40% list[a]; b]"
)]
#[case::data_table("|a|b|\n|-|-|\n|c|d|", "table[a|b / c|d]")]
#[case::pictures_make_a_layout("|a|b|\n|-|-|\n|![x](y)|d|", "grid[**a**; **b** / pic(y); d]")]
#[case::centred_title("<center>  <h1>K</h1> </center>", "h1 K")]
#[case::emphasis_around_a_block("*<center>Pod</center>*", "*Pod*")]
#[case::link_around_a_picture("[k3s:<br><img src=\"p\"/><br>url](u)", "k3s:<u>, pic(p)<u>, url<u>")]
#[case::picture_as_link("[![a](p)](u)", "pic(p)<u>")]
#[case::pictures_share_a_line("![](a) ![](b)", "pic(a) pic(b)")]
#[case::a_break_parts_them("![](a)<br>![](b)", "pic(a), pic(b)")]
#[case::flex("<div style=\"display:flex\"><p>a</p><p>b</p></div>", "grid[a; b]")]
#[case::grid_box(
    "<div style=\"display:grid;grid-template-columns:1fr 1fr\"><p>a</p><p>b</p><p>c</p></div>",
    "grid[a; b / c]"
)]
#[case::float("<img src=\"p\" align=\"right\">\n\ntext", "grid[text; pic(p)]")]
#[case::hidden("a<span style=\"display:none\">b</span><!-- c --><script>d</script>", "a")]
#[case::unknown_tags("<v-click>a</v-click>", "a")]
#[case::unclosed("<b>a\n\nb", "**a**, **b**")]
#[case::task("- [x] a\n- [ ] b", "list[x a; _ b]")]
#[case::code("```js [1|2]\na\n```", "code(js +1 1-1|2-2^1: a)")]
#[case::numbered_code("```[10:] js\na\n```", "code(js +10 : a)")]
#[case::html_code("<pre><code class=\"language-go\">a &lt; b\n</code></pre>", "code(go: a < b)")]
#[case::video("<video><source src=\"f.mp4\"></video>", "video(f.mp4)")]
#[case::bare_address("see https://a.org.", "see https://a.org<https://a.org>.")]
#[case::list_in_list("<ul><li>a</li><ul><li>b</li></ul></ul>", "list[a, list[b]]")]
#[case::controls("a&#27;[2J\u{7}b", "a␛[2J␇b")]
#[case::columns("<div class=\"columns\"><div>a</div>\n<div>b</div></div>", "grid[a; b]")]
#[case::words_between("<div class=\"row\">a <b>b</b><div>c</div><div>d</div></div>", "a **b**, grid[c; d]")]
#[case::words_in_a_flex_box("<div style=\"display:flex\">a <b>b</b><p>c</p></div>", "grid[a **b**; c]")]
#[case::a_single_child("<div class=\"columns\"><div>a</div></div>", "a")]
#[case::inline_text("<div class=\"row\">a <b>b</b></div>", "a **b**")]
#[case::container_of_paragraphs("<div class=\"container\"><p>a</p><p>b</p></div>", "a, b")]
#[case::container_of_boxes("<div class=\"container\"><div>a</div><div>b</div></div>", "grid[a; b]")]
#[case::container_of_rows(
    "<div class=\"container\"><div class=\"row\"><div>a</div><div>b</div></div><div>c</div></div>",
    "grid[a; b], c"
)]
#[case::spread("<div class=\"two-column\">\n\n# A\n\na\n\n# B\n\nb\n\n</div>", "grid[h1 A, a; h1 B, b]")]
#[case::twelfths(
    "<div class=\"row\"><div class=\"col-3\">a</div><div class=\"col\">b</div></div>",
    "grid[25% a; b]"
)]
#[case::a_lone_number("<div class=\"col-2\"><div>a</div><div>b</div><div>c</div></div>", "grid[a; b / c]")]
#[case::a_column_by_itself(
    "<div class=\"row\"><div class=\"col-2\"><div>a</div><div>b</div></div></div>",
    "a, b"
)]
#[case::grow("<div class=\"flex\"><p style=\"flex:3\">a</p><p>b</p></div>", "grid[75% a; 25% b]")]
#[case::tracks("<div style=\"grid-template-columns:1fr 3fr\"><p>a</p><p>b</p></div>", "grid[25% a; 75% b]")]
#[case::left_and_right("<div class=\"left\">a</div>\n<div class=\"right\">b</div>\nc", "grid[a; b], c")]
#[case::right_and_left("<div class=\"right\">a</div><div class=\"left\">b</div>", "a, b")]
#[case::floats("<p style=\"float:right\">a</p><p style=\"float:left\">b</p>", "grid[b; a]")]
#[case::two_left("<div class=\"left\">a</div><div class=\"left\">b</div>", "a, b")]
#[case::columns_without_a_row(
    "<div class=\"col-4\">a</div><div class=\"col-8\">b</div>",
    "grid[33.333332% a; 66.666664% b]"
)]
#[case::half_rows(
    "<div class=\"row\"><div class=\"col-6\">a</div><div class=\"col-6\">b</div><div class=\"col-6\">c</div></div>",
    "grid[50% a; 50% b / 50% c]"
)]
#[case::list_over_columns("<ul style=\"columns:2\"><li>a<li>b<li>c</ul>", "grid[list[a; b]; list[c]]")]
#[case::stack_in_turn(
    "<div class=\"r-stack\"><img src=\"p\"><img class=\"fragment\" src=\"q\"></div>",
    "stack[pic(p), pic(q)^1]"
)]
#[case::stack_of_pictures("<div class=\"r-stack\"><img src=\"p\"><img src=\"q\"></div>", "pic(p) pic(q)")]
#[case::stack_of_words("<div class=\"r-stack\"><p>a</p><p>b</p></div>", "grid[a; b]")]
#[case::pictures_in_a_row("<p class=\"r-hstack\"><img src=\"p\"><img src=\"q\"></p>", "pic(p) pic(q)")]
#[case::picture_in_a_row(
    "<div class=\"flex\"><img src=\"p\" width=\"30%\"><p>a</p></div>",
    "grid[30% pic(p); a]"
)]
#[case::obsidian("<split even>\n\na\n\nb\n\n</split>", "grid[a; b]")]
#[case::frame("<ul class=\"r-frame\"><li>a</li></ul>", "group[list[a]]")]
#[case::upper("<p class=\"uppercase\">a ß</p>", "A SS")]
#[case::poem("<p style=\"white-space:pre-line\">a\nb</p>", "a\nb")]
#[case::not_shown("<div class=\"row d-none\">a</div>b", "b")]
#[case::style_sheet("<style>.x{display:flex}</style><div class=\"x\"><p>a</p><p>b</p></div>", "grid[a; b]")]
#[case::formula_in_a_line(r"a $\alpha^2$ \(b\) $\foo$", r"a α² b $\foo$")]
#[case::formula("$$\na\n$$", "code(math: a)")]
#[case::formula_in_text("a `$$ b $$` c", "a, code(math: b), c")]
#[case::formula_of_mathjax(
    "<script type=\"math/tex; mode=display\">\n  a < b\n</script>",
    "code(math: a < b)"
)]
#[case::drawing("<div class=\"mermaid\">\n  a\n    --> b\n</div>", "code(mermaid: a\n  --> b)")]
#[case::drawing_in_pre("<pre class=\"mermaid\">\na\n</pre>", "code(mermaid: a)")]
#[case::aside("a <aside class=\"notes\">b</aside>", "a")]
fn a_slide_is_read_as(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(blocks(&parse::slide(&deck(markdown), 0).blocks), expected);
}

#[rstest]
#[case::a_paragraph("a\n<!-- .element: class=\"fragment\" -->", "a^1")]
#[case::items("- a <!-- .element: class=\"fragment\" -->\n- b", "list[a^1; b]")]
#[case::a_list("- a\n\n<!-- .element: class=\"fragment\" -->", "list[a]^1")]
#[case::words("a <span class=\"fragment fade-out\">b</span>", "a b^1Vanish")]
#[case::in_each_other(
    "<span class=\"fragment\"><span class=\"fragment highlight-red\"><b class=\"fragment fade-out\">a</b></span></span>",
    "**a**^1^2Tint(Rgb(255, 44, 45))^3Vanish"
)]
#[case::a_picture("![](p)<!-- .element: class=\"fragment current-visible\" -->", "pic(p)^1Visit")]
#[case::a_picture_in_words("<span class=\"fragment\">![](p)</span>", "pic(p)^1")]
#[case::a_heading("## a <!-- .element: class=\"fragment\" -->", "h2 a^1")]
#[case::code(
    "a\n<!-- .element: class=\"fragment\" -->\n```js [1|2|1]\nb\n```",
    "a^1, code(js +1 1-1|2-2^2|1-1^3: b)"
)]
#[case::a_box("<div class=\"fragment\">\n\na\n\nb\n\n</div>", "a^1, b^1")]
#[case::a_row("<table><tr class=\"fragment\"><td>a</td><td>![](p)</td></tr></table>", "grid[a^1; ![](p)^1]")]
#[case::a_cell(
    "<table><tr><td>a</td><td class=\"fragment\">\n\n```\nb\n```\n\n</td></tr></table>",
    "grid[a; code(: b)^1]"
)]
#[case::one_by_one("<div class=\"incremental\">\n\n- a\n  - b\n\n</div>", "list[a, list[b^2]^1]")]
#[case::disabled("<p class=\"fragment disabled\">a</p>", "a")]
#[case::unknown_kinds("<p class=\"fragment fade-up blur\">a</p>", "a^1")]
fn what_changes_is_read_as(#[case] markdown: &str, #[case] expected: &str) {
    assert_eq!(blocks(&parse::slide(&deck(markdown), 0).blocks), expected);
}

/// reveal's order: first those with an index, by it; then the others, as they are written.
#[rstest]
#[case("2 2 5", "^1 ^1 ^2")]
#[case("- 1 -", "^2 ^1 ^3")]
#[case("0 -3 99999", "^1 ^1 ^2")]
fn fragments_come_in_order(#[case] indices: &str, #[case] expected: &str) {
    let fragment = |index: &str| format!("<p class=\"fragment\" data-fragment-index=\"{index}\">a</p>");
    let markdown: String = indices.split(' ').map(fragment).collect();
    let slide = parse::slide(&deck(&markdown), 0);
    assert_eq!(
        blocks(&slide.blocks),
        expected.split(' ').map(|step| format!("a{step}")).collect::<Vec<_>>().join(", ")
    );
    assert_eq!(Some(slide.steps), expected.split('^').filter_map(|step| step.trim().parse().ok()).max());
}

#[test]
fn what_is_shown_as_its_source_is_told_once_a_slide() {
    let told = |markdown: &str| -> Vec<String> {
        parse::slide(&deck(markdown), 0).diagnostics.into_iter().map(|told| told.message).collect()
    };
    let math = "math is shown as its source";
    assert_eq!(told("$x$"), [""; 0]);
    assert_eq!(told("$\\foo$, $\\foo$\n\n```math\nx\n```"), [math]);
    assert_eq!(told("```mermaid\na\n```\n\n$$\nx\n$$"), ["a mermaid diagram is shown as its source", math]);
}

#[test]
fn notes_are_for_the_speaker() {
    let slide = parse::slide(&deck("a\n\n<aside class=\"notes\">\n\n- b\n\n</aside>"), 0);
    assert_eq!((blocks(&slide.blocks), blocks(&slide.notes)), ("a".to_owned(), "list[b]".to_owned()));
}

#[test]
fn colours_of_authors_are_kept() {
    let slide = parse::slide(&deck("<h1 style=\"color:red\">a</h1>"), 0);
    let Kind::Heading { inlines, .. } = &slide.blocks[0].kind else { panic!("{slide:?}") };
    assert!(
        matches!(&inlines[0], Inline::Text(_, Marks { color: Some(color), .. }) if *color == lutrin::color::Rgb(255, 0, 0))
    );
}

fn blocks(all: &[Block]) -> String {
    all.iter().map(block).collect::<Vec<_>>().join(", ")
}

fn block(block: &Block) -> String {
    kind(block) + &steps(&block.fragments)
}

/// `^2` for what appears at step 2, with its name for what does something else.
fn steps(fragments: &[Fragment]) -> String {
    let one = |fragment: &Fragment| match fragment.change {
        Change::Appear => format!("^{}", fragment.step),
        change => format!("^{}{change:?}", fragment.step),
    };
    fragments.iter().map(one).collect()
}

/// ` +1 1-2|3-3^1`: the first number, then the lines of each step.
fn lines(code: &Code) -> String {
    let Some(lines) = &code.lines else { return String::new() };
    let step = |step: &lutrin::deck::CodeStep| {
        let ranges: Vec<String> = step.ranges.iter().map(|(first, last)| format!("{first}-{last}")).collect();
        let at = if step.step > 0 { format!("^{}", step.step) } else { String::new() };
        ranges.join(",") + &at
    };
    format!(" +{} {}", lines.first, lines.steps.iter().map(step).collect::<Vec<_>>().join("|"))
}

fn kind(block: &Block) -> String {
    match &block.kind {
        Kind::Paragraph(words) => inlines(words),
        Kind::Heading { level, inlines: words } => format!("h{level} {}", inlines(words)),
        Kind::List(list) => {
            let item = |item: &lutrin::deck::ListItem| {
                let task = item.task.map_or("", |done| if done { "x " } else { "_ " });
                task.to_owned() + &blocks(&item.blocks) + &steps(&item.fragments)
            };
            format!("list[{}]", list.items.iter().map(item).collect::<Vec<_>>().join("; "))
        }
        Kind::Code(code) => format!("code({}{}: {})", code.info, lines(code), code.text),
        Kind::Quote(inside) => format!("quote[{}]", blocks(inside)),
        Kind::Table(table) => {
            let row = |row: &Vec<lutrin::deck::TableCell>| {
                row.iter().map(|cell| inlines(&cell.inlines)).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<String> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
            format!("table[{}]", rows.join(" / "))
        }
        Kind::Grid(grid) => {
            let cell = |cell: &lutrin::deck::GridCell| {
                let width = cell.width.map_or(String::new(), |width| match width {
                    lutrin::deck::Length::Percent(percent) => format!("{percent}% "),
                    lutrin::deck::Length::Pixels(pixels) => format!("{pixels}px "),
                });
                width + &blocks(&cell.blocks)
            };
            let row = |row: &Vec<lutrin::deck::GridCell>| row.iter().map(cell).collect::<Vec<_>>().join("; ");
            format!("grid[{}]", grid.rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
        Kind::Pictures(pictures) => {
            let one = |one: &lutrin::deck::Picture| {
                let link = one.link.as_ref().map(|link| format!("<{link}>")).unwrap_or_default();
                format!("pic({}){link}{}", one.source, steps(&one.fragments))
            };
            pictures.iter().map(one).collect::<Vec<_>>().join(" ")
        }
        Kind::Rule => "rule".to_owned(),
        Kind::Definitions(_) => "definitions".to_owned(),
        Kind::Group(inside) => format!("group[{}]", blocks(inside)),
        Kind::Stack(inside) => format!("stack[{}]", blocks(inside)),
        Kind::Placeholder { what, url } => format!("{what}({url})"),
    }
}

fn inlines(all: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Break => "\n".to_owned(),
        Inline::Text(text, marks) => {
            let mark = match marks.flags {
                Flags::STRONG => "**",
                Flags::EMPHASIS => "*",
                _ => "",
            };
            let link = marks.link.as_ref().map(|link| format!("<{link}>")).unwrap_or_default();
            format!("{mark}{text}{mark}{link}{}", steps(&marks.fragments))
        }
    };
    all.iter().map(one).collect()
}
