//! What a check tells of a deck, and what it keeps to itself: for each rule a deck that breaks it, and one that nearly
//! does. How it is written is tested where the program is started.

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use lutrin::check::{self, CheckOptions, PictureSupply};
use lutrin::deck::Code;
use lutrin::highlight::Highlighted;
use lutrin::layout::Supply;
use lutrin::parse::{self, Separators};
use lutrin::picture::Size;
use lutrin::source::{self, Diagnostic, Rule};
use rstest::rstest;

/// Knows two pictures, of which one cannot be decoded.
pub(super) struct Two;

impl Supply for Two {
    fn picture(&self, source: &str) -> Result<Size, String> {
        match source {
            "a.png" | "torn.png" => Ok(Size { width: 200, height: 100 }),
            _ if source.starts_with("https:") => {
                Err("it is on the network, and nothing is fetched".to_owned())
            }
            _ => Err("no such file".to_owned()),
        }
    }

    fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
        None
    }
}

impl PictureSupply for Two {
    fn fault(&self, source: &str) -> Option<String> {
        (source == "torn.png").then(|| "it ends too soon".to_owned())
    }

    fn similar(&self, source: &str) -> Option<String> {
        source.eq_ignore_ascii_case("a.png").then(|| "a.png".to_owned())
    }
}

/// Returns all that is told of a deck on a small terminal, but by which rule its slides are parted.
pub(super) fn told(text: &str) -> Vec<Diagnostic> {
    let deck = parse::open(source::decode(text.as_bytes()).expect("it is text"), None);
    let separators = Separators::default();
    let order = CheckOptions { deck: &deck, separators: &separators, sizes: &[(80, 24)], pictures: &Two };
    let mut all = check::check(&order);
    all.retain(|one| one.rule != Some(Rule::SeparatorRule));
    all
}

/// Returns rules and places, as `id line:column`.
fn places(text: &str) -> Vec<String> {
    let place = |one: Diagnostic| {
        let column =
            one.columns.map_or(String::new(), |columns| format!(":{}-{}", columns.start, columns.end));
        format!("{} {}{column}", one.rule.map_or("?", Rule::id), one.line.unwrap_or(0))
    };
    told(text).into_iter().map(place).collect()
}

#[rstest]
#[case::missing("# A\n\n![w](b.png)", &["picture-missing 3:6-11"])]
#[case::missing_twice("# A\n\n![w](b.png)\n\n![w](b.png)", &["picture-missing 3:6-11", "picture-missing 5:6-11"])]
#[case::there("# A\n\n![w](a.png)", &[])]
#[case::torn("# A\n\n<img alt=\"w\" src=\"torn.png\">", &["picture-unreadable 3:19-27"])]
#[case::remote("# A\n\n![w](https://a.org/a.png)", &["picture-remote 3:6-25"])]
#[case::behind("<!-- .slide: data-background=\"b.png\" -->\n# A", &["picture-missing 1:31-36"])]
#[case::in_code("# A\n\n```md\n![](b.png)\n```", &[])]
#[case::no_words("# A\n\n![](a.png)", &["alt-missing 3:5-10"])]
#[case::adorns("# A\n\n<img src=\"a.png\" alt=\"\">", &[])]
#[case::an_editors_words("# A\n\n![Alt text](a.png)", &["alt-placeholder 3:3-11"])]
#[case::own_words("# A\n\n![Alternatives of text](a.png)", &[])]
#[case::video("# A\n\n<video src=\"a.mp4\"></video>", &["element-unseen 3:1-7"])]
#[case::open_fence("# A\n\n```sh\nls", &["fence-unclosed 3:1-6"])]
#[case::closed_fence("# A\n\n```sh\nls\n```", &[])]
#[case::front_matter("---\ncontrols: [\n---\n# A", &["front-matter 3"])]
#[case::stray("# A\n\nb</td>", &["html-stray 3:2-7"])]
#[case::unclosed("# A\n\n<center>b", &["html-unclosed 3:1-9"])]
#[case::closed("# A\n\n<center>b</center>", &[])]
#[case::dead_link("# A\n\n[b](#/c)\n\n---\n\n# C", &["link-dead 3:5-8"])]
#[case::dead_number("# A\n\n[b](#/2)\n\n---\n\n# C", &["link-dead 3:5-8"])]
#[case::links("# A\n\n[b](#/1) [c](#/c) [d](#) [e](https://a.org/#f)\n\n---\n\n<!-- .slide: id=\"c\" -->\n# C", &[])]
#[case::footnote("# A\n\nb[^1]\n\n[^1]: c", &[])]
#[case::notes_twice("# A\n\nNote: b\n\nNote: c", &["notes-dropped 5"])]
#[case::notes("# A\n\nNote: b", &[])]
#[case::indented_notes("# A\n\n  Note: b", &["notes-dropped 3:1-8"])]
#[case::nearly_notes("# A\n\n<aside class=\"note\">b</aside>", &["notes-dropped 3:1-21"])]
#[case::plan("---\nduration: 1m\n---\n# A\n<!-- .slide: data-timing=\"90\" -->", &["plan-off 2:1-13"])]
#[case::plan_that_fits("---\nduration: 2m\n---\n# A\n<!-- .slide: data-timing=\"120\" -->", &[])]
#[case::near_miss("# A\n\n\n\n# B\n\n\n# C", &["separator-near-miss 8:1-4"])]
#[case::six_blank_lines("# A\n\n\n\n# B\n\n\n\n\n\n\n# C", &["separator-near-miss 6"])]
#[case::blanks_inside("# A\n\n\n\n# B\n\n \n\n# C", &["separator-near-miss 7:1-2"])]
#[case::no_near_miss("# A\n\n\n\n# B\n\n\nc\n\n\n\n# D", &[])]
#[case::two_between_dashes("# A\n\n---\n\n# B\n\n\n## C", &[])]
#[case::source("# A\n\n```mermaid\na\n```", &["shown-as-source 3:4-11"])]
#[case::empty("# A\n\n---\n\n---\n\n# B", &["slide-empty 4"])]
#[case::bare("# A\n\n---\n\n<!-- later -->\n\n---\n\n# B", &["slide-empty 5"])]
#[case::only_a_ground("# A\n\n---\n\n<!-- .slide: data-background=\"#123\" -->\n\n---\n\n# B", &[])]
#[case::only_notes("# A\n\n---\n\nNote: b\n\n---\n\n# B", &["slide-empty 5"])]
#[case::time("# A\n<!-- .slide: data-timing=\"soon\" -->", &["time-unread 2:27-31"])]
#[case::contrast("# A\n\n<span style=\"color: #222\">b</span>", &["contrast 3:21-25"])]
#[case::contrast_on_its_own("# A\n\n<span style=\"color:#fff;background:#ffe\">b</span>", &["contrast 3:20-24"])]
#[case::a_large_heading("<h1 style=\"color:red\">A</h1>", &[])]
#[case::language("# A\n\n```yalm\na: b\n```", &["language-unknown 3:4-8"])]
#[case::languages("# A\n\n```yaml {1-2}\na: b\n```\n\n```\nc\n```\n\n```text\nd\n```\n\n```console\n$ e\n```", &[])]
fn each_rule_is_told_and_what_is_near_is_not(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(places(text), expected);
}

#[test]
fn a_slide_that_is_too_tall_is_told_once_with_its_sizes() {
    let text = format!("# A\n\n---\n\n# B\n\n{}", "- an item\n".repeat(40));
    let deck = parse::open(source::decode(text.as_bytes()).expect("it is text"), None);
    let (separators, sizes) = (Separators::default(), [(80, 24), (120, 35), (120, 60)]);
    let order = CheckOptions { deck: &deck, separators: &separators, sizes: &sizes, pictures: &Two };
    let all = check::check(&order);
    let tall: Vec<_> = all.iter().filter(|one| one.rule == Some(Rule::SlideOverflow)).collect();
    assert_eq!((tall.len(), tall[0].slide, tall[0].line), (1, Some(2), Some(5)));
    let message = &tall[0].message;
    assert!(
        message.contains("at 80x24") && message.contains("at 120x35") && !message.contains("120x60"),
        "{message}"
    );
}

#[test]
fn a_picture_of_nearly_that_name_is_meant() {
    let hint = |text: &str| told(text)[0].hint.clone().expect("there is one");
    assert_eq!(hint("![w](A.PNG)"), "did you mean `a.png`?");
    assert!(hint("![w](b.png)").contains("--root"));
}

#[test]
fn what_a_deck_quotes_commands_no_terminal() {
    for one in told("# A\n\n![w](\x1b[2J\u{9b}.png)\n\n[b](#\x1b]0;c\x07)\n\n```\x1bx\na\n```") {
        assert!(!one.message.contains(char::is_control), "{one:?}");
        assert!(one.hint.is_none_or(|hint| !hint.contains(char::is_control)));
    }
}

#[test]
fn our_own_decks_are_told_so() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/decks");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("it is ours").flatten().map(|file| file.path()).collect();
    paths.sort();
    let mut out = String::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let text = fs::read_to_string(path).expect("it is text");
        let _ = writeln!(out, "{}", path.file_name().expect("it has one").to_string_lossy());
        // Their pictures are nowhere.
        for one in told(&text).into_iter().filter(|one| one.rule != Some(Rule::PictureMissing)) {
            let columns =
                one.columns.map_or(String::new(), |columns| format!(":{}-{}", columns.start, columns.end));
            let id = one.rule.map_or("?", Rule::id);
            let _ = writeln!(out, "  {}{columns} {id}: {}", one.line.unwrap_or(0), one.message);
        }
    }
    insta::assert_snapshot!("check_decks", out);
}

#[test]
fn a_large_deck_is_checked_in_one_go() {
    let slide = "## A slide\n\n- one\n- two <b>bold</b>\n\n![](b.png)\n\n[x](#/nowhere)\n\n";
    let text = vec![slide; 400].join("---\n\n");
    let all = told(&text);
    assert_eq!(all.len(), 3 * 400);
    assert!(all.is_sorted_by_key(|one| one.line));
}

/// The documentation names each rule, with how much it matters.
#[test]
fn every_rule_is_documented() {
    let told =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checking.md")).expect("it is ours");
    let missing: Vec<_> = Rule::ALL
        .iter()
        .filter(|rule| !told.contains(&format!("| `{}` | {} |", rule.id(), rule.severity().name())))
        .map(|rule| rule.id())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let rows = told.lines().filter(|line| line.starts_with("| `") && line.matches('|').count() == 5).count();
    assert_eq!(rows, Rule::ALL.len());
}
