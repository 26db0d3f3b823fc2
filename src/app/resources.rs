//! Where pictures and colours come from: the files that a deck names, and the threads that decode, print and highlight.

use std::cell::Cell;
use std::sync::Arc;

use crate::deck::Code;
use crate::disk::Assets;
use crate::highlight::Highlighted;
use crate::layout::Supply;
use crate::picture::Size;
use crate::workers::Workers;

/// Of more pictures than this nothing is remembered when the deck changes: an author who tries many names would leave
/// a trail of them.
const MOST_PICTURES: usize = 512;

/// What slides are laid out and printed with.
pub(super) struct Resources {
    assets: Assets,
    workers: Workers,
    pictures: bool,
}

impl Resources {
    /// Returns the resources of a deck whose pictures are `assets`; `pictures` says whether they are shown at all.
    pub(super) fn new(assets: Assets, workers: Workers, pictures: bool) -> Self {
        Self { assets, workers, pictures }
    }

    /// Returns the pictures that the deck names.
    pub(super) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Returns the threads and what they have made.
    pub(super) fn workers(&self) -> &Workers {
        &self.workers
    }

    /// Returns whether pictures are shown at all.
    pub(super) fn shows_pictures(&self) -> bool {
        self.pictures
    }

    /// Forgets all pictures: their files are looked for and read again.
    pub(super) fn forget_pictures(&self) {
        self.assets.forget();
        self.workers.forget_pictures();
    }

    /// Forgets all pictures where they are too many to be remembered, and returns whether they are.
    pub(super) fn forget_many(&self) -> bool {
        let are_many = self.assets.count() > MOST_PICTURES;
        if are_many {
            self.forget_pictures();
        }
        are_many
    }
}

/// What the layout of one slide asks for.
pub(super) struct SlideSupply<'a> {
    resources: &'a Resources,
    lacks_colors: Cell<bool>,
}

impl<'a> SlideSupply<'a> {
    /// Returns the supply for the layout of one slide.
    pub(super) fn new(resources: &'a Resources) -> Self {
        Self { resources, lacks_colors: Cell::new(false) }
    }

    /// Returns whether any code was asked for that is not highlighted yet.
    pub(super) fn lacks_colors(&self) -> bool {
        self.lacks_colors.get()
    }
}

impl Supply for SlideSupply<'_> {
    fn picture(&self, source: &str) -> Result<Size, String> {
        if !self.resources.pictures {
            return Err("pictures are not shown".to_owned());
        }
        self.resources.assets.size(source)
    }

    fn code(&self, code: &Code) -> Option<Arc<Highlighted>> {
        let known = self.resources.workers.code(code);
        if known.is_none() {
            self.lacks_colors.set(true);
        }
        known.flatten()
    }
}

/// What the layout of notes asks for: the colours of code. Their pictures are told by words.
pub(super) struct NotesSupply<'a>(pub(super) &'a Resources);

impl Supply for NotesSupply<'_> {
    fn picture(&self, _: &str) -> Result<Size, String> {
        Err("notes are words".to_owned())
    }

    fn code(&self, code: &Code) -> Option<Arc<Highlighted>> {
        self.0.workers.code(code).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn more_pictures_than_are_remembered_are_forgotten() {
        let (resources, _) = fixture::resources(None);
        for nth in 0..MOST_PICTURES {
            assert!(resources.assets().size(&format!("{nth}.png")).is_err());
        }
        assert!(!resources.forget_many());
        assert!(resources.assets().size("one-more.png").is_err());
        assert!(resources.forget_many());
        assert_eq!(resources.assets().count(), 0);
    }
}
