//! Pictures that a terminal draws and forgets: sixels, and files as iTerm2 takes them. What is written over them later
//! wipes them cell by cell.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use icy_sixel::SixelImage;

use super::{CELL, Kind, Shown};

/// A picture that has come.
pub(super) struct Taken {
    pub(super) kind: Kind,
    color: [u8; 3],
    cells: (u16, u16),
    pub(super) bytes: usize,
}

/// A picture that was drawn.
pub(super) struct Drawn {
    pub(super) shown: Shown,
    left: HashSet<(u16, u16)>,
}

impl Drawn {
    pub(super) fn new(taken: &Taken, (x, y): (u16, u16)) -> Self {
        let (width, height) = taken.cells;
        let shown = Shown { color: taken.color, x, y, width, height };
        Self { shown, left: cells(shown).collect() }
    }

    /// Returns the cells over which it was drawn.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u16, u16)> + use<> {
        cells(self.shown)
    }

    pub(super) fn wipe(&mut self, cell: (u16, u16)) {
        self.left.remove(&cell);
    }

    pub(super) fn is_there(&self) -> bool {
        !self.left.is_empty()
    }

    pub(super) fn is_whole(&self) -> bool {
        self.left.len() == self.cells().count()
    }
}

fn cells(Shown { x, y, width, height, .. }: Shown) -> impl Iterator<Item = (u16, u16)> {
    (y..y + height).flat_map(move |row| (x..x + width).map(move |column| (column, row)))
}

/// Reads a string of sixels.
pub(super) fn sixel(token: &[u8]) -> Result<Taken, String> {
    let picture = SixelImage::decode(token).map_err(|error| error.to_string())?;
    // The raster attributes tell the size; the last band may be filled up beyond it.
    let text = String::from_utf8_lossy(&token[..token.len().min(60)]).into_owned();
    let numbers = text.split_once("q\"").map_or("", |(_, rest)| rest.split('#').next().unwrap_or(rest));
    let numbers: Vec<u32> = numbers.split(';').filter_map(|number| number.parse().ok()).collect();
    let [1, 1, width, height] = numbers[..] else { return Err(format!("sixels of an odd shape: {text:?}")) };
    let at = (height as usize / 2 * picture.width + width as usize / 2) * 4;
    let color = [picture.pixels[at], picture.pixels[at + 1], picture.pixels[at + 2]];
    let cells = (width.div_ceil(CELL.0) as u16, height.div_ceil(CELL.1) as u16);
    Ok(Taken { kind: Kind::Sixel, color, cells, bytes: token.len() })
}

/// Reads a file in letters.
pub(super) fn file(token: &[u8]) -> Result<Taken, String> {
    let body = String::from_utf8_lossy(&token[7..token.len() - 1]);
    let (keys, letters) = body.split_once(':').ok_or("a command without a file")?;
    let keys = keys.strip_prefix("File=").ok_or("a command that nobody expects")?;
    let keys: HashMap<_, _> = keys.split(';').filter_map(|pair| pair.split_once('=')).collect();
    let number = |key: &str| keys.get(key).and_then(|value| value.parse::<u16>().ok());
    let (Some(width), Some(height)) = (number("width"), number("height")) else {
        return Err(format!("the cells are not told: {keys:?}"));
    };
    let file = STANDARD.decode(letters).map_err(|error| error.to_string())?;
    if keys.get("inline") != Some(&"1") || keys.get("doNotMoveCursor") != Some(&"1") {
        return Err(format!("not in its place: {keys:?}"));
    }
    if keys.get("size").and_then(|size| size.parse().ok()) != Some(file.len()) {
        return Err(format!("{keys:?} for {} bytes", file.len()));
    }
    let picture = image::load_from_memory(&file).map_err(|error| error.to_string())?.to_rgb8();
    let color = picture.get_pixel(picture.width() / 2, picture.height() / 2).0;
    Ok(Taken { kind: Kind::Iterm2, color, cells: (width, height), bytes: file.len() })
}
