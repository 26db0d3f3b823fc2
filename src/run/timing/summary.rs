//! How the slides' times stand against the talk's, in a sentence or two. Nothing is printed here.

use std::cmp::Ordering;
use std::time::Duration;

use crate::deck::Deck;
use crate::parse::TimingEdits;
use crate::rehearsal::Entry;
use crate::text::{parse_time, shown_time};

/// Returns how many slides get another time than they have, what all times come to then, and how that fits the talk's.
pub(super) fn of(deck: &Deck, entries: &[Entry], seconds: &[Option<u64>], found: &TimingEdits) -> String {
    let is_new = |slide: usize| found.slides.binary_search(&slide).is_ok();
    let time = |(slide, entry): (usize, &Entry)| match seconds[slide] {
        Some(seconds) if is_new(slide) => Some(Duration::from_secs(seconds)),
        _ => entry.timing,
    };
    let counted = || entries.iter().enumerate().filter(|(_, entry)| entry.counts);
    let times: Vec<Duration> = counted().filter_map(time).collect();
    let (all, sum) = (counted().count(), times.iter().sum());
    let first = match found.slides.len() {
        0 if found.diagnostics.is_empty() => {
            "nothing to change: every slide that was rehearsed has that time".to_owned()
        }
        0 => "nothing to change".to_owned(),
        1 => "1 slide gets another time".to_owned(),
        count => format!("{count} slides get another time"),
    };
    let held = match times.len() {
        held if held == all => format!("all {all}"),
        held => format!("{held} of {all}"),
    };
    let total = total(deck).map(|total| format!(": {}", against(sum, total))).unwrap_or_default();
    format!("{first}; {held} are timed, together {}{total}\n", shown_time(sum))
}

/// Returns what the deck itself says of the talk's time.
fn total(deck: &Deck) -> Option<Duration> {
    deck.meta.total_time.or_else(|| deck.meta.duration.as_deref().and_then(parse_time))
}

fn against(sum: Duration, total: Duration) -> String {
    let (off, talk) = (shown_time(sum.abs_diff(total)), shown_time(total));
    match sum.cmp(&total) {
        Ordering::Less => format!("{off} less than the talk's {talk}"),
        Ordering::Equal => "as long as the talk".to_owned(),
        Ordering::Greater => format!("{off} more than the talk's {talk}"),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn said(total: Option<u64>, slides: &[usize]) -> String {
        let entry = |timing: Option<u64>| Entry {
            counts: true,
            timing: timing.map(Duration::from_secs),
            ..Entry::default()
        };
        let uncounted = Entry { counts: false, timing: Some(Duration::from_hours(1)), ..Entry::default() };
        let entries = [entry(Some(60)), entry(None), uncounted, entry(None)];
        let mut deck = Deck::default();
        deck.meta.total_time = total.map(Duration::from_secs);
        let found = TimingEdits { slides: slides.to_vec(), ..TimingEdits::default() };
        of(&deck, &entries, &[Some(30), Some(15), None, None], &found)
    }

    #[rstest]
    #[case(None, &[0, 1], "2 slides get another time; 2 of 3 are timed, together 0:45\n")]
    #[case(Some(60), &[1], "1 slide gets another time; 2 of 3 are timed, together 1:15: 0:15 more than the talk's 1:00\n")]
    #[case(Some(600), &[0], "1 slide gets another time; 1 of 3 are timed, together 0:30: 9:30 less than the talk's 10:00\n")]
    #[case(Some(60), &[], "nothing to change: every slide that was rehearsed has that time; 1 of 3 are timed, together 1:00: as long as the talk\n")]
    fn the_times_come_to_a_sum(#[case] total: Option<u64>, #[case] slides: &[usize], #[case] expected: &str) {
        assert_eq!(said(total, slides), expected);
    }

    #[test]
    fn the_talks_time_may_be_in_words() {
        let mut deck = Deck::default();
        deck.meta.duration = Some("1h10m".to_owned());
        assert_eq!(total(&deck), Some(Duration::from_mins(70)));
    }
}
