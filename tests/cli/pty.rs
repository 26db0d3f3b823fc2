//! A terminal with Lutrin on it: types, sends signals, changes size, and waits for what has to come. It knows
//! nothing of what is right, save that nothing lasts longer than the limit.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use vt100::{Color, Parser};

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
    pub(crate) const PAGE_UP: &str = "\x1b[5~";
    pub(crate) const PAGE_DOWN: &str = "\x1b[6~";
    pub(crate) const F5: &str = "\x1b[15~";
    pub(crate) const SHIFT_F5: &str = "\x1b[15;2~";
    pub(crate) const ESC: &str = "\x1b";
    pub(crate) const CTRL_C: &str = "\x03";
    pub(crate) const CTRL_L: &str = "\x0c";
    pub(crate) const CTRL_Z: &str = "\x1a";
}

/// A folder of its own for a deck and what belongs to it; gone when dropped.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn empty() -> Self {
        Self(TempDir::new().expect("the system has room for a folder"))
    }

    pub(crate) fn with(name: impl AsRef<Path>, deck: impl AsRef<[u8]>) -> Self {
        let folder = Self::empty();
        folder.put(name, deck);
        folder
    }

    /// Puts a file into the folder, and makes the folders on its way.
    pub(crate) fn put(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("the folder is ours");
        fs::write(path, bytes).expect("the folder is ours");
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("the file was written")
    }
}

/// Returns a deck of so many slides, titled by their numbers.
pub(crate) fn deck_of(slides: usize) -> String {
    (1..=slides)
        .map(|number| format!("# Slide{number}\n\nWords of {number}\n"))
        .collect::<Vec<_>>()
        .join("\n---\n\n")
}

/// Lets a moment pass, where silence is what is tested.
pub(crate) fn a_moment_passes() {
    thread::sleep(MOMENT);
}

/// What is to be started, and where.
pub(crate) struct Start {
    command: CommandBuilder,
    size: PtySize,
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
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LC_ALL", "C");
        Self { command, size: size(80, 24) }
    }

    pub(crate) fn sized(self, columns: u16, rows: u16) -> Self {
        Self { size: size(columns, rows), ..self }
    }

    /// Sets a variable of the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
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
        let writer = pair.master.take_writer().expect("nobody has taken it");
        let seen = Seen {
            screen: Parser::new(
                self.size.rows.try_into().expect("rows"),
                self.size.cols.try_into().expect("columns"),
                0,
            ),
            bytes: Vec::new(),
            attention: Attention::Reads,
            ended: false,
            resized: 0,
        };
        let shared = Arc::new(Shared { seen: Mutex::new(seen), changed: Condvar::new() });
        let eyes = Arc::clone(&shared);
        let thread = thread::spawn(move || eyes.read(reader));
        Terminal { shared, child, line: Some(Line { writer, master: pair.master, thread }) }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// What has come from the program so far.
pub(crate) struct Seen {
    screen: Parser,
    bytes: Vec<u8>,
    attention: Attention,
    ended: bool,
    /// How many bytes had come when the window last changed.
    resized: usize,
}

/// What the terminal does about the bytes that come.
#[derive(PartialEq)]
enum Attention {
    Reads,
    /// It reads nothing, as when a speaker holds a window's scrollbar.
    LooksAway,
    /// It is closed.
    HangsUp,
}

impl Seen {
    /// Returns the letters on the screen.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Tells whether `word` stands on the screen, with blanks around it.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.text().split_whitespace().any(|one| one == word)
    }

    /// Tells whether most cells have a light background.
    pub(crate) fn is_light(&self) -> bool {
        let (rows, columns) = self.screen.screen().size();
        let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let light = places.filter_map(|(row, column)| self.screen.screen().cell(row, column)).filter(
            |cell| matches!(cell.bgcolor(), Color::Rgb(red, green, blue) if red.min(green).min(blue) > 160),
        );
        light.count() * 2 > usize::from(rows.get()) * usize::from(columns.get())
    }

    /// Tells whether the program is on the alternate screen.
    pub(crate) fn is_on_stage(&self) -> bool {
        self.screen.screen().alternate_screen()
    }

    /// Tells whether everything was painted anew since the window changed, to the end of a frame.
    pub(crate) fn is_repainted(&self) -> bool {
        last_place(&self.bytes[self.resized..], b"\x1b[J").is_some() && self.mode(2026) == Some(false)
    }

    /// Tells whether the program has written `part`.
    pub(crate) fn has_bytes(&self, part: &str) -> bool {
        last_place(&self.bytes, part.as_bytes()).is_some()
    }

    /// Returns all that has come, as text.
    pub(crate) fn text_sent(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Returns how many bytes have come.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Returns how a private mode was set last, where it ever was.
    pub(crate) fn mode(&self, number: u16) -> Option<bool> {
        let place = |end: char| last_place(&self.bytes, format!("\x1b[?{number}{end}").as_bytes());
        let (set, reset) = (place('h'), place('l'));
        (set.is_some() || reset.is_some()).then_some(set > reset)
    }
}

fn last_place(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("the emulator has not failed")
    }

    fn read(&self, mut source: Box<dyn Read + Send>) {
        let mut bytes = [0; 4096];
        loop {
            let length = source.read(&mut bytes).unwrap_or(0);
            let mut seen = self.seen();
            seen.bytes.extend_from_slice(&bytes[..length]);
            seen.screen.process(&bytes[..length]);
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

/// The terminal's side of the pseudo-terminal.
struct Line {
    writer: Box<dyn Write + Send>,
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
        let writer = &mut self.line().writer;
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("the terminal is open");
    }

    pub(crate) fn resizes(&mut self, columns: u16, rows: u16) {
        let mut seen = self.shared.seen();
        seen.screen
            .screen_mut()
            .set_size(rows.try_into().expect("rows"), columns.try_into().expect("columns"));
        seen.resized = seen.bytes.len();
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
