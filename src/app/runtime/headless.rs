//! A talk without a terminal: the real [`App`](crate::app) in the real runtime, whose time, window and input are the
//! caller's. Tests present, rehearse and save with it in a millisecond of their own time.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::setup::TalkEnvironment;
use super::{Runtime, Senses};
use crate::app::Opening;
use crate::app::command::End;
use crate::app::event::Event;
use crate::common::Failure;
use crate::disk::Records;
use crate::rehearsal::{Now, Run};
use crate::terminal::input::Decoder;
use crate::terminal::{Capabilities, Input, TerminalProbe, Window};

/// A talk without a terminal.
pub struct Headless {
    runtime: Runtime<Tap>,
    output: Rc<RefCell<Vec<u8>>>,
    now: Rc<Cell<Now>>,
    window: Rc<Cell<Window>>,
    decoder: Decoder,
    end: Option<End>,
}

/// What is left of a talk that has ended.
pub struct Leaving {
    /// The last bytes for the terminal: pictures are taken down.
    pub output: Vec<u8>,
    /// The lines on standard output, then those on standard error.
    pub lines: [Vec<String>; 2],
    /// The runs that a rehearsal's report is made from, the one to report last.
    pub runs: Option<Vec<Run>>,
}

/// Keeps what is written for the terminal.
struct Tap(Rc<RefCell<Vec<u8>>>);

impl Write for Tap {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Headless {
    /// Opens a talk in a window, at a moment, where `variable` looks a variable of the environment up, and shows its first
    /// frame. No client can join it; a rehearsal is recorded where `XDG_STATE_HOME` says.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub fn open(
        mut opening: Opening,
        variable: impl Fn(&str) -> Option<String>,
        window: Window,
        now: Now,
    ) -> Result<Self, Failure> {
        opening.options.no_console = true;
        let zone = variable("TZ").and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
        let state = variable("XDG_STATE_HOME");
        let records = match state {
            Some(state) => opening.records(|place| Ok(Records::in_state(state.as_ref(), place))),
            None => Ok(None),
        };
        let environment = TalkEnvironment {
            probe: TerminalProbe::detect(&variable, false),
            capabilities: Capabilities::detect(&variable),
            viewer: None,
            records,
            zone: Box::new(|| zone),
            is_still: variable("LUTRIN_MOTION").is_some_and(|value| value == "none"),
            connection: None,
        };
        let (output, now, window) = (Rc::default(), Rc::new(Cell::new(now)), Rc::new(Cell::new(window)));
        let (clock, size) = (Rc::clone(&now), Rc::clone(&window));
        let senses = Senses { clock: Box::new(move || clock.get()), window: Box::new(move || size.get()) };
        let out = Tap(Rc::clone(&output));
        let mut runtime = Runtime::open(opening, environment, senses, out, channel())?;
        runtime.begin()?;
        Ok(Self { runtime, output, now, window, decoder: Decoder::default(), end: None })
    }

    /// Takes bytes as the terminal sends them, keys and answers; a single ESC is a key.
    ///
    /// # Errors
    /// Never in practice: the output takes everything.
    pub fn input(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let mut events = VecDeque::new();
        let mut emit = |input| {
            events.extend(match input {
                Input::Key(key) => Some(Event::Key(key)),
                Input::Answer(answer) => Some(Event::Answer(answer)),
                Input::Focus(_) => Some(Event::Focus),
                Input::Closed => Some(Event::Closed),
                Input::Paste(_) => None,
            });
        };
        self.decoder.feed(bytes, &mut emit);
        self.decoder.silence(&mut emit);
        self.turn(events)
    }

    /// Changes the window.
    ///
    /// # Errors
    /// As [`input`](Self::input).
    pub fn resize(&mut self, window: Window) -> Result<(), Failure> {
        self.window.set(window);
        self.turn(VecDeque::from([Event::Resized(window)]))
    }

    /// Lets time pass until `awake`, through all that is due on the way.
    ///
    /// # Errors
    /// As [`input`](Self::input).
    pub fn pass_until(&mut self, awake: Duration) -> Result<(), Failure> {
        while self.end.is_none()
            && let Some(due) = self.deadline().filter(|due| *due <= awake)
        {
            self.set_time(due);
            self.turn(VecDeque::from([Event::Alarm]))?;
        }
        self.set_time(awake);
        Ok(())
    }

    fn set_time(&self, awake: Duration) {
        let now = self.now.get();
        if let Some(later) = awake.checked_sub(now.awake) {
            self.now.set(now.later(later));
        }
    }

    /// Returns when something is due next, by [`Now::awake`].
    pub fn deadline(&self) -> Option<Duration> {
        self.runtime.app.deadline()
    }

    /// Returns what time it is.
    pub fn now(&self) -> Now {
        self.now.get()
    }

    /// Does what threads have sent, waiting up to `patience` of real time for the first of it; then prepares what the next
    /// keys may ask for. Returns whether anything has come.
    ///
    /// # Errors
    /// As [`input`](Self::input).
    pub fn work(&mut self, patience: Duration) -> Result<bool, Failure> {
        let first = match self.runtime.events.recv_timeout(patience) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                self.rest()?;
                return Ok(false);
            }
        };
        let events = std::iter::once(first).chain(self.runtime.events.try_iter()).collect();
        self.turn(events)?;
        Ok(true)
    }

    /// Returns whether threads of the talk are at work on something that it waits for.
    pub fn is_busy(&self) -> bool {
        self.end.is_none()
            && (self.runtime.app.timer.is_searching()
                || self.runtime.app.slides.resources().workers().is_busy())
    }

    /// Returns whether the talk has ended.
    pub fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Returns the bytes that were written for the terminal since the last time.
    pub fn output(&self) -> Vec<u8> {
        std::mem::take(&mut self.output.borrow_mut())
    }

    /// Ends the talk as the runtime does, and returns what is said after it.
    pub fn leave(mut self) -> Leaving {
        // Writing to memory cannot fail.
        let _ = self.runtime.leave_pictures();
        let output = self.output();
        let (outcome, others) = self.runtime.close();
        let farewell = outcome.farewell(others);
        Leaving { output, lines: [farewell.out, farewell.errors], runs: farewell.runs }
    }

    fn turn(&mut self, events: VecDeque<Event>) -> Result<(), Failure> {
        if self.end.is_none() {
            self.end = self.runtime.turn(events)?;
            self.rest()?;
        }
        Ok(())
    }

    /// What the loop does between two events.
    fn rest(&mut self) -> Result<(), Failure> {
        if self.end.is_some() {
            return Ok(());
        }
        self.runtime.rest()?;
        let mut surveyed = false;
        while self.runtime.app.survey() {
            surveyed = true;
        }
        if surveyed {
            self.end = self.runtime.turn(VecDeque::from([Event::Surveyed]))?;
        }
        while self.runtime.screen.send_ahead().map_err(Failure::terminal)? {}
        Ok(())
    }
}
