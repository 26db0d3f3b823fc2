//! What belongs to one screen stays there: lists, prompts, notes, the clock, a number that is being typed.

use super::{console, door, folder, stands, talk};
use crate::pty::{Seen, a_moment_passes, key};

#[test]
fn what_a_console_shows_over_its_slides_is_its_own() {
    let folder = folder();
    let talk = talk(&folder, &[]);
    let mut console_here = console(&folder, &[]);
    let there = console(&folder, &[]);
    let socket = door(&folder, &talk);
    talk.is_at("1/5");
    let wall = |seen: &Seen| seen.text().lines().filter(|line| !line.contains("clock ─")).collect::<String>();
    for (keys, sign, back) in [
        ("o", " slides ", key::ESC),
        ("?", "next: the rest", key::ESC),
        ("!", "not shown as written", key::ESC),
        ("g", "go to", key::ESC),
        ("f", "", key::ESC),
        ("s", "", "s"),
        ("t", "", "t"),
        ("3", "", key::ESC),
        ("X", "", key::ESC),
    ] {
        let (talks, others) = (talk.sees(Seen::text), there.sees(wall));
        let before = console_here.sees(Seen::length);
        console_here.types(keys);
        match sign {
            "" => console_here.until(keys, |seen| seen.length() > before),
            sign => console_here.shows(sign),
        }
        a_moment_passes();
        assert_eq!(talk.sees(Seen::text), talks, "{keys} on the talk's screen");
        assert_eq!(there.sees(wall), others, "{keys} on the other console");
        console_here.types(back);
        a_moment_passes();
    }
    console_here.types("l");
    stands(&socket, "step", |state| state["at"]["slide"] == 2);
    console_here.shows(" notes ");
}

#[test]
fn what_lies_over_the_talk_is_not_seen_on_consoles() {
    let folder = folder();
    let mut talk = talk(&folder, &[]);
    let console = console(&folder, &[]);
    let before = console.sees(super::panes);
    for (keys, sign) in [("o", "Picture"), ("?", "next: the rest"), ("3", "3")] {
        talk.types(keys);
        talk.shows(sign);
        a_moment_passes();
        assert_eq!(console.sees(super::panes), before, "{keys}");
        assert!(!console.sees(Seen::text).contains("next: the rest"));
        talk.types(key::ESC);
        a_moment_passes();
    }
}

#[test]
fn a_number_that_is_typed_on_two_screens_is_two_numbers() {
    let folder = folder();
    let talk = talk(&folder, &[]);
    let mut consoles = [console(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &talk);
    consoles[0].types("4");
    consoles[1].types("2");
    consoles[1].types("\r");
    stands(&socket, "slide of the one", |state| state["at"]["slide"] == 2);
    consoles[0].types("\r");
    stands(&socket, "slide of the other", |state| state["at"]["slide"] == 4);
}

#[test]
fn a_console_that_is_left_leaves_the_talk_alone() {
    let folder = folder();
    let mut talk = talk(&folder, &[]);
    let mut console = console(&folder, &[]);
    console.types("l");
    talk.is_at("2/5");
    console.types("q");
    assert_eq!(console.ends().exit_code(), 0);
    assert!(!console.sees(Seen::is_on_stage) && console.sees(|seen| seen.mode(25)) == Some(true));
    talk.types("4\r");
    talk.is_at("4/5");
}
