//! The talk's side of its socket: it accepts peers, reports their requests and sends them messages. Only a peer's own two
//! threads wait for it.

mod connection;
mod event;
mod outbox;
mod rate_limiter;
mod registry;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

pub use event::{PeerId, ServerEvent};

use super::{credentials, folder};
use crate::protocol::{Hello, Message};
use crate::source::Diagnostic;
use outbox::SharedMessage;
use rate_limiter::RateLimiter;
use registry::PeerRegistry;

/// A peer that reads nothing for this long is disconnected.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long messages are still sent when the talk is over.
const FAREWELL: Duration = Duration::from_millis(100);
/// How many connections are accepted at once, whether they are let in or not.
const ARRIVALS: u32 = 64;
/// How many a second are accepted after that: the speaker is told of each that is refused.
const ARRIVALS_PER_SECOND: u32 = 20;
/// The time between two attempts to accept a connection, after too many of them or an error of the system.
const WAIT: Duration = Duration::from_millis(50);

/// The socket of a running talk. Dropping it disconnects all peers.
pub struct Server {
    registry: Arc<PeerRegistry>,
    path: PathBuf,
    /// The socket's device and number there, by which it is known again.
    file: Option<(u64, u64)>,
}

/// Where a talk listens, and how long it waits for a peer to read.
struct ListenOptions {
    folder: PathBuf,
    patience: Duration,
}

impl Server {
    /// Opens the socket of a talk on the deck `name`, the file's without folder and ending. Every peer is sent `hello` first.
    /// `on_event` is called on other threads, with the registry locked: it must neither block nor call the server.
    ///
    /// # Errors
    /// There is no place for it, or it is another user's; the talk runs without.
    pub fn open(
        name: &str,
        hello: Hello,
        on_event: impl Fn(ServerEvent) + Send + 'static,
    ) -> Result<Self, Diagnostic> {
        let options = ListenOptions { folder: folder::folder()?, patience: PATIENCE };
        Self::open_at(options, name, hello, on_event)
    }

    fn open_at(
        options: ListenOptions,
        name: &str,
        hello: Hello,
        on_event: impl Fn(ServerEvent) + Send + 'static,
    ) -> Result<Self, Diagnostic> {
        let ListenOptions { folder, patience } = options;
        folder::make(&folder)?;
        let place = folder::shown(&folder);
        let failed = |error: io::Error| {
            let why = folder::words(&error);
            Diagnostic::new(format!("the talk has no socket: `{place}`: {why}"))
                .hint("no console can join it; `XDG_RUNTIME_DIR` names another folder")
        };
        let (listener, path) = folder::listen(&folder, name).map_err(failed)?;
        let registry = Arc::new(PeerRegistry::new(Box::new(on_event)));
        let server = Self { registry, file: file(&path), path };
        let (registry, hello) = (Arc::clone(&server.registry), SharedMessage::new(Message::Hello(hello)));
        let accept = move || {
            folder::sweep(&folder);
            accept(&registry, &listener, &hello, patience);
        };
        thread::Builder::new().name("accept".into()).spawn(accept).map_err(failed)?;
        Ok(server)
    }

    /// Returns the path of the socket.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the number of followers.
    pub fn followers(&self) -> usize {
        self.registry.followers()
    }

    /// Makes a peer a follower. The caller sends it what it must know at first.
    pub fn follow(&self, peer: PeerId) {
        self.registry.follow(peer);
    }

    /// Sends a peer a message that does not answer its request yet.
    pub fn send(&self, peer: PeerId, message: Message) {
        self.registry.send(peer, SharedMessage::new(message));
    }

    /// Answers the request of a peer, whose next one is then read.
    pub fn answer(&self, peer: PeerId, message: Message) {
        self.registry.answer(peer, SharedMessage::new(message));
    }

    /// Sends a message to all followers.
    pub fn broadcast(&self, message: Message) {
        self.registry.broadcast(&SharedMessage::new(message));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The file may have been removed since, and the name taken by another talk.
        if self.file.is_some() && file(&self.path) == self.file {
            let _ = fs::remove_file(&self.path);
        }
        self.registry.close(FAREWELL);
        // The accepting thread goes on waiting at a socket without a file until the program ends, which is soon.
    }
}

fn file(path: &Path) -> Option<(u64, u64)> {
    fs::symlink_metadata(path).ok().map(|about| (about.dev(), about.ino()))
}

/// Accepts connections, for ever.
fn accept(registry: &Arc<PeerRegistry>, listener: &UnixListener, hello: &SharedMessage, patience: Duration) {
    let mut limiter = RateLimiter::new(ARRIVALS, ARRIVALS_PER_SECOND, Instant::now());
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // No more files may be open just now.
            thread::sleep(WAIT);
            continue;
        };
        while !limiter.allow(Instant::now()) {
            thread::sleep(WAIT);
        }
        let stream = Arc::new(stream);
        if stream.set_write_timeout(Some(patience)).is_ok()
            && let Err(diagnostic) = admit(registry, &stream, hello)
        {
            let _ = connection::send(&stream, &SharedMessage::new(Message::Error(diagnostic.into())));
        }
    }
}

/// Adds a peer, if it is a program of the same user and the registry is not full.
fn admit(
    registry: &Arc<PeerRegistry>,
    stream: &Arc<UnixStream>,
    hello: &SharedMessage,
) -> Result<(), Diagnostic> {
    let busy = |_: io::Error| Diagnostic::new("the talk can take nobody in just now").hint("try again soon");
    if let Some(user) = credentials::stranger(credentials::user(stream).map_err(busy)?, &[credentials::us()])
    {
        registry.refuse(format!("user {user} wanted to join the talk, and was refused: it is not theirs"));
        return Err(Diagnostic::new("this talk is somebody else's").hint("only its speaker may join it"));
    }
    let peer = registry.add(Arc::clone(stream), hello.clone()).ok_or_else(|| {
        Diagnostic::new("too many are joined to this talk").hint("close a console that is not needed")
    })?;
    let started = start(registry, peer, stream, connection::write)
        .and_then(|()| start(registry, peer, stream, connection::read));
    started.map_err(|error| {
        registry.remove(peer);
        busy(error)
    })
}

/// Starts one of the two threads of a peer.
fn start(
    registry: &Arc<PeerRegistry>,
    peer: PeerId,
    stream: &Arc<UnixStream>,
    work: fn(&PeerRegistry, PeerId, &UnixStream),
) -> io::Result<()> {
    let (registry, stream) = (Arc::clone(registry), Arc::clone(stream));
    thread::Builder::new().name("peer".into()).spawn(move || work(&registry, peer, &stream)).map(drop)
}
