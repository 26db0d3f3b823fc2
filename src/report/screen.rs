//! A report as a terminal shows it: the lines of the text in colours, and charts.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use super::chart::{Bar, Bars, Trend};
use super::document::Document;
use super::reportable::Reportable;
use super::text::{self, LineKind, TextLine};
use crate::text::{cells, width};
use crate::theme::{Role, Theme};

/// From this width in columns on there is room for bars beside a table.
const WIDE: u16 = 100;
/// The columns that a table leaves for them at least.
const BAR_COLUMNS: u16 = 32;
/// Longer bars say no more.
const WIDEST_BARS: u16 = 60;
/// Blanks between a table and its bars.
const GAP: u16 = 2;
/// The size of the chart of runs in cells.
const TREND_SIZE: Size = Size { width: 60, height: 9 };

/// Returns the report, painted for a terminal of `columns`, as high as it needs: with bars beside the table where there is
/// room for them, else below it, and a chart of the runs where there are two.
pub fn screen(reportable: &impl Reportable, columns: u16, theme: &Theme, zone: &TimeZone) -> Buffer {
    let (document, runs) = (reportable.document(zone), reportable.trend());
    let lines = if columns >= WIDE {
        text::lines(&document, usize::from(columns - BAR_COLUMNS - GAP))
    } else {
        with_bars_below(&document, columns)
    };
    let trend = if runs.len() > 1 { TREND_SIZE.height + 1 } else { 0 };
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let mut canvas = Buffer::empty(Rect::new(0, 0, columns, rows.saturating_add(trend)));
    canvas.set_style(canvas.area, theme.stage());
    for (y, line) in (0..rows).zip(&lines) {
        canvas.set_string(0, y, &line.text, style(line, theme));
    }
    bars(&lines, theme, &mut canvas);
    let totals: Vec<(usize, f64)> = runs.iter().map(|run| (run.run, run.total_seconds)).collect();
    let planned = runs.last().and_then(|run| run.planned_seconds);
    let area = Rect::new(0, rows.saturating_add(1), TREND_SIZE.width.min(columns), TREND_SIZE.height);
    if trend > 0 {
        Trend { runs: &totals, planned, theme }.render(area, &mut canvas);
    }
    canvas
}

/// Returns the lines with rows for bars below the first table that has any: the first column of each of its rows.
fn with_bars_below(document: &Document, columns: u16) -> Vec<TextLine> {
    let mut lines = text::lines(document, usize::from(columns));
    for line in &mut lines {
        if let LineKind::Row(bar) = &mut line.kind {
            *bar = None;
        }
    }
    let Some(table) = document.tables.iter().find(|table| table.rows.iter().any(|row| row.bar.is_some()))
    else {
        return lines;
    };
    let labels = table.rows.iter().filter(|row| row.bar.is_some()).map(|row| (&row.cells[0], row.bar));
    let widest = labels.clone().map(|(label, _)| width(label)).max().unwrap_or(0);
    let blanks = |label: &str| " ".repeat(widest.saturating_sub(width(label)));
    let rows = labels.map(|(label, bar)| TextLine { text: blanks(label) + label, kind: LineKind::Row(bar) });
    let legend = TextLine { text: blanks(""), kind: LineKind::Head };
    let rows: Vec<TextLine> = [text::blank(), legend].into_iter().chain(rows).collect();
    let is_over = |lines: &[TextLine]| {
        lines[0].kind == LineKind::Total && lines.get(1).is_none_or(|next| next.kind != LineKind::Total)
    };
    let end = (0..lines.len()).find(|&at| is_over(&lines[at..])).map_or(lines.len(), |last| last + 1);
    lines.splice(end..end, rows);
    lines
}

/// Paints the bars of the lines that have one, beside all of them.
fn bars(lines: &[TextLine], theme: &Theme, canvas: &mut Buffer) {
    let of = |line: &TextLine| if let LineKind::Row(bar) = line.kind { bar } else { None };
    let Some(first) = lines.iter().position(|line| of(line).is_some()) else { return };
    let bars: Vec<Bar> = lines[first..].iter().map_while(of).collect();
    let beside = &lines[first.saturating_sub(1)..first + bars.len()];
    let x = cells(beside.iter().map(|line| width(&line.text)).max().unwrap_or(0)) + GAP;
    let columns = canvas.area.width.saturating_sub(x).min(WIDEST_BARS);
    let area = Rect::new(x, cells(first), columns, cells(bars.len()));
    Bars { bars: &bars, theme }.render(area, canvas);
    let has_plan = bars.iter().any(|bar| bar.planned.is_some());
    if let Some(y) = area.y.checked_sub(1).filter(|_| has_plan) {
        let legend = Bars::legend();
        canvas.set_stringn(x, y, legend, usize::from(columns), theme.style(Role::TableHeader));
    }
}

fn style(line: &TextLine, theme: &Theme) -> Style {
    let role = match line.kind {
        LineKind::Title => Role::Caption,
        LineKind::Sentence => Role::Heading1,
        LineKind::Head => Role::TableHeader,
        LineKind::Total => Role::Strong,
        LineKind::Row(_) | LineKind::Remark | LineKind::Blank => Role::TableText,
    };
    theme.style(role).remove_modifier(Modifier::ITALIC)
}
