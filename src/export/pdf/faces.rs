//! The fonts as the document takes them. One that cannot be taken apart is left out.

use std::collections::HashMap;
use std::sync::Arc;

use krilla::geom::Point;
use krilla::text::{Font as Embedded, GlyphId, KrillaGlyph};
use krilla::{Data, Document};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::export::Font;

/// So many of the fonts, the first, are ours.
const OURS: usize = 4;

/// The fonts, under the numbers that ink gives them.
#[derive(Default)]
pub(super) struct PdfFonts(Vec<PdfFont>);

/// A font.
pub(super) struct PdfFont {
    file: Font,
    /// Whether it comes with Lutrin, and so is known to be sound.
    ours: bool,
    embedded: Option<Embedded>,
    /// The glyph of a blank.
    pub(super) blank: Option<u32>,
    /// Whether a glyph can be written.
    written: HashMap<u32, bool>,
}

impl PdfFonts {
    /// Takes those fonts that are new.
    pub(super) fn learn(&mut self, fonts: &[Font]) {
        for font in fonts.iter().skip(self.0.len()) {
            self.0.push(PdfFont::new(font, self.0.len() < OURS));
        }
    }

    /// Returns a font.
    pub(super) fn get(&mut self, face: usize) -> Option<&mut PdfFont> {
        self.0.get_mut(face)
    }
}

impl PdfFont {
    fn new(font: &Font, ours: bool) -> Self {
        let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Arc::clone(&font.bytes));
        let read = FontRef::from_index(&font.bytes, font.face).ok();
        let blank = read.and_then(|read| read.charmap().map(' ')).map(skrifa::GlyphId::to_u32);
        let embedded = Embedded::new(Data::from(bytes), font.face);
        let blank = blank.filter(|blank| *blank > 0);
        Self { file: font.clone(), ours, embedded, blank, written: HashMap::new() }
    }

    /// Returns the font where a document can be written with this glyph of it.
    pub(super) fn with(&mut self, glyph: u32) -> Option<Embedded> {
        let font = self.embedded.clone()?;
        if self.ours {
            return Some(font);
        }
        let is_written = *self.written.entry(glyph).or_insert_with(|| writes(&font, glyph));
        is_written.then_some(font)
    }

    /// Returns the glyph of a letter, where the font has one.
    pub(super) fn glyph(&self, letter: char) -> Option<u32> {
        let read = FontRef::from_index(&self.file.bytes, self.file.face).ok()?;
        read.charmap().map(letter).map(skrifa::GlyphId::to_u32).filter(|glyph| *glyph > 0)
    }

    /// Returns how far a glyph goes on, in parts of the font's size.
    pub(super) fn advance(&self, glyph: u32) -> f32 {
        let read = FontRef::from_index(&self.file.bytes, self.file.face).ok();
        let advance = read.and_then(|read| {
            read.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph.into())
        });
        advance.unwrap_or_default()
    }
}

/// Returns whether a document of this glyph alone can be written.
fn writes(font: &Embedded, glyph: u32) -> bool {
    if u16::try_from(glyph).is_err() {
        return false;
    }
    let mut document = Document::new();
    let mut page = document.start_page();
    let mut surface = page.surface();
    let glyphs = [KrillaGlyph::new(GlyphId::new(glyph), 1.0, 0.0, 0.0, 0.0, 0..1, None)];
    surface.draw_glyphs(Point::from_xy(0.0, 0.0), &glyphs, font.clone(), "x", 10.0, false);
    surface.finish();
    page.finish();
    document.finish().is_ok()
}
