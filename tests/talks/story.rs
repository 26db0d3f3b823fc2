//! A story: keys go to the real presenter, and what it means to show is asked. Time is an argument.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use lutrin::deck::{Deck, walk};
use lutrin::parse;
use lutrin::present::{Action, BINDINGS, Closeup, Effect, Extent, Presenter, Talk, keymap};
use lutrin::rehearsal::Moment;

use super::stage::{scene, stage};

/// A talk that goes on as its keys say.
pub(crate) struct Story {
    pub(crate) deck: Deck,
    pub(crate) presenter: Presenter,
    pub(crate) size: (u16, u16),
    pub(crate) now: Moment,
    pub(crate) last: Effect,
}

/// What actions ask of a deck.
pub(crate) struct Titles<'a>(pub(crate) &'a Deck);

impl Talk for Titles<'_> {
    fn count(&self) -> usize {
        self.0.slides.len()
    }
    fn notes_beyond(&self, _: usize) -> usize {
        2
    }
    fn title(&self, slide: usize) -> String {
        parse::slide(self.0, slide).title().unwrap_or_default()
    }
    fn diagnostics(&self) -> Vec<Option<usize>> {
        vec![Some(2), None]
    }
    fn links(&self, slide: usize) -> Vec<Option<usize>> {
        let links = walk::links(&parse::slide(self.0, slide).blocks);
        links.iter().map(|(_, url)| parse::target(self.0, url)).collect()
    }
    fn help_lines(&self) -> usize {
        BINDINGS.len()
    }
    fn pictures(&self, slide: usize) -> usize {
        walk::pictures(&parse::slide(self.0, slide).blocks).len()
    }
    fn reach(&self, _: usize, closeup: Closeup) -> (i16, i16) {
        if closeup.zoom.level > 1 { (2, 0) } else { (0, 0) }
    }
}

impl Story {
    pub(crate) fn of(deck: Deck) -> Self {
        let presenter = Presenter::new(0);
        Self { deck, presenter, size: (80, 24), now: Moment::ZERO, last: Effect::Nothing }
    }

    /// Does what is asked for from elsewhere.
    pub(crate) fn afar(mut self, action: Action) -> Self {
        let extent = self.extent();
        self.presenter.position = self.presenter.position.settled(&extent);
        self.last = self.presenter.apply_from_afar(action, &extent, &Titles(&self.deck), self.now);
        self
    }

    pub(crate) fn goes_from_afar(mut self, to: &str) -> Self {
        self.last = self.presenter.go_from_afar(to, &Titles(&self.deck), self.now);
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
                let extent = self.extent();
                self.last = self.presenter.apply(action, &extent, &Titles(&self.deck), self.now);
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
