//! Pictures encoded for a protocol, frame by frame.

use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::passthrough::LONGEST;
use super::{Protocol, iterm2, kitty, sixel};
use crate::picture::Bitmap;

/// A picture encoded for a protocol: its frames, each with the time for which it is shown.
///
/// It is made on a worker thread, which takes some milliseconds a frame, and shared by the cache, the frames that are
/// planned and the renderer.
pub struct EncodedImage {
    protocol: Protocol,
    id: u32,
    encoded: Vec<EncodedFrame>,
    delays: Vec<Duration>,
}

/// A picture's own file.
#[derive(Clone, Copy)]
pub struct OwnFile<'a> {
    /// All of it.
    pub bytes: &'a [u8],
    /// What is left free of its area, so that the picture keeps its shape.
    pub margin: Margin,
}

/// Pixels of an area that are left free: less than a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Margin {
    /// At its left edge.
    pub left: u32,
    /// At its top.
    pub top: u32,
}

/// One frame, encoded.
pub(super) enum EncodedFrame {
    Kitty(kitty::Transmission),
    /// The string that draws it.
    Sixel(String),
    Iterm2(iterm2::InlineImage),
}

impl EncodedImage {
    /// Encodes each of the frames; the bitmaps cover their cells exactly, and a still picture has a duration of zero.
    /// `file` is the picture's own: where the terminal can take it as it is and it is the smaller, it is sent instead
    /// of the bitmap.
    ///
    /// # Errors
    /// Returns, in words for the user, why the picture can't be encoded.
    pub fn new(
        protocol: Protocol,
        frames: &[(Bitmap, Duration)],
        file: Option<OwnFile<'_>>,
    ) -> Result<Self, String> {
        if frames.is_empty() {
            return Err("the picture has no frames".to_owned());
        }
        let moving = frames.len() > 1;
        let encoded = frames.iter().map(|(bitmap, _)| {
            check(bitmap)?;
            Ok(match protocol {
                Protocol::Kitty { local: true } => EncodedFrame::Kitty(kitty::Transmission::in_file(bitmap)?),
                Protocol::Kitty { local: false } => {
                    EncodedFrame::Kitty(kitty::Transmission::in_letters(bitmap, file.filter(|_| !moving))?)
                }
                Protocol::Sixel => EncodedFrame::Sixel(sixel::encode(bitmap, moving)?),
                Protocol::Iterm2 => EncodedFrame::Iterm2(iterm2::InlineImage::new(bitmap)?),
            })
        });
        let encoded = encoded.collect::<Result<Vec<_>, String>>()?;
        let delays = frames.iter().map(|(_, delay)| *delay).collect();
        Ok(Self {
            protocol,
            id: reserve_ids(u32::try_from(encoded.len()).unwrap_or(u32::MAX)),
            encoded,
            delays,
        })
    }

    /// Returns for how long each of the frames is shown.
    pub fn delays(&self) -> &[Duration] {
        &self.delays
    }

    /// Returns the bytes of memory it takes.
    pub fn weight(&self) -> usize {
        let weights = self.encoded.iter().map(|frame| match frame {
            EncodedFrame::Kitty(transmission) => transmission.weight(),
            EncodedFrame::Sixel(drawing) => drawing.capacity(),
            EncodedFrame::Iterm2(file) => file.weight(),
        });
        weights.sum()
    }

    /// Returns the number of its first frame, which no other image of the process has.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Returns the bytes that draw the first frame from the cursor on, over `columns` and `rows` of the ordinary
    /// screen, which must end before the screen's last cells. The cursor may be anywhere afterwards.
    pub fn at_cursor(&self, columns: u16, rows: u16) -> Vec<u8> {
        let Some(frame) = self.encoded.first() else { return Vec::new() };
        match frame {
            EncodedFrame::Kitty(transmission) => {
                let (columns, rows) = (u32::from(columns), u32::from(rows));
                let cells = kitty::CellSpan { columns, height: rows, top: 0, rows };
                let mut bytes = transmission.send(self.id).concat();
                bytes += &transmission.place(kitty::PlacementId { id: self.id, number: 1 }, cells);
                bytes.into_bytes()
            }
            EncodedFrame::Sixel(drawing) => drawing.clone().into_bytes(),
            EncodedFrame::Iterm2(file) => file.at_cursor(columns, rows).into_bytes(),
        }
    }

    /// Returns the protocol that it is made for.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Returns the frame at `index`; none after the last one.
    pub(super) fn frame(&self, index: usize) -> Option<&EncodedFrame> {
        self.encoded.get(index)
    }

    /// Returns the number under which the terminal stores a frame.
    pub(super) fn id_of(&self, frame: usize) -> u32 {
        self.id.saturating_add(u32::try_from(frame).unwrap_or(u32::MAX))
    }

    /// Returns whether each of its frames passes through tmux.
    pub fn passes_through(&self) -> bool {
        self.encoded.iter().all(|frame| match frame {
            // Some bytes are left for the way to its cell.
            EncodedFrame::Sixel(drawing) => drawing.len() < LONGEST - 100,
            EncodedFrame::Kitty(_) | EncodedFrame::Iterm2(_) => true,
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

/// Returns the first of `count` consecutive numbers that are used only once in the process; 0 is never among them.
/// Where they begin depends on the process, so that two programs in one window hardly take the same.
fn reserve_ids(count: u32) -> u32 {
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
    fn frames_of_images_never_share_a_number() {
        let frame = (blank(2, 2), Duration::ZERO);
        let image = |frames| EncodedImage::new(Protocol::Sixel, &vec![frame.clone(); frames], None).unwrap();
        let (film, still) = (image(3), image(1));
        let numbers = |image: &EncodedImage| {
            (0..image.delays().len()).map(|frame| image.id_of(frame)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&film), [film.id(), film.id() + 1, film.id() + 2]);
        assert!(numbers(&film).iter().all(|number| !numbers(&still).contains(number)));
        assert!(still.id() > 0 && still.frame(1).is_none());
    }

    #[test]
    fn what_is_no_picture_is_refused_with_a_reason() {
        for protocol in [Protocol::Kitty { local: true }, Protocol::Sixel, Protocol::Iterm2] {
            assert!(EncodedImage::new(protocol, &[], None).is_err());
            let mut short = blank(3, 3);
            short.pixels.pop();
            for bitmap in [short, blank(0, 5)] {
                let reason = EncodedImage::new(protocol, &[(bitmap, Duration::ZERO)], None).err();
                assert_eq!(reason.unwrap(), "the picture has no pixels");
            }
        }
    }
}
