//! What a clock says at a moment. How it looks is not decided here.

use std::time::Duration;

use jiff::Timestamp;

use super::{Clock, Phase};
use crate::rehearsal::Moment;

/// How a talk lies in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// There is so much more time than is needed.
    Ahead(Duration),
    /// As planned, within the tolerance.
    OnTime,
    /// There is so much less.
    Behind(Duration),
}

/// What a clock says at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// What the clock is doing.
    pub phase: Phase,
    /// What the slide has taken, and what is planned for it.
    pub slide: (Duration, Option<Duration>),
    /// The same of the talk.
    pub talk: (Duration, Option<Duration>),
    /// How the talk lies in its plan.
    pub pace: Option<Pace>,
    /// When it will be over by the plan of what is left; none before it begins, and after its end.
    pub ends: Option<Timestamp>,
    /// How much of the plan the slides so far have, from 0 to 1; without a plan, how many of the slides.
    pub slides: f64,
    /// How much of the talk's time is over, from 0; without a plan none.
    pub time: Option<f64>,
    /// How long the clock has rested.
    pub rest: Duration,
    /// In how many seconds the talk shall begin; less than 0 where it should have.
    pub starts_in: Option<i64>,
}

impl Clock {
    /// Returns what the clock says at `now`.
    pub fn face(&mut self, now: Moment) -> Face {
        self.advance(now);
        let slide = self.here.0;
        let planned = self.plan.slides.get(slide).and_then(|share| share.time);
        let elapsed = self.elapsed();
        let starts = self.agenda.start.filter(|_| self.phase == Phase::Armed);
        let left = self.plan.total.map(|_| self.left());
        Face {
            phase: self.phase,
            slide: (self.taken(slide).0, planned),
            talk: (elapsed, self.plan.total),
            pace: self.pace(),
            ends: left
                .filter(|_| !matches!(self.phase, Phase::Armed | Phase::Ended))
                .and_then(|left| now.wall.checked_add(left).ok()),
            slides: self.way(left),
            time: self.plan.total.map(|total| elapsed.as_secs_f64() / total.as_secs_f64().max(1.0)),
            rest: self.rest,
            starts_in: starts.map(|start| start.as_second() - now.wall.as_second()),
        }
    }

    /// Returns how the talk lies in its plan, once it has begun.
    pub fn pace(&self) -> Option<Pace> {
        if self.phase == Phase::Armed {
            return None;
        }
        let off = self.deviation()? - self.shift;
        let time = Duration::try_from_secs_f64(off.abs()).unwrap_or_default();
        Some(match off {
            _ if time <= self.agenda.tolerance => Pace::OnTime,
            off if off < 0.0 => Pace::Ahead(time),
            _ => Pace::Behind(time),
        })
    }

    /// Returns by how many seconds the talk will be longer than planned, if each slide from here on takes what is left of
    /// its time. Within a slide's own time that stays the same, as in reveal.js; beyond it, it grows.
    pub(super) fn deviation(&self) -> Option<f64> {
        let total = self.plan.total?.as_secs_f64();
        Some(self.elapsed().as_secs_f64() + self.left().as_secs_f64() - total)
    }

    /// Returns what is left of the time of the slides from here on.
    fn left(&self) -> Duration {
        let from_here = self.plan.slides.iter().zip(&self.taken).skip(self.here.0);
        from_here.map(|(share, taken)| share.time.unwrap_or_default().saturating_sub(taken.time)).sum()
    }

    fn way(&self, left: Option<Duration>) -> f64 {
        match (left, self.plan.total) {
            (Some(left), Some(total)) if !total.is_zero() => {
                (1.0 - left.as_secs_f64() / total.as_secs_f64()).clamp(0.0, 1.0)
            }
            _ => {
                let counted = |slides: &[super::super::Share]| {
                    slides.iter().filter(|share| share.counts).count() as f64
                };
                let here = (self.here.0 + 1).min(self.plan.slides.len());
                counted(&self.plan.slides[..here]) / counted(&self.plan.slides).max(1.0)
            }
        }
    }
}
