//! The slides that have been parsed and laid out so far, for one stage and one theme. Nothing is painted here.

mod prints;
mod renewal;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::overlays;
use crate::cli::Pictures;
use crate::color::Rgb;
use crate::deck::{Code, Deck, Slide, SlideNumber, walk};
use crate::disk::Assets;
use crate::highlight::Highlighted;
use crate::layout::{Scene, Stage, Supply, layout_notes, layout_slide, zoom};
use crate::paint::{NotesView, notes};
use crate::parse;
use crate::picture::Size;
use crate::present::{Closeup, Context, Extent, Overlay, Position, Presenter, jump_target};
use crate::protocol::Spot;
use crate::source::Diagnostic;
use crate::theme::Theme;
use crate::workers::{PrintForm, Workers};

/// A talk says its title within so many slides.
const OPENING: usize = 8;
/// The eye loses its way back in longer lines of notes.
const LONGEST_LINE: u16 = 100;
/// Slides farther than this from the one that is shown are parsed again when they are needed.
const KEPT: usize = 32;

/// A slide that is ready to be painted.
struct Ready {
    slide: Arc<Slide>,
    scene: Option<Arc<Scene>>,
    /// The scene was laid out before all its code was highlighted.
    plain: bool,
}

/// A scene on another stage.
struct Beside {
    slide: usize,
    stage: Stage,
    /// When it was laid out.
    generation: u64,
    scene: Arc<Scene>,
}

/// Where pictures and colours come from.
pub(super) struct Studio {
    pub(super) pictures: Pictures,
    pub(super) assets: Assets,
    pub(super) workshop: Workers,
}

/// What a speaker does at a screen that no audience sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    Rehearses,
    IsAtConsole,
}

/// A deck's slides on a stage.
pub(super) struct Slides {
    pub(super) deck: Deck,
    pub(super) theme: Theme,
    pub(super) stage: Stage,
    /// The columns and rows that notes take while they are shown.
    pub(super) notes_size: (u16, u16),
    /// The columns that panels may take.
    pub(super) panel_columns: u16,
    /// What the speaker does, where the screen is the speaker's alone.
    pub(super) speaker: Option<Speaker>,
    pictures: Pictures,
    assets: Assets,
    pub(super) workshop: Workers,
    ready: HashMap<usize, Ready>,
    beside: Option<Beside>,
    titles: RefCell<HashMap<usize, String>>,
    /// What was said of each slide while it was parsed and laid out.
    told: BTreeMap<usize, Vec<Diagnostic>>,
    /// So many slides, from the first, were laid out for what is to be said of them.
    surveyed: usize,
    generation: u64,
    /// What pictures are printed as, once that is known.
    form: Option<PrintForm>,
    /// The terminal's own background, where it tells.
    ground: Option<Rgb>,
    /// The longest sides in pixels of a picture in sixels, where the terminal has a limit.
    most_sixels: Option<(u32, u32)>,
}

impl Slides {
    pub(super) fn new(deck: Deck, theme: Theme, stage: Stage, studio: Studio) -> Self {
        let Studio { pictures, assets, workshop } = studio;
        Self {
            deck,
            theme,
            stage,
            notes_size: (0, 0),
            panel_columns: stage.columns,
            speaker: None,
            pictures,
            assets,
            workshop,
            ready: HashMap::new(),
            beside: None,
            titles: RefCell::default(),
            told: BTreeMap::new(),
            surveyed: 0,
            generation: 0,
            form: None,
            ground: None,
            most_sixels: None,
        }
    }

    /// Returns a number that grows whenever a slide may look another way than before.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns how many slides there are, at least 1.
    pub(super) fn count(&self) -> usize {
        self.deck.slides.len().max(1)
    }

    /// Returns a slide's title, empty where it has none.
    pub(super) fn title(&self, index: usize) -> String {
        let known = self.titles.borrow().get(&index).cloned();
        known.unwrap_or_else(|| {
            let title = parse::slide(&self.deck, index).title().unwrap_or_default();
            self.titles.borrow_mut().insert(index, title.clone());
            title
        })
    }

    /// Returns the first heading of the deck, where one of its first slides has one.
    pub(super) fn first_heading(&mut self) -> Option<String> {
        (0..self.count().min(OPENING)).find_map(|index| walk::heading(&self.slide(index).blocks))
    }

    /// Returns what could not be shown as written so far, by slide.
    pub(super) fn diagnostics(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.deck.diagnostics.iter().chain(self.told.values().flatten()).collect();
        all.sort_by_key(|diagnostic| diagnostic.slide);
        all
    }

    /// Returns a slide's scene, laid out where that is not done yet.
    pub(super) fn scene(&mut self, index: usize) -> Arc<Scene> {
        if let Some(scene) = self.ready.get(&index).and_then(|ready| ready.scene.clone()) {
            return scene;
        }
        let slide = self.slide(index);
        let supply = Desk { slides: self, plain: RefCell::new(false) };
        let scene = Arc::new(layout_slide(&slide, self.stage, &self.theme, &supply));
        let plain = supply.plain.into_inner();
        if self.pictures != Pictures::None {
            self.tell(index, &scene.diagnostics);
        }
        self.ready.insert(index, Ready { slide, scene: Some(Arc::clone(&scene)), plain });
        scene
    }

    /// Returns a slide's scene on another stage beside the first one; the last such scene is kept.
    pub(super) fn scene_beside(&mut self, index: usize, stage: Stage) -> Arc<Scene> {
        if stage == self.stage {
            return self.scene(index);
        }
        let generation = self.generation;
        let is_it =
            |beside: &&Beside| (beside.slide, beside.stage, beside.generation) == (index, stage, generation);
        if let Some(beside) = self.beside.as_ref().filter(is_it) {
            return Arc::clone(&beside.scene);
        }
        let slide = self.slide(index);
        let supply = Desk { slides: self, plain: RefCell::new(false) };
        let scene = Arc::new(layout_slide(&slide, stage, &self.theme, &supply));
        self.beside = Some(Beside { slide: index, stage, generation, scene: Arc::clone(&scene) });
        scene
    }

    /// Returns the position in a slide that somebody elsewhere tells of, as far as it can be known without its height.
    pub(super) fn position(&self, spot: Spot) -> Position {
        let slide = spot.slide.saturating_sub(1).min(self.count() - 1);
        Position { step: spot.step, ..Position::at(slide) }
    }

    /// Returns how tall a scene is on the stage, and what of it changes around `step`.
    pub(super) fn extent(&self, scene: &Scene, step: u16) -> Extent {
        Self::extent_on(self.stage, scene, step)
    }

    /// The same on another stage.
    pub(super) fn extent_on(stage: Stage, scene: &Scene, step: u16) -> Extent {
        let step = step.min(scene.steps);
        Extent {
            height: scene.height,
            rows: u32::from(stage.rows),
            steps: scene.steps,
            seen: scene.height_at(step),
            changes: scene.changes(step),
        }
    }

    /// Returns the notes of a slide in so many columns; none where it has none.
    pub(super) fn notes(&self, index: usize, columns: u16) -> Option<Scene> {
        let slide = &self.ready.get(&index)?.slide;
        let theme = notes::theme(&self.theme);
        let supply = NoPictures(&self.workshop);
        let columns = columns.saturating_sub(notes::FRAME_COLUMNS).clamp(1, LONGEST_LINE);
        (!slide.notes.is_empty()).then(|| layout_notes(&slide.notes, columns, self.stage, &theme, &supply))
    }

    /// Returns the slide's number as the row of chrome says it, and in short.
    pub(super) fn numbered(&self, index: usize) -> (String, String) {
        let (column, row) = self.deck.address(index);
        let (number, count) = (self.deck.number(index), self.deck.counted());
        let address = |sign: char| if row > 1 { format!("{column}{sign}{row}") } else { column.to_string() };
        let long = match self.deck.meta.slide_number {
            None if self.deck.has_stacks() => format!("{number}/{count} · {column}.{row}"),
            None | Some(SlideNumber::CountOfTotal) => format!("{number}/{count}"),
            Some(SlideNumber::Hidden) => return (String::new(), String::new()),
            Some(SlideNumber::Address) => address('.'),
            Some(SlideNumber::AddressWithSlash) => address('/'),
            Some(SlideNumber::Count) => number.to_string(),
        };
        (long, number.to_string())
    }

    /// Returns the links of a slide that has been shown: their words, and where they lead.
    pub(super) fn all_links(&self, index: usize) -> Vec<(String, String)> {
        self.ready.get(&index).map_or_else(Vec::new, |ready| walk::links(&ready.slide.blocks))
    }

    /// Returns after how long the talk goes on by itself from a slide that has been shown.
    pub(super) fn time(&self, index: usize) -> Option<Duration> {
        let own = self.ready.get(&index).and_then(|ready| ready.slide.attributes.auto_slide);
        own.or(self.deck.meta.auto_slide)
    }

    /// Lays slides out that nobody has seen, for what is to be said of them.
    pub(super) fn survey(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while !self.is_surveyed() && Instant::now() < end {
            let is_new = !self.ready.contains_key(&self.surveyed);
            self.scene(self.surveyed);
            if is_new {
                self.ready.remove(&self.surveyed);
            }
            self.surveyed += 1;
        }
    }

    /// Returns whether every slide has been looked at.
    pub(super) fn is_surveyed(&self) -> bool {
        self.surveyed >= self.count()
    }

    /// Returns how many of how many slides have come, unless the author wants no line that tells.
    pub(super) fn progress(&self, index: usize) -> Option<(usize, usize)> {
        let is_wanted = self.deck.meta.progress != Some(false);
        is_wanted.then(|| (self.deck.number(index), self.deck.counted()))
    }

    /// Changes the stage; everything is laid out again when it is shown.
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

    /// Lays out again what was waiting for its colours, after something has become ready.
    pub(super) fn refresh(&mut self) {
        self.generation += 1;
        for ready in self.ready.values_mut().filter(|ready| ready.plain) {
            ready.scene = None;
        }
    }

    fn slide(&mut self, index: usize) -> Arc<Slide> {
        if let Some(ready) = self.ready.get(&index) {
            return Arc::clone(&ready.slide);
        }
        let slide = Arc::new(parse::slide(&self.deck, index));
        self.titles.borrow_mut().insert(index, slide.title().unwrap_or_default());
        self.tell(index, &slide.diagnostics);
        self.ready.insert(index, Ready { slide: Arc::clone(&slide), scene: None, plain: false });
        slide
    }

    fn tell(&mut self, index: usize, diagnostics: &[Diagnostic]) {
        let mut diagnostics = diagnostics.to_vec();
        parse::place(&self.deck, index, &mut diagnostics);
        for diagnostic in diagnostics {
            let told = self.told.entry(index).or_default();
            if told.iter().all(|other| other.message != diagnostic.message) {
                told.push(diagnostic);
            }
        }
    }

    fn drop_scenes(&mut self) {
        self.generation += 1;
        for ready in self.ready.values_mut() {
            ready.scene = None;
        }
    }
}

impl Slides {
    /// Returns what an action may have to know of the deck, and of the slide at `index` (from 0), whose extent is `extent`.
    pub(super) fn context(&self, presenter: &Presenter, index: usize, extent: &Extent) -> Context<'_> {
        let links: Vec<_> =
            self.all_links(index).iter().map(|(_, url)| parse::target(&self.deck, url)).collect();
        let list = match &presenter.overlay {
            Some(Overlay::Help { .. }) => vec![None; self.help_lines()],
            Some(Overlay::Outline { .. }) => (0..self.count()).map(Some).collect(),
            Some(Overlay::Links { .. }) => links.clone(),
            Some(Overlay::Diagnostics { .. }) => self
                .diagnostics()
                .iter()
                .map(|diagnostic| diagnostic.slide.map(|number| number - 1))
                .collect(),
            Some(Overlay::Jump { typed }) => {
                vec![jump_target(typed, &self.deck, |slide| self.title(slide))]
            }
            Some(Overlay::StartOver | Overlay::End { .. }) | None => Vec::new(),
        };
        Context {
            notes_beyond: presenter.notes.map_or(0, |_| self.notes_beyond(index)),
            links,
            pictures: self.pictures(index),
            reach: presenter.closeup.map_or((0, 0), |closeup| self.reach(index, closeup)),
            list,
            ..Context::new(&self.deck, extent.clone())
        }
    }

    /// Returns how many rows the notes of a slide have beyond those that are shown at once.
    pub(super) fn notes_beyond(&self, slide: usize) -> usize {
        let (columns, rows) = self.notes_size;
        let scene = self.notes(slide, columns);
        let view = |scene: &Scene| {
            NotesView { scene, scroll: 0, title: "", aside: "", theme: &self.theme }.beyond(rows)
        };
        scene.as_ref().map_or(0, view)
    }

    fn help_lines(&self) -> usize {
        overlays::help(&self.theme, overlays::room(self.panel_columns), self.speaker).len()
    }

    /// Returns how many pictures a slide shows.
    fn pictures(&self, slide: usize) -> usize {
        self.ready
            .get(&slide)
            .and_then(|ready| ready.scene.as_ref())
            .map_or(0, |scene| scene.pictures().count())
    }

    /// Returns how many steps a picture that is looked at closely can be moved to either side, and up or down.
    fn reach(&self, slide: usize, closeup: Closeup) -> (i16, i16) {
        let scene = self.ready.get(&slide).and_then(|ready| ready.scene.as_ref());
        let picture = scene.and_then(|scene| scene.pictures().nth(closeup.picture));
        let size = picture.and_then(|(picture, _)| self.assets.size(&picture.source).ok());
        size.map_or((0, 0), |size| zoom::reach(size, self.stage, closeup.zoom.level))
    }
}

/// What layout asks for, while it works.
struct Desk<'a> {
    slides: &'a Slides,
    plain: RefCell<bool>,
}

impl Supply for Desk<'_> {
    fn picture(&self, source: &str) -> Result<Size, String> {
        if self.slides.pictures == Pictures::None {
            return Err("pictures are not shown".to_owned());
        }
        self.slides.assets.size(source)
    }

    fn code(&self, code: &Code) -> Option<Arc<Highlighted>> {
        let known = self.slides.workshop.code(code);
        if known.is_none() {
            *self.plain.borrow_mut() = true;
        }
        known.flatten()
    }
}

/// What notes know of the world: the colours of code, and no pictures.
struct NoPictures<'a>(&'a Workers);

impl Supply for NoPictures<'_> {
    fn picture(&self, _: &str) -> Result<Size, String> {
        Err("notes are words".to_owned())
    }

    fn code(&self, code: &Code) -> Option<Arc<Highlighted>> {
        self.0.code(code).flatten()
    }
}
