//! What becomes of a talk and its consoles when one of them is killed, stopped or closed, or the deck is edited.

use std::fs;

use rstest::rstest;
use rustix::process::Signal;

use super::{Folder, agree, console, door, folder, stands, state, talk, waits};
use crate::pty::{LUTRIN, Terminal, a_moment_passes, bash, key};

/// Types `l` and `h` on each screen, and each is obeyed by all.
#[track_caller]
fn all_go_on(folder: &Folder, screens: &mut [Terminal]) {
    let socket = door(folder, &screens[0]);
    for whose in 0..screens.len() {
        for key in ["\x1b[1;3C", "\x1b[1;3D"] {
            let before = state(&socket)["at"].clone();
            screens[whose].types(key);
            stands(&socket, "step", |state| state["at"] != before);
            agree(&socket, screens);
        }
    }
}

#[rstest]
#[case::killed(Some(Signal::KILL))]
#[case::hung_up(Some(Signal::HUP))]
#[case::left(None)]
fn a_console_that_goes_is_not_missed(#[case] signal: Option<Signal>) {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[]), console(&folder, &[])];
    screens[1].types("3\r");
    screens[0].is_at("3/5");
    let mut gone = screens.pop().expect("there are three");
    match signal {
        Some(signal) => gone.signals(signal),
        None => gone.types("q"),
    }
    gone.ends();
    all_go_on(&folder, &mut screens);
    let socket = door(&folder, &screens[0]);
    screens[1].types(" j");
    waits("scrolled slide", || state(&socket)["at"]["row"].as_u64().filter(|row| *row > 1));
    screens.push(console(&folder, &[]));
    agree(&socket, &screens);
    all_go_on(&folder, &mut screens);
}

#[test]
fn a_console_that_is_stopped_keeps_nobody_and_comes_back_to_where_the_talk_is() {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[])];
    let mut stopped = console(&folder, &[]);
    stopped.signals(Signal::STOP);
    stopped.types("l");
    all_go_on(&folder, &mut screens);
    screens[1].types("4\r");
    screens[0].is_at("4/5");
    stopped.signals(Signal::CONT);
    screens.push(stopped);
    // What was typed meanwhile is obeyed, late as it is.
    let socket = door(&folder, &screens[0]);
    stands(&socket, "late step", |state| state["at"]["slide"] == 5);
    agree(&socket, &screens);
    screens[2].types("1\r");
    screens[0].is_at("1/5");
    all_go_on(&folder, &mut screens);
}

#[test]
fn a_talk_that_is_killed_is_waited_for_and_joined_again() {
    let folder = folder();
    let mut first = talk(&folder, &[]);
    let mut consoles = [console(&folder, &[]), console(&folder, &[])];
    consoles[0].types("3\r");
    first.is_at("3/5");
    for console in &consoles {
        console.shows("whisper3");
    }
    first.signals(Signal::KILL);
    first.ends();
    for console in &consoles {
        console.shows("the talk is gone");
        console.shows("whisper3");
    }
    consoles[1].types("l");
    consoles[1].shows("the talk is gone");
    let again = talk(&folder, &["--slide", "4"]);
    again.is_at("4/5");
    let [one, other] = consoles;
    let mut screens = vec![again, one, other];
    agree(&door(&folder, &screens[0]), &screens);
    all_go_on(&folder, &mut screens);
    assert_eq!(super::sockets(&folder).len(), 1, "what the first one has left is gone");
}

#[test]
fn a_talk_that_was_left_is_joined_again_too() {
    let folder = folder();
    let mut first = talk(&folder, &[]);
    let console = console(&folder, &[]);
    first.types("q");
    assert_eq!(first.ends().exit_code(), 0);
    assert_eq!(super::sockets(&folder).len(), 0, "a talk takes its socket with it");
    console.shows("the talk is gone");
    let mut screens = vec![talk(&folder, &["--slide", "2"]), console];
    screens[1].shows("whisper2");
    all_go_on(&folder, &mut screens);
}

#[test]
fn an_edited_deck_is_edited_for_all() {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    screens[1].types("4\r");
    stands(&socket, "slide", |state| state["at"]["slide"] == 4);
    let deck = folder.read("deck.md");
    let longer = deck.replacen("---\n", "---\n\n# New\n\nNote: whisper2\n\n---\n", 1);
    folder.put("deck.md", &longer);
    // An author sees what was written.
    stands(&socket, "new slide", |state| state["at"]["slide"] == 2 && state["slides"] == 6);
    agree(&socket, &screens);
    // Half of it is saved, in the middle of a slide.
    folder.put("deck.md", &deck[..deck.len() / 3]);
    let half = waits("half a deck", || Some(state(&socket)).filter(|state| state["slides"] != 6));
    for console in &screens[1..] {
        let place = format!("now · {}/{}", half["at"]["slide"], half["slides"]);
        console.shows(&place);
    }
    folder.put("deck.md", "");
    a_moment_passes();
    folder.put("deck.md", &deck);
    stands(&socket, "whole deck", |state| state["slides"] == 5);
    agree(&socket, &screens);
    // As editors save that write another file first.
    folder.put("new.md", &longer);
    fs::rename(folder.path().join("new.md"), folder.path().join("deck.md")).expect("the folder is ours");
    stands(&socket, "longer deck", |state| state["slides"] == 6);
    folder.put("deck.md", &deck);
    stands(&socket, "whole deck", |state| state["slides"] == 5);
    agree(&socket, &screens);
    all_go_on(&folder, &mut screens);
}

#[test]
fn a_talk_that_is_stopped_answers_when_it_goes_on() {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[])];
    screens[0].is_at("1/5");
    screens[0].signals(Signal::STOP);
    screens[1].types("4\r");
    a_moment_passes();
    screens[1].shows("now · 1/5");
    screens[0].signals(Signal::CONT);
    stands(&door(&folder, &screens[0]), "slide", |state| state["at"]["slide"] == 4);
    agree(&door(&folder, &screens[0]), &screens);
    all_go_on(&folder, &mut screens);
}

#[test]
fn a_talk_that_was_suspended_has_its_console_still() {
    let folder = folder();
    let Some(mut shell) = bash(&folder, |start| start) else { return };
    shell.types(&format!("{LUTRIN} deck.md\r"));
    shell.is_at("1/5");
    let mut console = console(&folder, &[]);
    shell.types("l");
    console.shows("now · 2/5");
    shell.types(key::CTRL_Z);
    shell.until("stopped job", |seen| !seen.is_on_stage() && seen.text().contains("Stopped"));
    console.types("l");
    a_moment_passes();
    shell.types("clear; fg\r");
    console.shows("step 1 of 2");
    shell.until("the slide", |seen| seen.is_on_stage() && seen.has_word("2/5"));
    shell.types("4\r");
    console.shows("now · 4/5");
    shell.types("q");
    shell.shows("left at slide 4");
    assert!(!shell.sees(|seen| seen.text_sent().contains(super::SECRET)));
    shell.types("exit\r");
    shell.ends();
}
