//! What recorded runs of a talk say: figures first, then documents of them, as text and bytes.

mod chart;
mod comparison;
mod csv;
mod document;
mod figures;
mod html;
mod json;
mod markdown;
mod reportable;
mod screen;
mod sentence;
mod shown;
mod slide;
mod summary;
mod text;

use jiff::tz::TimeZone;

pub use comparison::{Comparison, SlideComparison};
pub use document::{Column, Document, ReportTable, Runs, TableRow};
pub use figures::{Projected, Report, SectionReport};
pub use reportable::Reportable;
pub use screen::screen;
pub use shown::{shown, signed};
pub use slide::SlideReport;
pub use summary::Summary;

/// A format that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// Words and tables in columns.
    Text,
    /// The same as Markdown.
    Markdown,
    /// A line for each slide or run, with numbers for spreadsheets.
    Csv,
    /// All numbers, for programs.
    Json,
    /// A page that needs nothing else.
    Html,
}

/// Returns the report in a format, ending in a line feed; text in lines of at most `width` cells.
pub fn write(reportable: &impl Reportable, format: ReportFormat, zone: &TimeZone, width: usize) -> String {
    match format {
        ReportFormat::Text => text::write(&reportable.document(zone), width),
        ReportFormat::Markdown => markdown::write(&reportable.document(zone)),
        ReportFormat::Html => html::write(&reportable.document(zone)),
        ReportFormat::Csv => reportable.csv(),
        ReportFormat::Json => json::write(reportable),
    }
}
