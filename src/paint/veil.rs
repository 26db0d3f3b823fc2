//! How a picture behind a slide is dimmed, so that the letters before it can be read.

use crate::color::{Rgb, contrast};
use crate::picture::Bitmap;
use crate::theme::READABLE;

/// The least that a picture is mixed towards the ground.
const THINNEST: f32 = 0.72;
/// Where letters could not be read, the veil grows by so much at a time.
const GROWTH: f32 = 0.04;

/// How a picture is dimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Veil {
    /// The colour of the letters before it.
    pub ink: Rgb,
    /// How much of the picture its author wants to be seen, in hundredths.
    pub opacity: u8,
}

impl Veil {
    /// Returns the picture, mixed towards the ground until letters can be read on each of its pixels.
    pub fn over(self, bitmap: &Bitmap, ground: Rgb) -> Bitmap {
        let seen = (1.0 - THINNEST) * f32::from(self.opacity.min(100)) / 100.0;
        let veiled = |pixel: &[u8]| {
            let Rgb(r, g, b) = self.pixel(Rgb(pixel[0], pixel[1], pixel[2]), ground, 1.0 - seen);
            [r, g, b]
        };
        Bitmap { size: bitmap.size, pixels: bitmap.pixels.chunks_exact(3).flat_map(veiled).collect() }
    }

    fn pixel(self, color: Rgb, ground: Rgb, mut thickness: f32) -> Rgb {
        loop {
            let veiled = color.mix(ground, thickness);
            if thickness >= 1.0 || contrast(self.ink, veiled) >= READABLE {
                return veiled;
            }
            thickness += GROWTH;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Size;

    fn veiled(color: Rgb, (ink, ground): (Rgb, Rgb), opacity: u8) -> Rgb {
        let bitmap = Bitmap::plain(Size { width: 2, height: 1 }, color);
        Veil { ink, opacity }.over(&bitmap, ground).at(1, 0)
    }

    #[test]
    fn letters_can_be_read_on_every_picture_on_every_ground() {
        // Of the greys this is the one on which white and black are read equally badly.
        for ground in [Rgb::BLACK, Rgb::WHITE, Rgb(20, 24, 30), Rgb(118, 118, 118), Rgb(0, 90, 200)] {
            let ink = crate::color::ink_on(ground);
            for color in [Rgb::BLACK, Rgb::WHITE, Rgb(255, 0, 0), Rgb(0, 255, 0), Rgb(128, 128, 128)] {
                let behind = veiled(color, (ink, ground), 100);
                assert!(
                    contrast(ink, behind) >= READABLE,
                    "{ink:?} on {behind:?} of {color:?} on {ground:?}"
                );
            }
        }
    }

    #[test]
    fn an_author_who_wants_less_of_it_gets_less() {
        let at = |opacity| veiled(Rgb(255, 0, 0), (Rgb::WHITE, Rgb::BLACK), opacity);
        assert_eq!([at(100), at(50), at(0)], [Rgb(71, 0, 0), Rgb(36, 0, 0), Rgb::BLACK]);
    }
}
