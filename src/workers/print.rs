//! A picture printed for the terminal: in letters of two colours, or in the terminal's own way of showing pictures.

use std::sync::Arc;
use std::time::Duration;

use crate::disk::assets::Found;
use crate::paint::Veil;
use crate::picture::{Bitmap, Cut, Glyphs, Mosaic, Original};
use crate::terminal::graphics::{EncodedImage, Margin, OwnFile, Protocol};

/// How a picture is to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PrintKey {
    /// Where it is.
    pub found: Found,
    /// How large, and which part of it.
    pub cut: Cut,
    /// What it is printed as.
    pub form: PrintForm,
    /// Whether all frames of an animation are printed, or the first one.
    pub moving: bool,
}

/// What a picture is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintForm {
    /// Letters of two colours, which every terminal shows.
    Mosaic(Glyphs),
    /// Encoded for one of the terminal's own protocols.
    Encoded(Protocol),
    /// Pixels, for viuer.
    Bitmap,
    /// Pixels behind a veil, one for each cell.
    Backdrop(Veil),
}

impl PrintForm {
    /// Returns whether the terminal keeps nothing of it, and is sent the whole of it each time.
    pub fn is_sent_each_time(self) -> bool {
        matches!(self, Self::Encoded(Protocol::Sixel | Protocol::Iterm2))
    }
}

/// A picture, printed.
pub struct Print {
    /// What is shown.
    pub image: Image,
    /// How long each frame stands: one frame for a picture that stays still.
    pub delays: Vec<Duration>,
    /// Whether the original has more frames than this.
    pub could_move: bool,
}

/// What a print consists of.
pub enum Image {
    /// Letters, frame by frame.
    Mosaics(Vec<Arc<Mosaic>>),
    /// All frames, encoded.
    Encoded(Arc<EncodedImage>),
    /// The first frame.
    Bitmap(Bitmap),
}

impl Print {
    /// Returns how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        match &self.image {
            Image::Mosaics(frames) => frames.iter().map(|mosaic| mosaic.weight()).sum(),
            Image::Encoded(image) => image.weight(),
            Image::Bitmap(bitmap) => bitmap.pixels.len(),
        }
    }
}

/// Returns a print of the picture; `go_on` returns, before each frame of a film, whether it is still wanted.
pub(super) fn print(
    original: &Original,
    key: &PrintKey,
    go_on: &dyn Fn() -> bool,
) -> Result<Arc<Print>, String> {
    let mut frames = if key.moving {
        original.film(&key.cut, go_on).ok_or("the film is too long to be shown")?
    } else {
        vec![(original.print(&key.cut)?, Duration::ZERO)]
    };
    let delays = frames.iter().map(|(_, delay)| *delay).collect();
    let image = match key.form {
        PrintForm::Mosaic(glyphs) => {
            Image::Mosaics(frames.iter().map(|(bitmap, _)| Arc::new(Mosaic::of(bitmap, glyphs))).collect())
        }
        PrintForm::Bitmap => Image::Bitmap(frames.swap_remove(0).0),
        PrintForm::Backdrop(veil) => Image::Bitmap(veil.over(&frames[0].0, key.cut.background)),
        PrintForm::Encoded(protocol) => Image::Encoded(Arc::new(encoded(original, key, protocol, &frames)?)),
    };
    Ok(Arc::new(Print {
        image,
        delays,
        could_move: !key.moving
            && matches!(key.form, PrintForm::Mosaic(_) | PrintForm::Encoded(_))
            && original.moves(),
    }))
}

fn encoded(
    original: &Original,
    key: &PrintKey,
    protocol: Protocol,
    frames: &[(Bitmap, Duration)],
) -> Result<EncodedImage, String> {
    let can_be_sent =
        protocol == Protocol::Kitty { local: false } && !key.moving && original.is_sent_as_it_is();
    let margin = margin(&key.cut).filter(|_| can_be_sent);
    // The file is read again rather than kept beside each picture.
    let file = margin.and_then(|margin| Some((key.found.read().ok()?, margin)));
    let file = file.as_ref().map(|(bytes, margin)| OwnFile { bytes, margin: *margin });
    EncodedImage::new(protocol, frames, file)
}

/// Returns what a whole picture leaves free of its cells; none where only a part of it is shown.
fn margin(cut: &Cut) -> Option<Margin> {
    let is_whole = cut.x <= 0 && cut.y <= 0;
    let free = |all: u32, used: u32| all.checked_sub(used).filter(|_| is_whole);
    let left = free(cut.size.width, cut.whole.width)?;
    Some(Margin { left, top: free(cut.size.height, cut.whole.height)? })
}
