//! The talk's clock, as the speaker's keys reach it: what starts it, stops it and shows it.

use std::time::Duration;

use super::{Action, Context, Effect, Overlay, Position, Presenter, Viewers};
use crate::rehearsal::{Moment, Phase};

/// How much of the clock is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClockVisibility {
    /// Nothing.
    #[default]
    Hidden,
    /// A quiet mark in the row of chrome.
    Mark,
    /// A line in its place.
    Line,
}

/// What is offered to a speaker who has not begun yet: Enter takes it, any step passes it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To dismiss what is said of a plan that does not add up.
    Notice,
    /// To go on with the last run, which ended a short while ago.
    GoOn,
    /// To take a length that the first slide speaks of for the talk's.
    Length(Duration),
}

impl Presenter {
    /// Does what an action means to the clock; none where it means nothing to it.
    pub(super) fn apply_to_clock(&mut self, action: Action, now: Moment) -> Option<Effect> {
        let is_bare = self.overlay.is_none();
        // On a blank stage no offer is shown.
        let sees_offers = is_bare && self.number.is_none() && self.blank.is_none();
        match action {
            Action::Clock if is_bare => return Some(self.show_clock()),
            Action::NextOrGo if sees_offers => return self.take_offer(),
            Action::Close if sees_offers => {
                let is_there = !self.offers.is_empty();
                self.offers.drain(..usize::from(is_there));
                return is_there.then_some(Effect::Draw);
            }
            Action::Pause | Action::Question => {}
            Action::Again | Action::StartOver | Action::OnSchedule if is_bare => {}
            _ => return None,
        }
        if matches!(self.overlay, Some(Overlay::Jump { .. } | Overlay::End { .. } | Overlay::StartOver)) {
            return None;
        }
        if self.shown == ClockVisibility::Hidden && self.viewers == Viewers::All {
            return Some(Effect::Say("no clock is shown: `t` shows it"));
        }
        Some(self.turn_clock(action, now))
    }

    fn turn_clock(&mut self, action: Action, now: Moment) -> Effect {
        let is_armed = self.clock.phase() == Phase::Armed;
        match action {
            Action::Pause => {
                self.clock.pause(now);
                self.offers.clear();
            }
            _ if is_armed => return Effect::Say("a step or `P` starts the clock"),
            Action::Question => self.clock.question(now),
            Action::Again => {
                self.clock.again(now);
                self.position = Position::at(self.position.slide);
                return Effect::Say("this slide again, from 0:00");
            }
            Action::StartOver => return self.open(Overlay::StartOver),
            _ if self.clock.plan().total.is_none() => return Effect::Say("there is no plan to be on"),
            _ => {
                self.clock.on_schedule(now);
                return Effect::Say("on schedule from here");
            }
        }
        Effect::Draw
    }

    fn show_clock(&mut self) -> Effect {
        self.shown = match self.shown {
            ClockVisibility::Hidden if self.viewers == Viewers::Speaker => ClockVisibility::Line,
            ClockVisibility::Hidden => ClockVisibility::Mark,
            ClockVisibility::Mark => ClockVisibility::Line,
            ClockVisibility::Line => ClockVisibility::Hidden,
        };
        Effect::Draw
    }

    fn take_offer(&mut self) -> Option<Effect> {
        if self.offers.is_empty() || self.clock.phase() != Phase::Armed {
            return None;
        }
        Some(Effect::Take(self.offers.remove(0)))
    }

    /// Starts the clock with the first step of the talk, also where none leads on.
    pub(super) fn start_clock(&mut self, action: Action, before: Position, now: Moment) {
        let has_moved =
            self.position != before && !matches!(action, Action::First | Action::Last | Action::LastOrGo);
        let is_at_end = self.position == before && leads_on(action);
        if (has_moved || is_at_end) && self.clock.phase() == Phase::Armed {
            self.offers.clear();
            self.clock.start(now);
        }
    }

    /// Returns whether a step that leads on would leave the last slide of what is rehearsed, for the first time.
    pub(super) fn comes_to_end(&self, action: Action, context: &Context<'_>) -> bool {
        let has_begun = self.viewers == Viewers::Speaker && self.clock.phase() != Phase::Armed;
        if !(leads_on(action) && has_begun && self.clock.plan().last() == Some(self.position.slide)) {
            return false;
        }
        let after = self.after(context.deck);
        let next = match action {
            Action::NextSlide => after.map_or(self.position, Position::at),
            Action::Down => self.position.down(&context.extent, after),
            _ => self.position.next(&context.extent, after),
        };
        let is_over = next.slide != self.position.slide || next == self.position;
        is_over && (after.is_none() || !self.has_ended)
    }

    /// Ends the run, and asks what to do with it.
    pub(super) fn come_to_end(&mut self, now: Moment) -> Effect {
        self.has_ended = true;
        self.clock.end(now);
        self.open(Overlay::End { selected: 0 })
    }

    /// Begins anew, from the first slide that is planned.
    pub(super) fn start_over(&mut self, now: Moment) {
        let first = self.clock.plan().slides.iter().position(|share| share.counts).unwrap_or(0);
        self.position = Position::at(first);
        self.clock.start_over(first, now);
        self.has_ended = false;
    }
}

pub(super) fn leads_on(action: Action) -> bool {
    matches!(action, Action::Next | Action::NextOrGo | Action::Down | Action::NextSlide)
}
