//! A run as it was recorded, added up. What is said of it is not decided here.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;

use super::record::{self, Header, RecordLine, VERSION, Why};
use crate::source::Diagnostic;
use crate::text::sanitize;

/// A shorter run than this, in seconds, is kept but not counted.
pub const SHORTEST: f64 = 60.0;

/// What a slide has taken in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SlideTime {
    /// How long it was shown, in seconds, while the talk went on.
    pub seconds: f64,
    /// How often it was come to.
    pub visits: u32,
}

/// A run as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// How it began; its slides and its plan are those of the last edit.
    pub header: Header,
    /// What each slide has taken, by its key.
    pub spent: BTreeMap<String, SlideTime>,
    /// How long the speaker paused, in seconds.
    pub paused_seconds: f64,
    /// How long questions took, in seconds.
    pub questions_seconds: f64,
    /// How long the computer slept, in seconds.
    pub slept_seconds: f64,
    /// When the last thing happened.
    pub ended: Timestamp,
    /// The key of the slide that was shown last.
    pub last: Option<String>,
    /// Whether the last slide that counts was come to.
    pub complete: bool,
}

impl Run {
    /// Returns how long the talk itself took, in seconds: neither pauses nor questions.
    pub fn total_seconds(&self) -> f64 {
        self.spent.values().map(|spent| spent.seconds).sum()
    }

    /// Returns whether the run is long enough to be counted.
    pub fn counts(&self) -> bool {
        self.total_seconds() >= SHORTEST
    }
}

/// Returns the runs that a text holds, each with all that was recorded of it, and what could not be read. A run that was
/// discarded is none.
pub fn runs(text: &str) -> (Vec<Run>, Vec<Diagnostic>) {
    let mut reading = RunReader::default();
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        reading.read(nth + 1, line);
    }
    reading.close();
    let diagnostics = reading.odd.diagnostics();
    (reading.runs, diagnostics)
}

/// What has been read so far.
#[derive(Default)]
struct RunReader<'a> {
    runs: Vec<Run>,
    open: Option<OpenRun>,
    /// The lines of the run that is open.
    lines: HashSet<&'a str>,
    odd: Odd,
}

impl<'a> RunReader<'a> {
    fn read(&mut self, number: usize, text: &'a str) {
        // What could not be made safe on a disk is written again: the same line twice is one.
        if text.trim().is_empty() || self.lines.contains(text) {
            return;
        }
        let line = RecordLine::read(text);
        if matches!(line, Some(RecordLine::Run(_))) || record::begins_run(text) {
            self.close();
        }
        match line {
            Some(RecordLine::Run(header)) => {
                self.odd.notice_version(number, header.version);
                self.open = Some(OpenRun::new(header));
            }
            Some(line) => {
                if !self.open.as_mut().is_some_and(|open| open.take(line)) {
                    self.close();
                    self.odd.notice_damage(number);
                }
            }
            None if !text.ends_with('\n') => self.odd.half = Some(number),
            None => self.odd.notice_damage(number),
        }
        self.lines.insert(text);
    }

    /// Keeps the run that was read last: no further line is one of it.
    fn close(&mut self) {
        self.lines.clear();
        self.runs.extend(self.open.take().and_then(OpenRun::closed));
    }
}

/// A run of which more may come.
struct OpenRun {
    run: Run,
    /// The keys of all slides that were shown.
    shown: BTreeSet<String>,
    is_over: bool,
    is_discarded: bool,
}

impl OpenRun {
    fn new(mut header: Header) -> Self {
        make_safe(&mut header);
        let ended = header.started;
        let run = Run {
            header,
            spent: BTreeMap::new(),
            paused_seconds: 0.0,
            questions_seconds: 0.0,
            slept_seconds: 0.0,
            ended,
            last: None,
            complete: false,
        };
        Self { run, shown: BTreeSet::new(), is_over: false, is_discarded: false }
    }

    /// Adds a line, and returns whether it can be one of this run. What follows an end is another run's, whose first
    /// line is damaged.
    fn take(&mut self, line: RecordLine) -> bool {
        let run = &mut self.run;
        let at = match line {
            RecordLine::Discarded => {
                self.is_discarded = true;
                return true;
            }
            RecordLine::Resumed { at } => {
                self.is_over = false;
                at
            }
            RecordLine::Run(_) => return false,
            _ if self.is_over => return false,
            RecordLine::End { at } => {
                self.is_over = true;
                at
            }
            RecordLine::Lap { at, key, seconds, new, next, .. } => {
                let spent = run.spent.entry(key.clone()).or_default();
                spent.seconds += seconds;
                // It was come to at least once, even where the line that says so is damaged.
                spent.visits = spent.visits.saturating_add(u32::from(new)).max(1);
                self.shown.insert(key.clone());
                // Where the run was cut off, that slide has been come to at least.
                self.shown.extend(next.clone());
                run.last = next.or(Some(key));
                at
            }
            RecordLine::Pause { at, key, why, seconds } => {
                *run.rested(why) += seconds;
                run.last = Some(key);
                at
            }
            RecordLine::Again { at, key } => {
                if let Some(spent) = run.spent.get_mut(&key) {
                    *spent = SlideTime { seconds: 0.0, visits: 1 };
                }
                at
            }
            RecordLine::Edited { at, slides, renamed, planned_seconds } => {
                for (old, new) in renamed {
                    self.rename(&old, new);
                }
                let run = &mut self.run;
                run.header.slides = slides;
                run.header.planned_seconds = planned_seconds;
                make_safe(&mut run.header);
                at
            }
        };
        self.run.ended = self.run.ended.max(at);
        true
    }

    /// Gives what a slide has taken to the slide that stands in its place now.
    fn rename(&mut self, old: &str, new: String) {
        if let Some(before) = self.run.spent.remove(old) {
            let spent = self.run.spent.entry(new.clone()).or_default();
            spent.seconds += before.seconds;
            spent.visits = spent.visits.saturating_add(before.visits);
        }
        if self.shown.remove(old) {
            self.shown.insert(new.clone());
        }
        if self.run.last.as_deref() == Some(old) {
            self.run.last = Some(new);
        }
    }

    fn closed(mut self) -> Option<Run> {
        let last = self.run.header.slides.iter().rfind(|slide| slide.counts);
        self.run.complete = last.is_some_and(|slide| self.shown.contains(&slide.key));
        (!self.is_discarded).then_some(self.run)
    }
}

impl Run {
    fn rested(&mut self, why: Why) -> &mut f64 {
        match why {
            Why::Pause => &mut self.paused_seconds,
            Why::Question => &mut self.questions_seconds,
            Why::Sleep => &mut self.slept_seconds,
        }
    }
}

/// Leaves words that may be shown and times that may be added: anybody may have written them.
fn make_safe(header: &mut Header) {
    let show = |text: &mut String| *text = sanitize(text).replace(['\n', '\t'], " ");
    let is_time = |seconds: &f64| record::is_time(*seconds);
    [&mut header.deck, &mut header.title].into_iter().for_each(show);
    header.planned_seconds = header.planned_seconds.filter(is_time);
    header.tolerance_seconds = Some(header.tolerance_seconds).filter(is_time).unwrap_or_default();
    for slide in &mut header.slides {
        slide.position.iter_mut().chain([&mut slide.title]).for_each(show);
        slide.planned_seconds = slide.planned_seconds.filter(is_time);
    }
}

/// What of a text is not as it should be.
#[derive(Default)]
struct Odd {
    /// The first line that is damaged, and how many are.
    damage: Option<(usize, usize)>,
    /// The last line, where its end was never written.
    half: Option<usize>,
    /// The first line that a newer Lutrin wrote, and its version.
    newer: Option<(usize, u32)>,
}

impl Odd {
    fn notice_damage(&mut self, number: usize) {
        self.damage.get_or_insert((number, 0)).1 += 1;
    }

    fn notice_version(&mut self, number: usize, version: u32) {
        if version > VERSION {
            self.newer.get_or_insert((number, version));
        }
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let newer = self.newer.map(|(number, version)| {
            Diagnostic::new(format!(
                "a newer Lutrin recorded this run (version {version}), and it may say more"
            ))
            .at_line(number)
            .hint("read it with that Lutrin to see all of it")
        });
        let damage = self.damage.map(|(number, count)| {
            let message = match count {
                1 => "this line of a run is damaged, and left out".to_owned(),
                _ => format!("{count} lines of runs are damaged, and left out; this is the first"),
            };
            Diagnostic::new(message).at_line(number).hint("the other lines count")
        });
        let half = self.half.map(|number| {
            Diagnostic::new("the last line is only half there: the run was cut off, or still goes on")
                .at_line(number)
                .hint("the lines before it count")
        });
        newer.into_iter().chain(damage).chain(half).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::rehearsal::Listed;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    fn slides(keys: &[&str]) -> Vec<Listed> {
        let listed = |key: &&str| Listed {
            key: (*key).to_owned(),
            title: key.to_uppercase(),
            counts: !key.starts_with('~'),
            ..Listed::default()
        };
        keys.iter().map(listed).collect()
    }

    fn begin(seconds: i64, keys: &[&str]) -> RecordLine {
        RecordLine::Run(Header {
            version: VERSION,
            deck: "talk.md".into(),
            title: "Talk".into(),
            started: at(seconds),
            planned_seconds: Some(120.0),
            tolerance_seconds: 60.0,
            slides: slides(keys),
        })
    }

    fn lap(seconds: i64, key: &str, time: f64, new: bool) -> RecordLine {
        RecordLine::Lap { at: at(seconds), key: key.into(), step: 0, seconds: time, new, next: None }
    }

    fn pause(seconds: i64, why: Why, time: f64) -> RecordLine {
        RecordLine::Pause { at: at(seconds), key: "a".into(), why, seconds: time }
    }

    fn again(seconds: i64, key: &str) -> RecordLine {
        RecordLine::Again { at: at(seconds), key: key.into() }
    }

    fn text(lines: &[RecordLine]) -> String {
        lines.iter().map(RecordLine::written).collect()
    }

    /// Returns the only run of some lines, of which none is odd.
    #[track_caller]
    fn only(lines: &[RecordLine]) -> Run {
        let (mut runs, odd) = runs(&text(lines));
        assert_eq!((runs.len(), odd), (1, vec![]));
        runs.remove(0)
    }

    fn spent(seconds: f64, visits: u32) -> SlideTime {
        SlideTime { seconds, visits }
    }

    #[test]
    fn a_slide_that_was_just_come_to_is_the_last_one() {
        let lap = RecordLine::Lap {
            at: at(1),
            key: "a".into(),
            step: 0,
            seconds: 1.0,
            new: true,
            next: Some("b".into()),
        };
        let run = only(&[begin(0, &["a", "b"]), lap]);
        assert_eq!((run.complete, run.last.as_deref(), run.spent.len()), (true, Some("b"), 1));
    }

    #[test]
    fn a_slide_that_was_rewritten_keeps_its_time() {
        let renamed = vec![("b".to_owned(), "B".to_owned())];
        let edited =
            RecordLine::Edited { at: at(5), slides: slides(&["a", "B"]), renamed, planned_seconds: None };
        let run = only(&[begin(0, &["a", "b"]), lap(1, "b", 4.0, true), edited, lap(9, "B", 2.0, false)]);
        assert_eq!((run.spent.get("b"), run.spent.get("B")), (None, Some(&spent(6.0, 1))));
        assert!(run.complete);
    }

    #[test]
    fn laps_and_rests_are_added_up() {
        let run = only(&[
            begin(0, &["a", "b", "c"]),
            lap(10, "a", 10.0, true),
            lap(15, "a", 5.0, false),
            pause(20, Why::Question, 5.0),
            pause(22, Why::Pause, 2.0),
            pause(23, Why::Question, 1.0),
            pause(99, Why::Sleep, 76.0),
            lap(101, "b", 2.0, true),
            lap(108, "a", 7.0, true),
        ]);
        assert_eq!(run.spent, BTreeMap::from([("a".into(), spent(22.0, 2)), ("b".into(), spent(2.0, 1))]));
        assert_eq!((run.questions_seconds, run.paused_seconds, run.slept_seconds), (6.0, 2.0, 76.0));
        assert_eq!((run.total_seconds(), run.ended, run.last.as_deref()), (24.0, at(108), Some("a")));
        assert!(!run.complete && !run.counts());
    }

    #[rstest]
    #[case::not_come_to(&[lap(1, "a", 1.0, true)], false)]
    #[case::come_to(&[lap(1, "b", 1.0, true)], true)]
    #[case::and_left_again(&[lap(1, "b", 1.0, true), lap(2, "a", 1.0, true)], true)]
    #[case::done_again(&[lap(1, "b", 1.0, true), lap(2, "a", 1.0, true), again(2, "b")], true)]
    #[case::one_that_does_not_count(&[lap(1, "~z", 1.0, true)], false)]
    #[case::edited_away(
        &[lap(1, "b", 1.0, true), RecordLine::Edited { at: at(2), slides: slides(&["a", "c"]), renamed: Vec::new(), planned_seconds: None }],
        false
    )]
    #[case::edited_to(
        &[lap(1, "a", 1.0, true), RecordLine::Edited { at: at(2), slides: slides(&["a"]), renamed: Vec::new(), planned_seconds: None }],
        true
    )]
    fn a_run_is_complete_when_the_last_slide_that_counts_was_come_to(
        #[case] lines: &[RecordLine],
        #[case] complete: bool,
    ) {
        assert_eq!(only(&[&[begin(0, &["a", "b", "~z"])], lines].concat()).complete, complete);
    }

    #[test]
    fn time_that_is_taken_back_is_in_no_sum() {
        let lines = [
            begin(0, &["a", "b"]),
            lap(10, "a", 10.0, true),
            lap(20, "b", 10.0, true),
            lap(30, "a", 10.0, true),
            again(30, "a"),
            lap(33, "a", 3.0, false),
        ];
        let run = only(&lines);
        assert_eq!(run.spent, BTreeMap::from([("a".into(), spent(3.0, 1)), ("b".into(), spent(10.0, 1))]));
        let run = only(&[&lines[..], &[again(40, "b")]].concat());
        assert_eq!(run.spent["b"], spent(0.0, 1));
        assert_eq!((run.total_seconds(), run.ended), (3.0, at(40)));
    }

    #[test]
    fn an_edited_deck_has_other_slides_and_another_plan() {
        let edited = RecordLine::Edited {
            at: at(5),
            slides: slides(&["x", "a"]),
            renamed: Vec::new(),
            planned_seconds: Some(90.0),
        };
        let run = only(&[begin(0, &["a", "b"]), lap(5, "a", 5.0, true), edited]);
        assert_eq!((run.header.slides, run.header.planned_seconds), (slides(&["x", "a"]), Some(90.0)));
        assert_eq!((run.header.title.as_str(), run.spent["a"]), ("Talk", spent(5.0, 1)));
    }

    #[test]
    fn a_run_that_ended_goes_on_only_when_it_says_so() {
        let (lap_1, lap_2) = (lap(5, "a", 5.0, true), lap(90, "a", 7.0, false));
        let (end, resumed) = (RecordLine::End { at: at(6) }, RecordLine::Resumed { at: at(80) });
        let run = only(&[begin(0, &["a"]), lap_1.clone(), end.clone(), resumed, lap_2.clone()]);
        assert_eq!((run.spent["a"], run.ended), (spent(12.0, 1), at(90)));
        let lost = "{\"line\":\"run\" and then nonsense\n";
        let record =
            [text(&[begin(0, &["a"]), lap_1, end]), lost.into(), text(&[lap_2, RecordLine::Discarded])];
        let (runs, odd) = runs(&record.concat());
        assert_eq!((runs.len(), runs[0].spent["a"], runs[0].ended), (1, spent(5.0, 1), at(6)));
        assert_eq!((odd.len(), odd[0].line), (1, Some(4)));
        assert!(odd[0].message.starts_with("3 lines"), "{odd:?}");
    }

    #[test]
    fn many_runs_are_kept_apart_and_discarded_ones_are_none() {
        let (runs, odd) = runs(&text(&[
            begin(0, &["a"]),
            lap(1, "a", 1.0, true),
            begin(10, &["a"]),
            lap(12, "a", 2.0, true),
            RecordLine::End { at: at(12) },
            RecordLine::Discarded,
            begin(20, &["a"]),
        ]));
        let totals: Vec<_> = runs.iter().map(|run| (run.header.started, run.total_seconds())).collect();
        assert_eq!((totals, odd), (vec![(at(0), 1.0), (at(20), 0.0)], vec![]));
        assert_eq!(runs[1].ended, at(20), "nothing happened in it");
    }

    #[rstest]
    #[case::garbage("{\"line\":\"lap\",\"at\":\n")]
    #[case::unknown("{\"line\":\"dance\"}\n")]
    #[case::nulls("\0\0\0\0\n")]
    #[case::negative(
        "{\"line\":\"lap\",\"at\":\"2027-01-15T08:00:00Z\",\"key\":\"a\",\"step\":0,\"seconds\":-4,\"new\":true}\n"
    )]
    fn a_damaged_line_is_left_out_and_said(#[case] damage: &str) {
        let whole = [begin(0, &["a"]), lap(1, "a", 1.0, true)].map(|line| line.written());
        let (runs, odd) = runs(&[&whole[0], damage, "\n", &whole[1]].concat());
        assert_eq!((runs.len(), runs[0].spent["a"]), (1, spent(1.0, 1)));
        assert_eq!((odd.len(), odd[0].line), (1, Some(2)));
        assert!(odd[0].message.contains("damaged"));
    }

    #[test]
    fn a_killed_run_is_whole_but_for_its_half_line() {
        let whole = text(&[begin(0, &["a"]), lap(1, "a", 1.0, true)]);
        let half = lap(2, "a", 4.0, false).written();
        for cut in 1..half.len() - 1 {
            let (runs, odd) = runs(&[&whole, &half[..cut]].concat());
            assert_eq!((runs.len(), runs[0].spent["a"]), (1, spent(1.0, 1)));
            assert_eq!((odd.len(), odd[0].line), (1, Some(3)));
            assert!(!odd[0].message.contains("damaged"), "nothing is wrong with it");
        }
        let (runs, odd) = runs(&[&whole, half.trim_end()].concat());
        assert_eq!((runs[0].spent["a"].seconds, odd), (5.0, vec![]), "only the line end is missing");
    }

    #[test]
    fn what_is_written_twice_counts_once() {
        let lines = [begin(0, &["a"]), lap(1, "a", 1.0, true), lap(3, "a", 2.0, false)];
        let twice = [&lines[..], &lines[..], &lines[1..], &[lap(4, "a", 2.0, false)]].concat();
        assert_eq!(only(&twice).spent["a"], spent(5.0, 1));
    }

    #[test]
    fn a_newer_record_is_read_as_far_as_may_be() {
        let newer = begin(0, &["a"]).written().replace("\"version\":1", "\"version\":2,\"mood\":{\"a\":[]}");
        let (runs, odd) = runs(&(newer + &lap(1, "a", 1.0, true).written()));
        assert_eq!((runs.len(), runs[0].total_seconds()), (1, 1.0));
        assert_eq!(odd.len(), 1);
        assert!(odd[0].message.contains("newer") && odd[0].line == Some(1));
    }

    #[test]
    fn what_a_record_says_may_be_shown() {
        let mut header = match begin(0, &["a"]) {
            RecordLine::Run(header) => header,
            line => panic!("{line:?}"),
        };
        header.title = "a\u{1b}[2J\nb".into();
        header.slides[0].title = "\u{9b}c".into();
        header.planned_seconds = Some(-5.0);
        let run = only(&[RecordLine::Run(header)]);
        assert_eq!(
            (run.header.title.as_str(), run.header.slides[0].title.as_str()),
            ("a␛[2J b", "\u{fffd}c")
        );
        assert_eq!(run.header.planned_seconds, None);
    }

    fn any_line() -> impl Strategy<Value = RecordLine> {
        let key = prop::sample::select(vec!["a", "b", "~z"]);
        let lapped = (0..999_i64, key.clone(), 0.0..1e4, any::<bool>());
        prop_oneof![
            6 => lapped.prop_map(|(when, key, time, new)| lap(when, key, time, new)),
            2 => (0..999_i64, 0.0..1e4).prop_map(|(when, time)| pause(when, Why::Question, time)),
            1 => (0..999_i64, key).prop_map(|(when, key)| again(when, key)),
            1 => (0..999_i64).prop_map(|when| begin(when, &["a", "b", "~z"])),
            1 => (0..999_i64).prop_map(|when| RecordLine::End { at: at(when) }),
            1 => (0..999_i64).prop_map(|when| RecordLine::Resumed { at: at(when) }),
            1 => Just(RecordLine::Discarded),
        ]
    }

    fn assert_sound(runs: &[Run]) -> Result<(), TestCaseError> {
        for run in runs {
            let rests = [run.paused_seconds, run.questions_seconds, run.slept_seconds];
            for time in rests.into_iter().chain(run.spent.values().map(|spent| spent.seconds)) {
                prop_assert!(time.is_finite() && time >= 0.0);
            }
            prop_assert!(run.ended >= run.header.started);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_read(text: String) {
            prop_assert_eq!(runs(&text).0, vec![]);
        }

        #[test]
        fn a_damaged_record_is_read(
            lines in prop::collection::vec(any_line(), 0..20),
            harm in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..9_usize), 0..8),
        ) {
            let mut bytes = text(&lines).into_bytes();
            for (place, letter, length) in harm {
                if !bytes.is_empty() {
                    let start = place.index(bytes.len());
                    let end = (start + length).min(bytes.len());
                    bytes.splice(start..end, [letter]);
                }
            }
            assert_sound(&runs(&String::from_utf8_lossy(&bytes)).0)?;
        }

        #[test]
        fn a_run_cut_off_anywhere_has_all_lines_before(
            quarters in prop::collection::vec(0..40_000_u32, 1..9),
            cut in any::<prop::sample::Index>(),
        ) {
            let times: Vec<f64> = quarters.into_iter().map(|quarter| f64::from(quarter) / 4.0).collect();
            let header = begin(0, &["a"]).written();
            let laps: Vec<String> =
                (0..).zip(&times).map(|(nth, time)| lap(nth, "a", *time, nth == 0).written()).collect();
            let record = header.clone() + &laps.concat();
            let cut = header.len() + cut.index(record.len() - header.len());
            let (runs, odd) = runs(&record[..cut]);
            let is_there = |nth: &usize| header.len() + laps[..=*nth].concat().trim_end().len() <= cut;
            let there: f64 = (0..laps.len()).filter(is_there).map(|nth| times[nth]).sum();
            prop_assert!((runs[0].total_seconds() - there).abs() < 1e-9);
            prop_assert!(odd.len() <= 1);
        }
    }
}
