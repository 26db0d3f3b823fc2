//! What has changed from one writing of a deck to the next, slide by slide: what has stayed, and what its author wants
//! to see now. A slide is known by its text, and nothing is parsed here.

use std::collections::{HashMap, HashSet};

use super::Deck;
use crate::source::Diagnostic;

/// What has changed between two writings of a deck. Between the slides that begin both and those that end both lies what
/// has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The slide of the new deck that each old one is; none where its text is gone.
    places: Vec<Option<usize>>,
    /// The first line of each old slide, and of each new one.
    old_lines: Vec<usize>,
    new_lines: Vec<usize>,
    /// How many slides begin both, and how many end both.
    head: usize,
    tail: usize,
    /// The first new slide whose text is none of those that have changed.
    first_written: Option<usize>,
    /// Whether the front matter says the same.
    keeps_meta: bool,
}

/// The slide to go to in the new deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// The slide, from 0.
    pub slide: usize,
    /// Whether it is the one that was shown, whatever has become of it.
    pub is_same: bool,
}

impl Revision {
    /// Compares two writings.
    pub fn between(old_deck: &Deck, new_deck: &Deck) -> Self {
        let (old, new) = (texts(old_deck), texts(new_deck));
        let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
        let tail = rest.take_while(|(old, new)| old == new).count();
        let (changed, written) = (head..old.len() - tail, head..new.len() - tail);
        let mut alike: HashMap<_, Vec<_>> = HashMap::new();
        for slide in written.clone() {
            alike.entry(new[slide]).or_default().push(slide);
        }
        let place = |slide: usize| {
            if slide < head {
                Some(slide)
            } else if slide >= changed.end {
                Some(slide - changed.end + written.end)
            } else {
                nearest(alike.get(old[slide])?, slide)
            }
        };
        let known: HashSet<&str> = old[changed.clone()].iter().copied().collect();
        let lines = |deck: &Deck| deck.slides.iter().map(|slide| slide.line).collect();
        Self {
            places: (0..old.len()).map(place).collect(),
            old_lines: lines(old_deck),
            new_lines: lines(new_deck),
            head,
            tail,
            first_written: written.clone().find(|&slide| !known.contains(new[slide])),
            keeps_meta: old_deck.meta == new_deck.meta,
        }
    }

    /// Returns where an old slide stands now, none where its text is gone; the nearest of several that are alike.
    pub fn place_of(&self, slide: usize) -> Option<usize> {
        self.places.get(slide).copied().flatten()
    }

    /// Returns whether the front matter says the same as before: what it says may concern any slide.
    pub fn keeps_meta(&self) -> bool {
        self.keeps_meta
    }

    /// Returns where an old slide stands now, and a diagnostic of it with the number and the line that hold there; none where
    /// the slide's text is gone.
    pub fn moved(&self, slide: usize, diagnostic: Diagnostic) -> Option<(usize, Diagnostic)> {
        let now = self.place_of(slide)?;
        let (old_line, line) = (self.old_lines[slide], self.new_lines[now]);
        let line = diagnostic.line.map(|own| (own + line).saturating_sub(old_line));
        Some((now, Diagnostic { slide: Some(now + 1), line, ..diagnostic }))
    }

    /// Returns where somebody goes who looked at the slide `shown`, and has now saved the deck: to the first slide that
    /// was written or changed, but nowhere where it is the one that is shown; to the one behind those that were taken
    /// away. Where slides have only changed places, the one that is shown is followed.
    pub fn landing(&self, shown: usize) -> Landing {
        let changed = self.head..self.places.len() - self.tail;
        let written = self.head..self.new_lines.len() - self.tail;
        let now = self.place_of(shown);
        let is_edited = changed.contains(&shown) && now.is_none();
        let slide = match self.first_written {
            // A word that was replaced all over the deck takes nobody away.
            Some(_) if is_edited && changed.len() == written.len() => shown,
            Some(first) => first,
            None if written.is_empty() && !changed.is_empty() => self.head,
            None => (shown..self.places.len()).find_map(|slide| self.place_of(slide)).unwrap_or(usize::MAX),
        };
        let is_same = now == Some(slide) || (is_edited && slide == shown && self.first_written.is_some());
        Landing { slide: slide.min(self.last()), is_same }
    }

    /// Returns where somebody stays who looked at the slide `shown`: on it, else at its number.
    pub fn staying(&self, shown: usize) -> Landing {
        Landing { slide: self.place_of(shown).unwrap_or(shown).min(self.last()), is_same: true }
    }

    /// Returns the last slide of the new deck.
    fn last(&self) -> usize {
        self.new_lines.len().saturating_sub(1)
    }
}

/// Returns the place nearest to `slide` among `places`, which are in order; the one before it of two.
fn nearest(places: &[usize], slide: usize) -> Option<usize> {
    let after = places.partition_point(|&place| place < slide);
    let near = [after.checked_sub(1), Some(after)].into_iter().flatten();
    near.filter_map(|place| places.get(place).copied()).min_by_key(|place| place.abs_diff(slide))
}

fn texts(deck: &Deck) -> Vec<&str> {
    (0..deck.slides.len()).map(|slide| deck.source(slide)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rstest::rstest;

    use super::*;
    use crate::deck::SlideSource;

    /// Returns a deck whose slides are letters.
    fn deck(slides: &str) -> Deck {
        let slide = |(at, _)| SlideSource { range: at..at + 1, line: at + 1, ..SlideSource::default() };
        Deck {
            text: Arc::from(slides),
            slides: slides.char_indices().map(slide).collect(),
            ..Deck::default()
        }
    }

    #[rstest]
    #[case::nothing("abcd", "abcd", 2, (2, true))]
    #[case::the_slide_that_is_shown("abcd", "abXd", 2, (2, true))]
    #[case::another_slide("abcd", "Xbcd", 2, (0, false))]
    #[case::a_slide_before_it_and_itself("abcd", "aXYd", 2, (2, true))]
    #[case::all_slides("abcd", "WXYZ", 2, (2, true))]
    #[case::a_new_slide_before_it("abcd", "aXbcd", 2, (1, false))]
    #[case::a_new_slide_in_its_place("abcd", "abXcd", 2, (2, false))]
    #[case::a_new_slide_at_the_end("abcd", "abcdX", 2, (4, false))]
    #[case::it_was_parted("abcd", "abXYd", 2, (2, true))]
    #[case::it_was_repeated("abcd", "abccd", 2, (3, false))]
    #[case::it_was_taken_away("abcd", "abd", 2, (2, false))]
    #[case::the_last_one_was_taken_away("abcd", "abc", 3, (2, false))]
    #[case::one_before_it_was_taken_away("abcd", "bcd", 2, (0, false))]
    #[case::the_one_before_it_was_taken_away("abcd", "acd", 2, (1, true))]
    #[case::it_was_moved("abcde", "acdbe", 1, (3, true))]
    #[case::others_were_moved("abcde", "acdbe", 2, (1, true))]
    #[case::several_were_taken_away("abcde", "ace", 2, (1, true))]
    #[case::several_were_taken_away_and_it_too("abcde", "ace", 1, (1, false))]
    #[case::all_but_one("abcd", "X", 3, (0, false))]
    #[case::a_first_deck("", "ab", 0, (0, false))]
    fn an_author_is_taken_to_what_changed(
        #[case] old: &str,
        #[case] new: &str,
        #[case] shown: usize,
        #[case] (slide, is_same): (usize, bool),
    ) {
        let (old, new) = (deck(old), deck(new));
        assert_eq!(Revision::between(&old, &new).landing(shown), Landing { slide, is_same });
    }

    #[test]
    fn slides_are_found_by_their_texts_and_the_nearest_of_those_that_are_alike() {
        let (old, new) = (deck("abxcxde"), deck("aXxbxxce"));
        let change = Revision::between(&old, &new);
        let places: Vec<_> = (0..7).map(|slide| change.place_of(slide)).collect();
        assert_eq!(places, [Some(0), Some(3), Some(2), Some(6), Some(4), None, Some(7)]);
    }
    #[test]
    fn what_was_said_of_a_slide_goes_with_it() {
        let change = Revision::between(&deck("abc"), &deck("Xabd"));
        let said = |slide: usize| Diagnostic::new("odd").on_slide(slide + 1).at_line(slide + 2);
        assert_eq!(change.moved(1, said(1)), Some((2, said(2))));
        assert_eq!(change.moved(2, said(2)), None);
        let unplaced = Diagnostic { line: None, ..said(0) };
        let moved = Diagnostic { slide: Some(2), ..unplaced.clone() };
        assert_eq!(change.moved(0, unplaced), Some((1, moved)));
        assert!(change.keeps_meta());
    }
}
