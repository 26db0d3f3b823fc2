//! A rehearsal as its speaker lives it: the minutes pass, keys are pressed, and the clock says what it should.

use std::time::Duration;

use jiff::Timestamp;
use lutrin::deck::Deck;
use lutrin::parse;
use lutrin::present::{ClockVisibility, Effect, Offer, Overlay, Viewers};
use lutrin::rehearsal::{
    Clock, ClockPhase, ClockReadout, Entry, Pace, PlanInput, RecordLine, Run, TimeBudget, Why, run,
};
use lutrin::source::Source;
use proptest::prelude::*;

use super::story::Story;

/// Five slides of two minutes each; the last one of them is for questions, and is not counted.
const DECK: &str = "# One\n\n- a\n- b <!-- .element: class=\"fragment\" -->\n\n---\n\n# Two\n\n---\n\n# Three\n\n---\n\n\
                    # Four\n\n---\n\n<!-- .slide: data-visibility=\"uncounted\" -->\n\n# More\n";

fn talk() -> Deck {
    parse::open(Source { text: DECK.to_owned(), diagnostics: Vec::new() }, None)
}

fn agenda(deck: &Deck) -> PlanInput {
    PlanInput {
        entries: Entry::all(deck, |slide| parse::slide(deck, slide)),
        budget: TimeBudget {
            total: Some(Duration::from_mins(8)),
            equal: true,
            part: (0, deck.slides.len() - 1),
            ..TimeBudget::default()
        },
        tolerance: Duration::from_mins(1),
        ..PlanInput::default()
    }
}

fn rehearsal() -> Story {
    with(agenda(&talk()))
}

fn with(agenda: PlanInput) -> Story {
    let mut story = Story::of(talk());
    story.presenter.clock = Clock::armed(agenda, 0);
    story.presenter.viewers = Viewers::Speaker;
    story.presenter.shown = ClockVisibility::Line;
    story
}

fn minutes(minutes: f64) -> Duration {
    Duration::from_secs_f64(minutes * 60.0)
}

impl Story {
    fn face(&mut self) -> ClockReadout {
        self.presenter.clock.readout(self.now)
    }

    #[track_caller]
    fn says(mut self, slide: f64, talk: f64, pace: Pace) -> Self {
        let face = self.face();
        assert_eq!((face.slide.0, face.talk.0), (minutes(slide), minutes(talk)));
        assert_eq!(face.pace, Some(pace));
        self
    }

    fn lines(&mut self) -> Vec<RecordLine> {
        self.presenter.clock.drain_lines()
    }

    /// The seconds of each lap that was written down, with the number of its slide.
    fn laps(&mut self) -> Vec<(usize, f64)> {
        let entries = self.presenter.clock.input().entries.clone();
        let number = |key: &str| entries.iter().position(|entry| entry.key == key).map_or(0, |at| at + 1);
        let lap = |line: RecordLine| match line {
            RecordLine::Lap { key, seconds, .. } => Some((number(&key), seconds)),
            _ => None,
        };
        self.lines().into_iter().filter_map(lap).collect()
    }
}

#[test]
fn nothing_counts_before_the_first_step() {
    let mut story = rehearsal().at(5.0).press(&["s", "?", "Esc"]).at(10.0);
    assert_eq!((story.face().phase, story.face().talk.0), (ClockPhase::Armed, Duration::ZERO));
    assert_eq!(story.lines(), []);
    let story = story.press(&["Right"]).at(11.0);
    story.says(1.0, 1.0, Pace::OnTime);
    rehearsal().at(5.0).press(&["P"]).at(6.0).says(1.0, 1.0, Pace::OnTime).shows(1);
}

#[test]
fn a_jump_looks_for_the_beginning_and_does_not_make_it() {
    let mut story = rehearsal().at(1.0).press(&["3", "Enter"]).shows(3);
    assert_eq!(story.face().phase, ClockPhase::Armed);
}

#[test]
fn where_no_step_leads_on_a_step_starts_the_clock_all_the_same() {
    let story = rehearsal().press(&["5", "Enter"]).at(1.0).press(&["n"]).shows(5).at(2.0);
    let mut story = story.press(&["p"]);
    assert_eq!(story.face().talk.0, minutes(1.0));
    let mut jumped = rehearsal().press(&["G"]).at(1.0);
    assert_eq!(jumped.face().phase, ClockPhase::Armed);
}

#[test]
fn pace_is_ahead_on_time_and_behind() {
    let story = rehearsal().press(&["P"]).at(2.9).says(2.9, 2.9, Pace::OnTime);
    let story = story.at(3.5).says(3.5, 3.5, Pace::Behind(minutes(1.5)));
    let story = story.press(&["n", "n"]).shows(2).at(3.6).says(0.1, 3.6, Pace::Behind(minutes(1.5)));
    // Slides that are left early give their time back.
    story.press(&["n", "n"]).shows(4).at(3.7).says(0.1, 3.7, Pace::Ahead(minutes(2.4)));
}

#[test]
fn overruns_count_on() {
    let mut story = rehearsal().press(&["P"]).at(12.0);
    let face = story.face();
    assert_eq!((face.slide, face.talk.0), ((minutes(12.0), Some(minutes(2.0))), minutes(12.0)));
    assert!(face.time.is_some_and(|time| time > 1.49));
    let ends = face.ends.map(Timestamp::as_second);
    assert_eq!(ends, Some(18 * 60), "six minutes are left of the other slides");
}

#[test]
fn a_pause_survives_the_change_of_slides() {
    let story = rehearsal().press(&["P"]).at(1.0).press(&["P"]).at(2.0).press(&["n", "n", "n"]).shows(3);
    let mut story = story.at(4.0).says(0.0, 1.0, Pace::Ahead(minutes(3.0)));
    assert_eq!(story.face().phase, ClockPhase::Paused);
    assert_eq!(story.face().rest, minutes(3.0));
    let mut story = story.press(&["P"]).at(5.0).says(1.0, 2.0, Pace::Ahead(minutes(3.0)));
    assert_eq!(story.presenter.clock.besides()[0], minutes(3.0));
    assert_eq!(story.presenter.clock.taken(1), (Duration::ZERO, 0), "nobody was told of slide 2");
    assert_eq!(story.laps(), [(1, 60.0)]);
}

#[test]
fn a_question_is_counted_apart() {
    let mut story = rehearsal().press(&["P"]).at(1.0).press(&["i"]).at(3.0).press(&["i"]).at(4.0);
    story = story.says(2.0, 2.0, Pace::OnTime);
    assert_eq!(
        story.presenter.clock.besides(),
        [Duration::ZERO, minutes(2.0), Duration::ZERO, Duration::ZERO]
    );
    let pauses = story.lines().into_iter().filter_map(|line| match line {
        RecordLine::Pause { why, seconds, .. } => Some((why, seconds)),
        _ => None,
    });
    assert_eq!(pauses.collect::<Vec<_>>(), [(Why::Question, 120.0)]);
}

#[test]
fn a_computer_that_sleeps_pauses_and_says_so() {
    let mut story = rehearsal().press(&["P"]).at(1.0);
    story.now = story.now.slept(minutes(30.0));
    let mut story = story.says(1.0, 1.0, Pace::OnTime);
    assert_eq!(story.presenter.clock.report_sleep(), Some(minutes(30.0)));
    assert_eq!(story.presenter.clock.report_sleep(), None);
    assert_eq!(story.presenter.clock.besides()[2], minutes(30.0));
}

#[test]
fn going_back_goes_on_with_that_slides_own_time() {
    let mut story =
        rehearsal().press(&["P"]).at(1.0).press(&["n", "n"]).at(2.0).press(&["p"]).shows(1).at(2.5);
    story = story.says(1.5, 2.5, Pace::OnTime);
    assert_eq!(story.presenter.clock.taken(0).1, 2);
    assert_eq!(story.presenter.clock.taken(1), (minutes(1.0), 1));
}

#[test]
fn this_slide_again_takes_its_time_back() {
    let story = rehearsal().press(&["P"]).at(1.0).press(&["n", "n"]).at(4.0).press(&["x"]);
    let story = story.shows(2).says(0.0, 1.0, Pace::OnTime);
    let story = story.at(5.0).says(1.0, 2.0, Pace::OnTime);
    assert_eq!(story.presenter.clock.besides()[3], minutes(3.0));
    let step = rehearsal().press(&["P", "n"]).presenter.position.step;
    let again = rehearsal().press(&["P", "n", "x"]).presenter.position.step;
    assert_eq!((step, again), (1, 0), "its steps come again too");
}

#[test]
fn on_schedule_from_here() {
    let story = rehearsal().press(&["P"]).at(6.0).says(6.0, 6.0, Pace::Behind(minutes(4.0)));
    let story = story.press(&["="]).says(6.0, 6.0, Pace::OnTime);
    let story = story.at(8.0).says(8.0, 8.0, Pace::Behind(minutes(2.0)));
    let story = story.press(&["="]).says(8.0, 8.0, Pace::OnTime);
    story.press(&["="]).at(10.0).says(10.0, 10.0, Pace::Behind(minutes(2.0)));
}

#[test]
fn starting_over_asks() {
    let mut story = rehearsal().press(&["P"]).at(1.0).press(&["n", "n", "X", "Esc"]).shows(2);
    assert_eq!(story.face().talk.0, minutes(1.0));
    let mut story = story.press(&["X", "Enter"]).shows(1);
    assert_eq!((story.face().phase, story.face().talk.0), (ClockPhase::Armed, Duration::ZERO));
    let kinds: Vec<bool> = story.lines().iter().map(|line| matches!(line, RecordLine::End { .. })).collect();
    assert_eq!(kinds.last(), Some(&true), "what was is kept");
    let mut story = story.press(&["n"]).at(2.0);
    assert!(matches!(story.lines().first(), Some(RecordLine::Run(_))), "a run of its own");
}

#[test]
fn the_end_asks_once_and_the_talk_may_go_on() {
    let mut story =
        rehearsal().press(&["P"]).at(1.0).press(&["n", "n", "n", "n"]).shows(4).at(2.0).press(&["n"]);
    assert_eq!(story.presenter.overlay, Some(Overlay::End { selected: 0 }));
    assert!(matches!(story.lines().last(), Some(RecordLine::End { .. })));
    let mut story = story.at(5.0).press(&["Esc"]).shows(4).at(6.0).press(&["n"]).shows(5);
    assert_eq!(story.face().talk.0, minutes(3.0));
    assert_eq!(story.presenter.clock.besides()[0], minutes(3.0), "the time at the end was a pause");
    let kept = rehearsal().press(&["P", "G", "p", "n", "Enter"]);
    assert_eq!(kept.last, Effect::Quit);
    let mut discarded = rehearsal().press(&["P", "G", "p", "n", "Down", "Enter"]);
    assert_eq!(
        (discarded.last, discarded.lines().last().cloned()),
        (Effect::Quit, Some(RecordLine::Discarded))
    );
    assert_eq!(rehearsal().press(&["P", "G", "p", "n", "q"]).last, Effect::Quit);
}

#[test]
fn enter_takes_what_is_offered_and_a_step_ignores_it() {
    let offers = vec![Offer::GoOn, Offer::Length(minutes(60.0))];
    let mut story = rehearsal();
    story.presenter.offers.clone_from(&offers);
    let story = story.press(&["Esc", "Enter"]).shows(1);
    assert_eq!(story.last, Effect::Take(Offer::Length(minutes(60.0))));
    let mut story = rehearsal();
    story.presenter.offers = offers;
    let mut story = story.press(&["n"]);
    assert!(story.presenter.offers.is_empty() && story.face().phase == ClockPhase::Running);
}

#[test]
fn what_must_be_over_at_a_time_has_what_is_left_until_then() {
    let mut agenda = agenda(&talk());
    agenda.end = "1970-01-01T00:10:00Z".parse().ok();
    let mut story = with(agenda).at(4.0).press(&["P"]);
    assert_eq!(story.face().talk.1, Some(minutes(6.0)));
    assert_eq!(story.face().ends, "1970-01-01T00:10:00Z".parse().ok());
}

#[test]
fn a_start_is_counted_down_to_and_beyond() {
    let mut agenda = agenda(&talk());
    agenda.start = "1970-01-01T00:10:00Z".parse().ok();
    let mut story = with(agenda).at(4.0);
    assert_eq!(story.face().starts_in, Some(360));
    assert_eq!(story.at(11.0).face().starts_in, Some(-60));
}

#[test]
fn a_clock_that_nobody_looks_at_counts_all_the_same() {
    let mut story = Story::of(talk()).at(1.0).press(&["n", "n"]).at(3.0).press(&["P", "i", "x"]).at(4.0);
    assert_eq!(story.last, Effect::Say("no clock is shown: `t` shows it"));
    story = story.press(&["n", "t"]).at(5.0);
    assert_eq!((story.presenter.shown, story.face().talk.0), (ClockVisibility::Mark, minutes(4.0)));
    story.presenter.clock.set(agenda(&talk()));
    assert_eq!((story.face().slide.0, story.face().talk.0), (minutes(1.0), minutes(4.0)));
    assert_eq!(story.press(&["t", "t"]).presenter.shown, ClockVisibility::Hidden);
}

#[test]
fn a_run_that_had_ended_goes_on() {
    let mut story = rehearsal().press(&["P"]).at(1.0).press(&["n", "n"]).at(2.0).press(&["P"]).at(3.0);
    story.presenter.clock.end(story.now);
    let run = story.presenter.clock.run().expect("it has begun");
    let mut lines = story.lines();
    let text = DECK.replace("# One", "# At first");
    let deck = parse::open(Source { text, diagnostics: Vec::new() }, None);
    let mut again = with(agenda(&deck)).at(30.0);
    again.presenter.clock.follow(1, 0, again.now);
    again.presenter.clock.carry_on(&run, again.now);
    let mut again = again.at(31.0).says(2.0, 3.0, Pace::OnTime);
    assert_eq!(again.presenter.clock.besides()[0], minutes(1.0));
    again.presenter.clock.end(again.now);
    lines.extend(again.lines());
    let written: String = lines.iter().map(RecordLine::written).collect();
    let (runs, odd) = run::runs(&written);
    assert_eq!((odd, runs.len(), runs[0].total_seconds()), (vec![], 1, 180.0));
    assert_eq!(runs[0].header.slides[0].title, "At first");
}

#[test]
fn an_edited_deck_keeps_its_times() {
    let mut story = rehearsal().press(&["P"]).at(1.0).press(&["n", "n"]).at(3.0).press(&["n"]).at(4.0);
    let text = DECK.replace("# Two", "# Zero\n\n---\n\n# Two").replace("# Four", "# The fourth");
    let deck = parse::open(Source { text, diagnostics: Vec::new() }, None);
    let mut edited = agenda(&deck);
    edited.budget.part = (0, deck.slides.len() - 1);
    story.presenter.clock.edit(edited, 3, story.now);
    let taken: Vec<Duration> = (0..5).map(|slide| story.presenter.clock.taken(slide).0).collect();
    assert_eq!(taken, [1.0, 0.0, 2.0, 1.0, 0.0].map(minutes));
    let renamed = DECK.replace("# Three", "# The third");
    let deck = parse::open(Source { text: renamed.clone(), diagnostics: Vec::new() }, None);
    let mut story = rehearsal().press(&["P"]).at(1.0).press(&["n", "n", "n"]).at(3.0);
    story.presenter.clock.edit(agenda(&deck), 2, story.now);
    assert_eq!(story.presenter.clock.taken(2), (minutes(2.0), 1), "only its words have changed");
    // A slide that is cut out has taken its time all the same, and has it again when it comes back.
    let cut = parse::open(Source { text: renamed.replace("# One", ""), diagnostics: Vec::new() }, None);
    story.presenter.clock.edit(agenda(&cut), 1, story.now);
    assert_eq!(story.presenter.clock.elapsed(), minutes(3.0));
    story.presenter.clock.edit(agenda(&deck), 2, story.now);
    assert_eq!(story.presenter.clock.taken(0), (minutes(1.0), 1));
    let written: String = story.lines().iter().map(RecordLine::written).collect();
    let (runs, odd) = run::runs(&written);
    assert_eq!((odd, runs[0].total_seconds()), (vec![], 180.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the keys, no second is lost and none is counted twice, and what a clock will read is known before.
    #[test]
    fn all_time_is_accounted_for(
        keys in prop::collection::vec((0_usize..18, 1_u64..90_000, prop::bool::weighted(0.05)), 1..60),
    ) {
        const KEYS: [&str; 18] =
            ["n", "p", "P", "i", "x", "X", "=", "Enter", "Esc", "G", "Down", "b", "?", "n", "t", "1", "o", "a"];
        let mut story = rehearsal().press(&["P"]);
        for (key, milliseconds, sleeps) in keys {
            let time = Duration::from_millis(milliseconds);
            let foretold = story.presenter.clock.state(story.now).later(time);
            story.now = story.now.later(time);
            let reading = story.presenter.clock.state(story.now);
            prop_assert!(foretold.is_like(&reading), "{foretold:?}\n{reading:?}");
            if sleeps {
                story.now = story.now.slept(minutes(7.0));
            }
            let begun = story.presenter.clock.phase() != ClockPhase::Armed;
            story = story.press(&[KEYS[key]]);
            let clock = &mut story.presenter.clock;
            // A clock that was started over begins anew, and after the talk nothing follows.
            if (begun && clock.phase() == ClockPhase::Armed) || story.last == Effect::Quit {
                return Ok(());
            }
            clock.advance(story.now);
            if clock.phase() == ClockPhase::Ended {
                continue;
            }
            let since = story.now.awake + story.now.asleep;
            prop_assert_eq!(clock.elapsed() + clock.besides().iter().sum::<Duration>(), since);
        }
        let clock = &mut story.presenter.clock;
        clock.end(story.now);
        let written: String = clock.drain_lines().iter().map(RecordLine::written).collect();
        let (runs, odd) = run::runs(&written);
        prop_assert_eq!(odd, vec![]);
        let (read, kept) = (&runs[0], clock.run().expect("it has begun"));
        let near = |one: f64, other: f64| (one - other).abs() < 0.1;
        prop_assert!(near(read.total_seconds(), kept.total_seconds()), "{read:?} {kept:?}");
        prop_assert!(near(read.paused_seconds, kept.paused_seconds) && near(read.slept_seconds, kept.slept_seconds));
        prop_assert!(near(read.questions_seconds, kept.questions_seconds));
        let visits = |run: &Run| run.spent.values().map(|spent| spent.visits).collect::<Vec<_>>();
        prop_assert_eq!(visits(read), visits(&kept));
        prop_assert_eq!((&read.last, read.complete), (&kept.last, kept.complete));
    }
}
