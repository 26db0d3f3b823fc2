//! What the presenter has to know of the deck for one action, gathered from the parts of the talk.

use super::closeup;
use super::diagnostics::DiagnosticLog;
use super::help;
use super::mode::Mode;
use super::places::Places;
use super::slides::SlideCache;
use crate::paint::NotesView;
use crate::parse;
use crate::present::{Context, Overlay, Presenter, jump_target};

/// Returns what an action has to know now, in a window that is divided into `places`. A list is gathered only while it is
/// open, and notes are laid out only while they are shown.
pub(super) fn context<'a>(
    slides: &'a SlideCache,
    log: &DiagnosticLog,
    presenter: &Presenter,
    mode: &Mode,
    places: &Places,
) -> Context<'a> {
    let position = presenter.position;
    let deck = slides.deck();
    let links = slides.links(position.slide).iter().map(|(_, url)| parse::target(deck, url)).collect();
    let (scene, extent) = (slides.scene(position.slide), slides.extent(position));
    let mut context = Context { links, pictures: scene.pictures().count(), ..Context::new(deck, extent) };
    if presenter.notes.is_some() {
        context.notes_beyond = notes_beyond(slides, position.slide, places);
    }
    if let Some(closeup) = presenter.closeup {
        context.reach = closeup::reach(slides, position.slide, closeup);
    }
    context.list = match &presenter.overlay {
        Some(Overlay::Help { .. }) => {
            let room = help::room(places.panel_columns);
            vec![None; help::help(slides.theme(), room, mode).len()]
        }
        Some(Overlay::Outline { .. }) => (0..slides.count()).map(Some).collect(),
        Some(Overlay::Links { .. }) => context.links.clone(),
        Some(Overlay::Diagnostics { .. }) => {
            let all = log.all(deck).into_iter();
            all.map(|diagnostic| diagnostic.slide.map(|number| number - 1)).collect()
        }
        Some(Overlay::Jump { typed }) => vec![jump_target(typed, deck, |slide| slides.title(slide))],
        Some(Overlay::StartOver | Overlay::End { .. }) | None => Vec::new(),
    };
    context
}

/// Returns how many rows the notes of a slide have beyond those that are shown at once.
pub(super) fn notes_beyond(slides: &SlideCache, slide: usize, places: &Places) -> usize {
    let room = places.notes.unwrap_or_default();
    let view = |scene| {
        NotesView { scene, scroll: 0, title: "", aside: "", theme: slides.theme() }.beyond(room.height)
    };
    slides.notes(slide, room.width).as_ref().map_or(0, view)
}
