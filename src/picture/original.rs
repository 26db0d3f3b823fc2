//! A picture decoded once, from which prints of every size are made.

use std::io::{BufRead, Cursor, Seek};

use image::ImageFormat;
use image::metadata::Orientation;

pub use super::frames::Film;
use super::frames::{self, Animation};
use super::header::{self, PictureFormat, sniff};
use super::raster::{self, DecodedPixels};
#[cfg(feature = "svg")]
use super::vector::Drawing;
use super::{Bitmap, Cut, Size, resize};

/// A PNG of longer sides is not handed to a terminal as it is: that has limits of its own.
const LONGEST_SENT: u32 = 4096;

/// A picture decoded, in its own size.
pub struct Original(OriginalKind);

enum OriginalKind {
    Still {
        pixels: DecodedPixels,
        is_sent: bool,
    },
    Animation {
        first: DecodedPixels,
        animation: Animation,
    },
    #[cfg(feature = "svg")]
    Drawing(Box<Drawing>),
}

impl Original {
    /// Decodes a picture, whatever its format; of an animation, the first frame.
    ///
    /// # Errors
    /// Returns, in words for the user, why it cannot be shown.
    pub fn read(mut bytes: impl BufRead + Seek) -> Result<Self, String> {
        let (start, length) = header::start_and_length(&mut bytes)?;
        let format = sniff(&start)?;
        // A still PNG can be decoded as it is read, and it is what large screenshots are.
        if format == PictureFormat::Raster(ImageFormat::Png) && frames::count(&start, ImageFormat::Png) < 2 {
            let (pixels, turn) = raster::decode(bytes, ImageFormat::Png)?;
            return Ok(Self::still(pixels, turn, ImageFormat::Png));
        }
        let mut all = start;
        if (all.len() as u64) < length {
            all = header::start(&mut bytes, length)?;
        }
        match format {
            PictureFormat::Raster(format) => Self::decode(all, format),
            #[cfg(feature = "svg")]
            PictureFormat::Drawing => Ok(Self(OriginalKind::Drawing(Box::new(Drawing::read(&all)?)))),
        }
    }

    fn decode(bytes: Vec<u8>, format: ImageFormat) -> Result<Self, String> {
        let (pixels, turn) = raster::decode(Cursor::new(&bytes), format)?;
        let count = frames::count(&bytes, format);
        if count > 1 {
            let animation = Animation { bytes, format, count, turn, canvas: pixels.size };
            return Ok(Self(OriginalKind::Animation { first: pixels, animation }));
        }
        Ok(Self::still(pixels, turn, format))
    }

    fn still(pixels: DecodedPixels, turn: Orientation, format: ImageFormat) -> Self {
        let is_sent = format == ImageFormat::Png
            && turn == Orientation::NoTransforms
            && pixels.size.width.max(pixels.size.height) <= LONGEST_SENT;
        Self(OriginalKind::Still { pixels, is_sent })
    }

    /// Returns the picture's own size in pixels.
    pub fn size(&self) -> Size {
        match &self.0 {
            OriginalKind::Still { pixels, .. } | OriginalKind::Animation { first: pixels, .. } => pixels.size,
            #[cfg(feature = "svg")]
            OriginalKind::Drawing(drawing) => drawing.size(),
        }
    }

    /// Prints the picture, or the first frame of an animation.
    ///
    /// # Errors
    /// Returns, in words for the user, why it cannot be printed at that size.
    pub fn print(&self, cut: &Cut) -> Result<Bitmap, String> {
        match &self.0 {
            OriginalKind::Still { pixels, .. } | OriginalKind::Animation { first: pixels, .. } => {
                resize::print(pixels, cut)
            }
            #[cfg(feature = "svg")]
            OriginalKind::Drawing(drawing) => drawing.print(cut),
        }
    }

    /// Returns whether this is an animation of more than one frame.
    pub fn moves(&self) -> bool {
        matches!(self.0, OriginalKind::Animation { .. })
    }

    /// Prints all frames of an animation, each with how long it is shown. Of a damaged one those before the
    /// damage; none of one that is too long or too large, or where `go_on`, called before each frame, returns false.
    pub fn film(&self, cut: &Cut, go_on: &dyn Fn() -> bool) -> Option<Film> {
        let OriginalKind::Animation { animation, .. } = &self.0 else { return None };
        animation.film(cut, go_on)
    }

    /// Returns how many bytes of memory are held.
    pub fn weight(&self) -> usize {
        match &self.0 {
            OriginalKind::Still { pixels, .. } => pixels.bytes.len(),
            OriginalKind::Animation { first, animation } => first.bytes.len() + animation.bytes.len(),
            #[cfg(feature = "svg")]
            OriginalKind::Drawing(drawing) => drawing.weight(),
        }
    }

    /// Returns whether a terminal that reads PNG shows the file as we would: a still PNG that is not turned, of at most
    /// 4096 pixels a side.
    pub fn is_sent_as_it_is(&self) -> bool {
        matches!(self.0, OriginalKind::Still { is_sent: true, .. })
    }
}
