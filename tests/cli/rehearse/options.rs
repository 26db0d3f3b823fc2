//! What a rehearsal is asked for: its part, its length, its hours.

use jiff::{SignedDuration, Timestamp};
use rstest::rstest;

use super::{begins, leaves, lutrin, press, rehearses, row, says, told};
use crate::pipes::run;
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

#[rstest]
#[case::duration(&["--duration", "long"], &["`1h10m30s`", "`90`"])]
#[case::no_duration(&["--duration", "1:2:3:4"], &["`45m`"])]
#[case::start(&["--start", "25:00"], &["time of day", "`18:30`"])]
#[case::end(&["--end", "18"], &["time of day", "`18:30`"])]
#[case::stage(&["--stage", "80"], &["columns and rows", "`80x24`"])]
#[case::no_stage(&["--stage", "0x24"], &["`80x24`"])]
#[case::from(&["--from", "0"], &["--from"])]
#[case::until(&["--until", "end"], &["--until"])]
#[case::order(&["--from", "5", "--until", "3"], &["`--from 5` comes after", "`--from 3 --until 5`"])]
#[case::tolerance(&["--tolerance", "some"], &["`90`"])]
#[case::records(&["--no-record", "--record", "x"], &["--no-record", "--record"])]
fn what_cannot_be_is_refused(#[case] options: &[&str], #[case] words: &[&str]) {
    let folder = Folder::with("deck.md", deck_of(3));
    let output = run(&folder, &[&["rehearse", "deck.md"], options].concat(), b"");
    let said = String::from_utf8(output.stderr).expect("words are UTF-8");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    for word in words {
        assert!(said.contains(word), "{word} is missing in:\n{said}");
    }
}

#[test]
fn the_tolerance_is_heeded() {
    let (_folder, mut terminal) = rehearses(3, &["--duration", "6m", "--tolerance", "3m"]);
    press(&mut terminal, key::RIGHT, "on time");
    press(&mut terminal, key::RIGHT, "ahead 3:5");
    leaves(&mut terminal);
}
