//! Rehearsals on a terminal: what the speaker sees of the clock and does with it, and what is found in the report
//! afterwards. How a clock counts and what a report says is tested elsewhere.

#[path = "rehearse/keeping.rs"]
mod keeping;
#[path = "rehearse/refusals.rs"]
mod refusals;
#[path = "rehearse/signals.rs"]
mod signals;

use std::thread::sleep;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::pty::Folder;
use crate::rehearsals::{
    Obeyed, STATE, begins, leaves, lecture, lutrin, press, rehearses, report, row, runs, says, spent, told,
    until_recorded,
};

#[test]
fn what_ships_is_rehearsed_killed_and_reported() {
    five_slides_outlive_a_kill(&[]);
}

#[test]
fn a_lecture_is_rehearsed_killed_and_reported() {
    // Passed over where there is none.
    if let Some(path) = lecture() {
        five_slides_outlive_a_kill(&[&path]);
    }
}

/// Rehearses five slides and comes to the sixth, is killed there, and is told of in the report.
fn five_slides_outlive_a_kill(deck: &[&str]) {
    const NEXT_SLIDE: &str = "\x1b[1;3C";
    let folder = Folder::empty();
    let mut terminal = lutrin(&folder, &[&["rehearse"], deck].concat()).go();
    says(&terminal, "not started");
    let count = terminal.sees(|seen| row(seen).trim().rsplit_once('/').expect("a number").1.to_owned());
    let mut obeyed = vec![begins(&mut terminal)];
    for number in 2..=6 {
        sleep(Duration::from_millis(100 * number % 300));
        obeyed.push(Obeyed::by(&mut terminal, NEXT_SLIDE, |row| row.contains(&format!(" {number}/{count}"))));
    }
    let has_five = |report: &Value| report["slides_shown"] == 5;
    until_recorded(&folder, deck, has_five);
    terminal.signals(Signal::KILL);
    assert_eq!(terminal.ends().signal(), Some("Killed"));
    let told = report(&folder, deck).expect("a run was recorded");
    assert_eq!((&told["complete"], &told["slides_shown"]), (&false.into(), &5.into()));
    for (nth, times) in obeyed.windows(2).enumerate() {
        let (seconds, visits) = spent(&told, nth + 1);
        times[0].until(&times[1], seconds);
        assert_eq!((&told["slides"][nth]["number"], visits), (&(nth + 1).into(), 1));
    }
    let total = told["total_seconds"].as_f64().expect("a number");
    obeyed[0].until(&obeyed[5], total);
    assert_eq!(told["slides"][6]["visits"], 0);
}
