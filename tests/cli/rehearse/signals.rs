//! What becomes of the record of a rehearsal that a signal ends.

use rstest::rstest;
use rustix::process::Signal;

use super::{press, rehearses, report};
use crate::pty::Seen;

#[rstest]
#[case::term(Signal::TERM, "Terminated")]
#[case::hup(Signal::HUP, "Hangup")]
fn a_signal_ends_the_record_properly(#[case] signal: Signal, #[case] name: &str) {
    let (folder, mut terminal) = rehearses(3, &["--record", "run"]);
    press(&mut terminal, "l", "2/3");
    terminal.signals(signal);
    let status = terminal.ends();
    assert!(status.signal().is_some_and(|seen| seen.starts_with(name)), "{status}");
    assert!(!terminal.sees(Seen::is_on_stage));
    let record = folder.read("run");
    assert!(record.lines().last().is_some_and(|line| line.contains(r#""line":"end""#)), "{record}");
    let report = report(&folder, &["deck.md", "--record", "run"]).expect("a run was recorded");
    assert_eq!(report["slides_shown"], 2);
}
