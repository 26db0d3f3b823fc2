//! Pictures as the document takes them: each once, photographs as they are. Where they stand is not known here.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths on a page are small, and rounded on purpose"
)]

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::metadata::Orientation;
use image::{ExtendedColorType, ImageDecoder};
use krilla::Data;
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};

use crate::color::Rgb;
use crate::export::DocumentResources;
use crate::export::page::PlacedPicture;
use crate::picture::{Bitmap, Cut, Original, Size};

/// A picture of more pixels is made smaller where it is shown smaller.
const MOST_PIXELS: u64 = 4 << 20;
/// How many pixels a picture then has for each that is shown, along a side.
const DETAIL: f32 = 2.0;
/// How many pixels a drawing has for each pixel of the page, along a side: three for each point.
const SHARPNESS: f32 = 1.5;
/// The longest side of a drawing's print, in pixels.
const LONGEST: f32 = 6000.0;
/// Whether anything is seen through a picture is tried on a print of at most so many pixels a side.
const SMALL: u32 = 128;
/// A photograph of fewer bytes is kept as it is, however many pixels it has.
const FEW_BYTES: usize = 2 << 20;
/// A drawing has at most so many colours.
const FLAT: usize = 4096;
/// How good photographs are that are made smaller, of 100.
const QUALITY: u8 = 90;

/// The pictures so far, each at the sizes at which it is needed.
#[derive(Default)]
pub(super) struct PdfImages {
    images: HashMap<(String, Option<Size>), Result<Image, String>>,
    /// What is known of each file.
    kinds: HashMap<String, ImageKind>,
}

/// What a file is, and the picture's own size.
#[derive(Clone, Copy)]
enum ImageKind {
    /// A photograph that every reader of the document shows as we would.
    Photo(Size),
    /// Pixels.
    Pixels(Size),
    /// A drawing.
    Drawing,
}

impl PdfImages {
    /// Returns the picture for its frame; the same one for all frames where that is wise.
    pub(super) fn image(
        &mut self,
        placed: &PlacedPicture,
        files: &dyn DocumentResources,
    ) -> Result<Image, String> {
        let source = &placed.source;
        let kind = match self.kinds.get(source) {
            Some(kind) => *kind,
            None => *self
                .kinds
                .entry(source.clone())
                .or_insert(kind(&files.file(source)?.bytes, files.picture(source)?)),
        };
        let shown = |detail: f32| {
            let side = |side: f32| (side * detail).clamp(1.0, LONGEST).round() as u32;
            Size { width: side(placed.frame.width), height: side(placed.frame.height) }
        };
        let target = match kind {
            ImageKind::Drawing => Some(shown(SHARPNESS)),
            ImageKind::Photo(own) | ImageKind::Pixels(own) => {
                let shown = shown(DETAIL);
                (own.area() > MOST_PIXELS && shown.area() < own.area()).then_some(shown)
            }
        };
        let key = (source.clone(), target);
        if let Some(known) = self.images.get(&key) {
            return known.clone();
        }
        let made = make(kind, target, &files.file(source)?.bytes);
        self.images.entry(key).or_insert(made).clone()
    }

    /// Returns the picture behind a slide.
    pub(super) fn backdrop(backdrop: &Bitmap) -> Image {
        let photo = if is_flat(backdrop) { None } else { photo(backdrop) };
        photo.unwrap_or_else(|| plain(backdrop, None))
    }
}

fn kind(bytes: &[u8], own: Size) -> ImageKind {
    match image::guess_format(bytes) {
        Ok(image::ImageFormat::Jpeg) if is_plain(bytes) => ImageKind::Photo(own),
        Ok(_) => ImageKind::Pixels(own),
        Err(_) => ImageKind::Drawing,
    }
}

/// Returns whether a photograph is not turned, and of colours that need no conversion.
fn is_plain(bytes: &[u8]) -> bool {
    let Ok(mut decoder) = JpegDecoder::new(Cursor::new(bytes)) else { return false };
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    turn == Orientation::NoTransforms && matches!(components(bytes), Some(1 | 3))
}

/// Returns how many colours a photograph is mixed of, by the header of its frame.
fn components(bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.get(2..)?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let is_frame = matches!(marker, 0xc0..=0xc2);
        if is_frame {
            return rest.get(9).copied();
        }
        rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..)?;
    }
}

/// Returns the picture at `target`, or at its own size.
fn make(kind: ImageKind, target: Option<Size>, bytes: &Arc<[u8]>) -> Result<Image, String> {
    if matches!(kind, ImageKind::Photo(_)) && (target.is_none() || bytes.len() <= FEW_BYTES) {
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Arc::clone(bytes));
        if let Ok(image) = Image::from_jpeg(Data::from(shared), false) {
            return Ok(image);
        }
    }
    let original = Original::read(Cursor::new(&bytes[..]))?;
    let size = target.unwrap_or_else(|| original.size());
    let small = Size { width: size.width.min(SMALL), height: size.height.min(SMALL) };
    let on = |size, ground| original.print(&Cut::whole(size, ground));
    let is_opaque = on(small, Rgb::BLACK)? == on(small, Rgb::WHITE)?;
    let on_black = on(size, Rgb::BLACK)?;
    if is_opaque {
        let made = if matches!(kind, ImageKind::Photo(_)) { photo(&on_black) } else { None };
        return Ok(made.unwrap_or_else(|| plain(&on_black, None)));
    }
    let (pixels, alpha) = apart(&on_black, &on(size, Rgb::WHITE)?);
    Ok(plain(&Bitmap { size, pixels }, Some(alpha)))
}

/// Tells how much of each pixel is seen by what is seen through it: returns the colours, and how much there is of them.
fn apart(on_black: &Bitmap, on_white: &Bitmap) -> (Vec<u8>, Vec<u8>) {
    let (mut colors, mut alphas) = (Vec::with_capacity(on_black.pixels.len()), Vec::new());
    for (dark, light) in on_black.pixels.chunks_exact(3).zip(on_white.pixels.chunks_exact(3)) {
        let through =
            dark.iter().zip(light).map(|(dark, light)| light.saturating_sub(*dark)).max().unwrap_or(0);
        let alpha = 255 - through;
        let whole = |channel: u8| (u16::from(channel) * 255 / u16::from(alpha.max(1))).min(255) as u8;
        colors.extend(dark.iter().map(|channel| whole(*channel)));
        alphas.push(alpha);
    }
    (colors, alphas)
}

/// Returns whether pixels are of so few colours that they were drawn, and would suffer as a photograph.
fn is_flat(bitmap: &Bitmap) -> bool {
    let mut colors = HashSet::new();
    bitmap.pixels.chunks_exact(3).all(|pixel| {
        colors.insert([pixel[0], pixel[1], pixel[2]]);
        colors.len() <= FLAT
    })
}

/// Returns pixels as a photograph, which takes a tenth of the room.
fn photo(bitmap: &Bitmap) -> Option<Image> {
    let mut bytes = Vec::new();
    let Size { width, height } = bitmap.size;
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.encode(&bitmap.pixels, width, height, ExtendedColorType::Rgb8).ok()?;
    Image::from_jpeg(Data::from(bytes), false).ok()
}

/// Returns pixels as they are.
fn plain(bitmap: &Bitmap, alpha: Option<Vec<u8>>) -> Image {
    let pixels = PdfPixels {
        size: (bitmap.size.width, bitmap.size.height),
        colors: Arc::from(&bitmap.pixels[..]),
        alpha: alpha.map(Arc::from),
    };
    Image::from_custom(pixels, false).expect("each pixel has its bytes")
}

/// Pixels, and how much of each is seen.
#[derive(Clone, Hash)]
struct PdfPixels {
    size: (u32, u32),
    colors: Arc<[u8]>,
    alpha: Option<Arc<[u8]>>,
}

impl CustomImage for PdfPixels {
    fn color_channel(&self) -> &[u8] {
        &self.colors
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        self.alpha.as_deref()
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_through_a_picture_tells_its_colours() {
        let bitmap = |pixels: &[u8]| Bitmap { size: Size { width: 3, height: 1 }, pixels: pixels.to_vec() };
        // Opaque, half seen, not there.
        let (dark, light) =
            (bitmap(&[10, 20, 30, 100, 0, 50, 0, 0, 0]), bitmap(&[10, 20, 30, 227, 127, 177, 255, 255, 255]));
        let (colors, alpha) = apart(&dark, &light);
        assert_eq!((&colors[..6], &alpha[..]), (&[10, 20, 30, 199, 0, 99][..], &[255, 128, 0][..]));
    }

    #[test]
    fn only_photographs_of_one_or_three_colours_are_kept_as_they_are() {
        let frame = |count: u8| {
            [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8, 0, 1, 0, 1, count][..], &[0; 9]]
                .concat()
        };
        assert_eq!([1, 3, 4].map(|count| components(&frame(count))), [Some(1), Some(3), Some(4)]);
        assert_eq!(
            (components(&[]), components(&[0xff, 0xd8, 0xff, 0xe0, 0, 0]), components(&[0; 20])),
            (None, None, None)
        );
    }
}
