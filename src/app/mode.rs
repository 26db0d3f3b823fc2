//! How a talk is held, and what differs by it: what the window has room for, and whose screen it is.

use std::time::Duration;

use ratatui::layout::{Rect, Size};

use super::places::{Demand, Places};
use crate::present::Viewers;
use crate::protocol::TalkState;
use crate::rehearsal::ClockState;

/// How a talk is held.
#[derive(Debug, Clone)]
pub enum Mode {
    /// Before an audience.
    Present,
    /// By its speaker alone, against the clock.
    Rehearse {
        /// The columns and rows of the terminal that the audience will see, where it is not this one.
        terminal: Option<Size>,
    },
    /// On a second screen, of a talk that runs elsewhere.
    Console(Box<RemoteTalk>),
}

impl Mode {
    /// Returns who looks at this screen at first.
    pub(super) fn viewers(&self) -> Viewers {
        match self {
            Self::Present => Viewers::All,
            Self::Rehearse { .. } | Self::Console(_) => Viewers::Speaker,
        }
    }

    /// Returns whether the talk is rehearsed.
    pub(super) fn rehearses(&self) -> bool {
        matches!(self, Self::Rehearse { .. })
    }

    /// Returns the terminal that the audience will see, where it is not this one.
    pub(super) fn terminal(&self) -> Option<Size> {
        match self {
            Self::Rehearse { terminal } => *terminal,
            Self::Present | Self::Console(_) => None,
        }
    }

    /// Returns the talk that this console shows.
    pub(super) fn remote(&self) -> Option<&RemoteTalk> {
        match self {
            Self::Console(talk) => Some(talk),
            Self::Present | Self::Rehearse { .. } => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn remote_mut(&mut self) -> Option<&mut RemoteTalk> {
        match self {
            Self::Console(talk) => Some(talk),
            Self::Present | Self::Rehearse { .. } => None,
        }
    }

    /// Returns whether this is a console.
    pub(super) fn is_console(&self) -> bool {
        matches!(self, Self::Console(_))
    }

    /// Returns whether notes are shown from the start: on a console, and in a rehearsal where they have a place beside the
    /// slide.
    pub(super) fn shows_notes_first(&self, window: Rect) -> bool {
        match self {
            Self::Present | Self::Rehearse { terminal: None } => false,
            Self::Rehearse { .. } => !self.places(window, Demand { notes: true, clock: false }).over,
            Self::Console(_) => true,
        }
    }

    /// Returns where everything is in a window.
    pub(super) fn places(&self, window: Rect, demand: Demand) -> Places {
        match self {
            Self::Present => Places::present(window, demand),
            Self::Rehearse { terminal } => Places::rehearse(window, *terminal, demand),
            Self::Console(talk) => Places::console(window, talk.stage(), demand),
        }
    }
}

/// A talk that runs elsewhere, as it was told last.
#[derive(Debug, Clone)]
pub struct RemoteTalk {
    state: TalkState,
    /// When it was told, by [`Now::awake`](crate::rehearsal::Now).
    at: Duration,
    is_lost: bool,
}

impl RemoteTalk {
    /// A talk whose state was told at `at`.
    pub(super) fn new(state: TalkState, at: Duration) -> Self {
        Self { state, at, is_lost: false }
    }

    /// Returns the state that was told last.
    pub(super) fn state(&self) -> &TalkState {
        &self.state
    }

    /// Returns whether the talk is gone.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Returns what the talk's clock reads at `now`; that of a talk that is gone does not go on.
    pub(super) fn clock(&self, now: Duration) -> ClockState {
        let since = if self.is_lost { Duration::ZERO } else { now.saturating_sub(self.at) };
        self.state.clock.later(since)
    }

    /// Returns the columns and rows of the audience's stage.
    pub(super) fn stage(&self) -> Size {
        Size::new(self.state.stage.columns, self.state.stage.rows)
    }

    /// Records a state that was told at `now`, and returns the one before.
    pub(super) fn update(&mut self, state: TalkState, now: Duration) -> TalkState {
        (self.at, self.is_lost) = (now, false);
        std::mem::replace(&mut self.state, state)
    }

    /// Records that the talk is gone: what was told last is shown until it is back.
    pub(super) fn lose(&mut self, now: Duration) {
        self.state.clock = self.clock(now);
        self.is_lost = true;
        // There is no rehearsal any more whose end could be chosen.
        self.state.has_ended = false;
    }
}
