//! The attributes of what is written next (SGR: colours and modifiers), and the shortest way to change them.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The modifiers that show on a blank.
pub(super) const SHOWN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// Each modifier, the number that sets it and the one that ends it, which ends its neighbour too.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// mlterm drops the colours of a sequence with more numbers than these.
const MOST_NUMBERS: usize = 10;

/// How the terminal writes: colours and modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SgrState {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl SgrState {
    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Returns this state, changed only in what shows on a blank.
    pub(super) fn for_blank(self, bg: Color) -> Self {
        Self { bg, modifier: self.modifier - SHOWN_ON_BLANKS, ..self }
    }

    /// Writes the sequence that changes the state `old`, or one that is not known, to this one; nothing when it is the
    /// same.
    pub(super) fn write_change_from(self, old: Option<Self>, bytes: &mut Vec<u8>) {
        // Most symbols have the attributes of the one before.
        if old == Some(self) {
            return;
        }
        let start = bytes.len();
        if let Some(old) = old {
            self.change(old, bytes);
        }
        let end = bytes.len();
        if old.is_some_and(|old| self.ends_nothing_of(old)) {
            return;
        }
        self.reset(bytes);
        if start < end && end - start <= bytes.len() - end {
            bytes.truncate(end);
        } else {
            bytes.drain(start..end);
        }
    }

    /// Whether an old state's change to this one is surely no longer than beginning afresh: it says nothing else.
    fn ends_nothing_of(self, old: Self) -> bool {
        let ends = |new, old| new == Color::Reset && old != Color::Reset;
        self.modifier.contains(old.modifier) && !ends(self.fg, old.fg) && !ends(self.bg, old.bg)
    }

    fn change(self, old: Self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b"\x1b[");
        self.push_changes(old, bytes);
        bytes.push(b'm');
    }

    fn reset(self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b"\x1b[");
        if self != Self::default() {
            bytes.push(b'0');
            self.push_changes(Self::default(), bytes);
        }
        bytes.push(b'm');
    }

    /// Pushes the numbers that lead from an old state to this one, with semicolons between them.
    fn push_changes(self, old: Self, numbers: &mut Vec<u8>) {
        let mut kept = old.modifier;
        for (modifier, _, end) in MODIFIERS {
            if kept.contains(modifier) && !self.modifier.contains(modifier) {
                push(numbers, &[end]);
                kept -= MODIFIERS.iter().filter(|other| other.2 == end).map(|other| other.0).collect();
            }
        }
        for (modifier, start, _) in MODIFIERS {
            if self.modifier.contains(modifier) && !kept.contains(modifier) {
                push(numbers, &[start]);
            }
        }
        if self.fg != old.fg {
            push_color(numbers, self.fg, 30);
        }
        if self.bg != old.bg {
            push_color(numbers, self.bg, 40);
        }
    }
}

/// Pushes numbers, each behind a semicolon but the first of a sequence. A half-block picture has thousands of them, so
/// they are written without the machinery of `format!`.
fn push(numbers: &mut Vec<u8>, new: &[u8]) {
    for &number in new {
        if numbers.last() != Some(&b'[') {
            numbers.push(b';');
        }
        let digits = [number / 100, number / 10 % 10, number % 10].map(|digit| b'0' + digit);
        let first = digits.iter().position(|&digit| digit > b'0').unwrap_or(2);
        numbers.extend_from_slice(&digits[first..]);
    }
}

fn numbers_of_sequence(bytes: &[u8]) -> usize {
    let own = bytes.iter().rev().take_while(|&&byte| byte != b'[');
    if bytes.last() == Some(&b'[') { 0 } else { 1 + own.filter(|&&byte| byte == b';').count() }
}

/// Pushes a colour's numbers, which start at 30 for letters and at 40 for what is behind them.
fn push_color(numbers: &mut Vec<u8>, color: Color, start: u8) {
    let light = start + 60;
    if matches!(color, Color::Rgb(..)) && numbers_of_sequence(numbers) + 5 > MOST_NUMBERS {
        numbers.extend_from_slice(b"m\x1b[");
    }
    match color {
        Color::Reset => push(numbers, &[start + 9]),
        Color::Rgb(red, green, blue) => push(numbers, &[start + 8, 2, red, green, blue]),
        Color::Indexed(index) => push(numbers, &[start + 8, 5, index]),
        Color::Black => push(numbers, &[start]),
        Color::Red => push(numbers, &[start + 1]),
        Color::Green => push(numbers, &[start + 2]),
        Color::Yellow => push(numbers, &[start + 3]),
        Color::Blue => push(numbers, &[start + 4]),
        Color::Magenta => push(numbers, &[start + 5]),
        Color::Cyan => push(numbers, &[start + 6]),
        Color::Gray => push(numbers, &[start + 7]),
        Color::DarkGray => push(numbers, &[light]),
        Color::LightRed => push(numbers, &[light + 1]),
        Color::LightGreen => push(numbers, &[light + 2]),
        Color::LightYellow => push(numbers, &[light + 3]),
        Color::LightBlue => push(numbers, &[light + 4]),
        Color::LightMagenta => push(numbers, &[light + 5]),
        Color::LightCyan => push(numbers, &[light + 6]),
        Color::White => push(numbers, &[light + 7]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn sgr(fg: Color, bg: Color, modifier: Modifier) -> SgrState {
        SgrState { fg, bg, modifier }
    }

    fn after(new: SgrState, old: Option<SgrState>) -> String {
        let mut bytes = b"before".to_vec();
        new.write_change_from(old, &mut bytes);
        String::from_utf8(bytes).unwrap().split_off("before".len())
    }

    const BOLD: Modifier = Modifier::BOLD;
    const DIM: Modifier = Modifier::DIM;
    const NONE: Modifier = Modifier::empty();

    #[rstest]
    #[case(SgrState::default(), SgrState::default(), "")]
    #[case(sgr(Color::Red, Color::Blue, BOLD), SgrState::default(), "\x1b[m")]
    #[case(SgrState::default(), sgr(Color::Red, Color::LightBlue, BOLD), "\x1b[1;31;104m")]
    #[case(sgr(Color::Red, Color::Blue, BOLD), sgr(Color::Red, Color::Blue, DIM), "\x1b[22;2m")]
    #[case(sgr(Color::Red, Color::Blue, BOLD | DIM), sgr(Color::Red, Color::Blue, DIM), "\x1b[22;2m")]
    #[case(sgr(Color::Red, Color::Indexed(17), BOLD), sgr(Color::Red, Color::Reset, NONE), "\x1b[0;31m")]
    #[case(sgr(Color::Red, Color::Red, NONE), sgr(Color::Rgb(1, 2, 3), Color::Red, NONE), "\x1b[38;2;1;2;3m")]
    fn the_shortest_change(#[case] old: SgrState, #[case] new: SgrState, #[case] expected: &str) {
        assert_eq!(after(new, Some(old)), expected);
    }

    #[test]
    fn an_unknown_pen_is_reset() {
        assert_eq!(after(sgr(Color::Red, Color::Reset, NONE), None), "\x1b[0;31m");
        assert_eq!(after(SgrState::default(), None), "\x1b[m");
    }
}
