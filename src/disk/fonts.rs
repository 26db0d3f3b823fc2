//! The system's fonts, for characters that ours lack.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fontdb::{Database, ID, Style, Weight};
use skrifa::MetadataProvider;
use skrifa::raw::collections::IntSet;

/// A font of the system.
#[derive(Debug, Clone)]
pub struct SystemFont {
    /// The bytes of its file.
    pub bytes: Arc<[u8]>,
    /// Which of the file's faces, from 0.
    pub face: u32,
}

/// The fonts that were found for characters so far, the characters of the fonts that were looked at, and the files that were
/// read.
#[derive(Default)]
struct FontCache {
    letters: HashMap<char, Option<ID>>,
    coverage: HashMap<ID, IntSet<u32>>,
    faces: HashMap<ID, Option<SystemFont>>,
}

static SYSTEM: LazyLock<Database> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts
});

static CACHE: LazyLock<Mutex<FontCache>> = LazyLock::new(Mutex::default);

/// The fonts in the order in which they are looked at.
static ORDER: LazyLock<Vec<ID>> = LazyLock::new(|| {
    let mut faces: Vec<_> = SYSTEM.faces().collect();
    let is_usual = |face: &fontdb::FaceInfo| face.style == Style::Normal && face.weight == Weight::NORMAL;
    // The order in which folders are read is not the same everywhere.
    faces.sort_by_key(|face| (!is_usual(face), !face.monospaced, face.post_script_name.clone(), face.index));
    faces.into_iter().map(|face| face.id).collect()
});

/// Returns a font of the system that has this letter: an upright one of usual weight where there is one, and always the same
/// one on the same system.
pub fn with(letter: char) -> Option<SystemFont> {
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let FontCache { letters, coverage, faces } = &mut *cache;
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

fn read(id: ID) -> Option<SystemFont> {
    SYSTEM.with_face_data(id, |bytes, face| SystemFont { bytes: Arc::from(bytes), face })
}
