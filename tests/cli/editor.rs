//! `e` lends the terminal to the author's editor: with the right words, on a sound terminal, and back again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rstest::rstest;
use rustix::process::Signal;

use crate::pty::{Folder, LUTRIN, Seen, Start, Terminal, a_moment_passes, bash, deck_of, key, signals};

/// A deck of nine slides, and an editor that does what a script says.
fn folder_with(editor: &str, script: &str) -> Folder {
    let folder = Folder::with("my deck.md", deck_of(9));
    folder.put(editor, format!("#!/bin/sh\n{script}"));
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path().join(editor), executable).expect("the folder is ours");
    folder
}

fn presents(folder: &Folder, name: &str, editor: &str) -> Terminal {
    let terminal = Start::lutrin(folder, &["my deck.md", "--slide", "4"]).with(name, editor).go();
    terminal.is_at("4/9");
    terminal
}

/// Writes the words that an editor is given, one in a line.
const WORDS: &str = r#"printf '%s\n' "$@" >words"#;

#[rstest]
#[case::vim("VISUAL", "bin/vim", "'bin/vim' -u \"a  b\"", "-u\na  b\n+19\nmy deck.md\n")]
#[case::helix("EDITOR", "hx", "./hx", "my deck.md:19\n")]
#[case::code("EDITOR", "code", "./code --wait", "--wait\n--goto\nmy deck.md:19\n")]
#[case::unknown("EDITOR", "scribe", "./scribe", "my deck.md\n")]
fn it_is_told_the_slides_line(
    #[case] name: &str,
    #[case] editor: &str,
    #[case] command: &str,
    #[case] words: &str,
) {
    let folder = folder_with(editor, &format!("{WORDS}; echo hello; read answer; echo $answer >answer"));
    let mut terminal = presents(&folder, name, command);
    let modes = terminal.modes();
    terminal.types("e");
    terminal.until("the editor", |seen| seen.text().contains("hello") && !seen.is_on_stage());
    assert_eq!(terminal.sees(|seen| seen.mode(25)), Some(true), "the cursor is shown");
    assert_ne!(terminal.modes(), modes);
    // Keys are the editor's, also those that mean something to us, and the window may change.
    terminal.types("quit\x7f\x7fet");
    terminal.resizes(100, 30);
    terminal.types("\r");
    terminal.until("the slide on stage", |seen| {
        seen.is_on_stage()
            && seen.has_word("4/9")
            && seen.text().contains("Words of 4")
            && seen.is_repainted()
    });
    assert_eq!(terminal.modes(), modes);
    assert_eq!(folder.read("words"), words);
    assert_eq!(folder.read("answer"), "quet\n");
    assert!(terminal.sees(|seen| seen.cell(98, 29).contents() == "9"), "{}", terminal.sees(Seen::text));
    terminal.types("l");
    terminal.is_at("5/9");
}

#[rstest]
#[case::followed(&[])]
#[case::not_followed(&["--no-watch"])]
fn what_it_has_changed_is_shown(#[case] arguments: &[&str]) {
    let script = r#"sed 's/Words of 6/Other words/' "$1" >new; mv new "$1""#;
    let folder = folder_with("scribe", script);
    let mut terminal =
        Start::lutrin(&folder, &[&["my deck.md"], arguments].concat()).with("EDITOR", "./scribe").go();
    terminal.is_at("1/9");
    terminal.types("e");
    terminal.shows("Other words");
    terminal.is_at("6/9");
}

#[test]
fn a_deck_that_it_has_cut_short_is_believed() {
    let folder = folder_with("scribe", r#"head -n 9 "$1" >new; mv new "$1""#);
    let mut terminal = Start::lutrin(&folder, &["my deck.md", "--no-watch"]).with("EDITOR", "./scribe").go();
    terminal.is_at("1/9");
    terminal.types("e");
    terminal.is_at("2/2");
}

#[rstest]
#[case::none("", "set EDITOR to edit the deck from here")]
#[case::not_there("./nowhere", "there is no program `./nowhere`")]
#[case::fails("./scribe", "`./scribe` ended with status 3")]
#[case::no_command("vim 'x", "EDITOR is no command")]
fn what_goes_wrong_is_said(#[case] editor: &str, #[case] words: &str) {
    let folder = folder_with("scribe", "exit 3");
    let mut terminal = presents(&folder, "EDITOR", editor);
    terminal.types("e");
    terminal.until(words, |seen| seen.is_on_stage() && seen.text().contains(words));
    terminal.types("l");
    terminal.until("5/9 without a message", |seen| seen.has_word("5/9") && !seen.text().contains(words));
}

#[rstest]
#[case::the_lecture(r#"exec "$LUTRIN""#, "a part of Lutrin")]
#[case::standard_input(r#"cat 'my deck.md' | "$LUTRIN" -"#, "came from standard input")]
fn a_deck_without_a_file_is_not_edited(#[case] script: &str, #[case] words: &str) {
    let folder = folder_with("scribe", "exit 0");
    let mut terminal = Start::shell(&folder, script).with("EDITOR", "./scribe").go();
    terminal.until("the row of chrome", |seen| seen.text().contains("1/"));
    terminal.types("e");
    terminal.shows(words);
}

#[test]
fn control_c_ends_the_editor_and_not_the_talk() {
    let folder = folder_with("scribe", "echo hello; read answer");
    let mut terminal = presents(&folder, "EDITOR", "./scribe");
    terminal.types("e");
    terminal.shows("hello");
    terminal.types(key::CTRL_C);
    terminal.until("the slide on stage", |seen| seen.is_on_stage() && seen.has_word("4/9"));
    terminal.shows("`./scribe` was ended by signal 2");
    terminal.types("l");
    terminal.is_at("5/9");
}

#[rstest]
#[case::term(Signal::TERM, "status 143")]
#[case::hup(Signal::HUP, "status 129")]
fn who_is_killed_while_it_runs_leaves_a_sound_terminal(#[case] signal: Signal, #[case] status: &str) {
    let folder = folder_with("scribe", "stty raw -echo; echo hello; exec sleep 100");
    let script = r#"trap : INT QUIT HUP TERM
        stty -ixon; echo ready; read ready
        sh -c 'echo $$ >process; exec "$LUTRIN" "my deck.md"'; echo "status $?"; read rest"#;
    let mut terminal = Start::shell(&folder, script).with("EDITOR", "./scribe").go();
    terminal.shows("ready");
    let modes = terminal.modes();
    terminal.types("\r");
    terminal.is_at("1/9");
    terminal.types("e");
    terminal.shows("hello");
    // The script has become another program by then.
    a_moment_passes();
    signals(folder.read("process").trim().parse().expect("a number"), signal);
    terminal.shows(status);
    assert_eq!(terminal.modes(), modes);
    assert!(!terminal.sees(Seen::is_on_stage));
    assert_eq!(terminal.sees(|seen| seen.mode(25)), Some(true));
}

#[test]
fn control_z_in_it_lets_the_shell_in_and_fg_comes_back_to_it() {
    let folder = folder_with("scribe", "echo hello; read answer; echo $answer >answer");
    let Some(mut terminal) = bash(&folder, |start| start.with("EDITOR", "./scribe")) else { return };
    terminal.types(&format!("{LUTRIN} 'my deck.md'\r"));
    terminal.is_at("1/9");
    terminal.types("e");
    terminal.shows("hello");
    for _ in 0..2 {
        terminal.types(key::CTRL_Z);
        terminal.shows("Stopped");
        // What is typed before the prompt may be lost.
        a_moment_passes();
        terminal.types("clear; echo demo $((40+2))\r");
        terminal.until("shell", |seen| seen.text().contains("demo 42") && !seen.text().contains("Stopped"));
        terminal.types("clear; fg\r");
        terminal.until("editor", |seen| !seen.text().contains("demo 42") && seen.text().contains("my deck"));
        // The shell says so a little before it is.
        a_moment_passes();
    }
    terminal.types("done\r");
    terminal.until("the slide on stage", |seen| seen.is_on_stage() && seen.has_word("1/9"));
    assert_eq!(folder.read("answer"), "done\n");
    terminal.types("q");
    terminal.shows("left at slide 1;");
    terminal.types("exit\r");
    terminal.ends();
}
