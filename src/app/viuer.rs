//! Pictures that viuer shows: put up after a frame, taken down before the next one that does not have them. In every other
//! way of showing pictures they are part of the frame.

use std::io::Write;
use std::sync::Arc;

use super::view::PlacedImage;
use crate::terminal::{InputReader, Screen, Viewer};
use crate::workers::Image;

/// What viuer has put up.
pub(super) struct ViuerImages {
    viewer: Viewer,
    up: Vec<PlacedImage>,
    /// The terminal may show pictures of ours that are not known any more.
    is_unsure: bool,
}

impl ViuerImages {
    /// Nothing is up yet.
    pub(super) fn new(viewer: Viewer) -> Self {
        Self { viewer, up: Vec::new(), is_unsure: false }
    }

    /// Has viuer ask the terminal what it asks once in a program's life; keys are left to it meanwhile.
    pub(super) fn ask(&self, reader: Option<&InputReader>) {
        without_keys(reader, || self.viewer.ask());
    }

    /// Forgets what is up: everything is painted anew.
    pub(super) fn forget(&mut self) {
        self.up.clear();
        self.is_unsure = true;
    }

    /// Takes down what is up before a frame that has other `pictures`; returns whether these are up already.
    pub(super) fn make_room<W: Write>(&mut self, pictures: &[PlacedImage], screen: &mut Screen<W>) -> bool {
        let same =
            |(a, b): (&PlacedImage, &PlacedImage)| Arc::ptr_eq(&a.print, &b.print) && a.place == b.place;
        let has_all =
            !self.is_unsure && self.up.len() == pictures.len() && self.up.iter().zip(pictures).all(same);
        if !has_all && (self.is_unsure || !self.up.is_empty()) {
            // What viuer has drawn is on cells that the screen takes for blank.
            screen.forget();
            screen.write_raw(self.viewer.clear());
        }
        has_all
    }

    /// Puts pictures up; returns what viuer says of those that it cannot show.
    pub(super) fn show(&mut self, pictures: Vec<PlacedImage>, reader: Option<&InputReader>) -> Vec<String> {
        let mut failures = Vec::new();
        without_keys(reader, || {
            for picture in &pictures {
                if let Image::Bitmap(bitmap) = &picture.print.image
                    && let Err(reason) = self.viewer.show(bitmap, picture.place.visible)
                {
                    failures.push(format!("viuer: {reason}"));
                }
            }
        });
        (self.up, self.is_unsure) = (pictures, false);
        failures
    }
}

/// viuer reads the terminal's answers, so our own reader rests.
fn without_keys(reader: Option<&InputReader>, work: impl FnOnce()) {
    if let Some(reader) = reader {
        reader.pause();
    }
    work();
    if let Some(reader) = reader {
        reader.resume();
    }
}
