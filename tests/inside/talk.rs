//! A talk from its first slide to its last line.

use crate::pty::{Folder, Seen, Start, deck_of, key};

#[test]
fn numbers_and_ends_lead_where_they_say() {
    let folder = Folder::with("deck.md", deck_of(12));
    let mut terminal = Start::lutrin(&folder, &["deck.md", "--slide", "4"]).go();
    terminal.is_at("4/12");
    for (keys, place) in [
        ("11\r", "11/12"),
        ("G", "12/12"),
        ("2G", "2/12"),
        ("gg", "1/12"),
        (key::END, "12/12"),
        (key::HOME, "1/12"),
        ("gSlide7\r", "7/12"),
    ] {
        terminal.types(keys);
        terminal.is_at(place);
    }
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 7; lutrin deck.md --slide 7 goes on");
}

#[test]
fn the_last_line_can_be_typed_again() {
    let folder = Folder::with("l'été dernier.md", deck_of(3));
    let mut terminal = Start::lutrin(&folder, &["l'été dernier.md"]).go();
    terminal.is_at("1/3");
    terminal.types("lq");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows(r"left at slide 2; lutrin 'l'\''été dernier.md' --slide 2 goes on");
}

#[test]
fn a_slide_beyond_the_end_is_the_last_one() {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = Start::lutrin(&folder, &["--slide", "99", "deck.md"]).go();
    terminal.is_at("3/3");
    terminal.types("l");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 3;");
}
