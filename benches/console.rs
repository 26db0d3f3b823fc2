//! How long it takes from a key on the console to the frame before the audience, beside a key on the audience's own terminal.
//! Both programs are the built ones, each on a pseudo-terminal; in the hundredth of a second that this may take, nobody
//! sees a difference.

#[expect(dead_code, reason = "this bench has a clock of its own")]
mod stopwatch;

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The end of a frame.
const FRAME: &[u8] = b"\x1b[?2026l";
/// Longer than anything takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);
/// So long nothing more comes from a program that has nothing to do.
const SILENCE: Duration = Duration::from_millis(30);

/// A program on a terminal.
struct Screen {
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    _line: Box<dyn MasterPty + Send>,
}

impl Screen {
    fn of(arguments: &[&str], folder: &Path) -> Self {
        let size = PtySize { rows: 35, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("the system has pseudo-terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lutrin"));
        command.args(arguments);
        command.env("XDG_RUNTIME_DIR", folder);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let keys = pair.master.take_writer().expect("nobody has taken it");
        let (sender, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { keys, bytes, child, _line: pair.master }
    }

    fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the terminal is open");
    }

    /// Waits for the end of the next frame.
    fn frame(&self) {
        let end = Instant::now() + LIMIT;
        let mut seen = Vec::new();
        while !seen.windows(FRAME.len()).any(|bytes| bytes == FRAME) {
            let left = end.saturating_duration_since(Instant::now());
            seen.extend(self.bytes.recv_timeout(left).expect("a frame comes"));
        }
    }

    /// Waits until nothing more comes.
    fn rests(&self) {
        while self.bytes.recv_timeout(SILENCE).is_ok() {}
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns how long it takes until the first screen shows the next slide, when the key is pressed on the one at `hand`. Then
/// both go back, which nobody measures.
fn step(screens: &mut [&mut Screen; 2], hand: usize) -> Duration {
    let mut press = |keys: &str| {
        for screen in screens.iter() {
            screen.rests();
        }
        let begin = Instant::now();
        screens[hand].types(keys);
        screens[0].frame();
        begin.elapsed()
    };
    let time = press("n");
    press("p");
    time
}

fn main() {
    let folder = tempfile::tempdir().expect("the system has a place for temporary files");
    let mut talk = Screen::of(&["--pictures", "none"], folder.path());
    talk.frame();
    let mut console = Screen::of(&["console", "--wait", "--pictures", "none"], folder.path());
    console.frame();
    stopwatch::rounds("key to the audience's frame, on the console", || {
        step(&mut [&mut talk, &mut console], 1)
    });
    stopwatch::rounds("key to the audience's frame, on its own", || step(&mut [&mut talk, &mut console], 0));
}
