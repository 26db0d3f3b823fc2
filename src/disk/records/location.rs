//! Where the runs of one deck are stored, and one of them.

use std::path::PathBuf;

use crate::rehearsal::Run;

/// The ending of a file that holds a run.
pub(super) const ENDING: &str = "jsonl";

/// Where the runs of one deck are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RecordsLocation {
    /// A folder with a file for each run.
    Folder(PathBuf),
    /// A file that the speaker named; it may hold many runs.
    File(PathBuf),
}

/// A stored run.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRun {
    /// What was recorded.
    pub run: Run,
    /// Its file.
    pub path: PathBuf,
    /// Which run of its file it is, from 0; those that were discarded are not counted.
    pub nth: usize,
}
