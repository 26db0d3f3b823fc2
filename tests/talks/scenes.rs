//! Slides as pictures: the lecture and every construct, at three sizes, as snapshots that were looked at.

use rstest::rstest;

use super::stage::{deck, grid_at, lecture, letters, scene, stage, walk};
use lutrin::deck::{Block, Kind, walk as tree};
use lutrin::parse;

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

/// Every step of a deck: what is seen, and what the speaker reads.
#[test]
fn reveals_rules_step_by_step() {
    let deck = deck(include_str!("../decks/reveal.md"));
    let stage = stage(60, 16);
    let mut out = String::new();
    for index in 0..deck.slides.len() {
        let slide = parse::slide(&deck, index);
        let scene = scene(&deck, index, stage);
        for step in 0..=scene.steps {
            let (column, row) = deck.address(index);
            let number = deck.number(index);
            let line = format!("── {number} · {column}.{row}, step {step} of {} ──\n", scene.steps);
            out.push_str(&line);
            out += &letters(&grid_at(&scene, stage, step));
        }
        let notes = words(&slide.notes);
        if !notes.is_empty() {
            out.extend(["notes: ", &notes.join(" / "), "\n"]);
        }
    }
    insta::assert_snapshot!("reveal_step_by_step", out);
}

fn words(blocks: &[Block]) -> Vec<String> {
    let mut words = Vec::new();
    tree::each(blocks, &mut |block| {
        if let Kind::Paragraph(inlines) = &block.kind {
            words.push(tree::plain(inlines));
        }
    });
    words
}
