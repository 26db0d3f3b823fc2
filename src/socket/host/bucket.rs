//! How often something may happen: many times at once, then no faster than it is made good. What time it is, is not known here.

use std::time::Instant;

/// A measure of how much more may happen.
pub(super) struct Bucket {
    most: f64,
    per_second: f64,
    left: f64,
    at: Instant,
}

impl Bucket {
    /// Lets something happen `most` times at once, and then `per_second` times a second.
    pub(super) fn new(most: u32, per_second: u32, now: Instant) -> Self {
        Self { most: most.into(), per_second: per_second.into(), left: most.into(), at: now }
    }

    /// Returns whether it may happen once more, and counts it then.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + passed * self.per_second).min(self.most);
        self.at = now;
        let may = self.left >= 1.0;
        self.left -= f64::from(u8::from(may));
        may
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn many_at_once_and_then_as_many_as_are_made_good() {
        let start = Instant::now();
        let mut bucket = Bucket::new(5, 10, start);
        let mut taken = |after: u64| {
            let now = start + Duration::from_millis(after);
            (0..9).filter(|_| bucket.take(now)).count()
        };
        assert_eq!((taken(0), taken(0), taken(250), taken(60_000)), (5, 0, 2, 5));
    }
}
