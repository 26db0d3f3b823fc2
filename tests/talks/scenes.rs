//! Slides as pictures: the lecture and every construct, at three sizes, as snapshots that were looked at.

use rstest::rstest;

use super::stage::{deck, lecture, walk};

const CONSTRUCTS: &str = include_str!("../decks/constructs.md");
const DIALECTS: &str = include_str!("../decks/dialects.md");

#[test]
fn the_lecture_on_three_stages() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 35)] {
        insta::assert_snapshot!(format!("lecture_{columns}x{rows}"), walk(&lecture(), columns, rows));
    }
}

#[test]
fn every_construct_on_three_stages() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 35)] {
        insta::assert_snapshot!(
            format!("constructs_{columns}x{rows}"),
            walk(&deck(CONSTRUCTS), columns, rows)
        );
    }
}

#[rstest]
#[case::columns("columns", include_str!("../decks/columns.md"))]
#[case::layout_classes("layout_classes", include_str!("../decks/layout-classes.md"))]
#[case::css("css", include_str!("../decks/css.md"))]
fn layouts_of_authors_on_three_stages(#[case] name: &str, #[case] text: &str) {
    for (columns, rows) in [(40, 12), (80, 24), (120, 35)] {
        insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), walk(&deck(text), columns, rows));
    }
}

#[test]
fn the_dialects_of_reveals_cousins_on_two_stages() {
    for (columns, rows) in [(40, 12), (80, 24)] {
        insta::assert_snapshot!(format!("dialects_{columns}x{rows}"), walk(&deck(DIALECTS), columns, rows));
    }
}
