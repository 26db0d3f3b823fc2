//! `lutrin show`: pictures on the ordinary screen, one under the other.

use std::time::{Duration, Instant};

use crate::images::png;
use crate::pipes::run;
use crate::pty::{Folder, Seen, Start, Terminal};

const ATTRIBUTES: &str = "\x1b[c";

fn folder() -> Folder {
    let folder = Folder::with("red.png", png(400, 100, [255, 0, 0]));
    folder.put("blue.png", png(100, 100, [0, 0, 255]));
    folder.put("torn.png", &png(400, 100, [0, 255, 0])[..60]);
    folder
}

/// Counts the times that something was asked.
fn asked(seen: &Seen, question: &str) -> usize {
    seen.text_sent().matches(question).count()
}

#[track_caller]
fn answers(terminal: &mut Terminal, question: &str, times: usize, answer: &str) {
    terminal.until(question, |seen| asked(seen, question) >= times);
    terminal.types(answer);
}

#[test]
fn on_a_mute_terminal_pictures_stand_in_half_blocks_and_names_below() {
    let (folder, begin) = (folder(), Instant::now());
    let mut terminal = Start::lutrin(&folder, &["show", "red.png", "blue.png"]).sized(60, 60).go();
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(begin.elapsed() < Duration::from_secs(5), "it took {:?}", begin.elapsed());
    terminal.shows("red.png");
    terminal.shows("blue.png");
    let sent = terminal.sees(Seen::text_sent);
    assert!(sent.contains("48;2;255;0;0") && sent.contains("48;2;0;0;255"), "both colours");
    // 60 columns of 10 pixels are 600 wide, so 150 high, 7.5 rows.
    let rows = terminal.sees(Seen::text).lines().position(|line| line.contains("red.png"));
    assert_eq!(rows, Some(8));
}

#[test]
fn what_is_missing_or_torn_is_told_and_the_others_are_shown() {
    let folder = folder();
    let files = ["show", "gone.png", "torn.png", ".", "red.png"];
    let mut terminal = Start::lutrin(&folder, &files).sized(60, 30).go();
    assert_eq!(terminal.ends().exit_code(), 1);
    for words in ["`gone.png`: no such file", "`torn.png`: ", "`.`: it is a folder", "red.png"] {
        terminal.shows(words);
    }
    assert!(terminal.sees(Seen::text_sent).contains("48;2;255;0;0"));
    assert!(!terminal.sees(Seen::text_sent).contains("48;2;0;255;0"));
}

#[test]
fn a_kitty_gets_kittys_protocol() {
    let folder = folder();
    let mut terminal = Start::lutrin(&folder, &["show", "red.png"]).with("TERM", "xterm-kitty").go();
    let kitty = "\x1b_Gi=31;OK\x1b\\";
    answers(&mut terminal, ATTRIBUTES, 1, &format!("{kitty}\x1b_Gi=32;OK\x1b\\\x1b[?62;c"));
    // viuer asks again: whether there is kitty at all, then whether it reads files.
    answers(&mut terminal, ATTRIBUTES, 2, &format!("{kitty}\x1b[?62;c"));
    answers(&mut terminal, "i=31,s=1,v=1,a=q,t=t", 1, kitty);
    answers(&mut terminal, "\x1b[5n", 1, "\x1b[0n");
    assert_eq!(terminal.ends().exit_code(), 0);
    let sent = terminal.sees(Seen::text_sent);
    assert!(sent.contains("s=400,v=100,c=80,r=10,a=T,t=t"), "{sent:?}");
    assert!(!sent.contains('▄') && !sent.contains('▀'));
}

#[test]
fn without_a_terminal_or_without_colours_it_says_so() {
    let folder = folder();
    let output = run(&folder, &["show", "red.png"], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("not a terminal"));
    let mut terminal = Start::lutrin(&folder, &["show", "red.png"]).with("NO_COLOR", "1").go();
    assert_eq!(terminal.ends().exit_code(), 1);
    terminal.shows("NO_COLOR is set");
    assert_eq!(run(&folder, &["show"], b"").status.code(), Some(2));
}
