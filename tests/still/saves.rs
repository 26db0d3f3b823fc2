//! What is saved while a talk is shown: how soon it is seen, and that nothing is painted where nothing changes.

use std::fs::File;
use std::io::Write;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::images::{BLUE, GREEN, RED, png};
use crate::pty::{Folder, Seen, Start, deck_of};
use crate::saves::{WHILE, is_still, presents, replace};
use crate::scripted::Kind;
use crate::turn;

#[test]
fn what_was_saved_is_seen_soon() {
    let _turn = turn();
    let folder = Folder::with("deck.md", deck_of(9));
    let terminal = presents(&folder, &[]);
    let soonest = (0..6).map(|nth| {
        let words = format!("Version{nth}");
        let deck = deck_of(9).replace("Words of 5", &words);
        let begin = Instant::now();
        if nth % 2 == 0 {
            replace(&folder, "deck.md", deck);
        } else {
            folder.put("deck.md", deck);
        }
        terminal.shows(&words);
        begin.elapsed()
    });
    let soonest = soonest.min().expect("it was saved");
    assert!(soonest < Duration::from_millis(300), "{soonest:?}");
}

#[test]
fn what_changes_nothing_paints_nothing() {
    let _turn = turn();
    let folder = Folder::with("deck.md", deck_of(3));
    let terminal = presents(&folder, &[]);
    let before = terminal.bytes().len();
    folder.put("deck.md", deck_of(3));
    folder.put("other.md", "# Other");
    replace(&folder, "deck.md", deck_of(3));
    folder.put("deck.md~", "# Other");
    sleep(WHILE);
    assert_eq!(terminal.bytes().len(), before);
}

#[test]
fn a_deck_that_is_written_slowly_is_shown_when_it_is_whole() {
    let _turn = turn();
    let folder = Folder::with("deck.md", deck_of(40));
    let terminal = presents(&folder, &["--slide", "30"]);
    let new = deck_of(40).replace("Words of 38", "New words");
    let mut file = File::create(folder.path().join("deck.md")).expect("the folder is ours");
    let before = terminal.bytes().len();
    let whole = new.find("New words").expect("it is in it");
    for piece in new.as_bytes()[..whole].chunks(whole / 6 + 1) {
        file.write_all(piece).expect("the folder is ours");
        sleep(Duration::from_millis(60));
    }
    assert_eq!(terminal.bytes().len(), before, "the last good deck is shown meanwhile, and nothing said");
    file.write_all(&new.as_bytes()[whole..]).expect("the folder is ours");
    drop(file);
    terminal.shows("New words");
    terminal.is_at("38/40");
}

#[test]
fn a_picture_of_another_slide_paints_nothing() {
    let _turn = turn();
    let folder = Folder::with("art/one.png", png(300, 200, RED));
    folder.put("deck.md", "# One\n\n![a picture](art/one.png)\n\n---\n\n# Two\n\nNo picture\n");
    let mut terminal = Start::lutrin(&folder, &["deck.md", "--slide", "2"]).on(Kind::Kitty).go();
    terminal.shows("No picture");
    is_still(&terminal);
    let before = terminal.sees(Seen::length);
    folder.put("art/one.png", png(300, 200, GREEN));
    folder.put("art/two.png", png(300, 200, BLUE));
    sleep(WHILE);
    assert!(terminal.sees(Seen::length) - before < 200, "nothing is seen of it");
    terminal.types("h");
    terminal.until("the new picture", |seen| seen.scripted().colors() == [GREEN]);
}
