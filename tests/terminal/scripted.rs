//! Terminals that answer by themselves and keep account of the pictures that they show. Letters they leave to the
//! emulator; of what is right they know only what breaks a protocol.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

#[path = "scripted/kitty.rs"]
mod kitty;
#[path = "scripted/passing.rs"]
mod passing;

use std::mem;

use unicode_width::UnicodeWidthChar;
use vt100::Parser;

use kitty::Kitty;
use passing::{Drawn, Taken};

/// The pixels of a cell: not those that Lutrin assumes where it is told nothing.
pub(crate) const CELL: (u32, u32) = (9, 18);

/// Which terminal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It keeps pictures, and reads files of this machine.
    Kitty,
    /// It keeps pictures, and is on another machine.
    KittyAfar,
    /// It draws sixels.
    Sixel,
    /// It draws files, as iTerm2 does.
    Iterm2,
    /// It answers nothing.
    Mute,
}

/// A picture on the screen: the colour in its middle, and its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) color: [u8; 3],
    pub(crate) x: u16,
    pub(crate) y: u16,
    pub(crate) width: u16,
    pub(crate) height: u16,
}

/// A terminal with pictures, and its account of them.
pub(crate) struct Scripted {
    kind: Kind,
    unread: Vec<u8>,
    /// So much of what is unread was searched for the end of a sequence.
    searched: usize,
    kitty: Kitty,
    drawn: Vec<Drawn>,
    /// The bytes of all commands about pictures.
    pub(crate) graphics: usize,
    /// Pictures that came, whether to be kept or to be drawn: the bytes of each.
    pub(crate) sent: Vec<usize>,
    /// Frames that have begun.
    pub(crate) frames: usize,
    is_in_frame: bool,
    faults: Vec<String>,
}

impl Scripted {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            unread: Vec::new(),
            searched: 0,
            kitty: Kitty::new(kind == Kind::Kitty),
            drawn: Vec::new(),
            graphics: 0,
            sent: Vec::new(),
            frames: 0,
            is_in_frame: false,
            faults: Vec::new(),
        }
    }

    /// Returns the pictures that are up, from the top and the left; fails when the program has broken a protocol.
    pub(crate) fn pictures(&self) -> Vec<Shown> {
        assert!(self.faults.is_empty(), "{:?}", self.faults);
        let mut up = self.kitty.up();
        up.extend(self.drawn.iter().map(|drawn| drawn.shown));
        up.sort_by_key(|shown| (shown.y, shown.x));
        up
    }

    /// Returns their colours, where none has a hole.
    pub(crate) fn colors(&self) -> Vec<[u8; 3]> {
        let torn = self.drawn.iter().filter(|drawn| !drawn.is_whole()).map(|_| [1, 2, 3]);
        self.pictures().into_iter().map(|shown| shown.color).chain(torn).collect()
    }

    /// Returns how many pictures the terminal keeps, up or not.
    pub(crate) fn kept(&self) -> usize {
        self.kitty.kept()
    }

    /// Takes in what the program writes, and returns what the terminal answers.
    pub(crate) fn read(&mut self, bytes: &[u8], screen: &mut Parser) -> Vec<u8> {
        let mut all = mem::take(&mut self.unread);
        all.extend_from_slice(bytes);
        let mut answers = Vec::new();
        let mut start = 0;
        while let Some(length) = token(&all[start..], mem::take(&mut self.searched)) {
            answers.extend(self.take(&all[start..start + length], screen));
            start += length;
        }
        self.unread = all.split_off(start);
        self.searched = self.unread.len().saturating_sub(1);
        answers
    }

    fn take(&mut self, token: &[u8], screen: &mut Parser) -> Vec<u8> {
        match token {
            [0x1b, b'_', b'G', ..] => return self.command(token, screen),
            [0x1b, b'P', ..] => self.draw(passing::sixel(token), token.len(), screen),
            _ if token.starts_with(b"\x1b]1337;") => self.draw(passing::file(token), token.len(), screen),
            _ => {
                self.write(token, screen);
                return self.answer(token, screen);
            }
        }
        Vec::new()
    }

    /// A command of kitty's protocol.
    fn command(&mut self, token: &[u8], screen: &Parser) -> Vec<u8> {
        let knows = matches!(self.kind, Kind::Kitty | Kind::KittyAfar);
        let body = std::str::from_utf8(&token[3..token.len() - 2]).expect("commands are letters");
        if body.contains("a=q") {
            return if knows { self.kitty.answer(body) } else { Vec::new() };
        }
        self.graphics += token.len();
        if !knows {
            self.faults.push(format!("a terminal that knows no such commands got {body:.40}"));
            return Vec::new();
        }
        let (row, column) = screen.screen().cursor_position();
        match self.kitty.obey(body, (column, row)) {
            Ok(Some(bytes)) => self.sent.push(bytes),
            Ok(None) => {}
            Err(fault) => self.faults.push(format!("{fault}: {body:.80}")),
        }
        Vec::new()
    }

    /// A picture that is drawn where the cursor is, in place of what was there.
    fn draw(&mut self, taken: Result<Taken, String>, length: usize, screen: &Parser) {
        self.graphics += length;
        let taken = match taken {
            Ok(taken) if taken.kind == self.kind => taken,
            Ok(_) => return self.faults.push("a picture in another terminal's way".to_owned()),
            Err(fault) => return self.faults.push(fault),
        };
        self.sent.push(taken.bytes);
        let (row, column) = screen.screen().cursor_position();
        let drawn = Drawn::new(&taken, (column, row));
        let (rows, _) = screen.screen().size();
        if drawn.shown.y + drawn.shown.height >= rows.get() {
            self.faults.push(format!("{:?} reaches into the last row, and scrolls", drawn.shown));
        }
        if !self.is_in_frame {
            self.faults.push("a picture outside a frame".to_owned());
        }
        for older in &mut self.drawn {
            drawn.cells().for_each(|cell| older.wipe(cell));
        }
        self.drawn.retain(Drawn::is_there);
        self.drawn.push(drawn);
    }

    /// Letters and what is done to them; a cell that is written or erased has no picture any more.
    fn write(&mut self, token: &[u8], screen: &mut Parser) {
        let (row, column) = screen.screen().cursor_position();
        screen.process(token);
        match token {
            b"\x1b[?2026h" => (self.frames, self.is_in_frame) = (self.frames + 1, true),
            b"\x1b[?2026l" => self.is_in_frame = false,
            b"\x1b[?1049l" => {
                if !self.kitty.up().is_empty() {
                    self.faults.push("pictures are left up".to_owned());
                }
                self.drawn.clear();
            }
            _ => {}
        }
        if self.drawn.is_empty() {
            return;
        }
        let last = u16::MAX;
        let text = str::from_utf8(token).unwrap_or_default();
        let number = |text: &str| text.parse().unwrap_or(1);
        match (token, text.strip_prefix("\x1b[")) {
            ([0x1b, ..], Some("J")) => {
                self.wipe((column, row), (last, row));
                self.wipe((0, row + 1), (last, last));
            }
            ([0x1b, ..], Some("K")) => self.wipe((column, row), (last, row)),
            ([0x1b, ..], Some(body)) if body.ends_with('X') => {
                self.wipe((column, row), (column + number(&body[..body.len() - 1]) - 1, row));
            }
            ([0x1b, ..], _) => {}
            _ => {
                let width = text.chars().next().and_then(UnicodeWidthChar::width).unwrap_or(0) as u16;
                if width > 0 {
                    self.wipe((column, row), (column + width - 1, row));
                }
            }
        }
    }

    /// Wipes the cells between two corners.
    fn wipe(&mut self, from: (u16, u16), to: (u16, u16)) {
        for drawn in &mut self.drawn {
            let hit = |&(x, y): &(u16, u16)| (from.0..=to.0).contains(&x) && (from.1..=to.1).contains(&y);
            let cells: Vec<_> = drawn.cells().filter(hit).collect();
            for cell in cells {
                drawn.wipe(cell);
            }
        }
        self.drawn.retain(Drawn::is_there);
    }

    /// What is answered to questions that are not about kitty's pictures.
    fn answer(&self, token: &[u8], screen: &Parser) -> Vec<u8> {
        if self.kind == Kind::Mute {
            return Vec::new();
        }
        let (rows, columns) = screen.screen().size();
        let (width, height) = (u32::from(columns.get()) * CELL.0, u32::from(rows.get()) * CELL.1);
        let answer = match (token, self.kind) {
            (b"\x1b]11;?\x1b\\", _) => "\x1b]11;rgb:0000/0000/0000\x1b\\".to_owned(),
            (b"\x1b[14t", _) => format!("\x1b[4;{height};{width}t"),
            (b"\x1b[16t", _) => format!("\x1b[6;{};{}t", CELL.1, CELL.0),
            (b"\x1b[?2026$p", _) => "\x1b[?2026;2$y".to_owned(),
            (b"\x1b[>0q", Kind::Kitty | Kind::KittyAfar) => "\x1bP>|kitty(0.40.0)\x1b\\".to_owned(),
            (b"\x1b[>0q", Kind::Sixel) => "\x1bP>|XTerm(390)\x1b\\".to_owned(),
            (b"\x1b[>0q", Kind::Iterm2) => "\x1bP>|iTerm2 3.5.0\x1b\\".to_owned(),
            (b"\x1b[?1;1;0S", Kind::Sixel) => "\x1b[?1;0;256S".to_owned(),
            (b"\x1b[c", Kind::Sixel | Kind::Iterm2) => "\x1b[?62;4;22c".to_owned(),
            (b"\x1b[c", _) => "\x1b[?62;22c".to_owned(),
            _ => String::new(),
        };
        answer.into_bytes()
    }
}

/// Returns the length of the first letter or sequence, where its end has come; of a string, so many bytes were searched
/// before.
fn token(bytes: &[u8], searched: usize) -> Option<usize> {
    let strings_end = |end: &[u8]| {
        let from = searched.max(2);
        let place = bytes.get(from..)?.windows(end.len()).position(|window| window == end)?;
        Some(from + place + end.len())
    };
    match bytes {
        [] | [0x1b] => None,
        [0x1b, b'[', rest @ ..] => Some(rest.iter().position(|byte| (0x40..=0x7e).contains(byte))? + 3),
        [0x1b, b']', ..] => match (strings_end(b"\x07"), strings_end(b"\x1b\\")) {
            (Some(bell), Some(string)) => Some(bell.min(string)),
            (bell, string) => bell.or(string),
        },
        [0x1b, b'P' | b'_', ..] => strings_end(b"\x1b\\"),
        [0x1b, ..] => Some(2),
        [first, ..] => {
            let length = match first {
                0xf0.. => 4,
                0xe0.. => 3,
                0xc0.. => 2,
                _ => 1,
            };
            (bytes.len() >= length).then_some(length)
        }
    }
}
