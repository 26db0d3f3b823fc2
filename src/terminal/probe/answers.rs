//! The answers to the queries, as far as they have come.

use super::questions::{BY_FILE, DIRECT};
use crate::color::Rgb;
use crate::terminal::input::Answer;

/// What the terminal has answered so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ProbeAnswers {
    pub(super) background: Option<Rgb>,
    pub(super) text_area: Option<(u16, u16)>,
    pub(super) cell: Option<(u16, u16)>,
    pub(super) updates_at_once: Option<bool>,
    /// Its name and version; inside tmux those of the terminal around it.
    pub(super) version: Option<String>,
    /// Whether it took kitty's picture as it was sent, and by its file.
    pub(super) picture: Option<bool>,
    pub(super) picture_by_file: Option<bool>,
    pub(super) sixel_registers: Option<bool>,
    pub(super) sixel_area: Option<(u16, u16)>,
    pub(super) attributes: Option<Vec<u16>>,
    pub(super) is_well: bool,
}

impl ProbeAnswers {
    /// Stores an answer to one of the queries.
    pub(super) fn store(&mut self, answer: &Answer) {
        match answer {
            &Answer::Background(red, green, blue) => self.background = Some(Rgb(red, green, blue)),
            &Answer::TextAreaPixels(width, height) => self.text_area = Some((width, height)),
            &Answer::CellPixels(width, height) => self.cell = Some((width, height)),
            &Answer::SyncOutput(known) => self.updates_at_once = Some(known),
            Answer::Version(version) => self.version = Some(version.clone()),
            &Answer::Picture(DIRECT, taken) => self.picture = Some(taken),
            &Answer::Picture(BY_FILE, taken) => self.picture_by_file = Some(taken),
            &Answer::SixelRegisters(has_some) => self.sixel_registers = Some(has_some),
            &Answer::SixelArea(width, height) => self.sixel_area = Some((width, height)),
            Answer::DeviceAttributes(attributes) => self.attributes = Some(attributes.clone()),
            Answer::Status => self.is_well = true,
            Answer::Picture(..) | Answer::Foreground(..) | Answer::Cursor(..) => {}
        }
    }
}
