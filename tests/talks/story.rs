//! A story: keys go to the real presenter, and what it means to show is asked. Time is an argument.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use lutrin::deck::{Deck, walk};
use lutrin::parse;
use lutrin::present::{Action, BINDINGS, Context, Effect, Extent, Overlay, Presenter, jump_target, keymap};
use lutrin::rehearsal::Now;

use super::stage::{scene, stage};

/// A talk that goes on as its keys say.
pub(crate) struct Story {
    pub(crate) deck: Deck,
    pub(crate) presenter: Presenter,
    pub(crate) size: (u16, u16),
    pub(crate) now: Now,
    pub(crate) last: Effect,
}

impl Story {
    pub(crate) fn of(deck: Deck) -> Self {
        let presenter = Presenter::new(0);
        Self { deck, presenter, size: (80, 24), now: Now::ZERO, last: Effect::Nothing }
    }

    /// Does what is asked for from elsewhere.
    pub(crate) fn afar(mut self, action: Action) -> Self {
        self.presenter.position = self.presenter.position.settled(&self.extent());
        self.last = self.ask(|presenter, context, now| presenter.apply_from_afar(action, context, now));
        self
    }

    pub(crate) fn goes_from_afar(mut self, to: &str) -> Self {
        self.last = self.ask(|presenter, context, now| presenter.go_from_afar(to, context, now));
        self
    }

    pub(crate) fn extent(&self) -> Extent {
        let stage = stage(self.size.0, self.size.1);
        let scene = scene(&self.deck, self.presenter.position.slide, stage);
        let step = self.presenter.position.step.min(scene.steps);
        Extent {
            height: scene.height,
            rows: u32::from(stage.rows),
            steps: scene.steps,
            seen: scene.height_at(step),
            changes: scene.changes(step),
        }
    }

    /// Returns what the presenter makes of a question, with what it may have to know of the deck and the slide.
    pub(crate) fn ask<T>(&mut self, question: impl FnOnce(&mut Presenter, &Context<'_>, Now) -> T) -> T {
        let extent = self.extent();
        let context = context(&self.deck, &self.presenter, extent);
        question(&mut self.presenter, &context, self.now)
    }

    /// Presses keys: letters as they are, others by name.
    pub(crate) fn press(mut self, keys: &[&str]) -> Self {
        for name in keys {
            let code = match *name {
                "PageDown" => KeyCode::PageDown,
                "PageUp" => KeyCode::PageUp,
                "Down" => KeyCode::Down,
                "Enter" => KeyCode::Enter,
                "Esc" => KeyCode::Esc,
                "Tab" => KeyCode::Tab,
                "Right" => KeyCode::Right,
                "F5" => KeyCode::F(5),
                letter => KeyCode::Char(letter.chars().next().expect("a letter")),
            };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            if let Some(action) = keymap::action(key, self.presenter.mode(self.now)) {
                self.last = self.ask(|presenter, context, now| presenter.apply(action, context, now));
                self.presenter.position = self.presenter.position.settled(&self.extent());
            }
        }
        self
    }

    pub(crate) fn wait(mut self, seconds: u64) -> Self {
        self.now = self.now.later(Duration::from_secs(seconds));
        self
    }

    /// Waits until so many minutes have passed since the beginning.
    #[track_caller]
    pub(crate) fn at(mut self, minutes: f64) -> Self {
        let then = Duration::from_secs_f64(minutes * 60.0);
        let passed = then.checked_sub(self.now.awake).expect("time goes on");
        self.now = self.now.later(passed);
        self
    }

    #[track_caller]
    pub(crate) fn shows(self, number: usize) -> Self {
        assert_eq!(self.presenter.position.slide + 1, number);
        self
    }

    #[track_caller]
    pub(crate) fn scrolled(self, rows: u32) -> Self {
        assert_eq!(self.presenter.position.scroll, rows);
        self
    }
}

/// Returns what an action may have to know. Whatever the deck, two rows of notes are beyond those shown, and there are two
/// diagnostics.
fn context<'a>(deck: &'a Deck, presenter: &Presenter, extent: Extent) -> Context<'a> {
    let slide = parse::slide(deck, presenter.position.slide);
    let links: Vec<_> = walk::links(&slide.blocks).iter().map(|(_, url)| parse::target(deck, url)).collect();
    let title = |slide| parse::slide(deck, slide).title().unwrap_or_default();
    let list = match &presenter.overlay {
        Some(Overlay::Help { .. }) => vec![None; BINDINGS.len()],
        Some(Overlay::Outline { .. }) => (0..deck.count()).map(Some).collect(),
        Some(Overlay::Links { .. }) => links.clone(),
        Some(Overlay::Diagnostics { .. }) => vec![Some(2), None],
        Some(Overlay::Jump { typed }) => vec![jump_target(typed, deck, title)],
        Some(Overlay::StartOver | Overlay::End { .. }) | None => Vec::new(),
    };
    let is_close = presenter.closeup.is_some_and(|closeup| closeup.zoom.level > 1);
    Context {
        notes_beyond: 2,
        links,
        pictures: walk::pictures(&slide.blocks).len(),
        reach: if is_close { (2, 0) } else { (0, 0) },
        list,
        ..Context::new(deck, extent)
    }
}
