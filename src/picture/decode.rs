//! From a picture's bytes to cells of colour, within limits. No file is opened here.

use std::io::{BufRead, Seek};

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageReader, Limits};

use super::Size;
use crate::color::Rgb;

/// A picture beyond so many pixels a side is not decoded.
const LONGEST_SIDE: u32 = 16_384;
/// A decoder may ask for so many bytes.
const MOST_BYTES: u64 = 256 << 20;

/// A picture at the size in which it is shown, row by row, without alpha.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// In pixels.
    pub size: Size,
    /// `width × height` colours.
    pub pixels: Vec<Rgb>,
}

impl Bitmap {
    /// Returns the colour at the pixel, black outside.
    pub fn at(&self, x: u32, y: u32) -> Rgb {
        let index = y as usize * self.size.width as usize + x as usize;
        self.pixels.get(index).copied().unwrap_or(Rgb(0, 0, 0))
    }
}

/// Returns the picture's size by its header alone.
///
/// # Errors
/// Tells, for a person, why the bytes are no picture that Lutrin reads, or one beyond its limits.
pub fn size(bytes: impl BufRead + Seek) -> Result<Size, String> {
    let (width, height) = reader(bytes)?.into_dimensions().map_err(|error| reason(&error))?;
    match (width, height) {
        (0, _) | (_, 0) => Err("the picture has no pixels".to_owned()),
        _ if width.max(height) > LONGEST_SIDE => {
            Err(format!("{width}×{height} pixels are too many; {LONGEST_SIDE} a side are shown"))
        }
        _ => Ok(Size { width, height }),
    }
}

/// Returns the picture, or the first frame of an animation, resized to `target` and mixed with `background`.
///
/// # Errors
/// Tells, for a person, why the picture cannot be decoded.
pub fn decode(bytes: impl BufRead + Seek, target: Size, background: Rgb) -> Result<Bitmap, String> {
    resize(&whole(bytes)?, target, background)
}

/// Returns the picture, or the first frame of an animation, in its own size.
///
/// # Errors
/// Tells, for a person, why the picture cannot be decoded.
pub fn whole(bytes: impl BufRead + Seek) -> Result<DynamicImage, String> {
    reader(bytes)?.decode().map_err(|error| reason(&error))
}

fn reader<R: BufRead + Seek>(bytes: R) -> Result<ImageReader<R>, String> {
    let mut reader = ImageReader::new(bytes).with_guessed_format().map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    Ok(reader)
}

fn resize(picture: &DynamicImage, target: Size, background: Rgb) -> Result<Bitmap, String> {
    let source = DynamicImage::ImageRgba8(picture.to_rgba8());
    let mut shown = Image::new(target.width, target.height, PixelType::U8x4);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut shown, &options).map_err(|error| error.to_string())?;
    let pixels = shown
        .buffer()
        .chunks_exact(4)
        .map(|pixel| background.mix(Rgb(pixel[0], pixel[1], pixel[2]), f32::from(pixel[3]) / 255.0));
    Ok(Bitmap { size: target, pixels: pixels.collect() })
}

/// Returns an error of the `image` crate in words for a speaker.
fn reason(error: &image::ImageError) -> String {
    use image::ImageError;
    match error {
        ImageError::Unsupported(_) => {
            "not a picture in a format that is shown (PNG, JPEG, GIF, WebP, BMP)".to_owned()
        }
        ImageError::Limits(_) => "the picture is too large to be decoded".to_owned(),
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            "the file ends before the picture does".to_owned()
        }
        other => {
            format!("the picture is damaged: {}", crate::text::sanitize(&other.to_string().to_lowercase()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::RgbaImage::from_fn(width, height, |x, _| {
            image::Rgba(if x < width / 2 { [255, 0, 0, 255] } else { [0, 0, 255, 0] })
        });
        picture.write_to(&mut bytes, image::ImageFormat::Png).expect("memory holds it");
        bytes.into_inner()
    }

    #[test]
    fn alpha_shows_the_background() {
        let target = Size { width: 8, height: 2 };
        let bitmap = decode(Cursor::new(png(80, 20)), target, Rgb(9, 9, 9)).expect("a picture");
        assert_eq!(bitmap.pixels.len(), 16);
        assert_eq!((bitmap.at(0, 0), bitmap.at(7, 1)), (Rgb(255, 0, 0), Rgb(9, 9, 9)));
    }

    #[test]
    fn whatever_is_cut_off_has_a_reason() {
        let whole = png(30, 30);
        for length in 0..whole.len() {
            let cut = &whole[..length];
            let target = Size { width: 3, height: 3 };
            if let Err(reason) = decode(Cursor::new(cut), target, Rgb(0, 0, 0)) {
                assert!(!reason.is_empty() && !reason.ends_with('.'), "{reason}");
            }
            let _ = size(Cursor::new(cut));
        }
        assert!(size(Cursor::new(b"no picture")).is_err());
    }
}
