//! Where a deck comes from, and its bytes.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::path::{decks_in, full, quoted, shown, similar};
use crate::source::Diagnostic;

/// The lecture that is presented when no deck is named.
const LECTURE: &str = include_str!("../../slides/kubernetes.md");
/// A file of more bytes than this is no deck.
const LARGEST: u64 = 256 << 20;

/// Where a deck comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeckSource {
    /// The lecture inside the program.
    Embedded,
    /// Standard input.
    Input,
    /// A file.
    File(PathBuf),
}

impl DeckSource {
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
