//! The running talk: where it is, what lies over it, and what each action does to it. Pure: time and what an action may
//! have to know of the deck are arguments, and what the world must do about an action is returned.

pub mod action;
mod afar;
pub mod clock;
pub mod closeup;
mod context;
mod destination;
mod effect;
pub mod keymap;
mod number;
mod overlay;
pub mod position;

pub use action::{Action, BINDINGS, Binding};
pub use clock::{ClockVisibility, Offer};
pub use closeup::Closeup;
pub use context::Context;
use destination::{destination, leads_on, scrolled};
pub use effect::Effect;
pub use keymap::KeyMode;
use number::{NumberPrompt, numbered};
pub use overlay::{END, Overlay, jump_target};
pub use position::{Extent, Position, Scrolled};
use serde::{Deserialize, Serialize};

use crate::rehearsal::{Clock, ClockPhase, Now};

/// A stage without a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Blank {
    /// All dark.
    Black,
    /// All light.
    White,
}

/// Who looks at the screen of a talk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Viewers {
    /// The audience, and the speaker who has no other screen.
    #[default]
    All,
    /// The speaker: it is a rehearsal, or a console.
    Speaker,
    /// The audience; the speaker has a console.
    Audience,
}

/// The state of the running talk.
#[derive(Debug, Clone, Default)]
pub struct Presenter {
    /// Where the talk is.
    pub position: Position,
    /// What lies over the slide.
    pub overlay: Option<Overlay>,
    /// Whether the stage is blank.
    pub blank: Option<Blank>,
    /// The picture that is looked at closely, instead of the slide.
    pub closeup: Option<Closeup>,
    /// Whether animations are stopped.
    pub still: bool,
    /// The first row that is shown of the speaker's notes, while they are shown.
    pub notes: Option<usize>,
    /// How long the talk takes.
    pub clock: Clock,
    /// How much of that is shown.
    pub shown: ClockVisibility,
    /// Who looks at it.
    pub viewers: Viewers,
    /// What is offered before the start, the first one first.
    pub offers: Vec<Offer>,
    /// Whether the end of what is rehearsed has been come to.
    has_ended: bool,
    /// Where links were followed, the last one last.
    trail: Vec<Position>,
    /// The number that is being typed.
    number: Option<NumberPrompt>,
}

impl Presenter {
    /// A talk that starts at `slide`, from 0.
    pub fn new(slide: usize) -> Self {
        Self { position: Position::at(slide), ..Self::default() }
    }

    /// Returns which keys hold at `now`.
    pub fn mode(&self, now: Now) -> KeyMode {
        match &self.overlay {
            Some(Overlay::Jump { .. }) => KeyMode::Prompt,
            Some(Overlay::End { .. }) => KeyMode::End,
            Some(_) => KeyMode::List,
            None if self.number.as_ref().is_some_and(|number| number.is_open(now)) => KeyMode::Number,
            None if self.closeup.is_some() => KeyMode::Closeup,
            None => KeyMode::Talk,
        }
    }

    /// Takes a place in a deck that has changed; `is_same` says whether the slide there is the one that was shown.
    /// `context` is that of the slide at `position`. What lies over the slide stays, as far as there is still something
    /// to choose.
    pub fn land(&mut self, position: Position, is_same: bool, context: &Context<'_>) {
        self.position = position;
        let is_there = |closeup: &Closeup| is_same && closeup.picture < context.pictures;
        self.closeup = self.closeup.filter(is_there);
        if let Some(overlay) = &mut self.overlay {
            overlay.select(context.list.len(), |chosen| chosen);
        }
    }

    /// Returns whether the slide is hidden or something lies over it.
    pub fn is_covered(&self) -> bool {
        self.overlay.is_some() || self.blank.is_some() || self.closeup.is_some()
    }

    /// Returns the number that is being typed.
    pub fn number(&self) -> Option<&str> {
        self.number.as_ref().map(NumberPrompt::digits)
    }

    /// Drops the number that is being typed.
    pub fn drop_number(&mut self) {
        self.number = None;
    }

    /// Does what `action` means at `now`, and returns what the world must do. `context` is that of the slide shown.
    pub fn apply(&mut self, action: Action, context: &Context<'_>, now: Now) -> Effect {
        if self.is_for_console(action) {
            return Effect::Say("notes, clock and diagnostics are shown here alone");
        }
        self.arrive(
            |presenter| {
                let on_clock = presenter.apply_to_clock(action, now);
                on_clock.unwrap_or_else(|| presenter.apply_to_talk(action, context, now))
            },
            now,
        )
    }

    /// Does something that may lead to another slide or step, of which the clock takes note.
    fn arrive<T>(&mut self, go: impl FnOnce(&mut Self) -> T, now: Now) -> T {
        let slide = self.position.slide;
        self.clock.settle(self.position.step);
        let done = go(self);
        self.clock.follow(self.position.slide, self.position.step, now);
        if self.position.slide != slide {
            self.closeup = None;
            self.notes = self.notes.map(|_| 0);
        }
        done
    }

    fn apply_to_talk(&mut self, action: Action, context: &Context<'_>, now: Now) -> Effect {
        if let Action::Digit(digit) = action {
            if self.blank.is_some() {
                return Effect::Nothing;
            }
            self.number.get_or_insert_with(|| NumberPrompt::new(now)).push(digit, now);
            return Effect::Draw;
        }
        let number = self.number.take();
        if self.blank.is_some() && action.is_step() {
            self.blank = None;
            return Effect::Draw;
        }
        if self.overlay.is_some() {
            return self.apply_to_overlay(action, context, now);
        }
        if let Some(closeup) = self.closeup.filter(|_| number.is_none())
            && let Some(next) = closeup.apply(action, context.pictures, context.reach)
        {
            self.closeup = next;
            return Effect::Draw;
        }
        self.apply_to_slide(action, number.as_ref(), context, now)
    }

    /// Does what an action means to the slide itself, after `number` was typed.
    fn apply_to_slide(
        &mut self,
        action: Action,
        number: Option<&NumberPrompt>,
        context: &Context<'_>,
        now: Now,
    ) -> Effect {
        match action {
            Action::NextOrGo | Action::LastOrGo if number.is_some() => {
                self.go_to(number.and_then(|number| numbered(number.digits(), context.deck)))
            }
            action if self.comes_to_end(action, context) => self.come_to_end(now),
            action if action.is_step() => {
                let before = self.position;
                let effect = self.step(action, context);
                self.start_clock(action, before, now);
                effect
            }
            Action::AllSteps => {
                self.position.step = u16::MAX;
                Effect::Draw
            }
            Action::Notes => {
                self.notes = toggled(self.notes);
                Effect::Draw
            }
            Action::Jump => self.open(Overlay::Jump { typed: String::new() }),
            Action::Links if context.links.is_empty() => Effect::Say("there is no link here"),
            Action::Links => self.open(Overlay::Links { selected: 0 }),
            Action::Back => match self.trail.pop() {
                Some(position) => {
                    self.position = position;
                    Effect::Draw
                }
                None => Effect::Say("no link was followed"),
            },
            Action::Outline => self.open(Overlay::Outline { selected: self.position.slide }),
            Action::Diagnostics => self.open(Overlay::Diagnostics { selected: 0 }),
            Action::Help => self.open(Overlay::Help { scroll: 0 }),
            Action::Black => self.toggle_blank(Blank::Black),
            Action::White => self.toggle_blank(Blank::White),
            Action::Close if self.blank.take().is_some() || number.is_some() => Effect::Draw,
            Action::Zoom if context.pictures == 0 => Effect::Say("there is no picture to zoom here"),
            Action::Zoom => {
                self.closeup = Some(Closeup::default());
                Effect::Draw
            }
            Action::Motion => {
                self.still = !self.still;
                Effect::Say(if self.still { "animations stand still" } else { "animations play" })
            }
            Action::SwapTheme => Effect::SwapTheme,
            Action::Reload => Effect::Reload,
            Action::Edit => Effect::Edit,
            Action::Repaint => Effect::Repaint,
            Action::Suspend => Effect::Suspend,
            Action::Quit => Effect::Quit,
            _ if number.is_some() => Effect::Draw,
            _ => Effect::Nothing,
        }
    }

    /// Goes through the talk, or scrolls the notes.
    fn step(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if let Some(notes) = self.notes.and_then(|notes| scrolled(notes, action, context.notes_beyond)) {
            self.notes = Some(notes);
            return Effect::Draw;
        }
        match destination(self.position, action, context) {
            Ok(position) => self.position = position,
            Err(why) => return Effect::Say(why),
        }
        // A number that was dropped has to go from the screen too: drawing the same slide again costs nothing.
        Effect::Draw
    }

    fn go_to(&mut self, slide: Option<usize>) -> Effect {
        if let Some(slide) = slide {
            self.position = self.position.jump(slide);
        }
        Effect::Draw
    }

    /// Returns where the next step leads.
    pub fn following(&self, context: &Context<'_>) -> Position {
        self.position.next(&context.extent, context.after(self.position.slide))
    }

    fn open(&mut self, overlay: Overlay) -> Effect {
        self.blank = None;
        self.overlay = Some(overlay);
        Effect::Draw
    }

    fn toggle_blank(&mut self, blank: Blank) -> Effect {
        self.blank = if self.blank == Some(blank) { None } else { Some(blank) };
        Effect::Draw
    }
    /// Does what `action` means while something lies over the slide.
    fn apply_to_overlay(&mut self, action: Action, context: &Context<'_>, now: Now) -> Effect {
        let Some(overlay) = &mut self.overlay else { return Effect::Nothing };
        match action {
            Action::Close if matches!(overlay, Overlay::End { .. }) => self.leave_end(now),
            Action::Close => self.overlay = None,
            Action::Quit => return Effect::Quit,
            Action::Suspend => return Effect::Suspend,
            Action::Repaint => return Effect::Repaint,
            Action::SwapTheme => return Effect::SwapTheme,
            Action::Choose | Action::NextOrGo => return self.choose(context, now),
            Action::Notes => self.notes = toggled(self.notes),
            // `gg` is the first slide: the second one finds the prompt empty.
            Action::Type('g') if overlay.is_empty_prompt() => {
                self.overlay = None;
                self.position = self.position.jump(0);
            }
            Action::Erase if overlay.is_empty_prompt() => self.overlay = None,
            action if overlay.is_toggled_by(action) => self.overlay = None,
            action if overlay.apply(action, context.list.len()) => {}
            _ => return Effect::Nothing,
        }
        Effect::Draw
    }

    fn choose(&mut self, context: &Context<'_>, now: Now) -> Effect {
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
        self.go_to(target.map(|slide| slide.min(context.deck.count() - 1)))
    }

    /// Goes on after the end.
    fn leave_end(&mut self, now: Now) {
        self.overlay = None;
        self.clock.pause(now);
    }

    /// Does what an action means to the clock; none where it means nothing to it.
    fn apply_to_clock(&mut self, action: Action, now: Now) -> Option<Effect> {
        let is_bare = self.overlay.is_none();
        // On a blank stage no offer is shown.
        let sees_offers = is_bare && self.number.is_none() && self.blank.is_none();
        match action {
            Action::Clock if is_bare => {
                self.shown = self.shown.next(self.viewers);
                return Some(Effect::Draw);
            }
            Action::NextOrGo if sees_offers => {
                let is_there = !self.offers.is_empty() && self.clock.phase() == ClockPhase::Armed;
                return is_there.then(|| Effect::Take(self.offers.remove(0)));
            }
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

    fn turn_clock(&mut self, action: Action, now: Now) -> Effect {
        let is_armed = self.clock.phase() == ClockPhase::Armed;
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

    /// Starts the clock with the first step of the talk, also where none leads on.
    fn start_clock(&mut self, action: Action, before: Position, now: Now) {
        let has_moved =
            self.position != before && !matches!(action, Action::First | Action::Last | Action::LastOrGo);
        let is_at_end = self.position == before && leads_on(action);
        if (has_moved || is_at_end) && self.clock.phase() == ClockPhase::Armed {
            self.offers.clear();
            self.clock.start(now);
        }
    }

    /// Returns whether a step that leads on would leave the last slide of what is rehearsed, for the first time.
    fn comes_to_end(&self, action: Action, context: &Context<'_>) -> bool {
        let has_begun = self.viewers == Viewers::Speaker && self.clock.phase() != ClockPhase::Armed;
        if !(leads_on(action) && has_begun && self.clock.plan().last() == Some(self.position.slide)) {
            return false;
        }
        let next = destination(self.position, action, context).unwrap_or(self.position);
        let is_over = next.slide != self.position.slide || next == self.position;
        is_over && (context.after(self.position.slide).is_none() || !self.has_ended)
    }

    /// Ends the run, and asks what to do with it.
    fn come_to_end(&mut self, now: Now) -> Effect {
        self.has_ended = true;
        self.clock.end(now);
        self.open(Overlay::End { selected: 0 })
    }

    /// Begins anew, from the first slide that is planned.
    fn start_over(&mut self, now: Now) {
        let first = self.clock.plan().slides.iter().position(|share| share.counts).unwrap_or(0);
        self.position = Position::at(first);
        self.clock.start_over(first, now);
        self.has_ended = false;
    }
}

/// Returns the first row of the notes where they were hidden; none where they were shown.
fn toggled(notes: Option<usize>) -> Option<usize> {
    if notes.is_some() { None } else { Some(0) }
}
