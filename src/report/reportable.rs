//! What a report can be of: one run, two runs side by side, or all runs of a deck.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::comparison::Comparison;
use super::csv;
use super::document::{Document, Runs};
use super::figures::Report;
use super::summary::Summary;

/// What a report can be made of: words for people, and numbers for programs as `serde` writes them.
pub trait Reportable: Serialize {
    /// Returns the words, with the times of day in the time zone `zone`.
    fn document(&self, zone: &TimeZone) -> Document;

    /// Returns the rows of numbers, below the names of their columns.
    fn csv(&self) -> String;

    /// Returns the runs whose times make a chart, the oldest first.
    fn trend(&self) -> &[Summary] {
        &[]
    }
}

impl Reportable for Report {
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

impl Reportable for Comparison {
    fn document(&self, zone: &TimeZone) -> Document {
        Document::of_comparison(self, zone)
    }

    fn csv(&self) -> String {
        csv::pairs(&self.slides)
    }
}

impl Reportable for Runs {
    fn document(&self, zone: &TimeZone) -> Document {
        Document::of_runs(self, zone)
    }

    fn csv(&self) -> String {
        csv::rows(self.runs.iter())
    }
}
