//! Keys on their way from the terminal: early ones, broken ones, unknown ones, and those of a clicker.

use std::thread::sleep;
use std::time::Duration;

use crate::pty::{Folder, LUTRIN, Seen, Start, Terminal, a_moment_passes, bash, key};

fn lecture(folder: &Folder) -> Terminal {
    let terminal = Start::lutrin::<&str>(folder, &[]).go();
    terminal.is_at("1/32");
    terminal
}

#[test]
fn keys_typed_before_the_first_frame_are_not_lost() {
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).go();
    terminal.types("lll");
    terminal.is_at("4/32");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn even_leaving_can_be_typed_before_the_first_frame() {
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).go();
    terminal.types("llq");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 3;");
}

#[test]
fn a_key_in_pieces_is_one_key() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    for (first, rest) in [("\x1b", "[C"), ("\x1b[", "C"), ("\x1b[6", "~"), ("\x1bO", "C")] {
        terminal.types(first);
        sleep(Duration::from_millis(20));
        terminal.types(rest);
    }
    terminal.is_at("5/32");
    // A stray letter of them would have been a key: `C` none, but `[6` a number and `O` none.
    terminal.types("l");
    terminal.is_at("6/32");
}

#[test]
fn a_key_cut_by_a_long_pause_is_still_one_key() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("?");
    terminal.shows("next: the rest");
    terminal.types(key::ESC);
    terminal.until("slide without help", |seen| !seen.text().contains("next: the rest"));
    terminal.types("[6~");
    terminal.is_at("2/32");
    terminal.types("l");
    terminal.is_at("3/32");
}

#[test]
fn control_z_lets_the_shell_in_and_fg_comes_back_to_the_same_slide() {
    let folder = Folder::empty();
    let Some(mut terminal) = bash(&folder, |start| start) else { return };
    terminal.types(&format!("{LUTRIN}\r"));
    terminal.is_at("1/32");
    terminal.types("ll");
    terminal.is_at("3/32");
    for _ in 0..2 {
        terminal.types(key::CTRL_Z);
        terminal.until("stopped job", |seen| !seen.is_on_stage() && seen.text().contains("Stopped"));
        assert_eq!(terminal.sees(|seen| seen.mode(25)), Some(true));
        terminal.types("echo demo $((40+2))\r");
        terminal.shows("demo 42");
        terminal.types("clear; fg\r");
        let title = "Kubernetes";
        terminal.until("3/32 on stage", |seen| {
            seen.is_on_stage() && seen.has_word("3/32") && seen.text().contains(title)
        });
    }
    terminal.types("l");
    terminal.is_at("4/32");
    terminal.types("q");
    terminal.shows("left at slide 4;");
    terminal.types("exit\r");
    terminal.ends();
}

#[test]
fn a_talk_that_is_killed_while_it_is_stopped_leaves_the_shell_alone() {
    let folder = Folder::empty();
    let Some(mut terminal) = bash(&folder, |start| start) else { return };
    terminal.types(&format!("{LUTRIN}\r"));
    terminal.is_at("1/32");
    terminal.types(key::CTRL_Z);
    terminal.shows("Stopped");
    terminal.types("kill %1\r");
    // The shell tells of a job's end at its next prompt, and further prompts may have pushed it off the screen.
    let said = |terminal: &Terminal| String::from_utf8_lossy(&terminal.bytes()).contains("Terminated");
    for _ in 0..100 {
        a_moment_passes();
        terminal.types("\r");
        if said(&terminal) {
            break;
        }
    }
    assert!(said(&terminal), "the shell has not told of its end");
    terminal.types("echo demo $((40+2))\r");
    terminal.shows("demo 42");
    assert!(!terminal.sees(Seen::is_on_stage));
    assert_eq!(terminal.sees(|seen| seen.mode(25)), Some(true));
    terminal.types("exit\r");
    terminal.ends();
}

#[test]
fn control_z_without_a_shell_to_come_back_from_does_nothing() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types(key::CTRL_Z);
    terminal.types("l");
    terminal.is_at("2/32");
    assert!(terminal.sees(Seen::is_on_stage));
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
