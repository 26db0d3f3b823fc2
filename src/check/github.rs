//! What was found, as GitHub's build servers read it from the output of a step: a line each.

use std::fmt::Write as _;

use super::Checked;
use crate::source::{Diagnostic, Severity};

/// Returns a command for each thing that was found.
pub(super) fn write(decks: &[Checked]) -> String {
    let mut out = String::new();
    for deck in decks {
        for told in &deck.diagnostics {
            one(&mut out, &deck.name, told);
        }
    }
    out
}

fn one(out: &mut String, name: &str, told: &Diagnostic) {
    let command = match told.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let _ = write!(out, "::{command} file={}", property(name));
    if let Some(line) = told.line {
        let _ = write!(out, ",line={line}");
    }
    if let Some(columns) = &told.columns {
        // Its last column is one that belongs to the words.
        let _ = write!(
            out,
            ",col={},endColumn={}",
            columns.start,
            columns.end.saturating_sub(1).max(columns.start)
        );
    }
    let id = told.rule.map_or("lutrin", crate::source::Rule::id);
    let slide = told.slide.map(|slide| format!("slide {slide}: ")).unwrap_or_default();
    let hint = told.hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
    let message = format!("{id}::{}", data(&format!("{slide}{}{hint}", told.message)));
    let _ = writeln!(out, ",title={message}");
}

/// Returns text as it stands behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns text as it stands among the properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C").replace('\u{1b}', "\u{241b}")
}
