//! Rehearsals of decks that are edited meanwhile or came from standard input, and of a program that was suspended.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{STATE, begins, leaves, press, rehearses, report, row, runs, says, spent, told};
use crate::pty::{Folder, LUTRIN, Seen, bash, deck_of, key};

#[test]
fn what_came_from_standard_input_is_rehearsed_too() {
    let folder = Folder::with("deck.md", deck_of(3));
    let script = r#"cat deck.md | "$LUTRIN" rehearse -; echo "status $?""#;
    let state = folder.path().join("state");
    let mut terminal = crate::pty::Start::shell(&folder, script).with(STATE, &state.to_string_lossy()).go();
    says(&terminal, "not started");
    press(&mut terminal, "l", "2/3");
    terminal.types("q");
    terminal.ends();
    let text = terminal.sees(Seen::text);
    assert!(text.contains("partial: 2 of 3") && text.contains("status 0"), "{text}");
    assert_eq!(report(&folder, &["-"]).expect("a run was recorded")["slides_shown"], 2);
}

#[test]
fn suspended_time_counts_for_its_slide() {
    let folder = Folder::with("deck.md", deck_of(3));
    let state = folder.path().join("state");
    let Some(mut terminal) = bash(&folder, |start| start.with(STATE, &state.to_string_lossy())) else {
        return;
    };
    terminal.types(&format!("{LUTRIN} rehearse deck.md\r"));
    says(&terminal, "not started");
    press(&mut terminal, "l", "2/3");
    terminal.types(key::CTRL_Z);
    terminal.until("stopped job", |seen| !seen.is_on_stage() && seen.text().contains("Stopped"));
    let begin = Instant::now();
    sleep(Duration::from_secs(1));
    let away = begin.elapsed().as_secs_f64();
    terminal.types("clear; fg\r");
    terminal.until("the slide", |seen| seen.is_on_stage() && row(seen).contains("2/3"));
    press(&mut terminal, "l", "3/3");
    terminal.types("q");
    terminal.shows("left at slide 3");
    terminal.types("exit\r");
    terminal.ends();
    let told = told(&folder);
    assert!(spent(&told, 2).0 >= away, "{told}");
    assert_eq!((spent(&told, 2).1, &told["paused_seconds"]), (1, &0.0.into()));
}

#[test]
fn a_deck_that_is_edited_keeps_its_laps() {
    let (folder, mut terminal) = rehearses(3, &["--duration", "3m"]);
    begins(&mut terminal);
    says(&terminal, " 0:01");
    press(&mut terminal, "l", "2/3");
    folder.put("deck.md", deck_of(4).replace("Words of 2", "Other words"));
    terminal.shows("Other words");
    press(&mut terminal, "l", "3/4");
    assert!(terminal.sees(|seen| row(seen).contains("/3:00") && !row(seen).contains("not started")));
    press(&mut terminal, "l", "4/4");
    leaves(&mut terminal);
    let told = told(&folder);
    assert_eq!((&told["complete"], &told["slides_shown"]), (&true.into(), &4.into()));
    assert!(spent(&told, 1).0 >= 1.0, "{told}");
    let visits: Vec<_> = (1..=4).map(|number| spent(&told, number).1).collect();
    assert_eq!(visits, [1; 4]);
    assert_eq!(runs(&folder), 1);
}

#[test]
fn a_slide_that_is_shown_because_it_was_edited_is_visited() {
    let (folder, mut terminal) = rehearses(4, &[]);
    begins(&mut terminal);
    folder.put("deck.md", deck_of(4).replace("Words of 3", "Other words"));
    terminal.shows("Other words");
    says(&terminal, "3/4");
    press(&mut terminal, "h", "2/4");
    leaves(&mut terminal);
    let told = told(&folder);
    let visits: Vec<_> = (1..=4).map(|number| spent(&told, number).1).collect();
    assert_eq!(visits, [1, 1, 1, 0]);
}

#[test]
fn a_deck_that_is_edited_at_the_end_loses_nothing_that_comes_then() {
    let (folder, mut terminal) = rehearses(2, &[]);
    begins(&mut terminal);
    press(&mut terminal, "ll", "over");
    terminal.shows("keep this run");
    folder.put("deck.md", format!("{}\n---\n\n# More\n\nBehind the end\n", deck_of(2)));
    says(&terminal, "/3");
    terminal.types(crate::pty::key::ESC);
    terminal.until("talk that goes on", |seen| !seen.text().contains("keep this run"));
    says(&terminal, "3/3");
    press(&mut terminal, "h", "2/3");
    leaves(&mut terminal);
    let told = told(&folder);
    let visits: Vec<_> = (1..=3).map(|number| spent(&told, number).1).collect();
    assert_eq!((&told["complete"], visits), (&true.into(), vec![1, 2, 1]));
    assert!(told["paused_seconds"].as_f64() > Some(0.0), "{told}");
}
