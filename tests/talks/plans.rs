//! What a plan knows of the slides of a deck: their names, their sections, their weights, and what they mention of the
//! talk's duration. How a time is shared among them is tested where that is done.

use std::time::Duration;

use lutrin::parse;
use lutrin::rehearsal::{Entry, prose};
use rstest::rstest;

use super::stage::deck;

const MINUTE: Duration = Duration::from_mins(1);

fn entries(text: &str) -> Vec<Entry> {
    let deck = deck(text);
    Entry::all(&deck, |index| parse::slide(&deck, index))
}

#[test]
fn a_slide_tells_what_a_plan_must_know() {
    let all = entries(
        "# Talk\n\n---\n\n## A\n<!-- .slide: data-timing=\"2m\" data-section-timing=\"5m\" -->\n\n---\n\n\
         <!-- .slide: data-visibility=\"uncounted\" data-timing=\"0\" -->\n![](a.png)\n",
    );
    let seen: Vec<_> =
        all.iter().map(|one| (one.number, one.title.as_str(), one.counts, one.opens_section)).collect();
    assert_eq!(seen, [(1, "Talk", true, true), (2, "A", true, true), (2, "", false, false)]);
    assert_eq!((all[1].timing, all[1].section_timing), (Some(MINUTE * 2), Some(MINUTE * 5)));
    assert_eq!((all[2].timing, all[2].address), (None, (3, 1)));
}

#[rstest]
#[case::headings("# T\n\n---\n\na\n\n---\n\n# B\n\n---\n\nb\n", "x.x.")]
#[case::headings_everywhere("# T\n\n---\n\n# A\n\n---\n\n# B\n\n---\n\nb\n", "x...")]
#[case::stacks("a\n\n---\n\nb\n\n--\n\n# c\n\n---\n\nd\n\n---\n\n# e\n", "xx..x")]
#[case::none("a\n\n---\n\n## b\n", "x.")]
#[case::in_a_box("a\n\n---\n\nb\n\n---\n\n<center><h1>c</h1></center>\n", "x.x")]
#[case::given("a\n\n---\n\nb <!-- .slide: data-section-timing=\"90\" -->\n", "xx")]
fn sections_are_opened(#[case] text: &str, #[case] expected: &str) {
    let all = entries(text);
    let seen: String = all.iter().map(|one| if one.opens_section { 'x' } else { '.' }).collect();
    assert_eq!(seen, expected);
}

#[test]
fn slides_of_one_content_are_told_apart() {
    let all = entries("a\n\n---\n\nb\n\n---\n\na\n\n---\n\n a\n");
    let key = &all[0].key;
    assert_eq!((key.len(), &all[2].key), (16, &format!("{key}-2")));
    assert_eq!(&all[3].key, &format!("{key}-3"));
    assert_ne!(&all[1].key, key);
}

#[test]
fn a_slide_is_known_again_whatever_its_timing_and_its_place() {
    let before = entries("a\n\n---\n\nb\n\nNote: c\n");
    let after = entries("b\n\n<!-- .slide: data-timing=\"90\" -->\nNote:  c\n\n---\n\nnew\n\n---\n\na\n");
    assert_eq!([&before[0].key, &before[1].key], [&after[2].key, &after[0].key]);
    assert_ne!(entries("b\n\nNote: d\n")[0].key, before[1].key);
}

fn words(count: usize) -> String {
    "word ".repeat(count)
}

#[rstest]
#[case::title("# Kubernetes", 15.0)]
#[case::nothing("<br>", 15.0)]
#[case::words(&words(65), 60.0)]
#[case::notes(&format!("a\n\nNote: {}", words(260)), 120.0)]
#[case::a_catchword_for_the_speaker(&format!("{}\n\nNote: hello", words(130)), 60.0)]
#[case::list(&format!("- {0}\n- {0}", words(65)), 120.0)]
#[case::definitions(&format!("{}\n: {}", words(65), words(65)), 120.0)]
#[case::pictures(&format!("{}\n\n![](a.png)\n\n![](b.png)", words(65)), 120.0)]
#[case::a_row_of_pictures(&format!("{}\n\n![](a.png) ![](b.png)", words(65)), 90.0)]
#[case::table(&format!("{}\n\n|a|b|\n|-|-|\n|c|d|\n|e|f|", words(65)), 70.0)]
#[case::code("```sh\nls\n\ncat a\nls\ncat b\nls\n```", 20.0)]
#[case::long_code(&format!("```\n{}```", "x\n".repeat(500)), 95.0)]
#[case::diagram(&format!("{}\n\n```mermaid\na\nb\nc\n```", words(65)), 90.0)]
#[case::steps(&format!("{}\n\na <!-- .element: class=\"fragment\" -->", words(64)), 62.0)]
#[case::backdrop("<!-- .slide: data-background-image=\"a.png\" -->", 30.0)]
fn a_slide_takes_as_long_as_what_it_holds(#[case] markdown: &str, #[case] seconds: f64) {
    let weight = entries(markdown)[0].weight;
    assert!((weight - seconds).abs() < 1e-6, "{weight}");
}

#[rstest]
#[case("# Talk\n*by me - durée ~1h*", Some(60))]
#[case("# Talk\n\n- 45 min", Some(45))]
#[case("# Talk\n\n<center>(45 <b>min</b>)</center>", Some(45))]
#[case("# Talk\n\n```\nduration: 45 min\n```", None)]
#[case("# Talk\n\n`duration: 45 min`", None)]
#[case("# Talk\n\n`--timeout` 45 min", None)]
#[case("# Talk\n\nNote: duration 45 min", None)]
fn a_slide_mentions_the_duration(#[case] markdown: &str, #[case] minutes: Option<u64>) {
    let deck = deck(markdown);
    let found = prose::of_slides(&[parse::slide(&deck, 0)]);
    assert_eq!(found.map(|found| found.0), minutes.map(Duration::from_mins));
}
