//! What a check needs of the world: the pictures, decoded to see whether that can be done, and kept by nobody.

use std::path::Path;
use std::sync::Arc;

use crate::check::PictureSupply;
use crate::deck::Code;
use crate::disk::{Assets, DeckSource};
use crate::highlight::Highlighted;
use crate::layout::Supply;
use crate::picture::{Original, Size};

/// The pictures of a deck.
pub(super) struct CheckedFiles {
    assets: Assets,
}

impl CheckedFiles {
    pub(super) fn new(place: &DeckSource, root: Option<&Path>) -> Self {
        Self { assets: Assets::new(place, root) }
    }
}

impl Supply for CheckedFiles {
    fn picture(&self, source: &str) -> Result<Size, String> {
        self.assets.size(source)
    }

    /// Plain code takes the same cells as coloured code.
    fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
        None
    }
}

impl PictureSupply for CheckedFiles {
    fn fault(&self, source: &str) -> Option<String> {
        let found = self.assets.find(source)?;
        found.open().and_then(Original::read).err()
    }

    fn similar(&self, source: &str) -> Option<String> {
        self.assets.similar(source)
    }
}
