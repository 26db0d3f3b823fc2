//! What the presenter is given to know of the deck and of the slide that is shown: data, made by the caller.

use super::position::Extent;
use crate::deck::Deck;

/// What an action may have to know of the deck and of the slide that is shown.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The deck: how many slides, their addresses, whether the last leads to the first.
    pub deck: &'a Deck,
    /// How tall the slide is, and what of it changes.
    pub extent: Extent,
    /// Rows of the notes beyond those shown at once; 0 while no notes are shown.
    pub notes_beyond: usize,
    /// The slide to which each link of the slide leads, from 0; none where it leads out of the deck.
    pub links: Vec<Option<usize>>,
    /// How many pictures the slide shows.
    pub pictures: usize,
    /// How many steps the picture in close-up can be moved to either side, and up or down.
    pub reach: (i16, i16),
    /// The slide to which each line of the open list leads: a line of the help leads nowhere, a prompt has one line: its
    /// target.
    pub list: Vec<Option<usize>>,
}

impl<'a> Context<'a> {
    /// The context of a slide that has neither notes, links nor pictures, while no list is open.
    pub fn new(deck: &'a Deck, extent: Extent) -> Self {
        Self {
            deck,
            extent,
            notes_beyond: 0,
            links: Vec::new(),
            pictures: 0,
            reach: (0, 0),
            list: Vec::new(),
        }
    }

    /// Returns the slide before a slide.
    pub(super) fn before(&self, slide: usize) -> Option<usize> {
        let around = self.deck.is_looped().then(|| self.deck.count() - 1);
        slide.checked_sub(1).or(around)
    }

    /// Returns the slide after a slide.
    pub(super) fn after(&self, slide: usize) -> Option<usize> {
        let next = slide + 1;
        if next < self.deck.count() { Some(next) } else { self.deck.is_looped().then_some(0) }
    }

    /// Returns the slide to which line `index` (from 0) of the open list leads, where it leads to one.
    pub(super) fn target(&self, index: usize) -> Option<usize> {
        self.list.get(index).copied().flatten()
    }
}
