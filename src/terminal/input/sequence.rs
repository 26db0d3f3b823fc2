//! One complete escape sequence and the key it stands for, in the dialects of xterm, rxvt, kitty and the console.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A sequence taken apart: `ESC [ ? 1:2 ; 3 $ y` has the mark `?`, the fields `[1, 2]` and `[3]`, the tail `$` and the
/// last byte `y`.
#[derive(Debug)]
pub(super) struct InputSequence {
    introducer: u8,
    /// The private mark, or zero.
    pub(super) mark: u8,
    fields: Vec<Vec<u32>>,
    /// What stands between the fields and the last byte.
    pub(super) tail: Vec<u8>,
    /// The byte that decides its meaning.
    pub(super) last: u8,
}

impl InputSequence {
    pub(super) fn read(introducer: u8, parameters: &[u8], last: u8) -> Self {
        let (mark, rest) = match parameters {
            [mark @ b'<'..=b'?', rest @ ..] => (*mark, rest),
            rest => (0, rest),
        };
        let end = rest.iter().position(|byte| !matches!(byte, b'0'..=b';')).unwrap_or(rest.len());
        let (fields, tail) = rest.split_at(end);
        let number = |digits: &[u8]| {
            digits.iter().fold(0_u32, |sum, digit| {
                sum.saturating_mul(10).saturating_add(u32::from(digit.wrapping_sub(b'0')))
            })
        };
        let field = |field: &[u8]| field.split(|&byte| byte == b':').map(number).collect();
        let fields = fields.split(|&byte| byte == b';').map(field).collect();
        Self { introducer, mark, fields, tail: tail.to_vec(), last }
    }

    /// Returns a field's first number; what is missing is zero.
    pub(super) fn number(&self, field: usize) -> u32 {
        self.part(field, 0)
    }

    fn part(&self, field: usize, part: usize) -> u32 {
        self.fields.get(field).and_then(|parts| parts.get(part)).copied().unwrap_or(0)
    }

    pub(super) fn fields(&self) -> usize {
        self.fields.len()
    }

    pub(super) fn begins_paste(&self) -> bool {
        self.last == b'~' && self.number(0) == 200
    }

    pub(super) fn ends_paste(&self) -> bool {
        self.last == b'~' && self.number(0) == 201
    }

    /// Returns whether the terminal got the focus, or lost it, where the sequence is such a report.
    pub(super) fn focus(&self) -> Option<bool> {
        let is_bare = self.introducer == b'[' && self.mark == 0 && self.tail.is_empty();
        match self.last {
            b'I' if is_bare && self.is_empty() => Some(true),
            b'O' if is_bare && self.is_empty() => Some(false),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.fields.len() == 1 && self.number(0) == 0
    }

    /// Returns the key; nothing for an answer, a key's release, or an unknown sequence.
    pub(super) fn key(&self) -> Option<KeyEvent> {
        const RELEASED: u32 = 3;
        if self.mark != 0 || self.part(1, 1) == RELEASED {
            return None;
        }
        let (code, modifiers) = match (self.introducer, self.tail.as_slice()) {
            (b'[', b"[") => (console_key(self.last)?, KeyModifiers::NONE),
            (b'O', b"") => self.application_key()?,
            (b'[', b"") => self.control_key()?,
            _ => return None,
        };
        Some(KeyEvent::new(code, modifiers))
    }

    fn control_key(&self) -> Option<(KeyCode, KeyModifiers)> {
        let numbered = || numbered_key(self.number(0));
        Some(match self.last {
            b'~' if self.number(0) == 27 => {
                let modifiers = modifiers(self.number(1));
                (unicode_key(self.number(2), 0, modifiers)?, modifiers)
            }
            b'u' => {
                let modifiers = modifiers(self.number(1));
                (unicode_key(self.number(0), self.part(0, 1), modifiers)?, modifiers)
            }
            b'~' => (numbered()?, modifiers(self.number(1))),
            b'^' => (numbered()?, KeyModifiers::CONTROL),
            b'$' => (numbered()?, KeyModifiers::SHIFT),
            b'@' => (numbered()?, KeyModifiers::CONTROL | KeyModifiers::SHIFT),
            b'a'..=b'd' => (lettered_key(self.last.to_ascii_uppercase())?, KeyModifiers::SHIFT),
            b'Z' => (KeyCode::BackTab, KeyModifiers::SHIFT),
            // With numbers it is the place of the cursor.
            b'R' if self.fields() > 1 => return None,
            last => (lettered_key(last)?, self.lettered_modifiers()),
        })
    }

    fn application_key(&self) -> Option<(KeyCode, KeyModifiers)> {
        let code = match self.last {
            b'M' => KeyCode::Enter,
            b'I' => KeyCode::Tab,
            b'X' => KeyCode::Char('='),
            b'j'..=b'y' => KeyCode::Char(char::from(self.last - 0x40)),
            b'a'..=b'd' => {
                return Some((lettered_key(self.last.to_ascii_uppercase())?, KeyModifiers::CONTROL));
            }
            last => return Some((lettered_key(last)?, self.lettered_modifiers())),
        };
        Some((code, KeyModifiers::NONE))
    }

    /// Modifiers stand in the second field, in old xterms in the only one.
    fn lettered_modifiers(&self) -> KeyModifiers {
        modifiers(self.number(usize::from(self.fields() > 1)))
    }
}

fn modifiers(number: u32) -> KeyModifiers {
    const MEANINGS: [KeyModifiers; 6] = [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ];
    let bits = number.saturating_sub(1);
    MEANINGS.into_iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, key)| key).collect()
}

fn lettered_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'E' => KeyCode::KeypadBegin,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

fn console_key(last: u8) -> Option<KeyCode> {
    matches!(last, b'A'..=b'E').then(|| KeyCode::F(last - b'A' + 1))
}

fn numbered_key(number: u32) -> Option<KeyCode> {
    let number = u8::try_from(number).ok()?;
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The numbers of function keys have gaps where the VT220 had other keys.
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=26 => KeyCode::F(number - 12),
        28 | 29 => KeyCode::F(number - 13),
        31..=34 => KeyCode::F(number - 14),
        _ => return None,
    })
}

/// A key by its character, as kitty names it; `shifted` is the character with Shift, or zero.
fn unicode_key(code: u32, shifted: u32, modifiers: KeyModifiers) -> Option<KeyCode> {
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    Some(match code {
        9 if shift => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        57344..=63743 => keypad_key(code)?,
        _ => {
            let letter = char::from_u32(code).filter(|letter| !letter.is_control())?;
            let shifted = char::from_u32(shifted).filter(|shifted| !shifted.is_control());
            KeyCode::Char(if shift { shifted.unwrap_or(letter.to_ascii_uppercase()) } else { letter })
        }
    })
}

fn keypad_key(code: u32) -> Option<KeyCode> {
    const SIGNS: &[u8; 15] = b"0123456789./*-+";
    const MOVES: [KeyCode; 11] = [
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
        KeyCode::KeypadBegin,
    ];
    match code {
        57399..=57413 => Some(KeyCode::Char(char::from(SIGNS[(code - 57399) as usize]))),
        57415 => Some(KeyCode::Char('=')),
        57417..=57427 => Some(MOVES[(code - 57417) as usize]),
        _ => None,
    }
}
