//! How long documents take: the lecture as pages, and a deck of 10 400 slides as words. The started program does it, from its
//! start to its end.

mod stopwatch;

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const SLIDES: usize = 10_400;

fn export(folder: &Path, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .arg("export")
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{arguments:?}");
}

/// A deck of many slides with headings, lists and code.
fn long() -> String {
    (1..=SLIDES).fold(String::new(), |mut deck, number| {
        let _ = write!(
            deck,
            "## Slide {number}\n\n- one *point*\n- another [one](https://example.org/{number})\n\n\
             ```rust\nlet number = {number};\n```\n\n---\n\n"
        );
        deck
    })
}

fn main() {
    let folder = TempDir::new().expect("the system has room for a folder");
    std::fs::write(folder.path().join("long.md"), long()).expect("the folder is ours");
    for (name, arguments) in [
        ("lecture to pdf", &["-o", "lecture.pdf"][..]),
        ("lecture to html", &["-o", "lecture.html"]),
        ("lecture to svg", &["-f", "svg", "-o", "svg/"]),
        ("lecture to png", &["-f", "png", "-o", "png/"]),
        ("10 400 slides to text", &["long.md"]),
        ("10 400 slides to json", &["long.md", "-f", "json"]),
    ] {
        stopwatch::time(name, || export(folder.path(), arguments));
    }
}
