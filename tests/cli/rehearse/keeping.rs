//! Rehearsals of what came from standard input, and of a program that was suspended.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{STATE, press, report, row, says, spent, told};
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
