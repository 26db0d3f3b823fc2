//! What stays of the slides when the deck or a picture is saved: all that is still true. When files are read again is
//! not decided here.

use std::collections::HashSet;
use std::mem;
use std::path::PathBuf;

use super::{Ready, Slides};
use crate::deck::{Deck, Revision};
use crate::disk::assets::{News, Renewal};
use crate::source::Diagnostic;
use crate::text::sanitize;

/// Of more pictures than this nothing is remembered when the deck changes: an author who tries many names would leave
/// a trail of them.
const MOST_PICTURES: usize = 512;

/// What the saving of pictures means to the slides.
#[derive(Debug, Default)]
pub(crate) struct Renewed {
    /// Whether the slides look another way already, before any picture is printed.
    pub(crate) is_visible: bool,
    /// What to say of a picture that cannot be read now.
    pub(crate) complaint: Option<String>,
}

impl Slides {
    /// Takes another writing of the deck, and returns what `look` makes of the change. What has stayed is neither
    /// parsed nor laid out again.
    pub(crate) fn set_deck<T>(&mut self, deck: Deck, look: impl FnOnce(&Revision) -> T) -> T {
        self.surveyed = 0;
        let change = Revision::between(&self.deck, &deck);
        let looked = look(&change);
        let (ready, titles, told) =
            (mem::take(&mut self.ready), self.titles.take(), mem::take(&mut self.told));
        // What the front matter says may concern any slide.
        if deck.meta == self.deck.meta {
            let place = |slide: usize| change.place_of(slide);
            self.ready = ready.into_iter().filter_map(|(slide, one)| Some((place(slide)?, one))).collect();
            let titles = titles.into_iter().filter_map(|(slide, title)| Some((place(slide)?, title)));
            self.titles.replace(titles.collect());
            for (slide, mut all) in told {
                let Some(now) = place(slide) else { continue };
                let (old_line, line) = (self.deck.slides[slide].line, deck.slides[now].line);
                for one in &mut all {
                    one.slide = Some(now + 1);
                    one.line = one.line.map(|own| (own + line).saturating_sub(old_line));
                }
                self.told.insert(now, all);
            }
        }
        self.deck = deck;
        self.generation += 1;
        looked
    }

    /// Forgets what was made of the deck and its pictures: all of it is read again.
    pub(crate) fn forget(&mut self) {
        self.generation += 1;
        self.ready.clear();
        self.titles.borrow_mut().clear();
        self.told.clear();
        self.assets.forget();
        self.workshop.forget_pictures();
    }

    /// Forgets all pictures where they are too many to be remembered, and returns whether they are.
    pub(crate) fn forget_many(&mut self) -> bool {
        let are_many = self.assets.count() > MOST_PICTURES;
        if are_many {
            self.assets.forget();
            self.workshop.forget_pictures();
            self.drop_scenes();
        }
        are_many
    }

    /// Returns the files that pictures were looked for in since this was last asked.
    pub(crate) fn sought(&self) -> Vec<PathBuf> {
        self.assets.sought()
    }

    /// Looks again at the pictures that these files are.
    pub(crate) fn renew_pictures(&mut self, touched: &HashSet<PathBuf>) -> Renewed {
        let mut renewed = Renewed::default();
        for Renewal { source, found, news } in self.assets.renew(touched) {
            self.generation += 1;
            self.take_back(&last_good(&source));
            match news {
                News::Repainted => found.iter().for_each(|found| self.workshop.renew(found)),
                News::Changed => {
                    // Of a picture that could not be read before, the reason is kept in place of a print.
                    found
                        .iter()
                        .chain(&self.assets.find(&source))
                        .for_each(|found| self.workshop.forget(found));
                    self.lay_out_again(&source);
                    renewed.is_visible = true;
                }
                News::Unreadable(_) => {
                    for slide in self.naming(&source) {
                        self.tell_of_last_good(slide, &source);
                    }
                    renewed.complaint = Some(last_good(&source));
                }
            }
        }
        renewed
    }

    /// Takes notice of pictures that could not be printed again, on a slide and on its neighbours, and returns what to
    /// say of one: their last good prints are shown.
    pub(crate) fn find_last_good(&mut self, index: usize) -> Option<String> {
        let near = self.ready.iter().filter(|(slide, _)| slide.abs_diff(index) <= 1);
        let pictures = near.flat_map(|(&slide, ready)| {
            let pictures = ready.scene.iter().flat_map(|scene| scene.pictures());
            pictures.map(move |(picture, _)| (slide, picture.source.clone()))
        });
        let has_failed = |source: &str| {
            self.assets.find(source).is_some_and(|found| self.workshop.failure(&found).is_some())
        };
        let failed: Vec<_> = pictures.filter(|(_, source)| has_failed(source)).collect();
        for (slide, source) in &failed {
            self.tell_of_last_good(*slide, source);
        }
        failed.first().map(|(_, source)| last_good(source))
    }

    fn tell_of_last_good(&mut self, slide: usize, source: &str) {
        let hint = "save it again; `r` reads everything again";
        self.tell(slide, &[Diagnostic::new(last_good(source)).hint(hint)]);
    }

    /// Has said nothing of the kind.
    fn take_back(&mut self, message: &str) {
        for told in self.told.values_mut() {
            told.retain(|diagnostic| diagnostic.message != message);
        }
    }

    /// Lays out the slides again that name a picture, and says again what there is to say of them.
    fn lay_out_again(&mut self, source: &str) {
        for slide in self.naming(source) {
            let was_ready = self.ready.remove(&slide).is_some();
            // Of a slide that is not ready something was said, and may be true no more.
            if self.told.remove(&slide).is_some() && !was_ready {
                self.scene(slide);
            }
        }
    }

    /// Returns the slides that name a picture, among those of which anything is known.
    fn naming(&self, source: &str) -> Vec<usize> {
        let names = |ready: &Ready| ready.slide.sources().contains(&source);
        let ready = self.ready.iter().filter(|(_, ready)| names(ready)).map(|(&slide, _)| slide);
        let is_told =
            |slide: &&usize| !self.ready.contains_key(*slide) && self.deck.source(**slide).contains(source);
        ready.chain(self.told.keys().filter(is_told).copied()).collect()
    }
}

/// Returns what is said of a picture whose file holds none now.
fn last_good(source: &str) -> String {
    format!("the last good `{}` is shown: its file cannot be read now", sanitize(source))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::slides::Studio;
    use crate::cli::Pictures;
    use crate::disk::{Assets, Place};
    use crate::layout::{CellSize, Stage};
    use crate::parse;
    use crate::source;
    use crate::theme::Theme;
    use crate::workers::Workers;

    fn deck(text: &str) -> Deck {
        parse::open(source::decode(text.as_bytes()).expect("it is text"), None)
    }

    #[test]
    fn slides_that_stay_are_laid_out_once_and_what_was_said_of_them_goes_with_them() {
        let stage = Stage {
            columns: 80,
            rows: 24,
            cell: CellSize { width: 10.0, height: 20.0 },
            center: true,
            rtl: false,
            basic_glyphs: false,
        };
        let studio = Studio {
            pictures: Pictures::Blocks,
            assets: Assets::new(&Place::Embedded, None),
            workshop: Workers::start(|| ()).expect("threads"),
        };
        let old = "# A\n\n---\n\n# B\n\n![alt](gone.png)\n\n---\n\n# C\n";
        let mut slides = Slides::new(deck(old), Theme::dark(), stage, studio);
        let scenes: Vec<_> = (0..3).map(|slide| slides.scene(slide)).collect();
        slides.set_deck(deck(&format!("# New\n\n---\n\n{}", old.replace("# C", "# D"))), |_| ());
        assert!(Arc::ptr_eq(&scenes[0], &slides.scene(1)) && Arc::ptr_eq(&scenes[1], &slides.scene(2)));
        assert!(!Arc::ptr_eq(&scenes[2], &slides.scene(3)));
        assert_eq!((0..4).map(|slide| slides.title(slide)).collect::<Vec<_>>(), ["New", "A", "B", "D"]);
        let told: Vec<_> = slides.diagnostics().iter().map(|one| (one.slide, one.line)).collect();
        assert_eq!(told, [(Some(3), Some(11))]);
        slides.set_deck(deck("# A"), |_| ());
        assert!(slides.diagnostics().is_empty());
    }
}
