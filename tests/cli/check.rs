//! `lutrin check --terminal` on terminals that answer, and on those that do not.

use std::ffi::OsString;
use std::fs;
use std::time::{Duration, Instant};

use rstest::rstest;
use rustix::process::Signal;

use crate::pipes::run;
use crate::pty::{Folder, Seen, Start, Terminal, signals};

/// The last question to any terminal.
const LAST: &str = "\x1b[c";
/// A shell that stays, with modes of its user's own, so that it shows whether they were given back.
const SHELL: &str = r#"
trap : INT TERM
stty -ixon erase '^H'
echo ready; read ready
sh -c 'echo $$ >process; exec "$LUTRIN" check --terminal'
echo "status $?"; read rest
"#;

const KITTY: &str = "\x1b[1;2R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[4;912;1560t\x1b[6;19;10t\x1b[?2026;2$y\
    \x1bP>|kitty(0.26.5)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?62;c";
const XTERM: &str = "\x1b[1;2R\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?2026;0$y\x1bP>|XTerm(379)\x1b\\\
    \x1b[?1;0;256S\x1b[?63;1;2;4;6;9;15;16;22;28c";
const LATIN: &str = "\x1b[1;3R\x1b[?64;1c";

/// A terminal that was asked from a shell, and its modes before.
fn asked(folder: &Folder, prepare: impl FnOnce(Start) -> Start) -> (Terminal, String) {
    let mut terminal = prepare(Start::shell(folder, SHELL).sized(100, 50)).go();
    terminal.shows("ready");
    let modes = terminal.modes();
    terminal.types("\r");
    terminal.until("last question", |seen| seen.has_bytes(LAST));
    (terminal, modes)
}

#[track_caller]
fn is_given_back(terminal: &mut Terminal, modes: &str) {
    assert_eq!(terminal.modes(), modes);
    assert_eq!(terminal.sees(|seen| seen.mode(1049)), None, "it was not to leave the ordinary screen");
}

#[rstest]
#[case::kitty(KITTY, &["kitty 0.26.5", "1000×950 pixels, a cell has 10×19", "kitty's protocol, by files", "light"])]
#[case::xterm(XTERM, &["XTerm 379", "taken for 10×20", "sixels", "dark, #000000", "UTF-8", "too small for a room"])]
#[case::latin(LATIN, &["not UTF-8", "letters of two colours", "no sixels"])]
fn what_the_terminal_says_is_told(#[case] answers: &str, #[case] words: &[&str]) {
    let (mut terminal, modes) = asked(&Folder::empty(), |start| start);
    terminal.types(answers.replace("912;1560", "950;1000").as_str());
    terminal.shows("status 0");
    for word in words {
        terminal.shows(word);
    }
    for shape in ["test card", "╔", "▚▞", "OverlaySelected", "Warning"] {
        terminal.shows(shape);
    }
    is_given_back(&mut terminal, &modes);
}

#[test]
fn a_mute_terminal_is_not_waited_for_and_drops_what_is_typed() {
    let (mut terminal, modes) = asked(&Folder::empty(), |start| start);
    let begin = Instant::now();
    terminal.types("lq\x03typed");
    terminal.shows("status 0");
    assert!(begin.elapsed() < Duration::from_secs(5), "it took {:?}", begin.elapsed());
    terminal.shows("did not answer");
    assert!(!terminal.sees(Seen::text).contains("typed"), "{}", terminal.sees(Seen::text));
    is_given_back(&mut terminal, &modes);
}

#[test]
fn a_signal_amid_the_questions_gives_the_terminal_back() {
    let folder = Folder::empty();
    // Over ssh an answer may take longer, which leaves the time to interrupt.
    let own_files = folder.path().to_str().unwrap().to_owned();
    let remote = |start: Start| start.with("SSH_TTY", "/dev/pts/0").with("TMPDIR", &own_files);
    let files = || fs::read_dir(folder.path()).unwrap().flatten().map(|file| file.file_name());
    let (mut terminal, modes) = asked(&folder, remote);
    let bait = |name: OsString| name.to_string_lossy().starts_with("tty-graphics-protocol-lutrin-");
    assert!(files().any(bait), "a file for the terminal to read");
    signals(folder.read("process").trim().parse().unwrap(), Signal::TERM);
    terminal.shows("status 143");
    is_given_back(&mut terminal, &modes);
    assert!(!files().any(bait), "the file stayed behind");
}

#[test]
fn a_terminal_that_prints_questions_is_not_asked() {
    let mut terminal =
        Start::lutrin(&Folder::empty(), &["check", "--terminal"]).with("TERM", "linux").sized(80, 40).go();
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!terminal.sees(|seen| seen.has_bytes(LAST)));
    terminal.shows("the Linux console shows nothing but letters");
    assert!(!terminal.sees(|seen| seen.has_bytes("38;2;")), "sixteen colours only");
}

#[test]
fn without_a_terminal_it_says_so() {
    let output = run(&Folder::empty(), &["check", "--terminal"], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("not a terminal") && said.contains("hint"), "{said}");
    let output = run(&Folder::empty(), &["check", "--terminal", "deck.md"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--terminal"));
}
