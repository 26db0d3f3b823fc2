//! Decks and pictures that are saved while they are shown.

use std::fs;
use std::time::Duration;

use crate::pty::{Folder, Start, Terminal, a_moment_passes};

/// Longer than it takes until what was saved is shown.
pub(crate) const WHILE: Duration = Duration::from_millis(500);

/// Starts Lutrin on the folder's deck, and waits until the deck is followed.
pub(crate) fn presents(folder: &Folder, arguments: &[&str]) -> Terminal {
    let terminal = Start::lutrin(folder, &[&["deck.md"], arguments].concat()).go();
    terminal.until("the row of chrome", |seen| seen.text().contains('/'));
    is_still(&terminal);
    terminal
}

/// Waits until nothing has been painted for a while.
pub(crate) fn is_still(terminal: &Terminal) {
    loop {
        let before = terminal.bytes().len();
        a_moment_passes();
        if terminal.bytes().len() == before {
            return;
        }
    }
}

/// Puts a file in the place of another one, as most editors do.
pub(crate) fn replace(folder: &Folder, name: &str, bytes: impl AsRef<[u8]>) {
    folder.put(".new", bytes);
    fs::rename(folder.path().join(".new"), folder.path().join(name)).expect("the folder is ours");
}
