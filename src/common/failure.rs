//! Why the program ends before its time.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::source::Diagnostic;
use crate::text::sanitize;

/// Why the program ends before its time, and with which exit status.
#[derive(Debug, Clone)]
pub struct Failure {
    diagnostic: Diagnostic,
    code: u8,
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives the error away")]
impl Failure {
    /// The command line is wrong.
    pub(crate) fn wrong_use(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, code: 2 }
    }

    /// The terminal cannot be set up, read or written to.
    pub(crate) fn terminal(error: io::Error) -> Self {
        Diagnostic::new(format!("the terminal failed: {error}")).into()
    }

    /// The threads that listen to signals cannot be started.
    pub(crate) fn signals(error: io::Error) -> Self {
        Diagnostic::new(format!("signals cannot be listened to: {error}")).into()
    }

    /// The thread that reads keys cannot be started.
    pub(crate) fn keys(error: io::Error) -> Self {
        Diagnostic::new(format!("keys cannot be read: {error}")).into()
    }

    /// The threads of the workshop cannot be started.
    pub(crate) fn workers(error: io::Error) -> Self {
        Diagnostic::new(format!("the worker threads cannot be started: {error}")).into()
    }

    /// Returns what is wrong.
    pub(crate) fn into_diagnostic(self) -> Diagnostic {
        self.diagnostic
    }

    /// Returns the exit status.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, code: 1 }
    }
}

impl fmt::Display for Failure {
    /// In letters that may be shown, for the message may quote a name or an argument.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sanitize(&self.diagnostic.to_string()))
    }
}
