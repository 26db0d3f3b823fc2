//! Keys on their way from the terminal: early ones, broken ones, unknown ones, and those of a clicker.

use std::thread::sleep;
use std::time::Duration;

use rstest::rstest;

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
fn escape_closes_help_and_does_nothing_else() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("l?");
    terminal.shows("next: the rest");
    terminal.types(key::ESC);
    terminal.until("slide without help", |seen| !seen.text().contains("next: the rest"));
    terminal.is_at("2/32");
    for _ in 0..3 {
        terminal.types(key::ESC);
        a_moment_passes();
    }
    terminal.types("l");
    terminal.is_at("3/32");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[rstest]
#[case::f5(key::F5)]
#[case::shift_f5(key::SHIFT_F5)]
#[case::shift_f5_of_rxvt("\x1b[28~")]
#[case::f1("\x1bOP")]
#[case::f1_of_the_console("\x1b[[A")]
#[case::insert_and_delete("\x1b[2~\x1b[3~")]
#[case::focus_and_mouse("\x1b[I\x1b[O\x1b[<0;3;4M\x1b[<0;3;4m")]
#[case::media("\x1b[57428u\x1b[57430u")]
#[case::release("\x1b[113;1:3u")]
#[case::nobody_knows("\x1b[=9;9z\x1b[?1;2w\x1b[99~\x1bOz")]
#[case::strings("\x1b_Gi=1;OK\x1b\\\x1b^quit\x1b\\\x1b]99;q\x07\x1bP1$rq\x1b\\")]
#[case::letters_nobody_bound("%&yuv")]
#[case::broken_letters("\u{e9}\u{4e2d}")]
fn what_means_nothing_does_nothing(#[case] keys: &str) {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("l");
    terminal.is_at("2/32");
    terminal.types(keys);
    terminal.types("l");
    terminal.is_at("3/32");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("left at slide 3;");
}

#[test]
fn a_clicker_never_quits_and_loses_no_slide() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    for place in ["2/32", "3/32", "4/32"] {
        terminal.types(key::PAGE_DOWN);
        terminal.is_at(place);
    }
    terminal.types(".");
    terminal.until("blank stage", |seen| seen.text().trim().is_empty());
    terminal.types(key::PAGE_DOWN);
    terminal.is_at("4/32");
    terminal.types(key::F5);
    terminal.types(key::ESC);
    // A hand needs this long between two buttons; without it the two would be one key of some terminals.
    a_moment_passes();
    terminal.is_at("4/32");
    terminal.types(key::PAGE_UP);
    terminal.is_at("3/32");
}

#[test]
fn a_paste_types_nothing_that_a_sequence_would() {
    let folder = Folder::empty();
    let mut terminal = lecture(&folder);
    terminal.types("\x1b[200~qqlll\x1b[201~");
    terminal.types("l");
    terminal.is_at("2/32");
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
