//! A talk in words alone, for screen readers and the poorest terminals.

use rstest::rstest;

use crate::pty::{Folder, Seen, Start, Terminal, deck_of, key};

const DECK: &str =
    "# One\n\nFirst words\n\n---\n\n## Two\n\n- a\n- b\n\nNote: said aloud\n\n---\n\n## Three\n";

fn plain(folder: &Folder) -> Terminal {
    let terminal = Start::lutrin(folder, &["deck.md", "--plain"]).go();
    terminal.shows("── 1 · One ──");
    terminal
}

#[rstest]
#[case::asked_for(&["deck.md", "--plain"], "xterm-256color")]
#[case::on_a_dumb_terminal(&["deck.md"], "dumb")]
fn slides_follow_each_other_and_nothing_moves_the_cursor(#[case] arguments: &[&str], #[case] term: &str) {
    let folder = Folder::with("deck.md", DECK);
    let mut terminal = Start::lutrin(&folder, arguments).with("TERM", term).go();
    terminal.shows("First words");
    for (keys, words) in [(" ", "- b"), (key::RIGHT, "── 3 · Three ──"), (" ", "this is the last slide")]
    {
        terminal.types(keys);
        terminal.shows(words);
    }
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    let text = terminal.sees(Seen::text);
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(place("First words") < place("- b") && place("- b") < place("── 3"), "{text}");
    terminal.sees(|seen| assert!(!seen.bytes.contains(&0x1b), "{:?}", String::from_utf8_lossy(&seen.bytes)));
}

#[test]
fn numbers_notes_and_the_way_back() {
    let folder = Folder::with("deck.md", DECK);
    let mut terminal = plain(&folder);
    terminal.types("2\r");
    terminal.shows("── 2 · Two ──");
    assert!(!terminal.sees(Seen::text).contains("said aloud"));
    terminal.types("s");
    terminal.shows("said aloud");
    terminal.types("G");
    terminal.shows("── 3 · Three ──");
    terminal.types("s");
    terminal.shows("no notes");
    terminal.types("gg");
    terminal.types("p");
    terminal.shows("this is the first slide");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn the_terminal_is_given_back() {
    let folder = Folder::with("deck.md", deck_of(3));
    let script = r#"stty -a >before; "$LUTRIN" deck.md --plain; stty -a >after; echo over"#;
    let mut terminal = Start::shell(&folder, script).go();
    terminal.shows("── 1");
    terminal.types(key::CTRL_C);
    terminal.shows("over");
    drop(terminal.ends());
    assert_eq!(folder.read("before"), folder.read("after"));
}

#[test]
fn a_talk_in_words_is_suspended_and_goes_on() {
    let folder = Folder::with("deck.md", deck_of(3));
    let script = r#"set -m; "$LUTRIN" deck.md --plain; echo stopped; fg >/dev/null; echo over"#;
    let mut terminal = Start::shell(&folder, script).go();
    terminal.shows("── 1");
    terminal.types(key::CTRL_Z);
    terminal.shows("stopped");
    terminal.types(" ");
    terminal.shows("── 2");
    terminal.types("q");
    terminal.shows("over");
    drop(terminal.ends());
}
