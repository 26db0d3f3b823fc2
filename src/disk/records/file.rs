//! A file of runs as bytes: whether it is locked, where its runs begin, and how one is cut out.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::location::StoredRun;
use crate::disk::path::shown;
use crate::rehearsal::{record, run};

/// A file of more bytes than this is none of ours.
const LARGEST: u64 = 64 << 20;
/// How each line begins.
const BEGINNING: &[u8] = b"{\"line\":";

/// Why something cannot be done to a file.
#[derive(Debug, PartialEq)]
pub(super) enum RecordFileError {
    /// A run is being recorded in it.
    Held,
    /// It is not as it was when it was read.
    Changed,
    /// Another reason, in words for a person.
    Other(String),
}

/// Returns the bytes of a file.
///
/// # Errors
/// Those of reading; a folder, a pipe and a file that is too large are errors too.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        return Err(io::Error::other(format!("`{}` is no file", shown(path))));
    }
    if about.len() > LARGEST {
        return Err(io::Error::other(format!("`{}` is larger than any record", shown(path))));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns whether lines may be added to a file that begins like this, for it is a record, or nothing yet.
pub(super) fn is_record(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii_start();
    bytes.is_empty() || bytes.starts_with(BEGINNING)
}

/// Locks a file for as long as it is open, so that no other Lutrin writes to it.
///
/// # Errors
/// Another one does.
pub(super) fn hold(file: &File) -> Result<(), RecordFileError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(RecordFileError::Held),
        // Where the file system knows no locks, one run at a time is likely enough.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Returns whether some Lutrin writes to a file.
pub(super) fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Returns whether an open file is in no folder any more: what is written to it is lost.
///
/// # Errors
/// Nothing can be known of it.
pub(super) fn is_gone(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.nlink() == 0)
}

/// Returns where the last run of a file is, if it is the one that began then.
///
/// # Errors
/// It is another one, or the file cannot be read.
pub(super) fn last_of(path: &Path, started: Timestamp) -> Result<Range<usize>, RecordFileError> {
    let bytes = read(path).map_err(|error| RecordFileError::Other(reason(path, &error)))?;
    let last = parts(&bytes).pop().filter(|part| began(&bytes[part.clone()]) == Some(started));
    last.ok_or(RecordFileError::Changed)
}

/// Deletes a run, and its file where nothing else is in it.
///
/// # Errors
/// Its file is held, or cannot be written, or has another run in that place.
pub(super) fn forget(kept: &StoredRun) -> Result<(), RecordFileError> {
    let failed = |error: &io::Error| RecordFileError::Other(reason(&kept.path, error));
    let file = File::open(&kept.path).map_err(|error| failed(&error))?;
    hold(&file)?;
    let bytes = read(&kept.path).map_err(|error| failed(&error))?;
    let runs = parts(&bytes).into_iter().filter_map(|part| Some((began(&bytes[part.clone()])?, part)));
    let found =
        runs.enumerate().find(|(nth, (started, _))| (*nth, *started) == (kept.nth, kept.run.header.started));
    let (_, (_, part)) = found.ok_or(RecordFileError::Changed)?;
    cut(&kept.path, &bytes, part).map_err(|error| failed(&error))
}

/// Deletes the last run of a file that the caller has locked.
///
/// # Errors
/// Those of reading and writing.
pub(super) fn cut_last(path: &Path) -> io::Result<()> {
    let bytes = read(path)?;
    parts(&bytes).pop().map_or(Ok(()), |last| cut(path, &bytes, last))
}

/// Leaves a part out of a file; all at once, so that nothing else can be lost on the way.
fn cut(path: &Path, bytes: &[u8], part: Range<usize>) -> io::Result<()> {
    // Where the name is a link, it stays one.
    let path = path.canonicalize()?;
    let (before, after) = (&bytes[..part.start], &bytes[part.end..]);
    if before.trim_ascii().is_empty() && after.trim_ascii().is_empty() {
        return fs::remove_file(path);
    }
    let mut rest = NamedTempFile::new_in(path.parent().unwrap_or(Path::new("/")))?;
    rest.write_all(before)?;
    rest.write_all(after)?;
    rest.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    rest.as_file().sync_all()?;
    rest.persist(path)?;
    Ok(())
}

/// Returns where each run of a file begins and ends, also those that were discarded.
fn parts(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut starts, mut first, mut at) = (Vec::new(), None, 0);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        // A first line that is there twice was written again, as any line may be.
        if record::begins_run(&String::from_utf8_lossy(line)) && first.replace(line) != Some(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([at]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Returns when the run of a part began; nothing where it was discarded.
fn began(part: &[u8]) -> Option<Timestamp> {
    let (runs, _) = run::runs(&String::from_utf8_lossy(part));
    runs.first().map(|run| run.header.started)
}

/// Returns in words for a person why something cannot be done to a file or a folder.
pub(super) fn reason(path: &Path, error: &io::Error) -> String {
    let name = shown(path);
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "your share of the disk is used up".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => format!("`{name}` is on a disk that cannot be written to"),
        io::ErrorKind::PermissionDenied => format!("you may not write to `{name}`, or not read it"),
        io::ErrorKind::NotFound => format!("`{name}` is not there"),
        io::ErrorKind::NotADirectory => format!("`{name}` is below a file that is no folder"),
        io::ErrorKind::IsADirectory => format!("`{name}` is a folder"),
        _ => crate::text::sanitize(&error.to_string().to_lowercase()).replace('\n', " "),
    }
}
