//! iTerm2's inline pictures: a whole file in letters, stretched over the cells that are named with it. The terminal
//! remembers nothing of it but the pixels.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ratatui::layout::Rect;

use super::compress;
use super::passthrough::{self, LONGEST, PaneOrigin};
use crate::picture::Bitmap;

/// The most bytes that are sent for a lossless picture.
const MOST_LOSSLESS: usize = 400_000;

/// Bytes of one part of a file that is too long for one sequence.
const PART: usize = 200_000;

/// A bitmap as a file in letters.
pub(super) struct InlineImage {
    letters: String,
    /// Of the file, in bytes.
    size: usize,
}

impl InlineImage {
    /// Compresses a bitmap: without loss where that is cheap, as a photograph where it is not.
    pub(super) fn new(bitmap: &Bitmap) -> Result<Self, String> {
        let mut file = compress::png(bitmap)?;
        if file.len() > MOST_LOSSLESS {
            let photograph = compress::jpeg(bitmap)?;
            if photograph.len() < file.len() {
                file = photograph;
            }
        }
        Ok(Self { letters: STANDARD.encode(&file), size: file.len() })
    }

    /// Returns the bytes of memory it takes.
    pub(super) fn weight(&self) -> usize {
        self.letters.capacity()
    }

    /// Appends what draws it over an area.
    pub(super) fn draw(&self, area: Rect, pane: Option<PaneOrigin>, out: &mut Vec<u8>) {
        let arguments = self.arguments(area.width, area.height);
        if pane.is_some() && self.letters.len() > LONGEST - 1000 {
            self.draw_in_parts(&arguments, area, pane, out);
        } else {
            let sequence = self.at_cursor(area.width, area.height);
            passthrough::write_at(pane, area.as_position(), sequence.as_bytes(), out);
        }
    }

    /// Returns what draws it from the cursor on.
    pub(super) fn at_cursor(&self, columns: u16, rows: u16) -> String {
        format!("\x1b]1337;File={}:{}\x07", self.arguments(columns, rows), self.letters)
    }

    fn arguments(&self, columns: u16, rows: u16) -> String {
        let size = self.size;
        format!("inline=1;size={size};width={columns};height={rows};preserveAspectRatio=0;doNotMoveCursor=1")
    }

    /// The picture appears at the cursor when its end comes.
    fn draw_in_parts(&self, arguments: &str, area: Rect, pane: Option<PaneOrigin>, out: &mut Vec<u8>) {
        let start = format!("\x1b]1337;MultipartFile={arguments}\x07");
        passthrough::write(pane, start.as_bytes(), out);
        for part in self.letters.as_bytes().chunks(PART) {
            passthrough::write(pane, &[b"\x1b]1337;FilePart=", part, b"\x07"].concat(), out);
        }
        passthrough::write_at(pane, area.as_position(), b"\x1b]1337;FileEnd\x07", out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Size;

    const AREA: Rect = Rect { x: 3, y: 2, width: 10, height: 4 };

    /// Returns a bitmap that compresses badly.
    fn noise(width: u32, height: u32) -> Bitmap {
        let mut seed = 1u32;
        let pixels = (0..width * height * 3).map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        Bitmap { size: Size { width, height }, pixels: pixels.collect() }
    }

    fn drawn(image: &InlineImage, pane: Option<PaneOrigin>) -> String {
        let mut out = Vec::new();
        image.draw(AREA, pane, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_small_picture_loses_nothing() {
        let bitmap = noise(20, 10);
        let drawn = drawn(&InlineImage::new(&bitmap).unwrap(), None);
        let (head, letters) = drawn.strip_suffix('\x07').unwrap().split_once(':').unwrap();
        let file = STANDARD.decode(letters).unwrap();
        let arguments = "width=10;height=4;preserveAspectRatio=0;doNotMoveCursor=1";
        assert_eq!(head, format!("\x1b[3;4H\x1b]1337;File=inline=1;size={};{arguments}", file.len()));
        assert_eq!(image::load_from_memory(&file).unwrap().to_rgb8().into_raw(), bitmap.pixels);
    }

    #[test]
    fn a_large_photograph_is_sent_as_one() {
        let bitmap = noise(500, 300);
        let lossless = compress::png(&bitmap).unwrap().len();
        let image = InlineImage::new(&bitmap).unwrap();
        assert!(lossless > MOST_LOSSLESS && image.size < lossless, "{lossless} {}", image.size);
        assert!(STANDARD.decode(&image.letters).unwrap().starts_with(b"\xff\xd8\xff"));
    }

    #[test]
    fn in_tmux_a_long_file_goes_in_parts() {
        let letters = "abcd".repeat(300_000);
        let image = InlineImage { size: 900_000, letters };
        assert!(!drawn(&image, None).contains("Multipart"));
        let drawn = drawn(&image, Some(PaneOrigin { top: 0, left: 0 }));
        let sequences: Vec<_> =
            drawn.split("\x1bPtmux;").skip(1).map(|one| one.strip_suffix("\x1b\\").unwrap()).collect();
        assert!(sequences[0].starts_with("\x1b\x1b]1337;MultipartFile=inline=1;size=900000;width=10;"));
        let end = "\x1b\x1b7\x1b\x1b[3;4H\x1b\x1b]1337;FileEnd\x07\x1b\x1b8";
        assert_eq!(sequences[sequences.len() - 1], end);
        let parts = sequences[1..sequences.len() - 1]
            .iter()
            .map(|part| part.strip_prefix("\x1b\x1b]1337;FilePart=").unwrap().strip_suffix('\x07').unwrap());
        assert_eq!(parts.collect::<String>(), image.letters);
        assert!(sequences.iter().all(|sequence| sequence.len() < LONGEST));
    }
}
