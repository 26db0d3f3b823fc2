//! How often something may happen: a token bucket. The caller says what time it is.

use std::time::Instant;

/// A token bucket.
pub(super) struct RateLimiter {
    burst: f64,
    per_second: f64,
    tokens: f64,
    updated: Instant,
}

impl RateLimiter {
    /// Allows `burst` at once, and then `per_second`.
    pub(super) fn new(burst: u32, per_second: u32, now: Instant) -> Self {
        Self { burst: burst.into(), per_second: per_second.into(), tokens: burst.into(), updated: now }
    }

    /// Returns whether one more is allowed at `now`, and counts it then.
    pub(super) fn allow(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.updated).as_secs_f64();
        self.tokens = (self.tokens + passed * self.per_second).min(self.burst);
        self.updated = now;
        let is_allowed = self.tokens >= 1.0;
        self.tokens -= f64::from(u8::from(is_allowed));
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn many_at_once_and_then_as_many_as_are_made_good() {
        let start = Instant::now();
        let mut limiter = RateLimiter::new(5, 10, start);
        let mut allowed = |after: u64| {
            let now = start + Duration::from_millis(after);
            (0..9).filter(|_| limiter.allow(now)).count()
        };
        assert_eq!((allowed(0), allowed(0), allowed(250), allowed(60_000)), (5, 0, 2, 5));
    }
}
