//! Temporary files for a terminal on this machine to read. None is left when the terminal is given back.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

/// Terminals remove nothing from other folders than that for temporary files, or without these words in its name.
const PREFIX: &str = "tty-graphics-protocol-lutrin-";

/// All that are there; nothing when no more may be made.
static FILES: Mutex<Option<BTreeMap<PathBuf, TempPath>>> = Mutex::new(Some(BTreeMap::new()));

fn files() -> MutexGuard<'static, Option<BTreeMap<PathBuf, TempPath>>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that the terminal may read, and removes when a command names it as temporary. It is removed anyway when this
/// is dropped.
pub struct TempFile(PathBuf);

impl TempFile {
    /// Writes bytes to a file that only this user may read.
    ///
    /// # Errors
    /// Fails when the folder for temporary files can't be written to, or the terminal was given back.
    pub fn new(bytes: &[u8]) -> io::Result<Self> {
        let mut files = files();
        // A file that is made while all are removed would stay, so it is made under the lock.
        let all = files.as_mut().ok_or_else(|| io::Error::other("nobody reads it any more"))?;
        let mut file = tempfile::Builder::new().prefix(PREFIX).tempfile()?;
        file.write_all(bytes)?;
        let path = file.into_temp_path();
        let name = path.to_path_buf();
        all.insert(name.clone(), path);
        Ok(Self(name))
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if let Some(all) = files().as_mut() {
            all.remove(&self.0);
        }
    }
}

/// Removes all files and has no more made: threads that still make pictures are not waited for when a process ends.
pub(super) fn remove_all() {
    drop(files().take());
}
