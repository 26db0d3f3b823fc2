//! The clock in a talk: nothing is recorded, and little shown, unless somebody asks.

use std::time::Duration;

use super::{leaves, lutrin, press, report, row, says};
use crate::pty::{Folder, Seen, Terminal, deck_of, sleep};

fn presents(deck: &str, options: &[&str]) -> (Folder, Terminal) {
    let folder = Folder::with("deck.md", deck);
    let terminal = lutrin(&folder, &[&["deck.md"], options].concat()).go();
    terminal.is_at("1/4");
    (folder, terminal)
}

#[test]
fn with_a_plan_it_is_a_mark_in_the_line_of_progress() {
    let (folder, mut terminal) = presents(&deck_of(4), &["--timer", "--duration", "20s"]);
    says(&terminal, "╋");
    let marked = |seen: &Seen| row(seen).chars().position(|glyph| glyph == '╋');
    let before = terminal.sees(marked);
    press(&mut terminal, "l", "2/4");
    terminal.until("mark that moves", |seen| marked(seen) > before);
    assert!(terminal.sees(|seen| !row(seen).contains("ahead") && !row(seen).contains(':')));
    let text = leaves(&mut terminal);
    assert!(!text.contains("partial"), "{text}");
    assert!(!folder.path().join("state").exists());
}

#[test]
fn without_a_plan_it_is_the_time_that_has_passed() {
    let (_folder, mut terminal) = presents(&deck_of(4), &["--timer"]);
    says(&terminal, " 0:00 ");
    press(&mut terminal, "l", "2/4");
    says(&terminal, " 0:01 ");
    leaves(&mut terminal);
}

#[test]
fn where_the_author_wants_no_line_of_progress_it_is_the_time_too() {
    let deck = format!("---\nprogress: false\n---\n{}", deck_of(4));
    let (_folder, mut terminal) = presents(&deck, &["--timer", "--duration", "10m"]);
    says(&terminal, " 0:00 ");
    leaves(&mut terminal);
}

#[test]
fn it_has_three_faces() {
    let deck = format!("---\nduration: 10m\n---\n{}", deck_of(4));
    let (folder, mut terminal) = presents(&deck, &[]);
    press(&mut terminal, "l", "2/4");
    let bare = terminal.sees(row);
    press(&mut terminal, "P", "no clock is shown");
    press(&mut terminal, "t", "╋");
    press(&mut terminal, "t", "/10:00");
    terminal.types("t");
    terminal.until("row without a clock", |seen| row(seen) == bare);
    press(&mut terminal, "t", "╋");
    leaves(&mut terminal);
    assert!(!folder.path().join("state").exists());
}

#[test]
fn it_has_counted_since_the_first_step_when_it_is_asked_for_later() {
    let (_folder, mut terminal) = presents(&deck_of(4), &["--duration", "10m"]);
    press(&mut terminal, "l", "2/4");
    sleep(Duration::from_secs(1));
    terminal.types("tt");
    terminal.until("clock that counts", |seen| {
        row(seen).contains("/10:00") && !row(seen).contains("not started")
    });
    assert!(terminal.sees(|seen| !row(seen).contains(" 0:00/10:00")));
}

#[test]
fn a_talk_is_recorded_on_request() {
    for options in [&["--timer", "--record", "talk"][..], &["--record", "talk"]] {
        let (folder, mut terminal) = presents(&deck_of(4), options);
        press(&mut terminal, "lll", "4/4");
        let text = leaves(&mut terminal);
        assert!(!text.contains("slide 1 took"), "a talk is not reported: {text}");
        let report = report(&folder, &["deck.md", "--record", "talk"]).expect("it was recorded");
        assert_eq!((&report["complete"], &report["slides_shown"]), (&true.into(), &4.into()));
        assert!(!folder.path().join("state").exists());
    }
}
