//! What has changed from one writing of a deck to the next, slide by slide: what has stayed, and what its author wants
//! to see now. A slide is known by its text, and nothing is parsed here.

use std::collections::{HashMap, HashSet};

use super::Deck;

/// Two writings of a deck. Between the slides that begin both and those that end both lies what has changed.
pub struct Revision<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    /// How many slides begin both, and how many end both.
    head: usize,
    tail: usize,
    /// Where each text stands among the new slides that have changed, in their order.
    places: HashMap<&'a str, Vec<usize>>,
}

/// The slide to go to in the new deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// The slide, from 0.
    pub slide: usize,
    /// Whether it is the one that was shown, whatever has become of it.
    pub is_same: bool,
}

impl<'a> Revision<'a> {
    /// Compares two writings.
    pub fn between(old: &'a Deck, new: &'a Deck) -> Self {
        let (old, new) = (texts(old), texts(new));
        let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
        let tail = rest.take_while(|(old, new)| old == new).count();
        let mut places: HashMap<_, Vec<_>> = HashMap::new();
        for (slide, text) in new.iter().enumerate().take(new.len() - tail).skip(head) {
            places.entry(*text).or_default().push(slide);
        }
        Self { old, new, head, tail, places }
    }

    /// Returns where an old slide stands now, none where its text is gone; the nearest of several that are alike.
    pub fn place_of(&self, slide: usize) -> Option<usize> {
        if slide < self.head {
            return Some(slide);
        }
        if slide >= self.old.len() - self.tail {
            return (slide + self.new.len()).checked_sub(self.old.len()).filter(|&now| now < self.new.len());
        }
        let alike = self.places.get(self.old[slide])?;
        let after = alike.partition_point(|&place| place < slide);
        let near = [after.checked_sub(1), Some(after)].into_iter().flatten();
        near.filter_map(|place| alike.get(place).copied()).min_by_key(|place| place.abs_diff(slide))
    }

    /// Returns where somebody goes who looked at the slide `shown`, and has now saved the deck: to the first slide that
    /// was written or changed, but nowhere where it is the one that is shown; to the one behind those that were taken
    /// away. Where slides have only changed places, the one that is shown is followed.
    pub fn landing(&self, shown: usize) -> Landing {
        let changed = self.head..self.old.len() - self.tail;
        let written = self.head..self.new.len() - self.tail;
        let now = self.place_of(shown);
        let is_edited = changed.contains(&shown) && now.is_none();
        let first = self.first_written();
        let slide = match first {
            // A word that was replaced all over the deck takes nobody away.
            Some(_) if is_edited && changed.len() == written.len() => shown,
            Some(first) => first,
            None if written.is_empty() && !changed.is_empty() => self.head,
            None => (shown..self.old.len()).find_map(|slide| self.place_of(slide)).unwrap_or(usize::MAX),
        };
        let is_same = now == Some(slide) || (is_edited && slide == shown && first.is_some());
        Landing { slide: slide.min(self.new.len().saturating_sub(1)), is_same }
    }

    /// Returns where somebody stays who looked at the slide `shown`: on it, else at its number.
    pub fn staying(&self, shown: usize) -> Landing {
        let now = self.place_of(shown);
        Landing { slide: now.unwrap_or(shown).min(self.new.len().saturating_sub(1)), is_same: true }
    }

    /// Returns the first slide whose text is none of those that have changed.
    fn first_written(&self) -> Option<usize> {
        let known: HashSet<&str> = self.old[self.head..self.old.len() - self.tail].iter().copied().collect();
        (self.head..self.new.len() - self.tail).find(|&slide| !known.contains(self.new[slide]))
    }
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
}
