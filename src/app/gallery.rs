//! Pictures that viuer shows: put up behind a frame, taken down before the next one that does not have them. In every
//! other way of showing pictures they are a part of the frame, and nothing here is needed.

use std::sync::Arc;

use super::Lectern;
use super::draw::{Hanging, Painted};
use crate::common::Failure;
use crate::terminal::{InputReader, Viewer};
use crate::workers::Image;

/// What viuer has put up.
#[derive(Default)]
pub(super) struct Gallery {
    viewer: Option<Viewer>,
    hung: Vec<Hanging>,
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

    fn has(&self, pictures: &[Hanging]) -> bool {
        let same = |(a, b): (&Hanging, &Hanging)| Arc::ptr_eq(&a.print, &b.print) && a.place == b.place;
        !self.unsure && self.hung.len() == pictures.len() && self.hung.iter().zip(pictures).all(same)
    }
}

impl Lectern {
    /// Shows the first frame, with our questions to the terminal behind it; viuer asks its own ones before them, for it
    /// would take our answers for its.
    pub(super) fn begin(&mut self, reader: &InputReader) -> Result<(), Failure> {
        let Some(viewer) = self.gallery.viewer else {
            self.ask();
            return self.show(reader);
        };
        self.show(reader)?;
        reader.pause();
        viewer.ask();
        reader.resume();
        self.ask();
        self.show(reader)
    }

    /// Shows the talk as it is now.
    pub(super) fn show(&mut self, reader: &InputReader) -> Result<(), Failure> {
        self.settle();
        self.keeper.stop_ticking();
        let Some(viewer) = self.gallery.viewer else {
            let frame = self.frame();
            return self.screen.send(frame).map_err(Failure::terminal);
        };
        let Painted { canvas, mut pictures } = self.paint();
        // viuer draws a picture whole or not at all.
        pictures.retain(|picture| u32::from(picture.place.visible.height) == picture.place.area.height);
        let has_all = self.gallery.has(&pictures);
        if !has_all && (self.gallery.unsure || !self.gallery.hung.is_empty()) {
            // What viuer has drawn stands on cells that the screen takes for blank.
            self.screen.forget();
            self.screen.write_raw(viewer.clear());
        }
        self.screen.send(self.screen.plan(canvas, Vec::new())).map_err(Failure::terminal)?;
        if has_all {
            return Ok(());
        }
        reader.pause();
        for picture in &pictures {
            if let Image::Bitmap(bitmap) = &picture.print.image
                && let Err(reason) = viewer.show(bitmap, picture.place.visible)
            {
                self.message = Some(format!("viuer: {reason}"));
            }
        }
        reader.resume();
        (self.gallery.hung, self.gallery.unsure) = (pictures, false);
        Ok(())
    }
}
