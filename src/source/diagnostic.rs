//! A message about a place in a deck, and what to do about it.
//!
//! A diagnostic is data: it is collected while a deck is read and laid out, and never stops either.

use std::fmt;
use std::ops::Range;

use super::{Passage, Rule, Severity, SourceRange};

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
    /// What of its slide's source it is about. Its line and its columns come of it where the deck's text is known.
    pub range: SourceRange,
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
            range: SourceRange::UNKNOWN,
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

    /// The same message about what is written at `range` of its slide's source.
    #[must_use]
    pub fn about(mut self, range: SourceRange) -> Self {
        self.range = range;
        self
    }

    /// The same message with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
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
