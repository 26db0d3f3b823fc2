//! Times as pictures: bars against their plan, and the way from run to run.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use super::shown::shown;
use crate::text::{cells, rounded, width};
use crate::theme::{Role, Theme};

/// Time within the plan, over it, and left of it: three shapes, for there may be no colours.
const SHAPES: [(&str, Role); 3] =
    [("█", Role::ProgressDone), ("▒", Role::Warning), ("─", Role::ProgressLeft)];
/// What each run took, and the plan.
const MARKS: [(char, Role); 2] = [('●', Role::ProgressDone), ('─', Role::ListMarker)];
/// The chart of runs begins and ends at a multiple of this many seconds, and has room beyond the least and the most.
const ROUND: f64 = 30.0;

/// A time, and what was planned for it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bar {
    /// The time in seconds.
    pub seconds: f64,
    /// Its plan in seconds.
    pub planned: Option<f64>,
}

impl Bar {
    /// Returns the time or its plan, whichever is longer.
    pub fn length(self) -> f64 {
        self.seconds.max(self.planned.unwrap_or(0.0))
    }

    /// Returns the seconds within the plan, those over it, and those that are left of it.
    pub fn parts(self) -> [f64; 3] {
        let planned = self.planned.unwrap_or(self.seconds);
        [self.seconds.min(planned), (self.seconds - planned).max(0.0), (planned - self.seconds).max(0.0)]
    }
}

/// A widget: bars below each other, a row each, the longest as wide as the area.
pub struct Bars<'a> {
    /// The bars.
    pub bars: &'a [Bar],
    /// The colours.
    pub theme: &'a Theme,
}

impl Bars<'_> {
    /// Returns what the shapes of a bar mean, for the row above.
    pub fn legend() -> String {
        let [within, over, left] = SHAPES.map(|(shape, _)| shape);
        format!("within plan {within}  over {over}  left {left}")
    }
}

impl Widget for &Bars<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let longest = self.bars.iter().map(|bar| bar.length()).fold(0.0, f64::max);
        for (row, bar) in area.rows().zip(self.bars) {
            let (mut seconds, mut from) = (0.0, 0);
            for (part, (shape, role)) in bar.parts().into_iter().zip(SHAPES) {
                seconds += part;
                let share = if longest > 0.0 { seconds / longest } else { 0.0 };
                // However short it was, one sees that it was.
                let least = u16::from(from == 0 && part > 0.0);
                let to = rounded(share * f64::from(area.width)).max(from + least).min(area.width);
                let letters = shape.repeat(usize::from(to - from));
                buffer.set_string(row.x + from, row.y, letters, self.theme.style(role));
                from = to;
            }
        }
    }
}

/// A widget: what each run took, as points, and the plan as a line.
pub struct Trend<'a> {
    /// The number of each run and what it took in seconds, the oldest first; at least two.
    pub runs: &'a [(usize, f64)],
    /// The plan in seconds.
    pub planned: Option<f64>,
    /// The colours.
    pub theme: &'a Theme,
}

impl Trend<'_> {
    /// Returns the least and the most seconds that are shown: all runs and the plan, and a little room.
    fn bounds(&self) -> [f64; 2] {
        let all = || self.runs.iter().map(|run| run.1).chain(self.planned);
        let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
        let room = (ROUND / 2.0).max((most - least) / 10.0);
        [((least - room) / ROUND).floor().max(0.0) * ROUND, ((most + room) / ROUND).ceil() * ROUND]
    }

    /// Returns what the marks mean.
    fn legend(&self) -> Line<'static> {
        let plan = self.planned.map(|planned| format!("plan {}", shown(planned)));
        let words = [Some("each run".to_owned()), plan];
        let each = MARKS.into_iter().zip(words).filter_map(|((mark, role), words)| {
            let mark = Span::styled(mark.to_string(), self.theme.style(role));
            Some([mark, Span::styled(format!(" {}  ", words?), self.theme.style(Role::TableText))])
        });
        each.flatten().collect()
    }
}

impl Widget for &Trend<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let [above, chart] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        self.legend().render(above, buffer);
        let [point, line] = MARKS;
        let points: Vec<(f64, f64)> = (0..).map(f64::from).zip(self.runs.iter().map(|run| run.1)).collect();
        let end = f64::from(cells(points.len().saturating_sub(1)));
        let plan: Vec<(f64, f64)> = self.planned.map_or(Vec::new(), |plan| vec![(0.0, plan), (end, plan)]);
        let style = |role| self.theme.style(role);
        let dataset = |(marker, role), graph, data| {
            Dataset::default().marker(Marker::Custom(marker)).graph_type(graph).style(style(role)).data(data)
        };
        let axis = |bounds, names: [String; 2]| {
            let names = names.map(Line::from);
            Axis::default().bounds(bounds).labels(names).style(style(Role::Caption).patch(UPRIGHT))
        };
        let bounds = self.bounds();
        Chart::new(vec![dataset(line, GraphType::Line, &plan), dataset(point, GraphType::Scatter, &points)])
            .x_axis(axis([0.0, end.max(1.0)], Default::default()))
            .y_axis(axis(bounds, bounds.map(shown)))
            .style(self.theme.stage())
            .render(chart, buffer);
        self.number_runs(chart, buffer);
    }
}

impl Trend<'_> {
    /// Puts the number of each run below its point; the labels of a [`Chart`] stand elsewhere where there are more than two.
    fn number_runs(&self, chart: Rect, buffer: &mut Buffer) {
        let name = "run";
        let times = self.bounds().map(|seconds| cells(width(&shown(seconds))));
        // The times and the axis stand left of the points.
        let left = chart.x + times[0].max(times[1]) + 1;
        let room = chart.right().saturating_sub(left + 1);
        if chart.height < 3 || left <= chart.x + cells(name.len()) || room == 0 {
            return;
        }
        let (y, style) = (chart.bottom() - 1, self.theme.style(Role::Caption).patch(UPRIGHT));
        buffer.set_string(chart.x, y, name, style);
        let last = f64::from(cells(self.runs.len().saturating_sub(1).max(1)));
        let mut free = left;
        for (nth, (number, _)) in (0..).map(f64::from).zip(self.runs) {
            let (number, point) = (number.to_string(), left + rounded(nth / last * f64::from(room)));
            let columns = cells(number.len());
            let x = point.saturating_sub((columns - 1) / 2).min(chart.right().saturating_sub(columns));
            if x >= free {
                buffer.set_string(x, y, &number, style);
                free = x + columns + 1;
            }
        }
    }
}

/// Small letters in italics are hard to read.
const UPRIGHT: Style = Style::new().not_italic();

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_tells_what_is_within_over_and_left() {
        let bar = |seconds, planned| Bar { seconds, planned };
        let rows = |bars: &[Bar]| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 10, cells(bars.len())));
            Bars { bars, theme: &Theme::terminal() }.render(buffer.area, &mut buffer);
            let rows = buffer.content.chunks(10);
            rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect()).collect::<Vec<String>>()
        };
        let bars = [
            bar(100.0, Some(70.0)),
            bar(40.0, Some(60.0)),
            bar(0.2, Some(50.0)),
            bar(0.0, Some(30.0)),
            bar(30.0, None),
            bar(0.0, None),
        ];
        let expected = ["███████▒▒▒", "████──    ", "█────     ", "───       ", "███       ", "          "];
        assert_eq!(rows(&bars), expected);
    }

    #[test]
    fn the_way_of_the_runs_shows_all_of_them_and_the_plan() {
        let (runs, theme) = ([(1, 3600.0), (3, 3900.0)], Theme::terminal());
        let trend = |planned| Trend { runs: &runs, planned, theme: &theme };
        assert_eq!(trend(None).bounds().map(shown), ["59:30", "65:30"]);
        assert_eq!(trend(Some(3295.0)).bounds().map(shown), ["53:30", "66:30"]);
        let alike = [(1, 3600.0), (2, 3600.0)];
        assert_eq!(
            Trend { runs: &alike, planned: None, theme: &theme }.bounds().map(shown),
            ["59:30", "60:30"]
        );
    }

    #[test]
    fn the_number_of_a_run_stands_below_its_point() {
        let (runs, theme) = ([(2, 600.0), (7, 660.0), (8, 700.0), (12, 640.0)], Theme::terminal());
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 9));
        Trend { runs: &runs, planned: None, theme: &theme }.render(buffer.area, &mut buffer);
        let column = |y: u16, symbol: &str| (6..60).find(|&x| buffer[(x, y)].symbol() == symbol);
        let mut points: Vec<u16> = (1..7).filter_map(|y| column(y, "●")).collect();
        points.sort_unstable();
        assert_eq!(points, [6, 24, 41, 59]);
        assert_eq!(["2", "7", "8"].map(|number| column(8, number)), [Some(6), Some(24), Some(41)]);
        assert_eq!((buffer[(58, 8)].symbol(), buffer[(59, 8)].symbol()), ("1", "2"));
    }

    #[test]
    fn the_way_of_the_runs_stands_on_the_theme_s_ground() {
        let theme = Theme::light();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 9));
        buffer.set_style(buffer.area, theme.stage());
        Trend { runs: &[(1, 60.0), (2, 90.0)], planned: Some(80.0), theme: &theme }
            .render(buffer.area, &mut buffer);
        assert!(buffer.content.iter().all(|cell| Some(cell.bg) == theme.stage().bg));
    }

    #[test]
    fn no_area_is_too_small() {
        let theme = Theme::terminal();
        for (columns, rows) in (0..12).flat_map(|columns| (0..6).map(move |rows| (columns, rows))) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
            let bars = [Bar { seconds: f64::MAX, planned: Some(f64::INFINITY) }];
            Bars { bars: &bars, theme: &theme }.render(Rect::new(1, 1, 40, 40), &mut buffer);
            let runs = [(1, 0.0), (usize::MAX, f64::MAX)];
            Trend { runs: &runs, planned: Some(60.0), theme: &theme }.render(buffer.area, &mut buffer);
        }
    }
}
