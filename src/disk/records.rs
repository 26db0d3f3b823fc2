//! The runs of a deck on disk: where they are, read again, and deleted.

mod file;
mod location;
mod recorder;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use siphasher::sip::SipHasher13;

use super::deck_source::DeckSource;
use super::path::shown;
use crate::rehearsal::{Header, run};
use crate::source::Diagnostic;
use file::{RecordFileError, reason};
pub use location::StoredRun;
use location::{ENDING, RecordsLocation};
pub use recorder::{OnProblem, Recorder};

/// Where the runs of one deck are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    at: RecordsLocation,
}

impl Records {
    /// The usual place for a deck: `lutrin/rehearsals` in the folder where the system wants a program to keep its state.
    ///
    /// # Errors
    /// There is no such folder, as for a user without a home.
    pub fn of(place: &DeckSource) -> Result<Self, Diagnostic> {
        let homeless = |_| {
            Diagnostic::new("there is no home folder, so runs have no place")
                .hint("set `XDG_STATE_HOME`, or name a file: `--record FILE`")
        };
        let system = choose_base_strategy().map_err(homeless)?;
        Ok(Self::in_state(&system.state_dir().unwrap_or_else(|| system.data_dir()), place))
    }

    /// The place for a deck below the folder of all programs' state.
    pub fn in_state(state: &Path, place: &DeckSource) -> Self {
        Self { at: RecordsLocation::Folder(state.join("lutrin/rehearsals").join(folder_name(place))) }
    }

    /// A file that the speaker names.
    pub fn in_file(path: &Path) -> Self {
        Self { at: RecordsLocation::File(path.to_owned()) }
    }

    /// Returns the folder of the runs, or the file that the speaker named.
    pub fn path(&self) -> &Path {
        match &self.at {
            RecordsLocation::Folder(path) | RecordsLocation::File(path) => path,
        }
    }

    /// Returns the runs that are kept, the oldest first, and what of them could not be read.
    pub fn runs(&self) -> (Vec<StoredRun>, Vec<Diagnostic>) {
        let (mut all, mut odd) = (Vec::new(), Vec::new());
        let mut add = |path: &Path, found: io::Result<Vec<u8>>| match found {
            Ok(bytes) => {
                let (kept, wrong) = self.kept_in(path, &bytes);
                all.extend(kept);
                odd.extend(wrong);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => odd.push(self.unread(&reason(path, &error))),
        };
        match &self.at {
            RecordsLocation::File(path) => add(path, file::read(path)),
            RecordsLocation::Folder(folder) => match files_in(folder) {
                Ok(paths) => paths.iter().for_each(|path| add(path, file::read(path))),
                Err(error) => add(folder, Err(error)),
            },
        }
        all.sort_by(|one, other| {
            let order = |kept: &StoredRun| (kept.run.header.started, kept.nth);
            order(one).cmp(&order(other)).then_with(|| one.path.cmp(&other.path))
        });
        (all, odd)
    }

    /// Returns the runs of a file, and what is wrong with it.
    fn kept_in(&self, path: &Path, bytes: &[u8]) -> (Vec<StoredRun>, Vec<Diagnostic>) {
        let (runs, odd) = run::runs(&String::from_utf8_lossy(bytes));
        if runs.is_empty() && !file::is_record(bytes) {
            return (Vec::new(), vec![self.unread(&format!("`{}` is no record of runs", shown(path)))]);
        }
        let odd = odd.into_iter().map(|diagnostic| in_file(path, diagnostic)).collect();
        let kept = |(nth, run)| StoredRun { run, path: path.to_owned(), nth };
        (runs.into_iter().enumerate().map(kept).collect(), odd)
    }

    fn unread(&self, reason: &str) -> Diagnostic {
        Diagnostic::new(format!("no run can be read: {reason}")).hint(match self.at {
            RecordsLocation::Folder(_) => "runs in other files count",
            RecordsLocation::File(_) => "give a file that `--record` has written",
        })
    }

    /// Begins to write a run; `on_problem` is called when that fails, now or later: the talk goes on.
    pub fn begin(&self, header: Header, on_problem: OnProblem) -> Recorder {
        Recorder::begin(&self.at, header, on_problem)
    }

    /// Goes on with a run that is kept, the last of its file. What is written next should say when.
    pub fn go_on(&self, kept: &StoredRun, on_problem: OnProblem) -> Recorder {
        Recorder::go_on(kept, on_problem)
    }

    /// Returns whether a run is being recorded right now, here or by another Lutrin.
    pub fn is_going_on(&self, kept: &StoredRun) -> bool {
        file::is_held(&kept.path) && file::last_of(&kept.path, kept.run.header.started).is_ok()
    }

    /// Deletes a run; its file too where nothing else is in it.
    ///
    /// # Errors
    /// It is being recorded, or it is not there any more, or its file cannot be written.
    pub fn forget(&self, kept: &StoredRun) -> Result<(), Diagnostic> {
        let name = shown(&kept.path);
        file::forget(kept).map_err(|failure| match failure {
            RecordFileError::Held => Diagnostic::new(format!("a run is being recorded in `{name}`"))
                .hint("end it first, then forget"),
            RecordFileError::Changed => {
                Diagnostic::new(format!("`{name}` has changed since the run was read"))
                    .hint("list the runs again, and choose again")
            }
            RecordFileError::Other(reason) => {
                Diagnostic::new(format!("the run cannot be forgotten: {reason}"))
                    .hint(format!("it is in `{name}`"))
            }
        })
    }
}

/// Returns the files of a folder that may hold a run, in the order of their names.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_file() && path.extension().is_some_and(|ending| ending == ENDING) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Names the file in a message about one of its lines: it is not about the deck.
fn in_file(path: &Path, diagnostic: Diagnostic) -> Diagnostic {
    let line = diagnostic.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let message = format!("`{}`{line}: {}", shown(path), diagnostic.message);
    Diagnostic { line: None, message, ..diagnostic }
}

/// Returns the name of a deck's folder: that of its file, for people, and what tells it from others of that name.
fn folder_name(place: &DeckSource) -> String {
    match place {
        DeckSource::Embedded => "lecture".to_owned(),
        DeckSource::Input => "standard-input".to_owned(),
        DeckSource::File(path) => {
            let path = whole(path);
            let hash = SipHasher13::new().hash(path.as_os_str().as_encoded_bytes());
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            format!("{}-{hash:016x}", safe_letters(&stem))
        }
    }
}

/// Returns the one path of a file, by whatever way it is named. A deck may be gone whose runs are still there.
fn whole(path: &Path) -> PathBuf {
    let beside = || {
        let path = std::path::absolute(path).ok()?;
        Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?))
    };
    let found = path.canonicalize().ok().or_else(beside);
    found.or_else(|| std::path::absolute(path).ok()).unwrap_or_else(|| path.to_owned())
}

/// Returns a name that every file system takes: a few letters and digits, and one `-` for all between them.
fn safe_letters(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(40).collect();
    if name.is_empty() { "deck".to_owned() } else { name }
}
