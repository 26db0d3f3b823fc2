//! Decks that are empty, half-saved, gone or no text for a while: the last good one is shown, and the next good one.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rstest::rstest;

use super::{WHILE, presents, replace};
use crate::pty::{Folder, deck_of};

#[rstest]
#[case::empty("", "empty")]
#[case::white_space("\n\n", "empty")]
#[case::no_text("# A\0", "NUL")]
fn what_is_no_deck_keeps_the_last_good_one(#[case] bytes: &str, #[case] reason: &str) {
    let folder = Folder::with("deck.md", deck_of(9));
    let mut terminal = presents(&folder, &["--slide", "4"]);
    folder.put("deck.md", bytes);
    terminal.until("the reason", |seen| {
        let says = seen.text().contains("the last good deck is shown") && seen.text().contains(reason);
        says && seen.text().contains("Words of 4") && seen.has_word("4/9")
    });
    terminal.types("l");
    terminal.is_at("5/9");
    folder.put("deck.md", deck_of(9));
    sleep(WHILE);
    assert!(terminal.sees(|seen| seen.text().contains("Words of 5") && !seen.text().contains("last good")));
    folder.put("deck.md", "");
    terminal.shows("last good");
    replace(&folder, "deck.md", deck_of(9));
    terminal.until("no complaint", |seen| !seen.text().contains("last good"));
    terminal.is_at("5/9");
}

#[test]
fn a_deck_that_vanishes_and_comes_back_is_followed() {
    let folder = Folder::with("deck.md", deck_of(3));
    let path = folder.path().join("deck.md");
    let terminal = presents(&folder, &["--slide", "2"]);
    for word in ["First", "Second"] {
        fs::rename(&path, folder.path().join("deck.md~")).expect("the folder is ours");
        terminal.shows("does not exist");
        terminal.is_at("2/3");
        folder.put("deck.md", deck_of(3).replace("Words of 2", word));
        terminal.until(word, |seen| seen.text().contains(word) && !seen.text().contains("last good"));
    }
}

#[test]
fn a_deck_that_may_not_be_read_for_a_while_is_followed() {
    let folder = Folder::with("deck.md", deck_of(3));
    let path = folder.path().join("deck.md");
    let terminal = presents(&folder, &[]);
    fs::set_permissions(&path, Permissions::from_mode(0o000)).expect("the folder is ours");
    if File::open(&path).is_ok() {
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    terminal.shows("may not be read");
    fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("the folder is ours");
    terminal.until("no complaint", |seen| !seen.text().contains("last good"));
}

#[test]
fn a_deck_that_is_shorter_now_is_believed_after_a_moment() {
    let folder = Folder::with("deck.md", deck_of(9));
    let terminal = presents(&folder, &["--slide", "9"]);
    folder.put("deck.md", deck_of(6));
    terminal.is_at("6/6");
    terminal.shows("Words of 6");
}

#[test]
fn a_stream_of_saves_shows_something_all_the_while() {
    let folder = Folder::with("deck.md", deck_of(3));
    let terminal = presents(&folder, &[]);
    let begin = Instant::now();
    let mut nth = 0;
    let is_shown = loop {
        replace(&folder, "deck.md", deck_of(3).replace("Words of 1", &format!("Version{nth}")));
        nth += 1;
        sleep(Duration::from_millis(5));
        if terminal.sees(|seen| seen.text().contains("Version")) {
            break true;
        }
        if begin.elapsed() > Duration::from_secs(5) {
            break false;
        }
    };
    assert!(is_shown, "{nth} saves, and none was shown");
    terminal.shows(&format!("Version{}", nth - 1));
    let path = folder.path().join("deck.md");
    let mut file = OpenOptions::new().append(true).open(path).expect("the folder is ours");
    for line in 0..100 {
        writeln!(file, "\nLine{line}").expect("the folder is ours");
        sleep(Duration::from_millis(5));
        if terminal.sees(|seen| seen.text().contains("Line")) {
            return;
        }
    }
    terminal.shows("Line");
}
