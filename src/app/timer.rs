//! The time of a talk besides what its clock counts: what its plan is made from, when the clock's display changes, and the
//! run that may be continued.

mod hours;

use std::cell::LazyCell;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::command::Command;
use super::event::Event;
use super::plan_search::PlanSearch;
use crate::cli::TimeOptions;
use crate::deck::Deck;
use crate::disk::{DeckSource, StoredRun};
use crate::rehearsal::{Clock, ClockPhase, ClockReadout, Now, PlanInput, TimeBudget, record};
use hours::Hours;

/// Seconds are rounded where only minutes are shown.
const HALF_A_MINUTE: SignedDuration = SignedDuration::from_secs(30);
/// The display is asked a moment after it has changed, so that the second is over for sure.
const MOMENT: Duration = Duration::from_millis(1);

/// Finds the time zone that times of day are shown in.
pub(super) type FindZone = Box<dyn FnOnce() -> TimeZone>;

/// What is known of a talk's time besides what its clock counts.
pub(super) struct Timer {
    time: TimeOptions,
    /// Found out when a time of day is shown, which most talks never do.
    zone: LazyCell<TimeZone, FindZone>,
    is_recorded: bool,
    /// Why nothing of this run is kept.
    failure: Option<String>,
    /// The number of the last search, and whether its result is still to come.
    searches: u64,
    is_searching: bool,
    /// Keys and requests that wait for the plan.
    held: Vec<Event>,
    last: Option<StoredRun>,
    /// The words on the first slide that speak of a length.
    words: String,
    /// When the display changes, by [`Now::awake`].
    due: Option<Duration>,
}

impl Timer {
    /// The timer of a talk. `is_recorded` is whether its run is written down, else `failure` may say why it is not.
    pub(super) fn new(time: TimeOptions, zone: FindZone, is_recorded: bool, failure: Option<String>) -> Self {
        Self {
            time,
            zone: LazyCell::new(zone),
            is_recorded,
            failure,
            searches: 0,
            is_searching: false,
            held: Vec::new(),
            last: None,
            words: String::new(),
            due: None,
        }
    }

    /// Returns the first slide of what is rehearsed, from 0.
    pub(super) fn first(&self, deck: &Deck) -> Option<usize> {
        let number = usize::try_from(self.time.from?).unwrap_or(usize::MAX);
        Some(deck.numbered(number))
    }

    /// Returns whether runs are written down.
    pub(super) fn is_recorded(&self) -> bool {
        self.is_recorded
    }

    /// Returns why nothing of this run is kept.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Returns what is known of the talk by now, its slides excepted.
    pub(super) fn agenda(&self, deck: &Deck, title: &str, place: &DeckSource, now: Now) -> PlanInput {
        let TimeOptions { duration, start, end, tolerance, equal, from, until, .. } = &self.time;
        let hours = if start.is_some() || end.is_some() {
            Hours::new(*duration, *start, *end, &now.wall.to_zoned((*self.zone).clone()))
        } else {
            Hours { total: *duration, ..Hours::default() }
        };
        let written = TimeBudget::of(&deck.meta);
        let index = |number: u64| deck.numbered(usize::try_from(number).unwrap_or(usize::MAX));
        let last = deck.slides.len().saturating_sub(1);
        PlanInput {
            deck: place.full(),
            title: title.to_owned(),
            entries: Vec::new(),
            budget: TimeBudget {
                total: hours.total.or(written.total),
                total_is_for_part: hours.total.is_some(),
                equal: *equal,
                part: (from.map_or(0, index), until.map_or(last, index)),
                ..written
            },
            start: hours.start,
            end: hours.end,
            tolerance: *tolerance,
        }
    }

    /// Begins to find out what the plan of a clock is made from; the result of an earlier search no longer counts.
    pub(super) fn search(&mut self, deck: &Deck, clock: &Clock, rehearses: bool, now: Now) -> Command {
        let agenda = clock.input();
        // A length that was given need not be searched for.
        let has_length = agenda.budget.total.is_some();
        let is_armed = clock.phase() == ClockPhase::Armed;
        self.searches += 1;
        self.is_searching = true;
        Command::Search(Box::new(PlanSearch {
            number: self.searches,
            deck: deck.clone(),
            finds_length: rehearses && is_armed && !has_length,
            finds_last: rehearses && agenda.entries.is_empty(),
            now: now.wall,
        }))
    }

    /// Returns whether what the plan is made from is being found out.
    pub(super) fn is_searching(&self) -> bool {
        self.is_searching
    }

    /// Records that a search has ended; returns whether it is the last one.
    pub(super) fn found(&mut self, number: u64) -> bool {
        let is_last = self.is_searching && number == self.searches;
        self.is_searching &= !is_last;
        is_last
    }

    /// Keeps an event until the plan is there.
    pub(super) fn hold(&mut self, event: Event) {
        self.held.push(event);
    }

    /// Returns whether events wait for the plan.
    pub(super) fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// Returns the events that have waited, in their order.
    pub(super) fn release(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.held)
    }

    /// Remembers the run that may be continued, and the words that speak of a length.
    pub(super) fn remember(&mut self, last: Option<StoredRun>, words: String) {
        (self.last, self.words) = (last, words);
    }

    /// Returns the run that may be continued.
    pub(super) fn last(&self) -> Option<&StoredRun> {
        self.last.as_ref()
    }

    /// The same, which is then forgotten.
    pub(super) fn forget_last(&mut self) -> Option<StoredRun> {
        self.last.take()
    }

    /// Returns the words on the first slide that speak of a length.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// Returns the commands that write down what a clock has recorded.
    pub(super) fn record(&self, lines: Vec<record::RecordLine>) -> Vec<Command> {
        let command = |line| match line {
            record::RecordLine::Run(header) if self.is_recorded => Command::BeginRun(header),
            line => Command::Record(line),
        };
        lines.into_iter().map(command).collect()
    }

    /// Returns the time of day at `now`, as clocks on walls show it.
    pub(super) fn wall(&self, now: Now) -> String {
        now.wall.to_zoned((*self.zone).clone()).strftime("%H:%M").to_string()
    }

    /// Returns a time of day as it is shown: to the nearest minute.
    pub(super) fn minute(&self, at: Timestamp) -> String {
        let at = at.checked_add(HALF_A_MINUTE).unwrap_or(at);
        at.to_zoned((*self.zone).clone()).strftime("%H:%M").to_string()
    }

    /// Returns when the display changes.
    pub(super) fn due(&self) -> Option<Duration> {
        self.due
    }

    /// Sets when the display changes; none while it is not shown, so that nothing wakes the loop.
    pub(super) fn set_due(&mut self, due: Option<Duration>) {
        self.due = due;
    }
}

/// Returns when a display changes after `now`; `shows_wall` is whether it shows the time of day.
pub(super) fn next_change(face: &ClockReadout, shows_wall: bool, now: Now) -> Option<Duration> {
    let counted = match face.phase {
        ClockPhase::Running => Some(face.talk.0),
        ClockPhase::Paused | ClockPhase::Question => Some(face.rest),
        ClockPhase::Armed => face
            .starts_in
            .map(|_| Duration::from_nanos(u64::try_from(now.wall.subsec_nanosecond()).unwrap_or_default())),
        ClockPhase::Ended => None,
    };
    let second = counted.map(|time| Duration::from_nanos(u64::from(1_000_000_000 - time.subsec_nanos())));
    let of_minute = u64::try_from(now.wall.as_second().rem_euclid(60)).unwrap_or_default();
    let left = second.or_else(|| shows_wall.then(|| Duration::from_secs(60 - of_minute)));
    left.map(|left| now.awake + left + MOMENT)
}
