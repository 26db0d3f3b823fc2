//! The loop of a talk: one channel, one wait, at most one drawing for all that has happened. What an event means is not
//! decided here.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::Lectern;
use crate::app::event::Event;
use crate::common::Failure;
use crate::present::{Effect, Overlay, Presenter};
use crate::terminal::graphics::Protocol;
use crate::terminal::{Guard, InputReader, Signals};
use crate::workers::PrintForm;

/// For so long slides are looked at between two looks at the keys.
const SURVEY: Duration = Duration::from_millis(8);

/// What ended a talk.
pub(super) enum End {
    Left,
    Signal(i32),
}

/// What holds the terminal while the talk runs.
pub(super) struct Helm<'a> {
    pub(super) guard: &'a Guard,
    pub(super) signals: &'a Signals,
    pub(super) reader: &'a InputReader,
}

/// What an event has made of the talk.
enum Turn {
    Same,
    Dirty,
    Over(End),
}

impl Lectern {
    /// The loop: draws, prepares and plans what comes next, and sleeps until something happens.
    pub(super) fn present(&mut self, events: &Receiver<Event>, helm: &Helm<'_>) -> Result<End, Failure> {
        let mut waiting: VecDeque<Event> = VecDeque::new();
        self.choose_form(helm.guard);
        self.begin(helm.reader)?;
        self.follow();
        self.let_join();
        self.prepare_plan();
        loop {
            waiting.extend(events.try_iter());
            if waiting.is_empty() {
                self.use_the_time();
                waiting.extend(self.wait(events)?);
                waiting.extend(events.try_iter());
            }
            let mut dirty = false;
            while let Some(event) = waiting.pop_front() {
                match self.obey(&event, helm)? {
                    Turn::Same => {}
                    Turn::Dirty => dirty = true,
                    Turn::Over(end) => return Ok(end),
                }
            }
            self.write_down();
            self.pass_message_on();
            if dirty {
                self.show(helm.reader)?;
                let position = self.presenter.position;
                let time = self.slides.time(position.slide).filter(|_| self.is_going_on());
                self.advance.shown(position, time, Instant::now());
            }
            self.tell_consoles();
        }
    }

    /// Returns whether a talk that goes on by itself does so now: not while something lies over the slide.
    fn is_going_on(&self) -> bool {
        !self.presenter.still && !self.presenter.is_covered() && self.link.is_none()
    }

    /// Prepares and plans what the next keys may ask for.
    fn use_the_time(&mut self) {
        let Presenter { position, closeup, still, .. } = self.presenter;
        // A console shows films by their first frames.
        let is_moving = !still && self.link.is_none();
        self.slides.prepare((position.slide, position.scroll), closeup, is_moving);
        self.plan_ahead();
        self.follow_pictures();
        // A terminal on this machine reads a picture's file faster than a key is let go.
        if self.slides.form() == Some(PrintForm::Encoded(Protocol::Kitty { local: false })) {
            for plate in self.slides.plates_near(position.slide) {
                self.screen.will_need(&plate);
            }
        }
    }

    /// Waits for something to happen; sends the terminal what it will need meanwhile.
    fn wait(&mut self, events: &Receiver<Event>) -> Result<Option<Event>, Failure> {
        while self.screen.send_ahead().map_err(Failure::terminal)? {
            match events.try_recv() {
                Ok(event) => return Ok(Some(event)),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => return Ok(Some(Event::Closed)),
            }
        }
        let look = self.following.due();
        // The list of diagnostics is about the whole deck.
        if matches!(self.presenter.overlay, Some(Overlay::Diagnostics { .. })) && !self.slides.is_surveyed() {
            self.slides.survey(SURVEY);
            return Ok(Some(events.try_recv().unwrap_or(Event::Alarm)));
        }
        let advance = self.is_going_on().then(|| self.advance.due()).flatten();
        let alarm = [advance, self.motion.due(), self.patience(), look, self.keeper.due()]
            .into_iter()
            .flatten()
            .min();
        let Some(alarm) = alarm else { return Ok(Some(events.recv().unwrap_or(Event::Closed))) };
        Ok(Some(match events.recv_timeout(alarm.saturating_duration_since(Instant::now())) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) if look == Some(alarm) => Event::Look,
            Err(RecvTimeoutError::Timeout) => Event::Alarm,
            Err(RecvTimeoutError::Disconnected) => Event::Closed,
        }))
    }

    /// Does what an event asks for.
    fn obey(&mut self, event: &Event, helm: &Helm<'_>) -> Result<Turn, Failure> {
        match self.handle(event, helm.guard) {
            Effect::Nothing => return Ok(Turn::Same),
            Effect::Quit => {
                return Ok(Turn::Over(match event {
                    Event::Signal(number) => End::Signal(*number),
                    _ => End::Left,
                }));
            }
            Effect::Suspend => {
                self.leave_pictures(helm.guard).map_err(Failure::terminal)?;
                helm.reader.pause();
                let stopped = helm.signals.suspend(helm.guard);
                helm.reader.resume();
                self.forget_pictures(helm.guard);
                if stopped.map_err(Failure::terminal)? {
                    self.take_back();
                }
            }
            Effect::Draw => {}
            Effect::Take(offer) => self.take_offer(offer),
            Effect::Say(words) => self.say(event, words),
            Effect::Repaint => {
                if *event == Event::Resumed {
                    helm.guard.enter().map_err(Failure::terminal)?;
                }
                if *event != Event::Resized {
                    self.forget_pictures(helm.guard);
                }
                self.take_back();
            }
            Effect::SwapTheme => self.swap_theme(),
            Effect::Reload => self.reload(),
            Effect::Edit => return Ok(if self.edit(helm)? { Turn::Dirty } else { Turn::Same }),
        }
        Ok(Turn::Dirty)
    }
}
