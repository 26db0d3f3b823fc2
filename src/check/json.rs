//! What was found, for programs. The names are an interface, told in `docs/checking.md`.

use serde::Serialize;

use super::{Checked, count};
use crate::source::{Diagnostic, Rule, Severity};
use crate::text::sanitize;

#[derive(Serialize)]
struct CheckJson<'a> {
    errors: usize,
    warnings: usize,
    notes: usize,
    decks: Vec<DeckJson<'a>>,
}

#[derive(Serialize)]
struct DeckJson<'a> {
    deck: String,
    diagnostics: Vec<DiagnosticJson<'a>>,
}

#[derive(Serialize)]
struct DiagnosticJson<'a> {
    rule: Option<&'static str>,
    severity: &'static str,
    slide: Option<usize>,
    line: Option<usize>,
    column: Option<u32>,
    end_column: Option<u32>,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> DeckJson<'a> {
    fn of(checked: &'a Checked) -> Self {
        let diagnostics = checked.diagnostics.iter().map(DiagnosticJson::of).collect();
        Self { deck: sanitize(&checked.name).into_owned(), diagnostics }
    }
}

impl<'a> DiagnosticJson<'a> {
    fn of(told: &'a Diagnostic) -> Self {
        Self {
            rule: told.rule.map(Rule::id),
            severity: told.severity().name(),
            slide: told.slide,
            line: told.line,
            column: told.columns.as_ref().map(|columns| columns.start),
            end_column: told.columns.as_ref().map(|columns| columns.end),
            message: &told.message,
            hint: told.hint.as_deref(),
        }
    }
}

/// Returns all that was found as one object.
pub(super) fn write(decks: &[Checked]) -> String {
    let document = CheckJson {
        errors: count(decks, Severity::Error),
        warnings: count(decks, Severity::Warning),
        notes: count(decks, Severity::Note),
        decks: decks.iter().map(DeckJson::of).collect(),
    };
    let written = serde_json::to_string_pretty(&document);
    written.expect("strings and numbers can be written as JSON") + "\n"
}
