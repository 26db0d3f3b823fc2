//! What is known of runs, as documents: words come out, somebody else writes them. Which numbers there are is not decided
//! here.

mod csv;
mod document;
mod html;
mod json;
mod markdown;
mod screen;
mod text;

use jiff::tz::TimeZone;
use serde::Serialize;

pub use document::{Document, Runs};
pub use screen::screen;

use crate::rehearsal::report::{Comparison, Report, Summary};

/// A form in which runs can be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
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

/// What can be told of runs: words for people, and numbers for programs as `serde` has them.
pub trait Told: Serialize {
    /// Returns the words, with the times of day that a time zone has.
    fn document(&self, zone: &TimeZone) -> Document;

    /// Returns the rows of numbers, below the names of their columns.
    fn csv(&self) -> String;

    /// Returns the runs whose times make a chart, the oldest first.
    fn trend(&self) -> &[Summary] {
        &[]
    }
}

impl Told for Report {
    fn document(&self, zone: &TimeZone) -> Document {
        Document::of_report(self, zone)
    }

    fn csv(&self) -> String {
        csv::slides(&self.slides)
    }

    fn trend(&self) -> &[Summary] {
        &self.runs
    }
}

impl Told for Comparison {
    fn document(&self, zone: &TimeZone) -> Document {
        Document::of_comparison(self, zone)
    }

    fn csv(&self) -> String {
        csv::pairs(&self.slides)
    }
}

impl Told for Runs {
    fn document(&self, zone: &TimeZone) -> Document {
        Document::of_runs(self, zone)
    }

    fn csv(&self) -> String {
        csv::rows(self.runs.iter())
    }
}

/// Returns what is told in a form, ending in a line feed; text in lines of at most so many cells.
pub fn write(told: &impl Told, form: Form, zone: &TimeZone, width: usize) -> String {
    match form {
        Form::Text => text::write(&told.document(zone), width),
        Form::Markdown => markdown::write(&told.document(zone)),
        Form::Html => html::write(&told.document(zone)),
        Form::Csv => told.csv(),
        Form::Json => json::write(told),
    }
}
