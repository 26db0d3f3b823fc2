//! A deck for reveal.js as a speaker goes through it: steps, stacks, notes, a talk that goes on by itself.

use crate::pty::{Folder, Seen, Start, key};

const STACKS: &str = "# A\n\nNote: first words\n\n---\n\n# B\n\n- one <!-- .element: class=\"fragment\" -->\n- two\n\n--\n\n\
    # C\n\n[to the start](#/0)\n\n---\n\n# D\n\n<video src=\"film.mp4\"></video>\n";

#[test]
fn stacks_have_addresses_and_keys() {
    let folder = Folder::with("deck.md", STACKS);
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.shows("1/4 · 1.1");
    for (keys, place) in [
        ("2.2\r", "3/4 · 2.2"),
        ("{", "2/4 · 2.1"),
        ("}", "3/4 · 2.2"),
        ("}", "no slide is below this one"),
        ("\u{1b}[1;3C", "4/4 · 3.1"),
        ("\u{1b}[1;3D", "3/4 · 2.2"),
        ("f\r", "1/4 · 1.1"),
        ("\u{f}", "3/4 · 2.2"),
    ] {
        terminal.types(keys);
        terminal.shows(place);
    }
}

#[test]
fn a_step_comes_and_goes_in_its_place() {
    let folder = Folder::with("deck.md", STACKS);
    let mut terminal = Start::lutrin(&folder, &["deck.md", "--slide", "2"]).go();
    terminal.shows("two");
    let row = |seen: &Seen| seen.text().lines().position(|line| line.contains("two"));
    let before = terminal.sees(row);
    assert!(!terminal.sees(|seen| seen.text().contains("one")));
    terminal.types(key::RIGHT);
    terminal.shows("one");
    assert_eq!(terminal.sees(row), before, "nothing has moved");
    terminal.types(key::LEFT);
    terminal.until("the step taken back", |seen| !seen.text().contains("one"));
}

#[test]
fn notes_are_shown_while_the_talk_goes_on() {
    let folder = Folder::with("deck.md", STACKS);
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.is_at("1/4");
    assert!(!terminal.sees(|seen| seen.text().contains("first words")));
    terminal.types("s");
    terminal.shows("first words");
    terminal.types("l");
    terminal.shows("this slide has no notes");
    terminal.types("s");
    terminal.until("no notes", |seen| !seen.text().contains("notes"));
}

#[test]
fn what_is_wrong_with_the_whole_deck_is_listed_and_found() {
    let folder = Folder::with("deck.md", STACKS);
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.is_at("1/4");
    terminal.types("!");
    terminal.shows("slide 4, line 22: `<video>` cannot be shown");
    terminal.types("\r");
    terminal.is_at("4/4");
}

#[test]
fn a_talk_may_go_on_by_itself_and_be_stopped() {
    let deck = "---\nautoSlide: 300\nloop: true\nslideNumber: c\n---\n\n# A\n\n---\n\n# B\n";
    let folder = Folder::with("deck.md", deck);
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    let is_at = |seen: &Seen, number: &str| seen.text().trim_end().ends_with(number);
    terminal.until("the second slide", |seen| is_at(seen, " 2"));
    // It goes round.
    terminal.until("the first slide", |seen| is_at(seen, " 1"));
    terminal.types("m");
    terminal.shows("animations stand still");
    let slide = terminal.sees(Seen::text);
    std::thread::sleep(std::time::Duration::from_millis(900));
    assert_eq!(terminal.sees(Seen::text), slide);
    terminal.types("m");
    terminal.until("another slide", |seen| !seen.text().contains("animations") && seen.text() != slide);
}

#[test]
fn from_right_to_left_the_other_arrow_leads_on() {
    let folder = Folder::with("deck.md", "---\nrtl: true\n---\n\n# A\n\nwords\n\n---\n\n# B\n");
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.is_at("1/2");
    terminal.until("text at the right", |seen| {
        seen.text().lines().any(|line| line.trim_end().len() > 70 && line.contains("words"))
    });
    terminal.types(key::LEFT);
    terminal.is_at("2/2");
    terminal.types(key::RIGHT);
    terminal.is_at("1/2");
}
