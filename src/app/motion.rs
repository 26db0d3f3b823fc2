//! Which frame of an animation is due, and when the next one is. Time is an argument; nothing is drawn here.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::workers::{Print, PrintForm};

/// A terminal that is sent each frame anew gets no more of them than ten a second.
const SLOWEST: Duration = Duration::from_millis(100);
/// One that keeps frames, or gets letters, gets them as they come.
const FASTEST: Duration = Duration::from_millis(20);

/// The clock of the animations on one slide.
#[derive(Default)]
pub(super) struct Motion {
    slide: usize,
    /// When each film began: at its first frame, whenever that was ready.
    began: HashMap<usize, Instant>,
    due: Option<Instant>,
}

impl Motion {
    /// Starts a drawing of a slide; the films of another one have ended.
    pub(super) fn start(&mut self, slide: usize) {
        if slide != self.slide {
            self.began.clear();
            self.slide = slide;
        }
        self.due = None;
    }

    /// Returns which frame of a print is shown at `now`, and remembers when the next one is due.
    pub(super) fn frame(&mut self, print: &Arc<Print>, form: Option<PrintForm>, now: Instant) -> usize {
        let total: Duration = print.delays.iter().sum();
        if print.delays.len() < 2 || total.is_zero() {
            return 0;
        }
        let began = *self.began.entry(Arc::as_ptr(print).addr()).or_insert(now);
        let (frame, left) = frame_at(&print.delays, total, now.saturating_duration_since(began));
        let pace = if form.is_some_and(PrintForm::is_sent_each_time) { SLOWEST } else { FASTEST };
        self.wake(now + left.max(pace));
        frame
    }

    /// Has the slide drawn again at a time, or before.
    pub(super) fn wake(&mut self, at: Instant) {
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
    }

    /// Returns when the slide has to be drawn again.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }
}

/// Returns whether animations stand still from the start: by the command line, or for somebody who wants to see as little
/// move as can be.
pub(super) fn is_unwanted(by_option: bool) -> bool {
    by_option || std::env::var_os("LUTRIN_MOTION").is_some_and(|value| value == "none")
}

/// Returns the frame that stands so long after the beginning, and for how long it still does.
fn frame_at(delays: &[Duration], total: Duration, elapsed: Duration) -> (usize, Duration) {
    let mut rest = Duration::from_nanos((elapsed.as_nanos() % total.as_nanos()) as u64);
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
    fn each_frame_stands_for_its_own_time_round_and_round() {
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
