//! The state of a running talk: its parts, and what concerns several of them.

use std::time::Duration;

use super::advance::AutoAdvance;
use super::command::Command;
use super::diagnostics::DiagnosticLog;
use super::films::FilmClock;
use super::follower::DeckFollower;
use super::mode::Mode;
use super::peers::Peers;
use super::places::{Demand, Places};
use super::prints::PrintQueue;
use super::profile::TerminalProfile;
use super::slides::SlideCache;
use super::status::StatusLine;
use super::timer::Timer;
use crate::present::{ClockVisibility, Extent, Overlay, Presenter};
use crate::terminal::Window;
use crate::terminal::graphics::Protocol;
use crate::workers::PrintForm;

/// A running talk.
pub(super) struct App {
    pub(super) mode: Mode,
    pub(super) presenter: Presenter,
    pub(super) slides: SlideCache,
    pub(super) prints: PrintQueue,
    pub(super) log: DiagnosticLog,
    pub(super) follower: DeckFollower,
    pub(super) terminal: TerminalProfile,
    pub(super) timer: Timer,
    pub(super) peers: Peers,
    pub(super) films: FilmClock,
    pub(super) advance: AutoAdvance,
    pub(super) status: StatusLine,
}

impl App {
    /// Brings the place of the talk into the slide as it is laid out.
    pub(super) fn settle(&mut self) {
        let extent = self.slides.extent(self.presenter.position);
        let settled = self.presenter.position.settled(&extent);
        self.presenter.position = match self.mode.remote() {
            Some(talk) => settled.mirrored(talk.state().at.scrolled(), &extent),
            None => settled,
        };
    }

    /// Lays the slides out for the room that they have in the window now. What was in the middle of a slide that was
    /// `before` so tall stays there.
    pub(super) fn restage(&mut self, before: &Extent) {
        let stage = self.terminal.stage(&self.places(), &self.slides.deck().meta);
        self.slides.set_stage(stage);
        let after = self.slides.extent(self.presenter.position);
        self.presenter.position = self.presenter.position.resized(before, &after);
    }

    /// Lays the slides out for another window.
    pub(super) fn fit(&mut self, window: Window) {
        let before = self.slides.extent(self.presenter.position);
        self.terminal.set_window(window);
        self.restage(&before);
        let lacks = self.mode.terminal().and_then(|wished| self.terminal.lacks(wished));
        if let Some(lacks) = lacks {
            self.status.say(lacks);
        }
    }

    /// Returns where everything is in the window.
    pub(super) fn places(&self) -> Places {
        let (notes, clock) = (self.presenter.notes.is_some(), self.presenter.shown == ClockVisibility::Line);
        self.mode.places(self.terminal.area(), Demand { notes, clock })
    }

    /// Returns when something is due that no event announces, by [`Now::awake`](crate::rehearsal::Now).
    pub(super) fn deadline(&self) -> Option<Duration> {
        let patience = self.terminal.patience(self.prints.form());
        let dues = [self.advance.due(), self.films.due(), patience, self.follower.due(), self.timer.due()];
        dues.into_iter().flatten().min()
    }

    /// Prepares what the next keys may ask for, while nothing else is to be done.
    pub(super) fn prepare(&mut self) -> Vec<Command> {
        let Presenter { position, closeup, still, .. } = self.presenter;
        // A console shows films by their first frames.
        let is_moving = !still && !self.mode.is_console();
        self.slides.keep_near(position.slide);
        self.prints.prepare(&self.slides, position, closeup, is_moving);
        self.log.add(self.slides.drain_diagnostics());
        let mut commands = Vec::new();
        let sought = self.slides.resources().assets().sought();
        commands.extend((!sought.is_empty()).then_some(Command::Watch(sought)));
        // A terminal on this machine reads a picture's file faster than a key is let go.
        if self.prints.form() == Some(PrintForm::Encoded(Protocol::Kitty { local: false })) {
            commands.push(Command::SendAhead(self.prints.plates_near(&self.slides, position.slide)));
        }
        commands
    }

    /// Lays out one more slide for what is to be said of it, while the list of that is open; returns whether it did.
    pub(super) fn survey(&mut self) -> bool {
        let is_open = matches!(self.presenter.overlay, Some(Overlay::Diagnostics { .. }));
        let Some(slide) = self.log.next_to_survey(self.slides.count()).filter(|_| is_open) else {
            return false;
        };
        self.slides.survey(slide);
        self.log.surveyed();
        self.log.add(self.slides.drain_diagnostics());
        true
    }
}
