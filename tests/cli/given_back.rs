//! Whatever ends Lutrin, the terminal is as it was: its modes, its screen, its cursor.

use std::fs;

use rstest::rstest;
use rustix::process::Signal;

use crate::pty::{Folder, Seen, Start, Terminal, a_moment_passes, deck_of, key, signals};

/// A shell that stays when Lutrin has ended: with the last process of a session the system would put the terminal's
/// modes right by itself, and nothing would be seen. Its user has modes of their own.
const SHELL: &str = r#"
trap : INT QUIT HUP TERM
stty -ixon erase '^H'
echo ready; read ready
sh -c 'echo $$ >process; ulimit -n "${FILES:-256}"; exec "$LUTRIN" deck.md'
echo "status $?"; read rest
"#;

struct Shell {
    folder: Folder,
    terminal: Terminal,
    modes: String,
}

impl Shell {
    /// Starts Lutrin from a shell, and waits for nothing.
    fn starts(prepare: impl FnOnce(Start) -> Start) -> Self {
        let folder = Folder::with("deck.md", deck_of(3));
        let mut terminal = prepare(Start::shell(&folder, SHELL)).go();
        terminal.shows("ready");
        let modes = terminal.modes();
        terminal.types("\r");
        Self { folder, terminal, modes }
    }

    /// Starts Lutrin from a shell, and waits for the first slide.
    fn presents() -> Self {
        let mut shell = Self::starts(|start| start);
        shell.terminal.is_at("1/3");
        assert_ne!(shell.terminal.modes(), shell.modes, "a talk needs each key at once");
        assert_eq!(shell.terminal.sees(|seen| seen.mode(25)), Some(false), "the cursor is hidden");
        shell
    }

    fn lutrin(&self) -> i32 {
        self.folder.read("process").trim().parse().expect("a number was written")
    }

    /// Returns how many sockets the talk has, or has left behind.
    fn sockets(&self) -> usize {
        fs::read_dir(self.folder.path().join("lutrin")).expect("the talk has made it").count()
    }

    #[track_caller]
    fn has_its_terminal_back(&mut self, status: &str) {
        self.terminal.shows(status);
        assert_eq!(self.terminal.modes(), self.modes);
        let modes = |seen: &Seen| [1049, 25, 7, 2026].map(|number| seen.mode(number));
        let expected = [Some(false), Some(true), Some(true), Some(false)];
        assert_eq!(self.terminal.sees(modes), expected, "stage, cursor, wrapping, update");
        assert!(!self.terminal.sees(Seen::is_on_stage));
    }
}

#[rstest]
#[case::q("q")]
#[case::ctrl_c(key::CTRL_C)]
#[case::ctrl_c_from_an_overlay("o\x03")]
#[case::ctrl_c_from_black("b\x03")]
fn by_a_key(#[case] keys: &str) {
    let mut shell = Shell::presents();
    shell.terminal.types(keys);
    shell.terminal.shows("left at slide 1;");
    shell.has_its_terminal_back("status 0");
    assert_eq!(shell.sockets(), 0);
}

#[rstest]
#[case::term(Signal::TERM, "status 143")]
#[case::hup(Signal::HUP, "status 129")]
#[case::int(Signal::INT, "status 130")]
#[case::quit(Signal::QUIT, "status 131")]
fn by_a_signal(#[case] signal: Signal, #[case] status: &str) {
    let mut shell = Shell::presents();
    signals(shell.lutrin(), signal);
    shell.has_its_terminal_back(status);
    assert_eq!(shell.sockets(), 0);
}

#[test]
fn by_a_signal_as_soon_as_it_was_taken() {
    for _ in 0..4 {
        let mut shell = Shell::starts(|start| start);
        shell.terminal.until("stage", Seen::is_on_stage);
        signals(shell.lutrin(), Signal::TERM);
        shell.has_its_terminal_back("status 143");
    }
}

#[test]
fn by_an_error_at_any_point_of_the_start() {
    // With so few files Lutrin lacks its signals, then its keys, then nothing.
    let on_stage = (4..=12).map(|files| {
        let mut shell = Shell::starts(|start| start.with("FILES", &files.to_string()));
        shell.terminal.types("q");
        shell.terminal.shows("status ");
        assert_eq!(shell.terminal.modes(), shell.modes, "with {files} files");
        assert!(!shell.terminal.sees(Seen::is_on_stage));
        assert_ne!(shell.terminal.sees(|seen| seen.mode(25)), Some(false), "the cursor is shown");
        assert!(!shell.terminal.sees(|seen| seen.has_bytes("panicked")), "with {files} files");
        let failed = shell.terminal.sees(|seen| seen.has_bytes("lutrin: "));
        failed && shell.terminal.sees(|seen| seen.mode(1049)) == Some(false)
    });
    assert!(on_stage.collect::<Vec<_>>().contains(&true), "none failed once it had the terminal");
}

#[rstest]
#[case::term(Signal::TERM, "Terminated")]
#[case::hup(Signal::HUP, "Hangup")]
#[case::int(Signal::INT, "Interrupt")]
#[case::quit(Signal::QUIT, "Quit")]
fn and_the_parent_sees_which_signal_it_was(#[case] signal: Signal, #[case] name: &str) {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.is_at("1/3");
    terminal.signals(signal);
    let status = terminal.ends();
    assert!(status.signal().is_some_and(|seen| seen.starts_with(name)), "{status}");
    assert!(!terminal.sees(|seen| seen.text().contains("left at")), "a killed talk says nothing");
}

#[test]
fn also_when_stopped_and_continued_from_outside() {
    let mut shell = Shell::presents();
    shell.terminal.types("l");
    shell.terminal.is_at("2/3");
    signals(shell.lutrin(), Signal::STOP);
    signals(shell.lutrin(), Signal::CONT);
    shell.terminal.types("l");
    shell.terminal.is_at("3/3");
    shell.terminal.types("q");
    shell.has_its_terminal_back("status 0");
}

#[test]
fn a_terminal_that_reads_nothing_keeps_nobody_from_ending() {
    let mut shell = Shell::presents();
    shell.terminal.looks_away();
    // More than a pseudo-terminal holds.
    for _ in 0..100 {
        shell.terminal.types(key::CTRL_L);
    }
    signals(shell.lutrin(), Signal::TERM);
    a_moment_passes();
    shell.terminal.looks_back();
    shell.has_its_terminal_back("status 143");
}

#[test]
fn a_terminal_that_is_closed_ends_the_talk() {
    let folder = Folder::with("deck.md", deck_of(3));
    let mut terminal = Start::shell(&folder, r#"exec "$LUTRIN" deck.md 2>errors"#).go();
    terminal.is_at("1/3");
    terminal.hangs_up();
    let status = terminal.ends();
    assert!(status.signal().is_some() || status.exit_code() < 2, "{status}");
    assert!(!folder.read("errors").contains("panic"), "{}", folder.read("errors"));
}

#[rstest]
#[case::with_a_signal(false)]
#[case::without_one(true)]
fn a_terminal_that_is_closed_takes_every_word(#[case] uncontrolled: bool) {
    let folder = Folder::with("deck.md", "# One\n\n![alt](missing.png)\n");
    let start = Start::lutrin(&folder, &["deck.md"]);
    let mut terminal = if uncontrolled { start.uncontrolled().go() } else { start.go() };
    terminal.is_at("1/1");
    terminal.hangs_up();
    let status = terminal.ends();
    // 101 is what a panic ends with.
    assert!(status.signal().is_some() || status.exit_code() < 2, "{status}");
}
