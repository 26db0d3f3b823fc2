//! The talk as it is steered from elsewhere: from a console, which shows its speaker what is not for the audience, or by a
//! program.

use super::{Action, ClockVisibility, Context, Effect, Overlay, Presenter, Viewers, leads_on, numbered};
use crate::rehearsal::{ClockPhase, Now};

impl Presenter {
    /// Takes note of whether a console follows the talk. This screen is the audience's then, unless it is a rehearsal's: what
    /// is for the speaker only goes from it, and does not come back by itself when the console is lost.
    pub fn set_followed(&mut self, is_followed: bool) {
        if self.viewers == Viewers::Speaker {
            return;
        }
        self.viewers = if is_followed { Viewers::Audience } else { Viewers::All };
        if is_followed {
            (self.notes, self.shown) = (None, ClockVisibility::Hidden);
            self.overlay =
                self.overlay.take().filter(|overlay| !matches!(overlay, Overlay::Diagnostics { .. }));
        }
    }

    /// Returns whether what an action shows is shown on the console instead.
    pub(super) fn is_for_console(&self, action: Action) -> bool {
        let is_for_speaker = matches!(action, Action::Notes | Action::Clock | Action::Diagnostics);
        is_for_speaker && self.viewers == Viewers::Audience
    }

    /// Does what `action` means to the slide, whatever lies over it here; a rehearsal that has come to its end is only left
    /// on the way back. Returns what the world must do.
    pub fn apply_from_afar(&mut self, action: Action, context: &Context<'_>, now: Now) -> Effect {
        if !self.uncover(action, now) {
            return Effect::Nothing;
        }
        if action == Action::StartOver {
            if self.clock.phase() == ClockPhase::Armed {
                return Effect::Say("the clock has not been started");
            }
            self.start_over(now);
            return Effect::Draw;
        }
        // The clock is touched where it is seen.
        let viewers = self.viewers;
        if viewers == Viewers::All {
            self.viewers = Viewers::Audience;
        }
        let effect = self.apply(action, context, now);
        self.viewers = viewers;
        effect
    }

    /// Goes to a slide that is named as `7` or `7.2`, the nearest where there is none such.
    pub fn go_from_afar(&mut self, to: &str, context: &Context<'_>, now: Now) -> Effect {
        if !self.uncover(Action::Close, now) {
            return Effect::Nothing;
        }
        let Some(slide) = numbered(to, context.deck) else { return Effect::Nothing };
        self.blank = None;
        self.closeup = None;
        self.arrive(|presenter| presenter.go_to(Some(slide)), now)
    }

    /// Does what is chosen at the end of a rehearsal: the line of [`END`](super::END), from 0.
    pub fn end_from_afar(&mut self, choice: usize, context: &Context<'_>, now: Now) -> Effect {
        let Some(Overlay::End { selected }) = &mut self.overlay else { return Effect::Nothing };
        *selected = choice;
        self.apply_to_overlay(Action::Choose, context, now)
    }

    /// Drops what lies over the slide, and what was being typed. Returns whether the slide is there now: the end of a
    /// rehearsal stays for what leads on.
    fn uncover(&mut self, action: Action, now: Now) -> bool {
        self.number = None;
        match self.overlay.take() {
            Some(end @ Overlay::End { .. }) if leads_on(action) => {
                self.overlay = Some(end);
                false
            }
            Some(Overlay::End { .. }) => {
                self.leave_end(now);
                true
            }
            _ => true,
        }
    }
}
