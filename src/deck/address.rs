//! Where a slide stands among the others: its number, and its column and row where slides hang below others.

use super::{Deck, SlideNumber, SlideSource};

/// Gives each of `slides` its address and its number.
pub fn assign(slides: &mut [SlideSource]) {
    let (mut column, mut row, mut number) = (0, 0, 0);
    for slide in slides {
        (column, row) = if slide.vertical && column > 0 { (column, row + 1) } else { (column + 1, 1) };
        number += usize::from(!slide.uncounted);
        slide.address = (column, row);
        slide.number = number;
    }
}

impl Deck {
    /// Returns how many slides there are; at least 1, for an empty deck is shown as one empty slide.
    pub fn count(&self) -> usize {
        self.slides.len().max(1)
    }

    /// Returns whether the first slide follows the last.
    pub fn is_looped(&self) -> bool {
        self.meta.looped == Some(true)
    }

    /// Returns whether any slide hangs below another.
    pub fn has_stacks(&self) -> bool {
        self.slides.last().is_some_and(|last| last.address.0 < self.slides.len())
    }

    /// Returns the column and the row, both from 1, of the slide at `index` (from 0); of the last beyond it.
    pub fn address(&self, index: usize) -> (usize, usize) {
        self.nearest(index).map_or((1, 1), |slide| slide.address)
    }

    /// Returns the index of the slide in `column` and `row`, both from 1.
    pub fn at(&self, column: usize, row: usize) -> Option<usize> {
        self.slides.binary_search_by_key(&(column, row), |slide| slide.address).ok()
    }

    /// Returns the index of the slide in `column` and `row`, both from 1, or of the nearest one before that, as reveal
    /// takes it.
    pub fn near(&self, column: usize, row: usize) -> usize {
        let last = self.slides.last().map_or(1, |last| last.address.0);
        let column = column.clamp(1, last);
        let before = self.slides.partition_point(|slide| slide.address <= (column, row.max(1)));
        before.saturating_sub(1)
    }

    /// Returns how many slides have a number of their own; at least 1.
    pub fn counted(&self) -> usize {
        self.slides.last().map_or(1, |last| last.number.max(1))
    }

    /// Returns the number, from 1, of the slide at `index` (from 0) among those that are counted. A slide that isn't has
    /// the number of the one before it.
    pub fn number(&self, index: usize) -> usize {
        self.nearest(index).map_or(1, |slide| slide.number.max(1))
    }

    /// Returns the first slide (from 0) that has `number` (from 1) or, where none has, the last one.
    pub fn numbered(&self, number: usize) -> usize {
        let found = self.slides.partition_point(|slide| slide.number < number);
        found.min(self.slides.len().saturating_sub(1))
    }

    /// Returns the number of the slide at `index` (from 0) as the deck wants it shown, and the same in short; empty where it
    /// wants none.
    pub fn number_labels(&self, index: usize) -> (String, String) {
        let (column, row) = self.address(index);
        let (number, count) = (self.number(index), self.counted());
        let address = |sign: char| if row > 1 { format!("{column}{sign}{row}") } else { column.to_string() };
        let long = match self.meta.slide_number {
            None if self.has_stacks() => format!("{number}/{count} · {column}.{row}"),
            None | Some(SlideNumber::CountOfTotal) => format!("{number}/{count}"),
            Some(SlideNumber::Hidden) => return (String::new(), String::new()),
            Some(SlideNumber::Address) => address('.'),
            Some(SlideNumber::AddressWithSlash) => address('/'),
            Some(SlideNumber::Count) => number.to_string(),
        };
        (long, number.to_string())
    }

    /// Returns how many of how many slides have come at the slide at `index` (from 0); none where the deck wants no line that
    /// shows it.
    pub fn progress(&self, index: usize) -> Option<(usize, usize)> {
        (self.meta.progress != Some(false)).then(|| (self.number(index), self.counted()))
    }

    fn nearest(&self, index: usize) -> Option<&SlideSource> {
        self.slides.get(index).or(self.slides.last())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns a deck with a slide for each letter: `-` stands in a row with the one before it, `|` hangs below it, and
    /// `+` and `!` do the same but are uncounted.
    fn deck(shape: &str) -> Deck {
        let slide = |c| SlideSource {
            vertical: matches!(c, '|' | '!'),
            uncounted: matches!(c, '+' | '!'),
            ..SlideSource::default()
        };
        let mut slides: Vec<_> = shape.chars().map(slide).collect();
        assign(&mut slides);
        Deck { slides, ..Deck::default() }
    }

    #[test]
    fn slides_have_columns_and_rows() {
        let deck = deck("--||-|");
        let addresses: Vec<_> = (0..6).map(|index| deck.address(index)).collect();
        assert_eq!(addresses, [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2)]);
        assert!(deck.has_stacks());
        assert_eq!([deck.near(2, 9), deck.near(9, 1), deck.near(9, 9), deck.near(0, 0)], [3, 4, 5, 0]);
        assert_eq!((deck.at(2, 3), deck.at(3, 3), deck.at(0, 0), deck.at(4, 1)), (Some(3), None, None, None));
    }

    #[test]
    fn without_stacks_there_is_one_row() {
        let deck = deck("---");
        assert!(!deck.has_stacks());
        assert_eq!((deck.address(2), deck.address(9), deck.at(3, 1)), ((3, 1), (3, 1), Some(2)));
    }

    #[test]
    fn what_is_not_counted_has_the_number_before_it() {
        let deck = deck("+-+-!|");
        let numbers: Vec<_> = (0..6).map(|index| deck.number(index)).collect();
        assert_eq!((numbers, deck.counted()), (vec![1, 1, 1, 2, 2, 3], 3));
        let slides: Vec<_> = (0..6).map(|number| deck.numbered(number)).collect();
        assert_eq!(slides, [0, 1, 3, 5, 5, 5]);
        assert_eq!((self::deck("++").number(1), self::deck("++").counted()), (1, 1));
        assert_eq!((Deck::default().number(0), Deck::default().counted()), (1, 1));
    }

    proptest! {
        #[test]
        fn each_slide_is_found_at_its_address(shape in "[-|+!]{1,40}") {
            let deck = deck(&shape);
            for index in 0..shape.len() {
                let (column, row) = deck.address(index);
                prop_assert_eq!(deck.at(column, row), Some(index));
            }
            prop_assert_eq!(deck.has_stacks(), deck.slides.iter().any(|slide| slide.address.1 > 1));
            prop_assert!(deck.number(shape.len() - 1) == deck.counted());
        }
    }
}
