//! The state of a clock at a moment: all that it takes to say what it will show later, here or in another program.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::phase::ClockPhase;
use super::readout::{ClockReadout, Pace};

/// States that differ by less than these seconds are alike.
const SAME: f64 = 0.05;

/// The state of a clock at a moment. Lengths of time are seconds where it is written as JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClockState {
    /// What the clock is doing.
    pub phase: ClockPhase,
    /// What the slide has taken.
    #[serde(with = "seconds")]
    pub slide: Duration,
    /// What is planned for it.
    #[serde(with = "seconds::maybe")]
    pub slide_plan: Option<Duration>,
    /// What the talk has taken: neither pauses nor questions.
    #[serde(with = "seconds")]
    pub talk: Duration,
    /// What is planned for it.
    #[serde(with = "seconds::maybe")]
    pub talk_plan: Option<Duration>,
    /// What the slides from here on have left of their time.
    #[serde(with = "seconds::maybe")]
    pub left: Option<Duration>,
    /// By how many seconds the talk will be longer than planned; less than 0 where it will be shorter.
    pub pace: Option<f64>,
    /// How far from the plan is still on time.
    #[serde(with = "seconds")]
    pub tolerance: Duration,
    /// How long the clock has rested since it rests.
    #[serde(with = "seconds")]
    pub rest: Duration,
    /// When the talk shall begin, as long as it has not.
    pub starts: Option<Timestamp>,
    /// How many of the slides have come, from 0 to 1.
    pub way: f64,
}

impl ClockState {
    /// Returns the state `time` later, if the clock is left alone until then.
    #[must_use]
    pub fn later(&self, time: Duration) -> Self {
        let mut later = self.clone();
        match self.phase {
            ClockPhase::Armed | ClockPhase::Ended => {}
            ClockPhase::Paused | ClockPhase::Question => later.rest += time,
            ClockPhase::Running => {
                let planned = self.slide_plan.unwrap_or_default().saturating_sub(self.slide);
                // Within the slide's own time all stays as planned; beyond it, the talk grows.
                later.left = self.left.map(|left| left.saturating_sub(time.min(planned)));
                later.pace = self.pace.map(|pace| pace + time.saturating_sub(planned).as_secs_f64());
                later.slide += time;
                later.talk += time;
            }
        }
        later
    }

    /// Returns whether another state is this one, within a few hundredths of a second.
    pub fn is_like(&self, other: &Self) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() < SAME;
        let near_time = |one: Duration, other: Duration| near(one.as_secs_f64(), other.as_secs_f64());
        let near_pace = match (self.pace, other.pace) {
            (Some(one), Some(other)) => near(one, other),
            (one, other) => one == other,
        };
        let near_left = near_time(self.left.unwrap_or_default(), other.left.unwrap_or_default());
        let alike = Self {
            slide: other.slide,
            talk: other.talk,
            rest: other.rest,
            left: other.left,
            pace: other.pace,
            ..self.clone()
        };
        near_time(self.slide, other.slide)
            && near_time(self.talk, other.talk)
            && near_time(self.rest, other.rest)
            && near_left
            && near_pace
            && alike == *other
    }

    /// Returns what the clock shows when the time of day is `wall`.
    pub fn readout(&self, wall: Timestamp) -> ClockReadout {
        let is_going_on = !matches!(self.phase, ClockPhase::Armed | ClockPhase::Ended);
        let part = |time: Duration, total: Duration| time.as_secs_f64() / total.as_secs_f64();
        let has_total = self.talk_plan.filter(|total| !total.is_zero());
        ClockReadout {
            phase: self.phase,
            slide: (self.slide, self.slide_plan),
            talk: (self.talk, self.talk_plan),
            pace: self.pace.map(|off| self.named(off)),
            ends: self.left.filter(|_| is_going_on).and_then(|left| wall.checked_add(left).ok()),
            slides: self
                .left
                .zip(has_total)
                .map_or(self.way, |(left, total)| (1.0 - part(left, total)).max(0.0)),
            time: self.talk_plan.map(|total| self.talk.as_secs_f64() / total.as_secs_f64().max(1.0)),
            rest: self.rest,
            starts_in: self.starts.map(|start| start.as_second() - wall.as_second()),
        }
    }

    fn named(&self, off: f64) -> Pace {
        let time = Duration::try_from_secs_f64(off.abs()).unwrap_or_default();
        match off {
            _ if time <= self.tolerance => Pace::OnTime,
            off if off < 0.0 => Pace::Ahead(time),
            _ => Pace::Behind(time),
        }
    }
}

/// Lengths of time as numbers of seconds; what is no length of time is none.
mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(time.as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }

    pub(super) mod maybe {
        use super::{Deserialize, Deserializer, Duration, Serializer};

        #[allow(clippy::ref_option)] // The shape that serde asks for.
        pub(in super::super) fn serialize<S: Serializer>(
            time: &Option<Duration>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match time {
                Some(time) => serializer.serialize_some(&time.as_secs_f64()),
                None => serializer.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Duration>, D::Error> {
            let seconds = Option::<f64>::deserialize(deserializer)?;
            seconds.map(Duration::try_from_secs_f64).transpose().map_err(serde::de::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn reading() -> ClockState {
        ClockState {
            phase: ClockPhase::Running,
            slide: time(50),
            slide_plan: Some(time(60)),
            talk: time(100),
            talk_plan: Some(time(600)),
            left: Some(time(480)),
            pace: Some(-20.0),
            tolerance: time(5),
            way: 0.25,
            ..ClockState::default()
        }
    }

    #[test]
    fn within_the_slides_time_the_talk_ends_as_planned_and_beyond_it_later() {
        let within = reading().later(time(10));
        assert_eq!((within.slide, within.left, within.pace), (time(60), Some(time(470)), Some(-20.0)));
        let beyond = reading().later(time(40));
        assert_eq!((beyond.talk, beyond.left, beyond.pace), (time(140), Some(time(470)), Some(10.0)));
        let face = beyond.readout(Timestamp::UNIX_EPOCH);
        assert_eq!(
            (face.pace, face.ends.map(Timestamp::as_second)),
            (Some(Pace::Behind(time(10))), Some(470))
        );
    }

    #[test]
    fn a_clock_that_rests_counts_its_rest_only() {
        let paused = ClockState { phase: ClockPhase::Paused, rest: time(3), ..reading() };
        let later = paused.later(time(4));
        assert_eq!(later, ClockState { rest: time(7), ..paused.clone() });
        assert!(!later.is_like(&paused) && later.is_like(&paused.later(Duration::from_millis(4020))));
        let ended = ClockState { phase: ClockPhase::Ended, ..reading() };
        assert_eq!(ended.later(time(9)), ended);
    }

    #[test]
    fn readings_differ_by_all_that_they_tell() {
        let one = reading();
        assert!(one.is_like(&one.later(Duration::from_millis(20))));
        assert!(!one.is_like(&one.later(time(1))));
        assert!(!one.is_like(&ClockState { talk_plan: None, ..one.clone() }));
        assert!(!one.is_like(&ClockState { pace: None, ..one.clone() }));
        assert!(!one.is_like(&ClockState { phase: ClockPhase::Question, ..one.clone() }));
    }

    #[test]
    fn it_is_written_in_seconds_and_read_again() {
        let written = serde_json::to_string(&reading()).expect("it can be written");
        assert!(written.contains(r#""phase":"running","slide":50.0,"slide_plan":60.0"#), "{written}");
        assert_eq!(serde_json::from_str::<ClockState>(&written).ok(), Some(reading()));
        for wrong in [r#"{"slide":-1}"#, r#"{"left":1e300}"#, r#"{"phase":"asleep"}"#] {
            assert!(serde_json::from_str::<ClockState>(wrong).is_err(), "{wrong}");
        }
    }
}
