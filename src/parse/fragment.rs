//! Which elements are fragments, and in which order they come.

use std::collections::BTreeSet;

use super::html::Node;
use crate::color::Rgb;
use crate::deck::{Block, Change, Fragment, walk};

/// Fragments with an index come before all others; higher ones than this are all the same.
const HIGHEST_INDEX: u16 = 9_999;

/// The order in which fragments without an index are met.
#[derive(Debug, Default)]
pub(super) struct FragmentOrder(u16);

impl FragmentOrder {
    /// Returns what makes `node` a fragment, where something does. Its step is a place in an order: the steps
    /// themselves are counted by [`number`].
    pub(super) fn fragment(&mut self, node: Node<'_>) -> Option<Fragment> {
        if !node.has_class("fragment") || node.has_class("disabled") {
            return None;
        }
        Some(Fragment { step: self.place(node), change: change(node) })
    }

    /// Returns what makes the item of a list a fragment: the items of some lists all appear one by one.
    pub(super) fn item(&mut self, node: Node<'_>, one_by_one: bool) -> Option<Fragment> {
        let own = self.fragment(node);
        own.or_else(|| one_by_one.then(|| Fragment { step: self.next(), change: Change::Appear }))
    }

    /// Returns the place of a fragment of `node` in the order.
    pub(super) fn place(&mut self, node: Node<'_>) -> u16 {
        let index = node.attribute("data-fragment-index").and_then(|index| index.trim().parse::<i32>().ok());
        let place =
            |index: i32| u16::try_from(index.max(0)).map_or(HIGHEST_INDEX, |index| index.min(HIGHEST_INDEX));
        index.map_or_else(|| self.next(), place)
    }

    /// Returns the place behind all fragments that were met so far.
    pub(super) fn next(&mut self) -> u16 {
        self.0 = self.0.saturating_add(1);
        HIGHEST_INDEX.saturating_add(self.0)
    }
}

/// Turns places into steps without gaps, from 1, and returns the last: what shares a place shares a step, and an index
/// that nothing on the slide has costs no key.
pub(super) fn number(blocks: &mut [Block]) -> u16 {
    let mut places = BTreeSet::new();
    walk::each_step(blocks, &mut |place| {
        places.insert(*place);
    });
    let places: Vec<u16> = places.into_iter().collect();
    let step = |place: &u16| steps(places.partition_point(|one| one < place) + 1);
    walk::each_step(blocks, &mut |place| *place = step(place));
    steps(places.len())
}

/// Returns `count` as a number of steps, at most `u16::MAX`.
fn steps(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Returns what the classes beside `fragment` ask for; by reveal's style sheet, whose colours these are.
fn change(node: Node<'_>) -> Change {
    let classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
    let mut changes = classes.filter_map(|class| {
        Some(match class {
            "fade-out" => Change::Vanish,
            "current-visible" | "fade-in-then-out" => Change::Visit,
            "fade-in-then-semi-out" => Change::Settle,
            "semi-fade-out" | "shrink" => Change::Subdue,
            "strike" => Change::Strike,
            "grow" => Change::Strengthen,
            "highlight-red" => Change::Tint(RED),
            "highlight-green" => Change::Tint(GREEN),
            "highlight-blue" => Change::Tint(BLUE),
            "highlight-current-red" => Change::TintNow(RED),
            "highlight-current-green" => Change::TintNow(GREEN),
            "highlight-current-blue" => Change::TintNow(BLUE),
            _ => return None,
        })
    });
    changes.next().unwrap_or(Change::Appear)
}

const RED: Rgb = Rgb(0xff, 0x2c, 0x2d);
const GREEN: Rgb = Rgb(0x17, 0xff, 0x2e);
const BLUE: Rgb = Rgb(0x1b, 0x91, 0xff);
