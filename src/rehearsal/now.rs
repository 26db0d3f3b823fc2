//! When something happens. The caller reads the clocks.

use std::time::Duration;

use jiff::Timestamp;

/// A moment by three clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// How long the computer has been awake.
    pub awake: Duration,
    /// How long it has slept.
    pub asleep: Duration,
    /// The time of day, which may be set meanwhile.
    pub wall: Timestamp,
}

impl Now {
    /// The beginning of all clocks, from which tests count.
    pub const ZERO: Self =
        Self { awake: Duration::ZERO, asleep: Duration::ZERO, wall: Timestamp::UNIX_EPOCH };

    /// Returns the moment `time` later, the computer being awake.
    #[must_use]
    pub fn later(self, time: Duration) -> Self {
        let wall = self.wall.checked_add(time).unwrap_or(self.wall);
        Self { awake: self.awake + time, wall, ..self }
    }

    /// Returns the moment after the computer has slept for `time`.
    #[must_use]
    pub fn slept(self, time: Duration) -> Self {
        let wall = self.wall.checked_add(time).unwrap_or(self.wall);
        Self { asleep: self.asleep + time, wall, ..self }
    }
}
