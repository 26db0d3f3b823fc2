//! A font cut down to the letters that a document has.

use std::collections::BTreeSet;

use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};

use crate::export::Font;

/// What of a font's rules is kept: that which makes one picture of several joined ones, as flags are. Other rules would move
/// letters out of their cells.
const KEPT: [Tag; 1] = [Tag::new(b"ccmp")];

/// Returns the font with these letters only; none where its outlines are of the kind that PostScript has, which would be
/// kept whole.
pub(super) fn of(font: &Font, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let read = FontRef::from_index(&font.bytes, font.face).ok()?;
    if read.cff().is_ok() || read.cff2().is_ok() {
        return None;
    }
    let unicodes: IntSet<u32> = letters.iter().map(|&letter| u32::from(letter)).collect();
    let names: IntSet<NameId> = (0..=6).map(NameId::from).collect();
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &read,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &scripts,
        &KEPT.into_iter().collect(),
        &names,
        &[0x0409].into_iter().collect(),
    );
    subset_font(&read, &plan).ok()
}
