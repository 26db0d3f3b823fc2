//! How a console joins the talk that it shows, listens to it, and finds it again. What its keys and the talk's lines mean
//! is in `console.rs`.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::console;
use super::event::Event;
use super::mode::{Mode, RemoteTalk};
use super::opening::Opening;
use crate::cli::{Options, TimeOptions};
use crate::common::Failure;
use crate::disk::DeckSource;
use crate::present::ClockVisibility;
use crate::protocol::{Message, Request, Script, TalkState};
use crate::socket::{self, ChoiceError, Client, MessageReader, RequestWriter, TalkQuery};
use crate::source::Diagnostic;

/// A talk that answers at all sends its deck within this time.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a talk that is gone is looked for.
const LOOK: Duration = Duration::from_secs(1);

/// A talk that has been joined, before anything of it is shown.
pub(crate) struct Joined {
    writer: RequestWriter,
    reader: MessageReader,
    script: Script,
    state: TalkState,
    /// How it is found again.
    wanted: TalkQuery,
}

impl Joined {
    /// Joins the talk whose socket is at `path`, and waits until it has sent everything.
    ///
    /// # Errors
    /// There is no talk, or it does not answer.
    pub(crate) fn new(path: &Path, wanted: &TalkQuery) -> Result<Self, Diagnostic> {
        let Client { hello, requests: writer, messages: mut reader } = Client::join(path)?;
        let (script, state) = reader.follow(&writer, PATIENCE)?;
        // Another process may go on with the same deck.
        let wanted = TalkQuery { process: None, deck: Some(hello.deck), ..wanted.clone() };
        Ok(Self { writer, reader, script, state, wanted })
    }

    /// Joins the talk again that is wanted, once it is there.
    fn again(wanted: &TalkQuery) -> Self {
        loop {
            thread::sleep(LOOK);
            let path = match socket::choose(wanted) {
                Err(ChoiceError::Several(talks)) => talks.into_iter().next_back().map(|talk| talk.path),
                found => found.ok(),
            };
            if let Some(path) = path
                && let Ok(joined) = Self::new(&path, wanted)
            {
                return joined;
            }
        }
    }

    /// Returns what a console is opened with, and its connection to the talk.
    ///
    /// # Errors
    /// The talk's deck cannot be read.
    pub(super) fn open(self, options: &Options) -> Result<(Opening, Connection), Failure> {
        let Self { writer, reader, script, state, wanted } = self;
        let place = match script.path.as_str() {
            "" => DeckSource::Embedded,
            "-" => DeckSource::Input,
            path => DeckSource::File(path.into()),
        };
        let root = options.root.clone().or_else(|| script.root.as_deref().map(PathBuf::from));
        let opening = Opening {
            deck: console::deck(script)?,
            place,
            options: Options { root, slide: None, ..options.clone() },
            mode: Mode::Console(Box::new(RemoteTalk::new(state, Duration::ZERO))),
            clock: ClockVisibility::Line,
            time: TimeOptions::default(),
            is_recorded: false,
        };
        Ok((opening, Connection { requests: RequestSender::new(writer), reader, wanted }))
    }
}

/// The way to the talk, which another thread changes; none while the talk is gone.
#[derive(Clone)]
pub(super) struct RequestSender(Arc<Mutex<Option<RequestWriter>>>);

impl RequestSender {
    fn new(writer: RequestWriter) -> Self {
        Self(Arc::new(Mutex::new(Some(writer))))
    }

    /// Sends a request; returns whether the talk is there.
    pub(super) fn send(&self, request: &Request) -> bool {
        self.lock().as_ref().is_some_and(|writer| writer.send(request).is_ok())
    }

    fn set(&self, writer: Option<RequestWriter>) {
        *self.lock() = writer;
    }

    fn lock(&self) -> MutexGuard<'_, Option<RequestWriter>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection of a console to its talk.
pub(super) struct Connection {
    requests: RequestSender,
    reader: MessageReader,
    wanted: TalkQuery,
}

impl Connection {
    /// Listens to the talk on a thread, and joins it again when it was gone. Returns the way to it.
    pub(super) fn listen(self, events: Sender<Event>) -> RequestSender {
        let Self { requests, mut reader, wanted } = self;
        let ours = requests.clone();
        thread::spawn(move || {
            let send = |line| events.send(Event::Told(Box::new(line))).is_ok();
            loop {
                while let Ok(Some(line)) = reader.receive(None) {
                    if !send(line) {
                        return;
                    }
                }
                requests.set(None);
                if events.send(Event::Lost).is_err() {
                    return;
                }
                let joined = Joined::again(&wanted);
                requests.set(Some(joined.writer));
                reader = joined.reader;
                if !(send(Message::Deck(joined.script)) && send(Message::State(Box::new(joined.state)))) {
                    return;
                }
            }
        });
        ours
    }
}
