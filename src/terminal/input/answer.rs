//! The terminal's answers to our queries. All other sequences are dropped.

use super::sequence::InputSequence;

/// An answer of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The colour of its background: red, green, blue.
    Background(u8, u8, u8),
    /// The colour of its letters: red, green, blue.
    Foreground(u8, u8, u8),
    /// What it is by the count of VT terminals; 4 among the attributes means sixel pictures.
    DeviceAttributes(Vec<u16>),
    /// A cell's width and height in pixels.
    CellPixels(u16, u16),
    /// The width and height in pixels of all cells together.
    TextAreaPixels(u16, u16),
    /// Its name and version.
    Version(String),
    /// Whether it supports synchronized updates.
    SyncOutput(bool),
    /// Whether it took the picture of this number, by kitty's protocol.
    Picture(u32, bool),
    /// Whether it has registers for the colours of sixel pictures.
    SixelRegisters(bool),
    /// The longest sides that a sixel picture may have, in pixels.
    SixelArea(u16, u16),
    /// The column and the row of its cursor, counted from 1.
    Cursor(u16, u16),
    /// It is well. Since answers come in order, it will answer nothing more that was asked before.
    Status,
}

pub(super) fn of_sequence(sequence: &InputSequence) -> Option<Answer> {
    let number = |field| u16::try_from(sequence.number(field)).unwrap_or(u16::MAX);
    match (sequence.mark, sequence.tail.as_slice(), sequence.last) {
        (b'?', b"", b'c') => Some(Answer::DeviceAttributes((0..sequence.fields()).map(number).collect())),
        // Set, not set, always set; else it does not know the mode or will never set it.
        (b'?', b"$", b'y') if number(0) == 2026 => Some(Answer::SyncOutput(matches!(number(1), 1..=3))),
        // The second number is zero for success; an answer that is cut short has none.
        (b'?', b"", b'S') if number(0) == 1 && sequence.fields() > 1 => {
            Some(Answer::SixelRegisters(number(1) == 0))
        }
        (b'?', b"", b'S') if number(0) == 2 && number(1) == 0 && sequence.fields() == 4 => {
            Some(Answer::SixelArea(number(2), number(3)))
        }
        (0, b"", b'R') if sequence.fields() == 2 => Some(Answer::Cursor(number(1), number(0))),
        (0, b"", b'n') if sequence.fields() == 1 && number(0) == 0 => Some(Answer::Status),
        (0, b"", b't') if number(0) == 4 => Some(Answer::TextAreaPixels(number(2), number(1))),
        (0, b"", b't') if number(0) == 6 => Some(Answer::CellPixels(number(2), number(1))),
        _ => None,
    }
}

/// Returns the answer in a string that was introduced by ESC and `kind`.
pub(super) fn of_text(kind: u8, text: &str) -> Option<Answer> {
    match kind {
        b']' => {
            let (number, value) = text.split_once(';')?;
            let (red, green, blue) = color(value)?;
            match number {
                "10" => Some(Answer::Foreground(red, green, blue)),
                "11" => Some(Answer::Background(red, green, blue)),
                _ => None,
            }
        }
        b'P' => {
            let name = text.strip_prefix(">|")?;
            Some(Answer::Version(name.chars().filter(|letter| !letter.is_control()).collect()))
        }
        b'_' => {
            let (keys, message) = text.strip_prefix('G')?.split_once(';')?;
            let number = keys.split(',').find_map(|key| key.strip_prefix("i="))?;
            Some(Answer::Picture(number.parse().ok()?, message == "OK"))
        }
        _ => None,
    }
}

/// Reads a colour as X11 writes it: `rgb:RRRR/GGGG/BBBB`, `rgba:…`, `#RRGGBB`, each part of one to four digits.
fn color(text: &str) -> Option<(u8, u8, u8)> {
    let parts: Vec<&str> = if let Some(digits) = text.strip_prefix('#') {
        let length = digits.len() / 3;
        (0..3).map(|part| digits.get(part * length..(part + 1) * length)).collect::<Option<_>>()?
    } else {
        text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?.split('/').collect()
    };
    match parts[..] {
        [red, green, blue] | [red, green, blue, _] => Some((part(red)?, part(green)?, part(blue)?)),
        _ => None,
    }
}

/// Scales one to four hexadecimal digits to 255.
fn part(digits: &str) -> Option<u8> {
    let most = match digits.len() {
        length @ 1..=4 => (1_u32 << (4 * length)) - 1,
        _ => return None,
    };
    let value = u32::from_str_radix(digits, 16).ok()?;
    u8::try_from((value * 255 + most / 2) / most).ok()
}
