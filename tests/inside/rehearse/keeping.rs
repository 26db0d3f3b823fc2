//! What is kept of a rehearsal, and where: also when it cannot be.

use super::{
    STATE, begins, leaves, lutrin, press, rehearses, rehearses_in, report, row, runs, says, spent, told,
    until_recorded,
};
use crate::pty::{Folder, Seen, deck_of, key};

#[test]
fn a_run_that_shall_not_be_kept_leaves_no_file() {
    let (folder, mut terminal) = rehearses(3, &["--no-record"]);
    press(&mut terminal, "l", "2/3");
    let text = leaves(&mut terminal);
    assert!(text.contains("partial: 2 of 3 slides"), "{text}");
    assert!(!folder.path().join("state").exists());
}

#[test]
fn a_file_that_is_named_takes_all_runs() {
    let folder = Folder::with("deck.md", deck_of(3));
    for _ in 0..2 {
        let mut terminal = lutrin(&folder, &["rehearse", "deck.md", "--record", "runs"]).go();
        terminal.is_at("1/3");
        // Neither is gone on with.
        press(&mut terminal, "P", "0:00");
        press(&mut terminal, "l", "2/3");
        leaves(&mut terminal);
    }
    let all = report(&folder, &["deck.md", "--record", "runs", "--runs"]).expect("they were recorded");
    assert_eq!(all["runs"].as_array().map(Vec::len), Some(2));
    assert!(!folder.path().join("state").exists());
}

#[test]
fn one_who_starts_over_gets_a_second_run_in_the_same_file() {
    let (folder, mut terminal) = rehearses(3, &["--record", "runs"]);
    press(&mut terminal, "l", "2/3");
    terminal.types("X");
    terminal.shows("Enter starts over");
    press(&mut terminal, "\r", "not started");
    begins(&mut terminal);
    press(&mut terminal, "l", "2/3");
    assert!(!terminal.sees(|seen| seen.has_bytes("not recorded")));
    leaves(&mut terminal);
    let all = report(&folder, &["deck.md", "--record", "runs", "--runs"]).expect("they were recorded");
    assert_eq!(all["runs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_folder_that_cannot_be_made_is_said_and_the_talk_goes_on() {
    let folder = Folder::with("deck.md", deck_of(3));
    folder.put("state", "no folder");
    let mut terminal = rehearses_in(&folder, &[]);
    begins(&mut terminal);
    says(&terminal, "this run is not recorded: ");
    press(&mut terminal, "l", "2/3");
    let text = leaves(&mut terminal);
    assert!(text.contains("partial: 2 of 3 slides"), "{text}");
    assert_eq!(folder.read("state"), "no folder");
}

#[test]
fn a_file_with_something_else_in_it_is_left_alone() {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = rehearses_in(&folder, &["--record", "deck.md"]);
    begins(&mut terminal);
    says(&terminal, "this run is not recorded: ");
    leaves(&mut terminal);
    assert_eq!(folder.read("deck.md"), deck_of(3));
}

#[test]
fn two_rehearsals_at_once_are_two_runs() {
    let (folder, mut first) = rehearses(4, &[]);
    begins(&mut first);
    until_recorded(&folder, &["deck.md", "--runs"], |all| {
        all["runs"].as_array().is_some_and(|all| all.len() == 1)
    });
    let mut second = rehearses_in(&folder, &[]);
    press(&mut second, "lll", "4/4");
    assert!(second.sees(|seen| !seen.text().contains("a run ended")), "the first one has not ended");
    press(&mut first, "l", "2/4");
    leaves(&mut second);
    leaves(&mut first);
    assert_eq!(runs(&folder), 2);
    let shown =
        |run| report(&folder, &["deck.md", "--run", run]).expect("it was recorded")["slides_shown"].clone();
    assert_eq!((shown("1"), shown("2")), (2.into(), 4.into()));
}

#[test]
fn two_rehearsals_do_not_share_a_file() {
    let (folder, mut first) = rehearses(4, &["--record", "runs"]);
    begins(&mut first);
    until_recorded(&folder, &["--record", "runs"], |_| true);
    let mut second = rehearses_in(&folder, &["--record", "runs"]);
    begins(&mut second);
    says(&second, "this run is not recorded: another run is being re");
    leaves(&mut second);
    leaves(&mut first);
    let all = report(&folder, &["--record", "runs", "--runs"]).expect("one was recorded");
    assert_eq!(all["runs"].as_array().map(Vec::len), Some(1));
}
