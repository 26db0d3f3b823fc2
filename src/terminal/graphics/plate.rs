//! Pictures made ready for a protocol, frame by frame; where they are shown is not known here.

use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::passthrough::LONGEST;
use super::{Protocol, iterm2, kitty, sixel};
use crate::picture::Bitmap;

/// A picture made ready for a protocol: one sheet per frame, each with the time for which it stands.
///
/// It is made on a worker thread, which takes some milliseconds a frame, and shared by the cache, the frames that are
/// planned and the painter.
pub struct Plate {
    protocol: Protocol,
    id: u32,
    sheets: Vec<Sheet>,
    delays: Vec<Duration>,
}

/// A picture's own file.
#[derive(Clone, Copy)]
pub struct OwnFile<'a> {
    /// All of it.
    pub bytes: &'a [u8],
    /// The pixels of the area that are left free, at its left edge and at its top, so that the picture keeps its
    /// shape: less than a cell.
    pub margin: (u32, u32),
}

/// One frame.
pub(super) enum Sheet {
    Kitty(kitty::Sheet),
    /// The string that draws it.
    Sixel(String),
    Iterm2(iterm2::Sheet),
}

impl Plate {
    /// Makes one sheet per frame; the bitmaps cover their cells exactly, and a still picture stands for no time at
    /// all. `file` is the picture's own: where the terminal can take it as it is and it is the smaller, it is sent
    /// instead of the bitmap.
    ///
    /// # Errors
    /// Says to a person why the picture can't be made ready.
    pub fn new(
        protocol: Protocol,
        frames: &[(Bitmap, Duration)],
        file: Option<OwnFile<'_>>,
    ) -> Result<Self, String> {
        if frames.is_empty() {
            return Err("the picture has no frames".to_owned());
        }
        let moving = frames.len() > 1;
        let sheets = frames.iter().map(|(bitmap, _)| {
            check(bitmap)?;
            Ok(match protocol {
                Protocol::Kitty { local: true } => Sheet::Kitty(kitty::Sheet::in_file(bitmap)?),
                Protocol::Kitty { local: false } => {
                    Sheet::Kitty(kitty::Sheet::in_letters(bitmap, file.filter(|_| !moving))?)
                }
                Protocol::Sixel => Sheet::Sixel(sixel::encode(bitmap, moving)?),
                Protocol::Iterm2 => Sheet::Iterm2(iterm2::Sheet::new(bitmap)?),
            })
        });
        let sheets = sheets.collect::<Result<Vec<_>, String>>()?;
        let delays = frames.iter().map(|(_, delay)| *delay).collect();
        Ok(Self { protocol, id: take_numbers(sheets.len() as u32), sheets, delays })
    }

    /// Returns for how long each of the frames stands.
    pub fn delays(&self) -> &[Duration] {
        &self.delays
    }

    /// Returns the bytes of memory it takes.
    pub fn weight(&self) -> usize {
        let weights = self.sheets.iter().map(|sheet| match sheet {
            Sheet::Kitty(sheet) => sheet.weight(),
            Sheet::Sixel(drawing) => drawing.capacity(),
            Sheet::Iterm2(sheet) => sheet.weight(),
        });
        weights.sum()
    }

    /// Returns the number of its first sheet, which no other plate of the process has.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Returns the bytes that draw the first frame from the cursor on, over so many columns and rows of the ordinary
    /// screen, whose cells must not be the last ones. The cursor may be anywhere afterwards.
    pub fn at_cursor(&self, columns: u16, rows: u16) -> Vec<u8> {
        let Some(sheet) = self.sheets.first() else { return Vec::new() };
        match sheet {
            Sheet::Kitty(sheet) => {
                let (columns, rows) = (u32::from(columns), u32::from(rows));
                let cells = kitty::Cells { columns, height: rows, top: 0, rows };
                let mut bytes = sheet.send(self.id).concat();
                bytes += &sheet.place((self.id, 1), cells);
                bytes.into_bytes()
            }
            Sheet::Sixel(drawing) => drawing.clone().into_bytes(),
            Sheet::Iterm2(sheet) => sheet.at_cursor(columns, rows).into_bytes(),
        }
    }

    pub(super) fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Returns a frame; none behind the last one.
    pub(super) fn sheet(&self, frame: usize) -> Option<&Sheet> {
        self.sheets.get(frame)
    }

    /// Returns the number of a frame's sheet.
    pub(super) fn number_of(&self, frame: usize) -> u32 {
        self.id + frame as u32
    }

    /// Returns whether each of its sheets passes through tmux.
    pub(super) fn passes_through(&self) -> bool {
        self.sheets.iter().all(|sheet| match sheet {
            // Some bytes are left for the way to its cell.
            Sheet::Sixel(drawing) => drawing.len() < LONGEST - 100,
            Sheet::Kitty(_) | Sheet::Iterm2(_) => true,
        })
    }
}

fn check(bitmap: &Bitmap) -> Result<(), String> {
    let pixels = bitmap.size.width as usize * bitmap.size.height as usize;
    if pixels == 0 || bitmap.pixels.len() != pixels * 3 {
        return Err("the picture has no pixels".to_owned());
    }
    Ok(())
}

/// Returns the first of so many numbers in a row that nobody else in the process gets; 0 is never among them. Where
/// they begin depends on the process, so that two programs in one window hardly take the same.
fn take_numbers(count: u32) -> u32 {
    // Multiples of the golden ratio keep apart what is close together.
    const GOLDEN: u32 = 0x9e37_79b1;
    static NEXT: LazyLock<AtomicU32> = LazyLock::new(|| AtomicU32::new(process::id().wrapping_mul(GOLDEN)));
    loop {
        let first = NEXT.fetch_add(count, Ordering::Relaxed);
        if first > 0 && first.checked_add(count).is_some() {
            return first;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Size;

    fn blank(width: u32, height: u32) -> Bitmap {
        let pixels = vec![0; (width * height * 3) as usize];
        Bitmap { size: Size { width, height }, pixels }
    }

    #[test]
    fn sheets_of_plates_never_share_a_number() {
        let frame = (blank(2, 2), Duration::ZERO);
        let plate = |frames| Plate::new(Protocol::Sixel, &vec![frame.clone(); frames], None).unwrap();
        let (film, still) = (plate(3), plate(1));
        let numbers =
            |plate: &Plate| (0..plate.delays().len()).map(|frame| plate.number_of(frame)).collect::<Vec<_>>();
        assert_eq!(numbers(&film), [film.id(), film.id() + 1, film.id() + 2]);
        assert!(numbers(&film).iter().all(|number| !numbers(&still).contains(number)));
        assert!(still.id() > 0 && still.sheet(1).is_none());
    }

    #[test]
    fn what_is_no_picture_is_refused_with_a_reason() {
        for protocol in [Protocol::Kitty { local: true }, Protocol::Sixel, Protocol::Iterm2] {
            assert!(Plate::new(protocol, &[], None).is_err());
            let mut short = blank(3, 3);
            short.pixels.pop();
            for bitmap in [short, blank(0, 5)] {
                let reason = Plate::new(protocol, &[(bitmap, Duration::ZERO)], None).err();
                assert_eq!(reason.unwrap(), "the picture has no pixels");
            }
        }
    }
}
