//! A font cut down to the letters that a drawing has. `subsetter` cuts it as a PDF wants it: what browsers ask for besides is
//! put back.

use std::collections::BTreeSet;

use skrifa::raw::TableProvider;
use skrifa::raw::types::{NameId, Tag};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{CompositeGlyph, GlyfLocaBuilder, Glyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::name::{Name, NameRecord};

use crate::export::Font;

/// The measures of lines.
const MEASURES: Tag = Tag::new(b"OS/2");
/// The measures of letters.
const WIDTHS: [Tag; 3] = [Tag::new(b"hhea"), Tag::new(b"hmtx"), Tag::new(b"maxp")];
/// What a printer asks for.
const POST: Tag = Tag::new(b"post");
/// The last of the names that are kept: the author's rights and how the font is called, not its licence's text.
const LAST_NAME: NameId = NameId::POSTSCRIPT_NAME;
/// The platform and the language of the names that are kept: Windows in English, which every font has.
const NAMES: (u16, u16) = (3, 0x0409);

/// Returns the font with these letters only; none where its outlines are not of the kind that TrueType has.
pub(super) fn of(font: &Font, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let read = FontRef::from_index(&font.bytes, font.face).ok()?;
    read.glyf().ok()?;
    let charmap = read.charmap();
    let mut glyphs = GlyphRemapper::new();
    let mut of_letters = Vec::with_capacity(letters.len());
    for &letter in letters {
        let Some(glyph) = charmap.map(letter).and_then(|glyph| u16::try_from(glyph.to_u32()).ok()) else {
            continue;
        };
        of_letters.push((letter, GlyphId::from(glyphs.remap(glyph))));
    }
    let cut = subsetter::subset(&font.bytes, font.face, &glyphs).ok()?;
    let cut = FontRef::new(&cut).ok()?;
    let mut whole = FontBuilder::new();
    whole.add_table(&Cmap::from_mappings(of_letters).ok()?).ok()?;
    whole.add_table(&names(&read)?).ok()?;
    whole.add_raw(MEASURES, read.table_data(MEASURES)?.as_bytes());
    whole.add_raw(POST, post(&read)?);
    for table in WIDTHS {
        whole.add_raw(table, cut.table_data(table)?.as_bytes());
    }
    shapes(&cut, &mut whole)?;
    Some(whole.build())
}

/// Adds the letters' shapes without their programs for screens of few pixels, which are as long as the shapes.
fn shapes(font: &FontRef<'_>, whole: &mut FontBuilder<'_>) -> Option<()> {
    let (shapes, places) = (font.glyf().ok()?, font.loca(None).ok()?);
    let mut plain = GlyfLocaBuilder::new();
    for id in 0..font.maxp().ok()?.num_glyphs() {
        let shape = places.get_glyf(GlyphId::from(id), &shapes).ok()?;
        let shape = match shape.map(|shape| shape.to_owned_table()) {
            None | Some(Glyph::Empty) => Glyph::Empty,
            Some(Glyph::Simple(mut shape)) => {
                shape.instructions.clear();
                Glyph::Simple(shape)
            }
            Some(Glyph::Composite(shape)) => {
                let components = shape.components().iter().map(|component| (component.clone(), shape.bbox));
                Glyph::Composite(CompositeGlyph::try_from_iter(components).ok()?)
            }
        };
        plain.add_glyph(&shape).ok()?;
    }
    let (shapes, places, format) = plain.build();
    let mut head: Head = font.head().ok()?.to_owned_table();
    head.index_to_loc_format = format as i16;
    whole.add_table(&shapes).ok()?.add_table(&places).ok()?.add_table(&head).ok()?;
    Some(())
}

/// Returns the few names that are kept.
fn names(font: &FontRef<'_>) -> Option<Name> {
    let names = font.name().ok()?;
    let kept = names.name_record().iter().filter(|record| {
        (record.platform_id(), record.language_id()) == NAMES && record.name_id() <= LAST_NAME
    });
    let kept = kept.filter_map(|record| {
        let words = record.string(names.string_data()).ok()?.to_string();
        Some(NameRecord::new(NAMES.0, record.encoding_id(), NAMES.1, record.name_id(), words.into()))
    });
    Some(Name::new(kept.collect()))
}

/// Returns what a printer asks for, without the glyphs' names.
fn post(font: &FontRef<'_>) -> Option<Vec<u8>> {
    const WITHOUT_NAMES: [u8; 4] = [0, 3, 0, 0];
    const LENGTH: usize = 32;
    let whole = font.table_data(POST)?;
    let rest = whole.as_bytes().get(WITHOUT_NAMES.len()..LENGTH)?;
    Some([&WITHOUT_NAMES, rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fonts::OURS;

    #[test]
    fn a_font_has_its_letters_in_their_shapes_and_no_others() {
        for bytes in OURS.iter() {
            let font = Font { bytes: bytes.clone(), face: 0 };
            let letters = BTreeSet::from(['a', 'é', '→']);
            let cut = of(&font, &letters).expect("ours can be cut");
            assert!(cut.len() < 3000, "{} bytes", cut.len());
            let (whole, cut) = (FontRef::new(bytes).expect("a font"), FontRef::new(&cut).expect("a font"));
            let kept: BTreeSet<u32> = cut.charmap().mappings().map(|(letter, _)| letter).collect();
            assert_eq!(kept, letters.iter().map(|&letter| u32::from(letter)).collect());
            for &letter in &letters {
                assert_eq!(outline(&cut, letter), outline(&whole, letter), "{letter}");
            }
            let tables = [b"OS/2", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"];
            assert!(tables.iter().all(|table| cut.table_data(Tag::new(table)).is_some()));
            let name = |font: &FontRef<'_>| names(font).map(|names| names.name_record.len());
            assert_eq!(name(&cut), name(&whole));
        }
    }

    fn outline(font: &FontRef<'_>, letter: char) -> String {
        use skrifa::instance::{LocationRef, Size};
        use skrifa::outline::DrawSettings;
        use skrifa::outline::pen::SvgPen;
        let glyph = font.charmap().map(letter).expect("it has the letter");
        let mut pen = SvgPen::with_precision(2);
        let settings = DrawSettings::unhinted(Size::new(100.0), LocationRef::default());
        font.outline_glyphs().get(glyph).expect("it is drawn").draw(settings, &mut pen).expect("it is drawn");
        pen.to_string()
    }
}
