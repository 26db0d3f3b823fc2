//! What is known of the terminal: its size, its colours, how it shows pictures, where its pane is in tmux. No answer is
//! waited for; each changes what is known when it comes.

use std::time::Duration;

use ratatui::layout::{Rect, Size};

use super::command::Command;
use super::places::Places;
use super::prints::PrintQueue;
use crate::cli::PicturesArg;
use crate::deck::Meta;
use crate::layout::{CellSize, Stage};
use crate::picture::Glyphs;
use crate::terminal::graphics::{EncodedImage, PaneOrigin, Protocol};
use crate::terminal::tmux::TmuxPane;
use crate::terminal::{Answer, Capabilities, ColorDepth, Multiplexer, TerminalProbe, Window};
use crate::workers::PrintForm;

/// As long as tmux has not said where our pane is.
const NOWHERE: TmuxPane = TmuxPane { origin: PaneOrigin { top: 0, left: 0 }, visible: false };

/// The terminal that a talk is shown on. All times are those of [`Now::awake`](crate::rehearsal::Now).
pub(super) struct TerminalProfile {
    probe: TerminalProbe,
    capabilities: Capabilities,
    window: Window,
    /// How pictures are to be shown.
    wish: PicturesArg,
    /// Whether viuer shows them.
    uses_viuer: bool,
    /// When the terminal was asked what it is.
    asked: Option<Duration>,
    /// How the terminal shows pictures, once that is decided; none for cells.
    protocol: Option<Protocol>,
    /// Where our pane is, in a tmux that lets pictures through.
    pane: Option<TmuxPane>,
}

impl TerminalProfile {
    /// Returns what the environment says of a terminal with this window, before anything was asked. Pictures are shown
    /// as `wish` says, else as well as the terminal can, and not at all without colours; `has_viuer` is whether viuer
    /// knows the terminal.
    pub(super) fn new(
        probe: TerminalProbe,
        capabilities: Capabilities,
        window: Window,
        (wish, has_viuer): (Option<PicturesArg>, bool),
    ) -> Self {
        let colorless = capabilities.colors == ColorDepth::None;
        let wish = wish.unwrap_or(if colorless { PicturesArg::None } else { PicturesArg::Auto });
        let uses_viuer = wish == PicturesArg::Viuer && has_viuer;
        Self { probe, capabilities, window, wish, uses_viuer, asked: None, protocol: None, pane: None }
    }

    /// Returns all cells of the window.
    pub(super) fn area(&self) -> Rect {
        Rect::from(self.size())
    }

    /// Returns the window's columns and rows.
    pub(super) fn size(&self) -> Size {
        Size::new(self.window.columns, self.window.rows)
    }

    /// Changes the window.
    pub(super) fn set_window(&mut self, window: Window) {
        self.window = window;
    }

    /// Returns whether pictures are shown at all.
    pub(super) fn shows_pictures(&self) -> bool {
        self.wish != PicturesArg::None
    }

    /// Returns whether viuer shows the pictures.
    pub(super) fn uses_viuer(&self) -> bool {
        self.uses_viuer
    }

    /// Returns whether the terminal has colours.
    pub(super) fn has_colors(&self) -> bool {
        self.capabilities.colors != ColorDepth::None
    }

    /// Returns the stage of a deck, where the slide has its place in the window.
    pub(super) fn stage(&self, places: &Places, meta: &Meta) -> Stage {
        let (width, height) = self.probe.cell(&self.window);
        Stage {
            basic_glyphs: self.capabilities.basic_glyphs,
            ..Stage::of(meta, (places.stage.width, places.stage.height), CellSize { width, height })
        }
    }

    /// Returns the questions to send after the first frame: what the terminal is.
    pub(super) fn questions(&mut self, now: Duration) -> Vec<u8> {
        let questions = self.probe.queries();
        self.asked = (!questions.is_empty()).then_some(now);
        questions
    }

    /// Returns the questions to send after a change of size: characters may have another size too. viuer would take the
    /// answers for its own.
    pub(super) fn size_questions(&mut self) -> Vec<u8> {
        let questions = self.probe.pixel_queries();
        if self.uses_viuer { Vec::new() } else { questions.to_vec() }
    }

    /// Records an answer; returns whether it says anything new.
    pub(super) fn answer(&mut self, answer: &Answer) -> bool {
        self.probe.on_answer(answer)
    }

    /// Returns when the terminal was asked and has still to answer.
    pub(super) fn unanswered(&self) -> Option<Duration> {
        self.asked.filter(|_| !self.probe.is_over())
    }

    /// Returns until when a picture waits for the terminal to say how it can be shown; `form` is what pictures are printed
    /// as, where that is decided.
    pub(super) fn patience(&self, form: Option<PrintForm>) -> Option<Duration> {
        let waits = form.is_none() && self.shows_pictures();
        self.asked.filter(|_| waits).map(|asked| asked + self.probe.patience())
    }

    /// Decides by all that is known what pictures are printed as; `form` is what was decided before. Nothing yet, while an
    /// answer may still matter.
    fn form(&self, form: Option<PrintForm>, now: Duration) -> Option<PrintForm> {
        let graphics = self.probe.graphics();
        let is_patient = self.patience(form).is_some_and(|end| now < end) || self.asked.is_none();
        let protocol = match self.wish {
            PicturesArg::None => return None,
            PicturesArg::Viuer if self.uses_viuer => return Some(PrintForm::Bitmap),
            PicturesArg::Blocks | PicturesArg::Viuer => None,
            PicturesArg::Sixel => Some(Protocol::Sixel),
            PicturesArg::Iterm2 => Some(Protocol::Iterm2),
            PicturesArg::Auto | PicturesArg::Kitty if graphics.undecided && is_patient => return None,
            PicturesArg::Auto => graphics.protocol,
            PicturesArg::Kitty => Some(match graphics.protocol {
                Some(kitty @ Protocol::Kitty { .. }) => kitty,
                _ => Protocol::Kitty { local: false },
            }),
        };
        let glyphs = if self.capabilities.basic_glyphs { Glyphs::Halves } else { Glyphs::Quadrants };
        Some(protocol.map_or(PrintForm::Mosaic(glyphs), PrintForm::Encoded))
    }

    /// Decides how pictures are shown, and has them printed so. Returns the commands that go with it.
    pub(super) fn choose_form(&mut self, prints: &mut PrintQueue, now: Duration) -> Vec<Command> {
        let Some(form) = self.form(prints.form(), now) else { return Vec::new() };
        prints.set_form(Some(form));
        if form == PrintForm::Bitmap {
            return Vec::new();
        }
        prints.set_most_sixels(self.probe.most_sixels());
        let PrintForm::Encoded(protocol) = form else { return Vec::new() };
        let in_tmux = self.set_protocol(protocol);
        Vec::from_iter(in_tmux.map(|in_tmux| Command::ShowPictures { protocol, in_tmux }))
    }

    /// Shows pictures by `protocol` from now on; returns whether tmux is in between, and none where nothing changes.
    fn set_protocol(&mut self, protocol: Protocol) -> Option<bool> {
        if self.protocol == Some(protocol) {
            return None;
        }
        let in_tmux = self.probe.multiplexer() == Some(Multiplexer::Tmux);
        self.protocol = Some(protocol);
        self.pane = in_tmux.then_some(NOWHERE);
        Some(in_tmux)
    }

    /// Returns whether tmux has to be asked where our pane is.
    pub(super) fn needs_pane(&self) -> bool {
        self.pane.is_some()
    }

    /// Shows no pictures until tmux has said where our pane is now: in the old place they would stay.
    pub(super) fn lose_pane(&mut self) {
        if let Some(pane) = &mut self.pane {
            pane.visible = false;
        }
    }

    /// Records where tmux says that our pane is; returns its place where that is news.
    pub(super) fn set_pane(&mut self, pane: Option<TmuxPane>) -> Option<TmuxPane> {
        let pane = pane.unwrap_or(NOWHERE);
        (self.pane.replace(pane) != Some(pane)).then_some(pane)
    }

    /// Returns whether the terminal can show a picture in this area of the window: its pane is in sight, and the picture
    /// does not make the terminal scroll.
    pub(super) fn shows(&self, plate: &EncodedImage, area: Rect) -> bool {
        let passes = self.pane.is_none_or(|pane| pane.visible && plate.passes_through());
        passes && Some(plate.protocol()) == self.protocol && self.has_room(area)
    }

    /// Returns whether a picture may be put up in this area by any means.
    pub(super) fn has_room(&self, area: Rect) -> bool {
        // In a window of one row there is no chrome below the stage.
        let spares_last_row = self.protocol.is_some_and(Protocol::spares_last_row);
        let last_row = self.window.rows.saturating_sub(u16::from(spares_last_row));
        area.bottom() <= last_row
    }

    /// Returns the part of a wished terminal that the window has no room for, in words.
    pub(super) fn lacks(&self, wished: Size) -> Option<String> {
        let Window { columns, rows, .. } = self.window;
        let Size { width, height } = wished;
        let is_small = columns < width || rows < height;
        is_small.then(|| format!("only {columns}x{rows} of `--stage {width}x{height}` fits"))
    }
}
