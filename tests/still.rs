//! Talks that rest, and what comes soon: wake-ups, silence, and time that is measured. The tests take turns, so that none of
//! them is disturbed by another.
#![cfg(unix)]

use std::sync::{Mutex, MutexGuard, PoisonError};

#[cfg(target_os = "linux")]
#[path = "still/clocks.rs"]
mod clocks;
#[expect(dead_code, reason = "the tests of `cli.rs` use the rest")]
#[path = "terminal/consoles.rs"]
mod consoles;
#[path = "still/films.rs"]
mod films;
#[expect(dead_code, reason = "the tests of `cli.rs` use the rest")]
#[path = "terminal/folder.rs"]
mod folder;
#[expect(dead_code, reason = "the tests of `cli.rs` use the rest")]
#[path = "terminal/images.rs"]
mod images;
#[cfg(target_os = "linux")]
#[path = "still/consoles.rs"]
mod joined;
#[expect(dead_code, reason = "the tests of `cli.rs` use the rest")]
#[path = "terminal/pty.rs"]
mod pty;
#[expect(dead_code, reason = "the tests of `cli.rs` use the rest")]
#[path = "terminal/rehearsals.rs"]
mod rehearsals;
#[path = "still/saves.rs"]
mod saved;
#[path = "terminal/saves.rs"]
mod saves;
#[path = "terminal/scripted.rs"]
mod scripted;
#[expect(dead_code, reason = "the tests of `cli.rs` use the rest")]
#[path = "terminal/seen.rs"]
mod seen;
#[cfg(target_os = "linux")]
#[path = "still/slides.rs"]
mod slides;
#[cfg(target_os = "linux")]
#[path = "still/threads.rs"]
mod threads;

/// Waits until no other test runs. The turn ends when what is returned is dropped.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    // A test that has failed has had its turn.
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
