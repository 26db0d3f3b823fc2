//! Turns the pictures that are up into those that shall be, in bytes; remembers what is up and what the terminal
//! keeps, and makes no pictures.

use std::mem;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::kitty::memory::{BUDGET, Memory};
use super::kitty::{self, Cells};
use super::passthrough::{self, Pane};
use super::plate::{Plate, Sheet};
use super::{Placement, Protocol};

/// Pieces of what is sent ahead are no longer: a key must not wait behind them.
const PIECE: usize = 16 * 1024;

/// So many pictures are taken down one by one; more of them in one stroke, where nothing else is up.
const FEW: usize = 2;

/// Turns the pictures that are up into those that shall be, in bytes. It remembers what the terminal has.
pub struct Painter {
    protocol: Protocol,
    pane: Option<Pane>,
    up: Vec<Up>,
    memory: Memory,
    /// Something may have been cut off in the middle.
    unsure: bool,
    /// Places are numbered as they are taken.
    places: u32,
}

/// A sheet at its place.
struct Up {
    sheet: u32,
    number: u32,
    /// None where the pane has moved since.
    spot: Option<Spot>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    area: Rect,
    top: u32,
    rows: u32,
}

impl Painter {
    /// Returns a painter for a terminal in which nothing is up; inside tmux, `pane` says where.
    pub fn new(protocol: Protocol, pane: Option<Pane>) -> Self {
        let (up, memory) = (Vec::new(), Memory::default());
        Self { protocol, pane, up, memory, unsure: false, places: 0 }
    }

    /// Returns the protocol for which plates are to be made.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Takes the pane's new place. What is up is taken down by the next [`show`](Self::show), and put up where the
    /// pane is now.
    pub fn set_pane(&mut self, pane: Option<Pane>) {
        if self.pane != pane {
            self.pane = pane;
            self.up.iter_mut().for_each(|up| up.spot = None);
        }
    }

    /// Returns whether a plate can be shown: it is made for this protocol, and passes through tmux if it has to. One
    /// that is not taken is left out by [`show`](Self::show).
    pub fn takes(&self, plate: &Plate) -> bool {
        plate.protocol() == self.protocol && (self.pane.is_none() || plate.passes_through())
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
            let (sheet, spot) = placement.sheet_and_spot();
            let found = leaving.iter().position(|up| up.sheet == sheet && up.spot == Some(spot));
            stay |= found.is_some();
            if found.is_none() || afresh {
                drawn.push((self.up.len(), placement));
            }
            let up = found.map(|index| leaving.swap_remove(index));
            let up = up.unwrap_or_else(|| Up { sheet, number: self.take_number(), spot: Some(spot) });
            self.up.push(up);
        }
        if !stay && leaving.len() > FEW && self.takes_all_down() {
            self.write(kitty::TAKE_ALL_DOWN, out);
            leaving.clear();
        }
        let needed: Vec<_> = self.up.iter().chain(&leaving).map(|up| up.sheet).collect();
        for (index, placement) in drawn {
            self.draw(placement, self.up[index].number, &needed, out);
        }
        if matches!(self.protocol, Protocol::Kitty { .. }) {
            for up in leaving {
                self.write(&kitty::take_down(up.sheet, up.number), out);
            }
        }
    }

    /// Returns the bytes that send a plate to a terminal that keeps pictures, in pieces of at most 16 KiB that may be
    /// written between frames while nothing else is to be done; empty when the terminal has it or keeps none. The
    /// caller writes all pieces in their order before any further [`show`](Self::show), or else
    /// [forgets](Self::forget).
    pub fn send_ahead(&mut self, plate: &Arc<Plate>) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        if !self.takes(plate) {
            return pieces;
        }
        let mut needed: Vec<_> = self.up.iter().map(|up| up.sheet).collect();
        let mut total = 0;
        for frame in 0..plate.delays().len() {
            let (id, Some(Sheet::Kitty(sheet))) = (plate.number_of(frame), plate.sheet(frame)) else { break };
            total += sheet.decoded();
            // The rest of a film that is too long comes when it is shown, in place of its beginning.
            if total > BUDGET {
                break;
            }
            needed.push(id);
            for sequence in self.transmit(id, sheet, &needed) {
                append(&mut pieces, &sequence);
            }
        }
        pieces
    }

    /// Takes nothing for granted any more: the terminal may have lost everything, for it was suspended or reset, or
    /// what was to be sent ahead was cut off. The next [`show`](Self::show) frees what may be left and sends again.
    pub fn forget(&mut self) {
        self.up.clear();
        self.memory.doubt();
        self.unsure = true;
    }

    /// Returns what takes down all that is up, for the terminal around tmux itself: from a window that is not shown tmux
    /// hands nothing on. Nothing where pictures go with the cells under them.
    pub fn take_down_outside(&self) -> Vec<u8> {
        let is_kitty = matches!(self.protocol, Protocol::Kitty { .. });
        let take_down = |up: &Up| kitty::take_down(up.sheet, up.number);
        if is_kitty { self.up.iter().map(take_down).collect::<String>().into_bytes() } else { Vec::new() }
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
            for id in self.memory.take_doubtful() {
                self.write(&kitty::free(id), out);
            }
        }
    }

    fn can_show(&self, placement: &Placement) -> bool {
        let Placement { plate, frame, area, .. } = placement;
        self.takes(plate) && plate.sheet(*frame).is_some() && !area.is_empty()
    }

    /// Other panes' pictures in the terminal outside are not ours to take down.
    fn takes_all_down(&self) -> bool {
        matches!(self.protocol, Protocol::Kitty { .. }) && self.pane.is_none()
    }

    /// Returns a number for a place, which no other place has.
    fn take_number(&mut self) -> u32 {
        self.places = self.places.checked_add(1).unwrap_or(1);
        self.places
    }

    fn draw(&mut self, placement: &Placement, number: u32, needed: &[u32], out: &mut Vec<u8>) {
        let Placement { plate, frame, area, top, rows } = placement;
        let (id, Some(sheet)) = (plate.number_of(*frame), plate.sheet(*frame)) else { return };
        match sheet {
            Sheet::Kitty(sheet) => {
                self.transmit(id, sheet, needed).iter().for_each(|sequence| out.extend_from_slice(sequence));
                let cells =
                    Cells { columns: area.width.into(), height: area.height.into(), top: *top, rows: *rows };
                self.write_at(*area, sheet.place((id, number), cells).as_bytes(), out);
            }
            Sheet::Sixel(drawing) => self.write_at(*area, drawing.as_bytes(), out),
            Sheet::Iterm2(sheet) => sheet.draw(*area, self.pane, out),
        }
    }

    /// Returns the sequences that make the terminal keep a sheet, none when it does already.
    fn transmit(&mut self, id: u32, sheet: &kitty::Sheet, needed: &[u32]) -> Vec<Vec<u8>> {
        if self.memory.recalls(id) {
            return Vec::new();
        }
        let freed = self.memory.take_in(id, sheet.decoded(), needed);
        let commands = freed.into_iter().map(kitty::free).chain(sheet.send(id));
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
    fn sheet_and_spot(&self) -> (u32, Spot) {
        let Self { plate, frame, area, top, rows } = self;
        (plate.number_of(*frame), Spot { area: *area, top: *top, rows: *rows })
    }
}

/// Appends a sequence to the last piece, or begins a new one where it has no room.
fn append(pieces: &mut Vec<Vec<u8>>, sequence: &[u8]) {
    match pieces.last_mut() {
        Some(piece) if piece.len() + sequence.len() <= PIECE => piece.extend_from_slice(sequence),
        _ => pieces.push(sequence.to_vec()),
    }
}
