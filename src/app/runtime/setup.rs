//! Sets a talk up in its terminal, and takes it down again: the terminal is taken, signals and keys become events, and when
//! the talk has ended the terminal is given back before anything is printed.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustix::time::{ClockId, clock_gettime};

use super::{Handles, Runtime, Senses};
use crate::app::command::End;
use crate::app::connection::{Connection, Joined};
use crate::app::event::Event;
use crate::app::frames::FrameCache;
use crate::app::opening::{self, Opening, Surroundings};
use crate::app::perform::World;
use crate::app::profile::TerminalProfile;
use crate::app::resources::Resources;
use crate::app::timer::FindZone;
use crate::app::viuer::ViuerImages;
use crate::cli::Options;
use crate::common::Failure;
use crate::disk::{Assets, Records};
use crate::rehearsal::{Now, Run};
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
    let environment = TalkEnvironment {
        probe: TerminalProbe::of_environment(),
        capabilities: Capabilities::of_environment(),
        viewer: Viewer::of_environment(),
        records: opening.records(Records::of),
        zone: Box::new(TimeZone::system),
        is_still: std::env::var_os("LUTRIN_MOTION").is_some_and(|value| value == "none"),
        connection,
    };
    let senses = Senses { clock: Box::new(move || clock.now()), window: Box::new(Window::current) };
    let mut runtime = Runtime::open(opening, environment, senses, Output, (sender, events))?;
    runtime.handles = Some(Handles { reader, signals, guard });
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
        End::Left => {
            let farewell = outcome.farewell(others);
            farewell.print();
            Ok(farewell.runs)
        }
    }
}

/// What a talk takes from its environment at the start.
pub(super) struct TalkEnvironment {
    /// The terminal, before anything was asked.
    pub(super) probe: TerminalProbe,
    /// What the terminal can do.
    pub(super) capabilities: Capabilities,
    /// viuer, where it knows the terminal.
    pub(super) viewer: Option<Viewer>,
    /// Where the run is kept, or why it is not.
    pub(super) records: Result<Option<Records>, String>,
    /// Finds the time zone.
    pub(super) zone: FindZone,
    /// Whether animations are not wanted.
    pub(super) is_still: bool,
    /// The talk that a console shows.
    pub(super) connection: Option<Connection>,
}

impl<W: Write> Runtime<W> {
    /// Opens a talk that writes to `out`, and starts its worker threads. It has no terminal to give back yet.
    ///
    /// # Errors
    /// The system refuses a thread.
    pub(super) fn open(
        opening: Opening,
        environment: TalkEnvironment,
        senses: Senses,
        out: W,
        (sender, events): (Sender<Event>, Receiver<Event>),
    ) -> Result<Self, Failure> {
        let TalkEnvironment { probe, capabilities, viewer, records, zone, is_still, connection } =
            environment;
        let wish = (opening.options.pictures, viewer.is_some());
        let terminal = TerminalProfile::new(probe, capabilities, (senses.window)(), wish);
        let ready = sender.clone();
        let workers = Workers::start(move || drop(ready.send(Event::Ready))).map_err(Failure::workers)?;
        let assets = Assets::new(&opening.place, opening.options.root.as_deref());
        let given = Surroundings {
            resources: Resources::new(assets, workers, terminal.shows_pictures()),
            terminal,
            zone,
            is_recorded: records.as_ref().map(Option::is_some).map_err(Clone::clone),
            is_still: is_still || opening.options.no_animation,
        };
        let world = World::new(opening.place.clone(), records.ok().flatten(), connection, sender);
        let app = opening::open(opening, given, (senses.clock)());
        Ok(Self {
            screen: Screen::new(out, app.terminal.size(), capabilities),
            viuer: viewer.filter(|_| app.terminal.uses_viuer()).map(ViuerImages::new),
            frames: FrameCache::default(),
            handles: None,
            senses,
            app,
            world,
            events,
        })
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

    fn now(&self) -> Now {
        let awake = self.began.0.elapsed();
        let asleep = whole().saturating_sub(self.began.1).saturating_sub(awake);
        Now { awake, asleep, wall: Timestamp::now() }
    }
}

/// Returns what the clock says that goes on while the computer sleeps.
fn whole() -> Duration {
    let time = clock_gettime(WHOLE);
    Duration::new(time.tv_sec.try_into().unwrap_or_default(), time.tv_nsec.try_into().unwrap_or_default())
}
