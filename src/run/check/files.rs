//! What a check needs of the world: the pictures, decoded to see whether that can be done, and kept by nobody.

use std::path::Path;
use std::sync::Arc;

use crate::check::Pictures;
use crate::deck::Code;
use crate::disk::{Assets, Place};
use crate::highlight::Highlighted;
use crate::layout::Supply;
use crate::picture::{Original, Size};

/// The pictures of a deck.
pub(super) struct Files {
    assets: Assets,
}

impl Files {
    pub(super) fn new(place: &Place, root: Option<&Path>) -> Self {
        Self { assets: Assets::new(place, root) }
    }
}

impl Supply for Files {
    fn picture(&self, source: &str) -> Result<Size, String> {
        self.assets.size(source)
    }

    /// Plain code takes the same cells as coloured code.
    fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
        None
    }
}

impl Pictures for Files {
    fn fault(&self, source: &str) -> Option<String> {
        let found = self.assets.find(source)?;
        found.open().and_then(Original::read).err()
    }

    fn similar(&self, source: &str) -> Option<String> {
        self.assets.similar(source)
    }
}
