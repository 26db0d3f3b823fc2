//! When a talk goes on by itself: after the time that its slide or its deck gives (reveal's `autoSlide`).

use std::time::Duration;

use crate::present::Position;

/// The clock of a talk that goes on by itself. All times are those of [`Now::awake`](crate::rehearsal::Now).
#[derive(Default)]
pub(super) struct AutoAdvance {
    since: Option<(Position, Duration)>,
    due: Option<Duration>,
}

impl AutoAdvance {
    /// Records what is shown at `now`, and that the talk goes on from there after `time`; never for none. Each step
    /// begins the time anew, however it was taken.
    pub(super) fn shown(&mut self, position: Position, time: Option<Duration>, now: Duration) {
        let since = match self.since {
            Some((before, since)) if before == position => since,
            _ => now,
        };
        self.since = Some((position, since));
        self.due = time.filter(|time| !time.is_zero()).map(|time| since + time);
    }

    /// Returns when the talk goes on.
    pub(super) fn due(&self) -> Option<Duration> {
        self.due
    }

    /// Returns whether it goes on at `now`; once for each time.
    pub(super) fn has_come(&mut self, now: Duration) -> bool {
        let has_come = self.due.is_some_and(|due| due <= now);
        if has_come {
            (self.due, self.since) = (None, None);
        }
        has_come
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_counts_from_the_step() {
        let (start, second) = (Duration::from_secs(100), Duration::from_secs(1));
        let mut advance = AutoAdvance::default();
        advance.shown(Position::at(0), Some(2 * second), start);
        advance.shown(Position::at(0), Some(2 * second), start + second);
        assert_eq!(advance.due(), Some(start + 2 * second));
        assert!(!advance.has_come(start + second));
        advance.shown(Position::at(1), Some(2 * second), start + second);
        assert!(!advance.has_come(start + 2 * second) && advance.has_come(start + 3 * second));
        assert!(!advance.has_come(start + 9 * second), "it has gone on");
        advance.shown(Position::at(2), Some(Duration::ZERO), start);
        assert_eq!(advance.due(), None);
    }
}
