//! Where a slide's time is written into a deck, so that the deck stays the same otherwise. How long a slide takes is not
//! known here, and no file is touched.
//!
//! A line more may mean anything to Markdown and to the deck's separators. So a place is only proposed; whether it is a
//! good one is found out by reading the slide, and then the deck, as they would be.

mod places;

use std::time::Duration;

use super::Separators;
use crate::deck::{Deck, Slide};
use crate::source::{Diagnostic, Edit, Source, edited};

/// A deck is opened so often at most: one that needs more is broken, and nearly every place parts it in another way.
const OPENINGS: usize = 256;

/// What gives slides their times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimingEdits {
    /// The slides that get another time than they have, from 0, in order.
    pub slides: Vec<usize>,
    /// For each of them the change of the deck's text, in order.
    pub edits: Vec<Edit>,
    /// The slides that cannot get theirs.
    pub diagnostics: Vec<Diagnostic>,
}

/// Returns the edits that give each slide of `deck` its time in `seconds`, where it has one there and not yet in the deck.
/// After them the deck has the same slides, words and notes.
///
/// The `separators` are those that the deck was opened with.
pub fn timing(deck: &Deck, separators: Option<&Separators>, seconds: &[Option<u64>]) -> TimingEdits {
    let mut trial = Trial { deck, separators, openings: 0, accepted: Vec::new(), diagnostics: Vec::new() };
    let wanted = seconds.iter().take(deck.slides.len()).enumerate();
    let wishes: Vec<Wish> = wanted.filter_map(|(slide, &seconds)| Wish::new(deck, slide, seconds?)).collect();
    let changes = wishes.into_iter().filter_map(|wish| trial.first_change(wish)).collect();
    trial.settle(changes);
    trial.diagnostics.sort_by_key(|diagnostic| diagnostic.slide);
    let (slides, edits) = trial.accepted.into_iter().map(|change| (change.wish.slide, change.edit)).unzip();
    TimingEdits { slides, edits, diagnostics: trial.diagnostics }
}

/// A time that a slide shall get.
struct Wish {
    slide: usize,
    time: Duration,
    /// What the slide is now.
    now: Box<Slide>,
    /// Where the time may be written, the best place last.
    places: Vec<Edit>,
}

/// An edit after which its slide is what it shall be, as far as the slide alone tells.
struct TrialEdit {
    wish: Wish,
    edit: Edit,
    /// The slide's Markdown after it.
    text: String,
}

impl Wish {
    /// Returns the wish; none where the slide has that time.
    fn new(deck: &Deck, slide: usize, seconds: u64) -> Option<Self> {
        let (now, time) = (Box::new(read(deck, deck.slide_text(slide))), Duration::from_secs(seconds));
        let places =
            || places::of(&deck.text, &deck.slides[slide].range, seconds).into_iter().rev().collect();
        (now.attributes.timing != Some(time)).then(|| Self { slide, time, now, places: places() })
    }

    /// Returns the change at the next place that is good for the slide alone.
    fn next(mut self, deck: &Deck) -> Result<TrialEdit, Self> {
        while let Some(edit) = self.places.pop() {
            let text = places::after(&deck.text, &deck.slides[self.slide].range, &edit);
            if self.is_met_by(&read(deck, &text)) {
                return Ok(TrialEdit { wish: self, edit, text });
            }
        }
        Err(self)
    }

    /// Tells whether a slide is the one that it was, but for its time.
    fn is_met_by(&self, slide: &Slide) -> bool {
        let Slide { blocks, notes, steps, attributes, .. } = &*self.now;
        let mut attributes = attributes.clone();
        attributes.timing = Some(self.time);
        (blocks, notes, steps, &attributes) == (&slide.blocks, &slide.notes, &slide.steps, &slide.attributes)
    }
}

/// Returns what a slide's Markdown says in its deck.
fn read(deck: &Deck, markdown: &str) -> Slide {
    super::read(markdown, 0, deck.meta.animate_lists == Some(true))
}

/// A deck to which changes are made.
struct Trial<'a> {
    deck: &'a Deck,
    separators: Option<&'a Separators>,
    /// How often it was opened.
    openings: usize,
    /// Changes after which, all together, the deck is what it was; in the slides' order.
    accepted: Vec<TrialEdit>,
    diagnostics: Vec<Diagnostic>,
}

impl Trial<'_> {
    /// Returns the first change for a wish, or tells that there is none.
    fn first_change(&mut self, wish: Wish) -> Option<TrialEdit> {
        wish.next(self.deck).map_err(|wish| self.refuse(&wish)).ok()
    }

    /// Accepts `changes`, which are of later slides than those that are accepted. Of those that part the deck in another
    /// way, each goes to its next place, or is refused.
    fn settle(&mut self, mut changes: Vec<TrialEdit>) {
        if changes.is_empty() || self.accepts(&mut changes) {
            return;
        }
        if changes.len() > 1 {
            let later = changes.split_off(changes.len() / 2);
            self.settle(changes);
            return self.settle(later);
        }
        while let Some(change) = changes.pop() {
            changes.extend(self.first_change(change.wish));
            if self.accepts(&mut changes) {
                return;
            }
        }
    }

    /// Takes `changes` over where the deck is the same after all, and tells whether that is so.
    fn accepts(&mut self, changes: &mut Vec<TrialEdit>) -> bool {
        let held = self.accepted.len();
        self.accepted.append(changes);
        self.openings += 1;
        let is_same = self.openings <= OPENINGS && self.is_same_deck();
        if !is_same {
            changes.extend(self.accepted.drain(held..));
        }
        is_same
    }

    /// Tells whether the deck, opened after the accepted changes, has the slides that it had, and on each of them the
    /// Markdown that the changes make.
    fn is_same_deck(&self) -> bool {
        let edits: Vec<Edit> = self.accepted.iter().map(|change| change.edit.clone()).collect();
        let source = Source { text: edited(&self.deck.text, &edits), diagnostics: Vec::new() };
        let new = super::open(source, self.separators);
        let shape = |deck: &Deck| -> Vec<_> {
            deck.slides.iter().map(|slide| (slide.vertical, slide.uncounted, slide.notes.is_some())).collect()
        };
        let mut changed = self.accepted.iter().peekable();
        let is_same_slide = |slide: usize| {
            let text = match changed.next_if(|change| change.wish.slide == slide) {
                Some(change) => &change.text,
                None => self.deck.slide_text(slide),
            };
            new.slide_text(slide) == text && new.notes_text(slide) == self.deck.notes_text(slide)
        };
        new.meta == self.deck.meta
            && shape(&new) == shape(self.deck)
            && (0..new.slides.len()).all(is_same_slide)
    }

    fn refuse(&mut self, wish: &Wish) {
        let seconds = wish.time.as_secs();
        let diagnostic = Diagnostic::new("no place is found for its time that leaves the deck as it is")
            .on_slide(wish.slide + 1)
            .at_line(self.deck.slides[wish.slide].line)
            .hint(format!(
                "close what is open on it, a fence, a comment or an element, or write it yourself: \
                 `<!-- .slide: data-timing=\"{seconds}\" -->`"
            ));
        self.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
