//! One talk on three screens: whichever has the key, all of them do it.

use rstest::rstest;
use serde_json::Value;

use super::{agree, console, door, folder, stands, state, talk};
use crate::pty::{Folder, Seen, Terminal, a_moment_passes, key};

/// What is typed, where in the talk's state that is seen, and what is there then.
const STORY: [(&str, &str, &str); 52] = [
    ("l", "/at/slide", "2"),
    ("l", "/at/step", "1"),
    ("h", "/at/step", "0"),
    ("a", "/at/step", "2"),
    (key::LEFT, "/at/step", "1"),
    ("}", "/at/step", "1"),
    ("l", "/at/step", "2"),
    (key::PAGE_DOWN, "/at/slide", "3"),
    (key::DOWN, "/at/row", "1"),
    ("j", "/at/row", "2"),
    ("k", "/at/row", "1"),
    ("\x1b[1;3C", "/at/slide", "4"),
    ("\x1b[1;3D", "/at/slide", "3"),
    (key::HOME, "/at/slide", "1"),
    (key::END, "/at/slide", "5"),
    ("4\r", "/at/slide", "4"),
    ("z", "/closeup/level", "1"),
    ("z", "/closeup/level", "2"),
    (key::ESC, "/closeup", "null"),
    ("b", "/blank", "black"),
    ("w", "/blank", "white"),
    ("w", "/blank", "null"),
    (".", "/blank", "black"),
    ("l", "/blank", "null"),
    ("b", "/blank", "black"),
    (key::ESC, "/blank", "null"),
    ("m", "/still", "true"),
    ("m", "/still", "false"),
    ("l", "/at/slide", "5"),
    ("f\r", "/at/slide", "1"),
    ("\x0f", "/at/slide", "5"),
    ("gg", "/at/slide", "1"),
    ("G", "/at/slide", "5"),
    ("2G", "/at/slide", "2"),
    ("ojj\r", "/at/slide", "4"),
    ("gsteps\r", "/at/slide", "2"),
    ("gtall\r", "/at/slide", "3"),
    ("P", "/clock/phase", "paused"),
    ("P", "/clock/phase", "running"),
    ("i", "/clock/phase", "question"),
    ("i", "/clock/phase", "running"),
    ("T", "/theme", "light"),
    ("T", "/theme", "dark"),
    ("9\r", "/at/slide", "5"),
    ("h", "/at/slide", "4"),
    ("o\x1b", "/at/slide", "4"),
    ("?\x1b", "/at/slide", "4"),
    ("7\x1b", "/at/slide", "4"),
    ("h", "/at/slide", "3"),
    ("h", "/at/slide", "3"),
    ("1\r", "/at/slide", "1"),
    ("h", "/at/slide", "1"),
];

fn said(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(words)) => words.clone(),
        other => other.map(Value::to_string).unwrap_or_default(),
    }
}

/// A talk and two consoles.
fn three(folder: &Folder) -> [Terminal; 3] {
    let talk = talk(folder, &[]);
    talk.is_at("1/5");
    [talk, console(folder, &[]), console(folder, &[])]
}

#[rstest]
#[case::of_the_talk(0)]
#[case::of_one_console(1)]
#[case::of_the_other_console(2)]
fn the_keys_of_each_screen_are_obeyed_by_all(#[case] whose: usize) {
    let folder = folder();
    let mut screens = three(&folder);
    let socket = door(&folder, &screens[0]);
    for (keys, place, value) in STORY {
        // Keys that are one key when they come at once.
        for (nth, part) in keys.split_inclusive(['o', '?', '7']).enumerate() {
            if nth > 0 && part == key::ESC {
                a_moment_passes();
            }
            screens[whose].types(part);
        }
        if keys.ends_with(key::ESC) {
            // With the next key it would be another one.
            a_moment_passes();
        }
        stands(&socket, &format!("{place} {value} after {keys:?}"), |state| {
            said(state.pointer(place)) == value
        });
        agree(&socket, &screens);
    }
    screens[0].types("q");
    assert_eq!(screens[0].ends().exit_code(), 0);
}

#[test]
fn each_screen_goes_on_from_where_the_others_are() {
    let folder = folder();
    let mut screens = three(&folder);
    let socket = door(&folder, &screens[0]);
    let mut steps = 0;
    while state(&socket)["next"] != Value::Null {
        let before = state(&socket)["at"].clone();
        screens[steps % 3].types([" ", "\r", "n"][steps % 3]);
        stands(&socket, "step", |state| state["at"] != before);
        agree(&socket, &screens);
        steps += 1;
    }
    assert!(steps > 7, "all of a tall slide is shown, in {steps} steps");
    screens[1].shows("the end");
}

#[test]
fn a_closeup_is_moved_from_every_screen() {
    let folder = folder();
    let mut screens = three(&folder);
    let socket = door(&folder, &screens[0]);
    screens[1].types("4\r");
    stands(&socket, "slide", |state| state["at"]["slide"] == 4);
    screens[1].types("z");
    stands(&socket, "closeup", |state| state["closeup"] != Value::Null);
    screens[1].types("z");
    stands(&socket, "closeup", |state| state["closeup"]["level"] == 2);
    for (whose, arrow) in [(0, key::RIGHT), (1, key::LEFT), (2, key::RIGHT)] {
        let before = agree(&socket, &screens)["closeup"].clone();
        screens[whose].types(arrow);
        stands(&socket, "other part of the picture", |state| state["closeup"] != before);
    }
    screens[2].types("l");
    let after = agree(&socket, &screens);
    assert_eq!(after["at"]["slide"], 4);
}

#[test]
fn time_is_taken_back_from_every_screen() {
    let folder = folder();
    let mut screens = three(&folder);
    let socket = door(&folder, &screens[0]);
    let slide = |state: &Value| state["clock"]["slide"].as_f64().expect("a number");
    screens[0].types("l");
    for screen in &mut screens {
        stands(&socket, "half a second", |state| slide(state) > 0.5);
        screen.types("x");
        stands(&socket, "a slide's time from its start", |state| slide(state) < 0.5);
    }
    let whole = |state: &Value| state["clock"]["talk"].as_f64().expect("a number");
    for whose in [0, 1] {
        screens[2].types("l");
        stands(&socket, "a second", |state| whole(state) > 1.0);
        screens[whose].types("X");
        screens[whose].shows("tart over");
        assert!(!screens[1 - whose].sees(Seen::text).contains("tart over?"), "it is asked on one screen");
        screens[whose].types("\r");
        stands(&socket, "a talk from its start", |state| {
            whole(state) < 1.0 || state["clock"]["phase"] == "armed"
        });
    }
}

#[test]
fn being_on_schedule_is_said_on_any_screen() {
    let folder = folder();
    let talk = talk(&folder, &["--duration", "10m"]);
    let mut screens = [talk, console(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let pace = |state: &Value| state["clock"]["pace"].as_f64();
    screens[0].types("P");
    for (whose, key) in [(0, "4\r"), (1, "5\r"), (2, "2\r")] {
        screens[whose].types(key);
        stands(&socket, "pace", |state| pace(state).is_some_and(|pace| pace.abs() > 5.0));
        screens[whose].types("=");
        let state = stands(&socket, "on schedule", |state| pace(state).is_some_and(|pace| pace.abs() < 5.0));
        assert!(state["clock"]["talk_plan"].is_number(), "{state}");
    }
}

#[rstest]
#[case::of_the_talk(0)]
#[case::of_a_console(1)]
fn the_deck_is_read_again_for_all(#[case] whose: usize) {
    let folder = folder();
    let talk = talk(&folder, &["--no-watch"]);
    let mut screens = [talk, console(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    screens[1].types("3\r");
    stands(&socket, "slide", |state| state["at"]["slide"] == 3);
    let deck = folder.read("deck.md");
    folder.put("deck.md", format!("# Zeroth\n\nNote: whisper0\n\n---\n\n{deck}"));
    screens[whose].types("r");
    stands(&socket, "deck with one slide more", |state| state["slides"] == 6 && state["at"]["slide"] == 4);
    for screen in &screens[1..] {
        screen.until("the same slide", |seen| {
            seen.text().contains("now · 4/6") && seen.text().contains("whisper3")
        });
    }
}

#[rstest]
#[case::of_the_talk(0)]
#[case::of_a_console(1)]
fn a_deck_with_two_dimensions_is_one_for_all(#[case] whose: usize) {
    let deck = "# A\n\n---\n\n# B\n\n--\n\n# B2\n\n--\n\n# B3\n\n---\n\n# C\n\nNote: end\n";
    let folder = Folder::with("deck.md", deck);
    let mut screens = [talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let keys = ["l", "}", "}", "{", "3.1\r", "2.3\r", "gb2\r", "ojj\r", "gg"];
    let places = ["2.1", "2.2", "2.3", "2.2", "3.1", "2.3", "2.2", "3.1", "1.1"];
    for (keys, place) in keys.into_iter().zip(places) {
        screens[whose].types(keys);
        stands(&socket, place, |state| state["number"] == place);
        screens[1].until(place, |seen| super::title(seen).contains(&format!(" · {place} ─")));
        screens[0].until(place, |seen| seen.text().contains(place));
    }
}
