//! The cache of slides: what has been parsed and laid out so far of one deck, on one stage, in one theme.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::resources::{NotesSupply, Resources, SlideSupply};
use crate::deck::{Deck, Revision, Slide, walk};
use crate::layout::{Scene, Stage, layout_notes, layout_slide};
use crate::paint::notes;
use crate::parse;
use crate::present::{Extent, Position};
use crate::protocol::TalkPosition;
use crate::source::Diagnostic;
use crate::text::sanitize;
use crate::theme::Theme;

/// A talk says its title within so many slides.
const OPENING: usize = 8;
/// The eye loses its way back in longer lines of notes.
const LONGEST_LINE: u16 = 100;
/// Slides farther than this from the one that is shown are parsed again when they are needed.
const KEPT: usize = 32;

/// A deck's slides, parsed and laid out when they are first asked for. Asking changes no answer, so it needs no `&mut`.
pub(super) struct SlideCache {
    deck: Deck,
    theme: Theme,
    stage: Stage,
    resources: Rc<Resources>,
    made: RefCell<CachedSlides>,
    generation: u64,
}

/// What the cache has made so far.
#[derive(Default)]
struct CachedSlides {
    slides: HashMap<usize, CachedSlide>,
    beside: Option<SceneBeside>,
    titles: HashMap<usize, String>,
    /// What parsing and layout have said, with the slide's index, since it was last drained.
    diagnostics: Vec<(usize, Diagnostic)>,
}

/// A slide that has been parsed, and most likely laid out.
struct CachedSlide {
    slide: Arc<Slide>,
    scene: Option<Arc<Scene>>,
    /// The scene was laid out before all its code was highlighted.
    lacks_colors: bool,
}

/// A scene on another stage than the cache's.
struct SceneBeside {
    slide: usize,
    stage: Stage,
    /// The cache's when it was laid out.
    generation: u64,
    scene: Arc<Scene>,
}

impl SlideCache {
    /// Returns the cache of a deck's slides, with nothing in it.
    pub(super) fn new(deck: Deck, theme: Theme, stage: Stage, resources: Rc<Resources>) -> Self {
        Self { deck, theme, stage, resources, made: RefCell::default(), generation: 0 }
    }

    /// Returns the deck.
    pub(super) fn deck(&self) -> &Deck {
        &self.deck
    }

    /// Returns the theme that slides are laid out in.
    pub(super) fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Returns the stage that slides are laid out for.
    pub(super) fn stage(&self) -> Stage {
        self.stage
    }

    /// Returns where pictures and colours come from.
    pub(super) fn resources(&self) -> &Resources {
        &self.resources
    }

    /// Returns a number that grows whenever a slide may look another way than before.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns how many slides there are, at least 1.
    pub(super) fn count(&self) -> usize {
        self.deck.slides.len().max(1)
    }

    /// Returns the slide at `index`, from 0.
    pub(super) fn slide(&self, index: usize) -> Arc<Slide> {
        if let Some(slide) = self.parsed(index) {
            return slide;
        }
        let slide = Arc::new(parse::slide(&self.deck, index));
        self.note(index, &slide.diagnostics);
        let mut made = self.made.borrow_mut();
        made.titles.insert(index, slide.title().unwrap_or_default());
        let cached = CachedSlide { slide: Arc::clone(&slide), scene: None, lacks_colors: false };
        made.slides.insert(index, cached);
        slide
    }

    /// Returns a slide's scene on the stage.
    pub(super) fn scene(&self, index: usize) -> Arc<Scene> {
        if let Some(scene) = self.laid_out(index) {
            return scene;
        }
        let slide = self.slide(index);
        let (scene, lacks_colors) = self.lay_out(&slide, self.stage);
        if self.resources.shows_pictures() {
            self.note(index, &scene.diagnostics);
        }
        let cached = CachedSlide { slide, scene: Some(Arc::clone(&scene)), lacks_colors };
        self.made.borrow_mut().slides.insert(index, cached);
        scene
    }

    /// Returns a slide's scene on another stage, beside the first one; the last such scene is kept.
    pub(super) fn scene_beside(&self, index: usize, stage: Stage) -> Arc<Scene> {
        if stage == self.stage {
            return self.scene(index);
        }
        let key = (index, stage, self.generation);
        let is_it = |beside: &&SceneBeside| (beside.slide, beside.stage, beside.generation) == key;
        if let Some(beside) = self.made.borrow().beside.as_ref().filter(is_it) {
            return Arc::clone(&beside.scene);
        }
        let slide = self.slide(index);
        let (scene, _) = self.lay_out(&slide, stage);
        let beside =
            SceneBeside { slide: index, stage, generation: self.generation, scene: Arc::clone(&scene) };
        self.made.borrow_mut().beside = Some(beside);
        scene
    }

    /// Returns how tall the slide at a position is on the stage, and what of it changes around its step.
    pub(super) fn extent(&self, position: Position) -> Extent {
        extent(&self.scene(position.slide), self.stage, position.step)
    }

    /// Returns a slide where it is in the cache.
    pub(super) fn parsed(&self, index: usize) -> Option<Arc<Slide>> {
        self.made.borrow().slides.get(&index).map(|cached| Arc::clone(&cached.slide))
    }

    /// Returns a slide's scene where it is in the cache.
    pub(super) fn laid_out(&self, index: usize) -> Option<Arc<Scene>> {
        self.made.borrow().slides.get(&index)?.scene.clone()
    }

    /// Returns the last scene on another stage, and that stage.
    pub(super) fn beside(&self) -> Option<(Arc<Scene>, Stage)> {
        self.made.borrow().beside.as_ref().map(|beside| (Arc::clone(&beside.scene), beside.stage))
    }

    /// Returns a slide's title, empty where it has none.
    pub(super) fn title(&self, index: usize) -> String {
        let known = self.made.borrow().titles.get(&index).cloned();
        known.unwrap_or_else(|| {
            let title = parse::slide(&self.deck, index).title().unwrap_or_default();
            self.made.borrow_mut().titles.insert(index, title.clone());
            title
        })
    }

    /// Returns the notes of a slide, laid out for a pane of `columns`, frame included; none where it has none.
    pub(super) fn notes(&self, index: usize, columns: u16) -> Option<Scene> {
        let slide = self.slide(index);
        let theme = notes::theme(&self.theme);
        let columns = columns.saturating_sub(notes::FRAME_COLUMNS).clamp(1, LONGEST_LINE);
        let supply = NotesSupply(&self.resources);
        (!slide.notes.is_empty()).then(|| layout_notes(&slide.notes, columns, self.stage, &theme, &supply))
    }

    /// Returns the links of a slide: their words, and where they lead.
    pub(super) fn links(&self, index: usize) -> Vec<(String, String)> {
        walk::links(&self.slide(index).blocks)
    }

    /// Returns after how long the talk goes on from a slide by itself, as the slide or else the deck says.
    pub(super) fn auto_slide(&self, index: usize) -> Option<Duration> {
        self.slide(index).attributes.auto_slide.or(self.deck.meta.auto_slide)
    }

    /// Lays out a slide for what there is to say of it. One that was not in the cache does not stay there.
    pub(super) fn survey(&self, index: usize) {
        let is_new = self.parsed(index).is_none();
        self.scene(index);
        if is_new {
            self.made.borrow_mut().slides.remove(&index);
        }
    }

    /// Returns what parsing and layout have said of slides, by index, since this was last asked.
    pub(super) fn drain_diagnostics(&self) -> Vec<(usize, Diagnostic)> {
        std::mem::take(&mut self.made.borrow_mut().diagnostics)
    }

    /// Changes the stage; slides are laid out again when they are asked for.
    pub(super) fn set_stage(&mut self, stage: Stage) {
        if stage != self.stage {
            self.stage = stage;
            self.drop_scenes();
        }
    }

    /// Changes the colours.
    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
        self.drop_scenes();
    }

    /// Takes another writing of the deck, and returns what has changed. What has stayed is neither parsed nor laid out
    /// again.
    pub(super) fn set_deck(&mut self, deck: Deck) -> Revision {
        let revision = Revision::between(&self.deck, &deck);
        let made = self.made.take();
        if revision.keeps_meta() {
            let place = |slide| revision.place_of(slide);
            let slides = made.slides.into_iter().filter_map(|(slide, one)| Some((place(slide)?, one)));
            let titles = made.titles.into_iter().filter_map(|(slide, one)| Some((place(slide)?, one)));
            let said = made.diagnostics.into_iter().filter_map(|(slide, one)| revision.moved(slide, one));
            self.made.replace(CachedSlides {
                slides: slides.collect(),
                titles: titles.collect(),
                diagnostics: said.collect(),
                beside: None,
            });
        }
        self.deck = deck;
        self.generation += 1;
        revision
    }

    /// Lays out again what was waiting for its colours, after something has become ready.
    pub(super) fn refresh(&mut self) {
        self.generation += 1;
        for cached in self.made.get_mut().slides.values_mut().filter(|cached| cached.lacks_colors) {
            cached.scene = None;
        }
    }

    /// Forgets what was made of the deck and its pictures: all of it is read again.
    pub(super) fn forget(&mut self) {
        self.generation += 1;
        self.made.take();
        self.resources.forget_pictures();
    }

    /// Forgets one slide, and returns whether it was in the cache.
    pub(super) fn forget_slide(&mut self, index: usize) -> bool {
        self.generation += 1;
        self.made.get_mut().slides.remove(&index).is_some()
    }

    /// Forgets slides far from `index`, which is shown.
    pub(super) fn keep_near(&mut self, index: usize) {
        self.made.get_mut().slides.retain(|slide, _| slide.abs_diff(index) <= KEPT);
    }

    /// Lays out all slides again when they are asked for.
    pub(super) fn drop_scenes(&mut self) {
        self.generation += 1;
        for cached in self.made.get_mut().slides.values_mut() {
            cached.scene = None;
        }
    }

    /// Returns a slide's scene, and whether it lacks the colours of code.
    fn lay_out(&self, slide: &Slide, stage: Stage) -> (Arc<Scene>, bool) {
        let supply = SlideSupply::new(&self.resources);
        let scene = Arc::new(layout_slide(slide, stage, &self.theme, &supply));
        (scene, supply.lacks_colors())
    }

    /// Keeps what was said of a slide, with its place in the deck.
    fn note(&self, index: usize, diagnostics: &[Diagnostic]) {
        let mut diagnostics = diagnostics.to_vec();
        self.deck.place(index, &mut diagnostics);
        self.made.borrow_mut().diagnostics.extend(diagnostics.into_iter().map(|one| (index, one)));
    }
}

/// Returns the line of the deck's file, from 1, on which the block begins that is shown at a position.
pub(super) fn shown_line(slides: &SlideCache, position: Position) -> usize {
    let Position { slide, step, scroll, .. } = position;
    let (scene, rows) = (slides.scene(slide), u32::from(slides.stage.rows));
    let scroll = scroll.min(scene.height.saturating_sub(rows));
    let shown = scene.shown_block(step.min(scene.steps), scroll, rows);
    slides.deck.line(slide, shown.or(walk::first_range(&slides.slide(slide).blocks)))
}

/// Returns the title of a talk: the front matter's, else the first heading of its opening slides, else the first slide's
/// first words.
pub(super) fn talk_title(slides: &SlideCache) -> String {
    let own = slides.deck.meta.title.clone().filter(|title| !title.trim().is_empty());
    let opening = 0..slides.count().min(OPENING);
    let heading = || opening.clone().find_map(|index| walk::heading(&slides.slide(index).blocks));
    let title = own.or_else(heading).unwrap_or_else(|| slides.title(0));
    sanitize(&title).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns how tall a scene is on a stage, and what of it changes around `step`.
pub(super) fn extent(scene: &Scene, stage: Stage, step: u16) -> Extent {
    let step = step.min(scene.steps);
    Extent {
        height: scene.height,
        rows: u32::from(stage.rows),
        steps: scene.steps,
        seen: scene.height_at(step),
        changes: scene.changes(step),
    }
}

/// Returns the position that a spot names in a deck of `count` slides, as far as it can be known without the slide's height.
pub(super) fn position(spot: TalkPosition, count: usize) -> Position {
    let slide = spot.slide.saturating_sub(1).min(count.saturating_sub(1));
    Position { step: spot.step, ..Position::at(slide) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::app::diagnostics::DiagnosticLog;
    use crate::app::fixture::{self, STAGE, deck};
    use crate::deck::Code;
    use crate::workers::Job;

    fn slides(text: &str) -> SlideCache {
        fixture::slides(text, &fixture::resources(None).0)
    }

    #[test]
    fn slides_that_stay_are_laid_out_once_and_what_was_said_of_them_goes_with_them() {
        let old = "# A\n\n---\n\n# B\n\n![alt](gone.png)\n\n---\n\n# C\n";
        let (mut slides, mut log) = (slides(old), DiagnosticLog::default());
        let scenes: Vec<_> = (0..3).map(|slide| slides.scene(slide)).collect();
        let new = format!("# New\n\n---\n\n{}", old.replace("# C", "# D"));
        let (before, revision) = (slides.generation(), slides.set_deck(deck(&new)));
        log.moved(&revision);
        assert!(slides.generation() > before);
        assert!(Arc::ptr_eq(&scenes[0], &slides.scene(1)) && Arc::ptr_eq(&scenes[1], &slides.scene(2)));
        assert!(!Arc::ptr_eq(&scenes[2], &slides.scene(3)));
        assert_eq!((0..4).map(|slide| slides.title(slide)).collect::<Vec<_>>(), ["New", "A", "B", "D"]);
        log.add(slides.drain_diagnostics());
        let said: Vec<_> = log.all(slides.deck()).iter().map(|one| (one.slide, one.line)).collect();
        assert_eq!(said, [(Some(3), Some(11))]);
        log.moved(&slides.set_deck(deck("# A")));
        assert!(log.all(slides.deck()).is_empty());
    }

    #[test]
    fn another_front_matter_changes_all_slides() {
        let mut slides = slides("# A\n\n![](gone.png)");
        let scene = slides.scene(0);
        slides.set_deck(deck("---\ncenter: false\n---\n\n# A\n\n![](gone.png)"));
        assert!(slides.parsed(0).is_none() && slides.drain_diagnostics().is_empty());
        assert!(!Arc::ptr_eq(&scene, &slides.scene(0)));
    }

    #[test]
    fn another_stage_or_theme_lays_out_again_and_parses_nothing() {
        let mut slides = slides("# A");
        let (slide, scene, generation) = (slides.slide(0), slides.scene(0), slides.generation());
        slides.set_stage(STAGE);
        assert!(Arc::ptr_eq(&scene, &slides.scene(0)));
        assert_eq!(slides.generation(), generation);
        slides.set_stage(Stage { columns: 40, ..STAGE });
        assert!(slides.laid_out(0).is_none() && slides.generation() > generation);
        let (scene, generation) = (slides.scene(0), slides.generation());
        slides.set_theme(Theme::light());
        assert!(!Arc::ptr_eq(&scene, &slides.scene(0)) && slides.generation() > generation);
        assert!(Arc::ptr_eq(&slide, &slides.slide(0)));
    }

    #[test]
    fn only_what_waits_for_its_colours_is_laid_out_again_when_something_is_ready() {
        let (resources, ready) = fixture::resources(None);
        let mut slides = fixture::slides("# A\n\n---\n\n```yaml\na: 1\n```", &resources);
        let before = [slides.scene(0), slides.scene(1)];
        slides.refresh();
        assert!(Arc::ptr_eq(&before[0], &slides.scene(0)) && !Arc::ptr_eq(&before[1], &slides.scene(1)));
        let code = Code { info: "yaml".into(), text: "a: 1".into(), ..Code::default() };
        let code = walk::codes(&slides.slide(1).blocks).first().map_or(code, |&code| code.clone());
        resources.workers().want(vec![Job::Code(Arc::new(code))]);
        ready.recv_timeout(Duration::from_mins(1)).expect("the code is highlighted");
        slides.refresh();
        let colored = slides.scene(1);
        slides.refresh();
        assert!(Arc::ptr_eq(&colored, &slides.scene(1)));
    }

    #[test]
    fn slides_far_from_the_one_that_is_shown_are_forgotten() {
        let text = (0..80).map(|slide| format!("# {slide}")).collect::<Vec<_>>().join("\n\n---\n\n");
        let mut slides = slides(&text);
        (0..80).for_each(|slide| drop(slides.scene(slide)));
        slides.keep_near(40);
        let kept: Vec<_> = (0..80).filter(|&slide| slides.parsed(slide).is_some()).collect();
        assert_eq!((kept[0], kept.len()), (40 - KEPT, 2 * KEPT + 1));
        assert!(slides.forget_slide(40) && !slides.forget_slide(40));
        slides.forget();
        assert!((0..80).all(|slide| slides.parsed(slide).is_none()));
    }

    #[test]
    fn a_survey_says_what_there_is_to_say_and_keeps_what_was_there() {
        let slides = slides("# A\n\n---\n\n![](gone.png)");
        let scene = slides.scene(0);
        slides.survey(0);
        slides.survey(1);
        assert!(slides.parsed(1).is_none() && Arc::ptr_eq(&scene, &slides.scene(0)));
        let said: Vec<_> = slides.drain_diagnostics().iter().map(|(slide, one)| (*slide, one.line)).collect();
        assert_eq!(said, [(1, Some(5))]);
        assert!(slides.drain_diagnostics().is_empty());
    }

    #[test]
    fn the_last_scene_on_another_stage_is_kept() {
        let mut slides = slides("# A\n\n---\n\n# B");
        let small = Stage { columns: 40, ..STAGE };
        assert!(Arc::ptr_eq(&slides.scene_beside(1, STAGE), &slides.scene(1)) && slides.beside().is_none());
        let scene = slides.scene_beside(1, small);
        assert!(Arc::ptr_eq(&scene, &slides.scene_beside(1, small)));
        assert_eq!(slides.beside().map(|(_, stage)| stage), Some(small));
        assert!(!Arc::ptr_eq(&scene, &slides.scene(1)));
        slides.set_theme(Theme::light());
        assert!(!Arc::ptr_eq(&scene, &slides.scene_beside(1, small)));
    }

    #[test]
    fn a_slide_gives_its_words_its_notes_its_links_and_its_time() {
        let text = "---\nautoSlide: 5000\n---\n\nhello\n\n---\n\n<!-- .slide: data-autoslide=\"2000\" -->\n\n# B\n\n[on](#/0)\n\nNote:\nsay it";
        let slides = slides(text);
        assert_eq!((slides.title(0), slides.title(1)), ("hello".to_owned(), "B".to_owned()));
        assert_eq!(talk_title(&slides), "B");
        assert!(slides.notes(0, 40).is_none() && slides.notes(1, 40).is_some());
        assert_eq!((slides.links(0), slides.links(1)), (vec![], vec![("on".to_owned(), "#/0".to_owned())]));
        assert_eq!(
            [0, 1].map(|slide| slides.auto_slide(slide).map(|time| time.as_secs())),
            [Some(5), Some(2)]
        );
    }

    #[rstest]
    #[case::before_the_first(0, 0)]
    #[case::first(1, 0)]
    #[case::last(3, 2)]
    #[case::after_the_last(9, 2)]
    fn a_spot_is_a_position_in_the_deck(#[case] slide: usize, #[case] expected: usize) {
        let position = position(TalkPosition { slide, step: 4, ..TalkPosition::default() }, 3);
        assert_eq!((position.slide, position.step, position.scroll), (expected, 4, 0));
    }
}
