//! A terminal with Lutrin on it: types, sends signals, changes size, and waits for what has to come. It knows
//! nothing of what is right, save that nothing lasts longer than the limit.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::Command;
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

pub(crate) use crate::folder::{Folder, deck_of};
use crate::scripted::{Kind, Scripted};
use crate::seen::Attention;
pub(crate) use crate::seen::Seen;

/// The program under test.
pub(crate) const LUTRIN: &str = env!("CARGO_BIN_EXE_lutrin");
/// Longer than anything takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);
/// A silence in which a person could have done something.
const MOMENT: Duration = Duration::from_millis(150);

/// Keys as terminals send them.
pub(crate) mod key {
    pub(crate) const RIGHT: &str = "\x1b[C";
    pub(crate) const LEFT: &str = "\x1b[D";
    pub(crate) const DOWN: &str = "\x1b[B";
    pub(crate) const HOME: &str = "\x1b[H";
    pub(crate) const END: &str = "\x1b[F";
    pub(crate) const PAGE_DOWN: &str = "\x1b[6~";
    pub(crate) const ESC: &str = "\x1b";
    pub(crate) const CTRL_C: &str = "\x03";
    pub(crate) const CTRL_L: &str = "\x0c";
    pub(crate) const CTRL_Z: &str = "\x1a";
}

/// Lets time pass.
pub(crate) fn sleep(time: Duration) {
    thread::sleep(time);
}

/// Lets a moment pass, where silence is what is tested.
pub(crate) fn a_moment_passes() {
    sleep(MOMENT);
}

/// Returns how long this test binary has been running.
pub(crate) fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// What is to be started, and where.
pub(crate) struct Start {
    command: CommandBuilder,
    size: PtySize,
    scripted: Option<Scripted>,
}

impl Start {
    /// Lutrin itself, in `folder`.
    pub(crate) fn lutrin<S: AsRef<OsStr>>(folder: &Folder, arguments: &[S]) -> Self {
        Self::program(LUTRIN, folder, arguments)
    }

    /// A shell with a script in which `$LUTRIN` is Lutrin.
    pub(crate) fn shell(folder: &Folder, script: &str) -> Self {
        Self::program("sh", folder, &["-c", script])
    }

    /// Any program, in `folder`, on a terminal of 80×24 in all colours.
    pub(crate) fn program<S: AsRef<OsStr>>(program: &str, folder: &Folder, arguments: &[S]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder.path());
        command.env_clear();
        for name in ["PATH", "HOME"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.env("LUTRIN", LUTRIN);
        // Talks of other tests are not there to be joined.
        command.env("XDG_RUNTIME_DIR", folder.path());
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LC_ALL", "C");
        Self { command, size: size(80, 24), scripted: None }
    }

    pub(crate) fn sized(self, columns: u16, rows: u16) -> Self {
        Self { size: size(columns, rows), ..self }
    }

    /// Sets a variable of the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The terminal is one that answers by itself, and keeps account of pictures.
    pub(crate) fn on(self, kind: Kind) -> Self {
        Self { scripted: Some(Scripted::new(kind)), ..self }
    }

    /// The terminal is not the process's controlling one.
    pub(crate) fn uncontrolled(mut self) -> Self {
        self.command.set_controlling_tty(false);
        self
    }

    pub(crate) fn go(self) -> Terminal {
        let pair = native_pty_system().openpty(self.size).expect("the system has pseudo-terminals");
        let child = pair.slave.spawn_command(self.command).expect("the program starts");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let writer = Writer(Arc::new(Mutex::new(pair.master.take_writer().expect("nobody has taken it"))));
        let seen = Seen::new((self.size.cols, self.size.rows), self.scripted);
        let shared = Arc::new(Shared { seen: Mutex::new(seen), changed: Condvar::new() });
        let (eyes, mut mouth) = (Arc::clone(&shared), writer.clone());
        let thread = thread::spawn(move || eyes.read(reader, &mut mouth));
        Terminal { shared, child, line: Some(Line { writer, master: pair.master, thread }) }
    }
}

/// A window of which the system knows no pixels.
fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("the emulator has not failed")
    }

    fn read(&self, mut source: Box<dyn Read + Send>, mouth: &mut Writer) {
        let mut bytes = [0; 4096];
        loop {
            let length = source.read(&mut bytes).unwrap_or(0);
            let mut seen = self.seen();
            let answers = seen.take_in(&bytes[..length]);
            if !answers.is_empty() {
                // A program that has ended hears nothing.
                drop(mouth.write_all(&answers));
            }
            seen.ended = length == 0;
            self.changed.notify_all();
            while seen.attention == Attention::LooksAway {
                seen = self.changed.wait(seen).expect("the emulator has not failed");
            }
            if seen.ended || seen.attention == Attention::HangsUp {
                return;
            }
        }
    }

    fn pay(&self, attention: Attention) {
        self.seen().attention = attention;
        self.changed.notify_all();
    }
}

/// What is typed, by the speaker or by the terminal itself.
#[derive(Clone)]
struct Writer(Arc<Mutex<Box<dyn Write + Send>>>);

impl Writer {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut writer = self.0.lock().expect("writing does not panic");
        writer.write_all(bytes).and_then(|()| writer.flush())
    }
}

/// The terminal's side of the pseudo-terminal.
struct Line {
    writer: Writer,
    master: Box<dyn MasterPty + Send>,
    thread: JoinHandle<()>,
}

/// A terminal on which something runs.
pub(crate) struct Terminal {
    shared: Arc<Shared>,
    child: Box<dyn Child + Send + Sync>,
    line: Option<Line>,
}

impl Terminal {
    /// Waits until `condition` holds of what has come; fails, with the screen, when it does not.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, condition: impl Fn(&Seen) -> bool) {
        let patience = |seen: &mut Seen| !condition(seen) && !seen.ended;
        let waited = self.shared.changed.wait_timeout_while(self.shared.seen(), LIMIT, patience);
        let seen = waited.expect("the emulator has not failed").0;
        if !condition(&seen) {
            let (ended, text) = (seen.ended, seen.text());
            let tail =
                String::from_utf8_lossy(&seen.bytes[seen.bytes.len().saturating_sub(400)..]).into_owned();
            drop(seen);
            panic!("no {what}; the program has ended: {ended}\n{text}\nlast bytes: {tail:?}");
        }
    }

    /// Waits until `words` stand on the screen.
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
        look(&self.shared.seen())
    }

    /// Returns every byte that has come so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.sees(|seen| seen.bytes.clone())
    }

    /// Types `keys`, all at once.
    pub(crate) fn types(&mut self, keys: &str) {
        self.line().writer.write_all(keys.as_bytes()).expect("the terminal is open");
    }

    pub(crate) fn resizes(&mut self, columns: u16, rows: u16) {
        let mut seen = self.shared.seen();
        seen.resize(columns, rows);
        drop(seen);
        self.line().master.resize(size(columns, rows)).expect("the terminal is open");
    }

    /// Returns the terminal's modes, to be compared.
    pub(crate) fn modes(&mut self) -> String {
        format!("{:?}", self.line().master.get_termios().expect("a terminal has modes"))
    }

    /// Reads no more, until it [looks back](Self::looks_back).
    pub(crate) fn looks_away(&self) {
        self.shared.pay(Attention::LooksAway);
    }

    pub(crate) fn looks_back(&self) {
        self.shared.pay(Attention::Reads);
    }

    /// Closes the terminal, once Lutrin has painted once more.
    pub(crate) fn hangs_up(&mut self) {
        self.shared.pay(Attention::HangsUp);
        self.types(key::CTRL_L);
        let line = self.line.take().expect("the terminal is open");
        line.thread.join().expect("the emulator has not failed");
    }

    /// Returns the number of the process that was started.
    pub(crate) fn process(&self) -> i32 {
        self.child.process_id().and_then(|number| number.try_into().ok()).expect("it runs")
    }

    /// Sends a signal to the process that was started.
    pub(crate) fn signals(&self, signal: Signal) {
        signals(self.process(), signal);
    }

    /// Waits until the process has ended and all its words have come.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let begin = Instant::now();
        let status = loop {
            match self.child.try_wait().expect("it is our child") {
                Some(status) => break status,
                None if begin.elapsed() > LIMIT => panic!("it does not end\n{}", self.sees(Seen::text)),
                None => thread::sleep(Duration::from_millis(5)),
            }
        };
        if self.line.is_some() {
            self.until("end", |seen| seen.ended);
        }
        status
    }

    fn line(&mut self) -> &mut Line {
        self.line.as_mut().expect("the terminal is open")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

/// Sends a signal to a process.
pub(crate) fn signals(process: i32, signal: Signal) {
    kill_process(Pid::from_raw(process).expect("it runs"), signal).expect("it is ours");
}

/// Starts a shell with job control, where there is one.
pub(crate) fn bash(folder: &Folder, prepare: impl FnOnce(Start) -> Start) -> Option<Terminal> {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash, whose job control this needs");
        return None;
    }
    Some(prepare(Start::program("bash", folder, &["--norc", "--noprofile", "-i"])).go())
}
