//! The system's fonts, for letters that ours lack. Which letters those are is not known here.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fontdb::{Database, ID, Style, Weight};
use skrifa::MetadataProvider;
use skrifa::raw::collections::IntSet;

/// A font file's bytes, and which of its faces is meant.
pub type Face = (Arc<[u8]>, u32);

/// What was found for a letter so far, which letters the fonts have that were asked, and the files that were read.
#[derive(Default)]
struct Known {
    letters: HashMap<char, Option<ID>>,
    coverage: HashMap<ID, IntSet<u32>>,
    faces: HashMap<ID, Option<Face>>,
}

static SYSTEM: LazyLock<Database> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts
});

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

/// The fonts in the order in which they are asked.
static ORDER: LazyLock<Vec<ID>> = LazyLock::new(|| {
    let mut faces: Vec<_> = SYSTEM.faces().collect();
    let is_usual = |face: &fontdb::FaceInfo| face.style == Style::Normal && face.weight == Weight::NORMAL;
    // The order in which folders are read is not the same everywhere.
    faces.sort_by_key(|face| (!is_usual(face), !face.monospaced, face.post_script_name.clone(), face.index));
    faces.into_iter().map(|face| face.id).collect()
});

/// Returns a font of the system that has this letter: an upright one of usual weight where there is one, and always the same
/// one on the same system.
pub fn with(letter: char) -> Option<Face> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let Known { letters, coverage, faces } = &mut *known;
    let mut has = |id: ID| coverage.entry(id).or_insert_with(|| letters_of(id)).contains(u32::from(letter));
    let found = letters.entry(letter).or_insert_with(|| ORDER.iter().copied().find(|&id| has(id)));
    let id = (*found)?;
    faces.entry(id).or_insert_with(|| read(id)).clone()
}

/// Returns the letters that a font has.
fn letters_of(id: ID) -> IntSet<u32> {
    let letters = |bytes: &[u8], face: u32| {
        let font = skrifa::FontRef::from_index(bytes, face).ok()?;
        let all = font.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() > 0);
        Some(all.map(|(letter, _)| letter).collect())
    };
    SYSTEM.with_face_data(id, letters).flatten().unwrap_or_else(IntSet::empty)
}

fn read(id: ID) -> Option<Face> {
    SYSTEM.with_face_data(id, |bytes, face| (Arc::from(bytes), face))
}
