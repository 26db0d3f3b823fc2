//! Windows of every size, and windows that change while a talk runs.

use rstest::rstest;

use crate::pty::{Folder, Start, Terminal, key};

/// Three slides, of which the second is taller than any stage.
fn tall_deck() -> String {
    let lines: Vec<String> = (1..=150).map(|number| format!("- line{number}")).collect();
    format!("# First\n\n---\n\n# Tall\n\n{}\n\n---\n\n# Last\n", lines.join("\n"))
}

fn on_the_tall_slide(folder: &Folder) -> Terminal {
    let mut terminal = Start::lutrin(folder, &["deck.md"]).go();
    terminal.is_at("1/3");
    terminal.types("l");
    terminal.is_at("2/3");
    terminal.shows("line1");
    terminal
}

#[test]
fn a_tall_slide_keeps_its_place_in_every_size() {
    let folder = Folder::with("deck.md", tall_deck());
    let mut terminal = on_the_tall_slide(&folder);
    terminal.types("ll");
    for (columns, rows) in [(10, 3), (200, 60), (40, 12), (10, 3), (80, 24), (20, 5), (200, 3), (10, 60)] {
        terminal.resizes(columns, rows);
        terminal.until("2/3 in the new window", |seen| seen.has_word("2/3") && seen.is_repainted());
    }
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("eft at");
}

#[test]
fn next_shows_all_of_a_tall_slide_before_it_leaves() {
    let folder = Folder::with("deck.md", tall_deck());
    let mut terminal = on_the_tall_slide(&folder);
    let mut steps = 0;
    while !terminal.sees(|seen| seen.has_word("line150")) {
        let before = terminal.sees(crate::pty::Seen::text);
        terminal.types("l");
        terminal.until("step", |seen| seen.text() != before);
        terminal.is_at("2/3");
        steps += 1;
    }
    assert!(steps >= 5, "150 lines came in {steps} steps");
    terminal.types("l");
    terminal.is_at("3/3");
    terminal.types("h");
    terminal.is_at("2/3");
    terminal.shows("line150");
}

#[test]
fn many_sizes_at_once_end_in_the_last_one() {
    let folder = Folder::with("deck.md", tall_deck());
    let mut terminal = on_the_tall_slide(&folder);
    for step in 0..60_u16 {
        terminal.resizes(10 + step * 3, 3 + step);
    }
    terminal.resizes(100, 30);
    terminal.until("2/3 in the new window", |seen| seen.has_word("2/3") && seen.is_repainted());
    terminal.types("2\r");
    terminal.types("G");
    terminal.is_at("3/3");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[rstest]
#[case(10, 3)]
#[case(1, 1)]
#[case(2, 2)]
#[case(80, 1)]
#[case(1, 24)]
#[case(300, 100)]
#[case(65535, 1)]
#[case(1, 65535)]
fn any_window_shows_what_it_can_and_obeys(#[case] columns: u16, #[case] rows: u16) {
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).sized(columns, rows).go();
    terminal.until("frame", |seen| seen.mode(2026) == Some(false));
    for keys in ["l", "o", key::DOWN, "\r", "?", "q", "!", "q", "g9\r"] {
        terminal.types(keys);
    }
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.resizes(80, 24);
    let said = String::from_utf8(terminal.bytes()).unwrap();
    assert!(said.contains("left at slide 9; lutrin --slide 9 goes on"), "{said:?}");
}

#[test]
fn ten_by_three_shows_the_number() {
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).sized(10, 3).go();
    terminal.is_at("1/32");
    for place in ["2/32", "3/32"] {
        while !terminal.sees(|seen| seen.has_word(place)) {
            let before = terminal.bytes().len();
            terminal.types("l");
            terminal.until("step", |seen| seen.length() > before);
        }
    }
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
