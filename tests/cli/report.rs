//! `lutrin report`, on a terminal and in pipes: runs that somebody recorded go in.

use std::process::Command;

use rstest::rstest;
use serde_json::{Value, json};

use crate::pipes::run;
use crate::pty::{Folder, LUTRIN, Seen, Start};

/// Returns the lines of a run on a day of October: what each of its three slides took, of two minutes each.
fn recorded(day: u32, seconds: &[f64]) -> String {
    let slide = |index: usize| {
        json!({"key": format!("{index}"), "number": index + 1, "title": format!("Slide{index}"),
        "counts": true, "section": 0, "planned_seconds": 120.0})
    };
    let started = format!("2025-10-{day:02}T18:00:00Z");
    let header = json!({"line": "run", "version": 1, "deck": "", "title": "Talk", "started": started,
        "planned_seconds": 360.0, "tolerance_seconds": 10.0, "slides": (0..3).map(slide).collect::<Vec<_>>()});
    let lap = |(index, seconds): (usize, &f64)| {
        json!({"line": "lap", "at": started, "key": format!("{index}"),
        "step": 0, "seconds": seconds, "new": true})
    };
    let laps = seconds.iter().enumerate().map(lap);
    std::iter::once(header).chain(laps).map(|line| line.to_string() + "\n").collect()
}

/// A folder with a deck and a file of four runs: two are complete, one is partial, one short.
fn folder() -> Folder {
    let folder = Folder::with("talk.md", "# Talk\n");
    let runs =
        [(1, &[120.0, 180.0, 120.0][..]), (2, &[120.0, 130.0]), (3, &[20.0]), (4, &[120.0, 125.0, 118.0])];
    let lines: String = runs.into_iter().map(|(day, seconds)| recorded(day, seconds)).collect();
    folder.put("runs", lines);
    folder
}

/// Runs the command on the file; returns the exit status, what it wrote and what it said.
fn report(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(folder, &[&["report", "talk.md", "--record", "runs"], arguments].concat(), b"");
    let words = |bytes| String::from_utf8(bytes).expect("words are UTF-8");
    (output.status.code(), words(output.stdout), words(output.stderr))
}

#[rstest]
#[case::the_last_complete_run(&[], &["Talk · run 4 of 4", "on time: 6:03 of 6:00", "runs  7:00 → 6:03", "#  slide"])]
#[case::by_its_number(&["--run", "1"], &["run 1 of 4", "1:00 over; slide 2 cost 1:00 more than planned"])]
#[case::partial(&["--run", "2"], &["partial: 2 of 3 slides in 4:10, on the plan of those"])]
#[case::the_best(&["--run", "best"], &["run 4 of 4"])]
#[case::the_dearest_first(&["--run", "1", "--sort", "cost", "--format", "csv"], &["visits\n2,"])]
#[case::all(&["--runs"], &["Talk · 4 runs", "4:10", "partial, short"])]
#[case::two(&["--compare", "1", "last"], &["run 4 took 0:57 less than run 1; slide 2 changed most, −0:55"])]
#[case::markdown(&["--format", "md"], &["| 1 | Slide0 | 2:00 | 2:00 | 2:00 | 2:00 | 0:00 | 1 |"])]
#[case::html(&["--format", "html"], &["<!DOCTYPE html>", "Slide2"])]
fn runs_are_told_of(#[case] arguments: &[&str], #[case] words: &[&str]) {
    let (status, text, said) = report(&folder(), arguments);
    assert_eq!((status, said.as_str()), (Some(0), ""));
    for word in words {
        assert!(text.contains(word), "{word} is missing in:\n{text}");
    }
}

#[test]
fn programs_get_numbers() {
    let (_, text, _) = report(&folder(), &["--format", "json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&json["total_seconds"], &json["complete"]), (&363.0.into(), &true.into()));
    assert_eq!((&json["paused_seconds"], &json["questions_seconds"]), (&0.0.into(), &0.0.into()));
    let slide = &json["slides"][1];
    assert_eq!((&slide["number"], &slide["title"]), (&2.into(), &"Slide1".into()));
    assert_eq!(
        (&slide["planned_seconds"], &slide["seconds"], &slide["visits"]),
        (&120.0.into(), &125.0.into(), &1.into())
    );
}

#[test]
fn the_deck_may_be_gone_and_lines_may_be_damaged() {
    let folder = folder();
    std::fs::remove_file(folder.path().join("talk.md")).unwrap();
    folder.put("runs", folder.read("runs") + "{\"line\":\"lap\", \u{1b}[2J\n");
    let (status, text, said) = report(&folder, &[]);
    assert_eq!(status, Some(0));
    assert!(text.contains("on time: 6:03 of 6:00"), "{text}");
    assert!(said.starts_with("lutrin: ") && !said.contains('\u{1b}'), "{said}");
}

#[rstest]
#[case::no_such_run(&["report", "--record", "runs", "--run", "9"], 1, &["no run `9`", "runs 1 to 4", "--runs"])]
#[case::none_to_compare(&["report", "--record", "runs", "--compare", "1", "5"], 1, &["no run `5`"])]
#[case::none_recorded(&["report", "talk.md"], 1, &["no run of `talk.md`", "lutrin rehearse talk.md"])]
#[case::no_file(&["report", "talk.md", "--record", "no"], 1, &["in `no`", "lutrin rehearse talk.md --record no"])]
#[case::no_deck(&["report", "talks.md"], 1, &["`talks.md` does not exist", "`talk.md`"])]
#[case::no_number(&["report", "--run", "first"], 2, &["first", "last", "best"])]
#[case::too_much(&["report", "--runs", "--compare", "1", "2"], 2, &["--runs", "--compare"])]
#[case::nobody_to_ask(&["report", "--record", "runs", "--forget", "1"], 2, &["run 1", "7:00", "--yes"])]
fn what_cannot_be_told_is_said(#[case] arguments: &[&str], #[case] status: i32, #[case] words: &[&str]) {
    let output = run(&folder(), arguments, b"");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(status), 0), "{said}");
    for word in words {
        assert!(said.contains(word), "{word} is missing in:\n{said}");
    }
}

#[test]
fn a_run_is_forgotten_only_when_its_speaker_says_so() {
    let folder = folder();
    let before = folder.read("runs");
    let forget = |answer: &str| {
        let mut terminal = Start::lutrin(&folder, &["report", "--record", "runs", "--forget", "2"]).go();
        terminal.shows("forget run 2 (");
        terminal.types(answer);
        assert_eq!(terminal.ends().exit_code(), 0);
        terminal.sees(Seen::text)
    };
    for answer in ["\r", "no\r", "\x04"] {
        assert!(forget(answer).contains("nothing is forgotten"));
        assert_eq!(folder.read("runs"), before);
    }
    assert!(forget("y\r").contains("is forgotten"));
    let (_, text, _) = report(&folder, &["--runs"]);
    assert!(text.contains("Talk · 3 runs") && !text.contains("4:10"), "{text}");
    let (status, text, _) = report(&folder, &["--forget", "1", "--yes"]);
    assert_eq!(
        (status, text.contains("run 1 (") && text.contains("is forgotten")),
        (Some(0), true),
        "{text}"
    );
}

#[test]
fn on_a_terminal_there_are_charts_in_colours_unless_nobody_wants_them() {
    let folder = folder();
    let start = || Start::lutrin(&folder, &["report", "--record", "runs", "--run", "1"]).sized(120, 40);
    let mut terminal = start().go();
    assert_eq!(terminal.ends().exit_code(), 0);
    for shape in ["1:00 over", "██▒▒", "● each run", "plan 6:00", "└──"] {
        terminal.shows(shape);
    }
    assert!(terminal.sees(|seen| seen.has_bytes("\x1b[")), "colours");
    assert_eq!(terminal.sees(|seen| seen.mode(1049)), None, "it is the ordinary screen");
    let mut plain = start().with("NO_COLOR", "1").go();
    assert_eq!(plain.ends().exit_code(), 0);
    plain.shows("██▒▒");
    assert!(!plain.sees(|seen| seen.has_bytes("\x1b[3")), "{}", plain.sees(Seen::text_sent));
}

#[test]
fn times_of_day_are_those_where_the_speaker_is() {
    let folder = folder();
    let command = |zone: &str| {
        let arguments = ["report", "--record", "runs", "--runs"];
        let output = Command::new(LUTRIN).args(arguments).current_dir(folder.path()).env("TZ", zone).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert!(command("UTC").contains("2025-10-04 18:00"));
    assert!(command("EST5EDT,M3.2.0,M11.1.0").contains("2025-10-04 14:00"));
    if std::path::Path::new("/usr/share/zoneinfo/Asia/Tokyo").exists() {
        assert!(command("Asia/Tokyo").contains("2025-10-05 03:00"));
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let arguments = ["report", "--record", "runs"];
    let output = Command::new(LUTRIN).args(arguments).current_dir(folder.path()).stdout(writer).output();
    let output = output.unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}
