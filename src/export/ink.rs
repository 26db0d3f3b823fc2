//! From a page's cells to what is drawn: coloured rectangles, and letters in fonts. Blocks and lines that are written with
//! letters become rectangles, for those of two cells must meet.

#![expect(clippy::cast_possible_truncation, reason = "lengths on a page are small, and rounded on purpose")]

mod shape;

use std::collections::BTreeSet;

use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_normalization::UnicodeNormalization;

use super::fonts::{BASELINE, FontStyle, Fonts, Glyph, SIZE};
use super::page::{CELL, Page, PixelRect};
use crate::color::{Rgb, ink_on};
use crate::source::Diagnostic;
use crate::text;

/// How thick the line under a link is, in pixels, and through what is struck.
const STROKE: f32 = 2.0;
/// Where these lines are, in pixels below the top of their cell.
const UNDER: f32 = 28.0;
const THROUGH: f32 = 17.0;
/// How much larger than others a letter of two cells may be.
const GROWTH: f32 = 1.21;
/// How far dim letters go towards what they stand on.
const DIM: f32 = 0.4;

/// What is drawn of a page's cells, in pixels from the first cell's corner.
#[derive(Debug, Default)]
pub(super) struct DisplayList {
    /// Coloured rectangles behind everything.
    pub(super) grounds: Vec<FilledRect>,
    /// Letters.
    pub(super) runs: Vec<GlyphRun>,
    /// Coloured rectangles in front: blocks, lines.
    pub(super) fills: Vec<FilledRect>,
    /// Letters that no font has, each drawn as a box.
    pub(super) missing: BTreeSet<String>,
    /// Where the cells of the last letter end.
    end: f32,
}

/// A rectangle of one colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FilledRect {
    pub(super) frame: PixelRect,
    pub(super) color: Rgb,
}

/// Letters on a line that share font, size and colour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GlyphRun {
    /// Which of the fonts.
    pub(super) face: usize,
    /// The size of its letters in pixels.
    pub(super) size: f32,
    pub(super) color: Rgb,
    /// The line on which they stand.
    pub(super) baseline: f32,
    /// The letters, from the left.
    pub(super) letters: Vec<PlacedGlyph>,
}

/// A letter, with the marks over it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedGlyph {
    /// What it is in the deck.
    pub(super) text: String,
    /// What of it is drawn: of several pictures that are joined to one, the first.
    pub(super) drawn: String,
    /// Its picture and those of its marks; none of a blank.
    pub(super) glyphs: Vec<u32>,
    /// Where it stands.
    pub(super) x: f32,
    /// How far to the right of it its marks are drawn: in most fonts they reach back over the letter before them.
    pub(super) marks: f32,
}

impl PlacedGlyph {
    /// Returns the pictures, and where each stands.
    pub(super) fn placed(&self) -> impl Iterator<Item = (u32, f32)> {
        let x = move |nth: usize| if nth == 0 { self.x } else { self.x + self.marks };
        self.glyphs.iter().enumerate().map(move |(nth, &id)| (id, x(nth)))
    }

    /// Returns what parts two words.
    pub(super) fn blank(x: f32) -> Self {
        Self { text: " ".to_owned(), drawn: " ".to_owned(), glyphs: Vec::new(), x, marks: 0.0 }
    }
}

impl GlyphRun {
    /// Returns the letters as text.
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.text.as_str()).collect()
    }
}

/// Returns what is drawn of a page.
pub(super) fn of(page: &Page, fonts: &Fonts<'_>) -> DisplayList {
    let mut ink = DisplayList { grounds: grounds(page), ..DisplayList::default() };
    let area = page.cells.area;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let cell = &page.cells[(x, y)];
            let cells = text::width(cell.symbol()).clamp(1, 2) as u16;
            ink.cell(page, (x, y, cells), fonts);
            x += cells;
        }
    }
    for run in &mut ink.runs {
        while run.letters.last().is_some_and(|letter| letter.text == " ") {
            run.letters.pop();
        }
    }
    ink
}

impl DisplayList {
    fn cell(&mut self, page: &Page, (x, y, cells): (u16, u16, u16), fonts: &Fonts<'_>) {
        let cell = &page.cells[(x, y)];
        if cell.modifier.contains(Modifier::HIDDEN) {
            return;
        }
        let color = color(page, cell);
        let (left, top) = (f32::from(x) * CELL.width, f32::from(y) * CELL.height);
        let room = f32::from(cells) * CELL.width;
        let across = |y: f32| FilledRect {
            frame: PixelRect { x: left, y: top + y, width: room, height: STROKE },
            color,
        };
        if cell.modifier.contains(Modifier::UNDERLINED) {
            self.put(across(UNDER));
        }
        if cell.modifier.contains(Modifier::CROSSED_OUT) {
            self.put(across(THROUGH));
        }
        if let Some(shape) = shape::of(cell.symbol()) {
            for (frame, amount) in shape {
                let frame = PixelRect { x: left + frame.x, y: top + frame.y, ..frame };
                self.put(FilledRect { frame, color: color.mix(ground(page, cell), 1.0 - amount) });
            }
            return;
        }
        self.letter(cell, (color, left, top, room), fonts);
    }

    fn letter(&mut self, cell: &Cell, (color, left, top, room): (Rgb, f32, f32, f32), fonts: &Fonts<'_>) {
        let baseline = top + BASELINE;
        let end = std::mem::replace(&mut self.end, left + room);
        // Whether it goes on with the word before it.
        let goes_on = |run: &GlyphRun| is_same(run.baseline, baseline) && is_same(end, left);
        if cell.symbol().trim().is_empty() {
            if let Some(run) = self.runs.last_mut().filter(|run| goes_on(run)) {
                run.letters.push(PlacedGlyph::blank(left));
            }
            return;
        }
        let cut = FontStyle {
            bold: cell.modifier.contains(Modifier::BOLD),
            oblique: cell.modifier.contains(Modifier::ITALIC),
        };
        let Some((drawn, glyphs)) = glyphs(cell.symbol(), cut, fonts) else {
            self.missing.insert(cell.symbol().to_owned());
            self.boxed(PixelRect { x: left, y: top, width: room, height: CELL.height }, color);
            return;
        };
        let first = glyphs[0];
        // A letter of two cells grows until it fills them, else there are gaps as wide as blanks between words.
        let most = if room > CELL.width { GROWTH } else { 1.0 };
        let size = SIZE * (room / first.advance.max(1.0)).min(most);
        // Fonts round how far a letter goes: less than a pixel is nothing to be put in the middle.
        let free = room - first.advance * size / SIZE;
        let x = if free < 1.0 { left } else { left + free / 2.0 };
        let reach_back = glyphs[1..].iter().any(|mark| mark.advance == 0.0);
        let marks = if reach_back { first.advance * size / SIZE } else { 0.0 };
        let glyphs = glyphs.iter().map(|glyph| glyph.id).collect();
        let letter = PlacedGlyph { text: cell.symbol().to_owned(), drawn, glyphs, x, marks };
        let is_alike =
            |run: &GlyphRun| run.face == first.face && run.color == color && is_same(run.size, size);
        match self.runs.last_mut().filter(|run| goes_on(run) && is_alike(run)) {
            Some(run) => run.letters.push(letter),
            None => {
                self.runs.push(GlyphRun { face: first.face, size, color, baseline, letters: vec![letter] });
            }
        }
    }

    /// Draws the edges of a box where a letter would be.
    fn boxed(&mut self, cell: PixelRect, color: Rgb) {
        let (x, y) = (cell.x + 2.0, cell.y + 5.0);
        for frame in edges(PixelRect { x, y, width: cell.width - 4.0, height: cell.height - 11.0 }) {
            self.put(FilledRect { frame, color });
        }
    }

    /// Puts a rectangle in front; one that goes on with the last one makes it longer.
    fn put(&mut self, fill: FilledRect) {
        if let Some(last) = self.fills.last_mut()
            && last.color == fill.color
            && is_same(last.frame.y, fill.frame.y)
            && is_same(last.frame.height, fill.frame.height)
            && is_same(last.frame.x + last.frame.width, fill.frame.x)
        {
            last.frame.width += fill.frame.width;
        } else {
            self.fills.push(fill);
        }
    }

    /// Returns what is to be said of the letters that no font has.
    pub(super) fn told(&self, slide: usize) -> Option<Diagnostic> {
        let letters: Vec<String> = self.missing.iter().map(|letter| format!("`{letter}`")).collect();
        (!letters.is_empty()).then(|| {
            let told = format!("no font here has {}: a box is drawn instead", letters.join(", "));
            Diagnostic::new(told)
                .on_slide(slide + 1)
                .hint("install a font that has it, as Noto Sans CJK or Noto Emoji")
        })
    }
}

/// Returns the edges of a box that stands for what cannot be drawn.
pub(super) fn edges(PixelRect { x, y, width, height }: PixelRect) -> [PixelRect; 4] {
    [
        PixelRect { x, y, width, height: STROKE },
        PixelRect { x, y: y + height - STROKE, width, height: STROKE },
        PixelRect { x, y, width: STROKE, height },
        PixelRect { x: x + width - STROKE, y, width: STROKE, height },
    ]
}

/// Returns whether two places are one, as far as pixels go.
fn is_same(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

/// Returns what is drawn of a letter, and its pictures, all in one font: its own and those of its marks. Marks that this font
/// lacks are left out, for each font has its own idea of where they stand.
fn glyphs(symbol: &str, cut: FontStyle, fonts: &Fonts<'_>) -> Option<(String, Vec<Glyph>)> {
    let mut letters = symbol.nfc().filter(|letter| !is_unseen(*letter));
    let letter = letters.next()?;
    let marks: Vec<char> =
        letters.take_while(|mark| text::width(mark.encode_utf8(&mut [0; 4])) == 0).collect();
    let own = fonts.glyph(letter, cut)?;
    let with_marks = |face: usize| {
        let all = std::iter::once(&letter).chain(&marks);
        let found = all.map(|&letter| Some((letter, fonts.in_face(face, letter)?)));
        found.collect::<Option<(String, Vec<Glyph>)>>()
    };
    let of_marks = marks.iter().filter_map(|&mark| Some(fonts.glyph(mark, cut)?.face));
    let mut faces = std::iter::once(own.face).chain(of_marks);
    Some(faces.find_map(with_marks).unwrap_or_else(|| (letter.to_string(), vec![own])))
}

/// Returns whether a letter only says how others look.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{2060}' | '\u{feff}')
}

/// Returns the colours behind the letters, as few rectangles as rows and columns allow.
fn grounds(page: &Page) -> Vec<FilledRect> {
    let area = page.cells.area;
    let mut all: Vec<(Rect, Rgb)> = Vec::new();
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let color = own_ground(page, &page.cells[(x, y)]);
            let start = x;
            while x < area.right() && own_ground(page, &page.cells[(x, y)]) == color {
                x += 1;
            }
            let Some(color) = color else { continue };
            let above = all.iter_mut().rev().find(|(rect, other)| {
                *other == color && rect.bottom() == y && (rect.left(), rect.right()) == (start, x)
            });
            match above {
                Some((rect, _)) => rect.height += 1,
                None => all.push((Rect::new(start, y, x - start, 1), color)),
            }
        }
    }
    all.into_iter().map(|(rect, color)| FilledRect { frame: frame(rect), color }).collect()
}

/// Returns cells in pixels from the first cell's corner.
pub(super) fn frame(cells: Rect) -> PixelRect {
    PixelRect {
        x: f32::from(cells.x) * CELL.width,
        y: f32::from(cells.y) * CELL.height,
        width: f32::from(cells.width) * CELL.width,
        height: f32::from(cells.height) * CELL.height,
    }
}

/// Returns the colour behind a cell where it is another than the page's.
fn own_ground(page: &Page, cell: &Cell) -> Option<Rgb> {
    let color = if cell.modifier.contains(Modifier::REVERSED) { cell.fg } else { cell.bg };
    rgb(color)
        .or_else(|| cell.modifier.contains(Modifier::REVERSED).then(|| ink_on(page.ground)))
        .filter(|color| *color != page.ground || page.backdrop.is_some())
}

fn ground(page: &Page, cell: &Cell) -> Rgb {
    own_ground(page, cell).unwrap_or(page.ground)
}

fn color(page: &Page, cell: &Cell) -> Rgb {
    let is_reversed = cell.modifier.contains(Modifier::REVERSED);
    let color = if is_reversed { cell.bg } else { cell.fg };
    let usual = if is_reversed { page.ground } else { ink_on(page.ground) };
    let color = rgb(color).unwrap_or(usual);
    if cell.modifier.contains(Modifier::DIM) { color.mix(ground(page, cell), DIM) } else { color }
}

/// Returns a colour where it is none of the terminal's own; of those that have names, the one that xterm shows.
fn rgb(color: Color) -> Option<Rgb> {
    let hex = |hex: u32| Some(Rgb::hex(hex));
    match color {
        Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
        Color::Indexed(index) => {
            let (red, green, blue) = ansi_colours::rgb_from_ansi256(index);
            Some(Rgb(red, green, blue))
        }
        Color::Reset => None,
        Color::Black => hex(0x00_00_00),
        Color::Red => hex(0xcd_00_00),
        Color::Green => hex(0x00_cd_00),
        Color::Yellow => hex(0xcd_cd_00),
        Color::Blue => hex(0x00_00_ee),
        Color::Magenta => hex(0xcd_00_cd),
        Color::Cyan => hex(0x00_cd_cd),
        Color::Gray => hex(0xe5_e5_e5),
        Color::DarkGray => hex(0x7f_7f_7f),
        Color::LightRed => hex(0xff_00_00),
        Color::LightGreen => hex(0x00_ff_00),
        Color::LightYellow => hex(0xff_ff_00),
        Color::LightBlue => hex(0x5c_5c_ff),
        Color::LightMagenta => hex(0xff_00_ff),
        Color::LightCyan => hex(0x00_ff_ff),
        Color::White => hex(0xff_ff_ff),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::cast_sign_loss, reason = "the numbers are small")]

    use std::sync::Arc;

    use ratatui::buffer::Buffer;
    use ratatui::style::Style;

    use super::*;
    use crate::deck::Code;
    use crate::export::{DocumentFile, DocumentResources, Font};
    use crate::highlight::Highlighted;
    use crate::layout::Supply;
    use crate::picture::Size;

    /// A system without fonts.
    struct Bare;

    impl Supply for Bare {
        fn picture(&self, _: &str) -> Result<Size, String> {
            Err(String::new())
        }

        fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
            None
        }
    }

    impl DocumentResources for Bare {
        fn file(&self, _: &str) -> Result<DocumentFile, String> {
            Err(String::new())
        }

        fn font(&self, _: char) -> Option<Font> {
            None
        }

        fn printed(&self, _: &Buffer) -> Vec<u8> {
            Vec::new()
        }
    }

    const RED: Color = Color::Rgb(200, 0, 0);

    /// Returns the ink of words, each at its cell in its style, on a black page of 12×4 cells.
    fn drawn(words: &[(u16, u16, &str, Style)]) -> DisplayList {
        let mut cells = Buffer::empty(Rect::new(0, 0, 12, 4));
        for &(x, y, words, style) in words {
            cells.set_string(x, y, words, style);
        }
        let (name, ground) = (String::new(), Rgb::BLACK);
        let (backdrop, pictures, links) = (None, Vec::new(), Vec::new());
        let (index, part, step, reading) = (0, 1, 0, Vec::new());
        let page = Page { name, index, part, step, cells, ground, backdrop, pictures, links, reading };
        of(&page, &Fonts::new(&Bare))
    }

    fn runs(ink: &DisplayList) -> Vec<(String, usize)> {
        ink.runs.iter().map(|run| (run.text(), run.face)).collect()
    }

    #[test]
    fn cells_of_one_colour_are_one_rectangle() {
        let on_red = Style::new().bg(RED);
        let ink = drawn(&[(1, 0, "abc", on_red), (1, 1, "   ", on_red), (1, 2, "    ", on_red)]);
        let rect = |y, width, height| FilledRect {
            frame: frame(Rect::new(1, y, width, height)),
            color: Rgb(200, 0, 0),
        };
        assert_eq!(ink.grounds, [rect(0, 3, 2), rect(2, 4, 1)]);
        assert_eq!(drawn(&[(0, 0, "ab", Style::new().bg(Color::Rgb(0, 0, 0)))]).grounds, []);
    }

    #[test]
    fn letters_that_look_alike_are_one_run() {
        let (usual, strong) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let both = strong.add_modifier(Modifier::ITALIC);
        let ink =
            drawn(&[(0, 0, "two words", usual), (0, 1, "a", usual), (1, 1, "b", strong), (2, 1, "c", both)]);
        let told =
            [("two words", 0), ("a", 0), ("b", 1), ("c", 3)].map(|(words, face)| (words.to_owned(), face));
        assert_eq!(runs(&ink), told);
        let x: Vec<f32> = ink.runs[0].letters.iter().map(|letter| letter.x).collect();
        assert_eq!(x, (0..9).map(|nth| f32::from(nth as u8) * CELL.width).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_reversed_has_the_colours_of_ground_and_letter_changed() {
        let ink = drawn(&[(0, 0, "a", Style::new().fg(RED).add_modifier(Modifier::REVERSED))]);
        assert_eq!(ink.grounds[0].color, Rgb(200, 0, 0));
        assert_eq!(ink.runs[0].color, Rgb::BLACK);
    }

    #[test]
    fn lines_go_under_and_through_blanks_too() {
        let style = Style::new().fg(RED).add_modifier(Modifier::UNDERLINED);
        let ink =
            drawn(&[(0, 0, "a b", style), (0, 1, "a b", Style::new().add_modifier(Modifier::CROSSED_OUT))]);
        let lines: Vec<(f32, f32)> = ink.fills.iter().map(|fill| (fill.frame.y, fill.frame.width)).collect();
        assert_eq!(lines, [(UNDER, 3.0 * CELL.width), (CELL.height + THROUGH, 3.0 * CELL.width)]);
    }

    #[test]
    fn a_letter_that_no_font_has_is_a_box_of_its_cells_and_is_told_once() {
        let ink = drawn(&[(2, 1, "漢漢a", Style::new())]);
        assert_eq!(runs(&ink), [("a".to_owned(), 0)]);
        assert!((ink.runs[0].letters[0].x - 6.0 * CELL.width).abs() < 0.01);
        let cells = frame(Rect::new(2, 1, 4, 1));
        for FilledRect { frame, .. } in &ink.fills {
            assert!(frame.x > cells.x && frame.x + frame.width < cells.x + cells.width, "{frame:?}");
            assert!(frame.y > cells.y && frame.y + frame.height < cells.y + cells.height, "{frame:?}");
        }
        let told = ink.told(6).expect("a letter is missing");
        assert_eq!((told.slide, told.message.matches('漢').count()), (Some(7), 1));
        assert_eq!(drawn(&[(0, 0, "a", Style::new())]).told(0), None);
    }

    #[test]
    fn marks_belong_to_their_letter_and_have_no_cell() {
        let ink = drawn(&[(0, 0, "a\u{308}\u{323}b", Style::new())]);
        let letters: Vec<(&str, usize, f32)> = ink.runs[0]
            .letters
            .iter()
            .map(|letter| (letter.drawn.as_str(), letter.glyphs.len(), letter.x))
            .collect();
        assert_eq!(letters, [("\u{1ea1}\u{308}", 2, 0.0), ("b", 1, CELL.width)]);
    }
}
