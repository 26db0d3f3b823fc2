//! Between which times of day a talk is. What time it is, is an argument.

use std::time::Duration;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, Zoned};

/// A time of day that is longer ago is meant for tomorrow.
const YESTERDAY: SignedDuration = SignedDuration::from_hours(12);

/// Between which times of day a talk is, and how long it may take.
#[derive(Debug, Default, PartialEq)]
pub(in crate::app) struct Hours {
    pub(in crate::app) total: Option<Duration>,
    pub(in crate::app) start: Option<Timestamp>,
    pub(in crate::app) end: Option<Timestamp>,
}

impl Hours {
    /// Works out what two of the three say of the third; a talk whose hours are over is rehearsed for its length.
    pub(in crate::app) fn new(
        total: Option<Duration>,
        start: Option<Time>,
        end: Option<Time>,
        now: &Zoned,
    ) -> Self {
        let near = |time: Time| {
            let today = now.with().time(time).build().ok()?;
            let is_over = now.duration_since(&today) > YESTERDAY;
            if is_over { today.tomorrow().ok() } else { Some(today) }
        };
        let next = |time: Time, after: &Zoned| {
            let same_day = after.with().time(time).build().ok()?;
            if same_day > *after { Some(same_day) } else { same_day.tomorrow().ok() }
        };
        let start = start.and_then(near);
        let end = end.and_then(|end| next(end, start.as_ref().unwrap_or(now)));
        let between = |from: &Zoned, to: &Zoned| Duration::try_from(to.duration_since(from)).ok();
        let length = |from: &Zoned| end.as_ref().and_then(|end| between(from, end));
        let start = start.or_else(|| end.as_ref()?.checked_sub(total?).ok());
        let total = total.or_else(|| length(start.as_ref().unwrap_or(now)));
        let has_hours = end.as_ref().is_none_or(|end| end > now);
        let stamp = |time: Option<Zoned>| time.filter(|_| has_hours).map(|time| time.timestamp());
        Self { total, start: stamp(start), end: stamp(end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(hour: i8, minute: i8) -> Time {
        Time::constant(hour, minute, 0, 0)
    }

    /// Returns the minutes of the talk, and in how many minutes it begins and ends, at 18:00 in Paris.
    #[track_caller]
    fn hours(
        total: Option<u64>,
        start: Option<Time>,
        end: Option<Time>,
    ) -> (Option<u64>, Option<i64>, Option<i64>) {
        let now: Zoned = "2026-03-02T18:00:00[Europe/Paris]".parse().expect("a time");
        let hours = Hours::new(total.map(Duration::from_mins), start, end, &now);
        let minutes = |at: Timestamp| (at.as_second() - now.timestamp().as_second()) / 60;
        (hours.total.map(|total| total.as_secs() / 60), hours.start.map(minutes), hours.end.map(minutes))
    }

    #[test]
    fn two_of_three_say_the_third() {
        assert_eq!(hours(None, Some(time(18, 30)), Some(time(19, 30))), (Some(60), Some(30), Some(90)));
        assert_eq!(hours(Some(45), None, Some(time(19, 0))), (Some(45), Some(15), Some(60)));
        assert_eq!(hours(Some(45), Some(time(18, 10)), None), (Some(45), Some(10), None));
        assert_eq!(hours(None, None, Some(time(18, 50))), (Some(50), None, Some(50)));
        assert_eq!(hours(Some(20), None, None), (Some(20), None, None));
        assert_eq!(hours(None, None, None), (None, None, None));
    }

    #[test]
    fn who_is_late_has_less_time() {
        assert_eq!(hours(None, Some(time(17, 55)), Some(time(18, 40))), (Some(45), Some(-5), Some(40)));
    }

    #[test]
    fn a_talk_whose_hours_are_over_is_rehearsed_for_its_length() {
        assert_eq!(hours(None, Some(time(14, 0)), Some(time(15, 0))), (Some(60), None, None));
    }

    #[test]
    fn midnight_is_passed() {
        assert_eq!(hours(None, Some(time(23, 30)), Some(time(0, 15))), (Some(45), Some(330), Some(375)));
        assert_eq!(hours(None, Some(time(5, 0)), None), (None, Some(660), None), "tomorrow");
        assert_eq!(hours(None, None, Some(time(17, 0))).2, Some(23 * 60), "tomorrow");
    }
}
