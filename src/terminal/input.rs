//! The thread that reads the terminal: bytes become keys and answers, in order; it knows no key's meaning.

mod answer;
mod decode;
mod sequence;

use std::io::{self, PipeReader, PipeWriter, Write};
use std::ops::ControlFlow;
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossterm::event::KeyEvent;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::tty::keyboard;
pub use answer::Answer;
pub use decode::Decoder;

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted; only a terminal in which somebody turned bracketed paste on says so.
    Paste(String),
    /// The terminal answers a question.
    Answer(Answer),
    /// Whoever types has turned to this terminal, or away from it; only one that was asked to tell does.
    Focus(bool),
    /// The terminal is gone; nothing more will come.
    Closed,
}

/// Reads the terminal on a thread of its own, which sleeps until there is something to read.
pub struct Reader {
    orders: PipeWriter,
    obeyed: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

const PAUSE: u8 = b'p';
const RESUME: u8 = b'r';
const STOP: u8 = b's';

impl Reader {
    /// Starts to read, and hands over what comes until `tell` breaks or the terminal is gone.
    ///
    /// # Errors
    /// Fails when there is no terminal to read from.
    pub fn start(tell: impl FnMut(Input) -> ControlFlow<()> + Send + 'static) -> io::Result<Self> {
        Self::read(keyboard()?, tell)
    }

    fn read(
        source: OwnedFd,
        tell: impl FnMut(Input) -> ControlFlow<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (orders_in, orders) = io::pipe()?;
        let (obey, obeyed) = channel();
        let reading = Reading { source, orders: orders_in, obey, paused: false };
        let thread = thread::Builder::new().name("keys".into()).spawn(move || reading.run(tell))?;
        Ok(Self { orders, obeyed, thread: Some(thread) })
    }

    /// Leaves the terminal's bytes to another program; returns when none is being read any more.
    pub fn pause(&self) {
        self.order(PAUSE);
    }

    /// Reads again after [`pause`](Self::pause).
    pub fn resume(&self) {
        self.order(RESUME);
    }

    /// A thread that has ended obeys no more: both errors mean just that.
    fn order(&self, order: u8) {
        if (&self.orders).write_all(&[order]).is_ok() {
            let _ = self.obeyed.recv();
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.order(STOP);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread's side of a [`Reader`].
struct Reading {
    source: OwnedFd,
    orders: PipeReader,
    obey: Sender<()>,
    paused: bool,
}

/// What ended a wait.
enum Woken {
    Order,
    Silence,
    Bytes(usize),
}

impl Reading {
    fn run(mut self, mut tell: impl FnMut(Input) -> ControlFlow<()>) {
        let mut decoder = Decoder::default();
        while self.turn(&mut decoder, &mut tell).is_continue() {}
    }

    fn turn(
        &mut self,
        decoder: &mut Decoder,
        tell: &mut impl FnMut(Input) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut flow = ControlFlow::Continue(());
        let mut hand_over = |input| {
            if flow.is_continue() {
                flow = tell(input);
            }
        };
        let mut bytes = [0; 4096];
        match self.wait(decoder.patience(), &mut bytes) {
            Ok(Woken::Bytes(length)) => decoder.feed(&bytes[..length], &mut hand_over),
            Ok(Woken::Silence) => decoder.silence(&mut hand_over),
            Ok(Woken::Order) => {
                *decoder = Decoder::default();
                return self.obey_order();
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => {
                hand_over(Input::Closed);
                return ControlFlow::Break(());
            }
        }
        flow
    }

    fn wait(&self, patience: Option<Duration>, bytes: &mut [u8]) -> Result<Woken, Errno> {
        let orders = PollFd::new(&self.orders, PollFlags::IN);
        if self.paused {
            poll(&mut [orders], None)?;
            return Ok(Woken::Order);
        }
        let mut both = [orders, PollFd::new(&self.source, PollFlags::IN)];
        let patience = patience.and_then(|time| Timespec::try_from(time).ok());
        if poll(&mut both, patience.as_ref())? == 0 {
            return Ok(Woken::Silence);
        }
        if !both[0].revents().is_empty() {
            return Ok(Woken::Order);
        }
        match rustix::io::read(&self.source, bytes)? {
            0 => Err(Errno::IO),
            length => Ok(Woken::Bytes(length)),
        }
    }

    fn obey_order(&mut self) -> ControlFlow<()> {
        let mut order = [STOP];
        let heard = rustix::io::read(&self.orders, &mut order).is_ok();
        self.paused = order[0] == PAUSE;
        let obeyed = self.obey.send(()).is_ok();
        if heard && obeyed && order[0] != STOP { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyCode;

    fn read_from_pipe() -> (PipeWriter, Receiver<Input>, Reader) {
        let (source, keys) = io::pipe().unwrap();
        let (tell, told) = channel();
        let tell = move |input| {
            if tell.send(input).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        (keys, told, Reader::read(source.into(), tell).unwrap())
    }

    fn next_char(told: &Receiver<Input>) -> char {
        match told.recv_timeout(Duration::from_secs(5)).unwrap() {
            Input::Key(KeyEvent { code: KeyCode::Char(letter), .. }) => letter,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn keys_come_in_order_and_the_end_is_told() {
        let (mut keys, told, _reader) = read_from_pipe();
        keys.write_all(b"ab").unwrap();
        assert_eq!((next_char(&told), next_char(&told)), ('a', 'b'));
        drop(keys);
        assert_eq!(told.recv().unwrap(), Input::Closed);
    }

    #[test]
    fn a_paused_reader_takes_no_byte() {
        let (mut keys, told, reader) = read_from_pipe();
        reader.pause();
        keys.write_all(b"a").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(30)).is_err());
        reader.resume();
        assert_eq!(next_char(&told), 'a');
    }

    #[test]
    fn a_reader_without_a_listener_ends() {
        let (mut keys, told, reader) = read_from_pipe();
        drop(told);
        keys.write_all(b"a").unwrap();
        drop(reader);
    }
}
