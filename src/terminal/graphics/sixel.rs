//! Sixels: a bitmap in at most 256 colours, as one string that draws it at the cursor. The terminal remembers
//! nothing of it but the pixels.

use icy_sixel::{BackgroundMode, EncodeOptions, QuantizeMethod, SixelImage};

use crate::picture::Bitmap;

/// A still picture gets all the colours there are, and half the usual dithering: less noise and fewer bytes at the
/// same look.
const STILL: EncodeOptions =
    EncodeOptions { max_colors: 256, diffusion: 0.5, quantize_method: QuantizeMethod::Wu };

/// Dithering boils when frames follow each other; without it, and with half the colours, a film takes two thirds of
/// the time and of the bytes.
const MOVING: EncodeOptions =
    EncodeOptions { max_colors: 128, diffusion: 0.0, quantize_method: QuantizeMethod::Wu };

/// The end that the encoder writes: back to the left, six rows down, end of the string.
const ENCODED_END: &str = "$-\x1b\\";

/// Returns the string that draws the bitmap, or a frame of a film, with its upper left corner in the cursor's cell.
pub(super) fn encode(bitmap: &Bitmap, moving: bool) -> Result<String, String> {
    let pixels = bitmap.pixels.as_chunks::<3>().0;
    let opaque = pixels.iter().flat_map(|&[red, green, blue]| [red, green, blue, u8::MAX]).collect();
    let (width, height) = (bitmap.size.width as usize, bitmap.size.height as usize);
    let mut drawing = SixelImage::try_from_rgba(opaque, width, height)
        .and_then(|image| {
            let image = image.with_background_mode(BackgroundMode::Transparent);
            image.encode_with(if moving { &MOVING } else { &STILL })
        })
        .map_err(|error| error.to_string())?;
    // A step below the last pixels counts as more rows of the picture, and would scroll the screen for one that ends
    // near its last row.
    if drawing.ends_with(ENCODED_END) {
        drawing.truncate(drawing.len() - ENCODED_END.len());
        drawing.push_str("\x1b\\");
    }
    drawing.shrink_to_fit();
    Ok(drawing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Size;

    fn stripes(width: u32, height: u32) -> Bitmap {
        let pixel =
            |x: u32, y: u32| if (x / 4 + y / 5).is_multiple_of(2) { [255, 0, 0] } else { [0, 51, 255] };
        let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect();
        Bitmap { size: Size { width, height }, pixels }
    }

    #[test]
    fn the_drawing_is_the_bitmap() {
        for moving in [false, true] {
            let bitmap = stripes(33, 20);
            let drawing = encode(&bitmap, moving).unwrap();
            assert!(drawing.starts_with("\x1bP9;1;0q\"1;1;33;20#"), "{drawing:?}");
            let decoded = SixelImage::decode(drawing.as_bytes()).unwrap();
            let (seen, below) = decoded.pixels.split_at(33 * 20 * 4);
            let opaque: Vec<u8> =
                bitmap.pixels.chunks(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
            assert_eq!(seen, opaque);
            assert!(below.chunks(4).all(|pixel| pixel[3] == 0), "the last band is left clear below");
        }
    }

    #[test]
    fn nothing_is_drawn_below_the_last_row() {
        for height in 1..=13 {
            let drawing = encode(&stripes(8, height), false).unwrap();
            let (_, bands) = drawing.strip_suffix("\x1b\\").unwrap().split_once('q').unwrap();
            let bands: Vec<_> = bands.split('-').collect();
            assert_eq!(bands.len(), height.div_ceil(6) as usize);
            // What draws is between '?' and '~', six pixels to a letter, the lowest in its highest bit.
            let letters = bands[bands.len() - 1].bytes().filter(|byte| (b'?'..=b'~').contains(byte));
            let lowest = letters.map(|byte| 8 - (byte - b'?').leading_zeros()).max().unwrap();
            assert_eq!(lowest, (height - 1) % 6 + 1);
        }
    }
}
