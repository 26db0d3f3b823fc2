//! Files: the deck and the pictures it names, and word of their changes. What they hold is not read here.

pub mod assets;
mod draft;
#[cfg(feature = "pages")]
pub mod fonts;
pub mod records;
mod rewrite;
pub mod watch;

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

pub use assets::Assets;
pub use draft::{Draft, failed as write_failed, make_folder};
pub use records::{Kept, Recorder, Records};
pub use rewrite::rewrite;
pub use watch::{Sight, Watch};

use crate::source::Diagnostic;
use crate::text::sanitize;

/// The lecture that is presented when no deck is named.
const LECTURE: &str = include_str!("../slides/kubernetes.md");
/// Its pictures, under the names that it gives them.
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static/pictures");
/// A file of more bytes than this is no deck.
const LARGEST: u64 = 256 << 20;

/// Where a deck comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The lecture inside the program.
    Embedded,
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
}

impl Place {
    /// Returns the place that an argument names: `-` is standard input, no argument the lecture.
    pub fn named(deck: Option<&Path>) -> Self {
        match deck {
            None => Self::Embedded,
            Some(path) if path == Path::new("-") => Self::Input,
            Some(path) => Self::File(path.to_owned()),
        }
    }

    /// Returns the bytes of the deck.
    ///
    /// # Errors
    /// A missing or unreadable file, a folder, or one that is too large, with advice.
    pub fn read(&self) -> Result<Vec<u8>, Diagnostic> {
        match self {
            Self::Embedded => Ok(LECTURE.as_bytes().to_vec()),
            Self::Input => {
                let mut bytes = Vec::new();
                let limited = std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes);
                limited.map_err(|error| Diagnostic::new(format!("cannot read standard input: {error}")))?;
                Ok(bytes)
            }
            Self::File(path) => read_file(path),
        }
    }

    /// Returns the deck's path in full, `-` for standard input, nothing for the lecture: so it is known again elsewhere.
    pub fn full(&self) -> String {
        match self {
            Self::Embedded => String::new(),
            Self::Input => "-".to_owned(),
            Self::File(path) => full(path),
        }
    }

    /// Returns the deck's name without its ending.
    pub fn stem(&self) -> String {
        match self {
            Self::Embedded => "lecture".to_owned(),
            Self::Input => "input".to_owned(),
            Self::File(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    /// Returns the deck as a shell would name it, for a sentence that can be typed again; empty for the lecture.
    pub fn argument(&self) -> String {
        match self {
            Self::Embedded => String::new(),
            Self::Input => "-".to_owned(),
            Self::File(path) => quoted(&shown(path)),
        }
    }
}

/// Returns a path in full, without links where it exists.
pub fn full(path: &Path) -> String {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path));
    whole.unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

fn read_file(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = shown(path);
    let failed = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Diagnostic::new(format!("`{name}` does not exist")).hint(missing_hint(path))
        }
        std::io::ErrorKind::PermissionDenied => {
            Diagnostic::new(format!("`{name}` may not be read")).hint("its owner can allow it: `chmod +r`")
        }
        _ => Diagnostic::new(format!("cannot read `{name}`: {error}")).hint("try another copy of the file"),
    };
    let about = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if about.is_dir() {
        let inside = decks_in(path).into_iter().next();
        let hint = inside.map_or("name a Markdown file".to_owned(), |deck| {
            format!("name a file in it: `lutrin {}`", quoted(&shown(&path.join(deck))))
        });
        return Err(Diagnostic::new(format!("`{name}` is a folder")).hint(hint));
    }
    if about.len() > LARGEST {
        return Err(Diagnostic::new(format!("`{name}` is too large for a deck")).hint("give a Markdown file"));
    }
    std::fs::read(path).map_err(|error| failed(&error))
}

/// Returns advice for a deck that is not there: a file beside it whose name is alike, or a way to find it.
fn missing_hint(path: &Path) -> String {
    match similar(path) {
        Some(other) => format!("there is `{}`", shown(&other)),
        None => {
            "give the path of a Markdown file, or nothing for the lecture that comes with Lutrin".to_owned()
        }
    }
}

/// Returns a Markdown file in the same folder that the name may mean.
pub fn similar(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let wanted = path.file_stem()?.to_string_lossy().to_lowercase();
    let alike = |name: &PathBuf| {
        let stem = name.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        stem.starts_with(&wanted) || wanted.starts_with(&stem) || distance(&stem, &wanted) <= 2
    };
    let found = decks_in(folder.unwrap_or(Path::new("."))).into_iter().find(alike)?;
    Some(folder.map_or(found.clone(), |folder| folder.join(found)))
}

fn decks_in(folder: &Path) -> Vec<PathBuf> {
    let names = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| PathBuf::from(entry.file_name()));
    let is_deck =
        |name: &PathBuf| matches!(name.extension().and_then(OsStr::to_str), Some("md" | "markdown"));
    let mut decks: Vec<PathBuf> = names.filter(is_deck).collect();
    decks.sort();
    decks
}

/// Returns how many letters must change to make one word of the other.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (nth, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], nth + 1);
        for (column, &against) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != against);
            diagonal = row[column + 1];
            row[column + 1] = change.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

/// Returns a path in letters that may be shown.
pub fn shown(path: &Path) -> String {
    sanitize(&path.to_string_lossy()).replace('\n', "␊")
}

/// Returns the word in quotes where a shell would take it apart.
fn quoted(word: &str) -> String {
    let plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_' | '+' | ',' | ':' | '@' | '%')
    };
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_far_apart_as_their_letters() {
        assert_eq!(distance("export", "export"), 0);
        assert_eq!(distance("exprot", "export"), 2);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        assert_eq!(quoted("a/b.md"), "a/b.md");
        assert_eq!(quoted("l'été $1.md"), r"'l'\''été $1.md'");
    }
}
