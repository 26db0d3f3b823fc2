//! A talk from its first slide to the line that says how to go on.

use crate::pty::{Folder, Seen, Start, deck_of, key};

#[test]
fn the_lecture_inside_is_presented_from_an_empty_folder() {
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).go();
    terminal.is_at("1/32");
    terminal.shows("Kubernetes");
    assert!(terminal.sees(Seen::is_on_stage));
    terminal.types(key::RIGHT);
    terminal.is_at("2/32");
    terminal.types(" ");
    terminal.is_at("3/32");
    terminal.types(key::LEFT);
    terminal.is_at("2/32");
    terminal.types("l");
    terminal.is_at("3/32");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 3; lutrin --slide 3 goes on");
    assert!(!terminal.sees(Seen::is_on_stage));
}

#[test]
fn what_came_from_standard_input_is_presented_with_keys_from_the_terminal() {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = Start::shell(&folder, r#"cat deck.md | "$LUTRIN" -; echo "status $?""#).go();
    terminal.is_at("1/3");
    terminal.types("l");
    terminal.is_at("2/3");
    terminal.types("q");
    terminal.ends();
    terminal.shows("left at slide 2; lutrin - --slide 2 goes on");
    terminal.shows("status 0");
}

#[test]
fn a_deck_that_was_changed_is_read_again_at_the_same_slide() {
    let folder = Folder::with("deck.md", deck_of(5));
    let mut terminal = Start::lutrin(&folder, &["deck.md", "--slide", "3", "--no-watch"]).go();
    terminal.is_at("3/5");
    folder.put("deck.md", deck_of(9));
    terminal.types("r");
    terminal.is_at("3/9");
    std::fs::remove_file(folder.path().join("deck.md")).unwrap();
    terminal.types("r");
    terminal.shows("does not exist");
    terminal.types("l");
    terminal.is_at("4/9");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn what_could_not_be_shown_is_said_on_standard_error() {
    let deck = "# One\n\n---\n\n# Two\n\n![a ship](harbour.png)\n";
    let folder = Folder::with("deck.md", deck);
    let mut terminal = Start::shell(&folder, r#"exec "$LUTRIN" deck.md 2>errors"#).go();
    terminal.is_at("1/2");
    terminal.types("l");
    terminal.shows("ship");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 2; lutrin deck.md --slide 2 goes on");
    let errors = folder.read("errors");
    assert!(errors.contains("slide 2") && errors.contains("harbour.png"), "{errors}");
    assert!(errors.contains("line ") && errors.contains("hint: "), "{errors}");
    assert!(!terminal.sees(|seen| seen.text().contains("harbour.png")));
}

#[test]
fn a_deck_without_faults_says_nothing_on_standard_error() {
    let folder = Folder::with("deck.md", deck_of(2));
    let mut terminal = Start::shell(&folder, r#"exec "$LUTRIN" deck.md 2>errors"#).go();
    terminal.is_at("1/2");
    terminal.types("lq");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(folder.read("errors"), "");
}
