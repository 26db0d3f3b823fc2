//! Where documents go, and what is never replaced.

use std::fs;
use std::path::Path;

use rstest::rstest;
use tempfile::TempDir;

use super::program::export;

const DECK: &str = "# One\n\nFirst\n\n---\n\n# Two\n\nSecond\n\n---\n\n# Three\n\nThird\n";

/// Returns a folder with a deck of three slides.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("the system has room for a folder");
    put(&folder, "talk.md", DECK);
    folder
}

fn put(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder is ours");
    fs::write(path, text).expect("the folder is ours");
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("it is there").flatten();
    let mut names: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[track_caller]
fn fails(folder: &TempDir, arguments: &[&str], code: i32) -> String {
    let output = export(folder.path(), arguments);
    let said = String::from_utf8(output.stderr).expect("words are UTF-8");
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

#[track_caller]
fn succeeds(folder: &TempDir, arguments: &[&str]) -> String {
    let output = export(folder.path(), arguments);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("words are UTF-8")
}

#[rstest]
#[case::text("talk.txt", "── 1 · One")]
#[case::json("talk.json", "\"slides\"")]
#[case::html("talk.html", "<!DOCTYPE html>")]
#[case::notes("talk.notes.md", "generator: Lutrin")]
#[case::upper("TALK.JSON", "\"slides\"")]
fn the_ending_of_a_name_says_the_format(#[case] name: &str, #[case] words: &str) {
    let folder = folder();
    assert_eq!(succeeds(&folder, &["talk.md", "-o", name]), "");
    assert!(read(&folder, name).contains(words));
    assert_eq!(names(folder.path()).len(), 2, "nothing else is left there");
}

#[test]
fn a_name_that_says_nothing_is_wrong_use() {
    let said = fails(&folder(), &["talk.md", "-o", "talk.doc"], 2);
    assert!(said.contains("`talk.doc`") && said.contains("--format"), "{said}");
}

#[test]
fn decks_and_formats_go_into_a_folder() {
    let folder = folder();
    put(&folder, "b/talk.md", "# Other\n");
    assert_eq!(succeeds(&folder, &["talk.md", "b/talk.md", "-f", "text,json", "-o", "out/deep/"]), "");
    let out = folder.path().join("out/deep");
    assert_eq!(names(&out), ["talk-2.json", "talk-2.txt", "talk.json", "talk.txt"]);
    assert!(read(&folder, "out/deep/talk-2.txt").contains("Other"));
    let again = succeeds(&folder, &["talk.md", "b/talk.md", "-f", "text,json", "-o", "out/deep/"]);
    assert_eq!(again, "", "our own files are replaced");
}

#[rstest]
#[case::formats(&["talk.md", "-f", "text,json"], "-o slides/")]
#[case::decks(&["talk.md", "b.md"], "-o slides/")]
#[case::pdf(&["talk.md", "-f", "pdf"], "-o talk.pdf")]
#[case::pictures(&["talk.md", "-f", "svg"], "-o slides/")]
#[case::one_file(&["talk.md", "-f", "text,json", "-o", "x"], "`-o x/`")]
fn many_documents_need_a_folder(#[case] arguments: &[&str], #[case] hint: &str) {
    let said = fails(&folder(), arguments, 2);
    assert!(said.contains(hint), "{said}");
}

#[test]
fn a_picture_is_of_one_slide() {
    let folder = folder();
    for output in ["x.svg", "-"] {
        let said = fails(&folder, &["talk.md", "-f", "svg", "-o", output], 2);
        assert!(said.contains("%d"), "{said}");
    }
    assert!(succeeds(&folder, &["talk.md", "--slides", "2", "-f", "svg", "-o", "-"]).contains("Two"));
    succeeds(&folder, &["talk.md", "--slides", "2", "-o", "x.svg"]);
    assert!(read(&folder, "x.svg").contains("Two"));
    succeeds(&folder, &["talk.md", "-o", "%d-x.svg"]);
    assert_eq!(names(folder.path()), ["1-x.svg", "2-x.svg", "3-x.svg", "talk.md", "x.svg"]);
    put(&folder, "tall.md", &"a\n\n".repeat(60));
    let said = fails(&folder, &["tall.md", "-o", "tall.svg"], 1);
    assert!(said.contains("several pages"), "{said}");
}

#[test]
fn what_fails_does_not_keep_the_others() {
    let folder = folder();
    put(&folder, "empty.md", "");
    let said = fails(&folder, &["gone.md", "talk.md", "empty.md", "-f", "text,json", "-o", "out/"], 1);
    assert!(said.contains("`gone.md`") && said.contains("empty"), "{said}");
    assert!(said.contains("2 of 6 documents"), "{said}");
    assert_eq!(names(&folder.path().join("out")), ["talk.json", "talk.txt"]);
}

#[test]
fn what_is_missing_is_told_once_for_all_formats() {
    let folder = folder();
    put(&folder, "bare.md", "# One\n\n![words](gone.png)\n");
    for formats in ["html", "html,pdf,png,svg"] {
        let output = export(folder.path(), &["bare.md", "-f", formats, "-o", "out/"]);
        let said = String::from_utf8(output.stderr).expect("words are UTF-8");
        assert!(output.status.success() && said.starts_with("lutrin: bare.md: slide 1, line 3: "), "{said}");
        assert_eq!(said.matches("`gone.png` is not shown").count(), 1, "{said}");
    }
}

#[test]
fn what_somebody_else_wrote_is_kept() {
    let folder = folder();
    put(&folder, "talk.txt", "my own words");
    let said = fails(&folder, &["talk.md", "-o", "talk.txt"], 1);
    assert!(said.contains("`talk.txt`") && said.contains("--force"), "{said}");
    assert_eq!(read(&folder, "talk.txt"), "my own words");
    succeeds(&folder, &["talk.md", "-o", "talk.txt", "--force"]);
    assert!(read(&folder, "talk.txt").contains("First"));
    succeeds(&folder, &["talk.md", "-o", "talk.txt"]);
    for arguments in [&["talk.md", "-o", "talk.md", "--force"][..], &["talk.md", "-f", "md", "-o", "./"]] {
        let said = fails(&folder, arguments, 1);
        assert!(said.contains("the deck itself"), "{said}");
        assert_eq!(read(&folder, "talk.md"), DECK);
    }
}

#[rstest]
#[case::no_folder("gone/talk.txt", "folder")]
#[case::a_file_for_a_folder("talk.md/out/", "no folder")]
fn where_nothing_can_be_written_that_is_said(#[case] path: &str, #[case] word: &str) {
    let folder = folder();
    let said = fails(&folder, &["talk.md", "-f", "text", "-o", path], 1);
    assert!(said.contains(word), "{said}");
    assert_eq!(names(folder.path()), ["talk.md"]);
}

#[test]
fn slides_are_chosen_in_the_order_of_the_talk() {
    let folder = folder();
    let chosen = |list: &str| {
        let words = succeeds(&folder, &["talk.md", "--slides", list]);
        let rules = words.lines().filter(|line| line.starts_with("──"));
        rules.map(|line| line.chars().find(char::is_ascii_digit).unwrap_or('?')).collect::<String>()
    };
    assert_eq!([chosen("2"), chosen("3,1"), chosen("1-2,2"), chosen("2.1")], ["2", "13", "12", "2"]);
    for (list, word) in [("4", "1 to 3"), ("3-1", "1-3"), ("1.2", "columns"), ("x", "1,3-5")] {
        let said = fails(&folder, &["talk.md", "--slides", list], 2);
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let script = r#""$LUTRIN" export --slides 1-32 -f ansi | head -1; echo "status ${PIPESTATUS[0]}""#;
    let output = std::process::Command::new("bash")
        .args(["-c", script])
        .env("LUTRIN", env!("CARGO_BIN_EXE_lutrin"))
        .output();
    let output = output.expect("there is a shell");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("── 1") && said.ends_with("status 0\n"), "{said}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_screen_a_slide_in_coloured_letters() {
    let folder = folder();
    let words = succeeds(&folder, &["talk.md", "-f", "ansi", "--size", "40x10"]);
    let lines: Vec<&str> = words.lines().collect();
    assert_eq!(lines.len(), 3 * 11, "a rule and ten rows for each slide");
    assert_eq!((lines[0], lines[11], lines[22]), ("── 1 · One ──", "── 2 · Two ──", "── 3 · Three ──"));
    assert!(lines[1..11].iter().all(|line| line.starts_with("\x1b[") && line.ends_with("\x1b[m")));
    assert_eq!(words, succeeds(&folder, &["talk.md", "-f", "ansi", "--size", "40x10"]));
    let light = succeeds(&folder, &["talk.md", "-f", "ansi", "--size", "40x10", "--theme", "light"]);
    assert_ne!(words, light);
}

#[test]
fn what_is_too_tall_for_a_screen_goes_on_with_the_next() {
    let folder = folder();
    let rows: Vec<String> = (1..=30).map(|row| format!("- item {row}")).collect();
    put(&folder, "tall.md", &format!("# Tall\n\n{}\n", rows.join("\n")));
    let words = succeeds(&folder, &["tall.md", "-f", "ansi", "--size", "40x10"]);
    let rules: Vec<&str> = words.lines().filter(|line| line.starts_with("──")).collect();
    assert_eq!(rules[..2], ["── 1 · Tall ──", "── 1 (2) · Tall ──"]);
    let letters: String =
        words.split("\x1b[").map(|part| part.split_once('m').map_or(part, |(_, letters)| letters)).collect();
    let seen =
        |row: usize| letters.lines().filter(|line| line.trim_end().ends_with(&format!("item {row}"))).count();
    assert!((1..=30).all(|row| seen(row) == 1), "each row is there once:\n{words}");
}
