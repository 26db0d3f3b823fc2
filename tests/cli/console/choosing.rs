//! Which talk a console joins, where there is none, one, several, or one that is not there any more.

use std::fs;
use std::process::{Command, Output};

use rustix::process::Signal;

use super::{Folder, console, door, folder, lutrin, sockets, talk};
use crate::pty::{LUTRIN, Start, Terminal, deck_of};

/// What a console on a terminal says when it cannot join a talk.
#[track_caller]
fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let mut console = lutrin(folder, &[&["console"], arguments].concat()).sized(160, 24).go();
    assert_eq!(console.ends().exit_code(), 1, "{}", console.sees(crate::pty::Seen::text));
    assert!(!console.sees(|seen| seen.text_sent().contains("\x1b[?1049h")), "it never was on stage");
    console.sees(crate::pty::Seen::text)
}

pub(super) fn remote(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(LUTRIN)
        .arg("remote")
        .args(arguments)
        .current_dir(folder.path())
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("XDG_STATE_HOME", folder.path().join("state"))
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[test]
fn without_a_talk_there_is_a_hint() {
    let folder = folder();
    let text = refused(&folder, &[]);
    assert!(text.contains("no talk is running") && text.contains("begin one"), "{text}");
    let text = refused(&folder, &["deck.md"]);
    assert!(text.contains("deck.md") && text.contains("begin one"), "{text}");
    let text = refused(&folder, &["--socket", "nowhere.sock"]);
    assert!(text.contains("there is no socket `nowhere.sock`"), "{text}");
    let text = refused(&folder, &["--socket", "deck.md"]);
    assert!(text.contains("`deck.md` is no socket"), "{text}");
}

/// Two talks on different decks, and another one on the first of them.
fn three(folder: &Folder) -> [Terminal; 3] {
    folder.put("other.md", deck_of(7));
    let first = talk(folder, &[]);
    let other = lutrin(folder, &["other.md"]).go();
    door(folder, &other);
    [first, other, talk(folder, &["--slide", "3"])]
}

#[test]
fn of_several_talks_the_one_that_is_named_is_joined() {
    let folder = folder();
    let mut talks = three(&folder);
    let numbers = talks.each_ref().map(|talk| talk.process().to_string());
    let text = refused(&folder, &[]);
    assert!(text.contains("3 talks are running") && text.contains("--talk PID"), "{text}");
    assert!(numbers.iter().all(|number| text.contains(number)), "{text}");
    assert!(text.contains("other.md") && text.contains("“Slide1”  1/7"), "{text}");
    let text = refused(&folder, &["deck.md"]);
    assert!(text.contains("2 talks are running") && !text.contains(&numbers[1]), "{text}");
    let by_deck = lutrin(&folder, &["console", "other.md"]).sized(110, 40).go();
    by_deck.shows("now · 1/7");
    let mut by_number = console(&folder, &["--talk", &numbers[2]]);
    by_number.shows("now · 3/5");
    let socket = door(&folder, &talks[0]).to_string_lossy().into_owned();
    let mut by_socket = console(&folder, &["--socket", &socket]);
    by_socket.types("2\r");
    talks[0].is_at("2/5");
    by_number.types("5\r");
    talks[2].is_at("5/5");
    by_deck.shows("now · 1/7");
    talks[1].types("q");
    talks[1].ends();
    by_deck.shows("the talk is gone");
    let text = refused(&folder, &["--talk", &numbers[1]]);
    assert!(text.contains(&format!("in process `{}`", numbers[1])), "{text}");
}

#[test]
fn who_waits_joins_the_talk_that_begins() {
    let folder = folder();
    let mut waiting = lutrin(&folder, &["console", "--wait"]).sized(110, 40).go();
    waiting.shows("waiting for the talk to begin");
    let talk = talk(&folder, &[]);
    waiting.shows("now · 1/5");
    waiting.types("l");
    talk.is_at("2/5");
}

#[test]
fn who_waits_can_stop_waiting() {
    let folder = folder();
    let mut waiting = lutrin(&folder, &["console", "--wait"]).go();
    waiting.shows("waiting for the talk to begin");
    waiting.types(crate::pty::key::CTRL_C);
    assert!(!waiting.ends().success());
}

#[test]
fn what_a_killed_talk_has_left_is_cleaned_and_a_silent_one_is_named() {
    let folder = folder();
    let [mut killed, _other, silent] = three(&folder);
    killed.signals(Signal::KILL);
    killed.ends();
    assert_eq!(sockets(&folder).len(), 3, "nobody has cleaned yet");
    silent.signals(Signal::STOP);
    let text = refused(&folder, &["deck.md"]);
    assert!(text.contains("does not answer") && text.contains("suspended"), "{text}");
    let left = sockets(&folder);
    assert_eq!(left.len(), 2, "{left:?}");
    let list = remote(&folder, &["list"]);
    let name = door(&folder, &silent).file_name().expect("it has one").to_string_lossy().into_owned();
    assert!(said(&list).contains(&name) && said(&list).contains("other.md"), "{}", said(&list));
    silent.signals(Signal::CONT);
    console(&folder, &["deck.md"]).shows("now · 3/5");
}

#[test]
fn a_talk_may_have_no_door() {
    let folder = folder();
    let talk = lutrin(&folder, &["deck.md", "--no-console"]).go();
    talk.is_at("1/5");
    refused(&folder, &[]);
    assert!(sockets(&folder).is_empty());
}

#[test]
fn without_a_folder_for_this_login_sockets_are_among_the_state() {
    let folder = folder();
    for runtime in ["", "relative", "/proc/no/such/folder"] {
        let state = folder.path().join("state");
        let start = |arguments: &[&str]| {
            let start = Start::lutrin(&folder, arguments).with("XDG_RUNTIME_DIR", runtime);
            start.with("XDG_STATE_HOME", &state.to_string_lossy()).sized(110, 40)
        };
        let mut talk = start(&["deck.md"]).go();
        talk.is_at("1/5");
        let console = start(&["console", "--wait"]).go();
        console.shows("now · 1/5");
        let names: Vec<_> =
            fs::read_dir(state.join("lutrin/talks")).expect("it is there").flatten().collect();
        assert_eq!(names.len(), 1);
        talk.types("q");
        talk.ends();
    }
}
