//! Terminals that keep pictures: nothing stays when the talk is ended or stopped from outside.

use rstest::rstest;
use rustix::process::Signal;

use super::{cost, files_left, folder, is_on, sent, start};
use crate::pty::{Folder, LUTRIN, Start, Terminal, bash, key};
use crate::scripted::Kind;

fn presents(folder: &Folder, kind: Kind) -> Terminal {
    let terminal = start(folder, kind, &[]).go();
    is_on(&terminal, 1);
    terminal
}

#[rstest]
#[case::term(Signal::TERM)]
#[case::hup(Signal::HUP)]
#[case::int(Signal::INT)]
fn a_signal_leaves_nothing_up_and_no_file(#[case] signal: Signal) {
    let folder = folder();
    let mut terminal = presents(&folder, Kind::Kitty);
    cost(&mut terminal, "l", 2);
    terminal.signals(signal);
    terminal.ends();
    assert!(terminal.sees(|seen| seen.scripted().colors().is_empty()));
    assert_eq!(files_left(&folder), 0);
}

#[test]
fn who_is_killed_leaves_a_few_files_at_most() {
    let folder = folder();
    let mut terminal = presents(&folder, Kind::Kitty);
    cost(&mut terminal, "l", 2);
    terminal.signals(Signal::KILL);
    terminal.ends();
    assert!(files_left(&folder) <= 4, "{}", files_left(&folder));
}

#[test]
fn after_control_z_and_fg_everything_is_there_again() {
    let folder = folder();
    let prepare = |start: Start| {
        start.on(Kind::Kitty).with("TMPDIR", folder.path().join("temporary").to_str().unwrap())
    };
    let Some(mut terminal) = bash(&folder, prepare) else { return };
    terminal.types(&format!("{LUTRIN} deck.md\r"));
    is_on(&terminal, 1);
    cost(&mut terminal, "l", 2);
    for _ in 0..2 {
        let before = sent(&terminal);
        terminal.types(key::CTRL_Z);
        terminal.until("stopped job", |seen| !seen.is_on_stage() && seen.text().contains("Stopped"));
        assert!(terminal.sees(|seen| seen.scripted().colors().is_empty() && seen.scripted().kept() == 0));
        terminal.types("clear; fg\r");
        is_on(&terminal, 2);
        assert!(sent(&terminal) > before, "who knows what the shell did");
    }
    cost(&mut terminal, "h", 1);
    terminal.types("q");
    terminal.shows("left at slide 1;");
    assert!(terminal.sees(|seen| seen.scripted().colors().is_empty()));
    assert_eq!(files_left(&folder), 0);
}
