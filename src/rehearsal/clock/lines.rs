//! What a clock writes down, and the run so far. Where lines are kept is not known here.

use std::time::Duration;

use jiff::Timestamp;

use super::{Clock, ClockPhase, Taken};
use crate::rehearsal::record::{Header, Listed, RecordLine, VERSION, Why};
use crate::rehearsal::{Entry, Now, Run, Share, SlideTime};

impl Clock {
    /// Returns the run so far, as it will be read again; none before the start.
    pub fn run(&self) -> Option<Run> {
        let header = self.header(self.started?);
        let here = self.taken.iter().enumerate().map(|(slide, taken)| (self.key(slide), *taken));
        let all = here.chain(self.gone.iter().cloned()).filter(|(_, taken)| taken.visits > 0);
        let spent = |taken: Taken| SlideTime { seconds: rounded(taken.time), visits: taken.visits };
        let last = self.plan.last().and_then(|last| self.taken.get(last));
        Some(Run {
            spent: all.map(|(key, taken)| (key, spent(taken))).collect(),
            paused_seconds: rounded(self.paused),
            questions_seconds: rounded(self.questions),
            slept_seconds: rounded(self.slept),
            ended: self.since?.wall,
            last: Some(self.key(self.here.0)),
            complete: last.is_some_and(|taken| taken.visits > 0),
            header,
        })
    }

    /// Writes down what the step that is shown has taken; `next` is the slide that comes then, where one does.
    pub(super) fn write_lap(&mut self, now: Now, next: Option<usize>) {
        if self.phase != ClockPhase::Running || (self.lap.is_zero() && !self.is_new && next.is_none()) {
            return;
        }
        let (slide, step) = self.here;
        let next = next.filter(|&next| next != slide).map(|next| self.key(next));
        let seconds = rounded(self.lap);
        let line =
            RecordLine::Lap { at: now.wall, key: self.key(slide), step, seconds, new: self.is_new, next };
        self.lines.push(line);
        (self.lap, self.is_new) = (Duration::ZERO, false);
    }

    /// Writes down how long it has rested.
    pub(super) fn write_rest(&mut self, now: Now) {
        let why = if self.phase == ClockPhase::Question { Why::Question } else { Why::Pause };
        self.lines.push(self.rest_line(now, why, self.rest));
        self.rest = Duration::ZERO;
    }

    /// Writes down which slides there are now, and which of them had other names. After an end nothing is of its run, so
    /// that is taken back for a moment.
    pub(super) fn write_slides(&mut self, now: Now, renamed: Vec<(String, String)>) {
        let slides = self.listed();
        let planned_seconds = self.plan.total.map(|time| time.as_secs_f64());
        let at = now.wall;
        let edited = RecordLine::Edited { at, slides, renamed, planned_seconds };
        if self.phase == ClockPhase::Ended {
            self.lines.extend([RecordLine::Resumed { at }, edited, RecordLine::End { at }]);
        } else {
            self.lines.push(edited);
        }
    }

    pub(super) fn rest_line(&self, now: Now, why: Why, time: Duration) -> RecordLine {
        RecordLine::Pause { at: now.wall, key: self.key(self.here.0), why, seconds: rounded(time) }
    }

    pub(super) fn key(&self, slide: usize) -> String {
        self.input.entries.get(slide).map(|entry| entry.key.clone()).unwrap_or_default()
    }

    pub(super) fn header(&self, started: Timestamp) -> Header {
        Header {
            version: VERSION,
            deck: self.input.deck.clone(),
            title: self.input.title.clone(),
            started,
            planned_seconds: self.plan.total.map(|time| time.as_secs_f64()),
            tolerance_seconds: self.input.tolerance.as_secs_f64(),
            slides: self.listed(),
        }
    }

    pub(super) fn listed(&self) -> Vec<Listed> {
        let has_rows = self.input.entries.iter().any(|entry| entry.address.1 > 1);
        let listed = |(entry, share): (&Entry, &Share)| Listed {
            key: entry.key.clone(),
            number: entry.number,
            position: has_rows.then(|| format!("{}.{}", entry.address.0, entry.address.1)),
            title: entry.title.clone(),
            counts: share.counts,
            section: share.section,
            planned_seconds: share.time.map(|time| time.as_secs_f64()),
        };
        self.input.entries.iter().zip(&self.plan.slides).map(listed).collect()
    }
}

/// Returns seconds to the millisecond.
fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}
