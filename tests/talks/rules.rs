//! Where things stand, rule by rule: each test is a small deck and what must be true of its scene.

use lutrin::deck::Deck;
use lutrin::layout::{Area, Content, Scene, Stage};
use rstest::rstest;

use super::stage::{deck, grid, letters, scene, stage};

const K3S: &str = "static/pictures/k3s.png";

fn first(markdown: &str, columns: u16, rows: u16) -> Scene {
    scene(&deck(markdown), 0, stage(columns, rows))
}

fn shown(markdown: &str, columns: u16, rows: u16) -> String {
    letters(&grid(&first(markdown, columns, rows), stage(columns, rows)))
}

fn pictures(scene: &Scene) -> Vec<Area> {
    scene.pictures().map(|(_, area)| area).collect()
}

/// The column and row at which a word starts.
#[track_caller]
fn place(shown: &str, word: &str) -> (usize, usize) {
    let found = shown.lines().enumerate().find_map(|(row, line)| Some((line.find(word)?, row)));
    let (bytes, row) = found.unwrap_or_else(|| panic!("no {word} in\n{shown}"));
    (lutrin::text::width(&shown.lines().nth(row).expect("it was found there")[..bytes]), row)
}

#[test]
fn text_stands_in_a_measure_of_90_cells_around_the_middle() {
    let words = "word ".repeat(100);
    let shown = shown(&format!("## Title\n\n{words}"), 150, 42);
    let longest = shown.lines().map(|line| lutrin::text::width(line.trim())).filter(|&length| length > 10);
    assert!(longest.clone().count() > 4 && longest.clone().all(|length| length <= 90), "{shown}");
    assert_eq!((place(&shown, "Title").0, place(&shown, "word").0), (30, 30));
}

#[test]
fn the_body_stands_in_the_middle_of_the_rest_or_at_its_top() {
    let markdown = "## Title\n\none line";
    let centred = place(&shown(markdown, 80, 24), "one line").1;
    assert!((11..=13).contains(&centred), "row {centred}");
    let deck = deck(&format!("---\ncenter: false\n---\n{markdown}"));
    assert_eq!(deck.meta.center, Some(false));
    let stage = Stage { center: false, ..stage(80, 24) };
    assert_eq!(place(&letters(&grid(&scene(&deck, 0, stage), stage)), "one line").1, 3);
}

#[rstest]
#[case::largest(120, 35, 8)]
#[case::quadrants(60, 18, 4)]
#[case::bold(12, 18, 1)]
fn a_title_slide_has_the_largest_letters_that_fit(
    #[case] columns: u16,
    #[case] rows: u16,
    #[case] height: u32,
) {
    let scene = first("# Kubernetes", columns, rows);
    assert_eq!(scene.items[0].area.height, height);
    let (above, below) = (scene.items[0].area.y, u32::from(rows) - 1 - scene.height);
    assert!(above.abs_diff(below) <= 1, "{above} rows above, {below} below");
}

#[test]
fn a_title_in_letters_that_no_big_font_has_stays_in_its_own() {
    assert!(shown("# 日本語", 80, 24).contains("日本語"));
    assert_eq!(first("# L’œuvre — « ça »…", 120, 35).items[0].area.height % 8, 0);
}

#[test]
fn columns_have_the_widths_that_the_author_gave() {
    let table = |width: &str| {
        let (left, right) = ("left of the two", "right of both of the two");
        format!("<table><tr><td width=\"{width}\">\n\n{left}\n\n</td><td>\n\n{right}\n\n</td></tr></table>")
    };
    let start = |width: &str| place(&shown(&table(width), 80, 24), "right").0;
    assert_eq!((start("40%"), start("60%")), (34, 49));
    let stacked = shown(&table("60%"), 50, 20);
    assert_eq!(place(&stacked, "left").0, place(&stacked, "right").0);
}

#[test]
fn pictures_keep_their_ratio_and_follow_their_sizes() {
    // The picture is square, and a cell is twice as high as wide.
    for markdown in [
        format!("![]({K3S})"),
        format!("<img src=\"{K3S}\" width=\"30%\">"),
        format!("<img src=\"{K3S}\" height=\"300\">"),
    ] {
        let scene = first(&markdown, 120, 35);
        let area = pictures(&scene)[0];
        assert!((f64::from(area.width) / f64::from(area.height) - 2.0).abs() < 0.1, "{markdown}: {area:?}");
    }
    let width = |size: &str| pictures(&first(&format!("<img src=\"{K3S}\" {size}>"), 120, 35))[0].width;
    // On 1200×680 pixels reveal's 700 rows become 680, and a cell is 10 pixels wide.
    assert_eq!(width("width=\"300\""), 29);
    assert_eq!(width("width=\"25%\""), 29);
    // Grown to the rows that are there, and not wider than the stage when the author asks for more.
    assert_eq!(pictures(&first(&format!("![]({K3S})"), 120, 35))[0].height, 33);
    assert!(width("width=\"500%\"") <= 120);
}

#[test]
fn only_a_few_words_beside_a_picture_are_its_caption() {
    let start = |words: &str| place(&shown(&format!("{words}\n![]({K3S})"), 80, 24), "Text").0;
    assert!(start("Text") > 30);
    assert_eq!(start("Text that says more about the picture than a caption would"), 2);
}

#[test]
fn a_slide_gives_up_air_before_it_scrolls() {
    let lines = |count: usize| format!("## Title\n\n{}", "line\n\n".repeat(count));
    // On 23 rows: heading and rule, then eleven lines with a blank line before each, or twenty-two without.
    for count in 1..=22 {
        assert!(first(&lines(count), 80, 24).height <= 23, "{count} lines");
    }
    assert!(shown(&lines(10), 80, 24).contains("───"), "there is room for the rule");
    assert!(!shown(&lines(20), 80, 24).contains("───"), "there is none");
    let scrolls = first(&lines(23), 80, 24);
    assert!(scrolls.height > 40, "what scrolls anyway keeps its blank lines: {}", scrolls.height);
}

#[test]
fn pictures_shrink_to_what_text_leaves_and_no_further_than_six_rows() {
    let markdown = |count: usize| format!("## Title\n\n![]({K3S})\n\n{}", "line\n\n".repeat(count));
    for count in 1..=15 {
        let scene = first(&markdown(count), 80, 24);
        assert!(scene.height <= 23, "{count} lines: {} rows", scene.height);
        assert!(pictures(&scene)[0].height >= 6, "{count} lines");
    }
    assert!(first(&markdown(17), 80, 24).height > 23);
}

#[test]
fn no_letter_of_code_is_cut() {
    let line: String = ('a'..='z').cycle().take(300).collect();
    let shown = shown(&format!("```\n{line}\n```"), 60, 24);
    assert!(shown.contains("↪"));
    assert_eq!(shown.chars().filter(char::is_ascii_lowercase).collect::<String>(), line);
}

#[test]
fn what_is_shown_as_its_source_is_named_beside_no_code() {
    for lines in 1..20 {
        let markdown = format!("```mermaid\n{}```", "x".repeat(40) + "\n" + &"a --> b\n".repeat(lines));
        for columns in [12, 44, 80] {
            let shown = shown(&markdown, columns, 16);
            if lines + 5 < 16 {
                let name = place(&shown, "mermaid");
                assert!(name.1 < place(&shown, "xxx").1, "{shown}");
            }
            assert!(!shown.lines().any(|line| line.contains('x') && line.contains("mermaid")), "{shown}");
        }
    }
}

#[rstest]
#[case(20)]
#[case(40)]
#[case(80)]
fn tables_stay_on_the_stage_with_all_their_words(#[case] columns: u16) {
    let shown =
        shown("|Volume plugin|Provisioner|Example|\n|-|:-:|-:|\n|AWSElasticBlockStore|yes|EBS|", columns, 60);
    let words: String = shown.split_whitespace().collect();
    for word in ["Volume", "Provisioner", "Example", "EBS"] {
        assert!(words.contains(word), "{word} at {columns}: {shown}");
    }
}

#[test]
fn no_table_leaves_a_stage_however_narrow() {
    for columns in 1..12 {
        let scene = first("|a|b|c|\n|-|-|-|\n|d|e|f|", columns, 24);
        let right = scene.items.iter().map(|item| item.area.x + item.area.width).max();
        assert!(right <= Some(columns), "{columns} columns: {scene:?}");
    }
}

#[test]
fn a_colour_that_cannot_be_read_is_made_readable() {
    let scene = first("<p style=\"color:#101010\">dark on dark</p>", 80, 24);
    let Content::Lines(lines) = &scene.items[0].content else { panic!("{scene:?}") };
    let Some(ratatui::style::Color::Rgb(red, green, blue)) = lines[0].spans[0].style.fg else {
        panic!("{lines:?}")
    };
    let background = lutrin::theme::Theme::dark().background.expect("it has one");
    assert!(lutrin::color::contrast(lutrin::color::Rgb(red, green, blue), background) >= 4.5);
}

#[test]
fn what_is_missing_says_why_where_it_would_stand() {
    let scene = first("![Un plan](nowhere.png)", 80, 24);
    let shown = shown("![Un plan](nowhere.png)", 80, 24);
    assert!(
        shown.contains("Un plan") && shown.contains("nowhere.png") && shown.contains("no such file"),
        "{shown}"
    );
    assert_eq!(scene.diagnostics.len(), 1);
    let remote = deck_diagnostic(&deck("![](https://lutrin.example/a.png)"));
    assert!(remote.contains("nothing is fetched"), "{remote}");
}

fn deck_diagnostic(deck: &Deck) -> String {
    scene(deck, 0, stage(80, 24)).diagnostics[0].to_string()
}
