//! What the tests of the parts of a talk begin with: a deck, a stage, resources with threads of their own.

use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};

use super::resources::Resources;
use super::slides::SlideCache;
use crate::deck::Deck;
use crate::disk::{Assets, DeckSource};
use crate::layout::{CellSize, Stage};
use crate::theme::Theme;
use crate::workers::Workers;
use crate::{parse, source};

/// A stage that most terminals have.
pub(super) const STAGE: Stage = Stage {
    columns: 80,
    rows: 24,
    cell: CellSize { width: 10.0, height: 20.0 },
    center: true,
    rtl: false,
    basic_glyphs: false,
};

/// Returns the deck that is written so.
pub(super) fn deck(text: &str) -> Deck {
    parse::open(source::decode(text.as_bytes()).expect("it is text"), None)
}

/// Returns resources whose pictures are in `folder`, or else the ones that ship; and what says when one has become ready.
pub(super) fn resources(folder: Option<&Path>) -> (Rc<Resources>, Receiver<()>) {
    let (sender, ready) = channel();
    let place = folder.map_or(DeckSource::Embedded, |folder| DeckSource::File(folder.join("deck.md")));
    let workers = Workers::start(move || sender.send(()).unwrap_or_default()).expect("threads");
    (Rc::new(Resources::new(Assets::new(&place, None), workers, true)), ready)
}

/// Returns the slides of a deck, none of them parsed.
pub(super) fn slides(text: &str, resources: &Rc<Resources>) -> SlideCache {
    SlideCache::new(deck(text), Theme::dark(), STAGE, Rc::clone(resources))
}
