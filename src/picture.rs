//! What a picture shows: its size, its pixels, its frames, its mosaic of letters, within limits.

mod cut;
mod frames;
mod header;
mod limits;
mod mosaic;
mod original;
mod pixel_buffer;
mod raster;
mod resize;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
#[cfg(feature = "svg")]
mod vector;

pub use cut::Cut;
pub use header::size;
pub use limits::MOST_FILE_BYTES;
pub use mosaic::{Glyphs, Mosaic, Tile};
pub use original::{Film, Original};

use crate::color::Rgb;

/// How closely a picture is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Zoom {
    /// How many times as large as the stage allows: 1, 2 or 4.
    pub level: u16,
    /// Steps from the middle to the right.
    pub right: i16,
    /// Steps from the middle down.
    pub down: i16,
}

impl Default for Zoom {
    fn default() -> Self {
        Self { level: 1, right: 0, down: 0 }
    }
}

/// A size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Size {
    /// Returns how many pixels there are in all.
    pub fn area(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Returns how many pixels there are in all, for a size that fits in memory.
    pub fn pixels(self) -> usize {
        self.width as usize * self.height as usize
    }
}

/// Pixels as they are shown, opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// In pixels.
    pub size: Size,
    /// Red, green and blue of each pixel, row by row.
    pub pixels: Vec<u8>,
}

impl Bitmap {
    /// Returns a bitmap of one colour.
    pub fn plain(size: Size, color: Rgb) -> Self {
        Self { size, pixels: [color.0, color.1, color.2].repeat(size.pixels()) }
    }

    /// Returns the colour of a pixel, black outside.
    pub fn at(&self, x: u32, y: u32) -> Rgb {
        if x >= self.size.width || y >= self.size.height {
            return Rgb::BLACK;
        }
        let start = (y as usize * self.size.width as usize + x as usize) * 3;
        self.pixels.get(start..start + 3).map_or(Rgb::BLACK, |pixel| Rgb(pixel[0], pixel[1], pixel[2]))
    }
}
