//! Tests of whose times are taken.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rstest::rstest;

use super::*;
use crate::rehearsal::{Header, SlideTime};

/// Returns a run in which the slides `a`, `b`, … were shown for so long; for less than nothing where they were not.
fn run(complete: bool, seconds: &[f64]) -> Run {
    let header = Header {
        version: 1,
        deck: String::new(),
        title: String::new(),
        started: Timestamp::UNIX_EPOCH,
        planned_seconds: None,
        tolerance_seconds: 60.0,
        slides: Vec::new(),
    };
    let shown = ('a'..).zip(seconds).filter(|(_, seconds)| **seconds >= 0.0);
    let spent: BTreeMap<_, _> =
        shown.map(|(key, &seconds)| (key.to_string(), SlideTime { seconds, visits: 1 })).collect();
    Run {
        header,
        spent,
        paused_seconds: 0.0,
        questions_seconds: 0.0,
        slept_seconds: 0.0,
        ended: Timestamp::UNIX_EPOCH,
        last: None,
        complete,
    }
}

/// The slides `a` to `c`, of which the last does not count.
fn entries() -> Vec<Entry> {
    let entry = |key: char| Entry { key: key.to_string(), counts: key != 'c', ..Entry::default() };
    ('a'..='c').map(entry).collect()
}

#[rstest]
#[case::median(Times::Median, &[Some(61), Some(80)])]
#[case::last(Times::Of(RunChoice::Last), &[Some(61), Some(90)])]
#[case::best(Times::Of(RunChoice::Best), &[Some(40), Some(70)])]
#[case::number(Times::Of(RunChoice::Number(3)), &[Some(1), None])]
fn times_are_whole_seconds(#[case] times: Times, #[case] expected: &[Option<u64>]) {
    // The first run is the shortest complete one, the third has not come to the end and is too short to count.
    let runs = [
        run(true, &[40.4, 70.0, 5.0]),
        run(true, &[75.0, -1.0, 50.0]),
        run(false, &[0.2, -1.0, 9.0]),
        run(true, &[60.6, 90.0, 5.0]),
    ];
    let found = seconds(&entries(), &runs, times).expect("there are runs");
    assert_eq!((&found[..2], found[2]), (expected, None));
}

#[test]
fn what_lacks_is_told() {
    let partial = [run(false, &[100.0])];
    let lacking = |runs: &[Run], times| seconds(&entries(), runs, times).expect_err("it lacks");
    assert_eq!(lacking(&[], Times::Median), Lacking::Runs);
    assert_eq!(lacking(&[run(true, &[9.0, 9.0])], Times::Median), Lacking::Laps);
    assert_eq!(lacking(&partial, Times::Of(RunChoice::Best)), Lacking::Run(RunChoice::Best, 1));
    assert_eq!(lacking(&partial, Times::Of(RunChoice::Number(2))), Lacking::Run(RunChoice::Number(2), 1));
    let place = DeckSource::File("my talk.md".into());
    for lacking in [
        Lacking::Runs,
        Lacking::Laps,
        Lacking::Run(RunChoice::Best, 1),
        Lacking::Run(RunChoice::Number(2), 1),
    ] {
        assert!(lacking.of(&place).hint.is_some_and(|hint| hint.contains('`')));
    }
}
