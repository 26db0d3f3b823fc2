//! Rows of numbers for spreadsheets: seconds, and no sums. Columns have the names of the JSON report's fields.

use csv::Writer;
use serde::Serialize;

use super::comparison::SlideComparison;
use super::slide::SlideReport;

/// Returns a line for each slide of a run.
pub(super) fn slides(slides: &[SlideReport]) -> String {
    rows(slides.iter().map(|row| {
        let position = row.position.as_deref().map(inert);
        SlideReport { title: inert(&row.title), key: inert(&row.key), position, ..row.clone() }
    }))
}

/// Returns a line for each slide of two runs.
pub(super) fn pairs(pairs: &[SlideComparison]) -> String {
    rows(pairs.iter().map(|pair| SlideComparison {
        title: inert(&pair.title),
        key: inert(&pair.key),
        ..pair.clone()
    }))
}

/// Returns a line for each row, below the names of the columns.
pub(super) fn rows(rows: impl Iterator<Item = impl Serialize>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).expect("a row has neither maps nor lists, and memory takes all");
    }
    let bytes = writer.into_inner().expect("memory takes all");
    String::from_utf8(bytes).expect("strings and numbers are UTF-8")
}

/// Returns words that no spreadsheet takes for a formula, which might do harm.
fn inert(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@']) { format!("'{words}") } else { words.to_owned() }
}
