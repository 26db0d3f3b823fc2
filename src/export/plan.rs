//! How long each slide is meant to take, for documents that tell it. How a plan is made is not known here.

use std::time::Duration;

use crate::deck::Deck;
use crate::parse;
use crate::rehearsal::{Entry, Plan, Share, TimeBudget};

/// What a slide's own time is written with.
const TIMING: &str = "timing";

/// Returns the time of each slide, by its index; nothing where the deck plans none.
///
/// A plan is made of all slides, so they are all read for it. Where no word of the deck can be about a time, they are not.
pub(super) fn times(deck: &Deck) -> Vec<Option<Duration>> {
    let budget = TimeBudget::of(&deck.meta);
    let plans = budget.total.is_some() || budget.default_timing.is_some() || deck.text.contains(TIMING);
    let entries = if plans { Entry::all(deck, |index| parse::slide(deck, index)) } else { Vec::new() };
    let times = Plan::new(&entries, &budget).slides.into_iter().map(|Share { time, .. }| time);
    times.collect()
}
