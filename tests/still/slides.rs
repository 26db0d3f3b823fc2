//! A slide that nobody touches costs nothing: no thread of Lutrin wakes up.

use std::thread::sleep;
use std::time::Duration;

use rstest::rstest;

use crate::pty::{Folder, Start, Terminal, deck_of};
use crate::threads::{Threads, settle};
use crate::turn;

#[rstest]
#[case::first_slide("", "1/32")]
#[case::slide_with_a_moving_picture("32\r", "32/32")]
#[case::overlay("o", "1/32")]
#[case::blank("ll.", "")]
#[case::after_half_a_number("7", "1/32")]
fn a_still_slide_wakes_nobody(#[case] keys: &str, #[case] place: &str) {
    let _turn = turn();
    let folder = Folder::empty();
    let mut terminal = Start::lutrin::<&str>(&folder, &[]).go();
    terminal.is_at("1/32");
    terminal.types(keys);
    match place {
        "" => terminal.until("blank stage", |seen| seen.text().trim().is_empty()),
        place => terminal.is_at(place),
    }
    rests(&terminal);
}

#[test]
fn a_deck_that_is_followed_wakes_nobody_and_its_neighbours_wake_only_the_watch() {
    let _turn = turn();
    let folder = Folder::empty();
    folder.put("deck.md", format!("{}\n\n![one](missing.png)\n", deck_of(3)));
    let mut terminal = Start::lutrin(&folder, &["deck.md", "--slide", "3"]).go();
    terminal.is_at("3/3");
    rests(&terminal);
    let before = Threads::of(terminal.process());
    let painted = terminal.bytes().len();
    for nth in 0..20 {
        folder.put(format!("other{nth}.md"), "# Other");
    }
    settle(terminal.process());
    let after = Threads::of(terminal.process());
    assert_eq!(after.wakeups_of("lutrin"), before.wakeups_of("lutrin"), "the talk sleeps on");
    assert_eq!(terminal.bytes().len(), painted);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

/// Waits until a talk has come to rest, and watches it for a while.
fn rests(terminal: &Terminal) {
    settle(terminal.process());
    let (before, painted) = (Threads::of(terminal.process()).wakeups(), terminal.bytes().len());
    sleep(Duration::from_secs(1));
    let woken = Threads::of(terminal.process()).wakeups() - before;
    assert!(woken <= 2, "woken {woken} times in a second");
    assert_eq!(terminal.bytes().len(), painted, "a still slide is not painted again");
}
