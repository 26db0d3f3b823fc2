//! The frames of an animation: how many there are, and their prints.

use std::io::Cursor;
use std::time::Duration;

use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{AnimationDecoder, Frames, ImageDecoder, ImageFormat, ImageResult};

use super::raster::DecodedPixels;
use super::{Bitmap, Cut, Size, limits, resize};

/// The prints of an animation, each with how long it is shown.
pub type Film = Vec<(Bitmap, Duration)>;

/// An animation of more frames is shown as a still picture.
const MOST_FRAMES: usize = 300;
/// The most bytes that the prints of an animation may take.
const MOST_FILM_BYTES: u64 = 64 << 20;
/// The most pixels of all frames of an animation together: some seconds of decoding.
const MOST_FILM_PIXELS: u64 = 1 << 30;
/// A shorter delay is taken for a mistake: browsers make [`USUAL_DELAY`] of it.
const SHORTEST_DELAY: Duration = Duration::from_millis(11);
const USUAL_DELAY: Duration = Duration::from_millis(100);

/// An animation that is not yet decoded.
pub(super) struct Animation {
    pub(super) bytes: Vec<u8>,
    pub(super) format: ImageFormat,
    pub(super) count: usize,
    pub(super) turn: Orientation,
    /// The size of each frame as it is shown.
    pub(super) canvas: Size,
}

impl Animation {
    /// Prints all frames, as `Original::film` documents.
    pub(super) fn film(&self, cut: &Cut, go_on: &dyn Fn() -> bool) -> Option<Film> {
        let count = self.count as u64;
        if self.count > MOST_FRAMES
            || count * cut.size.area() * 3 > MOST_FILM_BYTES
            || count * self.canvas.area() > MOST_FILM_PIXELS
        {
            return None;
        }
        let mut film = Vec::with_capacity(self.count);
        for frame in frames(&self.bytes, self.format).ok()? {
            if !go_on() || film.len() == MOST_FRAMES {
                return None;
            }
            let Ok(frame) = frame else { break };
            let (numerator, denominator) = frame.delay().numer_denom_ms();
            let delay = Duration::from_millis(u64::from(numerator / denominator.max(1)));
            let print = resize::print(&self.pixels(frame), cut).ok()?;
            film.push((print, if delay < SHORTEST_DELAY { USUAL_DELAY } else { delay }));
        }
        (!film.is_empty()).then_some(film)
    }

    fn pixels(&self, frame: image::Frame) -> DecodedPixels {
        let picture = frame.into_buffer();
        let size = Size { width: picture.width(), height: picture.height() };
        DecodedPixels { size, alpha: true, bytes: picture.into_raw().into() }
            .without_idle_alpha()
            .turn(self.turn)
    }
}

fn frames(bytes: &[u8], format: ImageFormat) -> ImageResult<Frames<'_>> {
    let bytes = Cursor::new(bytes);
    match format {
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(bytes)?;
            decoder.set_limits(limits::decoder())?;
            Ok(decoder.into_frames())
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(bytes)?;
            decoder.set_limits(limits::decoder())?;
            Ok(decoder.into_frames())
        }
        _ => Ok(PngDecoder::with_limits(bytes, limits::decoder())?.apng()?.into_frames()),
    }
}

/// Counts the frames of a picture without decoding them; of more than are shown only that there are more.
pub(super) fn count(bytes: &[u8], format: ImageFormat) -> usize {
    match format {
        ImageFormat::Gif => gif_frames(bytes).take(MOST_FRAMES + 1).count(),
        ImageFormat::WebP => webp_frames(bytes).take(MOST_FRAMES + 1).count(),
        ImageFormat::Png => png_frames(bytes).min(MOST_FRAMES + 1),
        _ => 1,
    }
}

/// Walks over the blocks of a GIF and yields once for each frame.
fn gif_frames(bytes: &[u8]) -> impl Iterator<Item = ()> {
    let mut rest = bytes.get(13..).and_then(|rest| rest.get(palette(bytes[10])..)).unwrap_or_default();
    std::iter::from_fn(move || {
        loop {
            let is_frame = match rest.first()? {
                // An extension: its kind, then its blocks.
                0x21 => {
                    rest = rest.get(2..)?;
                    false
                }
                // A frame: its place and size, perhaps a palette, the width of its codes, then its blocks.
                0x2c => {
                    let flags = *rest.get(9)?;
                    rest = rest.get(10 + palette(flags) + 1..)?;
                    true
                }
                _ => return None,
            };
            loop {
                let (length, after) = rest.split_first()?;
                rest = after.get(usize::from(*length)..)?;
                if *length == 0 {
                    break;
                }
            }
            if is_frame {
                return Some(());
            }
        }
    })
}

/// Returns the bytes of the palette that a GIF announces by its flags.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 6 << (flags & 7) }
}

/// Walks over the chunks of a WebP and yields once for each frame; a still one has none.
fn webp_frames(bytes: &[u8]) -> impl Iterator<Item = ()> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        loop {
            let (name, length) = (rest.get(..4)?, rest.get(4..8)?.try_into().ok()?);
            let length = u32::from_le_bytes(length) as usize;
            let is_frame = name == b"ANMF";
            rest = rest.get(8 + length + length % 2..).unwrap_or_default();
            if is_frame {
                return Some(());
            }
        }
    })
}

/// Returns how many frames the header of a PNG announces.
fn png_frames(bytes: &[u8]) -> usize {
    let mut rest = bytes.get(8..).unwrap_or_default();
    loop {
        let Some((length, after)) = rest.split_first_chunk::<4>() else { return 1 };
        let length = u32::from_be_bytes(*length) as usize;
        match after.split_first_chunk::<4>() {
            Some((b"acTL", about)) => {
                return about.first_chunk::<4>().map_or(1, |count| u32::from_be_bytes(*count) as usize);
            }
            // Once the picture itself begins there is no animation.
            Some((b"IDAT", _)) | None => return 1,
            Some((_, about)) => rest = about.get(length + 4..).unwrap_or_default(),
        }
    }
}
