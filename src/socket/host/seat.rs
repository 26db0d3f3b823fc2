//! What goes on at one guest's seat: a thread reads what it asks, another writes what it is told. What its requests mean is not
//! known here.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::time::Instant;

use super::GuestId;
use super::bucket::Bucket;
use super::hall::Hall;
use super::mail::Letter;
use crate::protocol::{LONGEST_REQUEST, Line, Request, Wrong};
use crate::source::Diagnostic;
use crate::text::{sanitize, truncate};

/// A guest may ask so often at once: what is typed ahead, and the wheel of a mouse.
const REQUESTS: u32 = 200;
/// And then so often in a second: more than a key repeats.
const REQUESTS_PER_SECOND: u32 = 100;
/// Of each line, at least so much is sent before a guest counts as one that does not read.
const CHUNK: usize = 64 << 10;
/// Of what is no request, so many letters are quoted.
const QUOTED: usize = 40;

/// Writes to a guest what it is told, until there is no more of it or the guest does not read.
pub(super) fn write(hall: &Hall, guest: GuestId, stream: &UnixStream) {
    while let Some(letter) = hall.next(guest) {
        if send(stream, &letter).is_err() {
            break;
        }
    }
    hall.leave(guest);
    let _ = stream.shutdown(Shutdown::Both);
}

/// Sends a line.
///
/// # Errors
/// The guest is gone, or reads nothing for as long as the stream waits.
pub(super) fn send(mut stream: &UnixStream, letter: &Letter) -> io::Result<()> {
    letter.text().as_bytes().chunks(CHUNK).try_for_each(|chunk| stream.write_all(chunk))
}

/// Reads what a guest asks, one request after the other is answered, until it asks no more or something else.
pub(super) fn read(hall: &Hall, guest: GuestId, stream: &UnixStream) {
    let mut reader = BufReader::new(stream);
    let mut bucket = Bucket::new(REQUESTS, REQUESTS_PER_SECOND, Instant::now());
    while let Ok(Some(line)) = next_line(&mut reader) {
        let may = bucket.take(Instant::now());
        let judged = if may { request(&line) } else { Err(too_many()) };
        let goes_on = match judged {
            Ok(request) => hall.ask(guest, request),
            Err(wrong) => refuse(hall, guest, wrong, &line),
        };
        if !goes_on {
            break;
        }
    }
    hall.part(guest);
}

/// Tells a guest what is wrong with its request; returns whether it may ask on.
fn refuse(hall: &Hall, guest: GuestId, wrong: Wrong, line: &[u8]) -> bool {
    let (diagnostic, may_go_on) = match wrong {
        Wrong::Unknown(diagnostic) => (diagnostic, true),
        Wrong::Garbage(diagnostic) => (diagnostic, false),
    };
    if !may_go_on {
        let quoted = String::from_utf8_lossy(&line[..line.len().min(4 * QUOTED)]).into_owned();
        let quoted = sanitize(quoted.trim_end()).replace('\n', "␊");
        let quoted = truncate(&quoted, QUOTED);
        hall.refuse(format!(
            "a program at the talk's socket was sent away: {} (`{quoted}`)",
            diagnostic.message
        ));
    }
    hall.send(guest, Letter::of(Line::Error(diagnostic.into())), false);
    may_go_on
}

/// Returns the next line with its end; one that is too long is cut, and none comes after the last.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    reader.take(LONGEST_REQUEST as u64 + 1).read_until(b'\n', &mut line)?;
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// Returns the request that a line holds.
fn request(line: &[u8]) -> Result<Request, Wrong> {
    let garbage = |message: String| Wrong::Garbage(Diagnostic::new(message));
    if line.len() > LONGEST_REQUEST {
        return Err(garbage(format!("no request has more than {LONGEST_REQUEST} bytes")));
    }
    let text = str::from_utf8(line).map_err(|_| garbage("a request is written in UTF-8".to_owned()))?;
    Request::read(text)
}

fn too_many() -> Wrong {
    let hint = format!("more than {REQUESTS_PER_SECOND} in a second are not met");
    Wrong::Garbage(Diagnostic::new("it asks too often").hint(hint))
}
