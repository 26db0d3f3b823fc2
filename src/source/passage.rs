//! Lines and letters of a text, counted from 1 as editors do.

use std::ops::Range;

/// Letters of one line of a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The line, from 1.
    pub line: usize,
    /// The letters, from 1.
    pub columns: Range<u32>,
}

impl Passage {
    /// Returns the passage of the bytes at `range` in `text`, whose first line is `first_line` of the file; of what
    /// takes several lines, the first one's.
    pub fn of(text: &str, range: Range<usize>, first_line: usize) -> Self {
        LineCounter::new(text, first_line).passage(range)
    }
}

/// Counts lines and letters of a text. Each count goes on from the one before it, so that many in a row cost no more than
/// one walk through the text.
#[derive(Debug)]
pub struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: u32,
}

impl<'a> LineCounter<'a> {
    /// Counts in `text`, whose first line is `first_line` of the file.
    pub fn new(text: &'a str, first_line: usize) -> Self {
        Self { text, at: 0, line: first_line, column: 1 }
    }

    /// Returns the passage of the bytes at `range`; of what takes several lines, the first one's.
    pub fn passage(&mut self, range: Range<usize>) -> Passage {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end.max(start));
        self.go_to(start);
        let words = self.text[start..end].split('\n').next().unwrap_or_default();
        Passage { line: self.line, columns: self.column..self.column + letters(words).max(1) }
    }

    fn go_to(&mut self, to: usize) {
        let newlines = |text: &str| text.bytes().filter(|&byte| byte == b'\n').count();
        if to >= self.at {
            let between = &self.text[self.at..to];
            match between.rfind('\n') {
                None => self.column += letters(between),
                Some(last) => {
                    self.line += newlines(between);
                    self.column = 1 + letters(&between[last + 1..]);
                }
            }
        } else {
            let between = &self.text[to..self.at];
            let passed = newlines(between);
            if passed == 0 {
                self.column -= letters(between);
            } else {
                let start = self.text[..to].rfind('\n').map_or(0, |newline| newline + 1);
                self.line -= passed;
                self.column = 1 + letters(&self.text[start..to]);
            }
        }
        self.at = to;
    }
}

fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX / 4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spots_are_counted_in_letters() {
        let text = "a\nété 日本 b\nc";
        let at = text.find('日').expect("it is there");
        assert_eq!(Passage::of(text, at..at + 6, 10), Passage { line: 11, columns: 5..7 });
        assert_eq!(Passage::of(text, at..text.len(), 1).columns, 5..9);
        assert_eq!(Passage::of(text, 0..0, 1), Passage { line: 1, columns: 1..2 });
        assert_eq!(Passage::of(text, at + 1..at + 4, 1).columns, 5..7);
        assert_eq!(Passage::of(text, 90..99, 1), Passage { line: 3, columns: 2..3 });
    }

    proptest! {
        #[test]
        fn the_way_does_not_matter(text in "[a\u{e9}\n]{0,30}", picks: Vec<u8>) {
            let mut counter = LineCounter::new(&text, 7);
            for pick in picks {
                let at = text.floor_char_boundary(usize::from(pick) % (text.len() + 1));
                prop_assert_eq!(counter.passage(at..at), Passage::of(&text, at..at, 7));
            }
        }
    }
}
