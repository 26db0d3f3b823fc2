//! Folders of their own for decks and what belongs to them. What is in a deck, most tests say themselves.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A folder of its own for a deck and what belongs to it; gone when dropped.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn empty() -> Self {
        Self(TempDir::new().expect("the system has room for a folder"))
    }

    pub(crate) fn with(name: impl AsRef<Path>, deck: impl AsRef<[u8]>) -> Self {
        let folder = Self::empty();
        folder.put(name, deck);
        folder
    }

    /// Puts a file into the folder, and makes the folders on its way.
    pub(crate) fn put(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("the folder is ours");
        fs::write(path, bytes).expect("the folder is ours");
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("the file was written")
    }
}

/// Returns a deck of so many slides, titled by their numbers.
pub(crate) fn deck_of(slides: usize) -> String {
    (1..=slides)
        .map(|number| format!("# Slide{number}\n\nWords of {number}\n"))
        .collect::<Vec<_>>()
        .join("\n---\n\n")
}
