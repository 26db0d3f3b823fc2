//! A picture as letters in two colours each, for terminals that show nothing else.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mean of channels is a channel"
)]

use super::{Bitmap, Size};
use crate::color::Rgb;

/// Which letters a mosaic is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Glyphs {
    /// `▀` alone: two pixels a cell. Every font has it.
    Halves,
    /// The quadrants, where they show an edge that halves do not.
    Quadrants,
}

/// A cell: a letter and its two colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// The letter, one cell wide.
    pub symbol: &'static str,
    /// The colour of the letter.
    pub front: Rgb,
    /// The colour behind it.
    pub back: Rgb,
}

/// A picture of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mosaic {
    /// How many cells a row has.
    pub columns: u16,
    /// How many rows there are.
    pub rows: u32,
    cells: Vec<MosaicCell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct MosaicCell {
    mask: u8,
    front: Rgb,
    back: Rgb,
}

/// The letter for each way to part four pixels. A bit is set for each that has the colour of the letter: 1 upper
/// left, 2 upper right, 4 lower left. The lower right one always has the colour behind.
const SYMBOLS: [&str; 8] = [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛"];
/// The upper two pixels of four.
const UPPER: u8 = 3;
/// Errors (squared, over all channels, times 12) that can't be seen: sixteen shades in each channel of each pixel.
const UNSEEN: i32 = 12 * 4 * 3 * 16 * 16;

impl Mosaic {
    /// Returns the size of the bitmap of which a mosaic of `columns` and `rows` is made.
    pub fn pixels(columns: u16, rows: u32, glyphs: Glyphs) -> Size {
        Size { width: u32::from(columns) * across(glyphs), height: rows.saturating_mul(2) }
    }

    /// Makes the mosaic of a bitmap. Of a cell that reaches beyond it, the last pixels are repeated.
    pub fn of(bitmap: &Bitmap, glyphs: Glyphs) -> Self {
        let Size { width, height } = bitmap.size;
        let columns = u16::try_from(width.div_ceil(across(glyphs))).unwrap_or(u16::MAX);
        let rows = height.div_ceil(2);
        let mut cells = Vec::with_capacity(usize::from(columns) * rows as usize);
        for row in 0..rows {
            let line = |y: u32| &bitmap.pixels[y as usize * width as usize * 3..][..width as usize * 3];
            let (upper, lower) = (line(row * 2), line((row * 2 + 1).min(height - 1)));
            match glyphs {
                Glyphs::Halves => cells.extend(
                    upper
                        .chunks_exact(3)
                        .zip(lower.chunks_exact(3))
                        .map(|(a, b)| MosaicCell::half(rgb(a), rgb(b))),
                ),
                Glyphs::Quadrants => cells.extend(upper.chunks(6).zip(lower.chunks(6)).map(|(a, b)| {
                    let [a, b] = [a, b].map(|pair| {
                        [rgb(pair), rgb(pair.get(3..).filter(|p| !p.is_empty()).unwrap_or(pair))]
                    });
                    MosaicCell::quadrant([a[0], a[1], b[0], b[1]])
                })),
            }
        }
        Self { columns, rows, cells }
    }

    /// Returns a cell, none outside.
    pub fn tile(&self, column: u16, row: u32) -> Option<Tile> {
        if column >= self.columns {
            return None;
        }
        let cell = self.cells.get(row as usize * usize::from(self.columns) + usize::from(column))?;
        Some(Tile { symbol: SYMBOLS[usize::from(cell.mask)], front: cell.front, back: cell.back })
    }

    /// Returns how many bytes of memory are held.
    pub fn weight(&self) -> usize {
        self.cells.len() * size_of::<MosaicCell>()
    }
}

fn across(glyphs: Glyphs) -> u32 {
    match glyphs {
        Glyphs::Halves => 1,
        Glyphs::Quadrants => 2,
    }
}

fn rgb(pixel: &[u8]) -> Rgb {
    Rgb(pixel[0], pixel[1], pixel[2])
}

impl MosaicCell {
    fn half(upper: Rgb, lower: Rgb) -> Self {
        // Where both are the same a blank says it in fewer bytes.
        Self { mask: if upper == lower { 0 } else { UPPER }, front: upper, back: lower }
    }

    /// Parts four pixels (left to right, top to bottom) so that the means of the two parts are nearest to them.
    fn quadrant(pixels: [Rgb; 4]) -> Self {
        let split = |mask: u8| TwoColors::new(pixels, mask);
        let half = split(UPPER);
        let half_error = squares(pixels) - half.gain;
        // Halves stay halves where they do: quadrants of a photograph would look like grain.
        if half_error > UNSEEN {
            let best = (1..8).map(split).max_by_key(|split| split.gain).expect("there are seven");
            if (squares(pixels) - best.gain) * 2 < half_error {
                return Self { mask: best.mask, front: best.front, back: best.back };
            }
        }
        Self::half(half.front, half.back)
    }
}

/// Four pixels in two colours.
struct TwoColors {
    mask: u8,
    front: Rgb,
    back: Rgb,
    /// How much these colours explain: the sum of the squares of the pixels, times 12, less the error.
    gain: i32,
}

impl TwoColors {
    fn new(pixels: [Rgb; 4], mask: u8) -> Self {
        let mut sums = [[0_i32; 3]; 2];
        for (index, Rgb(red, green, blue)) in pixels.into_iter().enumerate() {
            let sum = &mut sums[usize::from(mask >> index & 1 == 0)];
            sum[0] += i32::from(red);
            sum[1] += i32::from(green);
            sum[2] += i32::from(blue);
        }
        let front_count = mask.count_ones().cast_signed();
        let counts = [front_count, 4 - front_count];
        // Twelve is divided by one, two and three without a rest.
        let gain = |part: usize| sums[part].iter().map(|sum| sum * sum).sum::<i32>() * (12 / counts[part]);
        let mean = |part: usize| {
            let [red, green, blue] = sums[part].map(|sum| ((sum + counts[part] / 2) / counts[part]) as u8);
            Rgb(red, green, blue)
        };
        Self { mask, front: mean(0), back: mean(1), gain: gain(0) + gain(1) }
    }
}

/// Returns the sum of the squares of all channels, times 12.
fn squares(pixels: [Rgb; 4]) -> i32 {
    let square = |channel: u8| i32::from(channel) * i32::from(channel);
    pixels.iter().map(|pixel| square(pixel.0) + square(pixel.1) + square(pixel.2)).sum::<i32>() * 12
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Rgb = Rgb::BLACK;
    const WHITE: Rgb = Rgb::WHITE;

    fn cell(pixels: [Rgb; 4]) -> Tile {
        let bytes = pixels.iter().flat_map(|Rgb(red, green, blue)| [*red, *green, *blue]).collect();
        let bitmap = Bitmap { size: Size { width: 2, height: 2 }, pixels: bytes };
        Mosaic::of(&bitmap, Glyphs::Quadrants).tile(0, 0).unwrap()
    }

    #[test]
    fn two_colours_are_parted_exactly_in_all_sixteen_ways() {
        for pattern in 0..16_u8 {
            let pixels = [0, 1, 2, 3].map(|index| if pattern >> index & 1 == 1 { WHITE } else { BLACK });
            let tile = cell(pixels);
            let mask = SYMBOLS.iter().position(|symbol| *symbol == tile.symbol).unwrap();
            let shown = [0, 1, 2, 3].map(|index| if mask >> index & 1 == 1 { tile.front } else { tile.back });
            assert_eq!(shown, pixels, "{pattern:04b} is {}", tile.symbol);
        }
    }

    #[test]
    fn gentle_shades_stay_half_blocks_of_means() {
        let tile = cell([Rgb(100, 100, 100), Rgb(110, 110, 110), Rgb(120, 120, 120), Rgb(122, 122, 122)]);
        assert_eq!((tile.symbol, tile.front, tile.back), ("▀", Rgb(105, 105, 105), Rgb(121, 121, 121)));
        assert_eq!(cell([WHITE; 4]).symbol, " ");
    }

    #[test]
    fn an_edge_through_a_photograph_is_a_quadrant() {
        let tile = cell([Rgb(250, 240, 235), Rgb(20, 10, 30), Rgb(245, 244, 230), Rgb(10, 22, 24)]);
        assert_eq!((tile.symbol, tile.front), ("▌", Rgb(248, 242, 233)));
    }

    #[test]
    fn odd_bitmaps_are_filled_up() {
        let bitmap = Bitmap { size: Size { width: 3, height: 3 }, pixels: (0..27).collect() };
        let halves = Mosaic::of(&bitmap, Glyphs::Halves);
        assert_eq!((halves.columns, halves.rows), (3, 2));
        assert_eq!(halves.tile(2, 1).map(|tile| (tile.symbol, tile.front)), Some((" ", Rgb(24, 25, 26))));
        let quadrants = Mosaic::of(&bitmap, Glyphs::Quadrants);
        assert_eq!((quadrants.columns, quadrants.rows), (2, 2));
        assert_eq!(quadrants.tile(1, 1).map(|tile| tile.back), Some(Rgb(24, 25, 26)));
        assert_eq!((quadrants.tile(2, 0), quadrants.tile(0, 2)), (None, None));
        let none = Bitmap { size: Size { width: 0, height: 0 }, pixels: Vec::new() };
        assert_eq!(Mosaic::of(&none, Glyphs::Halves).weight(), 0);
        assert_eq!(Mosaic::pixels(10, 4, Glyphs::Quadrants), Size { width: 20, height: 8 });
    }
}
