//! Sets a talk up in its terminal, and takes it down again: the terminal is taken, signals and keys become events, and when
//! the talk has ended the terminal is given back before anything is printed.

use std::ops::ControlFlow;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustix::time::{ClockId, clock_gettime};

use super::{Handles, Runtime};
use crate::app::command::End;
use crate::app::connection::{Connection, Joined};
use crate::app::event::Event;
use crate::app::frames::FrameCache;
use crate::app::opening::{self, Opening, Surroundings};
use crate::app::perform::World;
use crate::app::profile::TerminalProfile;
use crate::app::resources::Resources;
use crate::app::viuer::ViuerImages;
use crate::cli::{Options, Pictures};
use crate::common::Failure;
use crate::disk::Assets;
use crate::rehearsal::{Moment, Run};
use crate::source::Diagnostic;
use crate::terminal::{
    Capabilities, Guard, Input, InputReader, Output, Screen, Signal, Signals, TerminalProbe, Viewer, Window,
    signals,
};
use crate::workers::{THREAD_NAME, Workers};

/// The clock that goes on while the computer sleeps; the one of [`Instant`] does not.
#[cfg(any(target_os = "linux", target_os = "android"))]
const WHOLE: ClockId = ClockId::Boottime;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const WHOLE: ClockId = ClockId::Monotonic;

/// Presents or rehearses a deck until its speaker leaves, then prints how to go on. Returns the runs of a rehearsal, this
/// one last, where there is one to report.
///
/// # Errors
/// There is no terminal, or it fails; the system refuses a thread.
pub(crate) fn run(opening: Opening) -> Result<Option<Vec<Run>>, Failure> {
    hold(opening, None)
}

/// Shows a talk that runs elsewhere until its speaker leaves the console.
///
/// # Errors
/// As [`run`], or the deck of the talk cannot be read.
pub(crate) fn follow(joined: Joined, options: &Options) -> Result<(), Failure> {
    let (opening, connection) = joined.open(options)?;
    hold(opening, Some(connection)).map(drop)
}

fn hold(opening: Opening, connection: Option<Connection>) -> Result<Option<Vec<Run>>, Failure> {
    let guard = Guard::new(THREAD_NAME).map_err(|error| {
        Diagnostic::new(format!("there is no terminal to take keys from: {error}"))
            .hint("present from a terminal; to write the slides' words: `lutrin export`")
    })?;
    let (sender, events) = channel();
    let signals = listen(&guard, &sender)?;
    guard.enter().map_err(Failure::terminal)?;
    let reader = read_keys(&sender)?;
    let clock = SystemClock::start();
    let capabilities = Capabilities::of_environment();
    let wish = opening.options.pictures;
    let profile = TerminalProfile::new(
        TerminalProbe::of_environment(),
        capabilities,
        Window::current(),
        (wish, wish == Some(Pictures::Viuer) && Viewer::of_environment().is_some()),
    );
    let records = opening.records();
    let is_recorded = records.as_ref().map(Option::is_some).map_err(Clone::clone);
    let ready = sender.clone();
    let workers = Workers::start(move || drop(ready.send(Event::Ready))).map_err(Failure::workers)?;
    let is_still = opening.options.no_animation
        || std::env::var_os("LUTRIN_MOTION").is_some_and(|value| value == "none");
    let assets = Assets::new(&opening.place, opening.options.root.as_deref());
    let given = Surroundings {
        resources: Resources::new(assets, workers, profile.shows_pictures()),
        terminal: profile,
        zone: TimeZone::system,
        is_recorded,
        is_still,
    };
    let world = World::new(opening.place.clone(), records.ok().flatten(), connection, sender);
    let app = opening::open(opening, given, clock.now());
    let mut runtime = Runtime {
        screen: Screen::new(Output, app.terminal.size(), capabilities),
        viuer: app.terminal.uses_viuer().then(Viewer::of_environment).flatten().map(ViuerImages::new),
        frames: FrameCache::default(),
        handles: Some(Handles { reader, signals, guard }),
        clock: Box::new(move || clock.now()),
        window: Window::current,
        app,
        world,
        events,
    };
    let end = runtime.present();
    if matches!(end, Ok(End::Left)) {
        runtime.hear_out();
        // A terminal that is gone has no pictures.
        let _ = runtime.leave_pictures();
    }
    runtime.handles = None;
    let (outcome, others) = runtime.close();
    match end? {
        End::Signal(signal) => signals::end_by(signal),
        End::Left => Ok(outcome.print(others)),
    }
}

/// Listens to signals, which become events.
fn listen(guard: &Guard, sender: &Sender<Event>) -> Result<Signals, Failure> {
    let sender = sender.clone();
    let send = move |signal| {
        let event = match signal {
            Signal::Quit(number) => Event::Signal(number),
            Signal::Suspend => Event::Suspend,
            Signal::Resumed => Event::Resumed,
            Signal::Resized => Event::Resized(Window::current()),
        };
        drop(sender.send(event));
    };
    Signals::listen(guard, send).map_err(Failure::signals)
}

/// Reads keys and the terminal's answers, which become events.
fn read_keys(sender: &Sender<Event>) -> Result<InputReader, Failure> {
    let sender = sender.clone();
    let send = move |input| {
        let event = match input {
            Input::Key(key) => Event::Key(key),
            Input::Answer(answer) => Event::Answer(answer),
            Input::Focus(_) => Event::Focus,
            Input::Closed => Event::Closed,
            Input::Paste(_) => return ControlFlow::Continue(()),
        };
        if sender.send(event).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    InputReader::start(send).map_err(Failure::keys)
}

/// The system's clocks, since the program's start.
struct SystemClock {
    /// By the clock that does not go on while the computer sleeps, and by the one that does.
    began: (Instant, Duration),
}

impl SystemClock {
    fn start() -> Self {
        Self { began: (Instant::now(), whole()) }
    }

    fn now(&self) -> Moment {
        let awake = self.began.0.elapsed();
        let asleep = whole().saturating_sub(self.began.1).saturating_sub(awake);
        Moment { awake, asleep, wall: Timestamp::now() }
    }
}

/// Returns what the clock says that goes on while the computer sleeps.
fn whole() -> Duration {
    let time = clock_gettime(WHOLE);
    Duration::new(time.tv_sec.try_into().unwrap_or_default(), time.tv_nsec.try_into().unwrap_or_default())
}
