//! Separators that were given as regular expressions: they split the raw text as reveal.js does, code and
//! all.

use fancy_regex::{Error, Regex, RegexBuilder, RuntimeError};

use super::{SlideBreak, javascript};
use crate::source::{Diagnostic, Rule};

/// How often a search may go back before it is given up; a plain lookaround over 5 MB of text stays below.
const PATIENCE: usize = 20_000_000;

/// What separates the slides of a deck, as its author gives it.
#[derive(Debug, Clone)]
pub struct Separator {
    /// Finds all separators.
    any: Regex,
    /// Tells by its text alone whether a found one is horizontal, as reveal does; `None` where all are.
    horizontal: Option<Regex>,
    /// As given, to be quoted.
    source: String,
}

impl Separator {
    /// What separates the slides in reveal 5 by default.
    pub const REVEAL: &str = r"\r?\n---\r?\n";
    /// What separates vertical slides in reveal-md by default.
    pub const BELOW: &str = r"\r?\n----\r?\n";

    /// Compiles the sources of two JavaScript regular expressions, in reveal's way: the flags are `m` and
    /// `g`.
    ///
    /// # Errors
    /// Sources that are empty or no regular expressions; the message quotes them.
    pub fn compile(horizontal: &str, vertical: Option<&str>) -> Result<Self, Diagnostic> {
        let alone = compiled(horizontal, "")?;
        let Some(vertical) = vertical else {
            let any = compiled(horizontal, "m")?;
            return Ok(Self { any, horizontal: None, source: horizontal.to_owned() });
        };
        compiled(vertical, "m")?;
        let source = format!("{horizontal}|{vertical}");
        Ok(Self { any: compiled(&source, "m")?, horizontal: Some(alone), source })
    }

    /// Returns each place of `body` that the separator matches.
    ///
    /// # Errors
    /// A separator that takes too long, or matches nothing but the empty text, of which every text is full.
    pub(super) fn cuts(&self, body: &str) -> Result<Vec<SlideBreak>, Diagnostic> {
        let mut cuts = Vec::new();
        let mut matches_nothing = false;
        for found in self.any.find_iter(body) {
            let range = found.map_err(|error| self.unusable(&reason(&error)))?.range();
            if range.is_empty() {
                matches_nothing = true;
                continue;
            }
            let vertical = self.is_vertical(&body[range.clone()])?;
            cuts.push(SlideBreak { vertical, ..SlideBreak::at(range) });
        }
        if cuts.is_empty() && matches_nothing {
            return Err(self.unusable("matches only the empty text"));
        }
        Ok(cuts)
    }

    /// Returns whether a slide hangs below the one before it where `text` is between the two.
    fn is_vertical(&self, text: &str) -> Result<bool, Diagnostic> {
        let Some(horizontal) = &self.horizontal else { return Ok(false) };
        horizontal
            .is_match(text)
            .map(|is_horizontal| !is_horizontal)
            .map_err(|error| self.unusable(&reason(&error)))
    }

    /// Returns the message that the text's own rule is used instead.
    fn unusable(&self, why: &str) -> Diagnostic {
        Diagnostic::of(Rule::SeparatorUnusable, format!("the separator `{}` {why}", quoted(&self.source)))
            .hint("the slides were parted by what the deck's own text tells; give a simpler separator")
    }
}

/// Returns the JavaScript regular expression `source` with its `flags`: `m`, so that `^` and `$` stand at lines' ends,
/// and `i`, so that case doesn't matter.
///
/// # Errors
/// A source that is empty or no regular expression; the message quotes it.
pub(in crate::parse) fn compiled(source: &str, flags: &str) -> Result<Regex, Diagnostic> {
    let hint =
        r"it is a JavaScript regular expression without slashes around it, such as `^\n\n\n` or `\n---\n`";
    if source.is_empty() {
        return Err(Diagnostic::of(Rule::SeparatorUnusable, "the separator is empty").hint(hint));
    }
    RegexBuilder::new(&javascript::translated(source))
        .multi_line(flags.contains('m'))
        .case_insensitive(flags.contains('i'))
        .backtrack_limit(PATIENCE)
        .build()
        .map_err(|error| {
            Diagnostic::of(
                Rule::SeparatorUnusable,
                format!("the separator `{}` cannot be used: {}", quoted(source), reason(&error)),
            )
            .hint(hint)
        })
}

/// Returns `source` on one line.
pub(in crate::parse) fn quoted(source: &str) -> String {
    source.replace('\n', r"\n")
}

/// Returns what `error` says, in the words of a diagnostic.
pub(in crate::parse) fn reason(error: &Error) -> String {
    match error {
        Error::RuntimeError(RuntimeError::BacktrackLimitExceeded | RuntimeError::StackOverflow) => {
            "takes too long on this deck".to_owned()
        }
        Error::ParseError(_, error) => error.to_string().to_lowercase(),
        Error::CompileError(error) => error.to_string().to_lowercase(),
        error => error.to_string().to_lowercase(),
    }
}
