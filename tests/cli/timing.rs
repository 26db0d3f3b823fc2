//! `lutrin timing`: what was rehearsed comes into the deck's file, when somebody says yes, and nothing else changes there.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;

use jiff::Timestamp;
use lutrin::rehearsal::{Entry, Header, Listed, RecordLine};
use lutrin::{parse, source};
use rstest::rstest;

use crate::pipes::run;
use crate::pty::{Folder, Seen, Start};

const DECK: &str = "# One\n\nfirst words\n\n---\n\n<!-- .slide: class=\"a\" -->\n## Two\n\n---\n\nthree\n";
const TIMED: &str = "# One\n\nfirst words\n<!-- .slide: data-timing=\"90\" -->\n\n---\n\n\
    <!-- .slide: class=\"a\" data-timing=\"31\" -->\n## Two\n\n---\n\nthree\n";

/// Returns a folder with a deck, and a record in which its first slides were rehearsed for so many seconds.
fn rehearsed(deck: &[u8], seconds: &[f64]) -> Folder {
    let folder = Folder::with("talk.md", deck);
    let deck = parse::open(source::decode(deck).expect("it is text"), None);
    let entries = Entry::all(&deck, |slide| parse::slide(&deck, slide));
    let slides = entries.iter().map(|entry| Listed {
        key: entry.key.clone(),
        number: entry.number,
        counts: entry.counts,
        ..Listed::default()
    });
    let header = Header {
        version: 1,
        deck: String::new(),
        title: "a talk".to_owned(),
        started: Timestamp::UNIX_EPOCH,
        planned_seconds: None,
        tolerance_seconds: 60.0,
        slides: slides.collect(),
    };
    let mut at = Timestamp::UNIX_EPOCH;
    let mut lines = vec![RecordLine::Run(header)];
    for (entry, &seconds) in entries.iter().zip(seconds) {
        at += Duration::from_secs_f64(seconds);
        lines.push(RecordLine::Lap { at, key: entry.key.clone(), step: 0, seconds, new: true, next: None });
    }
    lines.push(RecordLine::End { at });
    let lines: Vec<_> = lines.iter().map(|line| serde_json::to_string(line).expect("plain data")).collect();
    folder.put("runs.jsonl", lines.join("\n") + "\n");
    folder
}

/// Runs `lutrin timing` without a terminal, and returns how it ended, what it showed and what it told.
fn timing(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(folder, &[&["timing", "--record", "runs.jsonl"], arguments].concat(), b"");
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("words are UTF-8");
    (output.status.code(), words(output.stdout), words(output.stderr))
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let folder = rehearsed(DECK.as_bytes(), &[89.6, 31.2]);
    let (code, shown, told) = timing(&folder, &["talk.md", "--dry-run"]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    for line in [
        "--- talk.md",
        "+<!-- .slide: data-timing=\"90\" -->",
        "-<!-- .slide: class=\"a\" -->",
        "+<!-- .slide: class=\"a\" data-timing=\"31\" -->",
        "2 slides get another time; 2 of 3 are timed, together 2:01",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} is missing in:\n{shown}");
    }
    assert!(!shown.contains('\x1b'), "colours for nobody: {shown:?}");
    assert_eq!(folder.read("talk.md"), DECK);
}

#[test]
fn without_a_terminal_nobody_says_yes() {
    let folder = rehearsed(DECK.as_bytes(), &[90.0, 31.0]);
    let (code, shown, told) = timing(&folder, &["talk.md"]);
    assert_eq!(code, Some(2));
    assert!(shown.contains("+<!-- .slide: data-timing=\"90\" -->"), "{shown}");
    assert!(told.contains("no terminal to ask on") && told.contains("`--yes`"), "{told}");
    assert_eq!(folder.read("talk.md"), DECK);
}

#[rstest]
#[case::plain(DECK.to_owned(), TIMED.to_owned())]
#[case::windows(DECK.replace('\n', "\r\n"), TIMED.replace('\n', "\r\n"))]
#[case::old_mac(DECK.replace('\n', "\r"), TIMED.replace('\n', "\r"))]
#[case::mixed(DECK.replacen("\n\n", "\r\n\r\n", 1), TIMED.replacen("\n\n", "\r\n\r\n", 1))]
#[case::marked(format!("\u{feff}{DECK}"), format!("\u{feff}{TIMED}"))]
#[case::no_last_line_end(DECK.trim_end().to_owned(), TIMED.trim_end().to_owned())]
fn lines_are_written_and_all_other_bytes_stay(#[case] deck: String, #[case] expected: String) {
    let folder = rehearsed(deck.as_bytes(), &[90.0, 31.0]);
    let (code, shown, told) = timing(&folder, &["talk.md", "--yes"]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert!(shown.ends_with("wrote these 2 lines into `talk.md`\n"), "{shown}");
    assert_eq!(folder.read("talk.md"), expected);
    let (code, shown, _) = timing(&folder, &["talk.md"]);
    assert_eq!(code, Some(0), "nothing is left to ask");
    assert!(shown.starts_with("nothing to change") && shown.lines().count() == 1, "{shown}");
    assert_eq!(folder.read("talk.md"), expected);
}

#[test]
fn a_link_stays_a_link() {
    let folder = rehearsed(DECK.as_bytes(), &[90.0, 31.0]);
    symlink("talk.md", folder.path().join("link.md")).unwrap();
    assert_eq!(timing(&folder, &["link.md", "--yes"]).0, Some(0));
    assert!(fs::symlink_metadata(folder.path().join("link.md")).unwrap().is_symlink());
    assert_eq!(folder.read("talk.md"), TIMED);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "something was left behind");
}

#[rstest]
#[case::yes("y\r", TIMED, "wrote these 2 lines")]
#[case::no("\r", DECK, "nothing is written")]
fn a_speaker_is_asked(#[case] answer: &str, #[case] expected: &str, #[case] words: &str) {
    let folder = rehearsed(DECK.as_bytes(), &[90.0, 31.0]);
    let arguments = ["timing", "talk.md", "--record", "runs.jsonl"];
    let mut terminal = Start::lutrin(&folder, &arguments).sized(100, 50).go();
    terminal.shows("write these 2 lines into `talk.md`? [y/N]");
    assert_eq!(folder.read("talk.md"), DECK);
    terminal.types(answer);
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows(words);
    assert!(terminal.sees(Seen::text_sent).contains("\x1b[32m+<!-- .slide"));
    assert_eq!(folder.read("talk.md"), expected);
}

#[test]
fn no_color_is_heeded() {
    let folder = rehearsed(DECK.as_bytes(), &[90.0, 31.0]);
    let arguments = ["timing", "talk.md", "--record", "runs.jsonl", "--dry-run"];
    let mut terminal = Start::lutrin(&folder, &arguments).sized(100, 50).with("NO_COLOR", "1").go();
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!terminal.sees(Seen::text_sent).contains('\x1b'));
}

#[test]
fn separators_of_the_command_line_and_of_the_deck_are_heeded() {
    let deck = "---\nseparator: '^%%$'\n---\nA\n%%\nB\n\n---\n\nb\n";
    let folder = rehearsed(deck.as_bytes(), &[70.0, 80.0]);
    assert_eq!(timing(&folder, &["talk.md", "--yes"]).0, Some(0));
    let line = |seconds: u8| format!("<!-- .slide: data-timing=\"{seconds}\" -->");
    let expected = deck.replace("A\n", &format!("A\n{}\n", line(70))) + &line(80) + "\n";
    assert_eq!(folder.read("talk.md"), expected);
    // As one slide the deck has not been rehearsed.
    let (code, _, told) = timing(&folder, &["talk.md", "--separator", "^@@$", "--yes"]);
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(folder.read("talk.md"), expected);
}

#[rstest]
#[case::no_deck(&[], 2, &["cannot be changed", "lutrin timing talk.md"])]
#[case::standard_input(&["-"], 2, &["standard input", "lutrin timing talk.md"])]
#[case::no_such_run(&["talk.md", "--run", "7"], 1, &["no run 7", "`lutrin report --runs talk.md`"])]
#[case::no_number(&["talk.md", "--run", "first"], 2, &["first", "median"])]
#[case::both(&["talk.md", "--yes", "--dry-run"], 2, &["--yes", "--dry-run"])]
#[case::another_deck(&["other.md", "--yes"], 1, &["as it is written now", "`lutrin rehearse other.md`"])]
#[case::other_letters(&["latin.md", "--yes"], 1, &["`latin.md` is not UTF-8", "hint"])]
#[case::wide_letters(&["wide.md", "--yes"], 1, &["`wide.md` is not UTF-8", "hint"])]
fn what_cannot_be_is_refused(#[case] arguments: &[&str], #[case] status: i32, #[case] words: &[&str]) {
    let folder = rehearsed(DECK.as_bytes(), &[90.0, 31.0]);
    folder.put("other.md", "# Another\n");
    folder.put("latin.md", b"# \xC9t\xE9\n");
    folder.put("wide.md", b"\xFF\xFE#\0 \0A\0");
    let (code, shown, told) = timing(&folder, arguments);
    assert_eq!((code, shown.as_str()), (Some(status), ""), "{told}");
    for word in words {
        assert!(told.contains(word), "{word} is missing in:\n{told}");
    }
    assert_eq!(folder.read("talk.md"), DECK);
    assert_eq!(folder.read("other.md"), "# Another\n");
}

#[test]
fn without_runs_it_says_how_to_get_one() {
    let folder = Folder::with("talk.md", DECK);
    let mut terminal = Start::lutrin(&folder, &["timing", "talk.md"])
        .with("XDG_STATE_HOME", &folder.path().to_string_lossy())
        .go();
    assert_eq!(terminal.ends().exit_code(), 1);
    terminal.shows("no run of `talk.md` is kept");
    terminal.shows("`lutrin rehearse talk.md`");
}
