//! Another program at our terminal, for as long as it runs: an editor. Which program that is, is not decided here.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use rustix::stdio::stdout;

use super::guard::Guard;
use super::signals::Signals;
use super::tty::keyboard;

/// What is typed at a guest as Ctrl-C is a signal to us too, which may reach us when it has ended the guest already.
const ECHO: Duration = Duration::from_millis(50);

/// Who is at the terminal besides us.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Guest {
    #[default]
    Nobody,
    /// Somebody who is just coming.
    Expected,
    Process(u32),
}

impl Guest {
    pub(super) fn is_there(self) -> bool {
        self != Self::Nobody
    }

    /// Passes a signal on; a process that has ended hears nothing.
    pub(super) fn hear(self, signal: i32) {
        if let Self::Process(number) = self
            && let Some(process) = i32::try_from(number).ok().and_then(Pid::from_raw)
            && let Some(signal) = Signal::from_named_raw(signal)
        {
            let _ = kill_process(process, signal);
        }
    }
}

impl Signals {
    /// Gives the terminal back, runs a program in it, and takes it again when that has ended. Ctrl-C and Ctrl-Z are the
    /// program's meanwhile: the one does not end us, with the other we stop too. A signal that asks us to end is told,
    /// and the program hears it too. Nobody else reads the terminal meanwhile.
    ///
    /// # Errors
    /// The terminal is gone, and no program can be started on it or no stage taken again. The inner error is the
    /// program's: it cannot be started.
    pub fn lend(&self, guard: &Guard, command: &mut Command) -> io::Result<io::Result<ExitStatus>> {
        let (keys, screen, errors) =
            (keyboard()?, stdout().try_clone_to_owned()?, stdout().try_clone_to_owned()?);
        command.stdin(Stdio::from(keys)).stdout(Stdio::from(screen)).stderr(Stdio::from(errors));
        self.pause.state().guest = Guest::Expected;
        guard.leave();
        let ended = command.spawn().and_then(|child| self.wait_for(child));
        thread::sleep(ECHO);
        let mut state = self.pause.state();
        state.guest = Guest::Nobody;
        let is_killed = state.quitting;
        drop(state);
        // Who was killed in the background must not touch a terminal that is the shell's; else it is taken only to be
        // given back as it was found, whatever the guest has left of it.
        if is_killed && !guard.modes.in_foreground() {
            return Ok(ended);
        }
        match guard.enter() {
            Err(error) if !is_killed => Err(error),
            _ => Ok(ended),
        }
    }

    fn wait_for(&self, mut guest: Child) -> io::Result<ExitStatus> {
        let mut state = self.pause.state();
        state.guest = Guest::Process(guest.id());
        if state.quitting {
            state.guest.hear(Signal::TERM.as_raw());
        }
        drop(state);
        guest.wait()
    }
}
