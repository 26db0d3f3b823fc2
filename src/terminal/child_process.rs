//! A program that has our terminal for as long as it runs, as an editor does.

use rustix::process::{Pid, Signal, kill_process};

/// The state of the program that has the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ChildProcess {
    /// There is none.
    #[default]
    None,
    /// It is about to be started.
    Starting,
    /// It runs under this process number.
    Running(u32),
}

impl ChildProcess {
    pub(super) fn has_terminal(self) -> bool {
        self != Self::None
    }

    /// Sends a signal to the program, if it runs.
    pub(super) fn forward(self, signal: i32) {
        if let Self::Running(number) = self
            && let Some(process) = i32::try_from(number).ok().and_then(Pid::from_raw)
            && let Some(signal) = Signal::from_named_raw(signal)
        {
            let _ = kill_process(process, signal);
        }
    }
}
