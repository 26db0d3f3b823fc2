//! The started program: what it is asked to write, and what comes out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The decks that we ship and those that tests are about.
pub(crate) fn decks() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inside = |folder: &str| {
        let files = std::fs::read_dir(root.join(folder)).expect("the folder is ours").flatten();
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    };
    let mut decks: Vec<PathBuf> = inside("tests/decks").chain(inside("slides")).collect();
    decks.sort();
    decks
}

/// Runs `lutrin export` in a folder.
pub(crate) fn export(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .arg("export")
        .args(arguments)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the program starts")
}

/// Returns what the export of a deck writes to standard output.
#[track_caller]
pub(crate) fn words(arguments: &[&str]) -> String {
    let folder = TempDir::new().expect("the system has room for a folder");
    let output = export(folder.path(), arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("words are UTF-8")
}

/// Returns the path of a deck in `tests/decks`.
pub(crate) fn deck(name: &str) -> String {
    format!("{}/tests/decks/{name}", env!("CARGO_MANIFEST_DIR"))
}
