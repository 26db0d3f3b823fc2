//! How often a talk with a console wakes up, and how often the console does.

use std::time::Duration;

use crate::consoles::{console, folder, talk};
use crate::pty::{Terminal, a_moment_passes};
use crate::rehearsals::{row, says};
use crate::threads::{Threads, settle};
use crate::turn;

/// Returns how often a program wakes up in two seconds.
fn woken(terminal: &Terminal) -> u64 {
    let before = Threads::of(terminal.process()).wakeups();
    std::thread::sleep(Duration::from_secs(2));
    Threads::of(terminal.process()).wakeups() - before
}

#[test]
fn a_talk_with_a_console_sleeps_and_the_console_wakes_for_its_clock_only() {
    let _turn = turn();
    let folder = folder();
    let talk = talk(&folder, &[]);
    let mut console = console(&folder, &[]);
    settle(talk.process());
    settle_for_the_wall_clock(&console);
    console.types("l");
    says(&console, "talk 0:01");
    settle(talk.process());
    let before = talk.bytes().len();
    let ticks = woken(&console);
    assert!((1..=12).contains(&ticks), "the console woke up {ticks} times");
    assert!(woken(&talk) <= 2, "the talk sleeps");
    assert_eq!(talk.bytes().len(), before);
    console.types("P");
    says(&console, "paused 0:01");
    let ticks = woken(&console);
    assert!((1..=12).contains(&ticks), "the pause is counted: {ticks}");
    console.types("P");
    console.until("clock", |seen| !row(seen).contains("paused"));
    console.types("t");
    console.until("no clock", |seen| !row(seen).contains("talk 0:"));
    settle_for_the_wall_clock(&console);
    assert!(woken(&talk) <= 2);
}

/// Waits until a console rests: it may once wake up when a minute is over.
#[track_caller]
fn settle_for_the_wall_clock(console: &Terminal) {
    a_moment_passes();
    settle(console.process());
    let ticks = woken(console);
    assert!(ticks <= 3, "woken {ticks} times where nothing goes on");
}
