//! Which part of a picture is printed, and where its pixels fall.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` takes what is between zero and its largest value"
)]

use super::{Bitmap, Size, limits};
use crate::color::Rgb;

/// How a picture is printed: scaled to `whole`, of which a window of `size` is taken.
///
/// The window may reach beyond the picture. There, and where the picture is transparent, is `background`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cut {
    /// The size to which the whole picture is scaled.
    pub whole: Size,
    /// Where the window begins, from the picture's left edge.
    pub x: i32,
    /// Where the window begins, from the picture's upper edge.
    pub y: i32,
    /// The size of the window.
    pub size: Size,
    /// What is where the picture is not.
    pub background: Rgb,
}

/// The part of the scaled picture that is seen in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VisiblePart {
    /// Its left edge in the scaled picture.
    pub(super) x: u32,
    /// Its upper edge in the scaled picture.
    pub(super) y: u32,
    /// Its size; no side is zero.
    pub(super) size: Size,
    /// Its left edge in the window.
    left: u32,
    /// Its upper edge in the window.
    top: u32,
}

impl VisiblePart {
    /// Cuts the part into strips of `rows`, from its top down.
    pub(super) fn strips(self, rows: u32) -> impl Iterator<Item = Self> {
        let starts = (0..self.size.height).step_by(rows as usize);
        starts.map(move |start| {
            let height = rows.min(self.size.height - start);
            Self { y: self.y + start, size: Size { height, ..self.size }, ..self }
        })
    }
}

impl Cut {
    /// Takes the whole picture, scaled to `size`.
    pub fn whole(size: Size, background: Rgb) -> Self {
        Self { whole: size, x: 0, y: 0, size, background }
    }

    /// Returns what is seen of the picture; nothing where the window lies beside it.
    pub(super) fn part(&self) -> Option<VisiblePart> {
        let (x, left, width) = overlap(self.x, self.size.width, self.whole.width)?;
        let (y, top, height) = overlap(self.y, self.size.height, self.whole.height)?;
        Some(VisiblePart { x, y, size: Size { width, height }, left, top })
    }

    /// Makes the bitmap: `print` gives the pixels of the part that is seen, the rest is background.
    pub(super) fn fill(
        &self,
        print: impl FnOnce(VisiblePart) -> Result<Vec<u8>, String>,
    ) -> Result<Bitmap, String> {
        if self.size.area() > 0 {
            limits::pixels(self.size)?;
        }
        match self.part() {
            None => Ok(Bitmap::plain(self.size, self.background)),
            Some(part) if part.size == self.size => Ok(Bitmap { size: self.size, pixels: print(part)? }),
            Some(part) => {
                let mut bitmap = Bitmap::plain(self.size, self.background);
                lay(&print(part)?, part, &mut bitmap);
                Ok(bitmap)
            }
        }
    }

    /// Returns a channel of a premultiplied pixel, given its alpha, over the same channel of the background.
    pub(super) fn over(channel: u8, alpha: u8, background: u8) -> u8 {
        let behind = (u16::from(background) * u16::from(255 - alpha) + 127) / 255;
        channel.saturating_add(behind as u8)
    }
}

/// Returns where a window of `size` from `start` overlaps `0..whole`: there, in the window, and how far.
fn overlap(start: i32, size: u32, whole: u32) -> Option<(u32, u32, u32)> {
    let (start, size, whole) = (i64::from(start), i64::from(size), i64::from(whole));
    let (from, to) = (start.max(0), (start + size).min(whole));
    // All three lie between zero and a `u32`.
    (from < to).then_some((from as u32, (from - start) as u32, (to - from) as u32))
}

fn lay(pixels: &[u8], part: VisiblePart, bitmap: &mut Bitmap) {
    let (width, row) = (part.size.width as usize * 3, bitmap.size.width as usize * 3);
    let below = bitmap.pixels.chunks_exact_mut(row.max(1)).skip(part.top as usize);
    for (from, to) in pixels.chunks_exact(width).zip(below) {
        to[part.left as usize * 3..][..width].copy_from_slice(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    #[test]
    fn a_window_may_reach_beyond_the_picture() {
        let cut = Cut { whole: size(4, 4), x: -1, y: 3, size: size(3, 2), background: Rgb(7, 7, 7) };
        let bitmap = cut.fill(|part| {
            assert_eq!((part.x, part.y, part.size), (0, 3, size(2, 1)));
            Ok(vec![1; 6])
        });
        assert_eq!(bitmap.unwrap().pixels, [7, 7, 7, 1, 1, 1, 1, 1, 1, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
        let beside = Cut { x: 4, ..cut }.fill(|_| unreachable!("nothing is seen"));
        assert_eq!(beside.unwrap(), Bitmap::plain(size(3, 2), Rgb(7, 7, 7)));
        for x in [i32::MIN, i32::MAX] {
            assert_eq!(Cut { x, whole: size(u32::MAX, 1), ..cut }.part(), None);
        }
    }

    #[test]
    fn what_is_transparent_shows_the_background() {
        assert_eq!([0, 255, 128].map(|alpha| Cut::over(0, alpha, 200)), [200, 0, 100]);
        assert_eq!(Cut::over(255, 0, 255), 255);
    }
}
