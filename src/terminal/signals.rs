//! Signals as events, and what they ask of a process: to stop, to end, and to leave them to a program that has the
//! terminal.

use std::io;
use std::mem;
use std::process::{self, Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{getpgrp, getsid, kill_current_process_group};
use rustix::stdio::stdout;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::emulate_default_handler;

use super::child_process::ChildProcess;
use super::files;
use super::guard::{Guard, Modes};
use super::tty::keyboard;

/// How long the loop may take to end after a signal that asks for it.
const GRACE: Duration = Duration::from_secs(2);
/// A Ctrl-C that is typed at another program is a signal to us too, and may arrive after it has ended that program.
const ECHO: Duration = Duration::from_millis(50);

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// To end; [`end_by`] with this number gives the right exit status.
    Quit(i32),
    /// To stop, as [`Signals::suspend`] does.
    Suspend,
    /// To take the terminal again and repaint: we were stopped from outside, and now go on.
    Resumed,
    /// To ask for the terminal's size and repaint.
    Resized,
}

/// Listens to signals until the process ends.
pub struct Signals {
    pause: Arc<Pause>,
}

/// The state that the thread of signals shares with those who suspend the process or lend its terminal.
#[derive(Default)]
struct Pause {
    state: Mutex<PauseState>,
    changed: Condvar,
}

#[derive(Default)]
struct PauseState {
    /// Whether [`Signals::suspend`] waits for the signal that ends it.
    suspended: bool,
    quitting: bool,
    child: ChildProcess,
}

impl Pause {
    fn state(&self) -> MutexGuard<'_, PauseState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a suspension; returns whether there was one.
    fn wake(&self) -> bool {
        let was_suspended = mem::take(&mut self.state().suspended);
        self.changed.notify_all();
        was_suspended
    }
}

impl Signals {
    /// Starts the thread that calls `on_signal` for each signal. When the process has not ended two seconds after the
    /// first signal that asks for it, the terminal is given back and the process ends by that signal.
    ///
    /// # Errors
    /// Fails when the system refuses a handler or a thread.
    pub fn listen(guard: &Guard, mut on_signal: impl FnMut(Signal) + Send + 'static) -> io::Result<Self> {
        let mut signals = signal_hook::iterator::Signals::new([
            SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH,
        ])?;
        let pause = Arc::new(Pause::default());
        let listener = Self { pause: Arc::clone(&pause) };
        let modes = Arc::clone(&guard.modes);
        thread::Builder::new().name("signals".into()).spawn(move || {
            for signal in &mut signals {
                match signal {
                    // Keys are typed at the other program, and the window's size is asked for when that has ended.
                    SIGWINCH | SIGINT | SIGQUIT | SIGCONT if pause.state().child.has_terminal() => {}
                    SIGTSTP if pause.state().child.has_terminal() => stop_with_child(),
                    SIGWINCH => on_signal(Signal::Resized),
                    SIGTSTP => on_signal(Signal::Suspend),
                    SIGCONT if pause.wake() => {}
                    SIGCONT => on_signal(Signal::Resumed),
                    quit => {
                        on_signal(Signal::Quit(quit));
                        pause.state().child.forward(quit);
                        if !mem::replace(&mut pause.state().quitting, true) {
                            watch_the_end(Arc::clone(&modes), quit);
                        }
                    }
                }
            }
        })?;
        Ok(listener)
    }

    /// Returns whether a signal has asked us to end.
    pub fn is_ending(&self) -> bool {
        self.pause.state().quitting
    }

    /// Gives the terminal back, stops the whole foreground job as Ctrl-Z does, and takes the terminal again when the
    /// shell lets the job go on. Returns whether everything has to be repainted. It need not when there is no shell to
    /// come back from, for then nothing stops; and it must not when the job was killed meanwhile: the terminal is not
    /// ours any more, and [`Signal::Quit`] has been reported already.
    ///
    /// # Errors
    /// Fails when the job cannot be stopped or the terminal is gone.
    pub fn suspend(&self, guard: &Guard) -> io::Result<bool> {
        if getsid(None)? == getpgrp() {
            return Ok(false);
        }
        guard.leave();
        self.pause.state().suspended = true;
        // Each thread may run on for a moment before the stop reaches it: only SIGCONT shows that it is over.
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

    /// Gives the terminal back, runs a program in it, and takes it again when that has ended. Ctrl-C and Ctrl-Z are the
    /// program's meanwhile: the one does not end us, with the other we stop too. A signal that ends us is reported, and
    /// forwarded to the program. The caller must not read the terminal meanwhile.
    ///
    /// # Errors
    /// The terminal is gone, and no program can be started on it or no stage taken again. The inner error is the
    /// program's: it cannot be started.
    pub fn lend(&self, guard: &Guard, command: &mut Command) -> io::Result<io::Result<ExitStatus>> {
        let (keys, screen, errors) =
            (keyboard()?, stdout().try_clone_to_owned()?, stdout().try_clone_to_owned()?);
        command.stdin(Stdio::from(keys)).stdout(Stdio::from(screen)).stderr(Stdio::from(errors));
        self.pause.state().child = ChildProcess::Starting;
        guard.leave();
        let ended = command.spawn().and_then(|child| self.wait_for(child));
        thread::sleep(ECHO);
        let mut state = self.pause.state();
        state.child = ChildProcess::None;
        let is_killed = state.quitting;
        drop(state);
        // After a signal that ends us, a terminal that is the shell's again must not be touched; else it is taken only
        // to be given back as it was found, however the program has left it.
        if is_killed && !guard.modes.in_foreground() {
            return Ok(ended);
        }
        match guard.enter() {
            Err(error) if !is_killed => Err(error),
            _ => Ok(ended),
        }
    }

    fn wait_for(&self, mut child: Child) -> io::Result<ExitStatus> {
        let mut state = self.pause.state();
        state.child = ChildProcess::Running(child.id());
        if state.quitting {
            state.child.forward(SIGTERM);
        }
        drop(state);
        child.wait()
    }
}

/// Stops with the program that has the terminal, which got the same signal; not where there is no shell to resume us.
fn stop_with_child() {
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
    // Without a watchdog the signal still reaches the loop.
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
