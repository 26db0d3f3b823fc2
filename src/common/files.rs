//! What a document needs of the world: pictures, the colours of code, fonts. Each thing is looked for once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::buffer::Buffer;

use crate::cli::PicturesArg;
use crate::deck::Code;
use crate::disk::assets::Found;
use crate::disk::{Assets, DeckSource};
use crate::export::{DocumentFile, DocumentResources, Font};
use crate::highlight::{self, Highlighted};
use crate::layout::Supply;
use crate::picture::Size;
use crate::terminal::{self, ColorDepth};

/// The files of a deck, for one thread.
pub(crate) struct DeckResources {
    assets: Assets,
    /// Where the deck is.
    folder: Option<PathBuf>,
    /// Whether pictures are shown at all.
    shows: bool,
    codes: RefCell<HashMap<Code, Option<Arc<Highlighted>>>>,
    read: RefCell<HashMap<Found, Arc<[u8]>>>,
}

impl DeckResources {
    pub(crate) fn new(place: &DeckSource, root: Option<&Path>, pictures: Option<PicturesArg>) -> Self {
        let folder = match place {
            DeckSource::File(path) => {
                path.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned))
            }
            DeckSource::Input => std::env::current_dir().ok(),
            DeckSource::Embedded => None,
        };
        let shows = pictures != Some(PicturesArg::None);
        Self {
            assets: Assets::new(place, root),
            folder,
            shows,
            codes: RefCell::default(),
            read: RefCell::default(),
        }
    }

    /// Returns where a picture is from the deck's folder, as it may be told anywhere.
    fn place(&self, found: &Found) -> String {
        let path = match found {
            Found::Embedded(name) => return name.clone(),
            Found::File(path) => path.canonicalize().unwrap_or_else(|_| path.clone()),
        };
        let mut way = PathBuf::new();
        for above in self.folder.iter().flat_map(|folder| folder.ancestors()) {
            match path.strip_prefix(above) {
                Ok(rest) if above.parent().is_some() => {
                    return way.join(rest).to_string_lossy().into_owned();
                }
                _ => way.push(".."),
            }
        }
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl Supply for DeckResources {
    fn picture(&self, source: &str) -> Result<Size, String> {
        if !self.shows {
            return Err("pictures are not shown".to_owned());
        }
        self.assets.size(source)
    }

    fn code(&self, code: &Code) -> Option<Arc<Highlighted>> {
        let mut codes = self.codes.borrow_mut();
        let known = codes.entry(code.clone());
        known.or_insert_with(|| highlight::highlight(&code.text, Some(&code.info)).map(Arc::new)).clone()
    }
}

impl DocumentResources for DeckResources {
    fn file(&self, source: &str) -> Result<DocumentFile, String> {
        let (found, _) = self.assets.look(source)?;
        let known = self.read.borrow().get(&found).cloned();
        let bytes = match known {
            Some(bytes) => bytes,
            None => Arc::from(found.read()?),
        };
        self.read.borrow_mut().insert(found.clone(), Arc::clone(&bytes));
        Ok(DocumentFile { path: self.place(&found), bytes })
    }

    fn path(&self, source: &str) -> Option<String> {
        self.assets.find(source).map(|found| self.place(&found))
    }

    fn printed(&self, canvas: &Buffer) -> Vec<u8> {
        terminal::print(canvas, ColorDepth::True)
    }

    #[cfg(feature = "pages")]
    fn font(&self, letter: char) -> Option<Font> {
        crate::disk::fonts::with(letter).map(|font| Font { bytes: font.bytes, face: font.face })
    }

    #[cfg(not(feature = "pages"))]
    fn font(&self, _: char) -> Option<Font> {
        None
    }
}
