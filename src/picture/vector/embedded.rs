//! Pictures written into a drawing as data, within a budget. Those it only names are not looked for.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use image::ImageFormat;
use resvg::usvg::{ImageHrefResolver, ImageKind};

use super::super::header::{self, PictureFormat};
use super::parse;

/// The most pixels of all pictures of a drawing together, counted at each place that shows one.
const MOST_PIXELS: u64 = 32 << 20;
/// The most drawings within a drawing that are shown.
const MOST_DRAWINGS: u64 = 256;

/// What a drawing's own pictures may still cost.
#[derive(Default)]
pub(super) struct EmbeddedBudget {
    pixels: AtomicU64,
    drawings: AtomicU64,
    bytes: AtomicUsize,
}

impl EmbeddedBudget {
    /// Resolves data to pictures and to drawings; these hold pictures, but no further drawings.
    pub(super) fn resolver(&self) -> ImageHrefResolver<'_> {
        ImageHrefResolver {
            resolve_data: Box::new(|_, data, _| match header::sniff(&data).ok()? {
                PictureFormat::Raster(format) => self.raster(data, format),
                PictureFormat::Drawing => self.drawing(&data),
            }),
            resolve_string: Box::new(|_, _| None),
        }
    }

    /// Returns how many bytes the pictures take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    fn raster(&self, data: Arc<Vec<u8>>, format: ImageFormat) -> Option<ImageKind> {
        let size = header::size(Cursor::new(data.as_slice())).ok()?;
        let pixels = self.pixels.fetch_add(size.area(), Ordering::Relaxed) + size.area();
        if pixels > MOST_PIXELS {
            return None;
        }
        self.bytes.fetch_add(data.len(), Ordering::Relaxed);
        match format {
            ImageFormat::Png => Some(ImageKind::PNG(data)),
            ImageFormat::Jpeg => Some(ImageKind::JPEG(data)),
            ImageFormat::Gif => Some(ImageKind::GIF(data)),
            ImageFormat::WebP => Some(ImageKind::WEBP(data)),
            _ => None,
        }
    }

    fn drawing(&self, data: &[u8]) -> Option<ImageKind> {
        if self.drawings.fetch_add(1, Ordering::Relaxed) >= MOST_DRAWINGS {
            return None;
        }
        let mut options = parse::options();
        options.image_href_resolver = ImageHrefResolver {
            resolve_data: Box::new(|_, data, _| match header::sniff(&data).ok()? {
                PictureFormat::Raster(format) => self.raster(data, format),
                PictureFormat::Drawing => None,
            }),
            resolve_string: Box::new(|_, _| None),
        };
        let (tree, nodes) = parse::tree(data, &options).ok()?;
        self.bytes.fetch_add(nodes * 1024, Ordering::Relaxed);
        Some(ImageKind::SVG(tree))
    }
}
