//! A message about a place in a deck, and what to do about it.
//!
//! A diagnostic is data: it is collected while a deck is read and laid out, and never stops either. Where it
//! is shown is not decided here.

use std::fmt;

/// What could not be shown as written: where, what, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The slide's number from 1, where the message is about one.
    pub slide: Option<usize>,
    /// The line in the deck's file from 1, where it is known.
    pub line: Option<usize>,
    /// Lower case, no full stop, the deck's own words in backticks.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A message that belongs to no place yet.
    pub fn new(message: impl Into<String>) -> Self {
        Self { slide: None, line: None, message: message.into(), hint: None }
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
