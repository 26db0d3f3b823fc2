//! The running talk: where it is, what lies over it, and what each action does to it. Pure: time and what an action may
//! have to know of the deck are arguments, and what the world must do about an action is returned.

pub mod action;
mod afar;
pub mod clock;
pub mod closeup;
mod context;
pub mod keymap;
mod overlay;
pub mod position;

use std::time::Duration;

pub use action::{Action, BINDINGS, Binding};
pub use clock::{ClockVisibility, Offer};
pub use closeup::Closeup;
pub use context::Context;
pub use keymap::KeyMode;
pub use overlay::{END, Overlay, jump_target};
pub use position::{Extent, Position, Scrolled};
use serde::{Deserialize, Serialize};

use crate::deck::Deck;
use crate::rehearsal::{Clock, Moment};

/// How long after a digit a full stop belongs to the number that is being typed.
const NUMBER_LASTS: Duration = Duration::from_secs(2);
/// The most digits that are taken of a number: longer ones are no slides.
const MOST_DIGITS: usize = 12;

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

/// What the world must do after an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing has changed.
    Nothing,
    /// Nothing has changed: a message says why.
    Say(&'static str),
    /// The stage looks different now.
    Draw,
    /// Light becomes dark, and dark light.
    SwapTheme,
    /// The deck is read again.
    Reload,
    /// The author's editor gets the terminal.
    Edit,
    /// Every cell is written again.
    Repaint,
    /// The terminal is given back until the speaker returns.
    Suspend,
    /// What was offered before the start is taken.
    Take(Offer),
    /// The talk is over.
    Quit,
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
    /// The digits of a number that is being typed, and when the last one came.
    number: Option<(String, Moment)>,
}

impl Presenter {
    /// A talk that starts at `slide`, from 0.
    pub fn new(slide: usize) -> Self {
        Self { position: Position::at(slide), ..Self::default() }
    }

    /// Returns which keys hold at `now`.
    pub fn mode(&self, now: Moment) -> KeyMode {
        match &self.overlay {
            Some(Overlay::Jump { .. }) => KeyMode::Prompt,
            Some(Overlay::End { .. }) => KeyMode::End,
            Some(_) => KeyMode::List,
            None if self
                .number
                .as_ref()
                .is_some_and(|(_, since)| now.awake.saturating_sub(since.awake) < NUMBER_LASTS) =>
            {
                KeyMode::Number
            }
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
        self.select(context, |chosen| chosen);
    }

    /// Returns whether the slide is hidden or something lies over it.
    pub fn is_covered(&self) -> bool {
        self.overlay.is_some() || self.blank.is_some() || self.closeup.is_some()
    }

    /// Returns the number that is being typed.
    pub fn number(&self) -> Option<&str> {
        self.number.as_ref().map(|(digits, _)| digits.as_str())
    }

    /// Drops the number that is being typed.
    pub fn drop_number(&mut self) {
        self.number = None;
    }

    /// Does what `action` means at `now`, and returns what the world must do. `context` is that of the slide shown.
    pub fn apply(&mut self, action: Action, context: &Context<'_>, now: Moment) -> Effect {
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
    fn arrive<T>(&mut self, go: impl FnOnce(&mut Self) -> T, now: Moment) -> T {
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

    fn apply_to_talk(&mut self, action: Action, context: &Context<'_>, now: Moment) -> Effect {
        if let Action::Digit(digit) = action {
            return self.type_digit(digit, now);
        }
        let number = self.number.take().map(|(digits, _)| digits);
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
        match action {
            Action::NextOrGo | Action::LastOrGo if number.is_some() => {
                self.go(number.and_then(|number| numbered(&number, context.deck)))
            }
            action if self.comes_to_end(action, context) => self.come_to_end(now),
            action if action.is_step() => {
                let before = self.position;
                let effect = self.step(action, context);
                self.start_clock(action, before, now);
                effect
            }
            Action::AllSteps => self.moved(|position| Position { step: u16::MAX, ..position }),
            Action::Notes => self.toggle_notes(),
            Action::Jump => self.open(Overlay::Jump { typed: String::new() }),
            Action::Links if context.links.is_empty() => Effect::Say("there is no link here"),
            Action::Links => self.open(Overlay::Links { selected: 0 }),
            Action::Back => match self.trail.pop() {
                Some(position) => self.moved(|_| position),
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
            _ => {
                if number.is_some() {
                    Effect::Draw
                } else {
                    Effect::Nothing
                }
            }
        }
    }

    /// Goes through the talk.
    fn step(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let (before, after) = (self.before(context.deck), self.after(context.deck));
        match action {
            Action::Down if self.scroll_notes(1, context.notes_beyond) => Effect::Draw,
            Action::Up if self.scroll_notes(-1, context.notes_beyond) => Effect::Draw,
            Action::Previous => self.moved(|position| position.previous(&context.extent, before)),
            Action::Down => self.moved(|position| position.down(&context.extent, after)),
            Action::Up => self.moved(|position| position.up(&context.extent, before)),
            Action::NextSlide => self.moved(|position| after.map_or(position, Position::at)),
            Action::PreviousSlide => self.moved(|position| before.map_or(position, Position::complete)),
            Action::Below => self.neighbour(1, context.deck),
            Action::Above => self.neighbour(-1, context.deck),
            Action::First => self.moved(|position| position.jump(0)),
            Action::LastOrGo | Action::Last => self.moved(|position| position.jump(context.deck.count() - 1)),
            _ => self.moved(|position| position.next(&context.extent, after)),
        }
    }

    fn type_digit(&mut self, digit: char, now: Moment) -> Effect {
        if self.blank.is_some() {
            return Effect::Nothing;
        }
        let (digits, since) = self.number.get_or_insert_with(|| (String::new(), now));
        if digits.len() < MOST_DIGITS {
            digits.push(digit);
        }
        *since = now;
        Effect::Draw
    }

    fn moved(&mut self, step: impl FnOnce(Position) -> Position) -> Effect {
        let before = self.position;
        self.position = step(before);
        // A number that was dropped has to go from the screen too: drawing the same slide again costs nothing.
        Effect::Draw
    }

    fn go(&mut self, slide: Option<usize>) -> Effect {
        if let Some(slide) = slide {
            self.position = self.position.jump(slide);
        }
        Effect::Draw
    }

    /// Returns the slide before the one that is shown.
    fn before(&self, deck: &Deck) -> Option<usize> {
        let around = deck.is_looped().then(|| deck.count() - 1);
        self.position.slide.checked_sub(1).or(around)
    }

    /// Returns the slide after the one that is shown.
    fn after(&self, deck: &Deck) -> Option<usize> {
        let next = self.position.slide + 1;
        if next < deck.count() { Some(next) } else { deck.is_looped().then_some(0) }
    }

    /// Returns where the next step leads.
    pub fn following(&self, context: &Context<'_>) -> Position {
        self.position.next(&context.extent, self.after(context.deck))
    }

    /// Goes down or up in a stack of slides.
    fn neighbour(&mut self, step: isize, deck: &Deck) -> Effect {
        let (column, row) = deck.address(self.position.slide);
        let slide = row.checked_add_signed(step).filter(|&row| row > 0).and_then(|row| deck.at(column, row));
        match slide {
            Some(slide) => self.moved(|position| position.jump(slide)),
            None if step > 0 => Effect::Say("no slide is below this one"),
            None => Effect::Say("no slide is above this one"),
        }
    }

    fn toggle_notes(&mut self) -> Effect {
        self.notes = if self.notes.is_some() { None } else { Some(0) };
        Effect::Draw
    }

    /// Scrolls the notes a row, of which `beyond` rows are not shown at once; returns whether they are shown and go on
    /// there.
    fn scroll_notes(&mut self, step: isize, beyond: usize) -> bool {
        let Some(scroll) = self.notes else { return false };
        let to = scroll.min(beyond).checked_add_signed(step).filter(|&to| to <= beyond);
        self.notes = to.or(self.notes);
        to.is_some()
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
}

/// Returns the slide that `7` or `7.2` names, the last one where the deck has fewer.
fn numbered(typed: &str, deck: &Deck) -> Option<usize> {
    let typed = typed.trim_end_matches('.');
    if let Some((column, row)) = typed.split_once('.') {
        let (column, row): (usize, usize) = (column.parse().ok()?, row.parse().ok()?);
        return Some(deck.near(column, row));
    }
    Some(deck.numbered(typed.parse().ok()?))
}
