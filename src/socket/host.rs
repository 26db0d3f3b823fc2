//! The talk's side of its socket: who comes in, what they ask, and what they are told. Nothing here waits for a guest but the
//! guest's own threads; what becomes of a request is not decided here.

mod bucket;
mod hall;
mod mail;
mod seat;
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

use super::{folder, peer};
use crate::protocol::{Hello, Line, Request};
use crate::source::Diagnostic;
use bucket::Bucket;
use hall::Hall;
use mail::Letter;

/// A guest that reads nothing for so long is sent away.
const PATIENCE: Duration = Duration::from_secs(2);
/// What guests have not heard when the talk is over, they may hear for so long.
const FAREWELL: Duration = Duration::from_millis(100);
/// So many may come at once, whether they are let in or not,
const ARRIVALS: u32 = 64;
/// and then so many in a second: what each of them says is said to the speaker, who has a talk to give.
const ARRIVALS_PER_SECOND: u32 = 20;
/// Whoever comes too soon waits so long; so does the door where the system lets nobody in.
const WAIT: Duration = Duration::from_millis(50);

/// Who is joined, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuestId(u64);

/// What happens at the socket.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// A guest asks for something. It says nothing more until it is answered.
    Asked(GuestId, Request),
    /// A follower has come or gone: so many there are now.
    Followers(usize),
    /// Somebody was refused, and why, for the speaker.
    Refused(String),
}

/// The socket of a running talk. Dropping it sends all guests away.
pub struct Host {
    hall: Arc<Hall>,
    path: PathBuf,
    /// The socket's device and number there, by which it is known again.
    file: Option<(u64, u64)>,
}

/// Where a talk receives its guests, and how patiently.
struct Door {
    folder: PathBuf,
    patience: Duration,
}

impl Host {
    /// Opens the socket of a talk on a deck of this name, the file's without folder and ending. Every guest hears `hello` first.
    /// `tell` hears the news, on other threads; it may neither wait nor call the host.
    ///
    /// # Errors
    /// There is no place for it, or it is somebody else's; the talk does well without.
    pub fn open(name: &str, hello: Hello, tell: impl Fn(News) + Send + 'static) -> Result<Self, Diagnostic> {
        let door = Door { folder: folder::folder()?, patience: PATIENCE };
        Self::open_at(door, name, hello, tell)
    }

    fn open_at(
        door: Door,
        name: &str,
        hello: Hello,
        tell: impl Fn(News) + Send + 'static,
    ) -> Result<Self, Diagnostic> {
        let Door { folder, patience } = door;
        folder::make(&folder)?;
        let place = folder::shown(&folder);
        let failed = |error: io::Error| {
            let why = folder::words(&error);
            Diagnostic::new(format!("the talk has no socket: `{place}`: {why}"))
                .hint("no console can join it; `XDG_RUNTIME_DIR` names another folder")
        };
        let (listener, path) = folder::listen(&folder, name).map_err(failed)?;
        let host = Self { hall: Arc::new(Hall::new(Box::new(tell))), file: file(&path), path };
        let (hall, hello) = (Arc::clone(&host.hall), Letter::of(Line::Hello(hello)));
        let receive = move || {
            folder::sweep(&folder);
            receive(&hall, &listener, &hello, patience);
        };
        thread::Builder::new().name("door".into()).spawn(receive).map_err(failed)?;
        Ok(host)
    }

    /// Returns the path of the socket.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns how many follow the talk.
    pub fn followers(&self) -> usize {
        self.hall.followers()
    }

    /// Makes a guest a follower. What it should know at first, [`send`](Self::send) tells it.
    pub fn follow(&self, guest: GuestId) {
        self.hall.follow(guest);
    }

    /// Tells a guest something that does not answer its request yet.
    pub fn send(&self, guest: GuestId, line: Line) {
        self.hall.send(guest, Letter::of(line), false);
    }

    /// Answers the request of a guest, which may then ask again.
    pub fn answer(&self, guest: GuestId, line: Line) {
        self.hall.send(guest, Letter::of(line), true);
    }

    /// Tells all followers.
    pub fn tell(&self, line: Line) {
        self.hall.tell(&Letter::of(line));
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // Somebody may have removed it, and another talk may have come to its place.
        if self.file.is_some() && file(&self.path) == self.file {
            let _ = fs::remove_file(&self.path);
        }
        self.hall.close(FAREWELL);
        // The door's thread goes on waiting at a socket that nobody finds, until the program ends, which is soon.
    }
}

fn file(path: &Path) -> Option<(u64, u64)> {
    fs::symlink_metadata(path).ok().map(|about| (about.dev(), about.ino()))
}

/// Receives whoever comes.
fn receive(hall: &Arc<Hall>, listener: &UnixListener, hello: &Letter, patience: Duration) {
    let mut bucket = Bucket::new(ARRIVALS, ARRIVALS_PER_SECOND, Instant::now());
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // No more files may be open just now.
            thread::sleep(WAIT);
            continue;
        };
        while !bucket.take(Instant::now()) {
            thread::sleep(WAIT);
        }
        let stream = Arc::new(stream);
        if stream.set_write_timeout(Some(patience)).is_ok()
            && let Err(diagnostic) = admit(hall, &stream, hello)
        {
            let _ = seat::send(&stream, &Letter::of(Line::Error(diagnostic.into())));
        }
    }
}

/// Lets somebody in, if it is one of our own programs and there is a seat.
fn admit(hall: &Arc<Hall>, stream: &Arc<UnixStream>, hello: &Letter) -> Result<(), Diagnostic> {
    let busy = |_: io::Error| Diagnostic::new("the talk can take nobody in just now").hint("try again soon");
    if let Some(user) = peer::stranger(peer::user(stream).map_err(busy)?, &[peer::us()]) {
        hall.refuse(format!("user {user} wanted to join the talk, and was refused: it is not theirs"));
        return Err(Diagnostic::new("this talk is somebody else's").hint("only its speaker may join it"));
    }
    let guest = hall.enter(Arc::clone(stream), hello.clone()).ok_or_else(|| {
        Diagnostic::new("too many are joined to this talk").hint("close a console that is not needed")
    })?;
    let seated =
        start(hall, guest, stream, seat::write).and_then(|()| start(hall, guest, stream, seat::read));
    seated.map_err(|error| {
        hall.leave(guest);
        busy(error)
    })
}

/// Starts one of the two threads of a guest.
fn start(
    hall: &Arc<Hall>,
    guest: GuestId,
    stream: &Arc<UnixStream>,
    work: fn(&Hall, GuestId, &UnixStream),
) -> io::Result<()> {
    let (hall, stream) = (Arc::clone(hall), Arc::clone(stream));
    thread::Builder::new().name("guest".into()).spawn(move || work(&hall, guest, &stream)).map(drop)
}
