//! Paths and names: in full, as they may be shown, as a shell takes them, and which are alike.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::text::sanitize;

/// Returns a path in full, without links where it exists.
pub fn full(path: &Path) -> String {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path));
    whole.unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
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

/// Returns the names of the Markdown files in `folder`, in order.
pub(super) fn decks_in(folder: &Path) -> Vec<PathBuf> {
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
pub(super) fn quoted(word: &str) -> String {
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
