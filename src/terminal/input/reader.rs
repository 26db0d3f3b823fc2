//! The thread that reads the terminal.

use std::io::{self, PipeReader, PipeWriter, Write};
use std::ops::ControlFlow;
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::{Decoder, Input};
use crate::terminal::tty::keyboard;

/// Reads the terminal on a thread of its own, which sleeps until there is something to read.
pub struct InputReader {
    commands: PipeWriter,
    acknowledged: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

const PAUSE: u8 = b'p';
const RESUME: u8 = b'r';
const STOP: u8 = b's';

impl InputReader {
    /// Starts the thread, which calls `on_input` with what comes until that breaks or the terminal is gone.
    ///
    /// # Errors
    /// Fails when there is no terminal to read from.
    pub fn start(on_input: impl FnMut(Input) -> ControlFlow<()> + Send + 'static) -> io::Result<Self> {
        Self::read(keyboard()?, on_input)
    }

    fn read(
        source: OwnedFd,
        on_input: impl FnMut(Input) -> ControlFlow<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (commands_in, commands) = io::pipe()?;
        let (acknowledge, acknowledged) = channel();
        let thread_side = ReaderThread { source, commands: commands_in, acknowledge, paused: false };
        let thread = thread::Builder::new().name("keys".into()).spawn(move || thread_side.run(on_input))?;
        Ok(Self { commands, acknowledged, thread: Some(thread) })
    }

    /// Leaves the terminal's bytes to another program; returns when no more are being read.
    pub fn pause(&self) {
        self.command(PAUSE);
    }

    /// Reads again after [`pause`](Self::pause).
    pub fn resume(&self) {
        self.command(RESUME);
    }

    /// Both errors mean that the thread has ended.
    fn command(&self, command: u8) {
        if (&self.commands).write_all(&[command]).is_ok() {
            let _ = self.acknowledged.recv();
        }
    }
}

impl Drop for InputReader {
    fn drop(&mut self) {
        self.command(STOP);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread's side of a [`InputReader`].
struct ReaderThread {
    source: OwnedFd,
    commands: PipeReader,
    acknowledge: Sender<()>,
    paused: bool,
}

/// What ended a wait.
enum Wakeup {
    Command,
    Silence,
    Bytes(usize),
}

impl ReaderThread {
    fn run(mut self, mut on_input: impl FnMut(Input) -> ControlFlow<()>) {
        let mut decoder = Decoder::default();
        while self.turn(&mut decoder, &mut on_input).is_continue() {}
    }

    fn turn(
        &mut self,
        decoder: &mut Decoder,
        on_input: &mut impl FnMut(Input) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut flow = ControlFlow::Continue(());
        let mut hand_over = |input| {
            if flow.is_continue() {
                flow = on_input(input);
            }
        };
        let mut bytes = [0; 4096];
        match self.wait(decoder.patience(), &mut bytes) {
            Ok(Wakeup::Bytes(length)) => decoder.feed(&bytes[..length], &mut hand_over),
            Ok(Wakeup::Silence) => decoder.silence(&mut hand_over),
            Ok(Wakeup::Command) => {
                *decoder = Decoder::default();
                return self.obey_command();
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => {
                hand_over(Input::Closed);
                return ControlFlow::Break(());
            }
        }
        flow
    }

    fn wait(&self, patience: Option<Duration>, bytes: &mut [u8]) -> Result<Wakeup, Errno> {
        let commands = PollFd::new(&self.commands, PollFlags::IN);
        if self.paused {
            poll(&mut [commands], None)?;
            return Ok(Wakeup::Command);
        }
        let mut both = [commands, PollFd::new(&self.source, PollFlags::IN)];
        let patience = patience.and_then(|time| Timespec::try_from(time).ok());
        if poll(&mut both, patience.as_ref())? == 0 {
            return Ok(Wakeup::Silence);
        }
        if !both[0].revents().is_empty() {
            return Ok(Wakeup::Command);
        }
        match rustix::io::read(&self.source, bytes)? {
            0 => Err(Errno::IO),
            length => Ok(Wakeup::Bytes(length)),
        }
    }

    fn obey_command(&mut self) -> ControlFlow<()> {
        let mut command = [STOP];
        let was_read = rustix::io::read(&self.commands, &mut command).is_ok();
        self.paused = command[0] == PAUSE;
        let acknowledged = self.acknowledge.send(()).is_ok();
        if was_read && acknowledged && command[0] != STOP {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent};

    fn read_from_pipe() -> (PipeWriter, Receiver<Input>, InputReader) {
        let (source, keys) = io::pipe().unwrap();
        let (on_input, received) = channel();
        let on_input = move |input| {
            if on_input.send(input).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        (keys, received, InputReader::read(source.into(), on_input).unwrap())
    }

    fn next_char(received: &Receiver<Input>) -> char {
        match received.recv_timeout(Duration::from_secs(5)).unwrap() {
            Input::Key(KeyEvent { code: KeyCode::Char(letter), .. }) => letter,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn keys_come_in_order_and_the_end_is_told() {
        let (mut keys, received, _reader) = read_from_pipe();
        keys.write_all(b"ab").unwrap();
        assert_eq!((next_char(&received), next_char(&received)), ('a', 'b'));
        drop(keys);
        assert_eq!(received.recv().unwrap(), Input::Closed);
    }

    #[test]
    fn a_paused_reader_takes_no_byte() {
        let (mut keys, received, reader) = read_from_pipe();
        reader.pause();
        keys.write_all(b"a").unwrap();
        assert!(received.recv_timeout(Duration::from_millis(30)).is_err());
        reader.resume();
        assert_eq!(next_char(&received), 'a');
    }

    #[test]
    fn a_reader_without_a_listener_ends() {
        let (mut keys, received, reader) = read_from_pipe();
        drop(received);
        keys.write_all(b"a").unwrap();
        drop(reader);
    }
}
