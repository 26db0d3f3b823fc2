//! How often a clock wakes the program.

use std::thread::sleep;
use std::time::Duration;

use crate::pty::{Seen, Terminal};
use crate::rehearsals::{begins, is_left, press, rehearses, row, says};
use crate::threads::{Threads, settle};
use crate::turn;

/// Returns how often a program wakes up in two seconds, and for how many hundredths of a second it works then: one that
/// never sleeps does not wake up either.
fn woken(terminal: &Terminal) -> (u64, u64) {
    let process = terminal.process();
    let before = (Threads::of(process).wakeups(), worked(process));
    sleep(Duration::from_secs(2));
    (Threads::of(process).wakeups() - before.0, worked(process) - before.1)
}

/// Returns for how many ticks of the system's clock a process has worked so far.
fn worked(process: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    let fields = status.rsplit_once(')').expect("its name is in parentheses").1.split_whitespace();
    // For itself, and in the system.
    fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
}

#[track_caller]
fn rests(terminal: &Terminal, when: &str) {
    let (woken, worked) = woken(terminal);
    assert!(woken <= 2 && worked <= 10, "woken {woken} times, {worked} ticks of work, {when}");
}

#[test]
fn a_clock_wakes_the_program_about_once_a_second_and_only_while_it_is_read() {
    let _turn = turn();
    let (_folder, mut terminal) = rehearses(3, &["--no-record"]);
    settle(terminal.process());
    begins(&mut terminal);
    says(&terminal, "0:01");
    let (shown, worked) = woken(&terminal);
    assert!((1..=12).contains(&shown) && worked <= 50, "woken {shown} times, {worked} ticks of work");
    for (hide, show) in [("t", "t"), ("b", "b")] {
        terminal.types(hide);
        terminal.until("row without a clock", |seen| !row(seen).contains("0:0"));
        settle(terminal.process());
        rests(&terminal, hide);
        press(&mut terminal, show, "0:");
    }
    terminal.types("q");
    is_left(&mut terminal);
}

#[test]
fn a_window_of_one_row_has_no_clock_to_wake_up_for() {
    let _turn = turn();
    let (_folder, mut terminal) = rehearses(3, &["--no-record"]);
    begins(&mut terminal);
    terminal.resizes(80, 1);
    terminal.until("one row", Seen::is_repainted);
    settle(terminal.process());
    rests(&terminal, "in one row");
    terminal.resizes(80, 24);
    says(&terminal, "0:0");
}

#[test]
fn a_clock_that_waits_for_nothing_sleeps() {
    let _turn = turn();
    let (_folder, terminal) = rehearses(3, &["--no-record"]);
    settle(terminal.process());
    rests(&terminal, "before the start");
}
