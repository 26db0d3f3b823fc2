//! `lutrin check DECK…`: how what is wrong with decks is written, and with which status it ends. What is wrong with them is
//! tested elsewhere.

use std::fmt::Write as _;

use rstest::rstest;
use serde_json::Value;

use crate::pipes::run;
use crate::pty::{Folder, Start};

const CLEAN: &str = "# One\n\n---\n\n# Two\n";
const WARNING: &str = "# One\n\n---\n\n日本\t<center>two\n";
const ERROR: &str = "# One\n\n![a bird](brd.png)\n";

fn folder() -> Folder {
    let folder = Folder::with("clean.md", CLEAN);
    folder.put("warning.md", WARNING);
    folder.put("error.md", ERROR);
    folder.put("Brd.PNG", include_bytes!("../../static/pictures/cncf-landscape.png"));
    folder.put("empty.md", " \n");
    folder.put("binary.md", b"\x00\x01\x02");
    folder
}

/// Returns the status and what was written to standard output and to standard error.
fn check(folder: &Folder, arguments: &[&str]) -> (i32, String, String) {
    let output = run(folder, &[&["check"], arguments].concat(), WARNING.as_bytes());
    let words = |bytes| String::from_utf8(bytes).expect("words are UTF-8");
    (output.status.code().expect("it ended by itself"), words(output.stdout), words(output.stderr))
}

#[rstest]
#[case::clean(&["clean.md"], 0, "nothing to complain of in 1 deck")]
#[case::warnings_pass(&["warning.md"], 0, "1 warning, 1 note in 1 deck")]
#[case::unless_strict(&["--strict", "warning.md"], 1, "1 warning, 1 note in 1 deck")]
#[case::notes_pass_always(&["--strict", "clean.md"], 0, "nothing")]
#[case::error(&["error.md"], 1, "1 error, 1 note in 1 deck")]
#[case::several(&["error.md", "warning.md", "clean.md"], 1, "1 error, 1 warning, 3 notes in 3 decks")]
#[case::input(&["-"], 0, "-:5:4: warning")]
#[case::ours(&["--strict"], 0, "nothing to complain of in 1 deck")]
#[case::before_the_command(&["--size", "20x5", "--size", "200x60", "clean.md"], 0, "in 1 deck")]
fn it_ends_as_the_decks_are(#[case] arguments: &[&str], #[case] status: i32, #[case] said: &str) {
    let (code, out, errors) = check(&folder(), arguments);
    assert_eq!((code, errors.as_str()), (status, ""), "{out}");
    assert!(out.contains(said), "{out}");
}

#[rstest]
#[case::missing("monday.md", "does not exist")]
#[case::empty("empty.md", "empty")]
#[case::binary("binary.md", "NUL")]
#[case::folder(".", "is a folder")]
fn a_deck_that_cannot_be_read_keeps_no_other_from_it(#[case] deck: &str, #[case] said: &str) {
    let (code, out, errors) = check(&folder(), &[deck, "warning.md"]);
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains(said) && out.contains("html-unclosed"), "{errors}{out}");
    let (code, out, _) = check(&folder(), &[deck]);
    assert_eq!((code, out.as_str()), (2, ""));
}

#[rstest]
#[case::size(&["--size", "80"])]
#[case::format(&["--format", "xml"])]
#[case::terminal_and_deck(&["--terminal", "clean.md"])]
#[case::terminal_and_format(&["--terminal", "--format", "json"])]
#[case::separator(&["clean.md", "--separator", "("])]
fn a_wrong_use_is_2(#[case] arguments: &[&str]) {
    let (code, out, errors) = check(&folder(), arguments);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(!errors.is_empty());
}

#[test]
fn people_see_the_line_and_the_words() {
    let (_, out, _) = check(&folder(), &["warning.md", "error.md"]);
    insta::assert_snapshot!("check_text", out);
    assert_eq!(out, check(&folder(), &["warning.md", "error.md"]).1);
}

#[test]
fn programs_read_it() {
    for format in ["json", "github", "sarif"] {
        let (_, out, _) = check(&folder(), &["--format", format, "warning.md", "error.md"]);
        insta::assert_snapshot!(format!("check_{format}"), out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}

/// What the standard asks for of each result, and what its readers rely on.
#[test]
fn sarif_is_whole() {
    let folder = folder();
    folder.put("sub dir/ß.md", ERROR);
    let (_, out, _) = check(&folder, &["--format", "sarif", "sub dir/ß.md", "error.md", "warning.md"]);
    let log: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("2.1.0")));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("there are rules");
    let results = run["results"].as_array().expect("there are results");
    assert_eq!(results.len(), 6);
    for result in results {
        let rule =
            &rules[usize::try_from(result["ruleIndex"].as_u64().expect("it has one")).expect("it is small")];
        assert_eq!(result["ruleId"], rule["id"]);
        assert_eq!(result["level"], rule["defaultConfiguration"]["level"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("it has one");
        assert!(uri.is_ascii() && !uri.contains(' ') && !uri.starts_with('/'), "{uri}");
        assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line > 0));
    }
    let first = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(first, "sub%20dir/%C3%9F.md");
}

#[test]
fn nothing_of_a_deck_commands_the_terminal() {
    let folder = Folder::with(
        "a\x1b[31m\n.md",
        "# A\x1b]0;b\x07\n\n<img src=\"\x1b[2J.png\" alt=\"c\"> <b\x1b>\u{202e}\n",
    );
    for format in ["text", "github", "sarif", "json"] {
        let (code, out, errors) = check(&folder, &["--format", format, "a\x1b[31m\n.md"]);
        assert_eq!((code, errors.as_str()), (1, ""));
        assert!(!out.chars().any(|letter| letter.is_control() && letter != '\n'), "{format}: {out:?}");
    }
}

#[test]
fn colors_are_for_terminals() {
    let folder = folder();
    let mut terminal = Start::lutrin(&folder, &["check", "error.md"]).with("TERM", "xterm-256color").go();
    terminal.ends();
    assert!(terminal.sees(|seen| seen.has_bytes("\x1b[1;31merror\x1b[0m")));
    let mut terminal = Start::lutrin(&folder, &["check", "error.md"]).with("NO_COLOR", "1").go();
    terminal.ends();
    assert!(!terminal.sees(|seen| seen.has_bytes("\x1b[1;31m")));
}

#[test]
fn a_huge_line_is_cut_and_a_large_deck_is_no_trouble() {
    let folder = Folder::with("long.md", format!("{}<center>{}", "日".repeat(50_000), "b".repeat(50_000)));
    let (code, out, _) = check(&folder, &["long.md"]);
    assert_eq!(code, 0);
    let source =
        out.lines().find(|line| line.contains("<center>") && line.contains('│')).expect("it is shown");
    assert!(source.chars().count() < 200);
}

/// The user's lecture, 32 slides as their author wrote them, where the folder `shared` lies beside the project.
#[test]
fn a_real_lecture_is_told_what_matters_and_nothing_else() {
    let Some(path) = crate::rehearsals::lecture() else {
        eprintln!("passed over: there is no such lecture");
        return;
    };
    let output = run(&Folder::empty(), &["check", "--format", "json", &path], b"");
    assert_eq!(output.status.code(), Some(0));
    let json: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let mut found = String::new();
    for told in json["decks"][0]["diagnostics"].as_array().expect("there are some") {
        let _ = writeln!(found, "{} {}", told["line"], told["rule"].as_str().unwrap_or_default());
    }
    let without = [37, 71, 89, 115, 160, 179, 187, 195, 215, 338, 344, 362, 381, 389];
    let placeholders = [15, 27, 41, 52, 58, 145, 320, 330, 354];
    let mut expected = vec![(1, "separator-rule"), (387, "separator-near-miss")];
    expected.extend(without.map(|line| (line, "alt-missing")));
    expected.extend(placeholders.map(|line| (line, "alt-placeholder")));
    expected.sort_unstable();
    let expected: Vec<String> = expected.iter().map(|(line, rule)| format!("{line} {rule}")).collect();
    assert_eq!(found.trim_end(), expected.join("\n"));
}
