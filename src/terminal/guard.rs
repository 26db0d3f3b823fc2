//! The terminal's modes: taken at the start, given back on every way out.

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::panic;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

use super::files;
use super::tty::{Output, keyboard};

/// Alternate screen, no cursor, pasted text as plain letters, and no wrapping: a symbol that the terminal takes for
/// wider than we do must not push a line down.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004l\x1b[?7l";

/// The first two end what a frame cut in the middle may have left open: a string, a synchronized update. The screen
/// is cleared for terminals that have no alternate one.
const LEAVE: &[u8] = b"\x1b\\\x1b[?2026l\x1b[m\x1b[H\x1b[J\x1b[?7h\x1b[?25h\x1b[?1049l";

/// Ends a question that was cut in the middle.
const HUSH: &[u8] = b"\x1b\\";

/// How the terminal is taken: not at all, with its screen, only its keys, or these without a byte sent.
const FREE: u8 = 0;
const STAGE: u8 = 1;
const KEYS: u8 = 2;
const SILENT: u8 = 3;

/// The terminal's modes, shared by all threads that may have to give them back.
pub(super) struct Modes {
    tty: OwnedFd,
    found: Termios,
    taken: AtomicU8,
    /// How it was taken last.
    last: AtomicU8,
    /// Takes down what would outlast the alternate screen.
    farewell: Mutex<Vec<u8>>,
}

impl Modes {
    fn enter(&self, how: u8) -> io::Result<()> {
        self.taken.store(how, Ordering::SeqCst);
        self.last.store(how, Ordering::SeqCst);
        let mut raw = self.found.clone();
        raw.make_raw();
        tcsetattr(&self.tty, OptionalActions::Now, &raw)?;
        if how == STAGE { Output.write_all(ENTER) } else { Ok(()) }
    }

    /// Gives the terminal back, once for each time it was taken; errors are dropped, for they could not be shown.
    pub(super) fn leave(&self) {
        let (farewell, unread) = match self.taken.swap(FREE, Ordering::SeqCst) {
            FREE => return,
            STAGE => (LEAVE, OptionalActions::Now),
            SILENT => (&b""[..], OptionalActions::Now),
            // What is still to be read was an answer, or typed while no program read keys.
            _ => (HUSH, OptionalActions::Flush),
        };
        if self.in_foreground() {
            let _ = tcsetattr(&self.tty, unread, &self.found);
        }
        // A thread that panics may hold the lock; then the terminal is left all the same.
        let own = self.farewell.try_lock().map(|bytes| bytes.clone()).unwrap_or_default();
        let bytes = [&own, farewell].concat();
        if !bytes.is_empty() {
            Output::write_or_forget(&bytes);
        }
    }

    /// In the background the modes are the shell's, and setting them would stop us. A terminal that is not our
    /// controlling one has no background.
    pub(super) fn in_foreground(&self) -> bool {
        tcgetpgrp(&self.tty).map_or(true, |group| group == getpgrp())
    }
}

/// Holds the terminal in raw mode on its alternate screen, and gives it back when dropped.
///
/// A process ends by returning from `main` or by [`end_by`](super::signals::end_by) once the guard is dropped, never
/// by `exit` while it lives.
pub struct Guard {
    pub(super) modes: Arc<Modes>,
}

impl Guard {
    /// Returns a guard that has yet to [`enter`](Self::enter): signals must be handled first, or one that came between
    /// the two would leave the terminal in raw mode. A panic gives the terminal back before its message is printed,
    /// save on threads whose name starts with `workers`: their panics are caught and leave the screen alone.
    ///
    /// # Errors
    /// Fails when there is no terminal to take keys from.
    pub fn new(workers: &'static str) -> io::Result<Self> {
        let tty = keyboard()?;
        let found = tcgetattr(&tty)?;
        let modes = Modes {
            tty,
            found,
            taken: AtomicU8::new(FREE),
            last: AtomicU8::new(STAGE),
            farewell: Mutex::default(),
        };
        let guard = Self { modes: Arc::new(modes) };
        guard.restore_on_panic(workers);
        Ok(guard)
    }

    /// Takes the terminal: the first time, again after [`leave`](Self::leave), or after another program may have
    /// changed its modes.
    ///
    /// # Errors
    /// Fails when the terminal is gone.
    pub fn enter(&self) -> io::Result<()> {
        self.modes.enter(STAGE)
    }

    /// Takes the terminal's keys, to read its answers, and leaves its screen as it is.
    ///
    /// # Errors
    /// Fails when the terminal is gone.
    pub fn enter_keys(&self) -> io::Result<()> {
        self.modes.enter(KEYS)
    }

    /// Takes the terminal's keys, and sends it nothing, now or when it is given back: for one that would print that.
    ///
    /// # Errors
    /// Fails when the terminal is gone.
    pub fn enter_silently(&self) -> io::Result<()> {
        self.modes.enter(SILENT)
    }

    /// Takes the terminal as it was taken last.
    ///
    /// # Errors
    /// Fails when the terminal is gone.
    pub fn enter_again(&self) -> io::Result<()> {
        self.modes.enter(self.modes.last.load(Ordering::SeqCst))
    }

    /// Gives the terminal back for a while: for an editor, for a suspension. Calling it twice does no harm.
    pub fn leave(&self) {
        self.modes.leave();
    }

    /// Has these bytes sent before the terminal is given back, each time.
    pub fn set_farewell(&self, bytes: Vec<u8>) {
        *self.modes.farewell.lock().unwrap_or_else(PoisonError::into_inner) = bytes;
    }

    fn restore_on_panic(&self, workers: &'static str) {
        let modes = Arc::clone(&self.modes);
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let caught = thread::current().name().is_some_and(|name| name.starts_with(workers));
            if !caught {
                modes.leave();
                report(info);
            }
        }));
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
        files::remove_all();
    }
}
