//! The words of a report: a title, a sentence, tables, remarks.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::chart::Bar;
use super::comparison::{Comparison, SlideComparison};
use super::figures::{Report, SectionReport};
use super::shown::{shown, signed};
use super::slide::SlideReport;
use super::summary::Summary;

/// Stands where there is no number.
const NONE: &str = "–";

/// What a report says, in words for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// What matters most; empty where nothing does.
    pub sentence: String,
    /// The numbers.
    pub tables: Vec<ReportTable>,
    /// What else there is to say, a sentence each.
    pub remarks: Vec<String>,
}

/// A table of words and numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportTable {
    /// What it is of.
    pub caption: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What stands above it.
    pub head: String,
    /// Whether it has words, which may be cut, rather than numbers.
    pub is_words: bool,
    /// Where there is no room for all columns, the one that is most dispensable is left out; those of 0 never are.
    pub dispensable: u8,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableRow {
    /// A cell for each column.
    pub cells: Vec<String>,
    /// Its time against the plan, where that can be drawn.
    pub bar: Option<Bar>,
    /// Whether it sums up the rows above.
    pub is_total: bool,
}

/// All runs of a deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Runs {
    /// The talk's title, of the last run.
    pub title: String,
    /// The runs, the oldest first.
    pub runs: Vec<Summary>,
}

impl ReportTable {
    /// Returns the table without the columns that say nothing in any row.
    fn without_silent_columns(mut self) -> Self {
        let speaks =
            |index: usize| self.rows.iter().any(|row| !matches!(row.cells[index].as_str(), "" | NONE));
        let speaks: Vec<bool> = (0..self.columns.len()).map(speaks).collect();
        retain(&mut self.columns, &speaks);
        for row in &mut self.rows {
            retain(&mut row.cells, &speaks);
        }
        self
    }
}

impl Document {
    /// Returns the words of a run's report.
    pub fn of_report(report: &Report, zone: &TimeZone) -> Self {
        let summary = &report.summary;
        let run = format!("run {} of {}", summary.run, report.recorded);
        let tables =
            [Some(slides(report)), (!report.sections.is_empty()).then(|| sections(&report.sections))];
        Self {
            title: titled(&report.title, &format!("{run} · {}", day(summary.started, zone))),
            sentence: report.sentence.clone(),
            tables: tables.into_iter().flatten().collect(),
            remarks: remarks(report),
        }
    }

    /// Returns the words of two runs side by side.
    pub fn of_comparison(comparison: &Comparison, zone: &TimeZone) -> Self {
        let Comparison { a, b, .. } = comparison;
        let heads = [a, b].map(|summary| format!("run {}", summary.run));
        // Two runs that reached different slides differ by that, too.
        let change = (a.complete && b.complete).then_some(comparison.difference_seconds);
        let total = [
            String::new(),
            "total".to_owned(),
            shown(a.total_seconds),
            shown(b.total_seconds),
            difference(b.total_seconds, change),
        ];
        let rows = comparison.slides.iter().map(pair).chain([TableRow { is_total: true, ..row(total) }]);
        let table = ReportTable {
            caption: "by slide",
            columns: vec![
                number("#", 0),
                words("slide"),
                number(&heads[0], 0),
                number(&heads[1], 0),
                number("difference", 0),
            ],
            rows: rows.collect(),
        };
        let remark = |summary: &Summary| {
            let state = state(summary);
            let state = if state.is_empty() { String::new() } else { format!(", {state}") };
            format!("run {}: {}{state}", summary.run, day(summary.started, zone))
        };
        Self {
            title: titled(&comparison.title, &format!("{} and {}", heads[0], heads[1])),
            sentence: comparison.sentence.clone(),
            tables: vec![table],
            remarks: [a, b].map(remark).into(),
        }
    }

    /// Returns the words of a list of runs.
    pub fn of_runs(runs: &Runs, zone: &TimeZone) -> Self {
        let columns = vec![
            number("run", 0),
            Column { is_words: false, ..words("started") },
            number("total", 0),
            number("difference", 0),
            number("slides", 1),
            words(""),
        ];
        let line = |summary: &Summary| {
            let reached = format!("{}/{}", summary.slides_shown, summary.slides_counted);
            row([
                summary.run.to_string(),
                day(summary.started, zone),
                shown(summary.total_seconds),
                difference(summary.total_seconds, summary.difference_seconds),
                reached,
                state(summary),
            ])
        };
        let rows = runs.runs.iter().map(line).collect();
        let title = titled(&runs.title, &counted(runs.runs.len(), "run"));
        Self {
            title,
            tables: vec![ReportTable { caption: "runs", columns, rows }.without_silent_columns()],
            ..Self::default()
        }
    }
}

fn slides(report: &Report) -> ReportTable {
    let columns = vec![
        number("#", 0),
        words("slide"),
        number("plan", 3),
        number("this run", 0),
        number("best", 4),
        number("median", 2),
        number("difference", 0),
        number("visits", 5),
    ];
    let summary = &report.summary;
    let total = |words: &str, planned: String, seconds: f64, difference: String| {
        let none = String::new;
        let cells = [none(), words.to_owned(), planned, shown(seconds), none(), none(), difference, none()];
        TableRow { is_total: true, ..row(cells) }
    };
    let mut rows: Vec<TableRow> = report.slides.iter().map(|row| slide(row, report.recorded > 1)).collect();
    if report.gone_seconds >= 1.0 {
        rows.push(total("slides that are gone", String::new(), report.gone_seconds, String::new()));
    }
    let over = summary.difference_seconds;
    rows.push(total(
        if summary.complete { "total" } else { "total so far" },
        time(compared(summary.planned_seconds, summary.total_seconds, over)),
        summary.total_seconds,
        difference(summary.total_seconds, over),
    ));
    ReportTable { caption: "by slide", columns, rows }.without_silent_columns()
}

/// Returns a slide's row; what is usual says nothing new where there is but one run.
fn slide(slide: &SlideReport, has_past: bool) -> TableRow {
    let is_shown = slide.is_shown();
    let usual = |seconds: Option<f64>| time(seconds.filter(|_| has_past));
    let cells = [
        slide.number.to_string(),
        name(slide),
        time(slide.planned_seconds),
        time(is_shown.then_some(slide.seconds)),
        usual(slide.best_seconds),
        usual(slide.median_seconds),
        difference(slide.seconds, slide.difference_seconds),
        if is_shown { slide.visits.to_string() } else { NONE.to_owned() },
    ];
    TableRow { bar: Some(Bar { seconds: slide.seconds, planned: slide.planned_seconds }), ..row(cells) }
}

/// Returns a slide's title, behind its place where the deck has two dimensions.
fn name(slide: &SlideReport) -> String {
    match &slide.position {
        Some(position) => format!("{position} {}", slide.title).trim_end().to_owned(),
        None => slide.title.clone(),
    }
}

fn sections(sections: &[SectionReport]) -> ReportTable {
    let line = |section: &SectionReport| {
        row([
            section.number.to_string(),
            section.title.clone(),
            time(compared(section.planned_seconds, section.seconds, section.difference_seconds)),
            time((section.seconds > 0.0).then_some(section.seconds)),
            difference(section.seconds, section.difference_seconds),
        ])
    };
    ReportTable {
        caption: "by section",
        columns: vec![
            number("#", 0),
            words("section"),
            number("plan", 1),
            number("this run", 0),
            number("difference", 0),
        ],
        rows: sections.iter().map(line).collect(),
    }
    .without_silent_columns()
}

/// Returns the plan that a time is held against: in a partial run that of the slides that were shown.
fn compared(planned: Option<f64>, seconds: f64, difference: Option<f64>) -> Option<f64> {
    difference.map(|difference| seconds - difference).or(planned)
}

fn pair(pair: &SlideComparison) -> TableRow {
    row([
        pair.number.to_string(),
        pair.title.clone(),
        time(pair.a_seconds),
        time(pair.b_seconds),
        difference(pair.b_seconds.unwrap_or_default(), pair.difference_seconds),
    ])
}

fn remarks(report: &Report) -> Vec<String> {
    let summary = &report.summary;
    let rests = [
        ("paused", summary.paused_seconds),
        ("questions", summary.questions_seconds),
        ("asleep", summary.slept_seconds),
    ];
    let rests: Vec<String> = rests
        .into_iter()
        .filter(|(_, seconds)| *seconds >= 0.5)
        .map(|(why, seconds)| format!("{why} {}", shown(seconds)))
        .collect();
    let short = "shorter than a minute, so it is not counted".to_owned();
    let all = [
        (!rests.is_empty()).then(|| format!("not in these times: {}", rests.join(", "))),
        (!summary.counted).then_some(short),
        projected(report),
        trend(report),
    ];
    all.into_iter().flatten().collect()
}

/// Returns what the talk takes by the medians, where that is not what this run has told already.
fn projected(report: &Report) -> Option<String> {
    let projected = report.projected.filter(|_| report.recorded > 1 || !report.summary.complete)?;
    let fits = match projected.difference_seconds.map(|over| signed(projected.seconds, over)) {
        None => String::new(),
        Some(over) => match (over.strip_prefix('+'), over.strip_prefix('\u{2212}')) {
            (Some(more), _) => format!(", {more} more than planned"),
            (_, Some(less)) => format!(", {less} less than planned"),
            _ => ", as planned".to_owned(),
        },
    };
    let unknown = match projected.slides_by_plan {
        0 => "",
        1 => ", and the plan of one that was never shown,",
        count => &format!(", and the plan of {count} that were never shown,"),
    };
    Some(format!("by the medians of its slides{unknown} the talk takes {}{fits}", shown(projected.seconds)))
}

fn trend(report: &Report) -> Option<String> {
    let totals: Vec<String> = report.runs.iter().map(|run| shown(run.total_seconds)).collect();
    let planned = report.runs.last().and_then(|run| run.planned_seconds);
    let planned = planned.map(|planned| format!(" (plan {})", shown(planned))).unwrap_or_default();
    (totals.len() > 1).then(|| format!("runs  {}{planned}", totals.join(" → ")))
}

/// Returns what is to be known of a run before its numbers are believed.
fn state(summary: &Summary) -> String {
    let words = [("partial", !summary.complete), ("short", !summary.counted)];
    words.into_iter().filter(|word| word.1).map(|word| word.0).collect::<Vec<_>>().join(", ")
}

fn titled(title: &str, about: &str) -> String {
    if title.is_empty() { about.to_owned() } else { format!("{title} · {about}") }
}

fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn time(seconds: Option<f64>) -> String {
    seconds.map_or(NONE.to_owned(), shown)
}

fn difference(seconds: f64, difference: Option<f64>) -> String {
    difference.map_or(NONE.to_owned(), |difference| signed(seconds, difference))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn words(head: &str) -> Column {
    Column { head: head.to_owned(), is_words: true, dispensable: 0 }
}

fn number(head: &str, dispensable: u8) -> Column {
    Column { head: head.to_owned(), is_words: false, dispensable }
}

fn row<const N: usize>(cells: [String; N]) -> TableRow {
    TableRow { cells: cells.into(), ..TableRow::default() }
}

fn retain<T>(all: &mut Vec<T>, is_kept: &[bool]) {
    let mut kept = is_kept.iter();
    all.retain(|_| kept.next() == Some(&true));
}
