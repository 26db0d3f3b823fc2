//! What arrives at a terminal, seen through an emulator; measures of how much is sent.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use super::Screen;
use crate::picture::{self, Bitmap};
use crate::terminal::graphics::{EncodedImage, ImageRenderer, Placement, Protocol};
use crate::terminal::{Capabilities, ColorDepth};

fn capabilities(erases_with_background: bool) -> Capabilities {
    let mut capabilities = Capabilities::detect(|_| None);
    capabilities.colors = ColorDepth::True;
    capabilities.erases_with_background = erases_with_background;
    capabilities
}

/// A terminal that erases either with the background of the pen or always with its own.
struct Emulator {
    parser: vt100::Parser,
    erases_with_background: bool,
}

impl Emulator {
    fn new(size: Size, erases_with_background: bool) -> Self {
        let [rows, columns] = [size.height, size.width].map(|length| NonZero::new(length).unwrap());
        Self { parser: vt100::Parser::new(rows, columns, 0), erases_with_background }
    }

    fn process(&mut self, bytes: &[u8]) {
        let text = str::from_utf8(bytes).unwrap();
        assert!(!text.contains("\x1b[2J"));
        let mut sent = String::new();
        for (number, piece) in text.split("\x1b[").enumerate() {
            let end = piece.find(|letter: char| !matches!(letter, '0'..=';' | '?')).unwrap_or(piece.len());
            let erases = number > 0 && piece[end..].starts_with(['K', 'X', 'J']);
            if number == 0 {
                sent.push_str(piece);
            } else if erases && !self.erases_with_background {
                let (sequence, rest) = piece.split_at(end + 1);
                write!(sent, "\x1b7\x1b[m\x1b[{sequence}\x1b8{rest}").unwrap();
            } else {
                write!(sent, "\x1b[{piece}").unwrap();
            }
        }
        self.parser.process(sent.as_bytes());
    }

    fn assert_shows(&self, buffer: &Buffer) {
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let cell = &buffer[(x, y)];
                if cell.diff_option != CellDiffOption::Skip {
                    let shown = self.parser.screen().cell(y, x).unwrap();
                    assert_eq!(seen(shown), meant(cell), "at {x}, {y}");
                }
                x += cell.cell_width().max(1);
            }
        }
    }
}

type Seen = (String, Option<vt100::Color>, vt100::Color, [bool; 5]);

fn seen(cell: &vt100::Cell) -> Seen {
    let symbol = if cell.has_contents() { cell.contents() } else { " " };
    let blank = symbol == " " && !cell.underline() && !cell.inverse();
    let modifiers = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    let shown = if blank { [false; 5] } else { modifiers };
    (symbol.to_owned(), (!blank).then_some(cell.fgcolor()), cell.bgcolor(), shown)
}

fn meant(cell: &Cell) -> Seen {
    let has = |modifier| cell.modifier.contains(modifier);
    let blank = cell.symbol() == " " && !has(Modifier::UNDERLINED) && !has(Modifier::REVERSED);
    let modifiers = [
        has(Modifier::BOLD),
        has(Modifier::DIM),
        has(Modifier::ITALIC),
        has(Modifier::UNDERLINED),
        has(Modifier::REVERSED),
    ];
    let shown = if blank { [false; 5] } else { modifiers };
    (cell.symbol().to_owned(), (!blank).then_some(color(cell.fg)), color(cell.bg), shown)
}

fn color(color: Color) -> vt100::Color {
    match color {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

const SIZE: Size = Size::new(30, 5);

/// A text that is written somewhere, in some style.
type Painted = (u16, u16, usize, usize);

const NARROW_TEXTS: usize = 5;
const TEXTS: [&str; 10] = [
    "a",
    "word ",
    "two  words",
    "                    ",
    "été ─→",
    "漢字",
    "🎉",
    "e\u{301}x",
    "❤\u{fe0f}y",
    "   ",
];

fn style(number: usize) -> Style {
    let night = Color::Rgb(30, 30, 46);
    match number {
        0 => Style::new(),
        1 => Style::new().bg(night),
        2 => Style::new().fg(Color::Red).bg(night),
        3 => Style::new().fg(Color::LightBlue).bg(Color::Indexed(17)).bold(),
        4 => Style::new().fg(Color::Red).underlined(),
        5 => Style::new().bg(night).reversed(),
        6 => Style::new().fg(Color::Rgb(1, 2, 3)).italic(),
        _ => Style::new().bold().bg(Color::Indexed(17)),
    }
}

fn buffer(strokes: &[Painted], background: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from(SIZE));
    buffer.set_style(buffer.area, style(background));
    for &(x, y, text, number) in strokes {
        buffer.set_stringn(x, y, TEXTS[text], usize::from(SIZE.width - x), style(number));
    }
    // A symbol whose other half was written over is no symbol of ratatui's.
    for y in 0..SIZE.height {
        let mut x = 0;
        while x < SIZE.width {
            let width = buffer[(x, y)].cell_width().max(1);
            for rest in x + 1..(x + width).min(SIZE.width) {
                buffer[(rest, y)].reset();
            }
            x += width;
        }
    }
    buffer
}

fn frames() -> impl Strategy<Value = Vec<(Vec<Painted>, usize, u8)>> {
    let stroke = (0..SIZE.width, 0..SIZE.height, 0..TEXTS.len(), 0_usize..8);
    prop::collection::vec((prop::collection::vec(stroke, 0..25), 0_usize..2, 0_u8..8), 1..6)
}

fn draw(screen: &mut Screen<Vec<u8>>, buffer: &Buffer) -> Vec<u8> {
    screen.send(screen.plan(buffer.clone(), Vec::new())).unwrap();
    std::mem::take(&mut screen.out)
}

proptest! {
    #[test]
    fn the_terminal_shows_the_buffer(frames in frames(), erases in any::<bool>()) {
        let mut screen = Screen::new(Vec::new(), SIZE, capabilities(erases));
        let mut emulator = Emulator::new(SIZE, erases);
        for (strokes, background, before) in frames {
            let wanted = buffer(&strokes, background);
            let early = screen.plan(wanted.clone(), Vec::new());
            match before {
                0 => screen.forget(),
                1 => {
                    emulator.process(b"\x1b[2;2H\x1b[41mgarbage");
                    screen.forget();
                }
                2 => screen.write_raw(b"\x1b[3;3H\x1b[m"),
                3 => {
                    screen.resize(Size::new(7, 2));
                    screen.resize(SIZE);
                }
                4 => emulator.process(&draw(&mut screen, &buffer(&[(0, 2, 5, 3), (9, 1, 2, 2)], 1))),
                _ => {}
            }
            // Whatever has come in between, a frame that was planned before shows its canvas.
            prop_assert_eq!(early.fits(&screen), matches!(before, 2 | 5..));
            screen.send(early).unwrap();
            emulator.process(&std::mem::take(&mut screen.out));
            emulator.assert_shows(&wanted);
        }
    }

    #[test]
    fn a_picture_stays_untouched(frames in frames(), x in 0_u16..25, width in 1_u16..20) {
        let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
        let mut emulator = Emulator::new(SIZE, true);
        let area = Rect::new(x, 1, width, 2).intersection(Rect::from(SIZE));
        let picture = "P".repeat(usize::from(area.width));
        let bytes = format!("\x1b[m\x1b[2;{}H{picture}\x1b[3;{}H{picture}", x + 1, x + 1);
        screen.write_raw(bytes.as_bytes());
        for (mut strokes, background, _) in frames {
            // Keeping wide symbols off a picture is the renderer's business.
            for stroke in &mut strokes {
                stroke.2 %= NARROW_TEXTS;
            }
            let mut buffer = buffer(&strokes, background);
            for position in area.positions() {
                buffer[position].reset();
                buffer[position].set_diff_option(CellDiffOption::Skip);
            }
            emulator.process(&draw(&mut screen, &buffer));
            emulator.assert_shows(&buffer);
            for position in area.positions() {
                prop_assert_eq!(emulator.parser.screen().cell(position.y, position.x).unwrap().contents(), "P");
            }
        }
    }
}

/// A picture over an area, in sixels.
fn placement(area: Rect) -> Placement {
    let size = picture::Size { width: 2, height: 2 };
    let bitmap = Bitmap { size, pixels: vec![200; 12] };
    let image = EncodedImage::new(Protocol::Sixel, &[(bitmap, Duration::ZERO)], None).unwrap();
    Placement { image: Arc::new(image), frame: 0, area, top: 0, rows: area.height.into() }
}

#[test]
fn a_pictures_cells_are_blanked_once_and_written_again_when_it_goes() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    screen.set_renderer(ImageRenderer::new(Protocol::Sixel, None));
    let area = Rect::new(4, 1, 6, 2);
    let text = Buffer::with_lines(vec!["x".repeat(30); 5]);
    let mut bare = text.clone();
    area.positions().for_each(|position| bare[position].reset());
    let picture = placement(area);
    let mut show = |canvas: &Buffer, pictures: &[&Placement]| {
        screen.send(screen.plan(canvas.clone(), pictures.iter().copied().cloned().collect())).unwrap();
        String::from_utf8(std::mem::take(&mut screen.out)).unwrap()
    };
    show(&text, &[]);
    let first = show(&bare, &[&picture]);
    let (cells, drawing) = first.split_once("\x1bP").expect("the picture comes behind its cells");
    assert!(cells.matches("      ").count() == 2 && drawing.contains("\x1b\\"), "{first:?}");
    assert_eq!(show(&bare, &[&picture]), "", "nothing has changed");
    let moved = placement(Rect { x: 7, ..area });
    let next = show(&bare, &[&moved]);
    assert_eq!(next.matches("\x1bP").count(), 1);
    assert!(next.contains("   "), "what the first one covered is blank again: {next:?}");
    assert_eq!(show(&text, &[]).matches("xxxxxxxxx").count(), 2);
}

#[test]
fn no_control_character_goes_out() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    let symbols = ["\x1b[31m", "a\x07", "\u{9b}31m", "\r", "\x7f"];
    let mut canvas = screen.canvas();
    for (x, symbol) in (0..).zip(symbols) {
        canvas[(x, 0)].set_symbol(symbol);
    }
    screen.send(screen.plan(canvas, Vec::new())).unwrap();
    let text = String::from_utf8(screen.out).unwrap();
    assert_eq!(text.matches('\u{fffd}').count(), symbols.len());
    assert!(!text.contains("[31m") && !text.contains(['\x07', '\x7f', '\u{9b}']));
}

#[test]
fn a_new_size_is_painted_whole() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    draw(&mut screen, &buffer(&[(3, 1, 2, 3)], 1));
    for size in [Size::new(12, 7), Size::new(40, 3), Size::new(1, 1)] {
        screen.resize(size);
        let mut smaller = Buffer::empty(Rect::from(size));
        smaller.set_string(0, 0, "words again", Style::new().bg(Color::Red));
        let mut emulator = Emulator::new(size, true);
        emulator.process(b"\x1b[42mgarbage");
        emulator.process(&draw(&mut screen, &smaller));
        emulator.assert_shows(&smaller);
    }
}

#[test]
fn nothing_goes_out_when_nothing_changes() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    let buffer = buffer(&[(3, 1, 2, 3)], 1);
    assert!(!draw(&mut screen, &buffer).is_empty());
    assert_eq!(draw(&mut screen, &buffer), b"");
}

#[test]
fn what_is_raw_goes_out_behind_the_cells() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    let buffer = buffer(&[], 0);
    draw(&mut screen, &buffer);
    let early = screen.plan(buffer, Vec::new());
    screen.write_raw(b"\x1b[c");
    assert!(early.fits(&screen));
    screen.send(early).unwrap();
    assert_eq!(screen.out, b"\x1b[?2026h\x1b[c\x1b[?2026l");
}

#[test]
fn a_canvas_of_another_size_is_cut_or_filled_up() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    let mut emulator = Emulator::new(SIZE, true);
    for size in [Size::new(40, 9), Size::new(7, 2)] {
        let mut canvas = Buffer::empty(Rect::from(size));
        canvas.set_style(canvas.area, Style::new().bg(Color::Red));
        let area = canvas.area.intersection(Rect::from(SIZE));
        let mut shown = Buffer::empty(Rect::from(SIZE));
        shown.set_style(area, Style::new().bg(Color::Red));
        emulator.process(&draw(&mut screen, &canvas));
        emulator.assert_shows(&shown);
    }
}

#[test]
fn a_wide_symbol_that_a_picture_cuts_is_left_out() {
    let mut screen = Screen::new(Vec::new(), SIZE, capabilities(true));
    let mut canvas = screen.canvas();
    canvas.set_string(3, 1, "漢字", Style::new());
    canvas[(6, 1)].set_diff_option(CellDiffOption::Skip);
    let text = String::from_utf8(draw(&mut screen, &canvas)).unwrap();
    assert!(text.contains('漢') && !text.contains('字'), "{text:?}");
}

/// A terminal that takes no bytes.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn after_a_failure_nothing_is_taken_for_shown() {
    let mut screen = Screen::new(Gone, SIZE, capabilities(true));
    let first = screen.plan(screen.canvas(), Vec::new());
    let planned = first.bytes.clone();
    assert!(screen.send(first).is_err());
    assert_eq!(screen.plan(screen.canvas(), Vec::new()).bytes, planned);
}

const STAGE: Size = Size::new(120, 40);

/// A slide of words and, where `code` says so, lines of code on a ground of their own.
fn slide(words: usize, code: usize, seed: usize) -> Buffer {
    const WORDS: [&str; 12] = [
        "the",
        "cluster",
        "schedules",
        "Pods",
        "on",
        "nodes",
        "that",
        "have",
        "room",
        "for",
        "them",
        "again",
    ];
    let (ink, ground) = (Color::Rgb(205, 214, 244), Color::Rgb(30, 30, 46));
    let mut buffer = Buffer::empty(Rect::from(STAGE));
    buffer.set_style(buffer.area, Style::new().fg(ink).bg(ground));
    let heading = format!("Slide {seed}: {}", WORDS[seed % 12]);
    buffer.set_string(15, 2, heading, Style::new().fg(Color::Rgb(137, 180, 250)).bold());
    let text: Vec<&str> = (0..words).map(|word| WORDS[(word * 7 + seed * 5) % 12]).collect();
    for (line, words) in (0_u16..).zip(text.chunks(11)) {
        let style = if line == 1 { Style::new().italic() } else { Style::new() };
        buffer.set_string(15, 5 + line, words.join(" "), style);
    }
    for line in 0..crate::text::cells(code) {
        let y = 14 + line;
        buffer.set_style(Rect::new(15, y, 90, 1), Style::new().bg(Color::Rgb(42, 42, 60)));
        let word = WORDS[(usize::from(line) + seed) % 12];
        let indent = 17 + 2 * (line % 4);
        let (end, _) =
            buffer.set_stringn(indent, y, word, usize::MAX, Style::new().fg(Color::Rgb(137, 180, 250)));
        let (end, _) = buffer.set_stringn(end, y, ":", 1, Style::new().fg(Color::Rgb(148, 226, 213)));
        let value = Style::new().fg(Color::Rgb(166, 227, 161));
        buffer.set_string(end + 1, y, WORDS[(usize::from(line) * 3 + seed) % 12], value);
    }
    let status = Style::new().fg(Color::Rgb(150, 150, 180));
    buffer.set_string(1, STAGE.height - 1, format!("{seed}/32"), status);
    buffer
}

/// How many bytes ratatui's own backend and ours send for each slide that follows another.
fn measure(slides: &[Buffer], erases: bool) -> Vec<(usize, usize)> {
    let mut ours = Screen::new(Vec::new(), STAGE, capabilities(erases));
    let mut emulator = Emulator::new(STAGE, erases);
    let mut shown = Buffer::empty(Rect::from(STAGE));
    slides
        .iter()
        .map(|slide| {
            let mut plain = Vec::new();
            CrosstermBackend::new(&mut plain).draw(shown.diff_iter(slide)).unwrap();
            shown.clone_from(slide);
            let sent = draw(&mut ours, slide);
            emulator.process(&sent);
            emulator.assert_shows(slide);
            (plain.len(), sent.len())
        })
        .collect()
}

/// Between slides of words alone nearly every byte is a letter; what else a slide holds is where backends differ.
#[test]
fn the_next_slide_costs_at_most_half_the_bytes() {
    let words: Vec<Buffer> = (0..6).map(|seed| slide(60, 0, seed)).collect();
    let code: Vec<Buffer> = (0..6).map(|seed| slide(60, 15, seed)).collect();
    let mixed: Vec<Buffer> = (0..6).map(|seed| slide(20 + 20 * (seed % 3), 15 * (seed % 2), seed)).collect();
    for (name, slides, percent) in [("words", &words, 75), ("code", &code, 50), ("mixed", &mixed, 50)] {
        let bytes = measure(slides, true);
        println!("{name}: {bytes:?}; without erased backgrounds {:?}", measure(slides, false));
        let (plain, ours) = bytes[1..].iter().fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
        assert!(ours * 100 <= plain * percent, "{name}: {ours} of {plain}");
    }
}
