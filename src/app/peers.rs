//! The clients of a talk, consoles and programs: what they were told last, and which of them wait for an answer.

use std::time::Duration;

use super::command::Command;
use crate::protocol::{Message, Script, TalkState};
use crate::socket::PeerId;

/// What the clients of a talk know. All times are those of [`Now::awake`](crate::rehearsal::Now).
#[derive(Default)]
pub(super) struct Peers {
    followers: usize,
    /// Whether there has ever been a follower.
    have_been: bool,
    /// Why no client can join.
    failure: Option<String>,
    /// What was sent last, and when.
    sent: Option<(TalkState, Duration)>,
    /// Whether the deck has changed since it was sent.
    is_deck_new: bool,
    /// The clients that wait for an answer, and whether that needs the plan.
    waiting: Vec<(PeerId, bool)>,
}

impl Peers {
    /// Records how many follow the talk.
    pub(super) fn set_followers(&mut self, count: usize) {
        self.followers = count;
        self.have_been |= count > 0;
    }

    /// Returns whether there has ever been a follower: this screen is the audience's then.
    pub(super) fn have_been(&self) -> bool {
        self.have_been
    }

    /// Records why no client can join.
    pub(super) fn set_failure(&mut self, why: String) {
        self.failure = Some(why);
    }

    /// Returns why no client could join, where that is so.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Records that the deck is another one now.
    pub(super) fn renew_deck(&mut self) {
        self.is_deck_new = true;
    }

    /// Records that a client waits for an answer, and whether that needs the plan.
    pub(super) fn ask(&mut self, client: PeerId, needs_plan: bool) {
        self.waiting.push((client, needs_plan));
    }

    /// Returns whether any client is to be sent the state.
    pub(super) fn are_listening(&self) -> bool {
        self.followers > 0 || !self.waiting.is_empty()
    }

    /// Returns what to send at `now`, when the talk is in this state: what has changed to those that follow, and an answer
    /// to those that wait for one, with the plan where they need it and it is there.
    pub(super) fn publish(
        &mut self,
        state: TalkState,
        script: impl FnOnce() -> Script,
        has_plan: bool,
        now: Duration,
    ) -> Vec<Command> {
        let mut commands = Vec::new();
        let line = Message::State(Box::new(state.clone()));
        let is_known = self.sent.as_ref().is_some_and(|(sent, at)| {
            let clock = sent.clock.later(now.saturating_sub(*at));
            TalkState { clock, ..sent.clone() }.is_like(&state)
        });
        let is_deck_new = std::mem::take(&mut self.is_deck_new);
        if is_deck_new {
            commands.push(Command::Broadcast(Message::Deck(script())));
        }
        if !is_known || is_deck_new {
            commands.push(Command::Broadcast(line.clone()));
            self.sent = Some((state, now));
        }
        self.waiting.retain(|(client, needs_plan)| {
            let must_wait = *needs_plan && !has_plan;
            if !must_wait {
                commands.push(Command::Answer(*client, line.clone()));
            }
            must_wait
        });
        commands
    }
}
