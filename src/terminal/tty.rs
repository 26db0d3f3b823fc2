//! The two ends of the terminal: where keys come from and where bytes go; it interprets neither.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::PathBuf;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{isatty, ttyname};

/// Opens the terminal that keys come from: standard input, or `/dev/tty` when a deck is piped in.
///
/// # Errors
/// Fails when standard input is no terminal and the process has no controlling terminal either.
pub fn keyboard() -> io::Result<OwnedFd> {
    if isatty(stdin()) {
        return stdin().try_clone_to_owned();
    }
    let tty = File::open("/dev/tty")?;
    // macOS cannot wait (poll) on /dev/tty itself, only on the device behind it.
    let device = if cfg!(target_os = "macos") { device_of(stdout()) } else { None };
    Ok(device.and_then(|path| File::open(path).ok()).unwrap_or(tty).into())
}

fn device_of(fd: BorrowedFd<'_>) -> Option<PathBuf> {
    let name = ttyname(fd, Vec::new()).ok()?;
    Some(PathBuf::from(name.into_string().ok()?))
}

/// Standard output without a buffer or a lock: each write is one system call, so a frame reaches the terminal
/// whole, and a thread that is stuck in a write cannot keep another from giving the terminal back.
#[derive(Debug, Clone, Copy, Default)]
pub struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(stdout(), bytes) {
                Err(Errno::INTR) => {}
                // The parent process may have left the terminal in non-blocking mode.
                Err(Errno::AGAIN) => drop(wait_for(stdout(), PollFlags::OUT, None)),
                written => return Ok(written?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output {
    /// Writes what the terminal takes within a tenth of a second, and drops the rest and every error.
    pub(super) fn write_or_forget(bytes: &[u8]) {
        let patience = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
        if wait_for(stdout(), PollFlags::OUT, Some(&patience)) == Ok(true) {
            let _ = rustix::io::write(stdout(), bytes);
        }
    }
}

fn wait_for(fd: impl AsFd, what: PollFlags, patience: Option<&Timespec>) -> Result<bool, Errno> {
    let mut fds = [PollFd::new(&fd, what)];
    Ok(poll(&mut fds, patience)? > 0)
}
