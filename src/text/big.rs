//! Big letters, drawn with blocks. In the font a letter is 8×8 pixels; a cell shows one, two or four of them.

use font8x8::{BASIC_FONTS, LATIN_FONTS, UnicodeFonts};

/// Pixels across a letter, and down.
const PIXELS: usize = 8;
/// What a cell shows, by its pixels: the upper left one counts 1, the upper right one 2, those below 4 and 8.
const QUADRANTS: [char; 16] =
    [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];

/// How large a big letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterSize {
    /// A cell a pixel.
    Full,
    /// A cell shows two pixels, one above the other.
    HalfHeight,
    /// A cell shows two by two pixels.
    Quadrant,
}

impl LetterSize {
    /// Returns the columns of a letter.
    pub const fn columns(self) -> usize {
        PIXELS / self.pixels().0
    }

    /// Returns the rows of a letter.
    pub const fn rows(self) -> usize {
        PIXELS / self.pixels().1
    }

    /// Returns the pixels that a cell shows, across and down.
    const fn pixels(self) -> (usize, usize) {
        match self {
            Self::Full => (1, 1),
            Self::HalfHeight => (1, 2),
            Self::Quadrant => (2, 2),
        }
    }
}

/// Returns the rows of a line of text in big letters. A letter that the font lacks is blank: it has those of Latin-1.
pub fn big_letters(line: &str, size: LetterSize) -> Vec<String> {
    let (across, down) = size.pixels();
    let glyphs: Vec<[u8; PIXELS]> = line.chars().map(glyph).collect();
    let cell = |glyph: &[u8; PIXELS], x: usize, y: usize| {
        // The last pixel across or down stands for those that the cell has no room for.
        let is_set = |dx: usize, dy: usize| {
            let (x, y) = (x + dx.min(across - 1), y + dy.min(down - 1));
            usize::from(glyph[y] >> x & 1)
        };
        QUADRANTS[is_set(0, 0) + 2 * is_set(1, 0) + 4 * is_set(0, 1) + 8 * is_set(1, 1)]
    };
    let row = |y: usize| {
        let cells = |glyph| (0..PIXELS).step_by(across).map(move |x| cell(glyph, x, y));
        glyphs.iter().flat_map(cells).collect()
    };
    (0..PIXELS).step_by(down).map(row).collect()
}

/// Returns a letter's rows of pixels, the left one in the lowest bit.
fn glyph(letter: char) -> [u8; PIXELS] {
    BASIC_FONTS.get(letter).or_else(|| LATIN_FONTS.get(letter)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_drawn_in_each_size() {
        let full = big_letters("L!", LetterSize::Full);
        assert_eq!((full[0].as_str(), full[4].as_str()), ("████       ██   ", " ██   █    ██   "));
        let half = [
            "▀██▀       ▀▀▀    ▄██▄  ",
            " ██     ▄█▀▀█▄    ▀██▀  ",
            " ██  ▄█ ██▀▀▀▀     ▀▀   ",
            "▀▀▀▀▀▀▀  ▀▀▀▀      ▀▀   ",
        ];
        assert_eq!(big_letters("Lé!", LetterSize::HalfHeight), half);
        let quadrant = ["▜▛   ▝▀  ▟▙ ", "▐▌  ▟▀▙  ▜▛ ", "▐▌▗▌█▀▀  ▝▘ ", "▀▀▀▘▝▀▘  ▝▘ "];
        assert_eq!(big_letters("Lé!", LetterSize::Quadrant), quadrant);
    }

    #[test]
    fn every_size_is_as_large_as_it_is_told() {
        for size in [LetterSize::Full, LetterSize::HalfHeight, LetterSize::Quadrant] {
            let rows = big_letters("aé漢", size);
            assert_eq!(rows.len(), size.rows());
            assert!(rows.iter().all(|row| row.chars().count() == 3 * size.columns()));
            assert!(rows.iter().all(|row| row.chars().skip(2 * size.columns()).all(|cell| cell == ' ')));
        }
    }
}
