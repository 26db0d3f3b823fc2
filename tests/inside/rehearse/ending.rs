//! How a rehearsal ends, and what becomes of it then.

use rstest::rstest;

use super::{begins, is_left, leaves, press, rehearses, row, runs, told};
use crate::pty::{Folder, Seen, Terminal, key};

/// A rehearsal that has come to its end.
fn over() -> (Folder, Terminal) {
    let (folder, mut terminal) = rehearses(3, &["--duration", "6m"]);
    begins(&mut terminal);
    press(&mut terminal, "ll", "3/3");
    terminal.types(key::RIGHT);
    terminal.shows("keep this run, and leave");
    terminal.until("clock that stands", |seen| row(seen).contains("over"));
    (folder, terminal)
}

#[rstest]
#[case::by_choice("\r")]
#[case::by_q("q")]
#[case::by_ctrl_c(key::CTRL_C)]
fn it_is_kept(#[case] keys: &str) {
    let (folder, mut terminal) = over();
    terminal.types(keys);
    let text = is_left(&mut terminal);
    assert!(text.contains("took") && text.contains("less than planned"), "{text}");
    let told = told(&folder);
    assert_eq!((&told["complete"], &told["planned_seconds"]), (&true.into(), &360.0.into()));
}

#[test]
fn it_is_discarded() {
    let (folder, mut terminal) = over();
    terminal.types("j\r");
    let text = is_left(&mut terminal);
    assert!(text.contains("this run is discarded") && !text.contains("less than planned"), "{text}");
    assert_eq!(runs(&folder), 0);
}

#[rstest]
#[case::by_choice("jj\r")]
#[case::by_esc(key::ESC)]
fn it_goes_on(#[case] keys: &str) {
    let (folder, mut terminal) = over();
    terminal.types(keys);
    terminal.until("talk that goes on", |seen| {
        !seen.text().contains("keep this run") && !row(seen).contains("over")
    });
    press(&mut terminal, "h", "2/3");
    leaves(&mut terminal);
    let told = told(&folder);
    assert_eq!((&told["complete"], &told["slides"][1]["visits"]), (&true.into(), &2.into()));
    assert!(told["paused_seconds"].as_f64() > Some(0.0), "{told}");
}

#[test]
fn the_end_of_a_part_is_an_end_from_which_one_may_go_on() {
    let (folder, mut terminal) = rehearses(6, &["--until", "2"]);
    press(&mut terminal, "l", "2/6");
    terminal.types("l");
    terminal.shows("go on with the talk");
    terminal.types(key::ESC);
    terminal.until("talk that goes on", |seen| !seen.text().contains("go on with the talk"));
    press(&mut terminal, "l", "3/6");
    leaves(&mut terminal);
    let told = told(&folder);
    let counted = (&told["complete"], &told["slides_counted"], &told["slides"][2]["counts"]);
    assert_eq!(counted, (&true.into(), &2.into(), &false.into()));
}

#[rstest]
#[case::from_the_slide("q")]
#[case::from_a_pause("Pq")]
#[case::from_a_question("iq")]
#[case::from_a_blank_stage("bq")]
#[case::from_the_notes("sq")]
#[case::from_an_overlay("o\x03")]
#[case::from_a_prompt("g\x03")]
#[case::from_another_question("X\x03")]
#[case::half_way_through_a_number("2q")]
fn it_can_be_left_at_any_moment(#[case] keys: &str) {
    let (folder, mut terminal) = rehearses(3, &[]);
    press(&mut terminal, "l", "2/3");
    terminal.types(keys);
    let text = is_left(&mut terminal);
    assert!(text.contains("partial: 2 of 3 slides"), "{text}");
    assert_eq!(told(&folder)["slides_shown"], 2);
}
