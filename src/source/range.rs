//! Where in a slide's source something is written. It is two numbers, so that every part of a slide can keep it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// The bytes of a slide's source that something was read from, counted from where the slide begins; or that these are
/// not known.
///
/// All ranges are equal: two parts of slides are the same when they say the same, wherever that is written. So
/// neighbouring letters of the same marks become one run, `lutrin timing` proves that an edit moves words and changes
/// none, and code is highlighted once however often a deck shows it.
#[derive(Clone, Copy)]
pub struct SourceRange {
    start: u32,
    end: u32,
}

impl SourceRange {
    /// What is written nowhere, or nobody knows where.
    pub const UNKNOWN: Self = Self { start: u32::MAX, end: u32::MAX };

    /// Returns the bytes at `range`; unknown beyond 4 GiB.
    pub fn new(range: Range<usize>) -> Self {
        match (u32::try_from(range.start), u32::try_from(range.end)) {
            (Ok(start), Ok(end)) => Self { start, end },
            _ => Self::UNKNOWN,
        }
    }

    /// Returns the bytes, where they are known.
    pub fn bytes(self) -> Option<Range<usize>> {
        self.is_known().then_some(self.start as usize..self.end as usize)
    }

    /// Returns whether the bytes are known.
    pub fn is_known(self) -> bool {
        self.start < u32::MAX
    }

    /// Returns this range where it is known, else the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_known() { self } else { other }
    }

    /// Returns `part` of these bytes, counted from their start; all of them where they are fewer.
    #[must_use]
    pub fn part(self, part: Range<usize>) -> Self {
        match self.bytes() {
            Some(all) if part.end <= all.len() => Self::new(all.start + part.start..all.start + part.end),
            _ => self,
        }
    }

    /// Returns where `part` of `letters` is written, which were read from these bytes; all of them where the letters are
    /// written in another way, as with entities.
    #[must_use]
    pub fn part_of(self, letters: &str, part: &str) -> Self {
        let start = part.as_ptr().addr().checked_sub(letters.as_ptr().addr());
        let start = start.filter(|start| start + part.len() <= letters.len());
        match (self.bytes(), start) {
            (Some(all), Some(start)) if all.len() == letters.len() => self.part(start..start + part.len()),
            _ => self,
        }
    }
}

impl Default for SourceRange {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl PartialEq for SourceRange {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SourceRange {}

impl Hash for SourceRange {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl fmt::Debug for SourceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bytes() {
            Some(bytes) => write!(f, "{bytes:?}"),
            None => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_known_or_not() {
        assert_eq!(SourceRange::new(2..5).bytes(), Some(2..5));
        assert_eq!(SourceRange::new(2..5).part(1..2).bytes(), Some(3..4));
        assert_eq!(SourceRange::new(2..5).part(1..9).bytes(), Some(2..5));
        assert_eq!(SourceRange::UNKNOWN.part(0..1).bytes(), None);
        let letters = "abc";
        assert_eq!(SourceRange::new(2..5).part_of(letters, &letters[1..]).bytes(), Some(3..5));
        assert_eq!(SourceRange::new(2..9).part_of(letters, &letters[1..]).bytes(), Some(2..9));
        assert_eq!(SourceRange::new(2..5).part_of(letters, "").bytes(), Some(2..5));
        assert_eq!(SourceRange::UNKNOWN.or(SourceRange::new(0..1)).bytes(), Some(0..1));
        assert_eq!(SourceRange::new(0..usize::MAX).bytes(), None);
    }
}
