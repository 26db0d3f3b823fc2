//! Cuts the terminal's bytes into letters, keys and answers, however they are cut into pieces; it keeps no time itself.
//!
//! It is a state machine of its own because one for a terminal's output does not serve here: that takes Alt-Enter for
//! a control character inside of a sequence, and lets the letter of a console's F1 (`ESC [ [ A`) through.

use std::mem;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Input;
use super::answer;
use super::sequence::InputSequence;

const ESC: u8 = 0x1b;
const BELL: u8 = 0x07;

/// How long an ESC waits for what makes it a sequence.
const ESC_PATIENCE: Duration = Duration::from_millis(50);
/// How long a sequence that has begun waits for its rest.
const REST_PATIENCE: Duration = Duration::from_secs(1);

/// More than any answer that we ask for; what is longer is swallowed.
const LONGEST: usize = 4096;

/// Turns bytes into [`Input`], in any pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    state: DecoderState,
    /// The bytes of the letter, sequence or string that has begun.
    held: Vec<u8>,
    alt: bool,
    paste: Option<String>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum DecoderState {
    #[default]
    Ground,
    /// Amid the bytes of one letter.
    Letter,
    /// After ESC.
    Escape,
    /// After an ESC that was given as a key because nothing followed in time; its sequence may still come.
    Late,
    /// After `ESC [` or `ESC O`; `late` when it follows a late ESC.
    Sequence { introducer: u8, late: bool },
    /// After `ESC ]`, `ESC P` and their kin; `ending` when an ESC came that may begin the terminator.
    Text { kind: u8, ending: bool },
}

impl Decoder {
    /// Takes bytes as they come, and hands over what they complete.
    pub fn feed(&mut self, bytes: &[u8], emit: &mut impl FnMut(Input)) {
        for &byte in bytes {
            self.step(byte, emit);
        }
    }

    /// Returns how long to wait for more bytes before [`silence`](Self::silence) is due; `None` is for ever.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            // A paste whose end is lost must not swallow keys for ever.
            DecoderState::Ground | DecoderState::Letter | DecoderState::Late => {
                self.paste.as_ref().map(|_| REST_PATIENCE)
            }
            DecoderState::Escape | DecoderState::Sequence { introducer: b'O', late: true } => {
                Some(ESC_PATIENCE)
            }
            DecoderState::Sequence { .. } | DecoderState::Text { .. } => Some(REST_PATIENCE),
        }
    }

    /// Takes notice that nothing came for as long as [`patience`](Self::patience) said.
    pub fn silence(&mut self, emit: &mut impl FnMut(Input)) {
        match self.state {
            DecoderState::Escape => {
                if mem::take(&mut self.alt) {
                    self.key(KeyCode::Esc, emit);
                }
                self.key(KeyCode::Esc, emit);
                self.state = DecoderState::Late;
            }
            // A capital O after Esc is more likely a key than half a key; a bracket is not.
            DecoderState::Sequence { introducer: b'O', late: true } => {
                self.state = DecoderState::Ground;
                self.step(b'O', emit);
                for byte in mem::take(&mut self.held) {
                    self.step(byte, emit);
                }
            }
            DecoderState::Sequence { .. } | DecoderState::Text { .. } => self.begin(DecoderState::Ground),
            DecoderState::Ground | DecoderState::Letter | DecoderState::Late => self.end_paste(emit),
        }
    }

    fn begin(&mut self, state: DecoderState) {
        self.state = state;
        self.held.clear();
        self.alt &= !matches!(state, DecoderState::Ground | DecoderState::Escape);
    }

    fn step(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        match self.state {
            DecoderState::Ground => self.ground(byte, emit),
            DecoderState::Letter => self.letter(byte, emit),
            DecoderState::Escape => self.escape(byte, emit),
            DecoderState::Late => match byte {
                b'[' | b'O' => self.begin(DecoderState::Sequence { introducer: byte, late: true }),
                _ => self.restart(byte, emit),
            },
            DecoderState::Sequence { introducer, .. } => self.sequence(introducer, byte, emit),
            DecoderState::Text { kind, ending } => self.text(kind, ending, byte, emit),
        }
    }

    /// Drops what has begun and takes the byte for itself.
    fn restart(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        self.begin(DecoderState::Ground);
        self.ground(byte, emit);
    }

    fn ground(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        self.state = DecoderState::Ground;
        match byte {
            ESC => self.begin(DecoderState::Escape),
            b'\r' | b'\n' => self.key(KeyCode::Enter, emit),
            b'\t' => self.key(KeyCode::Tab, emit),
            0x08 | 0x7f => self.key(KeyCode::Backspace, emit),
            0x00 => self.control(' ', emit),
            0x01..=0x1a => self.control(char::from(byte - 1 + b'a'), emit),
            0x1c..=0x1f => self.control(char::from(byte - 0x1c + b'4'), emit),
            b' '..=b'~' => self.key(KeyCode::Char(char::from(byte)), emit),
            0x80.. => {
                self.held.clear();
                self.letter(byte, emit);
            }
        }
    }

    fn letter(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        if byte.is_ascii() {
            return self.restart(byte, emit);
        }
        self.state = DecoderState::Letter;
        self.held.push(byte);
        match str::from_utf8(&self.held) {
            Ok(letter) => {
                let letter = letter.chars().next();
                self.state = DecoderState::Ground;
                if let Some(letter) = letter {
                    self.key(KeyCode::Char(letter), emit);
                }
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) if self.held.len() > 1 => self.restart(byte, emit),
            Err(_) => self.begin(DecoderState::Ground),
        }
    }

    fn escape(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        match byte {
            b'[' | b'O' => self.begin(DecoderState::Sequence { introducer: byte, late: false }),
            b']' | b'P' | b'X' | b'^' | b'_' => self.begin(DecoderState::Text { kind: byte, ending: false }),
            // Alt-arrow is ESC ESC [ in some terminals, so the first waits for what the second becomes.
            _ => {
                if mem::take(&mut self.alt) {
                    self.key(KeyCode::Esc, emit);
                }
                self.alt = true;
                if byte != ESC {
                    self.ground(byte, emit);
                }
            }
        }
    }

    fn sequence(&mut self, introducer: u8, byte: u8, emit: &mut impl FnMut(Input)) {
        let console = introducer == b'[' && byte == b'[' && self.held.is_empty();
        // rxvt ends Shift-PageDown in a dollar, elsewhere a byte in the middle.
        let rxvt = byte == b'$' && !self.held.is_empty() && self.held.iter().all(u8::is_ascii_digit);
        match byte {
            ESC => self.begin(DecoderState::Escape),
            b' '..=b'?' if !rxvt => self.hold(byte),
            _ if console => self.hold(byte),
            b'@'..=b'~' | b'$' => {
                let held = mem::take(&mut self.held);
                let alt = self.alt;
                self.begin(DecoderState::Ground);
                self.end_sequence(&InputSequence::read(introducer, &held, byte), alt, emit);
            }
            _ => self.restart(byte, emit),
        }
    }

    fn end_sequence(&mut self, sequence: &InputSequence, alt: bool, emit: &mut impl FnMut(Input)) {
        if sequence.begins_paste() {
            self.paste = Some(String::new());
        } else if sequence.ends_paste() {
            self.end_paste(emit);
        } else if let Some(mut key) = sequence.key() {
            key.modifiers |= if alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
            self.press(key, emit);
        } else if let Some(focus) = sequence.focus() {
            emit(Input::Focus(focus));
        } else if let Some(answer) = answer::of_sequence(sequence) {
            emit(Input::Answer(answer));
        }
    }

    fn end_paste(&mut self, emit: &mut impl FnMut(Input)) {
        if let Some(text) = self.paste.take() {
            emit(Input::Paste(text));
        }
    }

    fn text(&mut self, kind: u8, ending: bool, byte: u8, emit: &mut impl FnMut(Input)) {
        match byte {
            BELL if kind == b']' => self.end_text(kind, emit),
            b'\\' if ending => self.end_text(kind, emit),
            _ if ending => {
                self.begin(DecoderState::Escape);
                self.escape(byte, emit);
            }
            ESC => self.state = DecoderState::Text { kind, ending: true },
            0x18 | 0x1a => self.begin(DecoderState::Ground),
            _ => self.hold(byte),
        }
    }

    fn end_text(&mut self, kind: u8, emit: &mut impl FnMut(Input)) {
        let text = String::from_utf8_lossy(&self.held).into_owned();
        self.begin(DecoderState::Ground);
        if let Some(answer) = answer::of_text(kind, &text) {
            emit(Input::Answer(answer));
        }
    }

    fn hold(&mut self, byte: u8) {
        if self.held.len() < LONGEST {
            self.held.push(byte);
        }
    }

    fn control(&mut self, letter: char, emit: &mut impl FnMut(Input)) {
        self.modified(KeyCode::Char(letter), KeyModifiers::CONTROL, emit);
    }

    fn key(&mut self, code: KeyCode, emit: &mut impl FnMut(Input)) {
        let upper = matches!(code, KeyCode::Char(letter) if letter.is_uppercase());
        let modifiers = if upper { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        self.modified(code, modifiers, emit);
    }

    /// Hands over a key, with Alt when an ESC came right before it.
    fn modified(&mut self, code: KeyCode, mut modifiers: KeyModifiers, emit: &mut impl FnMut(Input)) {
        modifiers.set(KeyModifiers::ALT, mem::take(&mut self.alt));
        self.press(KeyEvent::new(code, modifiers), emit);
    }

    fn press(&mut self, key: KeyEvent, emit: &mut impl FnMut(Input)) {
        match (&mut self.paste, key.code) {
            (None, _) => emit(Input::Key(key)),
            (Some(text), KeyCode::Char(letter)) => text.push(letter),
            (Some(text), KeyCode::Enter) => text.push('\n'),
            (Some(text), KeyCode::Tab) => text.push('\t'),
            (Some(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Answer;
    use rstest::rstest;

    /// What bytes become, where `%` in a script is a silence as long as the decoder's patience.
    fn decode(script: &[u8]) -> Vec<Input> {
        let (mut decoder, mut inputs) = (Decoder::default(), Vec::new());
        for &byte in script {
            if byte == b'%' {
                decoder.silence(&mut |input| inputs.push(input));
            } else {
                decoder.feed(&[byte], &mut |input| inputs.push(input));
            }
        }
        inputs
    }

    /// Keys as words: `Ctrl-Right`, `Alt-x`, `F(5)`.
    fn keys(script: &[u8]) -> String {
        let word = |input| match input {
            Input::Key(KeyEvent { code: KeyCode::Char(letter), modifiers, .. }) => {
                format!("{}{letter}", words(modifiers - KeyModifiers::SHIFT))
            }
            Input::Key(KeyEvent { code, modifiers, .. }) => format!("{}{code:?}", words(modifiers)),
            other => format!("{other:?}"),
        };
        decode(script).into_iter().map(word).collect::<Vec<_>>().join(" ")
    }

    fn words(modifiers: KeyModifiers) -> String {
        let names =
            [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")];
        names.iter().filter(|(modifier, _)| modifiers.contains(*modifier)).map(|(_, name)| *name).collect()
    }

    #[rstest]
    #[case(b"aZ \t\r\n\x7f\x08", "a Z   Tab Enter Enter Backspace Backspace")]
    #[case("é漢🎉".as_bytes(), "é 漢 🎉")]
    #[case(b"\xc3\xffa\x80b\xe6x", "a b x")]
    #[case(b"\x00\x03\x0c\x1a\x1d", "Ctrl-  Ctrl-c Ctrl-l Ctrl-z Ctrl-5")]
    #[case(b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "Up Down Right Left Home End")]
    #[case(b"\x1bOA\x1bOC\x1bOH\x1bOF\x1bOP\x1bOS", "Up Right Home End F(1) F(4)")]
    #[case(b"\x1b[5~\x1b[6~\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "PageUp PageDown Home End Home End")]
    #[case(b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[24~", "F(1) F(5) F(6) F(10) F(12)")]
    #[case(b"\x1b[15;2~\x1b[28~\x1b[34~", "Shift-F(5) F(15) F(20)")]
    #[case(b"\x1b[1;5C\x1b[1;2D\x1b[1;3H\x1b[6;5~", "Ctrl-Right Shift-Left Alt-Home Ctrl-PageDown")]
    #[case(b"\x1b[5C\x1bO5C\x1b[1;2P", "Ctrl-Right Ctrl-Right Shift-F(1)")]
    #[case(b"\x1b[[A\x1b[[E", "F(1) F(5)")]
    #[case(
        b"\x1b[a\x1bOd\x1b[5$\x1b[6^\x1b[7@",
        "Shift-Up Ctrl-Left Shift-PageUp Ctrl-PageDown Ctrl-Shift-Home"
    )]
    #[case(b"\x1b[Z\x1bOM\x1bOj\x1bOr", "Shift-BackTab Enter * 2")]
    #[case(b"\x1bx\x1b\xc3\xa9\x1b\r\x1b\x7f\x1b\x03", "Alt-x Alt-é Alt-Enter Alt-Backspace Ctrl-Alt-c")]
    #[case(b"\x1b\x1b[C\x1b\x1bOA", "Alt-Right Alt-Up")]
    #[case(b"\x1b[97u\x1b[97;5u\x1b[49:33;2u\x1b[98;2u", "a Ctrl-a ! B")]
    #[case(b"\x1b[27u\x1b[13u\x1b[9;2u\x1b[57421u\x1b[57400u", "Esc Enter Shift-BackTab PageUp 1")]
    #[case(b"\x1b[97;1:3u\x1b[57428u\x1b[1;1:3C", "")]
    #[case(b"\x1b[27;5;99~", "Ctrl-c")]
    fn whole_keys(#[case] bytes: &[u8], #[case] expected: &str) {
        assert_eq!(keys(bytes), expected);
    }

    #[rstest]
    #[case(b"\x1b%", "Esc")]
    #[case(b"\x1b%\x1b%", "Esc Esc")]
    #[case(b"\x1b\x1b%", "Esc Esc")]
    #[case(b"\x1b%q", "Esc q")]
    #[case(b"\x1b%[C", "Esc Right")]
    #[case(b"\x1b%[5~x", "Esc PageUp x")]
    #[case(b"\x1b%OB", "Esc Down")]
    #[case(b"\x1b%O%q", "Esc O q")]
    #[case(b"\x1b%[%q", "Esc q")]
    #[case(b"\x1b\x1bx", "Esc Alt-x")]
    #[case(b"\x1b[%C", "C")]
    #[case(b"\x1b[1;\x1b[C", "Right")]
    #[case(b"\x1b[1\rq", "Enter q")]
    #[case(b"\x1b]%q", "q")]
    fn silences(#[case] bytes: &[u8], #[case] expected: &str) {
        assert_eq!(keys(bytes), expected);
    }

    #[rstest]
    #[case(b"\x1b[?1;2z")]
    #[case(b"\x1b[<0;3;4M\x1b[<0;3;4m")]
    #[case(b"\x1b[1I\x1b[?O\x1b[5n\x1b[0;0n\x1b[?2;3S\x1b[?1S")]
    #[case(b"\x1b[99~\x1b[1000~\x1b[5;6;7x")]
    #[case(b"\x1b_Gq=31;OK\x1b\\\x1b_Gi=x;OK\x1b\\\x1b_Gi=31\x1b\\\x1b_q\x1b\\")]
    #[case(b"\x1b]52;c;cXVpdA==\x07")]
    #[case(b"\x1bP1+r544e=787465726d\x1b\\")]
    #[case(b"\x1b[>41;390;0c")]
    fn what_nobody_knows_does_nothing(#[case] bytes: &[u8]) {
        assert_eq!(decode(bytes), []);
    }

    #[rstest]
    #[case(b"\x1b]11;rgb:1e1e/2a2a/ffff\x1b\\", Answer::Background(0x1e, 0x2a, 0xff))]
    #[case(b"\x1b]11;rgb:f/0/8\x07", Answer::Background(255, 0, 136))]
    #[case(b"\x1b]11;rgba:0000/8080/ffff/cccc\x07", Answer::Background(0, 128, 255))]
    #[case(b"\x1b]10;#102030\x07", Answer::Foreground(0x10, 0x20, 0x30))]
    #[case(b"\x1b[?62;4;22c", Answer::DeviceAttributes(vec![62, 4, 22]))]
    #[case(b"\x1b[6;20;9t", Answer::CellPixels(9, 20))]
    #[case(b"\x1b[4;700;1011t", Answer::TextAreaPixels(1011, 700))]
    #[case(b"\x1b[?2026;2$y", Answer::SyncOutput(true))]
    #[case(b"\x1b[?2026;0$y", Answer::SyncOutput(false))]
    #[case(b"\x1b_Gi=31;OK\x1b\\", Answer::Picture(31, true))]
    #[case(b"\x1b_Gp=7,i=32,q=1;ENOENT:q]x\x07q\x1b\\", Answer::Picture(32, false))]
    #[case(b"\x1b[?1;0;256S", Answer::SixelRegisters(true))]
    #[case(b"\x1b[?1;3S", Answer::SixelRegisters(false))]
    #[case(b"\x1b[?2;0;1000;800S", Answer::SixelArea(1000, 800))]
    #[case(b"\x1b[12;40R", Answer::Cursor(40, 12))]
    #[case(b"\x1b[0n", Answer::Status)]
    #[case(b"\x1bP>|kitty(0.26.5)\x1b\\", Answer::Version("kitty(0.26.5)".into()))]
    fn answers(#[case] bytes: &[u8], #[case] expected: Answer) {
        assert_eq!(decode(bytes), [Input::Answer(expected)]);
    }

    #[test]
    fn focus_is_told() {
        assert_eq!(decode(b"\x1b[I\x1b[O"), [Input::Focus(true), Input::Focus(false)]);
        assert_eq!(keys(b"\x1bOI"), "Tab");
    }

    #[test]
    fn bytes_at_once_stay_in_order() {
        let mut inputs = Vec::new();
        let bytes = b"a\x1b[C\x1b]11;rgb:00/00/00\x1b\\\xc3\xa9\x1b[?1;2cq";
        Decoder::default().feed(bytes, &mut |input| inputs.push(input));
        assert_eq!(inputs, decode(bytes));
        assert_eq!(inputs.len(), 6);
    }

    #[test]
    fn pasted_text_is_no_keys() {
        assert_eq!(decode(b"\x1b[200~q\r\x1b[Cx\x1b[201~"), [Input::Paste("q\nx".into())]);
        assert_eq!(decode(b"\x1b[200~ab%%").len(), 1);
    }

    #[test]
    fn only_what_has_begun_is_waited_for() {
        let patience_after = |bytes: &[u8]| {
            let mut decoder = Decoder::default();
            decoder.feed(bytes, &mut |_| {});
            decoder.patience()
        };
        assert_eq!(patience_after(b"a\x1b[C"), None);
        assert_eq!(patience_after(b"\x1b"), Some(ESC_PATIENCE));
        assert_eq!(patience_after(b"\x1b["), Some(REST_PATIENCE));
        assert_eq!(patience_after(b"\x1b]11;rgb"), Some(REST_PATIENCE));
    }
}
