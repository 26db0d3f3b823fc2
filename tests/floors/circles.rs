//! Which files of a room import each other in a circle: such files can only be read together.

use std::collections::{BTreeMap, BTreeSet};

use fancy_regex::Regex;

use crate::sources::{assert_none, code, module, program, without_tests};

/// Rooms in which there still are circles: to be none.
const STILL_CIRCULAR: [&str; 4] = ["check", "export", "highlight", "parse"];

/// The way to a module: `layout`, `table`.
type Way = Vec<String>;

#[test]
fn the_files_of_a_room_import_each_other_in_no_circle() {
    let files: BTreeMap<Way, String> = program()
        .into_iter()
        .map(|file| (module(&file.path), code(without_tests(&file.text))))
        .filter(|(module, _)| !module.is_empty())
        .collect();
    let imports: BTreeMap<&Way, BTreeSet<Way>> =
        files.iter().map(|(module, code)| (module, imports(module, code, &files))).collect();
    let circular: Vec<&Way> =
        files.keys().filter(|module| reachable(&imports[module], &imports).contains(*module)).collect();
    let is_known = |module: &&Way| STILL_CIRCULAR.contains(&module[0].as_str());
    let found = circular.iter().copied().filter(|module| !is_known(module));
    assert_none(
        "files that import each other in a circle (what both need goes into a file below them)",
        found.map(|module| module.join("::")),
    );
    let undone = STILL_CIRCULAR.iter().filter(|room| !circular.iter().any(|module| module[0] == **room));
    assert_none("rooms to be taken off the list STILL_CIRCULAR", undone.map(|room| (*room).to_owned()));
}

#[test]
fn imports_are_found_by_every_kind_of_path() {
    let ways = ["room", "room::door", "room::door::child", "room::other", "room::third", "lower"];
    let files = ways.map(|way| (way.split("::").map(str::to_owned).collect::<Way>(), String::new())).into();
    let found = |code: &str| {
        let imports = imports(&["room".to_owned(), "door".to_owned()], code, &files);
        imports.into_iter().map(|way| way.join("::")).collect::<Vec<_>>()
    };
    assert_eq!(found("use super::{other::Thing as Else, third};"), ["room::other", "room::third"]);
    assert_eq!(found("use crate::room::other; use super::super::lower;"), ["room::other"]);
    assert_eq!(found("fn main() { child::run(); std::io::stdin() }"), ["room::door::child"]);
    assert!(found("pub use child::Thing; pub(in crate::room) fn other() {}").is_empty(), "no import");
    assert_eq!(found("use super::Thing;"), ["room"]);
}

/// Returns the modules that can be reached from `start` by imports.
fn reachable<'a>(start: &'a BTreeSet<Way>, imports: &'a BTreeMap<&Way, BTreeSet<Way>>) -> BTreeSet<&'a Way> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&Way> = start.iter().collect();
    while let Some(module) = waiting.pop() {
        if reached.insert(module) {
            waiting.extend(&imports[module]);
        }
    }
    reached
}

/// Returns the other files of its room that the code of `module` imports. What a door only hands on by `pub use` is no
/// import.
fn imports(module: &[String], code: &str, files: &BTreeMap<Way, String>) -> BTreeSet<Way> {
    let mut paths = Vec::new();
    let code = matches(r"pub(\([^)]*\))?\s+use\s[^;]*;|pub\(in\s[^)]*\)", code)
        .fold(code.to_owned(), |code, passed_on| code.replacen(passed_on, "", 1));
    for import in matches(r"\buse\s[^;]*;", &code) {
        expand(&[], import.trim_start_matches("use").trim_end_matches(';'), &mut paths);
    }
    paths.extend(matches(r"\w+(::\w+)+", &code).map(|path| path.split("::").map(str::to_owned).collect()));
    let files = paths.iter().filter_map(|path| file_of(module, path, files));
    files.filter(|file| file != module && file[0] == module[0]).collect()
}

fn matches<'a>(expression: &str, text: &'a str) -> impl Iterator<Item = &'a str> {
    let expression = Regex::new(expression).expect("the expression is right");
    let found: Vec<&str> =
        expression.find_iter(text).map(|found| found.expect("no loops in loops").as_str()).collect();
    found.into_iter()
}

/// Adds the paths of an import: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn expand(prefix: &[String], tree: &str, paths: &mut Vec<Way>) {
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in tree.char_indices().chain([(tree.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let (path, group) = tree[start..at].split_once('{').unwrap_or((&tree[start..at], ""));
                let names = path.split("::").filter_map(|name| name.split_whitespace().next());
                let path: Way = prefix.iter().cloned().chain(names.map(str::to_owned)).collect();
                match group.rsplit_once('}') {
                    Some((group, _)) => expand(&path, group, paths),
                    None => paths.push(path),
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Returns the file that a path in `module` leads to: that of the last module on it.
fn file_of(module: &[String], path: &[String], files: &BTreeMap<Way, String>) -> Option<Way> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let (mut file, rest) = match path.first()?.as_str() {
        "crate" => (Way::new(), &path[1..]),
        "self" => (module.to_vec(), &path[1..]),
        "super" => (module[..module.len().saturating_sub(ups)].to_vec(), &path[ups..]),
        child if files.contains_key(&[module, &[child.to_owned()]].concat()) => (module.to_vec(), path),
        _ => return None,
    };
    for name in rest {
        file.push(name.clone());
        if !files.contains_key(&file) {
            file.pop();
            break;
        }
    }
    files.contains_key(&file).then_some(file)
}
