//! Holds the plan of the house: it reads the sources as text, and knows nothing of what they do.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fancy_regex::{Captures, Regex};

/// The rooms of `src`, floor by floor, the ground floor first. A file uses its own room and lower floors.
const FLOORS: [&[&str]; 12] = [
    &["source", "text", "color"],
    &["deck", "theme", "picture"],
    &["parse", "highlight", "rehearsal"],
    &["layout", "present", "report"],
    &["paint", "protocol"],
    &["check", "export"],
    &["cli", "terminal", "disk", "socket"],
    &["workshop"],
    &["common"],
    &["app"],
    &["run"],
    &["main"],
];

/// What asks the world for something. It begins on the floor of `disk` and `terminal`.
const WORLD: [&str; 10] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "stdin()",
    "stdout()",
    "stderr()",
    "println!",
    "SystemTime",
];

/// The loop asks what time it is. So do `common`, which waits for the terminal's answers, `highlight`, which gives up on
/// code that is written to be slow, and `socket`, which sends away who asks too often.
const CLOCKS: [&str; 4] = ["app", "common", "highlight", "socket"];

/// A file longer than this, its tests not counted, is two files.
const LONGEST: usize = 450;

/// A Rust file: where it is from the repository's root, and what is in it.
struct File {
    path: String,
    text: String,
}

#[test]
fn every_file_is_in_a_known_room() {
    let unknown = sources().into_iter().filter(|file| room(file).is_some_and(|room| floor(&room).is_none()));
    assert_none(
        "rooms without a floor (choose one in FLOORS of tests/floors.rs: above all that the room uses, below all \
         that use it; then tell of it in src/lib.rs and docs/design.md)",
        unknown.map(|file| file.path),
    );
}

#[test]
fn every_room_is_there_and_on_the_map() {
    let map = read("src/lib.rs");
    let rooms = FLOORS.concat().into_iter().filter(|room| *room != "main");
    let lost = rooms.filter(|room| {
        let is_told = map.contains(&format!("[`{room}`]")) || map.contains(&format!("[`{room}::"));
        !is_told || !map.contains(&format!("pub mod {room};"))
    });
    assert_none("rooms that src/lib.rs does not declare, or does not tell of", lost.map(str::to_owned));
}

#[test]
fn a_file_uses_its_own_room_and_lower_floors() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(own) = room(&file) else { continue };
        for (line, used) in uses(&file.text, module(&file.path)) {
            let is_lower = floor(&used).is_some_and(|used| Some(used) < floor(&own));
            if used != own && !is_lower {
                let (here, there) = (floor_name(&own), floor_name(&used));
                wrong.push(format!("{}:{line}: `{own}` ({here}) uses `{used}` ({there})", file.path));
            }
        }
    }
    assert_none("uses of the same floor or of a higher one (see docs/design.md)", wrong);
}

#[test]
fn the_lower_floors_ask_the_world_for_nothing() {
    let mut asking = Vec::new();
    for file in sources() {
        let Some(own) = room(&file) else { continue };
        let code = code(without_tests(&file.text));
        if floor(&own) < floor("disk") {
            let words = WORLD.iter().filter(|word| code.contains(**word));
            asking.extend(words.map(|word| format!("{}: `{word}`", file.path)));
        }
        if code.contains("Instant::now") && !CLOCKS.contains(&own.as_str()) {
            asking.push(format!("{}: `Instant::now`", file.path));
        }
    }
    assert_none("files that ask for what should be an argument (see docs/design.md)", asking);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = rust_files(&["src", "tests", "benches", "examples"]).into_iter();
    let silent = silent.filter(|file| !file.text.starts_with("//! "));
    assert_none(
        "files that do not open with a `//!` sentence: what it is for, what it does not do",
        silent.map(|file| file.path),
    );
}

#[test]
fn no_file_is_longer_than_one_can_see_across() {
    let long = sources().into_iter().filter_map(|file| {
        let lines =
            if file.path.ends_with("/tests.rs") { 0 } else { without_tests(&file.text).lines().count() };
        (lines > LONGEST).then(|| format!("{}: {lines} lines", file.path))
    });
    assert_none("files to be parted (a door `x.rs` and rooms behind it in `x/`)", long);
}

#[test]
fn modules_are_named_after_themselves() {
    let doors = sources().into_iter().map(|file| file.path).filter(|path| path.ends_with("/mod.rs"));
    assert_none("files to be renamed: `x.rs` beside `x/` is the door, not `x/mod.rs`", doors);
}

#[test]
fn every_dependency_has_its_reason() {
    let without = dependencies_without_reason(&read("Cargo.toml"));
    assert_none("dependencies without a comment above that says what they are for", without);
}

#[test]
fn no_file_tells_of_a_developers_machine() {
    // Written in two halves, so that this file does not find itself.
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/tm", "p/h")];
    let mut found = Vec::new();
    let told_of = ["src", "tests", "benches", "examples", "docs", "slides", "README.md", "CONTRIBUTING.md"];
    for path in files(&told_of) {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        let tells = |line: &str| places.iter().any(|place| line.contains(place));
        let told = text.lines().enumerate().filter(|(_, line)| tells(line));
        found.extend(told.map(|(nth, line)| format!("{path}:{}: {}", nth + 1, line.trim())));
    }
    assert_none("absolute paths that are on one machine only", found);
}

/// The tests above are worth as much as what reads the sources for them.
#[test]
fn uses_are_found_in_code_only() {
    let text = r##"
        //! [`crate::comment`]
        use crate::plain::{self, Thing};
        use crate::{first, second::{inner, Deep}, third as other};
        pub(super) fn lifetime<'a>(letter: &'a str) -> crate::result::Kind { '"'; b'\''; "crate::string" }
        const RAW: &str = r#"crate::raw " "#; /* crate::block */
        use super::sibling::Thing;
        mod tests {
            use super::super::sibling;
            use super::super::super::root::Thing;
        }
        use super::super::uncle::{one, two};
        fn main() { lutrin::outside::run() }
    "##;
    let found: Vec<String> =
        uses(text, vec!["own".into(), "file".into()]).into_iter().map(|(_, room)| room).collect();
    assert_eq!(found, ["plain", "first", "second", "third", "result", "root", "uncle", "outside"]);
}

#[test]
fn a_reason_stands_for_two_dependencies_at_most() {
    let manifest = "[package]\nname = 0\n[dependencies]\n# Both.\none = 1\ntwo = [\n  'x',\n]\nthree = 3\n";
    let more = "\n# Far above.\n\nfour = 4\n[dev-dependencies]\nfive = 5\n# Its own.\nsix = 6\n[features]\nseven = []\n";
    assert_eq!(dependencies_without_reason(&format!("{manifest}{more}")), ["three", "four", "five"]);
}

/// Fails with a list that can be read, where there is anything in it.
#[track_caller]
fn assert_none(what: &str, all: impl IntoIterator<Item = String>) {
    let list = all.into_iter().fold(String::new(), |mut list, one| {
        let _ = write!(list, "\n  {one}");
        list
    });
    assert!(list.is_empty(), "{what}:{list}\n");
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn floor_name(room: &str) -> String {
    floor(room).map_or("on no floor".to_owned(), |floor| format!("floor {floor}"))
}

/// Returns the text up to the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// Returns the room that a source file is in; the map, `lib.rs`, is in none.
fn room(file: &File) -> Option<String> {
    match file.path.as_str() {
        "src/main.rs" => Some("main".to_owned()),
        path => module(path).into_iter().next(),
    }
}

/// Returns the names of the modules on the way to a source file: `src/layout/table.rs` is `layout`, `table`.
fn module(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|name| !matches!(*name, "main" | "lib")).map(str::to_owned).collect()
}

/// Returns the rooms that the code in `module` uses, with their lines: after `crate::`, after the library's name,
/// and after as many `super::` as lead out of all rooms.
fn uses(text: &str, mut module: Vec<String>) -> Vec<(usize, String)> {
    let code = code(text);
    let tokens: Vec<(usize, &str)> = Regex::new(r"\w+|::|[{}(),;]")
        .expect("the expression is right")
        .find_iter(&code)
        .map(|found| found.expect("the expression has no loops in loops"))
        .map(|found| (found.start(), found.as_str()))
        .collect();
    let word = |at: usize| tokens.get(at).map_or("", |token| token.1);
    let (mut found, mut depth, mut inline, mut at) = (Vec::new(), 0_usize, Vec::new(), 0);
    while at < tokens.len() {
        let begins = word(at + 1) == "::" && (at == 0 || word(at - 1) != "::");
        let line = |at: usize| code[..tokens[at].0].matches('\n').count() + 1;
        match word(at) {
            "mod" if word(at + 2) == "{" => {
                module.push(word(at + 1).to_owned());
                inline.push(depth);
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inline.pop_if(|start| *start == depth).is_some() {
                    module.pop();
                }
            }
            "crate" | "lutrin" if begins => {
                found.extend(names(&tokens[at + 2..]).into_iter().map(|name| (line(at), name)));
            }
            "super" if begins => {
                let ups = tokens[at..].chunks(2).take_while(|pair| pair[0].1 == "super").count();
                at += 2 * ups - 1;
                if ups >= module.len() {
                    found.extend(names(&tokens[at + 1..]).into_iter().map(|name| (line(at), name)));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Returns the first names of a path's rest: one, or those of a group in braces.
fn names(tokens: &[(usize, &str)]) -> Vec<String> {
    let (mut names, mut depth) = (Vec::new(), 0);
    for (nth, (_, token)) in tokens.iter().enumerate() {
        match *token {
            "{" => depth += 1,
            "}" => depth -= 1,
            "::" | "," => {}
            name if nth == 0 => return vec![name.to_owned()],
            name if depth == 1 && matches!(tokens[nth - 1].1, "{" | ",") => names.push(name.to_owned()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// Returns the text without comments, strings and letters in quotes; its lines stay where they are.
fn code(text: &str) -> String {
    let silent = r#"(?s)//[^\n]*|/\*.*?\*/|\bb?r(#*)".*?"\1|"(?:\\.|[^"\\])*"|'(?:\\.[^']*|[^'\\])'"#;
    let silent = Regex::new(silent).expect("the expression is right");
    silent.replace_all(text, |found: &Captures<'_>| "\n".repeat(found[0].matches('\n').count())).into_owned()
}

/// Returns the dependencies that have no comment above them, neither themselves nor the line above.
fn dependencies_without_reason(manifest: &str) -> Vec<String> {
    let mut without = Vec::new();
    let (mut in_dependencies, mut may_follow) = (false, 0_usize);
    for line in manifest.lines() {
        let name = line.split_once('=').map_or("", |(name, _)| name.trim());
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
            may_follow = 0;
        } else if line.starts_with('#') {
            may_follow = 2;
        } else if line.is_empty() {
            may_follow = 0;
        } else if in_dependencies && is_name && line.starts_with(char::is_alphanumeric) {
            if may_follow == 0 {
                without.push(name.to_owned());
            }
            may_follow = may_follow.saturating_sub(1);
        }
    }
    without
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources() -> Vec<File> {
    rust_files(&["src"])
}

fn rust_files(places: &[&str]) -> Vec<File> {
    let is_rust = |path: &String| Path::new(path).extension().is_some_and(|extension| extension == "rs");
    let paths = files(places).into_iter().filter(is_rust);
    paths.map(|path| File { text: read(&path), path }).collect()
}

/// Returns the files at and below `places`, from the repository's root, in order.
fn files(places: &[&str]) -> Vec<String> {
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
