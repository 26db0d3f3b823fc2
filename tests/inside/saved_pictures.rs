//! Pictures that are saved while they are shown: the new one is seen, and the last good one as long as there is none.

use std::fs;

use rstest::rstest;

use crate::images::png;
use crate::pty::{Folder, Start, Terminal};
use crate::saves::{is_still, replace};
use crate::scripted::Kind;

const DECK: &str = "# One\n\n![a picture](art/one.png)\n\n---\n\n# Two\n\nNo picture\n";
const RED: [u8; 3] = [255, 0, 0];
const GREEN: [u8; 3] = [0, 204, 0];
const BLUE: [u8; 3] = [0, 51, 255];

fn presents(folder: &Folder, kind: Kind) -> Terminal {
    folder.put("deck.md", DECK);
    let terminal = Start::lutrin(folder, &["deck.md"]).on(kind).go();
    terminal.shows("One");
    is_still(&terminal);
    terminal
}

#[track_caller]
fn shows(terminal: &Terminal, colors: &[[u8; 3]]) {
    terminal.until(&format!("{colors:?}"), |seen| {
        seen.scripted().colors() == colors && seen.mode(2026) == Some(false)
    });
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::sixel(Kind::Sixel)]
fn a_picture_that_is_saved_is_shown(#[case] kind: Kind) {
    let folder = Folder::with("art/one.png", png(300, 200, RED));
    let terminal = presents(&folder, kind);
    shows(&terminal, &[RED]);
    replace(&folder, "art/one.png", png(300, 200, GREEN));
    shows(&terminal, &[GREEN]);
    folder.put("art/one.png", png(100, 200, BLUE));
    shows(&terminal, &[BLUE]);
    folder.put("art/one.png", png(300, 200, RED));
    shows(&terminal, &[RED]);
}

#[test]
fn a_picture_that_is_missing_is_shown_when_it_comes_and_missed_when_it_goes() {
    let folder = Folder::empty();
    let mut terminal = presents(&folder, Kind::Kitty);
    terminal.shows("no such file");
    folder.put("art/one.png", png(300, 200, RED));
    shows(&terminal, &[RED]);
    terminal.types("!");
    terminal.shows("everything is shown as written");
    terminal.types("!");
    fs::rename(folder.path().join("art"), folder.path().join("other")).expect("the folder is ours");
    terminal.shows("no such file");
    fs::rename(folder.path().join("other"), folder.path().join("art")).expect("the folder is ours");
    shows(&terminal, &[RED]);
}

#[rstest]
#[case::empty(&[])]
#[case::no_picture(b"This is none.")]
#[case::only_its_size(&png(300, 200, BLUE)[..33])]
fn a_picture_that_is_broken_keeps_the_last_good_one(#[case] bytes: &[u8]) {
    let folder = Folder::with("art/one.png", png(300, 200, RED));
    let mut terminal = presents(&folder, Kind::Kitty);
    shows(&terminal, &[RED]);
    folder.put("art/one.png", bytes);
    terminal.shows("the last good `art/one.png` is shown");
    shows(&terminal, &[RED]);
    terminal.types("!");
    terminal.until("the diagnostic", |seen| {
        seen.text().contains("not shown as written") && seen.text().contains("the last good `art/one.png`")
    });
    terminal.types("!");
    shows(&terminal, &[RED]);
    folder.put("art/one.png", png(300, 200, GREEN));
    shows(&terminal, &[GREEN]);
    terminal.types("!");
    terminal.shows("everything is shown as written");
}

#[test]
fn a_picture_that_is_looked_at_closely_stays_as_long_as_it_is_there() {
    let folder = Folder::with("art/one.png", png(300, 200, RED));
    let mut terminal = presents(&folder, Kind::Kitty);
    shows(&terminal, &[RED]);
    terminal.types("z");
    terminal.shows("1×  a picture");
    folder.put("deck.md", DECK.replace("# One", "# First"));
    terminal.types("z");
    terminal.shows("2×  a picture");
    is_still(&terminal);
    terminal.shows("2×  a picture");
    folder.put("art/one.png", png(600, 200, GREEN));
    shows(&terminal, &[GREEN]);
    terminal.shows("2×  a picture");
    folder.put("deck.md", DECK.replace("![a picture](art/one.png)", "No picture any more"));
    terminal.shows("No picture any more");
}
