//! The clock as large as a speaker can read it from a few steps away: the talk's time in big letters, its pace, the
//! time that the slide has taken.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::clock::{pace_role, pace_words};
use super::{Pane, Tone};
use crate::rehearsal::{ClockPhase, ClockReadout};
use crate::text::{LetterSize, big_letters, cells, shown_time};
use crate::theme::{Role, Theme};

/// The columns of a big letter, and its rows.
const LETTER: u16 = 4;
/// The rows of the smaller letters below the big ones.
const WORDS: u16 = 3;

/// A widget: the clock in a pane of its own.
pub struct BigClock<'a> {
    /// The state of the clock.
    pub face: &'a ClockReadout,
    /// The time of day at which the talk will be over, as it is shown; empty where that is not known.
    pub ends: &'a str,
    /// The time of day.
    pub wall: &'a str,
    /// Whether the terminal's font has no more than the letters and blocks of a console.
    pub basic_glyphs: bool,
    /// The colours.
    pub theme: &'a Theme,
}

impl BigClock<'_> {
    /// The columns of its pane: those of a talk of many hours.
    pub const COLUMNS: u16 = 8 * LETTER + 4;
    /// The fewest rows of its pane.
    pub const ROWS: u16 = LETTER + WORDS + Pane::FRAME;
}

impl Widget for &BigClock<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let tone = Tone::Words;
        Pane { title: "clock", aside: self.wall, foot: "", tone, theme: self.theme }.render(area, buffer);
        let inner = Pane::inner(area.intersection(buffer.area));
        let blank = inner.height.saturating_sub(LETTER + WORDS);
        let big = Rect { y: inner.y + blank / 2, height: LETTER.min(inner.height), ..inner };
        self.paint_time(big, buffer);
        let below = Rect { y: big.bottom(), height: inner.bottom().saturating_sub(big.bottom()), ..inner };
        for (line, row) in self.words().into_iter().zip(below.rows()) {
            line.centered().render(row, buffer);
        }
    }
}

impl BigClock<'_> {
    /// Paints the time of the talk, or how long it is until it begins.
    fn paint_time(&self, area: Rect, buffer: &mut Buffer) {
        let time = match (self.face.phase, self.face.starts_in) {
            (ClockPhase::Armed, Some(seconds)) => Duration::from_secs(seconds.unsigned_abs()),
            _ => self.face.talk.0,
        };
        let style = self.theme.style(Role::OverlayTitle);
        let time = shown_time(time);
        let columns = cells(time.len()).saturating_mul(LETTER);
        if self.basic_glyphs || columns > area.width {
            let row = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
            return Line::styled(time, style).centered().render(row, buffer);
        }
        let place = Rect { x: area.x + (area.width - columns) / 2, width: columns, ..area };
        for (line, row) in big_letters(&time, LetterSize::Quadrant).into_iter().zip(place.rows()) {
            Line::styled(line, style).render(row, buffer);
        }
    }

    /// Returns the words below: the talk's length and end, its pace, and the time of the slide.
    fn words(&self) -> [Line<'static>; WORDS as usize] {
        let ClockReadout { phase, slide, talk, pace, starts_in, .. } = self.face;
        let plain = self.theme.style(Role::Overlay);
        let styled = |words: String| Line::styled(words, plain);
        let until = if self.ends.is_empty() { String::new() } else { format!(" · until {}", self.ends) };
        let of = talk.1.map(|total| format!("of {}", shown_time(total))).unwrap_or_default();
        let state = match (phase, starts_in) {
            (ClockPhase::Armed, Some(0..)) => styled("until it begins".to_owned()),
            (ClockPhase::Armed, Some(_)) => styled("late".to_owned()),
            (ClockPhase::Armed, None) => styled("not started".to_owned()),
            (ClockPhase::Paused, _) => self.resting("paused"),
            (ClockPhase::Question, _) => self.resting("question"),
            (ClockPhase::Ended, _) => styled("over".to_owned()),
            (ClockPhase::Running, _) => {
                let on = super::notes::theme(self.theme);
                let span = |pace| Span::styled(pace_words(pace, true), on.style(pace_role(pace)));
                pace.map(span).map(Line::from).unwrap_or_default()
            }
        };
        let planned = slide.1.map(|planned| format!(" of {}", shown_time(planned))).unwrap_or_default();
        let here = match phase {
            ClockPhase::Armed => Line::default(),
            _ => styled(format!("this slide {}{planned}", shown_time(slide.0))),
        };
        [styled(format!("{of}{until}").trim_start_matches(" · ").to_owned()), state, here]
    }

    fn resting(&self, word: &str) -> Line<'static> {
        let style = super::notes::theme(self.theme).style(Role::Warning);
        Line::styled(format!("{word} {}", shown_time(self.face.rest)), style)
    }
}

#[cfg(test)]
mod tests {
    use super::super::clock::tests::{face, time};
    use super::*;

    fn rows(face: &ClockReadout, area: Rect, basic_glyphs: bool) -> Vec<String> {
        let theme = Theme::dark();
        let mut buffer = Buffer::empty(area);
        BigClock { face, ends: "18:34", wall: "17:52", basic_glyphs, theme: &theme }
            .render(area, &mut buffer);
        let glyph = |x, y| buffer[(x, y)].symbol().to_owned();
        (area.top()..area.bottom())
            .map(|y| (area.left()..area.right()).map(|x| glyph(x, y)).collect())
            .collect()
    }

    #[test]
    fn the_time_is_big_and_the_rest_below_it() {
        let rows = rows(&face(), Rect::new(0, 0, BigClock::COLUMNS, BigClock::ROWS), false);
        let expected = [
            "╭ clock ──────────────────── 17:52 ╮",
            "│       ▗█  ▟▀▙  ▄  ▗█  ▟▀▜▖       │",
            "│        █  ▜▄▛  ▀   █  █▗█▌       │",
            "│        █  █ █  ▄   █  █▛▐▌       │",
            "│       ▀▀▀ ▝▀▘  ▀  ▀▀▀ ▝▀▀        │",
            "│      of 60:00 · until 18:34      │",
            "│           behind 1:35            │",
            "│     this slide 0:42 of 1:30      │",
            "╰──────────────────────────────────╯",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn what_the_clock_does_is_said() {
        let area = Rect::new(0, 0, BigClock::COLUMNS, 11);
        let says = |face: &ClockReadout, words: &str| {
            let rows = rows(face, area, true);
            assert!(rows.iter().any(|row| row.contains(words)), "{words}: {rows:#?}");
        };
        says(&face(), " 18:10 ");
        says(&ClockReadout { phase: ClockPhase::Paused, ..face() }, " paused 0:35 ");
        says(&ClockReadout { phase: ClockPhase::Question, ..face() }, " question 0:35 ");
        says(&ClockReadout { phase: ClockPhase::Ended, ..face() }, " over ");
        says(&ClockReadout { phase: ClockPhase::Armed, ..face() }, " not started ");
        let soon = ClockReadout { phase: ClockPhase::Armed, starts_in: Some(250), ..face() };
        says(&soon, " 4:10 ");
        says(&soon, " until it begins ");
        says(&ClockReadout { starts_in: Some(-7), ..soon }, " late ");
    }

    #[test]
    fn no_place_is_too_small() {
        for (width, height) in [(0, 0), (1, 1), (2, 9), (36, 3), (12, 20)] {
            let long = ClockReadout { talk: (time(359_999), None), ..face() };
            assert_eq!(rows(&long, Rect::new(0, 0, width, height), false).len(), usize::from(height));
        }
    }
}
