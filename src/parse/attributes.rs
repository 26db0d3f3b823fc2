//! What comments say of elements and of the slide, put where reveal.js puts it; and what a slide's own attributes mean.
//! What an element's attributes mean is decided where elements are.

use std::time::Duration;

use super::directive;
use super::html::{Data, Node, Tree};
use super::style::Style;
use crate::deck::{Attributes, Backdrop, Background, Block, Inline, Kind, Marks};
use crate::source::{Diagnostic, Rule};
use crate::text::{parse_time, sanitize};

/// The endings by which reveal knows that a background is a picture.
const PICTURES: [&str; 7] = [".svg", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"];

/// How long a slide, and the section that it opens, shall take.
const TIMINGS: [&str; 2] = ["data-timing", "data-section-timing"];

/// Gives each element, and the root for the slide, the attributes that comments name.
///
/// By reveal's plugin an element's comment is about the element before it, else about the one around it; a slide's
/// may stand anywhere.
pub(super) fn apply(tree: &mut Tree) {
    let comments = tree.comments();
    let mut given = Vec::new();
    for (id, text) in &comments {
        if let Some(attributes) = directive::element(text) {
            given.push(((*id, text), target(tree.node(*id)), attributes));
        } else if let Some(attributes) = directive::slide(text) {
            given.push(((*id, text), tree.root().id(), attributes));
        }
    }
    for ((comment, text), id, attributes) in given {
        for (name, value) in attributes {
            let source = tree.node(comment).comment_source(text, name, value);
            tree.set_attribute(id, name, value);
            tree.set_source(id, name, source);
        }
    }
}

/// Returns the element that an element's comment is about.
fn target(comment: Node<'_>) -> usize {
    let Some(parent) = comment.parent() else { return 0 };
    let before = parent.children().take_while(|node| node.id() != comment.id());
    let element = |node: &Node<'_>| matches!(node.data(), Data::Element(..)) && node.name() != "br";
    before.filter(element).last().unwrap_or(parent).id()
}

/// Returns what the attributes of a slide's root mean.
pub(super) fn of_slide(root: Node<'_>) -> Attributes {
    let words = |name: &str| root.attribute(name).map(|value| sanitize(value.trim()).into_owned());
    let classes = root.attribute("class").unwrap_or_default().split_ascii_whitespace();
    Attributes {
        id: words("id").filter(|id| !id.is_empty()),
        classes: classes.map(str::to_owned).collect(),
        background: background(root),
        state: words("data-state"),
        timing: time(root, TIMINGS[0]),
        section_timing: time(root, TIMINGS[1]),
        auto_slide: milliseconds(root, "data-autoslide"),
        transition: words("data-transition"),
        auto_animate: root.attribute("data-auto-animate").is_some(),
    }
}

fn time(root: Node<'_>, name: &str) -> Option<Duration> {
    parse_time(root.attribute(name)?)
}

fn milliseconds(root: Node<'_>, name: &str) -> Option<Duration> {
    root.attribute(name)?.trim().parse().ok().map(Duration::from_millis)
}

/// Returns a message about each time that a slide is given and that cannot be read.
pub(super) fn odd_times(root: Node<'_>) -> impl Iterator<Item = Diagnostic> {
    let odd = move |name| root.attribute(name).filter(|value| parse_time(value).is_none());
    TIMINGS.into_iter().filter_map(move |name| {
        let value = sanitize(odd(name)?);
        let message = format!("`{name}=\"{value}\"` is no time");
        Some(
            Diagnostic::of(Rule::TimeUnread, message)
                .about(root.attribute_source(name))
                .hint("write seconds as `90`, or a time such as `1m30s` or `1:30`"),
        )
    })
}

/// Returns what `data-notes` says to the speaker: words, without Markdown.
pub(super) fn notes(root: Node<'_>) -> Option<Block> {
    let words = sanitize(root.attribute("data-notes")?.trim()).into_owned();
    let text = Inline::Text(words, Marks::default());
    Some(Block::new(Kind::Paragraph(vec![text])))
}

/// What stands behind a slide that a terminal cannot show: its kind, and the attribute that holds its address.
pub(super) fn unseen_background(root: Node<'_>) -> Option<(&'static str, &'static str)> {
    let kinds =
        [("background video", "data-background-video"), ("background page", "data-background-iframe")];
    kinds.into_iter().find(|(_, name)| root.attribute(name).is_some())
}

/// `data-background` is a picture where it looks like one, else a gradient or a colour; the attributes that name their
/// kind hold over it.
fn background(root: Node<'_>) -> Background {
    let any = root.attribute("data-background").unwrap_or_default();
    let is_address = |start: &&str| any.trim().starts_with(*start);
    let is_picture = ["http:", "https:", "file:", "//"].iter().any(is_address) || names_picture(any.trim());
    let colors = ["data-background-color", "data-background-gradient"].map(|name| root.attribute(name));
    let mut colors = colors.into_iter().flatten().chain((!is_picture).then_some(any.trim()));
    let color = colors.find_map(super::style::values::color);
    let image = root.attribute("data-background-image").filter(|source| !source.trim().is_empty());
    let image = image.map(|value| ("data-background-image", value, first_address(value.trim())));
    let image = image.or(is_picture.then_some(("data-background", any, any.trim())));
    let picture = image.map(|(name, value, source)| Backdrop {
        source: sanitize(source).into_owned(),
        source_range: root.attribute_source(name).part_of(value, source),
        contain: root.attribute("data-background-size").is_some_and(|size| size.trim() == "contain"),
        opacity: opacity(root),
    });
    let style = Style::of_declarations(root.attribute("style").unwrap_or_default());
    Background { color: color.or(style.background), picture }
}

/// Returns whether an address ends as those of pictures do.
pub(super) fn names_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    PICTURES.iter().any(|ending| path.ends_with(ending))
}

fn opacity(root: Node<'_>) -> f32 {
    let opacity =
        root.attribute("data-background-opacity").and_then(|value| value.trim().parse::<f32>().ok());
    opacity.filter(|opacity| opacity.is_finite()).unwrap_or(1.0).clamp(0.0, 1.0)
}

/// reveal takes a list of pictures, the first of which lies on top; a comma in an address is written `%2C`.
fn first_address(list: &str) -> &str {
    let first = list.split(',').next().unwrap_or_default().trim();
    let inside = first.strip_prefix("url(").and_then(|rest| rest.strip_suffix(')'));
    inside.unwrap_or(first).trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::html::tree;
    use super::*;
    use crate::color::Rgb;

    /// The tree with each element's class after its name.
    fn drawn(node: Node<'_>) -> String {
        let inside: String = node.children().map(drawn).collect();
        let class = node.attribute("class").map(|class| format!(".{class}")).unwrap_or_default();
        match node.data() {
            Data::Text(text) => text.trim().to_owned(),
            Data::Element(..) => format!("{}{class}({inside})", node.name()),
            Data::Comment(_) => String::new(),
        }
    }

    #[rstest]
    #[case::in_a_paragraph("<p>a <!-- .element: class=\"x\" --></p>", "section(p.x(a))")]
    #[case::behind_a_picture("<p><img><!-- .element: class=\"x\" --></p>", "section(p(img.x()))")]
    #[case::behind_a_break("<p>a<br><!-- .element: class=\"x\" --></p>", "section(p.x(abr()))")]
    #[case::behind_a_block("<h2>a</h2>\n<!-- .element: class=\"x\" -->", "section(h2.x(a))")]
    #[case::in_an_item(
        "<ul><li>a <!-- .element: class=\"x\" --></li><li>b</li></ul>",
        "section(ul(li.x(a)li(b)))"
    )]
    #[case::behind_a_list("<ul><li>a</li></ul><!-- .element: class=\"x\" -->", "section(ul.x(li(a)))")]
    #[case::of_the_slide("<p>a</p><!-- .slide: class=\"x\" --><p>b</p>", "section.x(p(a)p(b))")]
    #[case::the_last_holds("<!-- .slide: class=\"x\" --><!-- .slide: class=\"y\" -->", "section.y()")]
    #[case::others("<p>a</p><!-- class=\"x\" -->", "section(p(a))")]
    fn comments_are_about_an_element(#[case] html: &str, #[case] expected: &str) {
        let mut tree = tree(html).expect("shallow");
        apply(&mut tree);
        assert_eq!(drawn(tree.root()), expected);
    }

    fn slide(attributes: &str) -> Attributes {
        let mut tree = tree(&*format!("<!-- .slide: {attributes} -->")).expect("shallow");
        apply(&mut tree);
        of_slide(tree.root())
    }

    #[rstest]
    #[case(r##"data-background="#f00""##, Some(Rgb(255, 0, 0)), None)]
    #[case(r#"data-background="a b.PNG""#, None, Some("a b.PNG"))]
    #[case(r#"data-background="https://a.org/x""#, None, Some("https://a.org/x"))]
    #[case(
        r#"data-background="linear-gradient(to left, #283b95, #17b2c3)""#,
        Some(Rgb(0x28, 0x3b, 0x95)),
        None
    )]
    #[case(r#"data-background-gradient="radial-gradient(rgb(1,2,3), red)""#, Some(Rgb(1, 2, 3)), None)]
    #[case(
        r#"data-background-color="navy" data-background-image="a.jpg""#,
        Some(Rgb(0, 0, 128)),
        Some("a.jpg")
    )]
    #[case(r#"data-background-image="a.png, b.png""#, None, Some("a.png"))]
    #[case(r#"data-background-image="url('a.png')""#, None, Some("a.png"))]
    #[case(r#"style="background: rgb(1, 2, 3)""#, Some(Rgb(1, 2, 3)), None)]
    #[case(r#"data-background="rubbish""#, None, None)]
    fn backgrounds(#[case] attributes: &str, #[case] color: Option<Rgb>, #[case] picture: Option<&str>) {
        let background = slide(attributes).background;
        assert_eq!(background.color, color);
        assert_eq!(background.picture.map(|picture| picture.source).as_deref(), picture);
    }

    #[test]
    fn a_slides_attributes_are_read() {
        let all = slide(
            r#"id="intro" class="a b" data-state="dark" data-timing="90" data-autoslide="2000" data-transition="fade-in zoom-out" data-auto-animate data-background-image="a.png" data-background-size="contain" data-background-opacity="0.3""#,
        );
        assert_eq!((all.id.as_deref(), all.classes.join(" ").as_str()), (Some("intro"), "a b"));
        assert_eq!(
            (all.state.as_deref(), all.transition.as_deref()),
            (Some("dark"), Some("fade-in zoom-out"))
        );
        assert_eq!(
            (all.timing, all.auto_slide),
            (Some(Duration::from_secs(90)), Some(Duration::from_secs(2)))
        );
        assert_eq!(all.section_timing, None);
        let backdrop = all.background.picture.expect("a picture");
        assert!(all.auto_animate && backdrop.contain && (backdrop.opacity - 0.3).abs() < 0.001);
        assert_eq!(slide("nothing"), Attributes::default());
    }

    #[rstest]
    #[case("90", Some(90), 0)]
    #[case("0", Some(0), 0)]
    #[case(" 2m ", Some(120), 0)]
    #[case("1:30", Some(90), 0)]
    #[case("-5", None, 1)]
    #[case("soon", None, 1)]
    fn times_are_read_or_told_of(#[case] value: &str, #[case] seconds: Option<u64>, #[case] told: usize) {
        for name in TIMINGS {
            let mut tree = tree(&*format!("<!-- .slide: {name}=\"{value}\" -->")).expect("shallow");
            apply(&mut tree);
            let all = of_slide(tree.root());
            let time = if name == "data-timing" { all.timing } else { all.section_timing };
            assert_eq!(time, seconds.map(Duration::from_secs));
            let odd: Vec<_> = odd_times(tree.root()).collect();
            assert_eq!(odd.len(), told);
            assert!(odd.iter().all(|one| one.message.contains(&format!("`{name}=\"{value}\"`"))));
        }
    }
}
