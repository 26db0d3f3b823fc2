//! The bytes that turn the pictures on the screen into those that are wanted there.

use std::mem;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::encoded_image::{EncodedFrame, EncodedImage};
use super::kitty::image_store::{BUDGET, ImageStore};
use super::kitty::{self, CellSpan, PlacementId};
use super::passthrough::{self, PaneOrigin};
use super::{Placement, Protocol};

/// Pieces of what is sent ahead are no longer: a key must not wait behind them.
const PIECE: usize = 16 * 1024;

/// Up to this many pictures are taken down one by one; more of them by one command, where nothing else is up.
const FEW: usize = 2;

/// Returns the bytes that turn the pictures on the screen into those that are wanted, and keeps track of which pictures
/// are shown and which the terminal has stored.
pub struct ImageRenderer {
    protocol: Protocol,
    pane: Option<PaneOrigin>,
    up: Vec<ShownImage>,
    store: ImageStore,
    /// Whether a transmission may have been cut off in the middle.
    unsure: bool,
    /// The number of the last placement.
    places: u32,
}

/// A frame that the terminal shows: its number, that of its placement, and where it is.
struct ShownImage {
    id: u32,
    number: u32,
    /// None where the pane has moved since.
    at: Option<PlacementArea>,
}

impl ShownImage {
    fn placement(&self) -> PlacementId {
        PlacementId { id: self.id, number: self.number }
    }
}

/// The cells of a placement, and which rows of its picture they show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PlacementArea {
    area: Rect,
    top: u32,
    rows: u32,
}

impl ImageRenderer {
    /// Returns a renderer for a terminal in which nothing is up; inside tmux, `pane` is where our pane begins.
    pub fn new(protocol: Protocol, pane: Option<PaneOrigin>) -> Self {
        let (up, store) = (Vec::new(), ImageStore::default());
        Self { protocol, pane, up, store, unsure: false, places: 0 }
    }

    /// Returns the protocol for which images are to be made.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Sets where the pane is now. What is up is taken down by the next [`show`](Self::show), and put up where the
    /// pane is now.
    pub fn set_pane(&mut self, pane: Option<PaneOrigin>) {
        if self.pane != pane {
            self.pane = pane;
            self.up.iter_mut().for_each(|up| up.at = None);
        }
    }

    /// Returns whether an image can be shown: it is made for this protocol, and passes through tmux if it has to. One
    /// that is not is left out by [`show`](Self::show).
    pub fn supports(&self, image: &EncodedImage) -> bool {
        image.protocol() == self.protocol && (self.pane.is_none() || image.passes_through())
    }

    /// Appends what makes exactly `wanted` the pictures on the screen: take-downs, transmissions of what the terminal
    /// lacks, placements. It belongs behind the cells of a frame. When these were painted `afresh`, sixels and
    /// iTerm2's pictures are gone and drawn again, and kitty's are placed again to be sure; else what stays costs
    /// nothing. Where a picture that the terminal does not remember was, the caller rewrites the cells.
    pub fn show(&mut self, wanted: &[Placement], afresh: bool, out: &mut Vec<u8>) {
        self.make_sure(out);
        let mut leaving = mem::take(&mut self.up);
        let mut drawn = Vec::new();
        let mut stay = false;
        let wanted: Vec<_> = wanted.iter().filter(|placement| self.can_show(placement)).collect();
        for placement in wanted {
            let (id, at) = placement.id_and_area();
            let found = leaving.iter().position(|up| up.id == id && up.at == Some(at));
            stay |= found.is_some();
            if found.is_none() || afresh {
                drawn.push((self.up.len(), placement));
            }
            let up = found.map(|index| leaving.swap_remove(index));
            let up = up.unwrap_or_else(|| ShownImage { id, number: self.next_number(), at: Some(at) });
            self.up.push(up);
        }
        if !stay && leaving.len() > FEW && self.can_delete_all() {
            self.write(kitty::DELETE_PLACEMENTS, out);
            leaving.clear();
        }
        let needed: Vec<_> = self.up.iter().chain(&leaving).map(|up| up.id).collect();
        for (index, placement) in drawn {
            self.draw(placement, self.up[index].number, &needed, out);
        }
        if matches!(self.protocol, Protocol::Kitty { .. }) {
            for up in leaving {
                self.write(&kitty::delete_placement(up.placement()), out);
            }
        }
    }

    /// Returns the bytes that send an image to a terminal that keeps pictures, in pieces of at most 16 KiB that may be
    /// written between frames while nothing else is to be done; empty when the terminal has it or keeps none. The
    /// caller writes all pieces in their order before any further [`show`](Self::show), or else
    /// [forgets](Self::forget).
    pub fn send_ahead(&mut self, image: &Arc<EncodedImage>) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        if !self.supports(image) {
            return pieces;
        }
        let mut needed: Vec<_> = self.up.iter().map(|up| up.id).collect();
        let mut total = 0;
        for frame in 0..image.delays().len() {
            let (id, Some(EncodedFrame::Kitty(transmission))) = (image.id_of(frame), image.frame(frame))
            else {
                break;
            };
            total += transmission.decoded();
            // The rest of a film that is too long comes when it is shown, in place of its beginning.
            if total > BUDGET {
                break;
            }
            needed.push(id);
            for sequence in self.transmit(id, transmission, &needed) {
                append(&mut pieces, &sequence);
            }
        }
        pieces
    }

    /// Assumes nothing of what the terminal has any more: it may have lost everything, for it was suspended or reset,
    /// or what was to be sent ahead was cut off. The next [`show`](Self::show) frees what may be left and sends again.
    pub fn forget(&mut self) {
        self.up.clear();
        self.store.doubt();
        self.unsure = true;
    }

    /// Returns what takes down all that is up, for the terminal around tmux itself: from a window that is not shown
    /// tmux hands nothing on. Nothing where pictures go with the cells under them.
    pub fn delete_outside(&self) -> Vec<u8> {
        let is_kitty = matches!(self.protocol, Protocol::Kitty { .. });
        let delete = |up: &ShownImage| kitty::delete_placement(up.placement());
        if is_kitty { self.up.iter().map(delete).collect::<String>().into_bytes() } else { Vec::new() }
    }

    /// Appends what takes everything down and frees all that the terminal keeps: for the way out in good order.
    pub fn leave(&mut self, out: &mut Vec<u8>) {
        self.forget();
        self.make_sure(out);
    }

    /// Returns what takes everything down when the terminal is given back in a hurry, always the same for a protocol
    /// and inside tmux or not: a panic hook can keep it.
    pub fn farewell(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if matches!(self.protocol, Protocol::Kitty { .. }) {
            self.write(kitty::CLOSE, &mut out);
            self.write(kitty::FREE_ALL_UP, &mut out);
        }
        out
    }

    /// Frees what the terminal may have kept of what was forgotten.
    fn make_sure(&mut self, out: &mut Vec<u8>) {
        if mem::take(&mut self.unsure) && matches!(self.protocol, Protocol::Kitty { .. }) {
            self.write(kitty::CLOSE, out);
            for id in self.store.drain_doubtful() {
                self.write(&kitty::free(id), out);
            }
        }
    }

    fn can_show(&self, placement: &Placement) -> bool {
        let Placement { image, frame, area, .. } = placement;
        self.supports(image) && image.frame(*frame).is_some() && !area.is_empty()
    }

    /// Inside tmux other panes may show pictures in the same terminal, which have to stay.
    fn can_delete_all(&self) -> bool {
        matches!(self.protocol, Protocol::Kitty { .. }) && self.pane.is_none()
    }

    /// Returns a number for a placement, which no other one has.
    fn next_number(&mut self) -> u32 {
        self.places = self.places.checked_add(1).unwrap_or(1);
        self.places
    }

    fn draw(&mut self, placement: &Placement, number: u32, needed: &[u32], out: &mut Vec<u8>) {
        let Placement { image, frame, area, top, rows } = placement;
        let (id, Some(encoded)) = (image.id_of(*frame), image.frame(*frame)) else { return };
        match encoded {
            EncodedFrame::Kitty(transmission) => {
                self.transmit(id, transmission, needed)
                    .iter()
                    .for_each(|sequence| out.extend_from_slice(sequence));
                let cells = CellSpan {
                    columns: area.width.into(),
                    height: area.height.into(),
                    top: *top,
                    rows: *rows,
                };
                self.write_at(*area, transmission.place(PlacementId { id, number }, cells).as_bytes(), out);
            }
            EncodedFrame::Sixel(drawing) => self.write_at(*area, drawing.as_bytes(), out),
            EncodedFrame::Iterm2(file) => file.draw(*area, self.pane, out),
        }
    }

    /// Returns the sequences that make the terminal keep a frame; none when it does already.
    fn transmit(&mut self, id: u32, transmission: &kitty::Transmission, needed: &[u32]) -> Vec<Vec<u8>> {
        if self.store.touch(id) {
            return Vec::new();
        }
        let freed = self.store.insert(id, transmission.decoded(), needed);
        let commands = freed.into_iter().map(kitty::free).chain(transmission.send(id));
        let sequences = commands.map(|command| {
            let mut sequence = Vec::new();
            self.write(&command, &mut sequence);
            sequence
        });
        sequences.collect()
    }

    fn write(&self, command: &str, out: &mut Vec<u8>) {
        passthrough::write(self.pane, command.as_bytes(), out);
    }

    fn write_at(&self, area: Rect, sequence: &[u8], out: &mut Vec<u8>) {
        passthrough::write_at(self.pane, area.as_position(), sequence, out);
    }
}

impl Placement {
    fn id_and_area(&self) -> (u32, PlacementArea) {
        let Self { image, frame, area, top, rows } = self;
        (image.id_of(*frame), PlacementArea { area: *area, top: *top, rows: *rows })
    }
}

/// Appends a sequence to the last piece, or begins a new one where it has no room.
fn append(pieces: &mut Vec<Vec<u8>>, sequence: &[u8]) {
    match pieces.last_mut() {
        Some(piece) if piece.len() + sequence.len() <= PIECE => piece.extend_from_slice(sequence),
        _ => pieces.push(sequence.to_vec()),
    }
}
