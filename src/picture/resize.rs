//! Scales the part of a picture that is seen, and mixes it with the background.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels and channels are between zero and their largest values"
)]

use std::ops::Range;

use fast_image_resize::images::{CroppedImage, Image, ImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
};

use super::cut::VisiblePart;
use super::raster::DecodedPixels;
use super::{Bitmap, Cut, Size, limits};

/// The rows that are printed at a time: the resizer needs memory for all that it is given.
const STRIP: u32 = 64;

/// Prints `picture` as `cut` says.
pub(super) fn print(picture: &DecodedPixels, cut: &Cut) -> Result<Bitmap, String> {
    cut.fill(|part| {
        let mut pixels = Vec::with_capacity(part.size.pixels() * 3);
        for strip in part.strips(STRIP) {
            let shown =
                scale(picture, cut.whole, strip).map_err(|error| limits::plain(&error.to_string()))?;
            pixels.extend(if picture.alpha { mix(&shown, cut) } else { shown });
        }
        Ok(pixels)
    })
}

type ResizeError = Box<dyn std::error::Error>;

fn scale(picture: &DecodedPixels, whole: Size, part: VisiblePart) -> Result<Vec<u8>, ResizeError> {
    if picture.alpha {
        scale_as::<U8x4>(picture, whole, part)
    } else {
        scale_as::<U8x3>(picture, whole, part)
    }
}

/// Scales pixels of one type. The resizer's own choice among types would be built for all thirteen.
fn scale_as<P: PixelTrait>(
    picture: &DecodedPixels,
    whole: Size,
    part: VisiblePart,
) -> Result<Vec<u8>, ResizeError> {
    let kind = P::pixel_type();
    let across = SourceSpan::new(picture.size.width, whole.width, part.x..part.x + part.size.width);
    let down = SourceSpan::new(picture.size.height, whole.height, part.y..part.y + part.size.height);
    let source = ImageRef::new(picture.size.width, picture.size.height, &picture.bytes, kind)?;
    // Alpha is multiplied over the whole of what the resizer is given: it gets no more than it needs.
    let source = CroppedImage::new(&source, across.near, down.near, across.reach, down.reach)?;
    let mut shown = Image::new(part.size.width, part.size.height, kind);
    // Lanczos keeps a shrunk picture sharp, but draws rings round the edges of one that grows.
    let grows = whole.width > picture.size.width && whole.height > picture.size.height;
    let filter = if grows { FilterType::CatmullRom } else { FilterType::Lanczos3 };
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).crop(
        across.start,
        down.start,
        across.length,
        down.length,
    );
    let (Some(from), Some(mut to)) = (source.image_view::<P>(), shown.image_view_mut::<P>()) else {
        return Err(fast_image_resize::ResizeError::PixelTypesAreDifferent.into());
    };
    Resizer::new().resize_typed(&from, &mut to, &options)?;
    drop(to);
    Ok(shown.into_vec())
}

/// What is needed of a picture along one of its sides, in its own pixels.
struct SourceSpan {
    /// The first pixel that has a say.
    near: u32,
    /// How many pixels have a say.
    reach: u32,
    /// Where the part begins, from `near`.
    start: f64,
    /// How long the part is.
    length: f64,
}

impl SourceSpan {
    /// Maps a part of a side that is scaled from `own` to `whole` pixels.
    fn new(own: u32, whole: u32, part: Range<u32>) -> Self {
        let scale = f64::from(own) / f64::from(whole);
        // The kernel of Lanczos3 reaches three of the larger pixels to either side.
        let margin = 3.0 * scale.max(1.0) + 1.0;
        let (from, to) = (f64::from(part.start) * scale, (f64::from(part.end) * scale).min(f64::from(own)));
        let near = (from - margin).floor().max(0.0);
        let far = (to + margin).ceil().min(f64::from(own));
        // Rounding must not carry the part over its edge.
        let start = (from - near).min(far - near);
        let length = (to - from).max(f64::MIN_POSITIVE).min(far - near - start);
        Self { near: near as u32, reach: (far - near) as u32, start, length }
    }
}

/// Mixes pixels with alpha over the background of `cut`.
fn mix(pixels: &[u8], cut: &Cut) -> Vec<u8> {
    let background = [cut.background.0, cut.background.1, cut.background.2];
    let mut mixed = Vec::with_capacity(pixels.len() / 4 * 3);
    for pixel in pixels.chunks_exact(4) {
        let alpha = pixel[3];
        for (channel, behind) in pixel.iter().zip(background) {
            let light = (u16::from(*channel) * u16::from(alpha) + 127) / 255;
            mixed.push(Cut::over(light as u8, alpha, behind));
        }
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgb;

    /// Each pixel says where it is.
    fn map(width: u32, height: u32, alpha: bool) -> DecodedPixels {
        let mut bytes = Vec::new();
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            bytes.extend([(x * 255 / width) as u8, (y * 255 / height) as u8, 0]);
            bytes.extend(alpha.then_some(255));
        }
        DecodedPixels { size: Size { width, height }, alpha, bytes: bytes.into() }
    }

    #[test]
    fn a_window_shows_what_the_whole_shows_there() {
        for alpha in [false, true] {
            let picture = map(300, 200, alpha);
            for scale in [50, 100, 170] {
                let whole = Size { width: 300 * scale / 100, height: 200 * scale / 100 };
                let all = print(&picture, &Cut::whole(whole, Rgb::WHITE)).unwrap();
                let cut = Cut {
                    x: 37,
                    y: 21,
                    size: Size { width: 60, height: 50 },
                    ..Cut::whole(whole, Rgb::WHITE)
                };
                let part = print(&picture, &cut).unwrap();
                for (x, y) in [(0, 0), (59, 49), (30, 10)] {
                    let (a, b) = (part.at(x, y), all.at(x + 37, y + 21));
                    assert!(a.0.abs_diff(b.0) <= 1 && a.1.abs_diff(b.1) <= 1, "{scale}: {a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn strips_meet_without_a_seam() {
        let picture = map(40, 2000, false);
        for height in [STRIP - 1, STRIP, STRIP * 3 + 1, 2000] {
            let whole = Size { width: 20, height };
            let part = Cut::whole(whole, Rgb::WHITE).part().unwrap();
            let at_once = scale(&picture, whole, part).unwrap();
            let printed = print(&picture, &Cut::whole(whole, Rgb::WHITE)).unwrap().pixels;
            assert_eq!(printed.len(), at_once.len());
            assert!(printed.iter().zip(&at_once).all(|(a, b)| a.abs_diff(*b) <= 1), "{height}");
        }
    }

    #[test]
    fn extreme_shapes_and_scales_print() {
        for (width, height) in [(1, 16_000), (16_000, 1), (1, 1), (3, 7)] {
            let picture = map(width, height, true);
            for whole in [(1, 1), (1000, 1), (1, 999), (40, 40), (4_000_000_000, 3)] {
                let whole = Size { width: whole.0, height: whole.1 };
                let size = Size { width: whole.width.min(30), height: whole.height.min(30) };
                for x in [0, i32::try_from(whole.width).unwrap_or(i32::MAX) - 5, -7] {
                    let cut = Cut { x, size, ..Cut::whole(whole, Rgb::BLACK) };
                    let bitmap = print(&picture, &cut).unwrap();
                    assert_eq!(bitmap.pixels.len() as u64, size.area() * 3);
                }
            }
        }
    }

    #[test]
    fn what_is_transparent_leaves_no_fringe() {
        // White beside a transparent black: nothing of that black is seen.
        let bytes = [[255, 255, 255, 255], [0, 0, 0, 0]].concat().repeat(8);
        let picture = DecodedPixels { size: Size { width: 16, height: 1 }, alpha: true, bytes: bytes.into() };
        let cut = Cut::whole(Size { width: 5, height: 1 }, Rgb::WHITE);
        let bitmap = print(&picture, &cut).unwrap();
        assert!(bitmap.pixels.iter().all(|channel| *channel >= 254), "{:?}", bitmap.pixels);
    }
}
