//! Pictures that viuer shows: put up behind a frame, taken down before the next one that does not have them. In half-blocks
//! pictures are a part of the frame, and nothing here is needed.

use ratatui::layout::Rect;

use super::Lectern;
use crate::layout::PictureItem;
use crate::present::Position;
use crate::run::Failure;
use crate::terminal::{Reader, Viewer};

/// What viuer has put up.
#[derive(Default)]
pub(super) struct Gallery {
    viewer: Option<Viewer>,
    hung: Vec<(PictureItem, Rect)>,
    /// The terminal may show pictures of ours that are not known any more.
    unsure: bool,
}

impl Gallery {
    pub(super) fn new(viewer: Option<Viewer>) -> Self {
        Self { viewer, ..Self::default() }
    }

    /// Returns whether pictures are left to viuer.
    pub(super) fn is_used(&self) -> bool {
        self.viewer.is_some()
    }

    /// Forgets what is up: everything is painted anew.
    pub(super) fn forget(&mut self) {
        self.hung.clear();
        self.unsure = true;
    }
}

impl Lectern {
    /// Shows the first frame, with our questions to the terminal behind it; viuer asks its own ones before them, for it
    /// would take our answers for its.
    pub(super) fn begin(&mut self, reader: &Reader) -> Result<(), Failure> {
        let Some(viewer) = self.gallery.viewer else {
            self.ask();
            return self.draw();
        };
        self.draw()?;
        reader.pause();
        viewer.ask();
        reader.resume();
        self.show(reader)?;
        self.ask();
        self.draw()
    }

    /// Shows the talk as it is now, with the pictures that viuer puts up.
    pub(super) fn show(&mut self, reader: &Reader) -> Result<(), Failure> {
        let Some(viewer) = self.gallery.viewer else { return self.draw() };
        self.settle();
        let wanted = self.wanted_pictures(self.presenter.position);
        if wanted == self.gallery.hung && !self.gallery.unsure {
            return self.draw();
        }
        if self.gallery.unsure || !self.gallery.hung.is_empty() {
            // What viuer has drawn stands on cells that the screen takes for blank.
            self.screen.forget();
            self.screen.write_raw(viewer.take_down());
        }
        self.draw()?;
        reader.pause();
        for (picture, area) in &wanted {
            if let Some(Err(reason)) =
                self.slides.picture(picture).map(|picture| viewer.show(&picture, *area))
            {
                self.message = Some(format!("viuer: {reason}"));
            }
        }
        reader.resume();
        (self.gallery.hung, self.gallery.unsure) = (wanted, false);
        Ok(())
    }

    /// Returns the pictures that are whole on the stage with nothing over them, and where.
    fn wanted_pictures(&mut self, position: Position) -> Vec<(PictureItem, Rect)> {
        if self.presenter.overlay.is_some() || self.presenter.blank.is_some() {
            return Vec::new();
        }
        let rows = u32::from(self.slides.stage.rows);
        let scene = self.slides.scene(position.slide);
        let placed = scene.pictures().filter_map(|(picture, area)| {
            let top = area.y.checked_sub(position.scroll)?;
            let is_whole = top + area.height <= rows;
            let place = Rect::new(area.x, top as u16, area.width, area.height as u16);
            is_whole.then(|| (picture.clone(), place))
        });
        placed.collect()
    }
}
