//! Times that do not add up. The plan that finds this is made for rehearsing.

use crate::deck::Deck;
use crate::parse::{self, front_matter};
use crate::rehearsal::{Entry, Plan, plan::TimeBudget};
use crate::source::{Diagnostic, Passage};

/// The keys of the front matter that give a talk's time.
const KEYS: [&str; 3] = ["totalTime", "duration", "defaultTiming"];

/// Returns what does not add up in a deck that gives any times.
pub(super) fn told(deck: &Deck) -> Vec<Diagnostic> {
    let budget = TimeBudget::of(&deck.meta);
    if budget.total.is_none() && !deck.text.contains("-timing") {
        return Vec::new();
    }
    let entries = Entry::all(deck, |index| parse::slide(deck, index));
    let placed = |told: Diagnostic| match told.slide {
        Some(number) => {
            let line = deck.slides.get(number - 1).map(|slide| slide.line);
            Diagnostic { line, ..told }
        }
        None => match key(deck) {
            Some(passage) => told.at(passage),
            None => told.at_line(1),
        },
    };
    Plan::new(&entries, &budget).diagnostics.into_iter().map(placed).collect()
}

/// Returns where the front matter gives the talk's time.
fn key(deck: &Deck) -> Option<Passage> {
    let line = KEYS.iter().find_map(|key| front_matter::line_of(&deck.text, key))?;
    let words = deck.text.lines().nth(line.checked_sub(1)?)?;
    let indent = words.len() - words.trim_start().len();
    Some(Passage::of(words, indent..words.trim_end().len(), line))
}
