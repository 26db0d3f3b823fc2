//! What a plan must know of a slide. How it looks is not known here.

mod key;
mod weight;

use std::time::Duration;

use self::key::Keys;
use crate::deck::{Deck, Kind, Slide, walk};

/// A slide, as far as its time is concerned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// The name by which the slide is known again in an edited deck: that of its content.
    pub key: String,
    /// The number that people call it by, from 1; an uncounted slide has that of the one before it.
    pub number: usize,
    /// Its column and row, from 1.
    pub address: (usize, usize),
    /// Its title; empty where it has none.
    pub title: String,
    /// Whether its time is planned: not where its author says that it is uncounted.
    pub counts: bool,
    /// The time that its author gives it; never zero.
    pub timing: Option<Duration>,
    /// The time that its author gives to the section that it opens; never zero.
    pub section_timing: Option<Duration>,
    /// Whether it opens a section.
    pub opens_section: bool,
    /// How long it may take by what it holds, in seconds.
    pub weight: f64,
}

impl Entry {
    /// Returns what a plan must know of each slide, in the order of the talk; `parse` reads the slide at an index.
    ///
    /// A section is opened by the first slide, by the top of a stack, by a level-1 heading that is not below in a
    /// stack, and where the author gives a section its time. Where more than half of the slides have such a heading, it
    /// says nothing of sections, and opens none.
    pub fn all(deck: &Deck, parse: impl Fn(usize) -> Slide) -> Vec<Self> {
        let mut keys = Keys::default();
        let (mut entries, mut headed): (Vec<_>, Vec<_>) = (0..deck.slides.len())
            .map(|index| {
                let slide = parse(index);
                let entry = Self::of(deck, index, &slide);
                (Self { key: keys.next(deck.source(index)), ..entry }, is_headed(&slide))
            })
            .unzip();
        for (entry, headed) in entries.iter().zip(&mut headed) {
            *headed &= entry.address.1 == 1;
        }
        let tells = headed.iter().filter(|headed| **headed).count() * 2 <= entries.len();
        for index in 0..entries.len() {
            let on_top = entries[index].address.1 == 1;
            let of_stack = on_top && entries.get(index + 1).is_some_and(|below| below.address.1 > 1);
            let opens = index == 0 || of_stack || (tells && headed[index]);
            entries[index].opens_section = opens || entries[index].section_timing.is_some();
        }
        entries
    }

    /// Returns what is known of a slide by itself.
    fn of(deck: &Deck, index: usize, slide: &Slide) -> Self {
        // As in reveal, a time of zero is none.
        let given = |time: Option<Duration>| time.filter(|time| !time.is_zero());
        Self {
            number: deck.number(index),
            address: deck.address(index),
            title: slide.title().unwrap_or_default(),
            counts: !deck.slides[index].uncounted,
            timing: given(slide.attributes.timing),
            section_timing: given(slide.attributes.section_timing),
            weight: weight::of(slide),
            ..Self::default()
        }
    }
}

/// Returns whether a slide has a heading of the highest level.
fn is_headed(slide: &Slide) -> bool {
    let mut found = false;
    walk::each(&slide.blocks, &mut |block| found |= matches!(block.kind, Kind::Heading { level: 1, .. }));
    found
}
