//! The queue of prints: which pictures of the slides are printed how, which of that is ready, and what is prepared next.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels are counted in f32: none is negative, and a print has no more than MOST_POINTS of them"
)]

use std::iter;
use std::rc::Rc;
use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::style::Color;

use super::closeup;
use super::resources::Resources;
use super::slides::SlideCache;
use crate::color::Rgb;
use crate::deck::walk;
use crate::layout::{Area, BackdropItem, PictureItem, Scene, Stage, zoom};
use crate::paint::{ImageArea, Veil};
use crate::picture::{Glyphs, Mosaic, Size};
use crate::present::{Action, Closeup, Position};
use crate::terminal::graphics::{EncodedImage, Protocol};
use crate::theme::{Role, Theme};
use crate::workers::{Image, Job, Print, PrintForm, PrintKey};

/// A print has at most so many points; of a larger one, which only a mistake asks for, the terminal sees less detail.
const MOST_POINTS: f32 = 36e6;

/// What the next key may do to a picture in close-up.
const CLOSEUP_KEYS: [Action; 6] = [
    Action::Zoom,
    Action::Pan(1, 0),
    Action::Pan(-1, 0),
    Action::Pan(0, 1),
    Action::Pan(0, -1),
    Action::NextPicture,
];

/// What pictures are printed as on this terminal, and the way to those who print them.
pub(super) struct PrintQueue {
    resources: Rc<Resources>,
    /// What pictures are printed as, once that is known.
    form: Option<PrintForm>,
    /// The terminal's own background, where it is known.
    ground: Option<Rgb>,
    /// The longest sides in pixels of a picture in sixels, where the terminal has a limit.
    most_sixels: Option<(u32, u32)>,
    generation: u64,
}

impl PrintQueue {
    /// Returns the queue for a terminal of which nothing is known.
    pub(super) fn new(resources: Rc<Resources>) -> Self {
        Self { resources, form: None, ground: None, most_sixels: None, generation: 0 }
    }

    /// Returns a number that grows whenever pictures may look another way than before.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns what pictures are printed as; none as long as that is not known.
    pub(super) fn form(&self) -> Option<PrintForm> {
        self.form
    }

    /// Sets what pictures are printed as from now on.
    pub(super) fn set_form(&mut self, form: Option<PrintForm>) {
        self.generation += u64::from(form != self.form);
        self.form = form;
    }

    /// Sets the terminal's background, which is behind pictures where the theme has none.
    pub(super) fn set_ground(&mut self, ground: Rgb) {
        self.ground = Some(ground);
    }

    /// Sets the longest sides in pixels of a picture in sixels.
    pub(super) fn set_most_sixels(&mut self, most: Option<(u16, u16)>) {
        let most = most.map(|(width, height)| (u32::from(width), u32::from(height)));
        self.generation += u64::from(most != self.most_sixels);
        self.most_sixels = most;
    }

    /// Returns a scene's picture at a place, where it is ready; with all its frames where it is to move and they are.
    pub(super) fn print(
        &self,
        slides: &SlideCache,
        scene: &Scene,
        (picture, place): (&PictureItem, ImageArea),
        moving: bool,
    ) -> Option<Arc<Print>> {
        let workers = self.resources.workers();
        let still = self.key(slides.stage(), scene.suited(slides.theme()), picture, place)?;
        let film = moving.then(|| workers.print(&PrintKey { moving, ..still.clone() })).flatten();
        film.and_then(Result::ok).or_else(|| workers.print(&still)?.ok())
    }

    /// Returns the picture behind a scene, where it is ready.
    pub(super) fn backdrop(&self, slides: &SlideCache, scene: &Scene) -> Option<Arc<Print>> {
        self.resources.workers().print(&self.backdrop_key(slides, scene)?)?.ok()
    }

    /// Asks for the slide at `index` alone: its neighbours must not keep the first frame waiting.
    pub(super) fn begin(&self, slides: &SlideCache, index: usize) {
        self.resources.workers().want(self.slide_jobs(slides, index, 0));
    }

    /// Asks for all that this position and the next keys show; with films where the slide is `moving`.
    pub(super) fn prepare(
        &self,
        slides: &SlideCache,
        position: Position,
        closeup: Option<Closeup>,
        moving: bool,
    ) {
        self.resources.workers().want(self.wanted(slides, position, closeup, moving));
    }

    /// Returns the encoded images of the slides after and before one that are ready.
    pub(super) fn plates_near(&self, slides: &SlideCache, index: usize) -> Vec<Arc<EncodedImage>> {
        let mut plates = Vec::new();
        for (near, scroll) in [(Some(index + 1), 0), (index.checked_sub(1), u32::MAX)] {
            let Some(near) = near.filter(|&near| near < slides.count()) else { continue };
            for key in self.keys(slides, &slides.scene(near), scroll, slides.stage()) {
                if let Some(Ok(print)) = self.resources.workers().print(&key)
                    && let Image::Encoded(plate) = &print.image
                {
                    plates.push(Arc::clone(plate));
                }
            }
        }
        plates
    }

    /// Takes note of pictures that could not be decoded, on the slide and on its neighbours, which are prepared with it.
    /// Returns whether there are any: then scenes must be dropped, to show their alt texts instead.
    pub(super) fn spoiled(&self, slides: &SlideCache, index: usize) -> bool {
        let near = [Some(index), index.checked_add(1), index.checked_sub(1)].into_iter().flatten();
        let keys = near
            .filter_map(|near| slides.laid_out(near))
            .flat_map(|scene| self.keys(slides, &scene, 0, slides.stage()));
        let reason = |key: PrintKey| Some((key.clone(), self.resources.workers().print(&key)?.err()?));
        let spoiled: Vec<(PrintKey, String)> = keys.filter_map(reason).collect();
        for (key, reason) in &spoiled {
            self.resources.assets().spoil(&key.found, reason);
        }
        !spoiled.is_empty()
    }

    /// Returns all that is to be prepared, the most urgent first: the picture in close-up and what the next key may show
    /// of it, this slide, the slide after it, the one before it, the films of this one.
    fn wanted(
        &self,
        slides: &SlideCache,
        position: Position,
        closeup: Option<Closeup>,
        moving: bool,
    ) -> Vec<Job> {
        let index = position.slide;
        let mut jobs = closeup.map(|closeup| self.closeup_jobs(slides, index, closeup)).unwrap_or_default();
        jobs.extend(self.slide_jobs(slides, index, position.scroll));
        if let Some((scene, stage)) = slides.beside() {
            jobs.extend(self.picture_jobs(slides, &scene, 0, stage));
        }
        let films = if moving { self.films(&jobs) } else { Vec::new() };
        if index + 1 < slides.count() {
            jobs.extend(self.slide_jobs(slides, index + 1, 0));
        }
        if index > 0 {
            jobs.extend(self.slide_jobs(slides, index - 1, u32::MAX));
        }
        jobs.extend(films);
        jobs
    }

    /// Returns all that a slide needs when `scroll` of its rows are above the stage.
    fn slide_jobs(&self, slides: &SlideCache, index: usize, scroll: u32) -> Vec<Job> {
        let mut jobs = self.picture_jobs(slides, &slides.scene(index), scroll, slides.stage());
        let slide = slides.slide(index);
        jobs.extend(walk::codes(&slide.blocks).into_iter().map(|code| Job::Code(Arc::new(code.clone()))));
        jobs
    }

    fn picture_jobs(&self, slides: &SlideCache, scene: &Scene, scroll: u32, stage: Stage) -> Vec<Job> {
        let prints = self.keys(slides, scene, scroll, stage).into_iter().map(Job::Print);
        if self.form.is_some() {
            return prints.collect();
        }
        // What they will be printed as is not known yet, but decoding takes longest.
        let found = scene.pictures().filter_map(|(picture, _)| self.resources.assets().find(&picture.source));
        found.map(Job::Original).chain(prints).collect()
    }

    /// Returns the jobs of a picture in close-up, and of all that the next key may show of it.
    fn closeup_jobs(&self, slides: &SlideCache, index: usize, closeup: Closeup) -> Vec<Job> {
        let pictures = slides.scene(index).pictures().count();
        let reach = closeup::reach(slides, index, closeup);
        let next = CLOSEUP_KEYS.iter().filter_map(|&key| closeup.apply(key, pictures, reach)?);
        let scene = |view| closeup::scene(slides, index, view).map(|(scene, _)| scene).unwrap_or_default();
        let views = iter::once(closeup).chain(next);
        views.flat_map(|view| self.picture_jobs(slides, &scene(view), 0, slides.stage())).collect()
    }

    /// Returns the jobs for the films among pictures whose first frame is ready.
    fn films(&self, jobs: &[Job]) -> Vec<Job> {
        let film = |job: &Job| match job {
            Job::Print(key) if self.resources.workers().print(key)?.ok()?.could_move => {
                Some(Job::Print(PrintKey { moving: true, ..key.clone() }))
            }
            _ => None,
        };
        jobs.iter().filter_map(film).collect()
    }

    /// Returns what is printed of a scene's pictures when `scroll` of its rows are above a stage.
    fn keys(&self, slides: &SlideCache, scene: &Scene, scroll: u32, stage: Stage) -> Vec<PrintKey> {
        let cells = Rect::new(0, 0, stage.columns, stage.rows);
        let scroll = scroll.min(scene.height.saturating_sub(u32::from(stage.rows)));
        let placed = scene.pictures().filter_map(|(picture, area)| {
            // What is not on the stage yet may be after the next step.
            let place = ImageArea::on(cells, area, scroll).or_else(|| ImageArea::on(cells, area, area.y))?;
            self.key(slides.stage(), scene.suited(slides.theme()), picture, place)
        });
        placed.chain(self.backdrop_key(slides, scene)).collect()
    }

    /// Returns what is printed of the picture behind a scene: it is shown in colours of cells by every terminal.
    fn backdrop_key(&self, slides: &SlideCache, scene: &Scene) -> Option<PrintKey> {
        let BackdropItem { source, part, area, opacity } = scene.backdrop.as_ref()?;
        let (found, size) = self.resources.assets().look(source).ok()?;
        let theme = scene.suited(slides.theme());
        let Some(Color::Rgb(r, g, b)) = theme.style(Role::Text).fg else { return None };
        let form = PrintForm::Backdrop(Veil { ink: Rgb(r, g, b), opacity: (opacity * 100.0).round() as u8 });
        let grid = grid(slides.stage(), *area, form);
        let cut = zoom::cut(size, *part, *area, (slides.stage().cell, grid), theme.background?);
        Some(PrintKey { found, cut, form, moving: false })
    }

    /// Returns what is printed of a picture at a place on a stage.
    fn key(&self, stage: Stage, theme: &Theme, picture: &PictureItem, place: ImageArea) -> Option<PrintKey> {
        let form = self.form_at(stage, place.area)?;
        let (found, size) = self.resources.assets().look(&picture.source).ok()?;
        let background = theme.background.or(self.ground).unwrap_or(theme.ground());
        let grid = grid(stage, place.area, form);
        let mut cut = zoom::cut(size, picture.part, place.area, (stage.cell, grid), background);
        if form.is_sent_each_time() {
            // These are drawn whole or not at all, so what is scrolled away is left out.
            let row = grid.height as f32 / place.area.height as f32;
            cut.y += (place.first_row as f32 * row).round() as i32;
            cut.size.height = (f32::from(place.visible.height) * row).floor().max(1.0) as u32;
        }
        Some(PrintKey { found, cut, form, moving: false })
    }

    /// Returns what a picture is printed as on an area: in letters where the terminal would draw nothing, for the
    /// picture is too large for it.
    fn form_at(&self, stage: Stage, area: Area) -> Option<PrintForm> {
        let form = self.form?;
        let grid = grid(stage, area, form);
        let is_too_large = |(width, height): (u32, u32)| grid.width > width || grid.height > height;
        if form == PrintForm::Encoded(Protocol::Sixel) && self.most_sixels.is_some_and(is_too_large) {
            return Some(PrintForm::Mosaic(glyphs(stage)));
        }
        Some(form)
    }
}

/// Returns the letters that pictures may consist of on a stage.
pub(super) fn glyphs(stage: Stage) -> Glyphs {
    if stage.basic_glyphs { Glyphs::Halves } else { Glyphs::Quadrants }
}

/// Returns how many points a print has on an area of a stage.
fn grid(stage: Stage, area: Area, form: PrintForm) -> Size {
    match form {
        PrintForm::Mosaic(glyphs) => Mosaic::pixels(area.width, area.height, glyphs),
        PrintForm::Backdrop(_) => Size { width: u32::from(area.width), height: area.height },
        PrintForm::Encoded(_) | PrintForm::Bitmap => {
            let (width, height) =
                (f32::from(area.width) * stage.cell.width, area.height as f32 * stage.cell.height);
            let less = (MOST_POINTS / (width * height)).sqrt().min(1.0);
            Size { width: (width * less).max(1.0) as u32, height: (height * less).max(1.0) as u32 }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::Receiver;
    use std::time::Duration;

    use super::*;
    use crate::app::fixture::{self, STAGE};
    use crate::disk::assets::Found;

    const FORM: PrintForm = PrintForm::Mosaic(Glyphs::Quadrants);

    fn queue(resources: &Rc<Resources>, form: Option<PrintForm>) -> PrintQueue {
        let mut queue = PrintQueue::new(Rc::clone(resources));
        queue.set_form(form);
        queue
    }

    /// Saves pictures of one colour, each in a file of its own.
    fn save(folder: &Path, names: &[&str]) {
        for name in names {
            image::RgbImage::new(8, 8).save(folder.join(name)).expect("written");
        }
    }

    /// Returns the name of a job's picture, with an exclamation mark where it is a film, and a question mark where its
    /// form is not known.
    fn name(job: &Job) -> String {
        let file = |found: &Found| match found {
            Found::File(path) => path.file_stem().expect("a name").to_string_lossy().into_owned(),
            Found::Embedded(name) => name.clone(),
        };
        match job {
            Job::Print(PrintKey { found, moving: true, .. }) => file(found) + "!",
            Job::Print(PrintKey { found, .. }) => file(found),
            Job::Original(found) => file(found) + "?",
            Job::Code(code) => code.info.clone(),
        }
    }

    fn names(jobs: &[Job]) -> Vec<String> {
        jobs.iter().map(name).collect()
    }

    /// Waits until all that is wanted is printed.
    fn wait(queue: &PrintQueue, jobs: &[Job], ready: &Receiver<()>) {
        let is_done = |job: &Job| match job {
            Job::Print(key) => queue.resources.workers().print(key).is_some(),
            Job::Code(code) => queue.resources.workers().code(code).is_some(),
            Job::Original(_) => true,
        };
        while !jobs.iter().all(is_done) {
            ready.recv_timeout(Duration::from_mins(1)).expect("something becomes ready");
        }
    }

    const THREE: &str = "![](one.png)\n\n---\n\n![](two.png)\n\n```yaml\na: 1\n```\n\n---\n\n![](three.png)";

    #[test]
    fn this_slide_is_prepared_first_then_the_one_after_it_then_the_one_before() {
        let folder = tempfile::tempdir().expect("a folder");
        save(folder.path(), &["one.png", "two.png", "three.png"]);
        let (resources, ready) = fixture::resources(Some(folder.path()));
        let slides = fixture::slides(THREE, &resources);
        let queue = queue(&resources, Some(FORM));
        let wanted = queue.wanted(&slides, Position::at(1), None, true);
        assert_eq!(names(&wanted), ["two", "yaml", "three", "one"]);
        assert_eq!(names(&queue.wanted(&slides, Position::at(0), None, true)), ["one", "two", "yaml"]);
        assert_eq!(names(&queue.wanted(&slides, Position::at(2), None, true)), ["three", "two", "yaml"]);
        let scene = slides.scene(1);
        let (picture, area) = scene.pictures().next().expect("a picture");
        let place = ImageArea::on(Rect::new(0, 0, 80, 24), area, 0).expect("it is on the stage");
        assert!(queue.print(&slides, &scene, (picture, place), false).is_none());
        queue.begin(&slides, 1);
        wait(&queue, &wanted[..2], &ready);
        assert!(queue.print(&slides, &scene, (picture, place), false).is_some());
        queue.prepare(&slides, Position::at(1), None, true);
        wait(&queue, &wanted, &ready);
    }

    #[test]
    fn films_come_last_and_only_once_their_first_frame_is_ready() {
        let (resources, ready) = fixture::resources(None);
        let slides = fixture::slides("![](the-end.gif)\n\n---\n\n![](k3s.png)", &resources);
        let queue = queue(&resources, Some(FORM));
        let wanted = queue.wanted(&slides, Position::at(0), None, true);
        assert_eq!(names(&wanted), ["the-end.gif", "k3s.png"]);
        queue.prepare(&slides, Position::at(0), None, true);
        wait(&queue, &wanted, &ready);
        let moving = |moving| names(&queue.wanted(&slides, Position::at(0), None, moving));
        assert_eq!(moving(true), ["the-end.gif", "k3s.png", "the-end.gif!"]);
        assert_eq!(moving(false), ["the-end.gif", "k3s.png"]);
    }

    #[test]
    fn pictures_are_decoded_before_it_is_known_what_they_are_printed_as() {
        let (resources, _) = fixture::resources(None);
        let slides = fixture::slides("![](k3s.png)", &resources);
        let mut queue = queue(&resources, None);
        assert_eq!(names(&queue.wanted(&slides, Position::at(0), None, false)), ["k3s.png?"]);
        let generation = queue.generation();
        queue.set_form(None);
        assert_eq!(queue.generation(), generation);
        queue.set_form(Some(FORM));
        assert!(queue.generation() > generation && queue.form() == Some(FORM));
        assert_eq!(names(&queue.wanted(&slides, Position::at(0), None, false)), ["k3s.png"]);
    }

    #[test]
    fn a_picture_in_close_up_comes_before_its_slide_with_all_that_the_next_key_may_show() {
        let (resources, _) = fixture::resources(None);
        let slides = fixture::slides("![](k3s.png)\n\n![](lens.png)", &resources);
        let queue = queue(&resources, Some(FORM));
        let mut closeup = Closeup::default();
        closeup.zoom.level = 4;
        let wanted = queue.wanted(&slides, Position::at(0), Some(closeup), false);
        let (slide, views) = (&names(&wanted)[7..], &names(&wanted)[..7]);
        assert_eq!(slide, ["k3s.png", "lens.png"]);
        assert_eq!(views.iter().filter(|name| *name == "lens.png").count(), 1, "{views:?}");
        assert_eq!(views.last().map(String::as_str), Some("lens.png"));
    }

    #[test]
    fn a_picture_that_is_too_large_in_sixels_is_printed_in_letters() {
        let (resources, _) = fixture::resources(None);
        let slides = fixture::slides("![](k3s.png)", &resources);
        let sixels = PrintForm::Encoded(Protocol::Sixel);
        let mut queue = queue(&resources, Some(sixels));
        let form = |queue: &PrintQueue| match &queue.wanted(&slides, Position::at(0), None, false)[..] {
            [Job::Print(key)] => key.form,
            other => panic!("{other:?}"),
        };
        assert_eq!(form(&queue), sixels);
        let generation = queue.generation();
        queue.set_most_sixels(Some((9, 9)));
        assert!(queue.generation() > generation);
        assert_eq!(form(&queue), FORM);
        assert_eq!(glyphs(Stage { basic_glyphs: true, ..STAGE }), Glyphs::Halves);
    }

    #[test]
    fn a_picture_that_cannot_be_decoded_is_spoiled_on_this_slide_and_its_neighbours() {
        let folder = tempfile::tempdir().expect("a folder");
        save(folder.path(), &["one.png", "two.png", "three.png"]);
        let (resources, ready) = fixture::resources(Some(folder.path()));
        let mut slides = fixture::slides(THREE, &resources);
        assert_eq!(slides.scene(1).pictures().count(), 1, "its size is known");
        std::fs::write(folder.path().join("two.png"), "no picture").expect("written");
        let queue = queue(&resources, Some(FORM));
        assert!(!queue.spoiled(&slides, 0), "nothing is printed");
        queue.prepare(&slides, Position::at(0), None, false);
        wait(&queue, &queue.wanted(&slides, Position::at(0), None, false), &ready);
        assert!(!queue.spoiled(&slides, 9), "it is far from there");
        assert!(queue.spoiled(&slides, 0));
        slides.drop_scenes();
        assert_eq!(slides.scene(1).pictures().count(), 0, "its words are shown");
        assert!(!queue.spoiled(&slides, 0), "it is known");
    }
}
