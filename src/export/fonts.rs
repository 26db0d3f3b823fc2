//! Which font has which letter: ours, in four cuts, and behind it those of the system; what a letter's outline
//! is, and fonts of only a few letters. Nothing is painted here.

mod subset;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

use super::{DocumentResources, Font};

/// The size of letters in pixels at which each is as wide as a cell of a page.
pub(super) const SIZE: f32 = 16.0 / (1233.0 / 2048.0);
/// How far below the top of its cell a letter stands, in pixels: the font's ascent, and half of what the cell has more.
pub(super) const BASELINE: f32 = SIZE * (1901.0 / 2048.0) + 0.03;
/// The name of our font.
pub(super) const FAMILY: &str = "DejaVu Sans Mono";

/// Our cuts: upright and usual, strong, slanted, both.
static OURS: LazyLock<[Arc<[u8]>; 4]> = LazyLock::new(|| {
    let cuts: [&'static [u8]; 4] = [
        include_bytes!("../../static/fonts/DejaVuSansMono.ttf"),
        include_bytes!("../../static/fonts/DejaVuSansMono-Bold.ttf"),
        include_bytes!("../../static/fonts/DejaVuSansMono-Oblique.ttf"),
        include_bytes!("../../static/fonts/DejaVuSansMono-BoldOblique.ttf"),
    ];
    cuts.map(Arc::from)
});

/// The tables of fonts whose letters have colours of their own.
const COLORED: [Tag; 4] = [Tag::new(b"CBDT"), Tag::new(b"COLR"), Tag::new(b"SVG "), Tag::new(b"sbix")];

/// How a letter is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct FontStyle {
    pub(super) bold: bool,
    pub(super) oblique: bool,
}

impl FontStyle {
    fn nth(self) -> usize {
        usize::from(self.bold) + 2 * usize::from(self.oblique)
    }
}

/// The fonts that a document needs. The first four are ours, in the order of their cuts; those of the system follow as they
/// are needed.
pub(super) struct Fonts<'a> {
    shelf: &'a dyn DocumentResources,
    faces: RefCell<Vec<Font>>,
    known: RefCell<HashMap<(char, FontStyle), Option<Glyph>>>,
}

/// A letter's picture in a font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Which of the fonts.
    pub(super) face: usize,
    /// Its number in the font.
    pub(super) id: u32,
    /// How far it goes on, in pixels at `SIZE`; nothing for a mark that stands over the letter before it.
    pub(super) advance: f32,
}

impl<'a> Fonts<'a> {
    pub(super) fn new(shelf: &'a dyn DocumentResources) -> Self {
        let ours = OURS.iter().map(|bytes| Font { bytes: Arc::clone(bytes), face: 0 });
        Self { shelf, faces: RefCell::new(ours.collect()), known: RefCell::default() }
    }

    /// Returns the fonts so far, under their numbers.
    pub(super) fn faces(&self) -> Vec<Font> {
        self.faces.borrow().clone()
    }

    /// Returns the letter in our font, else upright in our font, else in one of the system's; none where no font has it.
    pub(super) fn glyph(&self, letter: char, cut: FontStyle) -> Option<Glyph> {
        if let Some(known) = self.known.borrow().get(&(letter, cut)) {
            return *known;
        }
        let bold = FontStyle { oblique: false, ..cut };
        let ours =
            [cut, bold, FontStyle::default()].into_iter().find_map(|cut| self.in_face(cut.nth(), letter));
        let found = ours.or_else(|| self.of_system(letter));
        self.known.borrow_mut().insert((letter, cut), found);
        found
    }

    /// Draws the outline of a glyph at `SIZE`, upwards from its baseline; returns whether it has one.
    pub(super) fn draw(&self, face: usize, id: u32, pen: &mut impl OutlinePen) -> bool {
        let faces = self.faces.borrow();
        let mut draw = || {
            let font = faces.get(face)?;
            let read = FontRef::from_index(&font.bytes, font.face).ok()?;
            let outline = read.outline_glyphs().get(GlyphId::new(id))?;
            let settings = DrawSettings::unhinted(Size::new(SIZE), LocationRef::default());
            outline.draw(settings, pen).ok()
        };
        draw().is_some()
    }

    /// Returns whether the letters of a font have colours of their own.
    pub(super) fn is_colored(&self, face: usize) -> bool {
        let faces = self.faces.borrow();
        let read = faces.get(face).and_then(|font| FontRef::from_index(&font.bytes, font.face).ok());
        read.is_some_and(|font| COLORED.iter().any(|&table| font.table_data(table).is_some()))
    }

    /// Returns a font file that has these letters of a font and no others; none where that font cannot be cut.
    pub(super) fn subset(&self, face: usize, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
        let font = self.faces.borrow().get(face)?.clone();
        subset::of(&font, letters)
    }

    fn of_system(&self, letter: char) -> Option<Glyph> {
        let font = self.shelf.font(letter)?;
        let is_it = |one: &Font| Arc::ptr_eq(&one.bytes, &font.bytes) && one.face == font.face;
        let known = self.faces.borrow().iter().position(is_it);
        let face = known.unwrap_or_else(|| {
            let mut faces = self.faces.borrow_mut();
            faces.push(font);
            faces.len() - 1
        });
        self.in_face(face, letter)
    }

    /// Returns the letter in this font; none where it has none.
    pub(super) fn in_face(&self, face: usize, letter: char) -> Option<Glyph> {
        let font = self.faces.borrow().get(face)?.clone();
        let read = FontRef::from_index(&font.bytes, font.face).ok()?;
        let id = read.charmap().map(letter).filter(|glyph| glyph.to_u32() > 0)?;
        let advance = read.glyph_metrics(Size::new(SIZE), LocationRef::default()).advance_width(id)?;
        Some(Glyph { face, id: id.to_u32(), advance })
    }
}
