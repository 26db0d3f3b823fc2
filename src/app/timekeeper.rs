//! The time of a talk: what its plan is made from, when the clock ticks, where runs are written down. How a clock counts is
//! not decided here.

mod hours;
mod offers;

use std::cell::LazyCell;
use std::io::Write;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rustix::time::{ClockId, clock_gettime};

use super::places::Home;
use super::{Lectern, Manner};
use crate::app::event::Event;
use crate::app::slides::Speaker;
use crate::cli::TimeOptions;
use crate::deck::Deck;
use crate::disk::{Kept, Place, Recorder, Records};
use crate::parse;
use crate::present::{ClockVisibility, Offer, Viewers};
use crate::rehearsal::{Agenda, Budget, Clock, Entry, Face, Moment, Phase, Run, prose, record};
use crate::terminal::Window;
use crate::text::{sanitize, shown_time};
use hours::Hours;

/// The clock that goes on while the computer sleeps; the one of `Instant` does not.
#[cfg(any(target_os = "linux", target_os = "android"))]
const WHOLE: ClockId = ClockId::Boottime;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const WHOLE: ClockId = ClockId::Monotonic;

/// A run that ended longer ago is over.
const GOES_ON: Duration = Duration::from_hours(1);
/// Seconds are rounded where only minutes are shown.
const HALF_A_MINUTE: SignedDuration = SignedDuration::from_secs(30);

/// What is known of a talk's time besides what its clock counts.
pub(super) struct Timekeeper {
    manner: Manner,
    /// Found out when a time of day is spoken of, which most talks never do.
    zone: LazyCell<TimeZone>,
    /// When this program began, by the clock that stands still while the computer sleeps, and by the one that does not.
    began: (Instant, Duration),
    /// Where runs are kept, unless nothing shall be.
    records: Option<Records>,
    recorder: Option<Recorder>,
    /// Why nothing of this run is kept, or not all of it.
    failure: Option<String>,
    /// What the plan is made from, as long as it is being found out.
    preparing: Option<Receiver<Prepared>>,
    /// The run that may be gone on with.
    last: Option<Kept>,
    /// The words on the first slide that speak of a length.
    words: String,
    /// When the clock says something else than now.
    tick: Option<Instant>,
}

/// What has been found out before the start.
struct Prepared {
    entries: Vec<Entry>,
    length: Option<(Duration, String)>,
    last: Option<Kept>,
}

impl Timekeeper {
    pub(super) fn new(manner: Manner, place: &Place) -> Self {
        let file = manner.time.record.as_deref().map(|path| Ok(Records::in_file(path)));
        let usual = || manner.rehearses.then(|| Records::of(place));
        let found = if manner.records { file.or_else(usual) } else { None }.transpose();
        let (records, failure) = match found {
            Ok(records) => (records, None),
            Err(why) => (None, Some(format!("this run is not recorded: {}", why.message))),
        };
        Self {
            manner,
            zone: LazyCell::new(TimeZone::system),
            began: (Instant::now(), whole()),
            records,
            recorder: None,
            failure,
            preparing: None,
            last: None,
            words: String::new(),
            tick: None,
        }
    }

    /// Returns the moment that it is now.
    pub(super) fn now(&self) -> Moment {
        let awake = self.began.0.elapsed();
        let asleep = whole().saturating_sub(self.began.1).saturating_sub(awake);
        Moment { awake, asleep, wall: Timestamp::now() }
    }

    /// Returns when the clock says something else.
    pub(super) fn due(&self) -> Option<Instant> {
        self.tick
    }

    /// Wakes nobody any more, until the clock is shown again: on a blank stage, or in a window of one row, nobody reads it.
    pub(super) fn stop_ticking(&mut self) {
        self.tick = None;
    }

    /// Returns whose window it is.
    pub(super) fn home(&self) -> Home {
        if self.manner.rehearses { Home::Rehearsal(self.manner.stage) } else { Home::Talk }
    }

    /// Returns the time of day, as clocks on walls show it.
    pub(super) fn wall(&self) -> String {
        self.now().wall.to_zoned((*self.zone).clone()).strftime("%H:%M").to_string()
    }

    /// Returns whether the talk is rehearsed.
    pub(super) fn rehearses(&self) -> bool {
        self.manner.rehearses
    }

    /// Returns whether what the plan is made from is being found out.
    pub(super) fn is_preparing(&self) -> bool {
        self.preparing.is_some()
    }

    /// Returns the first slide of the part that is rehearsed.
    pub(super) fn first(&self, deck: &Deck) -> Option<usize> {
        let number = usize::try_from(self.manner.time.from?).unwrap_or(usize::MAX);
        Some(deck.numbered(number))
    }

    /// Returns a time of day, as it is shown: to the nearest minute.
    pub(super) fn shown(&self, at: Timestamp) -> String {
        let at = at.checked_add(HALF_A_MINUTE).unwrap_or(at);
        at.to_zoned((*self.zone).clone()).strftime("%H:%M").to_string()
    }

    /// Returns what is known of the talk by now, its slides excepted.
    fn agenda(&self, deck: &Deck, title: &str, place: &Place) -> Agenda {
        let TimeOptions { duration, start, end, tolerance, equal, from, until, .. } = &self.manner.time;
        let hours = if start.is_some() || end.is_some() {
            Hours::new(*duration, *start, *end, &Timestamp::now().to_zoned((*self.zone).clone()))
        } else {
            Hours { total: *duration, ..Hours::default() }
        };
        let written = Budget::of(&deck.meta);
        let index = |number: u64| deck.numbered(usize::try_from(number).unwrap_or(usize::MAX));
        let last = deck.slides.len().saturating_sub(1);
        Agenda {
            deck: place.full(),
            title: title.to_owned(),
            entries: Vec::new(),
            budget: Budget {
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
}

impl Lectern {
    /// Sets the clock for a talk that begins.
    pub(super) fn set_clock(&mut self) {
        let manner = &self.keeper.manner;
        self.presenter.shown = manner.shown;
        self.presenter.viewers = if manner.rehearses { Viewers::Speaker } else { Viewers::All };
        self.slides.speaker = manner.rehearses.then_some(Speaker::Rehearses);
        let agenda = self.keeper.agenda(&self.slides.deck, &self.title, &self.place);
        self.presenter.clock = Clock::armed(agenda, self.presenter.position.slide);
    }

    /// Begins to find out what the plan is made from, where anybody wants to know.
    pub(super) fn prepare_plan(&mut self) {
        let is_shown =
            self.presenter.shown != ClockVisibility::Hidden || self.presenter.viewers == Viewers::Audience;
        let is_planned = !self.presenter.clock.agenda().entries.is_empty();
        let is_kept = self.keeper.manner.rehearses || self.keeper.records.is_some();
        if self.link.is_none() && (is_shown || is_planned || is_kept) {
            self.find_plan();
        }
    }

    /// Begins to find it out.
    pub(super) fn find_plan(&mut self) {
        let keeper = &mut self.keeper;
        let is_planned = !self.presenter.clock.agenda().entries.is_empty();
        let (sender, prepared) = channel();
        let (deck, events) = (self.slides.deck.clone(), self.sender.clone());
        let records = keeper.records.clone().filter(|_| keeper.manner.rehearses && !is_planned);
        let now = Timestamp::now();
        // Whoever has said how long the talk is need not be asked.
        let has_length = self.presenter.clock.agenda().budget.total.is_some();
        let is_armed = self.presenter.clock.phase() == Phase::Armed;
        let asks = keeper.manner.rehearses && is_armed && !has_length;
        keeper.preparing = Some(prepared);
        thread::spawn(move || {
            let _ = sender.send(prepare(&deck, records.as_ref(), asks, now));
            let _ = events.send(Event::Planned);
        });
    }

    /// Takes what has been found out. Before a key it is waited for where a run is written down: what its slides are called
    /// stands in the first line.
    pub(super) fn take_plan(&mut self, is_before_key: bool) {
        let Some(preparing) = &self.keeper.preparing else { return };
        let must = is_before_key && (self.keeper.manner.rehearses || self.keeper.records.is_some());
        let prepared = if must { preparing.recv().ok() } else { preparing.try_recv().ok() };
        let Some(Prepared { entries, length, last }) = prepared else { return };
        self.keeper.preparing = None;
        let now = self.keeper.now();
        let mut agenda = self.keeper.agenda(&self.slides.deck, &self.title, &self.place);
        agenda.entries = entries;
        if self.presenter.clock.agenda().entries.is_empty() {
            if agenda.end.is_some() && self.presenter.clock.phase() != Phase::Armed {
                // It has the time that was left when it began, not what is left when the clock is looked at.
                agenda.budget.total = self.presenter.clock.agenda().budget.total;
            }
            self.presenter.clock.set(agenda);
            self.offer(length, last);
        } else {
            agenda.budget.total = agenda.budget.total.or(self.presenter.clock.agenda().budget.total);
            self.presenter.clock.edit(agenda, self.presenter.position.slide, now);
            // Before the start, what the edited deck says is offered; a run only where it still is.
            let is_offered = self.presenter.offers.contains(&Offer::GoOn);
            let last = self.keeper.last.take().filter(|_| is_offered);
            self.offer(length, last);
        }
    }

    /// Writes down what has happened.
    pub(super) fn write_down(&mut self) {
        for line in self.presenter.clock.take_lines() {
            match (line, &self.keeper.records) {
                (record::Line::Run(header), Some(records)) => {
                    // A file is held by one run at a time.
                    if let Some(before) = self.keeper.recorder.take() {
                        before.finish();
                    }
                    self.keeper.recorder = Some(records.begin(header, self.teller()));
                }
                (line, _) => {
                    if let Some(recorder) = &self.keeper.recorder {
                        recorder.write(line);
                    }
                }
            }
        }
        if let Some(slept) = self.presenter.clock.take_news() {
            let slept = shown_time(slept);
            self.message = Some(format!("slept for {slept}: that was a pause"));
        }
    }

    fn teller(&self) -> Box<dyn Fn(String) + Send> {
        let sender = self.sender.clone();
        Box::new(move |words| drop(sender.send(Event::Told(words))))
    }

    /// Ends the run, and waits until it is written down.
    pub(super) fn close_record(&mut self) {
        let now = self.keeper.now();
        self.presenter.clock.end(now);
        self.write_down();
        if let Some(recorder) = self.keeper.recorder.take() {
            self.keeper.failure = recorder.finish();
        }
    }

    /// Returns the runs that the report of a rehearsal is made of, the one that has just ended last; none where nothing
    /// is to be reported. Prints why on the ordinary screen.
    pub(super) fn reported(&self) -> Option<Vec<Run>> {
        let run = self.presenter.clock.run().filter(|_| self.keeper.manner.rehearses)?;
        if self.presenter.clock.is_discarded() {
            let _ = writeln!(std::io::stdout(), "this run is discarded");
            return None;
        }
        if let Some(failure) = &self.keeper.failure {
            let _ = writeln!(std::io::stderr(), "lutrin: {}", sanitize(failure));
        }
        let kept = self.keeper.records.as_ref().map(|records| records.runs().0).unwrap_or_default();
        let others = kept.into_iter().map(|kept| kept.run);
        let mut runs: Vec<Run> = others.filter(|other| other.header.started != run.header.started).collect();
        runs.push(run);
        // A blank line between how to go on and how it went; a terminal that is gone by now is no reason to fail.
        let _ = writeln!(std::io::stdout());
        Some(runs)
    }

    /// Returns what the clock says now, and when it will say something else; none while it is hidden.
    pub(super) fn face(&mut self) -> Option<(Face, String)> {
        if self.presenter.shown == ClockVisibility::Hidden {
            return None;
        }
        let now = self.keeper.now();
        let face = match &self.link {
            Some(link) => link.reading().face(now.wall),
            None => self.presenter.clock.face(now),
        };
        let counted = match face.phase {
            Phase::Running => Some(face.talk.0),
            Phase::Paused | Phase::Question => Some(face.rest),
            Phase::Armed => {
                face.starts_in.map(|_| Duration::from_nanos(now.wall.subsec_nanosecond().max(0) as u64))
            }
            Phase::Ended => None,
        };
        let second = counted.map(|time| Duration::from_nanos(u64::from(1_000_000_000 - time.subsec_nanos())));
        // The time of day, which stands over the notes, tells minutes.
        let minute = || Duration::from_secs(60 - now.wall.as_second().rem_euclid(60) as u64);
        let left = second.or_else(|| self.presenter.notes.map(|_| minute()));
        // A moment later, so that the second is over for sure.
        self.keeper.tick = left.map(|left| Instant::now() + left + Duration::from_millis(1));
        let ends = face.ends.map(|at| self.keeper.shown(at)).unwrap_or_default();
        Some((face, ends))
    }

    /// Returns that the window has no room for the audience's terminal, where that is so.
    pub(super) fn window_is_small(&self) -> Option<String> {
        let (columns, rows) = self.keeper.manner.stage?;
        let window = Window::current();
        let is_small = window.columns < columns || window.rows < rows;
        is_small
            .then(|| format!("only {}x{} of `--stage {columns}x{rows}` fits", window.columns, window.rows))
    }
}

/// Finds out what a plan is made from.
fn prepare(deck: &Deck, records: Option<&Records>, asks: bool, now: Timestamp) -> Prepared {
    let entries = Entry::all(deck, |index| parse::slide(deck, index));
    let goes_on = |kept: &Kept| {
        let ago = now.duration_since(kept.run.ended);
        !kept.run.complete && ago >= SignedDuration::ZERO && ago.unsigned_abs() <= GOES_ON
    };
    let last = records.and_then(|records| {
        let last = records.runs().0.pop().filter(goes_on)?;
        (!records.is_going_on(&last)).then_some(last)
    });
    let length = if asks { prose::of_slides(&[parse::slide(deck, 0)]) } else { None };
    Prepared { entries, length, last }
}

/// Returns what the clock says that goes on while the computer sleeps.
fn whole() -> Duration {
    let time = clock_gettime(WHOLE);
    Duration::new(time.tv_sec.max(0) as u64, time.tv_nsec.max(0) as u32)
}
