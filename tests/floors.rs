//! Holds the plan of the house: it reads the sources as text, and knows nothing of what they do.

#[path = "floors/circles.rs"]
mod circles;
#[path = "floors/sources.rs"]
mod sources;
#[path = "floors/types.rs"]
mod types;
#[path = "floors/uses.rs"]
mod uses;

use std::fs;

use sources::{
    File, assert_none, code, files, module, program, read, room, root, rust_files, sources, without_tests,
};
use types::{extents, twice};
use uses::uses;

/// The rooms of `src`, floor by floor, the ground floor first. A file uses its own room and lower floors.
const FLOORS: [&[&str]; 12] = [
    &["source", "text", "color"],
    &["deck", "theme", "picture"],
    &["parse", "highlight", "rehearsal"],
    &["layout", "present", "report"],
    &["paint", "protocol"],
    &["check", "export"],
    &["cli", "terminal", "disk", "socket"],
    &["workers"],
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

/// What asks for the time or for the window's size: both are arguments everywhere but in the runtime of the talk.
const MOMENTS: [&str; 4] = ["Instant::now", "Timestamp::now", "Zoned::now", "Window::current"];

/// Who may ask for them beside the runtime, and why.
const MAY_ASK: [(&str, &str); 5] = [
    ("src/app/runtime", "the runtime, whose events have them with them"),
    ("src/common/query.rs", "waits for the terminal's answers, with no talk running"),
    ("src/highlight.rs", "gives up on code that is written to be slow"),
    ("src/run/", "a command runs once: it prints for this window, and at this time"),
    ("src/socket/", "sends away who asks too often"),
];

/// A type that has more is several types.
const MOST_FILES: usize = 2;
const MOST_METHODS: usize = 30;
const MOST_FIELDS: usize = 14;

/// Types that may be larger, and why.
const MAY_BE_LARGE: [(&str, &str); 6] = [
    ("deck::Meta", "a field for each key of the front matter"),
    ("export::HtmlPage", "a method for each kind of block and of inline in HTML"),
    ("parse::Converter", "a method for each kind of element, and elements nest"),
    ("parse::Style", "a field for each property of CSS"),
    ("rehearsal::Clock", "a ledger, whose sums all change with each way of spending time"),
    ("theme::Palette", "a field for each colour"),
];

/// A file longer than this, its tests not counted, is two files.
const LONGEST: usize = 450;

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
    }
    assert_none("files that ask for what should be an argument (see docs/design.md)", asking);
}

#[test]
fn time_and_the_window_come_with_the_event() {
    let may_ask = |file: &File| MAY_ASK.iter().any(|(place, _)| file.path.starts_with(place));
    let asking = program().into_iter().filter(|file| !may_ask(file)).filter_map(|file| {
        let code = code(without_tests(&file.text));
        let words: Vec<_> = MOMENTS.into_iter().filter(|word| code.contains(word)).collect();
        (!words.is_empty()).then(|| (file.path, words.join(", ")))
    });
    assert_none(
        "files that ask for what comes with the event",
        asking.map(|(path, words)| format!("{path}: {words}")),
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = rust_files(&["src", "tests", "benches", "examples"]).into_iter();
    let silent = silent.filter(|file| !file.text.starts_with("//! "));
    assert_none("files that do not open with a `//!` sentence: what it is for", silent.map(|file| file.path));
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
fn no_type_is_larger_than_one_can_know() {
    let may_be_large = |name: &str| MAY_BE_LARGE.iter().any(|(large, _)| *large == name);
    let large = extents(&program()).into_iter().filter_map(|(name, extent)| {
        let (files, methods, fields) = (extent.files.len(), extent.methods, extent.fields);
        let is_large = files > MOST_FILES || methods > MOST_METHODS || fields > MOST_FIELDS;
        let told = format!("{fields} fields, {methods} methods in {files} files");
        (is_large && !may_be_large(&name)).then(|| format!("{name}: {told}"))
    });
    assert_none("types to be split", large);
}

#[test]
fn a_type_has_a_name_of_its_own() {
    let twice = twice(&program()).into_iter().map(|(name, files)| (name, files.join(", ")));
    assert_none("names that several types have", twice.map(|(name, files)| format!("{name}: {files}")));
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

#[test]
fn a_reason_stands_for_two_dependencies_at_most() {
    let manifest = "[package]\nname = 0\n[dependencies]\n# Both.\none = 1\ntwo = [\n  'x',\n]\nthree = 3\n";
    let more = "\n# Far above.\n\nfour = 4\n[dev-dependencies]\nfive = 5\n# Its own.\nsix = 6\n[features]\nseven = []\n";
    assert_eq!(dependencies_without_reason(&format!("{manifest}{more}")), ["three", "four", "five"]);
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn floor_name(room: &str) -> String {
    floor(room).map_or("on no floor".to_owned(), |floor| format!("floor {floor}"))
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
