//! The number of a slide as it is typed, and the slide that it names.

use std::time::Duration;

use crate::deck::Deck;
use crate::rehearsal::Now;

/// How long after a digit a full stop belongs to the number that is being typed.
const NUMBER_LASTS: Duration = Duration::from_secs(2);
/// The most digits that are taken of a number: longer ones are no slides.
const MOST_DIGITS: usize = 12;

/// A number that is being typed.
#[derive(Debug, Clone)]
pub(super) struct NumberPrompt {
    digits: String,
    /// When the last digit came.
    since: Now,
}

impl NumberPrompt {
    /// A number of which the first digit comes at `now`.
    pub(super) fn new(now: Now) -> Self {
        Self { digits: String::new(), since: now }
    }

    /// Adds a digit, typed at `now`.
    pub(super) fn push(&mut self, digit: char, now: Now) {
        if self.digits.len() < MOST_DIGITS {
            self.digits.push(digit);
        }
        self.since = now;
    }

    /// Returns what has been typed.
    pub(super) fn digits(&self) -> &str {
        &self.digits
    }

    /// Returns whether a full stop at `now` belongs to the number.
    pub(super) fn is_open(&self, now: Now) -> bool {
        now.awake.saturating_sub(self.since.awake) < NUMBER_LASTS
    }
}

/// Returns the slide that `7` or `7.2` names, the last one where the deck has fewer.
pub(super) fn numbered(typed: &str, deck: &Deck) -> Option<usize> {
    let typed = typed.trim_end_matches('.');
    if let Some((column, row)) = typed.split_once('.') {
        let (column, row): (usize, usize) = (column.parse().ok()?, row.parse().ok()?);
        return Some(deck.near(column, row));
    }
    Some(deck.numbered(typed.parse().ok()?))
}
