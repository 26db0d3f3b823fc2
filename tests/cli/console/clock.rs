//! Time and pace on a console, beside those of a rehearsal's own screen; and how a rehearsal ends from there.

use rstest::rstest;
use serde_json::Value;

use super::{Folder, console, door, folder, rehearsal, stands, talk};
use crate::pty::{Seen, Terminal, key};
use crate::rehearsals::{row, runs, says, told};

/// Returns the seconds that the row of chrome tells: those of the slide, those of the talk, and so on. In a small window they
/// have no names.
fn seconds(seen: &Seen) -> Vec<u64> {
    let time = |word: &str| {
        let (minutes, seconds) = word.split('/').next()?.split_once(':')?;
        Some(minutes.parse::<u64>().ok()? * 60 + seconds.parse::<u64>().ok()?)
    };
    row(seen).split_whitespace().filter_map(time).collect()
}

#[track_caller]
fn agree(one: &Terminal, other: &Terminal) {
    let [here, there] = [one, other].map(|screen| screen.sees(seconds));
    assert!(here.len() >= 2 && there.len() >= 2, "{here:?} {there:?}");
    let differ = here.iter().zip(&there).take(2).any(|(here, there)| here.abs_diff(*there) > 1);
    assert!(!differ, "{here:?} and {there:?}");
}

#[test]
fn both_screens_of_a_rehearsal_count_alike() {
    let folder = folder();
    let mut rehearsal = rehearsal(&folder, &["--duration", "10m", "--no-record"]);
    says(&rehearsal, "not started");
    let mut console = console(&folder, &[]);
    says(&console, "not started");
    console.types("l");
    says(&rehearsal, "ahead");
    says(&console, "ahead");
    for _ in 0..3 {
        std::thread::sleep(std::time::Duration::from_millis(700));
        agree(&rehearsal, &console);
    }
    console.types("P");
    says(&rehearsal, "paused");
    says(&console, "paused");
    agree(&rehearsal, &console);
    let held = console.sees(|seen| seconds(seen)[..2].to_vec());
    says(&rehearsal, "paused 0:01");
    says(&console, "paused 0:01");
    assert_eq!(console.sees(|seen| seconds(seen)[..2].to_vec()), held);
    rehearsal.types("P");
    for screen in [&rehearsal, &console] {
        screen.until("clock that goes on", |seen| !row(seen).contains("paused"));
    }
    rehearsal.types("i");
    for screen in [&rehearsal, &console] {
        says(screen, "question");
    }
    console.types("i");
    for screen in [&rehearsal, &console] {
        screen.until("answer", |seen| !row(seen).contains("question"));
    }
    agree(&rehearsal, &console);
}

/// A rehearsal that has come to its end, asked about on its console.
fn ended(folder: &Folder) -> [Terminal; 2] {
    let rehearsal = rehearsal(folder, &[]);
    says(&rehearsal, "not started");
    let mut console = console(folder, &[]);
    console.types("P5\r");
    says(&rehearsal, "5/5");
    console.types("l");
    for screen in [&rehearsal, &console] {
        screen.shows("the end");
        screen.shows("iscard");
    }
    [rehearsal, console]
}

#[rstest]
#[case::keep("\r", 1)]
#[case::discard("j\r", 0)]
fn what_becomes_of_a_run_is_chosen_on_the_console(#[case] keys: &str, #[case] kept: usize) {
    let folder = folder();
    let [mut rehearsal, mut console] = ended(&folder);
    console.types(keys);
    assert_eq!(rehearsal.ends().exit_code(), 0, "{}", rehearsal.sees(Seen::text));
    console.shows("the talk is gone");
    console.until("slides again", |seen| !seen.text().contains("iscard"));
    assert_eq!(runs(&folder), kept);
    if kept > 0 {
        assert_eq!(told(&folder)["complete"], true);
    }
}

#[rstest]
#[case::chosen("jj\r")]
#[case::closed(key::ESC)]
fn a_rehearsal_goes_on_from_its_end(#[case] keys: &str) {
    let folder = folder();
    let [mut rehearsal, mut console] = ended(&folder);
    console.types(keys);
    for screen in [&rehearsal, &console] {
        screen.until("slide", |seen| !seen.text().contains("iscard"));
    }
    let socket = door(&folder, &rehearsal);
    console.types("h");
    stands(&socket, "slide before", |state| {
        state["at"]["slide"] == 4 && state["clock"]["phase"] == "running"
    });
    rehearsal.types("ll");
    for screen in [&rehearsal, &console] {
        screen.shows("iscard");
    }
    rehearsal.types("\r");
    assert_eq!(rehearsal.ends().exit_code(), 0);
    console.shows("the talk is gone");
    assert_eq!(runs(&folder), 1);
}

#[test]
fn a_plain_talk_has_a_pace_on_its_console_only() {
    let folder = folder();
    let talk = talk(&folder, &["--duration", "10m"]);
    let mut console = console(&folder, &[]);
    console.types("l");
    says(&console, "/10:00");
    says(&console, "ahead");
    talk.is_at("2/5");
    assert!(!talk.sees(Seen::text).contains(':'), "{}", talk.sees(Seen::text));
    let state = stands(&door(&folder, &talk), "pace", |state| state["clock"]["pace"].is_number());
    assert_eq!(state["clock"]["talk_plan"], Value::from(600.0));
}
