//! Runs are written to real folders, found again, damaged and forgotten.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::Timestamp;
use rstest::rstest;
use tempfile::{TempDir, tempdir};

use super::*;
use crate::rehearsal::{Listed, RecordLine, record};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
}

fn header(seconds: i64) -> Header {
    Header {
        version: record::VERSION,
        deck: "talk.md".into(),
        title: "Talk".into(),
        started: at(seconds),
        planned_seconds: None,
        tolerance_seconds: 60.0,
        slides: vec![Listed { key: "a".into(), counts: true, ..Listed::default() }],
    }
}

fn lap(seconds: i64, time: f64) -> RecordLine {
    RecordLine::Lap { at: at(seconds), key: "a".into(), step: 0, seconds: time, new: false, next: None }
}

/// Begins a run, and returns what is told of it.
fn begun(records: &Records, seconds: i64) -> (Recorder, Receiver<String>) {
    let (tell, told) = channel();
    (records.begin(header(seconds), Box::new(move |what| drop(tell.send(what)))), told)
}

/// Records a run of one lap, of which nothing is told.
fn record(records: &Records, seconds: i64, time: f64) {
    let (recorder, told) = begun(records, seconds);
    recorder.write(lap(seconds + 1, time));
    recorder.finish();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), Vec::<String>::new());
}

fn in_folder() -> (TempDir, Records) {
    let folder = tempdir().expect("a folder");
    let records = Records::in_state(folder.path(), &DeckSource::Embedded);
    (folder, records)
}

/// Returns the runs by the second of their start, with their times.
fn totals(records: &Records) -> Vec<(i64, f64)> {
    let (kept, odd) = records.runs();
    assert_eq!(odd, vec![]);
    let total = |kept: &StoredRun| {
        (kept.run.header.started.as_second() - at(0).as_second(), kept.run.total_seconds())
    };
    kept.iter().map(total).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

fn soon(told: &Receiver<String>) -> String {
    told.recv_timeout(Duration::from_mins(1)).expect("it is told")
}

#[test]
fn a_deck_has_one_folder_by_whatever_way_it_is_named() {
    let folder = tempdir().expect("a folder");
    let deck = folder.path().join("Ma présentation (v2).md");
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    fs::write(&deck, "# A").expect("written");
    symlink(&deck, folder.path().join("link.md")).expect("a link");
    let name = |path: &str| folder_name(&DeckSource::File(folder.path().join(path)));
    let own = name("Ma présentation (v2).md");
    let (stem, hash) = own.rsplit_once('-').expect("it has both");
    assert_eq!(stem, "Ma-présentation-v2");
    assert!(hash.len() == 16 && hash.chars().all(|letter| letter.is_ascii_hexdigit()));
    assert_eq!(name("./sub/../Ma présentation (v2).md"), own);
    assert_eq!(name("link.md"), own);
    fs::copy(&deck, folder.path().join("sub/Ma présentation (v2).md")).expect("a copy");
    assert_ne!(name("sub/Ma présentation (v2).md"), own);
    fs::remove_file(&deck).expect("removed");
    assert_eq!(name("sub/../Ma présentation (v2).md"), own, "its runs are still there");
}

#[rstest]
#[case("talk_1.2", "talk_1-2")]
#[case("../..", "deck")]
#[case("a/b\n*c", "a-b-c")]
#[case("", "deck")]
fn names_of_folders_are_safe(#[case] name: &str, #[case] safe: &str) {
    assert_eq!(safe_letters(name), safe);
}

#[test]
fn a_folders_name_does_not_grow_without_end() {
    assert!(safe_letters(&"長い".repeat(99)).len() + 17 <= 255);
}

#[test]
fn runs_are_found_the_oldest_first() {
    let (_folder, records) = in_folder();
    assert_eq!(records.runs(), (vec![], vec![]), "there is not even a folder");
    record(&records, 500, 2.0);
    record(&records, 0, 1.5);
    assert_eq!(totals(&records), [(0, 1.5), (500, 2.0)]);
    let (kept, _) = records.runs();
    let name = kept[0].path.file_name().and_then(|name| name.to_str()).expect("a name");
    assert_eq!(name, format!("20270115T080000Z-{}.jsonl", std::process::id()));
}

#[test]
fn nobody_else_may_read_a_run() {
    let (folder, records) = in_folder();
    record(&records, 0, 1.0);
    assert_eq!(mode(&records.runs().0[0].path), 0o600);
    for path in ["lutrin", "lutrin/rehearsals", "lutrin/rehearsals/lecture"] {
        assert_eq!(mode(&folder.path().join(path)), 0o700, "{path}");
    }
}

#[test]
fn two_runs_at_once_do_not_share_a_file() {
    let (_folder, records) = in_folder();
    let (one, other) = (begun(&records, 0), begun(&records, 0));
    for nth in 1..=20 {
        one.0.write(lap(nth, 1.0));
        other.0.write(lap(nth, 2.0));
    }
    one.0.finish();
    other.0.finish();
    assert_eq!(one.1.into_iter().chain(other.1).count(), 0);
    let mut totals = totals(&records);
    totals.sort_by(|one, other| one.1.total_cmp(&other.1));
    assert_eq!(totals, [(0, 20.0), (0, 40.0)]);
}

#[test]
fn each_line_is_there_at_once() {
    let (_folder, records) = in_folder();
    let (recorder, _told) = begun(&records, 0);
    recorder.write(lap(1, 1.5));
    let is_there = || records.runs().0.first().is_some_and(|kept| kept.run.total_seconds() > 1.0);
    let waited = (0..6000).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        is_there()
    });
    assert!(waited, "a run that is killed now has lost nothing");
    drop(recorder);
}

#[test]
fn a_run_that_was_killed_within_a_line_is_read_and_gone_on_with() {
    let (_folder, records) = in_folder();
    record(&records, 0, 1.5);
    let path = records.runs().0[0].path.clone();
    let whole = fs::read_to_string(&path).expect("text");
    fs::write(&path, format!("{whole}{{\"line\":\"la")).expect("written");
    let (kept, odd) = records.runs();
    assert_eq!((kept.len(), kept[0].run.total_seconds(), odd.len()), (1, 1.5, 1));
    assert!(odd[0].message.starts_with(&format!("`{}`, line 3: ", path.display())), "{odd:?}");

    let (tell, told) = channel();
    let recorder = records.go_on(&kept[0], Box::new(move |what| drop(tell.send(what))));
    recorder.write(RecordLine::Resumed { at: at(60) });
    recorder.write(lap(70, 10.0));
    recorder.finish();
    assert_eq!(told.into_iter().count(), 0);
    let (kept, odd) = records.runs();
    assert_eq!((kept.len(), kept[0].run.total_seconds(), odd.len()), (1, 11.5, 1));
}

#[test]
fn only_the_last_run_of_a_file_is_gone_on_with() {
    let folder = tempdir().expect("a folder");
    let records = Records::in_file(&folder.path().join("runs.jsonl"));
    record(&records, 0, 1.0);
    record(&records, 100, 2.0);
    let (kept, _) = records.runs();
    let before = fs::read(&kept[0].path).expect("bytes");
    let (tell, told) = channel();
    let recorder = records.go_on(&kept[0], Box::new(move |what| drop(tell.send(what))));
    recorder.write(lap(200, 50.0));
    recorder.finish();
    assert!(soon(&told).starts_with("this run is not recorded: it is not the last"));
    assert_eq!(fs::read(&kept[0].path).expect("bytes"), before);
    let recorder = records.go_on(&kept[1], Box::new(|what| panic!("{what}")));
    recorder.write(lap(200, 50.0));
    recorder.finish();
    assert_eq!(totals(&records), [(0, 1.0), (100, 52.0)]);
}

#[test]
fn a_file_holds_many_runs_but_one_at_a_time() {
    let folder = tempdir().expect("a folder");
    let records = Records::in_file(&folder.path().join("runs.jsonl"));
    record(&records, 0, 1.0);
    assert_eq!(mode(records.path()), 0o600);
    let torn = fs::read_to_string(records.path()).expect("text");
    fs::write(records.path(), torn.trim_end()).expect("written");

    let (one, told_one) = begun(&records, 100);
    one.write(lap(101, 2.0));
    while records.runs().0.len() < 2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let (other, told) = begun(&records, 200);
    other.write(lap(201, 4.0));
    assert!(soon(&told).starts_with("this run is not recorded: another run is being recorded in"));
    one.write(lap(102, 2.0));
    one.finish();
    assert_eq!(told_one.into_iter().count(), 0);
    other.write(lap(202, 4.0));
    other.finish();
    assert_eq!(soon(&told), "this run is recorded again, with all that was missing");
    assert_eq!(totals(&records), [(0, 1.0), (100, 4.0), (200, 8.0)]);
}

#[test]
fn what_is_no_record_is_left_alone() {
    let folder = tempdir().expect("a folder");
    for text in ["# My talk\n", "{\n  \"line\": 1\n}\n", "\0\u{1}"] {
        let path = folder.path().join("talk.md");
        fs::write(&path, text).expect("written");
        let (recorder, told) = begun(&Records::in_file(&path), 0);
        recorder.write(lap(1, 1.0));
        recorder.finish();
        let told: Vec<String> = told.into_iter().collect();
        assert_eq!(told.len(), 1, "once, not with every line: {told:?}");
        assert!(told[0].ends_with("holds something else, which is left alone"), "{told:?}");
        assert_eq!(fs::read_to_string(&path).expect("text"), text);
        let (kept, odd) = Records::in_file(&path).runs();
        assert_eq!((kept.len(), odd.len()), (0, 1));
        assert!(odd[0].message.ends_with("is no record of runs"), "{odd:?}");
    }
}

#[test]
fn a_place_where_nothing_can_be_is_told_once() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let (recorder, told) = begun(&Records::in_state(&file, &DeckSource::Input), 0);
    recorder.write(lap(1, 1.0));
    recorder.finish();
    let told: Vec<String> = told.into_iter().collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("this run is not recorded: ") && told[0].ends_with("no folder"), "{told:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_once() {
    let (recorder, told) = begun(&Records::in_file(Path::new("/dev/full")), 0);
    recorder.write(lap(1, 1.0));
    recorder.finish();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["this run is not recorded: the disk is full"]);
}

#[test]
fn what_could_not_be_written_is_written_later() {
    let folder = tempdir().expect("a folder");
    let late = folder.path().join("late");
    let records = Records::in_file(&late.join("runs.jsonl"));
    let (recorder, told) = begun(&records, 0);
    recorder.write(lap(1, 1.0));
    assert!(soon(&told).ends_with("is not there"));
    fs::create_dir(&late).expect("a folder");
    recorder.write(lap(2, 2.0));
    assert_eq!(soon(&told), "this run is recorded again, with all that was missing");
    recorder.finish();
    assert_eq!(totals(&records), [(0, 3.0)]);
}

#[test]
fn a_run_whose_folder_was_deleted_is_written_once_more() {
    let (folder, records) = in_folder();
    let (recorder, told) = begun(&records, 0);
    recorder.write(lap(1, 1.0));
    while records.runs().0.first().is_none_or(|kept| kept.run.total_seconds() < 1.0) {
        std::thread::sleep(Duration::from_millis(5));
    }
    fs::remove_dir_all(folder.path().join("lutrin")).expect("removed");
    recorder.write(lap(2, 2.0));
    recorder.finish();
    assert_eq!(told.into_iter().count(), 0, "nothing is lost");
    assert_eq!(totals(&records), [(0, 3.0)]);
}

#[rstest]
fn a_run_that_is_discarded_leaves_nothing(#[values(false, true)] is_in_file: bool) {
    let (folder, mut records) = in_folder();
    if is_in_file {
        records = Records::in_file(&folder.path().join("runs.jsonl"));
    }
    record(&records, 0, 1.0);
    let path = records.runs().0[0].path.clone();
    let before = fs::read(&path).expect("bytes");
    let (recorder, _told) = begun(&records, 100);
    recorder.write(lap(101, 2.0));
    recorder.write(RecordLine::End { at: at(101) });
    recorder.write(RecordLine::Discarded);
    recorder.finish();
    assert_eq!(fs::read(&path).expect("bytes"), before);
    assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("a folder").count(), 1);
}

#[test]
fn a_run_that_is_forgotten_takes_its_file_with_it() {
    let (_folder, records) = in_folder();
    record(&records, 0, 1.0);
    record(&records, 100, 2.0);
    let (kept, _) = records.runs();
    assert_eq!(records.forget(&kept[0]), Ok(()));
    assert_eq!(totals(&records), [(100, 2.0)]);
    assert!(!kept[0].path.exists() && kept[1].path.exists());
    assert!(records.forget(&kept[0]).is_err(), "it is gone already");
}

#[test]
fn a_run_among_others_is_forgotten_alone() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("runs.jsonl");
    let records = Records::in_file(&path);
    let run = |seconds, end: &str| {
        let lines = [RecordLine::Run(header(seconds)), lap(seconds + 1, 1.0)];
        lines.map(|line| line.written()).concat().replace('\n', end)
    };
    let discarded = run(50, "\n") + &RecordLine::Discarded.written();
    let (first, second, third) = (run(0, "\n"), run(100, "\r\n"), run(200, "\n"));
    let noise = "noise \u{fffd}\n\n";
    fs::write(&path, [&first, noise, &discarded, &second, &third, "{\"li"].concat()).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    let link = folder.path().join("link.jsonl");
    symlink(&path, &link).expect("a link");

    let records_by_link = Records::in_file(&link);
    let (kept, odd) = records_by_link.runs();
    assert_eq!((kept.len(), kept[1].nth, odd.len()), (3, 1, 2));
    assert_eq!(records_by_link.forget(&kept[1]), Ok(()));
    let left = [&first, noise, &discarded, &third, "{\"li"].concat();
    assert_eq!(fs::read_to_string(&path).expect("text"), left);
    assert_eq!((mode(&path), link.is_symlink()), (0o640, true));

    let failed = records.forget(&kept[2]).expect_err("it is another one's place now");
    assert!(failed.message.contains("has changed"), "{failed}");
    assert_eq!(fs::read_to_string(&path).expect("text"), left);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing else is left there");
}

#[test]
fn a_run_whose_lines_were_written_again_is_one() {
    let folder = tempdir().expect("a folder");
    let records = Records::in_file(&folder.path().join("runs.jsonl"));
    record(&records, 0, 1.0);
    record(&records, 100, 2.0);
    let text = fs::read_to_string(records.path()).expect("text");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let twice: String = lines.chunks(2).map(|run| run.concat().repeat(2)).collect();
    fs::write(records.path(), twice).expect("written");
    assert_eq!(totals(&records), [(0, 1.0), (100, 2.0)]);
    assert_eq!(records.forget(&records.runs().0[1]), Ok(()));
    assert_eq!(totals(&records), [(0, 1.0)]);
    assert_eq!(records.forget(&records.runs().0[0]), Ok(()));
    assert!(!records.path().exists());
}

#[test]
fn a_run_that_goes_on_is_not_forgotten() {
    let (_folder, records) = in_folder();
    let (recorder, _told) = begun(&records, 0);
    recorder.write(lap(1, 1.0));
    while records.runs().0.is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let (kept, _) = records.runs();
    assert!(records.is_going_on(&kept[0]));
    let failed = records.forget(&kept[0]).expect_err("it goes on");
    assert!(failed.message.starts_with("a run is being recorded in `"), "{failed}");
    recorder.finish();
    assert!(!records.is_going_on(&kept[0]));
    assert_eq!(records.forget(&kept[0]), Ok(()));
}

#[test]
fn what_else_is_in_the_folder_is_passed_over() {
    let (folder, records) = in_folder();
    record(&records, 0, 1.0);
    let elsewhere = Records::in_file(&folder.path().join("elsewhere.jsonl"));
    record(&elsewhere, 50, 1.0);
    let place = |name: &str| records.path().join(name);
    symlink(elsewhere.path(), place("link.jsonl")).expect("a link");
    fs::create_dir(place("folder.jsonl")).expect("a folder");
    fs::write(place("notes.txt"), "notes").expect("written");
    assert_eq!(totals(&records), [(0, 1.0)]);

    fs::write(place("noise.jsonl"), "noise").expect("written");
    let large = fs::File::create(place("large.jsonl")).expect("a file");
    large.set_len(65 << 20).expect("a hole");
    let (kept, odd) = records.runs();
    let odd: Vec<String> = odd.into_iter().map(|odd| odd.message).collect();
    assert_eq!((kept.len(), odd.len()), (1, 2), "{odd:?}");
    assert!(odd.iter().all(|odd| odd.starts_with("no run can be read: ")), "{odd:?}");
    assert!(odd[0].contains("large.jsonl` is larger than any record"), "{odd:?}");
    assert!(odd[1].contains("noise.jsonl` is no record of runs"), "{odd:?}");
}

#[test]
fn a_file_that_is_none_is_not_read() {
    let folder = tempdir().expect("a folder");
    for path in [folder.path(), Path::new("/dev/null")] {
        let (kept, odd) = Records::in_file(path).runs();
        assert_eq!((kept.len(), odd.len()), (0, 1), "{}", path.display());
    }
    assert_eq!(Records::in_file(&folder.path().join("none.jsonl")).runs(), (vec![], vec![]));
}
