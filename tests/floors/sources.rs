//! The files of the repository, and what of a Rust file is code.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fancy_regex::{Captures, Regex};

/// A Rust file: where it is from the repository's root, and what is in it.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn sources() -> Vec<File> {
    rust_files(&["src"])
}

/// Returns the sources that are a part of the program: not those that are compiled for tests alone.
pub(crate) fn program() -> Vec<File> {
    let mut files = sources();
    let declared =
        Regex::new(r"#\[cfg\(test\)\]\n(?:pub(?:\([a-z]+\))? )?mod (\w+);").expect("the expression is right");
    let mut tests = Vec::new();
    for file in &files {
        let folder = file.path.trim_end_matches(".rs");
        let names = declared.captures_iter(&file.text).flatten();
        tests.extend(names.map(|found| format!("{folder}/{}.rs", &found[1])));
    }
    files.retain(|file| !tests.contains(&file.path));
    files
}

pub(crate) fn rust_files(places: &[&str]) -> Vec<File> {
    let is_rust = |path: &String| Path::new(path).extension().is_some_and(|extension| extension == "rs");
    let paths = files(places).into_iter().filter(is_rust);
    paths.map(|path| File { text: read(&path), path }).collect()
}

/// Returns the files at and below `places`, from the repository's root, in order.
pub(crate) fn files(places: &[&str]) -> Vec<String> {
    let mut waiting: Vec<PathBuf> = places.iter().map(PathBuf::from).collect();
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        match fs::read_dir(root().join(&path)) {
            Ok(entries) => waiting.extend(entries.flatten().map(|entry| path.join(entry.file_name()))),
            Err(_) if root().join(&path).is_file() => files.push(path.to_string_lossy().replace('\\', "/")),
            Err(_) => {}
        }
    }
    files.sort();
    files
}

/// Returns the room that a source file is in; the map, `lib.rs`, is in none.
pub(crate) fn room(file: &File) -> Option<String> {
    match file.path.as_str() {
        "src/main.rs" => Some("main".to_owned()),
        path => module(path).into_iter().next(),
    }
}

/// Returns the names of the modules on the way to a source file: `src/layout/table.rs` is `layout`, `table`.
pub(crate) fn module(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|name| !matches!(*name, "main" | "lib")).map(str::to_owned).collect()
}

/// Returns the text up to the tests at its end.
pub(crate) fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// Comments, strings, and letters in quotes.
const WORDLESS: &str = r#"(?s)//[^\n]*|/\*.*?\*/|\bb?r(#*)".*?"\1|"(?:\\.|[^"\\])*"|'(?:\\.[^']*|[^'\\])'"#;

/// Returns the text without comments, strings and letters in quotes; its lines stay where they are.
pub(crate) fn code(text: &str) -> String {
    static SILENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(WORDLESS).expect("the expression is right"));
    SILENT.replace_all(text, |found: &Captures<'_>| "\n".repeat(found[0].matches('\n').count())).into_owned()
}

/// Fails with a list that can be read, where there is anything in it.
#[track_caller]
pub(crate) fn assert_none(what: &str, all: impl IntoIterator<Item = String>) {
    let list = all.into_iter().fold(String::new(), |mut list, one| {
        let _ = write!(list, "\n  {one}");
        list
    });
    assert!(list.is_empty(), "{what}:{list}\n");
}
