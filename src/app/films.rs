//! The clock of the animations on one slide: which frame of each is due, and when the next one is.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::workers::{Print, PrintForm};

/// A terminal that is sent each frame anew gets at most ten a second.
const SLOWEST: Duration = Duration::from_millis(100);
/// One that keeps frames, or gets cells, gets them as they come.
const FASTEST: Duration = Duration::from_millis(20);

/// The frame of a print that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FilmFrame {
    /// The print, by its address.
    film: usize,
    /// The frame, from 0.
    pub(super) frame: usize,
    /// When the next one is due.
    until: Duration,
}

/// When the films of a slide began, and when the slide has to be drawn again. All times are those of
/// [`Now::awake`](crate::rehearsal::Now).
#[derive(Default)]
pub(super) struct FilmClock {
    slide: usize,
    /// When each film began: with its first frame, as soon as that was ready.
    began: HashMap<usize, Duration>,
    due: Option<Duration>,
}

impl FilmClock {
    /// Returns the frame of a slide's print that is due at `now`; none for a print that does not move. It counts as
    /// shown only after [`shown`](Self::shown).
    pub(super) fn frame(
        &self,
        slide: usize,
        print: &Arc<Print>,
        form: Option<PrintForm>,
        now: Duration,
    ) -> Option<FilmFrame> {
        let total: Duration = print.delays.iter().sum();
        if print.delays.len() < 2 || total.is_zero() {
            return None;
        }
        let film = Arc::as_ptr(print).addr();
        let began = self.began.get(&film).copied().filter(|_| slide == self.slide).unwrap_or(now);
        let (frame, left) = frame_at(&print.delays, total, now.saturating_sub(began));
        let pace = if form.is_some_and(PrintForm::is_sent_each_time) { SLOWEST } else { FASTEST };
        Some(FilmFrame { film, frame, until: now + left.max(pace) })
    }

    /// Records that `films` of a slide were drawn at `now`; the films of another slide have ended.
    pub(super) fn shown(&mut self, slide: usize, films: &[FilmFrame], now: Duration) {
        if slide != self.slide {
            self.began.clear();
            self.slide = slide;
        }
        for shown in films {
            self.began.entry(shown.film).or_insert(now);
        }
        self.due = films.iter().map(|shown| shown.until).min();
    }

    /// Has the slide drawn again at `at`, or before.
    pub(super) fn wake(&mut self, at: Duration) {
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
    }

    /// Returns when the slide has to be drawn again.
    pub(super) fn due(&self) -> Option<Duration> {
        self.due
    }
}

/// Returns the frame that is shown `elapsed` after the beginning, and for how much longer.
fn frame_at(delays: &[Duration], total: Duration, elapsed: Duration) -> (usize, Duration) {
    let rest = elapsed.as_nanos() % total.as_nanos();
    let mut rest = Duration::from_nanos(u64::try_from(rest).unwrap_or(u64::MAX));
    for (frame, &delay) in delays.iter().enumerate() {
        if rest < delay {
            return (frame, delay.saturating_sub(rest));
        }
        rest -= delay;
    }
    (delays.len() - 1, Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_frame_is_shown_for_its_own_time_round_and_round() {
        let delays = [100, 300, 50].map(Duration::from_millis);
        let at = |elapsed| {
            let (frame, left) = frame_at(&delays, delays.iter().sum(), Duration::from_millis(elapsed));
            (frame, left.as_millis())
        };
        assert_eq!(at(0), (0, 100));
        assert_eq!(at(99), (0, 1));
        assert_eq!(at(100), (1, 300));
        assert_eq!(at(449), (2, 1));
        assert_eq!(at(450), (0, 100));
        assert_eq!(at(4_500_000_400), (2, 50));
    }
}
