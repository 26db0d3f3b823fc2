//! Signals as events, and the two things a process does to itself: ending and stopping; it decides neither.

use std::io;
use std::mem;
use std::process;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::emulate_default_handler;

use super::files;
use super::guard::{Guard, Modes};
use super::guest::Guest;

/// How long the loop may take to end after a signal that asks for it.
const GRACE: Duration = Duration::from_secs(2);

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// To end; [`end_by`] with this number gives the right exit status.
    Quit(i32),
    /// To stop, as [`Signals::suspend`] does.
    Suspend,
    /// To take the terminal again and repaint: somebody stopped us from outside, and now we go on.
    Resumed,
    /// To ask for the terminal's size and repaint.
    Resized,
}

/// Listens to signals until the process ends.
pub struct Signals {
    pub(super) pause: Arc<Pause>,
}

/// Lets `suspend` wait for the signal that ends it, and knows of a guest at the terminal.
#[derive(Default)]
pub(super) struct Pause {
    state: Mutex<PauseState>,
    changed: Condvar,
}

#[derive(Default)]
pub(super) struct PauseState {
    suspended: bool,
    pub(super) quitting: bool,
    pub(super) guest: Guest,
}

impl Pause {
    pub(super) fn state(&self) -> MutexGuard<'_, PauseState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a suspension; tells whether there was one.
    fn wake(&self) -> bool {
        let was_suspended = mem::take(&mut self.state().suspended);
        self.changed.notify_all();
        was_suspended
    }
}

impl Signals {
    /// Starts the thread that tells of signals. When the process has not ended two seconds after the first signal
    /// that asks for it, the terminal is given back and the process ends by that signal.
    ///
    /// # Errors
    /// Fails when the system refuses a handler or a thread.
    pub fn listen(guard: &Guard, mut tell: impl FnMut(Signal) + Send + 'static) -> io::Result<Self> {
        let mut signals = signal_hook::iterator::Signals::new([
            SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH,
        ])?;
        let pause = Arc::new(Pause::default());
        let listener = Self { pause: Arc::clone(&pause) };
        let modes = Arc::clone(&guard.modes);
        thread::Builder::new().name("signals".into()).spawn(move || {
            for signal in &mut signals {
                match signal {
                    // What is typed is typed at the guest, and the window is looked at when it has left.
                    SIGWINCH | SIGINT | SIGQUIT | SIGCONT if pause.state().guest.is_there() => {}
                    SIGTSTP if pause.state().guest.is_there() => stop_with_guest(),
                    SIGWINCH => tell(Signal::Resized),
                    SIGTSTP => tell(Signal::Suspend),
                    SIGCONT if pause.wake() => {}
                    SIGCONT => tell(Signal::Resumed),
                    quit => {
                        tell(Signal::Quit(quit));
                        pause.state().guest.hear(quit);
                        if !mem::replace(&mut pause.state().quitting, true) {
                            watch_the_end(Arc::clone(&modes), quit);
                        }
                    }
                }
            }
        })?;
        Ok(listener)
    }

    /// Returns whether somebody has asked us to end.
    pub fn is_ending(&self) -> bool {
        self.pause.state().quitting
    }

    /// Gives the terminal back, stops the whole foreground job as Ctrl-Z does, and takes the terminal again when the
    /// shell lets the job go on. Returns whether everything has to be repainted. It need not when there is no shell to
    /// come back from, for then nothing stops; and it must not when the job was killed meanwhile: the terminal is not
    /// ours any more, and [`Signal::Quit`] has been told already.
    ///
    /// # Errors
    /// Fails when the job cannot be stopped or the terminal is gone.
    pub fn suspend(&self, guard: &Guard) -> io::Result<bool> {
        if getsid(None)? == getpgrp() {
            return Ok(false);
        }
        guard.leave();
        self.pause.state().suspended = true;
        // Each thread may run on for a moment before the stop reaches it: only SIGCONT tells that it is over.
        let stopped = kill_current_process_group(rustix::process::Signal::STOP);
        let mut state = self.pause.state();
        state.suspended &= stopped.is_ok();
        while state.suspended {
            state = self.pause.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let killed = state.quitting;
        drop(state);
        if !killed {
            guard.enter_again()?;
        }
        stopped?;
        Ok(!killed)
    }
}

/// Stops with the guest, which has had the same signal; not where there is no shell to come back from.
fn stop_with_guest() {
    if getsid(None).ok() != Some(getpgrp()) {
        let _ = emulate_default_handler(SIGTSTP);
    }
}

fn watch_the_end(modes: Arc<Modes>, signal: i32) {
    let watchdog = move || {
        thread::sleep(GRACE);
        modes.leave();
        files::remove_all();
        end_by(signal);
    };
    // Without a watchdog the loop still hears of the signal.
    drop(thread::Builder::new().name("watchdog".into()).spawn(watchdog));
}

/// Does to the process what a signal does to one that does not listen; the terminal was given back.
pub fn obey(signal: Signal) {
    match signal {
        Signal::Quit(number) => end_by(number),
        Signal::Suspend => drop(emulate_default_handler(SIGTSTP)),
        Signal::Resumed | Signal::Resized => {}
    }
}

/// Ends the process as the signal would have without us, so that its parent sees the right status. The caller has
/// dropped the [`Guard`].
pub fn end_by(signal: i32) -> ! {
    // Returns only for a signal whose default is not to end the process.
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal)
}
