//! What lies over the slide: which it is, what is chosen in it, and what each action does to it.

use super::{Action, Context, Effect, Presenter, numbered};
use crate::deck::Deck;
use crate::rehearsal::Moment;

/// What lies over the slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys, from the given line.
    Help {
        /// The first line shown.
        scroll: usize,
    },
    /// All slides by title.
    Outline {
        /// The slide that is chosen, from 0.
        selected: usize,
    },
    /// The links of the slide.
    Links {
        /// The link that is chosen, from 0.
        selected: usize,
    },
    /// What could not be shown as written.
    Diagnostics {
        /// The message that is chosen, from 0.
        selected: usize,
    },
    /// Whether to start over.
    StartOver,
    /// What to do with a run that has come to its end.
    End {
        /// What is chosen; see [`END`].
        selected: usize,
    },
    /// A number or a part of a title is being typed.
    Jump {
        /// What has been typed.
        typed: String,
    },
}

/// What can be done with a run that has come to its end.
pub const END: [&str; 3] = ["keep this run, and leave", "discard this run, and leave", "go on with the talk"];

impl Presenter {
    /// Does what `action` means while something lies over the slide.
    pub(super) fn apply_to_overlay(&mut self, action: Action, context: &Context<'_>, now: Moment) -> Effect {
        match action {
            Action::Close if matches!(self.overlay, Some(Overlay::End { .. })) => self.leave_end(now),
            Action::Close => self.overlay = None,
            Action::Quit => return Effect::Quit,
            Action::Suspend => return Effect::Suspend,
            Action::Repaint => return Effect::Repaint,
            Action::SwapTheme => return Effect::SwapTheme,
            Action::Choose | Action::NextOrGo => return self.choose(context, now),
            Action::Type(letter) => self.type_letter(letter),
            Action::Erase => self.erase(),
            Action::Help if matches!(self.overlay, Some(Overlay::Help { .. })) => self.overlay = None,
            Action::Outline if matches!(self.overlay, Some(Overlay::Outline { .. })) => self.overlay = None,
            Action::Links if matches!(self.overlay, Some(Overlay::Links { .. })) => self.overlay = None,
            Action::Notes => return self.toggle_notes(),
            Action::Diagnostics if matches!(self.overlay, Some(Overlay::Diagnostics { .. })) => {
                self.overlay = None;
            }
            Action::Down => self.select(context, |chosen| chosen + 1),
            Action::Up => self.select(context, |chosen| chosen.saturating_sub(1)),
            Action::Next => self.select(context, |chosen| chosen + 10),
            Action::Previous => self.select(context, |chosen| chosen.saturating_sub(10)),
            Action::First => self.select(context, |_| 0),
            Action::Last | Action::LastOrGo => self.select(context, |_| usize::MAX),
            _ => return Effect::Nothing,
        }
        Effect::Draw
    }

    /// Chooses another line, within those that there are.
    pub(super) fn select(&mut self, context: &Context<'_>, change: impl FnOnce(usize) -> usize) {
        let (chosen, count) = match &mut self.overlay {
            Some(Overlay::Help { scroll: chosen }) => (chosen, context.list.len()),
            Some(
                Overlay::Outline { selected }
                | Overlay::Links { selected }
                | Overlay::Diagnostics { selected },
            ) => (selected, context.list.len()),
            Some(Overlay::End { selected }) => (selected, END.len()),
            Some(Overlay::Jump { .. } | Overlay::StartOver) | None => return,
        };
        *chosen = change(*chosen).min(count.saturating_sub(1));
    }

    fn choose(&mut self, context: &Context<'_>, now: Moment) -> Effect {
        let target = match self.overlay.take() {
            Some(Overlay::Links { selected }) => {
                let Some(slide) = context.target(selected) else {
                    return Effect::Say("this link leads out of the deck, or nowhere: it is not followed");
                };
                self.trail.push(self.position);
                Some(slide)
            }
            Some(Overlay::Outline { selected } | Overlay::Diagnostics { selected }) => {
                context.target(selected)
            }
            Some(Overlay::Jump { .. }) => context.target(0),
            Some(Overlay::StartOver) => {
                self.start_over(now);
                return Effect::Draw;
            }
            Some(Overlay::End { selected: 0 }) => return Effect::Quit,
            Some(Overlay::End { selected: 1 }) => {
                self.clock.discard();
                return Effect::Quit;
            }
            Some(Overlay::End { .. }) => {
                self.leave_end(now);
                return Effect::Draw;
            }
            Some(Overlay::Help { .. }) | None => None,
        };
        if let Some(slide) = target {
            self.position = self.position.jump(slide.min(context.deck.count() - 1));
        }
        Effect::Draw
    }

    /// Goes on after the end.
    pub(super) fn leave_end(&mut self, now: Moment) {
        self.overlay = None;
        self.clock.pause(now);
    }

    fn type_letter(&mut self, letter: char) {
        match &mut self.overlay {
            // `gg` is the first slide: the second one finds the prompt empty.
            Some(Overlay::Jump { typed }) if typed.is_empty() && letter == 'g' => {
                self.overlay = None;
                self.position = self.position.jump(0);
            }
            Some(Overlay::Jump { typed }) => typed.push(letter),
            _ => {}
        }
    }

    fn erase(&mut self) {
        if let Some(Overlay::Jump { typed }) = &mut self.overlay
            && typed.pop().is_none()
        {
            self.overlay = None;
        }
    }
}

/// Returns the slide, from 0, that was typed into the prompt: a number, `7.2`, or a part of a title in any case.
/// `title` returns the title of a slide, empty where it has none.
pub fn jump_target(typed: &str, deck: &Deck, title: impl Fn(usize) -> String) -> Option<usize> {
    let typed = typed.trim().to_lowercase();
    if let Some(slide) = numbered(&typed, deck) {
        return Some(slide);
    }
    if typed.is_empty() {
        return None;
    }
    (0..deck.count()).find(|&slide| title(slide).to_lowercase().contains(&typed))
}
