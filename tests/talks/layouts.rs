//! Boxes as authors nest them: whatever their classes and styles say, no word is lost and nothing leaves the stage.

use lutrin::layout::{Area, Content, Scene};
use proptest::prelude::*;

use super::stage::{deck, scene, stage};

/// What boxes are called.
const CLASSES: [&str; 40] = [
    "columns",
    "column",
    "cols",
    "row",
    "grid",
    "flex",
    "d-flex",
    "container",
    "two-column",
    "three-columns",
    "multi-column",
    "cols-2",
    "grid-cols-3",
    "col-2",
    "col-md-6",
    "col-12",
    "col-span-2",
    "r-hstack",
    "r-vstack",
    "r-stack",
    "r-stretch",
    "r-fit-text",
    "r-frame",
    "side-by-side",
    "split",
    "left",
    "right",
    "ldiv",
    "pull-right",
    "middle",
    "center",
    "text-right",
    "small",
    "fragment",
    "flex-col",
    "items-center",
    "uppercase",
    "list-none",
    "w-1/2",
    "fancy",
];
/// What is said of them.
const STYLES: [&str; 16] = [
    "",
    "",
    "display:flex",
    "display:grid;grid-template-columns:1fr 2fr",
    "column-count:2",
    "width:40%",
    "flex:2",
    "float:left",
    "float:right;width:50%",
    "border:1px solid red",
    "padding:200px",
    "margin:0 400px",
    "white-space:pre",
    "position:absolute;top:0",
    "display:inline-block;width:30%",
    "font-size:3em;opacity:0.1",
];
const TAGS: [&str; 8] = ["div", "section", "p", "ul", "blockquote", "center", "h2", "span"];

/// A box with boxes and words in it.
#[derive(Debug, Clone)]
enum Piece {
    Word,
    List,
    Code,
    Table,
    Picture(usize),
    Box(usize, Vec<usize>, usize, Vec<Piece>),
}

fn pieces() -> impl Strategy<Value = Piece> {
    let leaf = prop_oneof![
        4 => Just(Piece::Word),
        1 => Just(Piece::List),
        1 => Just(Piece::Code),
        1 => Just(Piece::Table),
        1 => (0..CLASSES.len()).prop_map(Piece::Picture),
    ];
    leaf.prop_recursive(5, 30, 5, |inner| {
        (
            0..TAGS.len(),
            proptest::collection::vec(0..CLASSES.len(), 0..3),
            0..STYLES.len(),
            proptest::collection::vec(inner, 0..5),
        )
            .prop_map(|(tag, classes, style, inside)| Piece::Box(tag, classes, style, inside))
    })
}

/// Writes a piece; each word is one that no big font has, so that it stays a word.
fn write(piece: &Piece, words: &mut Vec<String>, out: &mut String) {
    let mut word = || {
        words.push(format!("ж{}ж", words.len()));
        words.last().expect("it was pushed just now").clone()
    };
    match piece {
        Piece::Word => out.extend([format!("{}\n\n", word())]),
        Piece::List => out.extend([format!("- {}\n- {}\n\n", word(), word())]),
        Piece::Code => out.extend([format!("```\n{}\n```\n\n", word())]),
        Piece::Table => out.extend([format!("|{}|{}|\n|-|-|\n|{}|x|\n\n", word(), word(), word())]),
        Piece::Picture(class) => {
            out.extend([format!("<img src=\"static/pictures/k3s.png\" class=\"{}\">\n\n", CLASSES[*class])]);
        }
        Piece::Box(tag, classes, style, inside) => {
            let classes: Vec<&str> = classes.iter().map(|&class| CLASSES[class]).collect();
            let (tag, style) = (TAGS[*tag], STYLES[*style]);
            out.extend([format!("<{tag} class=\"{}\" style=\"{style}\">\n\n", classes.join(" "))]);
            for piece in inside {
                write(piece, words, out);
            }
            out.extend([format!("</{tag}>\n\n")]);
        }
    }
}

/// The letters of a scene, item by item, without blanks: a word may have been broken.
fn letters(scene: &Scene) -> String {
    let mut out = String::new();
    for item in &scene.items {
        if let Content::Lines(lines) = &item.content {
            let letters = lines.iter().flat_map(|line| &line.spans).flat_map(|span| span.content.chars());
            out.extend(letters.filter(|letter| !letter.is_whitespace() && *letter != '↪'));
            out.push('\n');
        }
    }
    out.to_lowercase()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(all in proptest::collection::vec(pieces(), 1..5)) {
        let (mut words, mut text) = (Vec::new(), String::new());
        for piece in &all {
            write(piece, &mut words, &mut text);
        }
        let deck = deck(&text);
        for (columns, rows) in [(10, 3), (40, 12), (120, 35)] {
            let scene = scene(&deck, 0, stage(columns, rows));
            let shown = letters(&scene);
            for word in &words {
                prop_assert!(shown.contains(word), "{word} at {columns}×{rows}: {text}\n{shown}");
            }
            for item in &scene.items {
                prop_assert!(item.area.x + item.area.width <= columns, "{item:?} at {columns}×{rows}: {text}");
            }
        }
    }
}

#[test]
fn boxes_beyond_reason_take_no_unreasonable_time() {
    for text in [
        "<div class=\"row\">".to_owned() + &"<div>a</div>".repeat(30_000),
        "<div style=\"display:flex\">".to_owned() + &"<div>a</div>".repeat(70_000),
        "<div class=\"left\">a</div>".repeat(30_000),
        "<div class=\"col\">a</div>".repeat(30_000),
        "<div class=\"columns\">".repeat(300) + "a",
        "<div class=\"flex\"><p>a</p>".repeat(150),
        "<div class=\"r-stack\"><p class=\"fragment\">a</p>".repeat(150),
        "<div class=\"r-frame\">".repeat(300) + "a",
        "<ul style=\"columns:3\">".to_owned() + &"<li>a".repeat(30_000),
        "<div class=\"two-column\">\n\n".to_owned() + &"a\n\n".repeat(30_000),
        "<div class=\"grid grid-cols-12\">".to_owned() + &"<p class=\"col-span-5\">a</p>".repeat(10_000),
        format!("<p style=\"color:{}\">a</p>", "linear-gradient(".repeat(100_000)),
        format!("<style>{}</style>a", ".a{color:red}".repeat(100_000)),
        format!("<p class=\"{}\">a</p>", "columns row ".repeat(100_000)),
        "<h2 class=\"r-fit-text\">a</h2>".repeat(5_000),
        "<img class=\"r-stretch\" src=\"static/pictures/k3s.png\">".repeat(2_000),
    ] {
        let started = std::time::Instant::now();
        let scene = scene(&deck(&text), 0, stage(80, 24));
        assert!(scene.height > 0);
        let start: String = text.chars().take(40).collect();
        // Half a minute in a development build is what nobody would wait; it is no benchmark.
        assert!(started.elapsed().as_secs() < 30, "{start}… took {:?}", started.elapsed());
    }
}

const K3S: &str = "static/pictures/k3s.png";

fn areas(markdown: &str, columns: u16, rows: u16) -> Vec<Area> {
    let scene = scene(&deck(markdown), 0, stage(columns, rows));
    assert!(scene.height < u32::from(rows), "it fits: {markdown}");
    scene.pictures().map(|(_, area)| area).collect()
}

#[test]
fn what_stretches_takes_what_the_others_leave() {
    let markdown = |class: &str| {
        let pictures =
            [class, ""].map(|class| format!("<img src=\"{K3S}\" class=\"{class}\" height=\"100\">"));
        format!("## Title\n\n{}\n\nwords\n\n{}", pictures[0], pictures[1])
    };
    let (plain, stretched) = (areas(&markdown(""), 120, 35), areas(&markdown("r-stretch"), 120, 35));
    assert_eq!(plain[1], Area { y: plain[1].y, ..stretched[1] }, "the other one keeps its size");
    assert!(stretched[0].height > 2 * plain[0].height, "{stretched:?} {plain:?}");
    // The stage has 34 rows; heading, rule, words and the blank rows between take ten at most.
    assert!(stretched[0].height >= 34 - 10 - stretched[1].height, "{stretched:?}");
    let deeper = areas(&format!("<div>\n\n{}\n\n</div>", markdown("r-stretch")), 120, 35);
    assert_eq!(deeper[0].height, plain[0].height, "only what stands straight on the slide stretches");
}

#[test]
fn fitting_letters_take_a_third_of_the_rows_and_no_more() {
    for (text, columns, rows, height) in [
        ("BIG", 120, 35, 8),
        ("BIG", 80, 18, 4),
        ("BIG", 80, 12, 1),
        ("LETTERS FOR ALL OF THE WIDTH", 120, 35, 4),
        ("日本", 120, 35, 1),
    ] {
        let scene =
            scene(&deck(&format!("<p class=\"r-fit-text\">{text}</p>\n\nwords")), 0, stage(columns, rows));
        assert_eq!(scene.items[0].area.height, height, "{text} at {columns}×{rows}");
    }
}

#[test]
fn a_frame_stands_around_what_is_in_it() {
    let scene = scene(&deck(&format!("<img class=\"r-frame\" src=\"{K3S}\">")), 0, stage(80, 24));
    let (_, picture) = scene.pictures().next().expect("a picture");
    let lines = |item: &&lutrin::layout::Item| matches!(&item.content, Content::Lines(_));
    let left = scene.items.iter().filter(lines).map(|item| item.area.x).min();
    let right = scene.items.iter().filter(lines).map(|item| item.area.x + item.area.width).max();
    let rows: Vec<u32> = scene.items.iter().filter(lines).map(|item| item.area.y).collect();
    assert_eq!((left, right), (Some(picture.x - 1), Some(picture.x + picture.width + 1)));
    assert!(rows.contains(&(picture.y - 1)) && rows.contains(&(picture.y + picture.height)), "{rows:?}");
    assert!(scene.height <= 23);
}
