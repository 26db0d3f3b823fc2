//! The console's keys, which are asked of the talk, and the talk's words, which are shown. What is for the speaker's screen
//! only, a list or a prompt, never leaves it.

use std::time::Instant;

use super::read;
use crate::app::Lectern;
use crate::present::{Action, Effect, Overlay};
use crate::protocol::{Line, Request, Script, State};
use crate::rehearsal::Phase;
use crate::theme::Theme;

impl Lectern {
    /// Does what a key of the console means: here, or by asking the talk for it.
    pub(in crate::app) fn ask_talk(&mut self, action: Action) -> Effect {
        self.message = None;
        self.settle();
        let has_begun = self.link.as_ref().is_some_and(|link| link.state.clock.phase != Phase::Armed);
        if action == Action::StartOver && has_begun && self.presenter.overlay.is_none() {
            self.presenter.overlay = Some(Overlay::StartOver);
            return Effect::Draw;
        }
        if let Some(request) = self.request_of(action) {
            return self.request(&request);
        }
        let (slide, now) = (self.presenter.position.slide, self.keeper.now());
        let context = self.slides.context(&self.presenter, slide, &self.extent);
        let effect = self.presenter.apply(action, &context, now);
        let to = self.presenter.position.slide;
        if matches!(action, Action::Notes | Action::Clock) {
            self.restage_now();
        }
        self.mirror();
        if to == slide {
            return effect;
        }
        let (column, row) = self.slides.deck.address(to);
        self.request(&Request::Go(format!("{column}.{row}")))
    }

    /// Returns what an action asks of the talk; none where it means something to this screen alone.
    fn request_of(&mut self, action: Action) -> Option<Request> {
        let is_typing = self.presenter.number().is_some();
        match (&self.presenter.overlay, action) {
            (Some(_), Action::SwapTheme) => Request::of(action),
            (Some(Overlay::End { selected }), Action::Choose | Action::NextOrGo) => {
                Some(Request::End(*selected))
            }
            (Some(Overlay::End { .. }), Action::Close) => Some(Request::End(2)),
            (Some(Overlay::StartOver), Action::Choose | Action::NextOrGo) => {
                self.presenter.overlay = None;
                Some(Request::Act(Action::StartOver))
            }
            (Some(_), _) => None,
            (None, Action::NextOrGo | Action::LastOrGo | Action::Close) if is_typing => None,
            (None, Action::Down | Action::Up) if self.scrolls_notes(action) => None,
            (None, _) => {
                let request = Request::of(action)?;
                self.presenter.drop_number();
                Some(request)
            }
        }
    }

    /// Returns whether the notes have more to show where an arrow leads: then it is theirs.
    fn scrolls_notes(&self, action: Action) -> bool {
        let Some(scroll) = self.presenter.notes else { return false };
        let beyond = self.slides.notes_beyond(self.presenter.position.slide);
        if action == Action::Down { scroll < beyond } else { scroll.min(beyond) > 0 }
    }

    fn request(&mut self, request: &Request) -> Effect {
        if self.link.as_ref().is_some_and(|link| link.ask(request)) {
            return Effect::Nothing;
        }
        Effect::Say("the talk is gone: it is joined again as soon as it is back")
    }

    /// Takes what the talk tells.
    pub(in crate::app) fn hear_talk(&mut self, line: &Line) -> Effect {
        match line {
            Line::State(state) => self.take_state(state),
            Line::Deck(script) => self.take_script(script),
            Line::Told(words) => self.message = Some(words.clone()),
            Line::Error(refusal) => self.message = Some(refusal.message.clone()),
            Line::Hello(_) => return Effect::Nothing,
        }
        Effect::Draw
    }

    /// Takes note that the talk is gone: what was told last is shown until it is back.
    pub(in crate::app) fn lose_talk(&mut self) -> Effect {
        if let Some(link) = &mut self.link {
            link.state.clock = link.reading();
            link.is_lost = true;
            // Nobody is there any more to be told what shall become of a rehearsal.
            link.state.has_ended = false;
        }
        self.message = None;
        self.mirror();
        Effect::Draw
    }

    fn take_state(&mut self, state: &State) {
        let Some(link) = &mut self.link else { return };
        let before = std::mem::replace(&mut link.state, state.clone());
        (link.heard, link.is_lost) = (Instant::now(), false);
        if before.stage != state.stage {
            self.restage_now();
        }
        if before.at.slide != state.at.slide {
            self.presenter.notes = self.presenter.notes.map(|_| 0);
            self.message = None;
        }
        self.mirror();
    }

    fn take_script(&mut self, script: &Script) {
        match read(script.clone()) {
            Ok(deck) => {
                let shown = self.presenter.position.slide;
                self.take_deck(deck, |change| change.landing(shown));
            }
            Err(failure) => self.message = Some(failure.to_string()),
        }
    }

    /// Brings the presenter to where the talk is.
    pub(in crate::app) fn mirror(&mut self) {
        let Some(link) = &self.link else { return };
        let State { at, blank, closeup, still, has_ended, theme, .. } = &link.state;
        let position = self.slides.position(*at);
        let presenter = &mut self.presenter;
        (presenter.position, presenter.blank, presenter.closeup) = (position, *blank, *closeup);
        presenter.still = *still;
        let shows_end = matches!(presenter.overlay, Some(Overlay::End { .. }));
        if *has_ended != shows_end {
            presenter.overlay = has_ended.then_some(Overlay::End { selected: 0 });
        }
        let theme =
            Theme::named(theme).filter(|theme| *theme != self.slides.theme && self.options.theme.is_none());
        if let Some(theme) = theme {
            self.slides.set_theme(theme);
        }
        self.settle();
    }
}
