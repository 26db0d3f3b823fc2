//! kitty's protocol: its commands, and pictures ready to be sent with them. What the terminal has stored and
//! shows, the renderer keeps track of.

pub(super) mod image_store;

use std::os::unix::ffi::OsStrExt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Margin, OwnFile, compress};
use crate::picture::{Bitmap, Size};
use crate::terminal::files;

/// Bytes of a file that make the most letters that the protocol allows in one command: 4096.
const CHUNK: usize = 3072;

/// A file with longer sides is not for the terminal to decode, however short it is.
const LONGEST_SIDE: u32 = 4096;

/// Ends a picture that was sent in part, lest the next one be taken for its rest. Where there is none it does
/// nothing.
pub(super) const CLOSE: &str = "\x1b_Gm=0,q=2\x1b\\";

/// Takes down all that is up, and frees it.
pub(super) const FREE_ALL_UP: &str = "\x1b_Ga=d,d=A,q=2\x1b\\";

/// Takes down all that is up.
pub(super) const DELETE_PLACEMENTS: &str = "\x1b_Ga=d,d=a,q=2\x1b\\";

/// A bitmap, ready to be sent.
pub(super) struct Transmission {
    /// As the terminal has it.
    size: Size,
    /// The pixels that stay free of the first cell's, to its left and above.
    margin: Margin,
    source: Payload,
}

enum Payload {
    /// A file with its pixels, which the terminal reads at each transmission: nothing is kept in memory.
    File(files::TempFile),
    /// A whole PNG, to be sent in letters.
    Png(Vec<u8>),
}

impl Transmission {
    /// Returns a bitmap that the terminal reads from a file, or from letters where no file can be written.
    pub(super) fn in_file(bitmap: &Bitmap) -> Result<Self, String> {
        let Ok(file) = files::TempFile::new(&bitmap.pixels) else {
            return Self::in_letters(bitmap, None);
        };
        Ok(Self { size: bitmap.size, margin: Margin::default(), source: Payload::File(file) })
    }

    /// Returns a bitmap that the terminal gets as a PNG; the picture's own file, where it is one and smaller.
    pub(super) fn in_letters(bitmap: &Bitmap, file: Option<OwnFile<'_>>) -> Result<Self, String> {
        let png = compress::png(bitmap)?;
        let own = file.filter(|file| file.bytes.len() < png.len()).and_then(|file| {
            let size = compress::size_of_png(file.bytes)?;
            let sides = 1..=LONGEST_SIDE;
            (sides.contains(&size.width) && sides.contains(&size.height)).then_some((file, size))
        });
        Ok(match own {
            Some((OwnFile { bytes, margin }, size)) => {
                Self { size, margin, source: Payload::Png(bytes.to_vec()) }
            }
            None => Self { size: bitmap.size, margin: Margin::default(), source: Payload::Png(png) },
        })
    }

    /// Returns the bytes it takes, in memory or in its file.
    pub(super) fn weight(&self) -> usize {
        match &self.source {
            Payload::File(_) => self.size.pixels() * 3,
            Payload::Png(png) => png.capacity(),
        }
    }

    /// Returns the bytes it takes in the terminal, where it is decoded.
    pub(super) fn decoded(&self) -> usize {
        self.size.pixels() * 4
    }

    /// Returns the commands that send it to be kept under a number.
    pub(super) fn send(&self, id: u32) -> Vec<String> {
        match &self.source {
            Payload::Png(png) => send_png(id, png),
            Payload::File(file) => {
                let Size { width, height } = self.size;
                let keys = format!("a=t,t=f,f=24,s={width},v={height},i={id}");
                vec![command(&keys, &STANDARD.encode(file.path().as_os_str().as_bytes()))]
            }
        }
    }

    /// Returns the command that shows it at the cursor, in `cells`.
    pub(super) fn place(&self, placement: PlacementId, cells: CellSpan) -> String {
        let CellSpan { columns, height, top, rows } = cells;
        let PlacementId { id, number } = placement;
        let mut keys = format!("a=p,i={id},p={number},c={columns},r={height}");
        if (top, height) != (0, rows) {
            let pixels = |row: u32| {
                let at = u64::from(row.min(rows)) * u64::from(self.size.height);
                (at + u64::from(rows) / 2) / u64::from(rows.max(1))
            };
            let (from, to) = (pixels(top), pixels(top.saturating_add(height)));
            let (width, height) = (self.size.width, (to - from).max(1));
            keys = format!("{keys},x=0,y={from},w={width},h={height}");
        } else if self.margin != Margin::default() {
            // The edges at the right and below are those of the cells, whatever the offset.
            keys = format!("{keys},X={},Y={}", self.margin.left, self.margin.top);
        }
        command(&(keys + ",C=1"), "")
    }
}

/// The number of a stored picture, and that of one of its placements.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacementId {
    pub(super) id: u32,
    pub(super) number: u32,
}

/// How much of a picture is shown, in cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellSpan {
    pub(super) columns: u32,
    /// Rows that are seen.
    pub(super) height: u32,
    /// Rows above them that are not.
    pub(super) top: u32,
    /// Rows of the whole.
    pub(super) rows: u32,
}

/// Returns the command that takes a picture down from one place; the terminal keeps it.
pub(super) fn delete_placement(PlacementId { id, number }: PlacementId) -> String {
    command(&format!("a=d,d=i,i={id},p={number}"), "")
}

/// Returns the command that frees a picture, wherever it is up.
pub(super) fn free(id: u32) -> String {
    command(&format!("a=d,d=I,i={id}"), "")
}

fn send_png(id: u32, png: &[u8]) -> Vec<String> {
    let last = png.len().div_ceil(CHUNK).saturating_sub(1);
    let commands = png.chunks(CHUNK).enumerate().map(|(index, chunk)| {
        let more = u8::from(index < last);
        let keys = match index {
            0 => format!("a=t,t=d,f=100,i={id},m={more}"),
            _ => format!("m={more}"),
        };
        command(&keys, &STANDARD.encode(chunk))
    });
    commands.collect()
}

/// Returns a command that is never answered: its answer would be taken for keys.
fn command(keys: &str, payload: &str) -> String {
    let separator = if payload.is_empty() { "" } else { ";" };
    format!("\x1b_G{keys},q=2{separator}{payload}\x1b\\")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn bitmap() -> Bitmap {
        Bitmap { size: Size { width: 40, height: 30 }, pixels: vec![90; 3600] }
    }

    fn path(commands: &[String]) -> std::path::PathBuf {
        let (_, letters) = commands[0].strip_suffix("\x1b\\").unwrap().split_once(';').unwrap();
        String::from_utf8(STANDARD.decode(letters).unwrap()).unwrap().into()
    }

    #[test]
    fn a_file_is_ours_alone_and_goes_with_its_transmission() {
        let transmission = Transmission::in_file(&bitmap()).unwrap();
        let sent = path(&transmission.send(7));
        assert!(sent.file_name().unwrap().to_str().unwrap().starts_with("tty-graphics-protocol-lutrin-"));
        assert_eq!(fs::metadata(&sent).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read(&sent).unwrap(), bitmap().pixels);
        drop(transmission);
        assert!(!sent.exists());
    }

    #[test]
    fn a_file_serves_as_often_as_it_is_sent() {
        let transmission = Transmission::in_file(&bitmap()).unwrap();
        assert_eq!(transmission.send(7), transmission.send(7));
        assert_eq!(fs::read(path(&transmission.send(7))).unwrap(), bitmap().pixels);
    }

    #[test]
    fn a_files_own_bytes_are_sent_where_they_are_fewer() {
        let small = compress::png(&bitmap()).unwrap();
        let noisy = (0..3600u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let noisy = Bitmap { pixels: noisy, ..bitmap() };
        let sent = |bitmap: &Bitmap, file: &[u8]| match Transmission::in_letters(
            bitmap,
            Some(OwnFile { bytes: file, margin: Margin::default() }),
        )
        .unwrap()
        .source
        {
            Payload::Png(png) => png,
            Payload::File(_) => panic!("there is no file"),
        };
        assert_eq!(sent(&noisy, &small), small);
        let large = compress::png(&noisy).unwrap();
        assert_eq!(sent(&bitmap(), &large), small);
        assert_eq!(sent(&noisy, &compress::jpeg(&bitmap()).unwrap()), large);
        let mut huge = small.clone();
        huge[16..20].copy_from_slice(&5000u32.to_be_bytes());
        assert_eq!(sent(&noisy, &huge), large);
    }

    #[test]
    fn a_file_keeps_its_shape_by_an_offset() {
        let noisy = (0..3600u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let file = compress::png(&bitmap()).unwrap();
        let own = OwnFile { bytes: &file, margin: Margin { left: 0, top: 7 } };
        let transmission =
            Transmission::in_letters(&Bitmap { pixels: noisy, ..bitmap() }, Some(own)).unwrap();
        let whole = transmission
            .place(PlacementId { id: 5, number: 6 }, CellSpan { columns: 9, height: 7, top: 0, rows: 7 });
        assert!(whole.contains("c=9,r=7,X=0,Y=7,"), "{whole:?}");
    }

    #[test]
    fn a_part_is_cut_at_whole_pixels() {
        let transmission = Transmission::in_letters(&bitmap(), None).unwrap();
        let cut = |height, top, rows| {
            let placed = transmission
                .place(PlacementId { id: 5, number: 6 }, CellSpan { columns: 9, height, top, rows });
            let keys = placed.strip_prefix(&format!("\x1b_Ga=p,i=5,p=6,c=9,r={height}")).unwrap().to_owned();
            keys.strip_suffix(",C=1,q=2\x1b\\").unwrap().to_owned()
        };
        assert_eq!(cut(7, 0, 7), "");
        assert_eq!(cut(3, 0, 7), ",x=0,y=0,w=40,h=13");
        assert_eq!(cut(4, 3, 7), ",x=0,y=13,w=40,h=17");
        assert_eq!(cut(1, 90, 100), ",x=0,y=27,w=40,h=1");
        assert_eq!(cut(1, 9, 3), ",x=0,y=30,w=40,h=1");
    }
}
