//! A terminal with a talk in it that runs in this process: the same verbs as those of a started program (`pty.rs`), but
//! time is simulated, so nothing sleeps. The bytes are the real ones, and go to the same emulators.

use std::cell::{Cell, RefCell, RefMut};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lutrin::app::Headless;
use lutrin::cli::Cli;
use lutrin::rehearsal::Now;
use lutrin::report::{self, Report, ReportFormat};
use lutrin::terminal::Window;
use ratatui::layout::Size;

pub(crate) use crate::folder::{Folder, deck_of};
use crate::scripted::{Kind, Scripted};
pub(crate) use crate::seen::Seen;

/// More simulated time than anything takes.
const LIMIT: Duration = Duration::from_secs(20);
/// Longer than threads take on a busy machine, in real time.
const PATIENCE: Duration = Duration::from_secs(20);
/// Real time in which a thread that has something to say says it.
const GLANCE: Duration = Duration::from_millis(1);
/// How long a key takes.
const KEY: Duration = Duration::from_millis(5);
/// A silence in which a person could have done something.
const MOMENT: Duration = Duration::from_millis(150);

/// The program, for what is read of it afterwards.
pub(crate) const LUTRIN: &str = env!("CARGO_BIN_EXE_lutrin");

/// Keys as terminals send them.
pub(crate) mod key {
    pub(crate) const RIGHT: &str = "\x1b[C";
    pub(crate) const LEFT: &str = "\x1b[D";
    pub(crate) const DOWN: &str = "\x1b[B";
    pub(crate) const HOME: &str = "\x1b[H";
    pub(crate) const END: &str = "\x1b[F";
    pub(crate) const PAGE_UP: &str = "\x1b[5~";
    pub(crate) const PAGE_DOWN: &str = "\x1b[6~";
    pub(crate) const F5: &str = "\x1b[15~";
    pub(crate) const SHIFT_F5: &str = "\x1b[15;2~";
    pub(crate) const ESC: &str = "\x1b";
    pub(crate) const CTRL_C: &str = "\x03";
    pub(crate) const CTRL_L: &str = "\x0c";
}

thread_local! {
    /// How long this test has been going on, in simulated time.
    static AWAKE: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    /// The time of day at which the test began.
    static BEGAN: Timestamp = Timestamp::now();
}

/// Lets simulated time pass, in all talks of the test.
pub(crate) fn sleep(time: Duration) {
    AWAKE.set(AWAKE.get() + time);
}

/// Lets a moment pass, where silence is what is tested.
pub(crate) fn a_moment_passes() {
    sleep(MOMENT);
}

/// Returns how long this test has been going on, in simulated time.
pub(crate) fn now() -> Duration {
    AWAKE.get()
}

/// What is to be opened, and where.
pub(crate) struct Start {
    folder: PathBuf,
    arguments: Vec<String>,
    variables: HashMap<String, String>,
    size: (u16, u16),
    wall: Timestamp,
    scripted: Option<Scripted>,
}

impl Start {
    /// Lutrin with these arguments, the first word that names a file of `folder` being the deck in it.
    pub(crate) fn lutrin<S: AsRef<OsStr>>(folder: &Folder, arguments: &[S]) -> Self {
        let words = arguments.iter().map(|word| word.as_ref().to_str().expect("words are text").to_owned());
        let variables = [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LC_ALL", "C")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            folder: folder.path().to_owned(),
            arguments: words.collect(),
            variables: variables.into(),
            size: (80, 24),
            wall: BEGAN.with(|began| *began + now()),
            scripted: None,
        }
    }

    pub(crate) fn sized(self, columns: u16, rows: u16) -> Self {
        Self { size: (columns, rows), ..self }
    }

    /// Sets a variable of the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The terminal is one that answers by itself, and keeps account of pictures.
    pub(crate) fn on(self, kind: Kind) -> Self {
        Self { scripted: Some(Scripted::new(kind)), ..self }
    }

    /// Opens the talk.
    #[track_caller]
    pub(crate) fn go(self) -> Terminal {
        let Self { folder, arguments, variables, size, wall, scripted } = self;
        let mut before = String::new();
        let in_folder = |word: String| {
            let path = folder.join(&word);
            let is_written = std::mem::replace(&mut before, word.clone()) == "--record";
            let is_file = is_written || (!word.starts_with('-') && !word.is_empty() && path.exists());
            if is_file { path.to_string_lossy().into_owned() } else { word }
        };
        let words = std::iter::once("lutrin".to_owned()).chain(arguments.into_iter().map(in_folder));
        let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{error}"));
        let opening = lutrin::run::opening(&cli).unwrap_or_else(|failure| panic!("{failure}"));
        let now = Now { awake: now(), asleep: Duration::ZERO, wall };
        let variable = move |name: &str| variables.get(name).cloned();
        let talk = Headless::open(opening, variable, window(size), now).expect("the system has threads");
        let mut seen = Seen::new(size, scripted);
        seen.take_in(b"\x1b[?1049h\x1b[?25l");
        let terminal = Terminal { inner: RefCell::new(Inner { talk: Some(talk), seen, folder }) };
        terminal.inner.borrow_mut().look();
        terminal
    }
}

/// A window of which the system knows no pixels.
fn window((columns, rows): (u16, u16)) -> Window {
    Window::new(Size::new(columns, rows), Size::new(0, 0))
}

/// A terminal on which a talk runs.
pub(crate) struct Terminal {
    inner: RefCell<Inner>,
}

struct Inner {
    /// None after its end.
    talk: Option<Headless>,
    seen: Seen,
    folder: PathBuf,
}

/// How a talk has ended.
pub(crate) struct Status {
    code: u32,
}

impl Status {
    /// Returns the exit status; a talk that fails panics.
    pub(crate) fn exit_code(&self) -> u32 {
        self.code
    }
}

impl Inner {
    /// Lets the talk come up to the time of the test, and shows what it has written; answers go back to it.
    fn look(&mut self) {
        while let Some(talk) = &mut self.talk {
            talk.work(Duration::ZERO).expect("the talk goes on");
            talk.pass_until(now()).expect("the talk goes on");
            let output = talk.output();
            if output.is_empty() {
                break;
            }
            let answers = self.seen.take_in(&output);
            if !answers.is_empty() {
                talk.input(&answers).expect("the talk goes on");
            }
        }
        if self.talk.as_ref().is_some_and(Headless::has_ended) {
            self.say_farewell();
        }
    }

    /// Gives the terminal back, and shows what is said after the talk, as it would be said in its folder.
    fn say_farewell(&mut self) {
        let Some(talk) = self.talk.take() else { return };
        let leaving = talk.leave();
        self.seen.take_in(&leaving.output);
        self.seen.take_in(b"\x1b[?25h\x1b[?1049l");
        let folder = format!("{}/", self.folder.display());
        let report = leaving.runs.map(|runs| {
            let report = Report::new(&runs, runs.len() - 1);
            report::write(&report, ReportFormat::Text, &TimeZone::UTC, 80)
        });
        let report = report.iter().flat_map(|report| report.lines()).map(str::to_owned);
        for line in leaving.lines.into_iter().flatten().chain(report) {
            self.seen.take_in(format!("{}\r\n", line.replace(&folder, "")).as_bytes());
        }
        self.seen.ended = true;
    }
}

impl Terminal {
    /// Waits until `condition` holds of what has come: for threads in real time, for all else in simulated time. Fails,
    /// with the screen, when it does not.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, condition: impl Fn(&Seen) -> bool) {
        let end = now() + LIMIT;
        let mut inner = self.inner.borrow_mut();
        loop {
            inner.look();
            if condition(&inner.seen) {
                return;
            }
            let Some(talk) = &mut inner.talk else { break };
            let is_busy = talk.is_busy();
            if talk.work(if is_busy { PATIENCE } else { GLANCE }).expect("the talk goes on") {
                continue;
            }
            match talk.deadline().filter(|due| *due <= end) {
                Some(due) => AWAKE.set(due.max(now())),
                // Something outside may still be on its way, as the news of a saved file.
                None if talk.work(PATIENCE / 4).expect("the talk goes on") => {}
                None => break,
            }
        }
        let (ended, text) = (inner.seen.ended, inner.seen.text());
        panic!("no {what}; the talk has ended: {ended}\n{text}");
    }

    /// Waits until `words` are on the screen.
    #[track_caller]
    pub(crate) fn shows(&self, words: &str) {
        self.until(words, |seen| seen.text().contains(words));
    }

    /// Waits until the row of chrome says `place`, as in `7/32`.
    #[track_caller]
    pub(crate) fn is_at(&self, place: &str) {
        self.until(place, |seen| seen.has_word(place));
    }

    /// Returns what `look` makes of what has come so far.
    pub(crate) fn sees<T>(&self, look: impl Fn(&Seen) -> T) -> T {
        look(&self.settled().seen)
    }

    /// Returns every byte that has come so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.sees(|seen| seen.bytes.clone())
    }

    /// Types `keys`, all at once; no speaker types in no time.
    pub(crate) fn types(&mut self, keys: &str) {
        sleep(KEY);
        let mut inner = self.inner.borrow_mut();
        inner.look();
        if let Some(talk) = &mut inner.talk {
            talk.input(keys.as_bytes()).expect("the talk goes on");
        }
        inner.look();
    }

    pub(crate) fn resizes(&mut self, columns: u16, rows: u16) {
        let mut inner = self.inner.borrow_mut();
        inner.look();
        inner.seen.resize(columns, rows);
        if let Some(talk) = &mut inner.talk {
            talk.resize(window((columns, rows))).expect("the talk goes on");
        }
        inner.look();
    }

    /// Waits until the talk has ended and all its words have come.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> Status {
        self.until("end", |seen| seen.ended);
        Status { code: 0 }
    }

    /// Lets the talk come up to the time of the test, and its threads finish.
    fn settled(&self) -> RefMut<'_, Inner> {
        let mut inner = self.inner.borrow_mut();
        inner.look();
        while let Some(talk) = inner.talk.as_mut().filter(|talk| talk.is_busy()) {
            let has_come = talk.work(PATIENCE).expect("the talk goes on");
            inner.look();
            if !has_come {
                break;
            }
        }
        inner
    }
}
