//! The clock in the row below the slide: its numbers, its pace in words, and two bars on one line.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::rehearsal::{ClockPhase, ClockReadout, Pace};
use crate::text::{self, cells, rounded, shown_time, truncate};
use crate::theme::{Role, Theme};

/// The bars are at least this long, or they are left out.
const SHORTEST_BARS: usize = 8;
/// The names of the numbers leave the bars at least this many cells.
const NAMED_BARS: usize = 24;
/// A message that has this many cells may lose its end.
const LONGEST_CUT: usize = 20;
/// Between two parts of the line.
const GAP: usize = 2;
/// At the most they are this long: longer ones show no more, and the numbers would be far apart.
const LONGEST_BARS: usize = 60;

/// A widget of one row.
pub struct ClockLine<'a> {
    /// The state of the clock.
    pub face: &'a ClockReadout,
    /// The time of day at which the talk will be over, as it is shown; empty where that is not known.
    pub ends: &'a str,
    /// The slide's number, as it is shown; empty where the author wants none.
    pub number: &'a str,
    /// What is being typed, or a message, instead of the bars.
    pub message: Option<&'a str>,
    /// The colours.
    pub theme: &'a Theme,
    /// Whether the terminal shows any.
    pub is_colored: bool,
}

impl Widget for &ClockLine<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = Rect { height: area.height.min(1), ..area.intersection(buffer.area) };
        if area.is_empty() {
            return;
        }
        buffer.set_style(area, self.theme.stage());
        let room = usize::from(area.width);
        let number = if self.number.is_empty() { String::new() } else { format!(" {} ", self.number) };
        let number = Line::styled(number, self.theme.style(Role::ChromeNumber));
        let least = joined(&self.numbers(0)).width();
        let number = if least + number.width() > room { Line::default() } else { number };
        let room = room - number.width();
        let parts = self.parts(room);
        let numbers = joined(&parts);
        let left = room.saturating_sub(numbers.width() + GAP);
        // A message is not cut for numbers that are always there; only a little of its end may go.
        let is_cut = |message: &&str| left < text::width(message).min(LONGEST_CUT);
        if let Some(message) = self.message.filter(is_cut) {
            let style = self.theme.style(Role::ChromeNumber);
            let words = truncate(message, room.saturating_sub(2));
            buffer.set_stringn(area.x + 1, area.y, words, room.saturating_sub(1), style);
            let x = area.right() - cells(number.width());
            buffer.set_line(x, area.y, &number, cells(number.width()));
            return;
        }
        buffer.set_line(area.x, area.y, &numbers, cells(room));
        let x = area.x + cells((numbers.width() + GAP).min(room));
        match self.message {
            Some(message) => {
                let style = self.theme.style(Role::ChromeNumber);
                buffer.set_stringn(x, area.y, truncate(message, left.saturating_sub(1)), left, style);
            }
            None if left >= SHORTEST_BARS && self.face.phase != ClockPhase::Armed => {
                let bars = left.min(LONGEST_BARS);
                self.paint_bars(Rect { x, width: cells(bars), ..area }, buffer);
            }
            None => {}
        }
        let x = area.right() - cells(number.width());
        buffer.set_line(x, area.y, &number, cells(number.width()));
    }
}

impl ClockLine<'_> {
    /// Returns the numbers that have room: first what they are is no longer said, then the talk's end goes, then the
    /// words of the pace, then what is planned.
    fn parts(&self, room: usize) -> Vec<Span<'static>> {
        let sized = [4, 3, 2, 1].map(|detail| self.numbers(detail));
        let width = |parts: &&Vec<Span<'static>>| joined(parts).width();
        // A message has to be read to its end, but not at the cost of the pace.
        if let Some(message) = self.message {
            let fits = |parts: &&Vec<Span<'static>>| width(parts) + GAP + text::width(message) < room;
            let shortest = || sized.last().filter(|parts| width(parts) <= room);
            return sized.iter().find(fits).or_else(shortest).cloned().unwrap_or_else(|| self.numbers(0));
        }
        let named = sized.first().filter(|parts| width(parts) + NAMED_BARS <= room);
        let bare = || sized.iter().skip(1).find(|parts| width(parts) <= room);
        named.or_else(bare).cloned().unwrap_or_else(|| self.numbers(0))
    }

    /// Returns slide, talk, pace and end: at 4 with their names, at 3 with the end, at 2 with the pace in words, at 1
    /// with what is planned.
    fn numbers(&self, detail: u8) -> Vec<Span<'static>> {
        let face = self.face;
        let name = |name: &str, time: String| if detail > 3 { format!("{name} {time}") } else { time };
        let slide = match (face.phase, face.starts_in) {
            (ClockPhase::Armed, Some(seconds)) => self.span(start(seconds), Role::ChromeNumber),
            (ClockPhase::Armed, None) => self.span("not started".to_owned(), Role::ChromeNumber),
            _ => self.span(name("slide", against(face.slide, detail > 0)), Role::Chrome),
        };
        let talk = against(face.talk, detail > 0 || face.phase == ClockPhase::Armed);
        let mut parts = vec![slide, self.span(name("talk", talk), Role::ChromeNumber)];
        parts.extend(self.state(detail > 1));
        if detail > 2 && !self.ends.is_empty() {
            parts.push(self.span(format!("→ {}", self.ends), Role::Chrome));
        }
        parts
    }

    /// Returns the talk's pace, or why the clock is stopped.
    fn state(&self, words: bool) -> Option<Span<'static>> {
        let rest = shown_time(self.face.rest);
        let resting =
            |word: &str, sign: &str| if words { format!("{word} {rest}") } else { format!("{sign}{rest}") };
        Some(match self.face.phase {
            ClockPhase::Armed => return None,
            ClockPhase::Paused => self.span(resting("paused", "‖ "), Role::Warning),
            ClockPhase::Question => self.span(resting("question", "? "), Role::Warning),
            ClockPhase::Ended => self.span("over".to_owned(), Role::ChromeNumber),
            ClockPhase::Running => {
                let pace = self.face.pace?;
                self.span(pace_words(pace, words), pace_role(pace))
            }
        })
    }

    fn span(&self, words: String, role: Role) -> Span<'static> {
        Span::styled(words, self.theme.style(role))
    }

    /// Paints how far the slides are in the upper half of the cells, and how far the time is in the lower.
    fn paint_bars(&self, area: Rect, buffer: &mut Buffer) {
        let filled = |part: f64| rounded(part.clamp(0.0, 1.0) * f64::from(area.width));
        let slides = filled(self.face.slides);
        let time = self.face.time.map_or(0, filled);
        let (upper, lower) = (self.theme.style(Role::ProgressDone), self.theme.style(self.time_role()));
        for cell in 0..area.width {
            let (glyph, style) = match (cell < slides, cell < time) {
                // Without colours, both halves are one.
                (true, true) if !self.is_colored => ("█", upper),
                (true, true) => ("▀", upper.bg(lower.fg.unwrap_or_default())),
                (true, false) => ("▀", upper),
                (false, true) => ("▄", lower),
                (false, false) => ("─", self.theme.style(Role::ProgressLeft)),
            };
            buffer.set_string(area.x + cell, area.y, glyph, style);
        }
    }

    fn time_role(&self) -> Role {
        self.face.pace.map_or(Role::Chrome, pace_role)
    }
}

/// Returns what a pace is called, or only its sign and time.
pub fn pace_words(pace: Pace, words: bool) -> String {
    match (pace, words) {
        (Pace::Ahead(time), true) => format!("ahead {}", shown_time(time)),
        (Pace::Ahead(time), false) => format!("+{}", shown_time(time)),
        (Pace::OnTime, true) => "on time".to_owned(),
        (Pace::OnTime, false) => "±0".to_owned(),
        (Pace::Behind(time), true) => format!("behind {}", shown_time(time)),
        (Pace::Behind(time), false) => format!("−{}", shown_time(time)),
    }
}

/// Returns the role of its words.
pub(super) fn pace_role(pace: Pace) -> Role {
    match pace {
        Pace::Ahead(_) => Role::PaceAhead,
        Pace::OnTime => Role::PaceOnTime,
        Pace::Behind(_) => Role::PaceBehind,
    }
}

/// Returns when the talk begins.
fn start(seconds: i64) -> String {
    let time = shown_time(Duration::from_secs(seconds.unsigned_abs()));
    if seconds < 0 { format!("late {time}") } else { format!("starts in {time}") }
}

fn against((taken, planned): (Duration, Option<Duration>), shows_plan: bool) -> String {
    match planned.filter(|_| shows_plan) {
        Some(planned) => format!("{}/{}", shown_time(taken), shown_time(planned)),
        None => shown_time(taken),
    }
}

fn joined(parts: &[Span<'static>]) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for (nth, part) in parts.iter().enumerate() {
        if nth > 0 {
            spans.push(Span::raw("  "));
        }
        spans.push(part.clone());
    }
    Line::from(spans)
}

#[cfg(test)]
pub(super) mod tests {
    use rstest::rstest;

    use super::*;

    pub(in crate::paint) fn time(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// A talk that is behind its plan.
    pub(in crate::paint) fn face() -> ClockReadout {
        ClockReadout {
            phase: ClockPhase::Running,
            slide: (time(42), Some(time(90))),
            talk: (time(1090), Some(time(3600))),
            pace: Some(Pace::Behind(time(95))),
            ends: None,
            slides: 0.25,
            time: Some(0.5),
            rest: time(35),
            starts_in: None,
        }
    }

    fn row(face: &ClockReadout, columns: u16, message: Option<&str>) -> String {
        let theme = Theme::dark();
        let area = Rect::new(0, 0, columns, 1);
        let mut buffer = Buffer::empty(area);
        ClockLine { face, ends: "18:34", number: "12/32", message, theme: &theme, is_colored: true }
            .render(area, &mut buffer);
        buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[rstest]
    #[case(
        98,
        " slide 0:42/1:30  talk 18:10/60:00  behind 1:35  → 18:34  ▀▀▀▀▀▀▀▀▄▄▄▄▄▄▄▄▄──────────────── 12/32 "
    )]
    #[case(80, " 0:42/1:30  18:10/60:00  behind 1:35  → 18:34  ▀▀▀▀▀▀▀▄▄▄▄▄▄───────────── 12/32 ")]
    #[case(60, " 0:42/1:30  18:10/60:00  behind 1:35  → 18:34         12/32 ")]
    #[case(50, " 0:42/1:30  18:10/60:00  behind 1:35        12/32 ")]
    #[case(40, " 0:42/1:30  18:10/60:00  −1:35    12/32 ")]
    #[case(30, " 0:42  18:10  −1:35     12/32 ")]
    #[case(20, " 0:42  18:10  −1:35 ")]
    fn it_shortens_sensibly(#[case] columns: u16, #[case] expected: &str) {
        assert_eq!(row(&face(), columns, None), expected);
    }

    #[test]
    fn without_colours_shapes_tell_who_is_ahead() {
        let theme = Theme::dark();
        let bars = |slides: f64, time: f64| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
            let face = ClockReadout { slides, time: Some(time), ..face() };
            let line = ClockLine {
                face: &face,
                ends: "",
                number: "",
                message: None,
                theme: &theme,
                is_colored: false,
            };
            line.paint_bars(Rect::new(0, 0, 8, 1), &mut buffer);
            buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect::<String>()
        };
        assert_eq!(bars(0.5, 0.25), "██▀▀────");
        assert_eq!(bars(0.25, 0.5), "██▄▄────");
        assert_eq!(bars(0.5, 0.5), "████────");
    }

    #[test]
    fn why_it_rests_is_said() {
        let paused = ClockReadout { phase: ClockPhase::Paused, ..face() };
        assert!(row(&paused, 80, None).contains("  paused 0:35  "));
        assert!(row(&paused, 40, None).contains("  ‖ 0:35 "));
        let question = ClockReadout { phase: ClockPhase::Question, pace: None, ..face() };
        assert!(row(&question, 80, None).contains("  question 0:35  "));
    }

    #[test]
    fn before_the_start_it_says_when_that_is() {
        let armed = ClockReadout { phase: ClockPhase::Armed, pace: None, starts_in: None, ..face() };
        assert!(
            row(&armed, 80, Some("press a key"))
                .contains(" not started  talk 18:10/60:00  → 18:34  press a key")
        );
        let soon = ClockReadout { starts_in: Some(250), ..armed.clone() };
        assert!(row(&soon, 80, None).starts_with(" starts in 4:10  "));
        let late = ClockReadout { starts_in: Some(-30), ..armed };
        assert!(row(&late, 80, None).starts_with(" late 0:30  "));
    }

    #[test]
    fn a_message_takes_the_place_of_the_bars() {
        let row = row(&face(), 80, Some("on schedule from here"));
        assert!(row.contains("on schedule from here") && !row.contains('▀'), "{row}");
    }

    #[rstest]
    #[case(100, "on schedule from here", "  → 18:34  ")]
    #[case(80, "this slide again, from 0:00", "  behind 1:35  ")]
    #[case(80, "this run is not recorded: disk is full", "  −1:35  ")]
    fn a_message_is_shown_to_its_end(#[case] columns: u16, #[case] message: &str, #[case] beside: &str) {
        let row = row(&face(), columns, Some(message));
        assert!(row.contains(&format!("{beside}{message}")), "{row}");
    }

    #[test]
    fn a_message_is_read_in_a_narrow_row_too() {
        assert_eq!(row(&face(), 40, Some("go to 3▏")).trim_end(), " go to 3▏                         12/32");
        assert_eq!(row(&face(), 24, Some("this slide again: its time")), " this slide again: its… ");
    }

    #[test]
    fn pace_has_words_and_signs() {
        assert_eq!(pace_words(Pace::Ahead(time(70)), true), "ahead 1:10");
        assert_eq!(pace_words(Pace::Ahead(time(70)), false), "+1:10");
        assert_eq!(pace_words(Pace::OnTime, true), "on time");
    }
}
