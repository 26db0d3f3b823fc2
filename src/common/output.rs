//! What a command prints.

use std::io::{ErrorKind, Write};

use super::Failure;
use crate::source::Diagnostic;

/// Writes to standard output. A reader who has seen enough, and closes the pipe, is no failure.
pub(crate) fn print(bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Diagnostic::new(format!("cannot write to standard output: {error}")).into())
        }
        _ => Ok(()),
    }
}
