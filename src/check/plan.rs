//! Times that do not add up. The plan that finds this is made for rehearsing.

use crate::deck::Deck;
use crate::parse;
use crate::rehearsal::{Entry, Plan, plan::Budget};
use crate::source::{Diagnostic, Passage};

/// The keys of the front matter that give a talk's time.
const KEYS: [&str; 3] = ["totalTime", "duration", "defaultTiming"];

/// Returns what does not add up in a deck that gives any times.
pub(super) fn told(deck: &Deck) -> Vec<Diagnostic> {
    let budget = Budget::of(&deck.meta);
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
    let front = deck.slides.first().and_then(|slide| deck.text.get(..slide.range.start))?;
    KEYS.iter().find_map(|key| {
        let mut lines = front.split_inclusive('\n').scan(0, |end, line| {
            let start = *end;
            *end += line.len();
            Some((start, line))
        });
        let (start, line) = lines.find(|(_, line)| line.trim_start().starts_with(&format!("{key}:")))?;
        let indent = line.len() - line.trim_start().len();
        Some(Passage::of(front, start + indent..start + line.trim_end().len(), 1))
    })
}
