//! What the shipped lecture promises: its slides, their places, and that nothing of it scrolls where it is shown.

use super::stage::{lecture, scene, stage};
use lutrin::deck::walk;
use lutrin::parse;

/// The sizes of projectors, at which letters can be read from the back.
const STAGES: [(u16, u16); 3] = [(80, 24), (100, 30), (120, 35)];

#[test]
fn it_has_32_slides_and_nothing_odd() {
    let deck = lecture();
    assert_eq!(deck.slides.len(), 32);
    assert_eq!(deck.diagnostics, []);
    for index in 0..32 {
        assert_eq!(parse::slide(&deck, index).diagnostics, [], "slide {}", index + 1);
    }
}

#[test]
fn no_slide_scrolls_on_a_projector() {
    let deck = lecture();
    for (columns, rows) in STAGES {
        for index in 0..deck.slides.len() {
            let height = scene(&deck, index, stage(columns, rows)).height;
            assert!(
                height < u32::from(rows),
                "slide {} is {height} rows high at {columns}×{rows}",
                index + 1
            );
        }
    }
}

#[test]
fn every_picture_is_there_and_no_smaller_than_it_must_be() {
    let deck = lecture();
    for (columns, rows) in STAGES {
        for index in 0..deck.slides.len() {
            let scene = scene(&deck, index, stage(columns, rows));
            assert_eq!(scene.diagnostics, [], "slide {}", index + 1);
            let heights: Vec<u32> = scene.pictures().map(|(_, area)| area.height).collect();
            let wanted = walk::pictures(&parse::slide(&deck, index).blocks).len();
            assert_eq!(heights.len(), wanted, "slide {}", index + 1);
            assert!(heights.iter().all(|&height| height >= 6), "slide {}: {heights:?}", index + 1);
        }
    }
}

#[test]
fn headings_start_at_the_same_cell_on_every_slide() {
    let deck = lecture();
    for (columns, rows) in [(40, 12), (60, 18), (80, 24), (100, 30), (120, 35), (150, 42)] {
        let mut starts = Vec::new();
        for index in 0..deck.slides.len() {
            let slide = parse::slide(&deck, index);
            if slide.title_only().is_none()
                && slide.blocks.first().is_some_and(lutrin::deck::Block::is_heading)
            {
                let first = scene(&deck, index, stage(columns, rows)).items[0].area;
                starts.push((first.x, first.y));
            }
        }
        starts.dedup();
        assert_eq!(starts.len(), 1, "{columns}×{rows}: {starts:?}");
    }
}

#[test]
fn nothing_leaves_the_stage() {
    let deck = lecture();
    for (columns, rows) in [(10, 3), (20, 8), (40, 12), (80, 24), (150, 42)] {
        for index in 0..deck.slides.len() {
            for item in scene(&deck, index, stage(columns, rows)).items {
                assert!(
                    item.area.x + item.area.width <= columns,
                    "slide {} at {columns}×{rows}: {item:?}",
                    index + 1
                );
            }
        }
    }
}

#[test]
fn notes_are_read_and_never_shown() {
    let deck = lecture();
    let with_notes = (0..32).filter(|&index| !parse::slide(&deck, index).notes.is_empty()).count();
    assert!(with_notes > 16, "only {with_notes} slides have notes");
    for index in 0..32 {
        let slide = parse::slide(&deck, index);
        let Some(note) = walk::first_words(&slide.notes) else { continue };
        assert!(!lutrin_text(&deck, index).contains(&note), "slide {}", index + 1);
    }
}

fn lutrin_text(deck: &lutrin::deck::Deck, index: usize) -> String {
    let stage = stage(120, 35);
    super::stage::letters(&super::stage::grid(&scene(deck, index, stage), stage))
}
