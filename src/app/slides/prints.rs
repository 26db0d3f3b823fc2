//! The prints of a slide's pictures: which are needed for the stage as it is, which are ready. What becomes of them is
//! not decided here.

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::style::Color;

use super::Slides;
use crate::color::Rgb;
use crate::deck::walk;
use crate::layout::{Area, BackdropItem, PictureItem, Scene, Stage, zoom};
use crate::paint::{ImageArea, Veil};
use crate::picture::{Glyphs, Mosaic, Size};
use crate::present::{Action, Closeup};
use crate::terminal::graphics::{EncodedImage, Protocol};
use crate::theme::{Role, Theme};
use crate::workers::{Image, Job, Print, PrintForm, PrintKey};

/// A print has at most so many points; of a larger one, which only a mistake asks for, the terminal sees less detail.
const MOST_POINTS: f32 = 36e6;

impl Slides {
    /// Takes what pictures are printed as from now on; none as long as nobody knows.
    pub(crate) fn set_form(&mut self, form: Option<PrintForm>) {
        self.generation += u64::from(form != self.form);
        self.form = form;
    }

    /// Returns what pictures are printed as.
    pub(crate) fn form(&self) -> Option<PrintForm> {
        self.form
    }

    /// Takes the terminal's background, which is behind pictures where the theme has none.
    pub(crate) fn set_ground(&mut self, ground: Rgb) {
        self.ground = Some(ground);
    }

    /// Returns a scene's picture at a place, where it is ready; with all its frames where it is to move and they are.
    pub(crate) fn print(
        &self,
        scene: &Scene,
        (picture, place): (&PictureItem, ImageArea),
        moving: bool,
    ) -> Option<Arc<Print>> {
        let still = self.key(picture, place, scene.suited(&self.theme))?;
        let film = moving.then(|| self.workshop.print(&PrintKey { moving, ..still.clone() })).flatten();
        film.and_then(Result::ok).or_else(|| self.workshop.print(&still)?.ok())
    }

    /// Returns the picture behind a scene, where it is ready.
    pub(crate) fn backdrop(&self, scene: &Scene) -> Option<Arc<Print>> {
        self.workshop.print(&self.backdrop_key(scene)?)?.ok()
    }

    /// Returns the scene of a slide's picture, looked at closely, and its words; none where the slide has no such
    /// picture.
    pub(crate) fn closeup(
        &mut self,
        slide: usize,
        Closeup { picture, zoom }: Closeup,
    ) -> Option<(Scene, String)> {
        let scene = self.scene(slide);
        let (item, _) = scene.pictures().nth(picture)?;
        let size = self.assets.size(&item.source).ok()?;
        let closely = zoom::scene(item, size, self.stage, zoom);
        Some((Scene { theme: scene.theme.clone(), ..closely }, item.alt.clone()))
    }

    /// Returns the plates of the slides behind and before one that are ready.
    pub(crate) fn plates_near(&mut self, index: usize) -> Vec<Arc<EncodedImage>> {
        let mut plates = Vec::new();
        for (near, scroll) in [(Some(index + 1), 0), (index.checked_sub(1), u32::MAX)] {
            let Some(near) = near.filter(|&near| near < self.count()) else { continue };
            let scene = self.scene(near);
            for key in self.keys(&scene, scroll, self.stage) {
                if let Some(Ok(print)) = self.workshop.print(&key)
                    && let Image::Encoded(plate) = &print.image
                {
                    plates.push(Arc::clone(plate));
                }
            }
        }
        plates
    }

    /// Takes notice of pictures that could not be decoded, on the slide and on its neighbours, which are prepared with
    /// it: their words are shown instead.
    pub(crate) fn find_spoiled(&mut self, index: usize) {
        let near = self.ready.iter().filter(|(slide, _)| slide.abs_diff(index) <= 1);
        let keys = near
            .filter_map(|(_, ready)| ready.scene.as_ref())
            .flat_map(|scene| self.keys(scene, 0, self.stage));
        let spoiled: Vec<(PrintKey, String)> =
            keys.filter_map(|key| Some((key.clone(), self.workshop.print(&key)?.err()?))).collect();
        for (key, reason) in &spoiled {
            self.assets.spoil(&key.found, reason);
        }
        if !spoiled.is_empty() {
            self.drop_scenes();
        }
    }

    /// Begins the slide at `index` alone: its neighbours must not keep the first frame waiting.
    pub(crate) fn begin(&mut self, index: usize) {
        let jobs = self.jobs(index, 0);
        self.workshop.want(jobs);
    }

    /// Prepares what is looked at now, then the slide behind `index`, then the one before it.
    pub(crate) fn prepare(&mut self, (index, scroll): (usize, u32), closeup: Option<Closeup>, moving: bool) {
        self.ready.retain(|&slide, _| slide.abs_diff(index) <= super::KEPT);
        let mut jobs = closeup.map(|closeup| self.closeup_jobs(index, closeup)).unwrap_or_default();
        jobs.extend(self.jobs(index, scroll));
        if let Some(beside) = &self.beside {
            jobs.extend(self.picture_jobs(&beside.scene, 0, beside.stage));
        }
        let films = if moving { self.films(&jobs) } else { Vec::new() };
        if index + 1 < self.count() {
            jobs.extend(self.jobs(index + 1, 0));
        }
        if index > 0 {
            jobs.extend(self.jobs(index - 1, u32::MAX));
        }
        jobs.extend(films);
        self.workshop.want(jobs);
    }

    /// Returns all that a slide needs when so many of its rows are above the stage.
    fn jobs(&mut self, index: usize, scroll: u32) -> Vec<Job> {
        let scene = self.scene(index);
        let mut jobs = self.picture_jobs(&scene, scroll, self.stage);
        let slide = self.slide(index);
        jobs.extend(walk::codes(&slide.blocks).into_iter().map(|code| Job::Code(Arc::new(code.clone()))));
        jobs
    }

    fn picture_jobs(&self, scene: &Scene, scroll: u32, stage: Stage) -> Vec<Job> {
        let prints = self.keys(scene, scroll, stage).into_iter().map(Job::Print);
        if self.form.is_some() {
            return prints.collect();
        }
        // What they will be printed as is not known yet, but decoding takes longest.
        let found = scene.pictures().filter_map(|(picture, _)| self.assets.find(&picture.source));
        found.map(Job::Original).chain(prints).collect()
    }

    /// Returns the jobs of a picture that is looked at closely, and of all that the next key may show of it.
    fn closeup_jobs(&mut self, slide: usize, closeup: Closeup) -> Vec<Job> {
        const KEYS: [Action; 6] = [
            Action::Zoom,
            Action::Pan(1, 0),
            Action::Pan(-1, 0),
            Action::Pan(0, 1),
            Action::Pan(0, -1),
            Action::NextPicture,
        ];
        let (pictures, reach) = (self.pictures(slide), self.reach(slide, closeup));
        let next = KEYS.iter().filter_map(|&key| closeup.apply(key, pictures, reach)?);
        let views: Vec<Closeup> = std::iter::once(closeup).chain(next).collect();
        let mut jobs = Vec::new();
        for view in views {
            let scene = self.closeup(slide, view).map(|(scene, _)| scene).unwrap_or_default();
            jobs.extend(self.picture_jobs(&scene, 0, self.stage));
        }
        jobs
    }

    /// Returns the jobs for the films among pictures whose first frame is there.
    fn films(&self, jobs: &[Job]) -> Vec<Job> {
        let film = |job: &Job| match job {
            Job::Print(key) if self.workshop.print(key)?.ok()?.could_move => {
                Some(Job::Print(PrintKey { moving: true, ..key.clone() }))
            }
            _ => None,
        };
        jobs.iter().filter_map(film).collect()
    }

    /// Returns what is printed of a scene's pictures when so many of its rows are above a stage.
    fn keys(&self, scene: &Scene, scroll: u32, Stage { columns, rows, .. }: Stage) -> Vec<PrintKey> {
        let stage = Rect::new(0, 0, columns, rows);
        let scroll = scroll.min(scene.height.saturating_sub(u32::from(rows)));
        let placed = scene.pictures().filter_map(|(picture, area)| {
            // What is not on the stage yet may be after the next step.
            let place = ImageArea::on(stage, area, scroll).or_else(|| ImageArea::on(stage, area, area.y))?;
            self.key(picture, place, scene.suited(&self.theme))
        });
        placed.chain(self.backdrop_key(scene)).collect()
    }

    /// Returns what is printed of the picture behind a scene: it is shown in colours of cells by every terminal.
    fn backdrop_key(&self, scene: &Scene) -> Option<PrintKey> {
        let BackdropItem { source, part, area, opacity } = scene.backdrop.as_ref()?;
        let (found, size) = self.assets.look(source).ok()?;
        let theme = scene.suited(&self.theme);
        let Some(Color::Rgb(r, g, b)) = theme.style(Role::Text).fg else { return None };
        let form = PrintForm::Backdrop(Veil { ink: Rgb(r, g, b), opacity: (opacity * 100.0).round() as u8 });
        let grid = self.grid(*area, form);
        let cut = zoom::cut(size, *part, *area, (self.stage.cell, grid), theme.background?);
        Some(PrintKey { found, cut, form, moving: false })
    }

    fn key(&self, picture: &PictureItem, place: ImageArea, theme: &Theme) -> Option<PrintKey> {
        let form = self.form_at(place.area)?;
        let (found, size) = self.assets.look(&picture.source).ok()?;
        let background = theme.background.or(self.ground).unwrap_or(theme.ground());
        let cell = self.stage.cell;
        let grid = self.grid(place.area, form);
        let mut cut = zoom::cut(size, picture.part, place.area, (cell, grid), background);
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
    fn form_at(&self, area: Area) -> Option<PrintForm> {
        let form = self.form?;
        let grid = self.grid(area, form);
        let is_too_large = |(width, height): (u32, u32)| grid.width > width || grid.height > height;
        if form == PrintForm::Encoded(Protocol::Sixel) && self.most_sixels.is_some_and(is_too_large) {
            return Some(PrintForm::Mosaic(self.glyphs()));
        }
        Some(form)
    }

    /// Returns the letters that pictures may consist of.
    pub(crate) fn glyphs(&self) -> Glyphs {
        if self.stage.basic_glyphs { Glyphs::Halves } else { Glyphs::Quadrants }
    }

    /// Takes the longest sides in pixels of a picture in sixels.
    pub(crate) fn set_most_sixels(&mut self, most: Option<(u16, u16)>) {
        let most = most.map(|(width, height)| (u32::from(width), u32::from(height)));
        self.generation += u64::from(most != self.most_sixels);
        self.most_sixels = most;
    }

    /// Returns how many points an area has.
    fn grid(&self, area: Area, form: PrintForm) -> Size {
        match form {
            PrintForm::Mosaic(glyphs) => Mosaic::pixels(area.width, area.height, glyphs),
            PrintForm::Backdrop(_) => Size { width: u32::from(area.width), height: area.height },
            PrintForm::Encoded(_) | PrintForm::Bitmap => {
                let cell = self.stage.cell;
                let (width, height) = (f32::from(area.width) * cell.width, area.height as f32 * cell.height);
                let less = (MOST_POINTS / (width * height)).sqrt().min(1.0);
                Size { width: (width * less).max(1.0) as u32, height: (height * less).max(1.0) as u32 }
            }
        }
    }
}
