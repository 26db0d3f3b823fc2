//! The one row of chrome: the slide's number, the talk's title, the progress.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::text::{cells, rounded, truncate, width};
use crate::theme::{Role, Theme};

/// The progress line is at least this long, or it is left out.
const SHORTEST_LINE: usize = 6;

/// A widget of one row.
pub struct Status<'a> {
    /// The slide's number, as it is shown; empty where the author wants none.
    pub number: &'a str,
    /// The shorter number, for a row without room for that one.
    pub short_number: &'a str,
    /// How many slides have come, and how many there are; none where the author wants no line of progress.
    pub progress: Option<(usize, usize)>,
    /// The talk's title.
    pub title: &'a str,
    /// What is being typed, or a message, instead of the title.
    pub message: Option<&'a str>,
    /// How far a tall slide is scrolled, in hundredths.
    pub scrolled: Option<u8>,
    /// A quiet clock, where one is wanted.
    pub clock: Option<QuietClock>,
    /// The colours.
    pub theme: &'a Theme,
}

/// A clock that the audience hardly notices.
#[derive(Debug, Clone, PartialEq)]
pub enum QuietClock {
    /// How much of the talk's time is over, from 0: a mark on the line of progress.
    Mark(f64),
    /// How long the talk has taken, where it has no time to be held against.
    Elapsed(String),
}

impl Widget for &Status<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = Rect { height: area.height.min(1), ..area.intersection(buffer.area) };
        if area.is_empty() {
            return;
        }
        buffer.set_style(area, self.theme.stage());
        let room = usize::from(area.width);
        let number = if self.number.is_empty() { String::new() } else { format!(" {} ", self.number) };
        let number = if width(&number) > room { self.short_number.to_owned() } else { number };
        let elapsed = match &self.clock {
            Some(QuietClock::Elapsed(time)) if room > 2 * width(&number) + 30 => format!(" {time}"),
            _ => String::new(),
        };
        let words = self.words(room.saturating_sub(width(&number)));
        buffer.set_string(area.x, area.y, &words, self.theme.style(self.words_role()));
        let line_start = width(&words);
        let end = width(&number) + width(&elapsed);
        let line = room.saturating_sub(line_start + end + 1);
        self.paint_line(Rect { x: area.x + cells(line_start), width: cells(line), ..area }, buffer);
        buffer.set_string(
            area.x + cells(room - end.min(room)),
            area.y,
            &elapsed,
            self.theme.style(Role::Chrome),
        );
        let number_x = area.x + cells(room - width(&number).min(room));
        buffer.set_string(number_x, area.y, &number, self.theme.style(Role::ChromeNumber));
    }
}

impl Status<'_> {
    fn words_role(&self) -> Role {
        if self.message.is_some() { Role::ChromeNumber } else { Role::Chrome }
    }

    /// Returns the words at the left: at most half the row, so that the progress line keeps its own.
    fn words(&self, room: usize) -> String {
        let scrolled = self.scrolled.map(|hundredths| format!(" {hundredths} % ")).unwrap_or_default();
        let limit = if self.message.is_some() { room } else { room / 2 };
        let text = truncate(self.message.unwrap_or(self.title), limit.saturating_sub(2 + width(&scrolled)));
        match (text.is_empty(), scrolled.is_empty()) {
            (true, _) => scrolled,
            (false, true) => format!(" {text} "),
            (false, false) => format!(" {text} ·{scrolled}"),
        }
    }

    fn paint_line(&self, area: Rect, buffer: &mut Buffer) {
        let (x, y, room) = (area.x, area.y, usize::from(area.width));
        let Some((number, count)) = self.progress.filter(|_| room >= SHORTEST_LINE) else { return };
        let done = (room * number).div_ceil(count.max(1)).min(room);
        buffer.set_string(x, y, "━".repeat(done), self.theme.style(Role::ProgressDone));
        buffer.set_string(x + cells(done), y, "─".repeat(room - done), self.theme.style(Role::ProgressLeft));
        if let Some(QuietClock::Mark(time)) = self.clock {
            let cell = rounded((f64::from(area.width) * time).floor()).min(area.width - 1);
            buffer.set_string(x + cell, y, "╋", self.theme.style(Role::ChromeNumber));
        }
    }
}
