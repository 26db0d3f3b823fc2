//! What a key does to the talk, from the terminal to its effect. What it means is the keymap's and the presenter's.

use crossterm::event::{KeyCode, KeyEvent};

use super::Lectern;
use crate::present::{Action, Effect, KeyMode, keymap};

impl Lectern {
    /// Does what a key means now, and returns what else must be done.
    pub(super) fn press(&mut self, key: KeyEvent) -> Effect {
        let mode = self.presenter.mode(self.keeper.now());
        let key = if self.slides.deck.meta.rtl == Some(true) { mirrored(key, mode) } else { key };
        let Some(action) = keymap::action(key, mode) else { return Effect::Nothing };
        if self.link.is_some() {
            return self.ask_talk(action);
        }
        self.take_plan(action != Action::Quit);
        let now = self.keeper.now();
        self.message = None;
        self.settle();
        let had_notes = self.presenter.notes.is_some();
        let context = self.slides.context(&self.presenter, self.presenter.position.slide, &self.extent);
        let effect = self.presenter.apply(action, &context, now);
        if action == Action::Clock && self.presenter.clock.agenda().entries.is_empty() {
            self.prepare_plan();
        }
        if self.presenter.notes.is_some() != had_notes {
            self.restage_now();
        }
        effect
    }
}

/// In a deck that is read from right to left, the arrow to the left leads on, as in reveal.
fn mirrored(mut key: KeyEvent, mode: KeyMode) -> KeyEvent {
    key.code = match key.code {
        KeyCode::Left if mode == KeyMode::Talk => KeyCode::Right,
        KeyCode::Right if mode == KeyMode::Talk => KeyCode::Left,
        code => code,
    };
    key
}
