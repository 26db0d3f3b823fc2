//! A picture of a slide by itself, in close-up: its scene, and how far it can be moved.

use super::slides::SlideCache;
use crate::layout::{Scene, zoom};
use crate::present::Closeup;

/// Returns the scene of a slide's picture in close-up, and its alt text; none where the slide has no such picture.
pub(super) fn scene(
    slides: &SlideCache,
    slide: usize,
    Closeup { picture, zoom }: Closeup,
) -> Option<(Scene, String)> {
    let scene = slides.scene(slide);
    let (item, _) = scene.pictures().nth(picture)?;
    let size = slides.resources().assets().size(&item.source).ok()?;
    let closely = zoom::scene(item, size, slides.stage(), zoom);
    Some((Scene { theme: scene.theme.clone(), ..closely }, item.alt.clone()))
}

/// Returns how many steps a slide's picture in close-up can be moved to either side, and up or down.
pub(super) fn reach(slides: &SlideCache, slide: usize, closeup: Closeup) -> (i16, i16) {
    let scene = slides.scene(slide);
    let picture = scene.pictures().nth(closeup.picture);
    let size = picture.and_then(|(picture, _)| slides.resources().assets().size(&picture.source).ok());
    size.map_or((0, 0), |size| zoom::reach(size, slides.stage(), closeup.zoom.level))
}
