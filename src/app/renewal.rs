//! What the saving of pictures means to a talk: all that is still true of them stays.

use std::collections::HashSet;
use std::path::PathBuf;

use super::diagnostics::DiagnosticLog;
use super::slides::SlideCache;
use crate::deck::Deck;
use crate::disk::assets::{PictureChange, Renewal};
use crate::source::Diagnostic;
use crate::text::sanitize;

/// What the saving of pictures means to the slides.
#[derive(Debug, Default)]
pub(super) struct Renewed {
    /// Whether the slides look another way already, before any picture is printed.
    pub(super) is_visible: bool,
    /// What to say of a picture that cannot be read now.
    pub(super) complaint: Option<String>,
}

/// Looks again at the pictures that the `touched` files are.
pub(super) fn renew_pictures(
    slides: &mut SlideCache,
    log: &mut DiagnosticLog,
    touched: &HashSet<PathBuf>,
) -> Renewed {
    log.add(slides.drain_diagnostics());
    let mut renewed = Renewed::default();
    for Renewal { source, found, news } in slides.resources().assets().renew(touched) {
        log.retract(&last_good(&source));
        match news {
            PictureChange::Repainted => {
                if let Some(found) = &found {
                    slides.resources().workers().renew(found);
                }
            }
            PictureChange::Changed => {
                // Of a picture that could not be read before, the reason is kept in place of a print.
                let now = slides.resources().assets().find(&source);
                let both = found.iter().chain(&now);
                both.for_each(|found| slides.resources().workers().forget(found));
                lay_out_again(slides, log, &source);
                renewed.is_visible = true;
            }
            PictureChange::Unreadable(_) => {
                let naming = naming(slides, log, &source);
                log.add(naming.into_iter().map(|slide| (slide, of_last_good(slides.deck(), slide, &source))));
                renewed.complaint = Some(last_good(&source));
            }
        }
    }
    renewed
}

/// Takes note of pictures that could not be printed again, on the slide at `index` and on its neighbours, and returns what
/// to say of one: their last good prints are shown.
pub(super) fn find_last_good(slides: &SlideCache, log: &mut DiagnosticLog, index: usize) -> Option<String> {
    let resources = slides.resources();
    let mut complaint = None;
    for slide in [Some(index), index.checked_add(1), index.checked_sub(1)].into_iter().flatten() {
        let Some(scene) = slides.laid_out(slide) else { continue };
        for (picture, _) in scene.pictures() {
            let found = resources.assets().find(&picture.source);
            if found.is_some_and(|found| resources.workers().failure(&found).is_some()) {
                log.add([(slide, of_last_good(slides.deck(), slide, &picture.source))]);
                complaint = complaint.or_else(|| Some(last_good(&picture.source)));
            }
        }
    }
    complaint
}

/// Lays out the slides again that name a picture, and says again what there is to say of them.
fn lay_out_again(slides: &mut SlideCache, log: &mut DiagnosticLog, source: &str) {
    for slide in naming(slides, log, source) {
        let was_cached = slides.forget_slide(slide);
        // Of a slide that is not in the cache something was said, and may be true no more.
        if log.forget_slide(slide) && !was_cached {
            slides.scene(slide);
            log.add(slides.drain_diagnostics());
        }
    }
}

/// Returns the slides that name a picture, among those of which anything is known.
fn naming(slides: &SlideCache, log: &DiagnosticLog, source: &str) -> Vec<usize> {
    let names = |slide: &usize| match slides.parsed(*slide) {
        Some(parsed) => parsed.sources().contains(&source),
        None => log.has(*slide) && slides.deck().source(*slide).contains(source),
    };
    (0..slides.count()).filter(names).collect()
}

/// Returns what is said of a picture whose file holds none now.
fn last_good(source: &str) -> String {
    format!("the last good `{}` is shown: its file cannot be read now", sanitize(source))
}

/// Returns the same as a diagnostic of a slide that names the picture.
fn of_last_good(deck: &Deck, slide: usize, source: &str) -> Diagnostic {
    let line = deck.slides.get(slide).map_or(1, |source| source.line);
    let diagnostic = Diagnostic::new(last_good(source)).on_slide(slide + 1).at_line(line);
    diagnostic.hint("save it again; `r` reads everything again")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::app::fixture;

    fn save(folder: &Path, name: &str, width: u32) {
        image::RgbImage::new(width, 2).save(folder.join(name)).expect("written");
    }

    fn messages(log: &DiagnosticLog, slides: &SlideCache) -> Vec<(Option<usize>, String)> {
        log.all(slides.deck()).iter().map(|one| (one.slide, one.message.clone())).collect()
    }

    #[test]
    fn what_is_said_of_a_picture_follows_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (resources, _) = fixture::resources(Some(folder.path()));
        let mut slides = fixture::slides("# A\n\n---\n\n![](a.png)\n\n---\n\n# C", &resources);
        let mut log = DiagnosticLog::default();
        let touched = HashSet::from([folder.path().join("a.png")]);
        let before = [slides.scene(0), slides.scene(1)];
        assert_eq!(before[1].pictures().count(), 0);

        save(folder.path(), "a.png", 2);
        let renewed = renew_pictures(&mut slides, &mut log, &touched);
        assert!(renewed.is_visible && renewed.complaint.is_none());
        assert!(messages(&log, &slides).is_empty());
        assert!(std::sync::Arc::ptr_eq(&before[0], &slides.scene(0)), "it names no picture");
        let scene = slides.scene(1);
        assert_eq!(scene.pictures().count(), 1);

        std::fs::write(folder.path().join("a.png"), "no picture").expect("written");
        let renewed = renew_pictures(&mut slides, &mut log, &touched);
        let said = "the last good `a.png` is shown: its file cannot be read now".to_owned();
        assert!(!renewed.is_visible);
        assert_eq!(renewed.complaint.as_ref(), Some(&said));
        assert_eq!(messages(&log, &slides), [(Some(2), said)]);

        save(folder.path(), "a.png", 2);
        let renewed = renew_pictures(&mut slides, &mut log, &touched);
        assert!(!renewed.is_visible && renewed.complaint.is_none(), "it is printed again first");
        assert!(messages(&log, &slides).is_empty());
        assert!(std::sync::Arc::ptr_eq(&scene, &slides.scene(1)));
        assert_eq!(find_last_good(&slides, &mut log, 1), None);
    }

    #[test]
    fn a_slide_that_is_no_longer_in_the_cache_is_looked_at_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (resources, _) = fixture::resources(Some(folder.path()));
        let mut slides = fixture::slides("![](a.png)\n\n![](b.png)", &resources);
        let mut log = DiagnosticLog::default();
        slides.survey(0);
        log.add(slides.drain_diagnostics());
        assert_eq!(messages(&log, &slides).len(), 2);
        save(folder.path(), "a.png", 2);
        renew_pictures(&mut slides, &mut log, &HashSet::from([folder.path().join("a.png")]));
        let said = messages(&log, &slides);
        assert!(said.len() == 1 && said[0].1.contains("b.png"), "{said:?}");
    }
}
