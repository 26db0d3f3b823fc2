//! A message about a place in a deck, and what to do about it.
//!
//! A diagnostic is data: it is collected while a deck is read and laid out, and never stops either.

use std::fmt;
use std::ops::Range;

use super::{Rule, Severity};

/// What could not be shown as written: where, what, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The slide's number from 1, where the message is about one.
    pub slide: Option<usize>,
    /// The line in the deck's file from 1, where it is known.
    pub line: Option<usize>,
    /// Which letters of the line it is about, from 1, where that is known; those of a line that goes on end with it.
    pub columns: Option<Range<u32>>,
    /// The rule that a deck does not keep; none where it is about something else than a deck.
    pub rule: Option<Rule>,
    /// The deck's own words that it is about, by which its place is found.
    pub words: Option<Box<str>>,
    /// Lower case, no full stop, the deck's own words in backticks.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A message that belongs to no place yet.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            slide: None,
            line: None,
            columns: None,
            rule: None,
            words: None,
            message: message.into(),
            hint: None,
        }
    }

    /// A message that a deck does not keep `rule`.
    pub fn of(rule: Rule, message: impl Into<String>) -> Self {
        Self { rule: Some(rule), ..Self::new(message) }
    }

    /// Returns how much it matters: what no rule is about is an error.
    pub fn severity(&self) -> Severity {
        self.rule.map_or(Severity::Error, Rule::severity)
    }

    /// The same message on slide `number`, counted from 1.
    #[must_use]
    pub fn on_slide(mut self, number: usize) -> Self {
        self.slide = Some(number);
        self
    }

    /// The same message at `line` of the deck's file, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same message at a passage of the deck's file.
    #[must_use]
    pub fn at(mut self, passage: Passage) -> Self {
        (self.line, self.columns) = (Some(passage.line), Some(passage.columns));
        self
    }

    /// The same message about `words` of the deck.
    #[must_use]
    pub fn about(mut self, words: impl Into<Box<str>>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// The same message with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

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
        let before = &text[..range.start];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let letters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX / 2);
        let first = letters(&before[start..]) + 1;
        let words = text[range].split('\n').next().unwrap_or_default();
        let line = first_line + before.bytes().filter(|&byte| byte == b'\n').count();
        Self { line, columns: first..first + letters(words).max(1) }
    }
}

impl fmt::Display for Diagnostic {
    /// `slide 4, line 12: message`, then the hint on a line of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.slide, self.line) {
            (Some(slide), Some(line)) => write!(f, "slide {slide}, line {line}: ")?,
            (Some(slide), None) => write!(f, "slide {slide}: ")?,
            (None, Some(line)) => write!(f, "line {line}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spots_are_counted_in_letters() {
        let text = "a\nété 日本 b\nc";
        let at = text.find('日').expect("it is there");
        assert_eq!(Passage::of(text, at..at + 6, 10), Passage { line: 11, columns: 5..7 });
        assert_eq!(Passage::of(text, at..text.len(), 1).columns, 5..9);
        assert_eq!(Passage::of(text, 0..0, 1), Passage { line: 1, columns: 1..2 });
    }
}
