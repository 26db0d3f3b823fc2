//! What has come from the program, as letters on a screen and as bytes. Nobody waits here.

use vt100::{Cell, Color, Parser};

use crate::scripted::Scripted;

/// What has come from the program so far.
pub(crate) struct Seen {
    screen: Parser,
    scripted: Option<Scripted>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) attention: Attention,
    pub(crate) ended: bool,
    /// How many bytes had come when the window last changed.
    resized: usize,
}

/// What the terminal does about the bytes that come.
#[derive(PartialEq)]
pub(crate) enum Attention {
    Reads,
    /// It reads nothing, as when a speaker holds a window's scrollbar.
    LooksAway,
    /// It is closed.
    HangsUp,
}

impl Seen {
    /// A screen of so many columns and rows, on which nothing is.
    pub(crate) fn new((columns, rows): (u16, u16), scripted: Option<Scripted>) -> Self {
        Self {
            screen: Parser::new(rows.try_into().expect("rows"), columns.try_into().expect("columns"), 0),
            scripted,
            bytes: Vec::new(),
            attention: Attention::Reads,
            ended: false,
            resized: 0,
        }
    }

    /// Takes in what the program has written, and returns what the terminal answers.
    pub(crate) fn take_in(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.bytes.extend_from_slice(bytes);
        if let Some(scripted) = &mut self.scripted {
            return scripted.read(bytes, &mut self.screen);
        }
        self.screen.process(bytes);
        Vec::new()
    }

    /// Takes another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.screen
            .screen_mut()
            .set_size(rows.try_into().expect("rows"), columns.try_into().expect("columns"));
        self.resized = self.bytes.len();
    }

    /// Returns the letters on the screen.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Tells whether `word` stands on the screen, with blanks around it.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.text().split_whitespace().any(|one| one == word)
    }

    /// Returns a cell of the screen.
    pub(crate) fn cell(&self, column: u16, row: u16) -> &Cell {
        self.screen.screen().cell(row, column).expect("it is on the screen")
    }

    /// Returns the columns and rows of the screen.
    pub(crate) fn size(&self) -> (u16, u16) {
        let (rows, columns) = self.screen.screen().size();
        (columns.get(), rows.get())
    }

    /// Returns the account of a scripted terminal.
    pub(crate) fn scripted(&self) -> &Scripted {
        self.scripted.as_ref().expect("the terminal is a scripted one")
    }

    /// Tells whether most cells have a light background.
    pub(crate) fn is_light(&self) -> bool {
        let (rows, columns) = self.screen.screen().size();
        let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let light = places.filter_map(|(row, column)| self.screen.screen().cell(row, column)).filter(
            |cell| matches!(cell.bgcolor(), Color::Rgb(red, green, blue) if red.min(green).min(blue) > 160),
        );
        light.count() * 2 > usize::from(rows.get()) * usize::from(columns.get())
    }

    /// Tells whether the program is on the alternate screen.
    pub(crate) fn is_on_stage(&self) -> bool {
        self.screen.screen().alternate_screen()
    }

    /// Tells whether everything was painted anew since the window changed, to the end of a frame.
    pub(crate) fn is_repainted(&self) -> bool {
        last_place(&self.bytes[self.resized..], b"\x1b[J").is_some() && self.mode(2026) == Some(false)
    }

    /// Tells whether the program has written `part`.
    pub(crate) fn has_bytes(&self, part: &str) -> bool {
        last_place(&self.bytes, part.as_bytes()).is_some()
    }

    /// Returns all that has come, as text.
    pub(crate) fn text_sent(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Returns how many bytes have come.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Returns how a private mode was set last, where it ever was.
    pub(crate) fn mode(&self, number: u16) -> Option<bool> {
        let place = |end: char| last_place(&self.bytes, format!("\x1b[?{number}{end}").as_bytes());
        let (set, reset) = (place('h'), place('l'));
        (set.is_some() || reset.is_some()).then_some(set > reset)
    }
}

fn last_place(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}
