//! What a rehearsal is asked for: its part, its length, its hours.

use jiff::{SignedDuration, Timestamp};

use super::{begins, leaves, lutrin, press, rehearses, row, says, told};
use crate::pty::{Folder, Terminal, deck_of, key};

#[test]
fn a_part_of_a_deck_is_rehearsed() {
    let (folder, mut terminal) = rehearses(8, &["--from", "3", "--until", "5", "--duration", "9m"]);
    says(&terminal, "3/8");
    says(&terminal, "talk 0:00/9:00");
    press(&mut terminal, "ll", "5/8");
    terminal.types("l");
    terminal.shows("keep this run, and leave");
    terminal.types("\r");
    super::is_left(&mut terminal);
    let told = told(&folder);
    assert_eq!((&told["complete"], &told["slides_counted"]), (&true.into(), &3.into()));
    assert_eq!(told["planned_seconds"], 540.0);
}

/// Returns a time of day so many minutes from now, where the clocks are those of Greenwich.
fn in_minutes(minutes: i64) -> String {
    let then = Timestamp::now().checked_add(SignedDuration::from_mins(minutes)).expect("a time");
    then.strftime("%H:%M").to_string()
}

/// A rehearsal at Greenwich.
fn at_greenwich(options: &[&str]) -> (Folder, Terminal) {
    let folder = Folder::with("deck.md", deck_of(3));
    let arguments = [&["rehearse", "deck.md"], options].concat();
    let terminal = lutrin(&folder, &arguments).with("TZ", "UTC").go();
    (folder, terminal)
}

#[test]
fn before_the_start_the_time_is_counted_down() {
    let (_folder, mut terminal) = at_greenwich(&["--start", &in_minutes(5), "--duration", "10m"]);
    says(&terminal, "starts in 4:");
    says(&terminal, "talk 0:00/10:00");
    begins(&mut terminal);
    terminal.until("start", |seen| !row(seen).contains("starts in") && row(seen).contains("0:00/10:00"));
    leaves(&mut terminal);
}

#[test]
fn a_start_with_an_end_is_a_length() {
    let (_folder, mut terminal) = at_greenwich(&["--start", &in_minutes(15), "--end", &in_minutes(45)]);
    says(&terminal, "starts in 14:");
    says(&terminal, "talk 0:00/30:00");
    leaves(&mut terminal);
}

#[test]
fn a_length_with_an_end_is_a_start() {
    let (_folder, mut terminal) = at_greenwich(&["--duration", "30m", "--end", &in_minutes(45)]);
    says(&terminal, "starts in 14:");
    leaves(&mut terminal);
}

#[test]
fn a_talk_that_only_has_an_end_has_all_the_time_until_then() {
    let end = in_minutes(30);
    let (_folder, mut terminal) = at_greenwich(&["--end", &end]);
    says(&terminal, "not started  talk 0:00/29:");
    begins(&mut terminal);
    says(&terminal, &format!("→ {end}"));
    leaves(&mut terminal);
}

#[test]
fn the_tolerance_is_heeded() {
    let (_folder, mut terminal) = rehearses(3, &["--duration", "6m", "--tolerance", "3m"]);
    press(&mut terminal, key::RIGHT, "on time");
    press(&mut terminal, key::RIGHT, "ahead 3:5");
    leaves(&mut terminal);
}
