//! Lutrin among other programs: decks that are piped in, words that are piped out, and terminals that are missing.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use rstest::rstest;
use serde_json::Value;

use crate::pty::{Folder, LUTRIN, Start, deck_of};

/// Runs Lutrin without a terminal, with `input` on its standard input.
pub(crate) fn run(folder: &Folder, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(LUTRIN)
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // Lutrin need not read it.
    drop(stdin.write_all(input));
    drop(stdin);
    child.wait_with_output().expect("it is our child")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("words are UTF-8")
}

#[test]
fn presenting_needs_a_terminal_and_says_what_does_not() {
    let folder = Folder::with("deck.md", deck_of(2));
    let output = run(&folder, &["deck.md"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(words(&output.stdout), "");
    let said = words(&output.stderr);
    assert!(said.contains("not a terminal") && said.contains("`lutrin export`"), "{said}");
}

#[test]
fn a_piped_deck_without_a_terminal_for_keys_is_refused() {
    let folder = Folder::with("deck.md", deck_of(2));
    let script = r#"cat deck.md | "$LUTRIN" - 2>errors; echo "status $?""#;
    let mut terminal = Start::shell(&folder, script).uncontrolled().go();
    terminal.ends();
    terminal.shows("status 1");
    assert_eq!(terminal.sees(|seen| seen.mode(1049)), None, "something was drawn");
    let said = folder.read("errors");
    assert!(said.contains("no terminal") && said.contains("hint"), "{said}");
}

#[rstest]
#[case::nothing(b"", "empty")]
#[case::nul(b"# a\0b", "NUL")]
fn what_is_piped_in_may_be_no_deck(#[case] input: &[u8], #[case] word: &str) {
    let output = run(&Folder::empty(), &["export", "-"], input);
    assert_eq!(output.status.code(), Some(1));
    let said = words(&output.stderr);
    assert!(said.contains("standard input") && said.contains(word), "{said}");
}

#[test]
fn an_export_as_json_has_the_slides_words() {
    let deck = "# One\n\nSome *words*\n\n<aside class=\"notes\">Say hello</aside>\n\n---\n\nNo title\n";
    let output = run(&Folder::empty(), &["export", "--format", "json", "-"], deck.as_bytes());
    assert!(output.status.success());
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let slides = json["slides"].as_array().unwrap();
    assert_eq!(slides.len(), 2);
    assert_eq!((&slides[0]["number"], &slides[1]["number"]), (&1.into(), &2.into()));
    assert_eq!(slides[0]["title"], "One");
    assert!(slides[0]["text"].as_str().unwrap().contains("Some words"));
    assert_eq!(slides[0]["notes"], "Say hello");
    assert_eq!(slides[1]["notes"], Value::Null);
    assert_eq!(
        (&slides[0]["words"], &slides[0]["line"], &slides[1]["line"]),
        (&3.into(), &1.into(), &9.into())
    );
    assert!(slides[1]["text"].as_str().unwrap().contains("No title"));
    for slide in slides {
        assert_eq!((&slide["position"], &slide["links"]), (&Value::Null, &Value::Array(Vec::new())));
    }
}

#[test]
fn an_export_of_the_lecture_has_32_slides() {
    let output = run(&Folder::empty(), &["export", "--format", "json"], b"");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["slides"].as_array().unwrap().len(), 32);
    assert_eq!(words(&output.stderr), "");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let folder = Folder::with("deck.md", deck_of(9000));
    let mut child = Command::new(LUTRIN)
        .args(["export", "deck.md"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("Slide1"), "{first}");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), words(&output.stderr)), (Some(0), String::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let folder = Folder::with("deck.md", deck_of(2));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let export =
        Command::new(LUTRIN).args(["export", "deck.md"]).current_dir(folder.path()).stdout(full).output();
    let output = export.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output.stderr).contains("cannot write"), "{}", words(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_message_that_nobody_takes_changes_no_exit_status() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let folder = Folder::empty();
    let export =
        Command::new(LUTRIN).args(["export", "monday.md"]).current_dir(folder.path()).stderr(full()).status();
    assert_eq!(export.unwrap().code(), Some(1));
    let mut terminal = Start::shell(&folder, r#""$LUTRIN" 2>/dev/full; echo "status $?""#).go();
    terminal.is_at("1/32");
    terminal.types("q");
    terminal.ends();
    terminal.shows("status 0");
}

#[test]
fn options_stand_before_and_after_the_command() {
    let folder = Folder::with("deck.md", "# One\n\n%%\n\n# Two\n");
    for arguments in [
        ["--separator", "^%%$", "export", "deck.md", "--format", "text"],
        ["export", "--separator", "^%%$", "--format", "text", "deck.md"],
        ["export", "deck.md", "--format", "text", "--separator", "^%%$"],
    ] {
        let output = run(&folder, &arguments, b"");
        assert!(output.status.success(), "{arguments:?}: {}", words(&output.stderr));
        assert!(words(&output.stdout).contains("2 · Two"), "{arguments:?}: {}", words(&output.stdout));
    }
}

#[test]
fn options_stand_before_and_after_the_deck() {
    let folder = Folder::with("deck.md", deck_of(4));
    for arguments in [["--slide", "3", "deck.md"], ["deck.md", "--slide", "3"]] {
        let mut terminal = Start::lutrin(&folder, &arguments).go();
        terminal.is_at("3/4");
        terminal.types("q");
        assert_eq!(terminal.ends().exit_code(), 0);
    }
}
