//! Decks with pictures on terminals that keep account of them, and what is waited for there.

use std::fs;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::pty::{Folder, Seen, Start, Terminal};
use crate::scripted::Kind;

/// Colours that every terminal shows exactly, sixels too.
pub(crate) const RED: [u8; 3] = [255, 0, 0];
pub(crate) const GREEN: [u8; 3] = [0, 204, 0];
pub(crate) const BLUE: [u8; 3] = [0, 51, 255];
pub(crate) const YELLOW: [u8; 3] = [255, 204, 0];

/// Three slides with pictures, then one with words only.
pub(crate) const DECK: &str =
    "# One\n\n![a red one](red.png)\n\n---\n\n# Two\n\n![a green one](green.png) ![a blue one](blue.gif)\n
---\n\n# Three\n\nWords above it.\n\n![a yellow one](yellow.bmp)\n\n---\n\n# Four\n\nWords only\n";
/// The colours of the pictures on each of its slides.
pub(crate) const SLIDES: [&[[u8; 3]]; 4] = [&[RED], &[GREEN, BLUE], &[YELLOW], &[]];
/// What the names of our temporary files begin with.
pub(crate) const BAIT: &str = "tty-graphics-protocol-lutrin-";

/// Returns a picture as a file.
pub(crate) fn file(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).expect("memory holds it");
    bytes.into_inner()
}

/// Returns a picture of one colour.
pub(crate) fn plain(width: u32, height: u32, color: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb(color))
}

/// A picture that compresses badly.
pub(crate) fn noise(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let [a, b, c, _] = (x ^ (y << 16)).wrapping_mul(2_654_435_761).rotate_left(x % 31).to_be_bytes();
        Rgb([a, b, c])
    })
}

/// Returns a PNG of one colour.
pub(crate) fn png(width: u32, height: u32, color: [u8; 3]) -> Vec<u8> {
    file(plain(width, height, color), ImageFormat::Png)
}

/// A folder with the deck, its pictures, and a place for temporary files.
pub(crate) fn folder() -> Folder {
    let folder = Folder::with("deck.md", DECK);
    folder.put("red.png", png(300, 200, RED));
    folder.put("green.png", png(120, 160, GREEN));
    folder.put("blue.gif", file(plain(200, 100, BLUE), ImageFormat::Gif));
    folder.put("yellow.bmp", file(plain(640, 200, YELLOW), ImageFormat::Bmp));
    with_room(folder)
}

/// Makes a place for temporary files in a folder.
pub(crate) fn with_room(folder: Folder) -> Folder {
    folder.put("temporary/kept", "");
    folder
}

/// Lutrin on the folder's deck, with the temporary files in it.
pub(crate) fn start(folder: &Folder, kind: Kind, arguments: &[&str]) -> Start {
    let temporary = folder.path().join("temporary");
    let temporary = temporary.to_str().expect("names of temporary folders are letters");
    Start::lutrin(folder, &[&["deck.md"], arguments].concat()).with("TMPDIR", temporary).on(kind)
}

/// Returns how many of our temporary files there are.
pub(crate) fn files_left(folder: &Folder) -> usize {
    let files = fs::read_dir(folder.path().join("temporary")).expect("it is there").flatten();
    files.filter(|file| file.file_name().to_string_lossy().starts_with(BAIT)).count()
}

/// Waits until exactly the pictures of these colours are up, on cells that are left free for them, and the frame is
/// whole.
#[track_caller]
pub(crate) fn has_up(terminal: &Terminal, place: &str, colors: &[[u8; 3]]) {
    let is_there = |seen: &Seen| {
        seen.scripted().colors() == colors && seen.mode(2026) == Some(false) && seen.has_word(place)
    };
    terminal.until(&format!("{place} with {colors:?}"), is_there);
    terminal.sees(|seen| {
        let (columns, rows) = seen.size();
        for one in seen.scripted().pictures() {
            assert!(one.x + one.width <= columns && one.y + one.height < rows, "{one:?} leaves the stage");
            let cells =
                (one.y..one.y + one.height).flat_map(|y| (one.x..one.x + one.width).map(move |x| (x, y)));
            for (x, y) in cells {
                let letters = seen.cell(x, y).contents();
                assert!(letters.trim().is_empty(), "{letters:?} is under {one:?}\n{}", seen.text());
            }
        }
    });
}

/// Waits for a slide of the deck, from 1, with its pictures.
#[track_caller]
pub(crate) fn is_on(terminal: &Terminal, number: usize) {
    has_up(terminal, &format!("{number}/4"), SLIDES[number - 1]);
}

/// Types keys, waits for a slide with its pictures, and returns the bytes of graphics that it took.
#[track_caller]
pub(crate) fn cost(terminal: &mut Terminal, keys: &str, number: usize) -> usize {
    let before = terminal.sees(|seen| seen.scripted().graphics);
    terminal.types(keys);
    is_on(terminal, number);
    terminal.sees(|seen| seen.scripted().graphics) - before
}

/// Returns how many pictures were sent so far.
pub(crate) fn sent(terminal: &Terminal) -> usize {
    terminal.sees(|seen| seen.scripted().sent.len())
}

/// Leaves the talk, with nothing left behind.
#[track_caller]
pub(crate) fn leaves(terminal: &mut Terminal, folder: &Folder) {
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.sees(|seen| assert!(seen.scripted().colors().is_empty() && seen.scripted().kept() == 0));
    assert_eq!(files_left(folder), 0);
}
