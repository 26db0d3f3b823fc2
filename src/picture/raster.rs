//! From a picture's bytes to its pixels, turned as its camera was held.

use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer, ImageDecoder, ImageFormat, ImageReader};
use std::io::{BufRead, Seek};

use super::pixel_buffer::PixelBuffer;
use super::{Size, limits};

/// The pixels of a picture in its own size.
pub(super) struct DecodedPixels {
    pub(super) size: Size,
    /// Whether each pixel has four bytes, or three.
    pub(super) alpha: bool,
    pub(super) bytes: PixelBuffer,
}

/// Opens a decoder under our limits.
pub(super) fn decoder<'a, R: BufRead + Seek + 'a>(
    bytes: R,
    format: ImageFormat,
) -> Result<impl ImageDecoder + 'a, String> {
    let mut reader = ImageReader::with_format(bytes, format);
    reader.limits(limits::decoder());
    reader.into_decoder().map_err(|error| limits::reason(&error))
}

/// Returns the size of a picture as it is shown, and how it is turned for that.
pub(super) fn measure(decoder: &mut impl ImageDecoder) -> Result<(Size, Orientation), String> {
    let (width, height) = decoder.dimensions();
    limits::pixels(Size { width, height })?;
    // A picture is not refused for an orientation that cannot be read.
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((turned(Size { width, height }, turn), turn))
}

/// Decodes a picture, or an animation's first frame. Of one that is damaged, what was decoded is shown.
pub(super) fn decode(
    bytes: impl BufRead + Seek,
    format: ImageFormat,
) -> Result<(DecodedPixels, Orientation), String> {
    let mut decoder = decoder(bytes, format)?;
    let (_, turn) = measure(&mut decoder)?;
    let (width, height) = decoder.dimensions();
    let color = decoder.color_type();
    let too_large = || "the picture is too large to be decoded".to_owned();
    let total = Some(decoder.total_bytes()).filter(|total| *total <= limits::MOST_DECODER_BYTES);
    let total = total.and_then(|total| usize::try_from(total).ok()).ok_or_else(too_large)?;
    let mut raw = PixelBuffer::new(total);
    if let Err(error) = decoder.read_image(&mut raw)
        && raw.iter().all(|byte| *byte == 0)
    {
        return Err(limits::reason(&error));
    }
    let channels = color.channel_count();
    if color.bytes_per_pixel() == channels * 2 {
        let samples = raw.len() / 2;
        for sample in 0..samples {
            raw[sample] = (u16::from_ne_bytes([raw[sample * 2], raw[sample * 2 + 1]]) >> 8) as u8;
        }
        raw.truncate(samples);
    }
    let pixels = DecodedPixels {
        size: Size { width, height },
        alpha: color.has_alpha(),
        bytes: spread(raw, channels),
    };
    Ok((pixels.without_idle_alpha().turn(turn), turn))
}

/// Gives grey pixels their three colours.
fn spread(raw: PixelBuffer, channels: u8) -> PixelBuffer {
    match channels {
        1 => {
            let mut colors = PixelBuffer::new(raw.len() * 3);
            colors.chunks_exact_mut(3).zip(&*raw).for_each(|(pixel, grey)| pixel.fill(*grey));
            colors
        }
        2 => {
            let mut colors = PixelBuffer::new(raw.len() * 2);
            for (pixel, pair) in colors.chunks_exact_mut(4).zip(raw.chunks_exact(2)) {
                pixel.copy_from_slice(&[pair[0], pair[0], pair[0], pair[1]]);
            }
            colors
        }
        _ => raw,
    }
}

impl DecodedPixels {
    /// Drops the alpha of a picture that is opaque all over: it takes less memory and prints faster.
    pub(super) fn without_idle_alpha(mut self) -> Self {
        if self.alpha && self.bytes.chunks_exact(4).all(|pixel| pixel[3] == 255) {
            for pixel in 0..self.bytes.len() / 4 {
                self.bytes.copy_within(pixel * 4..pixel * 4 + 3, pixel * 3);
            }
            self.bytes.truncate(self.bytes.len() / 4 * 3);
            self.alpha = false;
        }
        self
    }

    /// Turns the picture as `turn` says.
    pub(super) fn turn(self, turn: Orientation) -> Self {
        if turn == Orientation::NoTransforms {
            return self;
        }
        let Size { width, height } = self.size;
        let picture = if self.alpha {
            ImageBuffer::from_raw(width, height, self.bytes.to_vec()).map(DynamicImage::ImageRgba8)
        } else {
            ImageBuffer::from_raw(width, height, self.bytes.to_vec()).map(DynamicImage::ImageRgb8)
        };
        let mut picture = picture.expect("each pixel has its bytes");
        picture.apply_orientation(turn);
        Self { size: turned(self.size, turn), alpha: self.alpha, bytes: picture.into_bytes().into() }
    }
}

fn turned(size: Size, turn: Orientation) -> Size {
    match turn {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => Size { width: size.height, height: size.width },
        _ => size,
    }
}
