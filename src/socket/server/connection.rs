//! The connection to one peer: a thread reads its requests, another writes its messages.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::time::Instant;

use super::event::PeerId;
use super::outbox::SharedMessage;
use super::rate_limiter::RateLimiter;
use super::registry::PeerRegistry;
use crate::protocol::{LONGEST_REQUEST, Message, Request, RequestError};
use crate::source::Diagnostic;
use crate::text::{sanitize, truncate};

/// How many requests a peer may send at once: what is typed ahead, and the wheel of a mouse.
const REQUESTS: u32 = 200;
/// How many requests a second it may send after that: more than a key repeats.
const REQUESTS_PER_SECOND: u32 = 100;
/// A peer that takes not even this many bytes in time counts as one that does not read.
const CHUNK: usize = 64 << 10;
/// How many cells are quoted of what is no request.
const QUOTED: usize = 40;

/// Writes the messages to a peer, until there are no more or the peer does not read.
pub(super) fn write(registry: &PeerRegistry, id: PeerId, stream: &UnixStream) {
    while let Some(message) = registry.next_message(id) {
        if send(stream, &message).is_err() {
            break;
        }
    }
    registry.remove(id);
    let _ = stream.shutdown(Shutdown::Both);
}

/// Sends a message.
///
/// # Errors
/// The peer is gone, or reads nothing for as long as the stream waits.
pub(super) fn send(mut stream: &UnixStream, message: &SharedMessage) -> io::Result<()> {
    message.line().as_bytes().chunks(CHUNK).try_for_each(|chunk| stream.write_all(chunk))
}

/// Reads the requests of a peer, each after the last one was answered, until there are no more or one is garbage.
pub(super) fn read(registry: &PeerRegistry, id: PeerId, stream: &UnixStream) {
    let mut reader = BufReader::new(stream);
    let mut limiter = RateLimiter::new(REQUESTS, REQUESTS_PER_SECOND, Instant::now());
    while let Ok(Some(line)) = next_line(&mut reader) {
        let is_allowed = limiter.allow(Instant::now());
        let request = if is_allowed { request(&line) } else { Err(too_many()) };
        let goes_on = match request {
            Ok(request) => registry.request(id, request),
            Err(error) => refuse(registry, id, error, &line),
        };
        if !goes_on {
            break;
        }
    }
    registry.leave(id);
}

/// Sends a peer what is wrong with its request; returns whether it may send another.
fn refuse(registry: &PeerRegistry, id: PeerId, error: RequestError, line: &[u8]) -> bool {
    let (diagnostic, may_go_on) = match error {
        RequestError::Unknown(diagnostic) => (diagnostic, true),
        RequestError::Garbage(diagnostic) => (diagnostic, false),
    };
    if !may_go_on {
        let quoted = String::from_utf8_lossy(&line[..line.len().min(4 * QUOTED)]).into_owned();
        let quoted = sanitize(quoted.trim_end()).replace('\n', "␊");
        let quoted = truncate(&quoted, QUOTED);
        registry.refuse(format!(
            "a program at the talk's socket was sent away: {} (`{quoted}`)",
            diagnostic.message
        ));
    }
    registry.send(id, SharedMessage::new(Message::Error(diagnostic.into())));
    may_go_on
}

/// Returns the next line with its end; one that is too long is cut, and none comes after the last.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    reader.take(LONGEST_REQUEST as u64 + 1).read_until(b'\n', &mut line)?;
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// Returns the request that a line holds.
fn request(line: &[u8]) -> Result<Request, RequestError> {
    let garbage = |message: String| RequestError::Garbage(Diagnostic::new(message));
    if line.len() > LONGEST_REQUEST {
        return Err(garbage(format!("no request has more than {LONGEST_REQUEST} bytes")));
    }
    let text = str::from_utf8(line).map_err(|_| garbage("a request is written in UTF-8".to_owned()))?;
    Request::read(text)
}

fn too_many() -> RequestError {
    let hint = format!("more than {REQUESTS_PER_SECOND} in a second are not met");
    RequestError::Garbage(Diagnostic::new("it asks too often").hint(hint))
}
