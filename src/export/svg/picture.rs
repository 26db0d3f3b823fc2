//! Pictures as addresses that have all of them inside.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader};
use resvg::tiny_skia::Pixmap;

use crate::export::data::{address, kind};
use crate::export::emoji::Emoji;
use crate::export::fonts::BASELINE;
use crate::export::page::CELL;
use crate::picture::Bitmap;

/// How many pixels a letter in colours has for each of the drawing's.
const SHARP: f32 = 4.0;

/// Returns a picture as an address, its bytes as they are where browsers show them as we do, else written anew as PNG.
pub(super) fn url(bytes: &[u8]) -> Option<String> {
    let Ok(format) = image::guess_format(bytes) else {
        return Some(address(kind(bytes), bytes));
    };
    let is_known =
        matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP);
    // Not all programs turn a picture that says that it lies on its side.
    if !is_known || turn(bytes, format) != Some(Orientation::NoTransforms) {
        return upright(bytes, format);
    }
    Some(address(kind(bytes), bytes))
}

/// Returns pixels as an address.
pub(super) fn png(bitmap: &Bitmap) -> Option<String> {
    let (width, height) = (bitmap.size.width, bitmap.size.height);
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(&bitmap.pixels, width, height, ExtendedColorType::Rgb8).ok()?;
    Some(address("image/png", &bytes))
}

/// Returns a letter that has colours of its own as an address: the two cells that it is drawn in, `SHARP` times as large.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell has few pixels")]
pub(super) fn emoji(emoji: &Emoji, letter: &str, size: f32) -> Option<String> {
    let mut pixels = Pixmap::new((2.0 * CELL.width * SHARP) as u32, (CELL.height * SHARP) as u32)?;
    emoji.draw(&mut pixels, letter, (0.0, BASELINE * SHARP), size * SHARP);
    Some(address("image/png", &pixels.encode_png().ok()?))
}

fn turn(bytes: &[u8], format: ImageFormat) -> Option<Orientation> {
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.into_decoder().ok()?.orientation().ok()
}

fn upright(bytes: &[u8], format: ImageFormat) -> Option<String> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().ok()?;
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = image::DynamicImage::from_decoder(decoder).ok()?;
    pixels.apply_orientation(turn);
    let mut png = Cursor::new(Vec::new());
    pixels.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(address("image/png", png.get_ref()))
}
