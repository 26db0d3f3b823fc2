//! A text that is rewritten here and there, and the way back: which bytes of the old text stand for bytes of the new.

use std::borrow::Cow;
use std::ops::Range;

/// A text in the making. What is not replaced stays as it is.
pub(in crate::parse) struct Rewriting<'a> {
    old: &'a str,
    new: String,
    replaced: Vec<Replaced>,
    /// Where the old text goes on.
    at: usize,
}

/// A text after it was rewritten.
pub(in crate::parse) struct Rewritten<'a> {
    pub(in crate::parse) text: Cow<'a, str>,
    replaced: Vec<Replaced>,
}

/// Bytes of the new text, and those of the old one in whose place they stand.
struct Replaced {
    new: Range<usize>,
    old: Range<usize>,
}

impl<'a> Rewriting<'a> {
    pub(in crate::parse) fn new(old: &'a str) -> Self {
        Self { old, new: String::new(), replaced: Vec::new(), at: 0 }
    }

    /// Puts `new` in the place of the bytes at `range`, which lie behind all that was replaced before.
    pub(in crate::parse) fn replace(&mut self, range: Range<usize>, new: &str) {
        if self.new.capacity() == 0 {
            self.new.reserve(self.old.len() * 5 / 4);
        }
        self.new.push_str(&self.old[self.at..range.start]);
        let start = self.new.len();
        self.new.push_str(new);
        self.at = range.end;
        self.replaced.push(Replaced { new: start..self.new.len(), old: range });
    }

    pub(in crate::parse) fn finish(mut self) -> Rewritten<'a> {
        if self.replaced.is_empty() {
            return Rewritten::unchanged(self.old);
        }
        self.new.push_str(&self.old[self.at..]);
        Rewritten { text: Cow::Owned(self.new), replaced: self.replaced }
    }
}

impl<'a> Rewritten<'a> {
    /// A text in which there was nothing to do.
    pub(in crate::parse) fn unchanged(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), replaced: Vec::new() }
    }

    /// Returns the bytes of the old text that stand for the bytes at `range`. What was replaced is taken whole.
    pub(in crate::parse) fn origin(&self, range: Range<usize>) -> Range<usize> {
        if self.replaced.is_empty() {
            return range;
        }
        let start = match self.before(range.start) {
            Some(Replaced { new, old }) if range.start < new.end => old.start,
            before => kept(before, range.start),
        };
        let end = match self.before(range.end.saturating_sub(1)) {
            Some(Replaced { new, old }) if range.end <= new.end => old.end,
            before => kept(before, range.end),
        };
        start..end.max(start)
    }

    /// Returns the last replacement that begins at the byte `at` or before it.
    fn before(&self, at: usize) -> Option<&Replaced> {
        let after = self.replaced.partition_point(|one| one.new.start <= at);
        self.replaced[..after].last()
    }
}

/// Returns where the byte `at` of the new text, which is kept behind `before`, stands in the old one.
fn kept(before: Option<&Replaced>, at: usize) -> usize {
    before.map_or(at, |Replaced { new, old }| old.end + at - new.end.min(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_way_back() {
        let mut rewriting = Rewriting::new("ab$x$cd\nef");
        rewriting.replace(2..5, "<x>&#120;</x>");
        rewriting.replace(8..8, "\n\n");
        let rewritten = rewriting.finish();
        assert_eq!(rewritten.text, "ab<x>&#120;</x>cd\n\n\nef");
        let origin = |words: &str| {
            let at = rewritten.text.find(words).expect("it is there");
            rewritten.origin(at..at + words.len())
        };
        assert_eq!(origin("ab"), 0..2);
        assert_eq!(origin("b<x"), 1..5);
        assert_eq!(origin("<x>"), 2..5);
        assert_eq!(origin("&#120;"), 2..5);
        assert_eq!(origin("x>c"), 2..6);
        assert_eq!(origin("cd"), 5..7);
        assert_eq!(origin("ef"), 8..10);
        assert_eq!(Rewriting::new("ab").finish().origin(0..1), 0..1);
    }
}
