//! What a plan is made from, found out on a thread: the slides, a length that the first one speaks of, the run before.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::deck::Deck;
use crate::disk::{Records, StoredRun};
use crate::parse;
use crate::rehearsal::{Entry, prose};

/// A run that ended longer ago is over.
const CONTINUES: Duration = Duration::from_hours(1);

/// What is to be found out for a plan. It takes too long for the loop: every slide is parsed.
#[derive(Debug, Clone)]
pub(super) struct PlanSearch {
    /// The number under which the result is expected.
    pub(super) number: u64,
    /// The deck that is planned.
    pub(super) deck: Deck,
    /// Whether the first slide is searched for a length.
    pub(super) finds_length: bool,
    /// Whether runs are searched for one to continue.
    pub(super) finds_last: bool,
    /// The time of day.
    pub(super) now: Timestamp,
}

/// What has been found out for a plan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prepared {
    /// The slides.
    pub(super) entries: Vec<Entry>,
    /// A length that the first slide speaks of, and its words.
    pub(super) length: Option<(Duration, String)>,
    /// The run that may be continued.
    pub(super) last: Option<StoredRun>,
}

impl PlanSearch {
    /// Finds it out, where runs are kept in `records`.
    pub(super) fn run(&self, records: Option<&Records>) -> Prepared {
        let entries = Entry::all(&self.deck, |index| parse::slide(&self.deck, index));
        let continues = |kept: &StoredRun| {
            let ago = self.now.duration_since(kept.run.ended);
            !kept.run.complete && ago >= SignedDuration::ZERO && ago.unsigned_abs() <= CONTINUES
        };
        let last = records.filter(|_| self.finds_last).and_then(|records| {
            let last = records.runs().0.pop().filter(continues)?;
            (!records.is_going_on(&last)).then_some(last)
        });
        let length = if self.finds_length { prose::of_slides(&[parse::slide(&self.deck, 0)]) } else { None };
        Prepared { entries, length, last }
    }
}
