//! A client of a talk: which talks run, how one is joined, how requests are sent and messages received.

use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::credentials;
use super::folder::{self, PATIENCE};
use crate::protocol::{Hello, Message, Request, Script, TalkState, VERSION};
use crate::source::Diagnostic;

/// How long a talk may take to read a request.
const ASKING: Duration = Duration::from_secs(1);
/// The longest line in bytes that a talk sends: the largest deck, each of whose bytes may take two in JSON.
const LONGEST_LINE: usize = 512 << 20;
/// How many bytes are read at once.
const CHUNK: usize = 64 << 10;

/// A talk that runs, and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningTalk {
    /// Its socket.
    pub path: PathBuf,
    /// Which talk it is.
    pub hello: Hello,
}

/// Returns the talks that run, the newest last, and the sockets of those that do not answer. Stale sockets are removed.
pub fn talks() -> (Vec<RunningTalk>, Vec<PathBuf>) {
    // Where sockets have no place, no talk has one.
    folder::folder().map(|folder| talks_in(&folder)).unwrap_or_default()
}

pub(super) fn talks_in(folder: &Path) -> (Vec<RunningTalk>, Vec<PathBuf>) {
    let (mut talks, mut silent) = (Vec::new(), Vec::new());
    if !folder::is_ours(folder) {
        return (talks, silent);
    }
    for path in folder::sockets(folder) {
        match Client::greet(&path) {
            Ok(client) => talks.push(RunningTalk { path, hello: client.hello }),
            Err(JoinError::Refused) => folder::remove_stale(&path),
            Err(JoinError::Absent | JoinError::Stranger(_)) => {}
            Err(JoinError::Silent | JoinError::Other(_)) => silent.push(path),
        }
    }
    (talks, silent)
}

/// A connection to a talk: which talk it is, and a half for each direction.
#[derive(Debug)]
pub struct Client {
    /// Which talk it is.
    pub hello: Hello,
    /// Sends it requests.
    pub requests: RequestWriter,
    /// Receives its messages.
    pub messages: MessageReader,
}

/// The half that sends requests. Dropping it ends the other one too.
#[derive(Debug)]
pub struct RequestWriter {
    stream: UnixStream,
}

/// The half that receives messages.
#[derive(Debug)]
pub struct MessageReader {
    reader: BufReader<UnixStream>,
    /// The bytes of the line that have come so far.
    line: Vec<u8>,
}

/// Why a talk cannot be joined.
enum JoinError {
    /// There is no such socket.
    Absent,
    /// No program listens to it.
    Refused,
    /// One may, but sends nothing.
    Silent,
    /// It is another user's.
    Stranger(u32),
    /// Something else.
    Other(Diagnostic),
}

impl Client {
    /// Joins the talk whose socket is at `path`.
    ///
    /// # Errors
    /// There is none, it is over, it is another user's, it does not answer or in another language.
    pub fn join(path: &Path) -> Result<Self, Diagnostic> {
        let client = Self::greet(path).map_err(|error| error.diagnostic(path))?;
        let (theirs, version) = (client.hello.protocol, &client.hello.lutrin);
        if theirs != VERSION {
            let told = format!("the talk is held with Lutrin {version}, which speaks another language");
            let hint = format!(
                "use the same version on both sides: the talk's protocol is {theirs}, ours {VERSION}"
            );
            return Err(Diagnostic::new(told).hint(hint));
        }
        Ok(client)
    }

    /// Connects, and waits for the first message: which talk it is.
    fn greet(path: &Path) -> Result<Self, JoinError> {
        let stream = folder::connect(path).map_err(|error| JoinError::of(path, &error))?;
        let failed = |error: io::Error| JoinError::of(path, &error);
        let user = credentials::user(&stream).map_err(failed)?;
        if let Some(user) = credentials::stranger(user, &[credentials::us(), credentials::ROOT]) {
            return Err(JoinError::Stranger(user));
        }
        stream.set_write_timeout(Some(ASKING)).map_err(failed)?;
        let reader = BufReader::with_capacity(CHUNK, stream.try_clone().map_err(failed)?);
        let requests = RequestWriter { stream };
        let mut messages = MessageReader { reader, line: Vec::new() };
        match messages.next_line(Some(PATIENCE)).map_err(failed)? {
            None => Err(JoinError::Refused),
            Some(line) => match Message::read(&line).map_err(JoinError::Other)? {
                Message::Hello(hello) => Ok(Self { hello, requests, messages }),
                Message::Error(refusal) => Err(JoinError::Other(refusal.into())),
                _ => Err(JoinError::Other(Diagnostic::new("the talk does not say which it is"))),
            },
        }
    }
}

impl RequestWriter {
    /// Sends a request, and does not wait for the answer.
    ///
    /// # Errors
    /// The talk is over, or has read nothing for a second.
    pub fn send(&self, request: &Request) -> io::Result<()> {
        (&self.stream).write_all(request.written().as_bytes())
    }
}

impl Drop for RequestWriter {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

impl MessageReader {
    /// Waits for the next message; none when the talk is over. With `within`, waiting longer than that for its next byte is an
    /// error.
    ///
    /// # Errors
    /// The talk does not answer, or it is none.
    pub fn receive(&mut self, within: Option<Duration>) -> Result<Option<Message>, Diagnostic> {
        loop {
            let line = match self.next_line(within) {
                Ok(Some(line)) => line,
                Err(error) if is_timeout(&error) => return Err(silent()),
                Err(error) if error.kind() == ErrorKind::InvalidData => {
                    return Err(Diagnostic::new(error.to_string()));
                }
                // However a talk ends, it is over.
                Ok(None) | Err(_) => return Ok(None),
            };
            match Message::read(&line) {
                Ok(line) => return Ok(Some(line)),
                Err(_) if is_object(&line) => {}
                Err(diagnostic) => return Err(diagnostic),
            }
        }
    }

    /// Follows the talk: has it send its deck and its state, and all that changes from then on. Returns these two, which it
    /// sends within the time `within`.
    ///
    /// # Errors
    /// The talk is over, does not answer, or refuses.
    pub fn follow(
        &mut self,
        requests: &RequestWriter,
        within: Duration,
    ) -> Result<(Script, TalkState), Diagnostic> {
        let ended = || {
            Diagnostic::new("the talk has ended just now")
                .hint("present it again, or wait for it: `lutrin console --wait`")
        };
        requests.send(&Request::Follow).map_err(|_| ended())?;
        let end = Instant::now() + within;
        let mut script = None;
        loop {
            match self.receive(Some(end.saturating_duration_since(Instant::now())))? {
                Some(Message::Deck(sent)) => script = Some(sent),
                Some(Message::State(state)) => {
                    let Some(script) = script.take() else { continue };
                    return Ok((script, *state));
                }
                Some(Message::Error(refusal)) => return Err(refusal.into()),
                Some(Message::Hello(_) | Message::Told(_)) => {}
                None => return Err(ended()),
            }
        }
    }

    /// Returns the next line, or none after the last. What has come when the time is over, is kept.
    fn next_line(&mut self, within: Option<Duration>) -> io::Result<Option<String>> {
        self.reader.get_ref().set_read_timeout(within.map(|time| time.max(Duration::from_millis(1))))?;
        let room = LONGEST_LINE.saturating_sub(self.line.len());
        (&mut self.reader).take(room as u64).read_until(b'\n', &mut self.line)?;
        let invalid = |what: &str| io::Error::new(ErrorKind::InvalidData, what.to_owned());
        match self.line.last() {
            Some(b'\n') => {
                let line = String::from_utf8(std::mem::take(&mut self.line));
                line.map(Some).map_err(|_| invalid("what the talk says is not UTF-8"))
            }
            Some(_) if self.line.len() >= LONGEST_LINE => Err(invalid("what the talk says has no end")),
            _ => Ok(None),
        }
    }
}

/// A message of a later version, which is not known here, is passed over.
fn is_object(line: &str) -> bool {
    serde_json::from_str::<serde_json::Map<_, _>>(line).is_ok()
}

fn is_socket(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.file_type().is_socket())
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn silent() -> Diagnostic {
    Diagnostic::new("the talk does not answer").hint("it may be suspended: `fg` in its terminal wakes it")
}

impl JoinError {
    fn of(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Absent,
            ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                Self::Refused
            }
            _ if is_timeout(error) => Self::Silent,
            _ => {
                let (name, why) = (folder::shown(path), folder::words(error));
                Self::Other(Diagnostic::new(format!("`{name}` cannot be joined: {why}")))
            }
        }
    }

    fn diagnostic(self, path: &Path) -> Diagnostic {
        let name = folder::shown(path);
        match self {
            Self::Absent => Diagnostic::new(format!("there is no socket `{name}`"))
                .hint("`lutrin remote list` lists the talks"),
            Self::Refused if !is_socket(path) => {
                Diagnostic::new(format!("`{name}` is no socket")).hint("`lutrin remote list` lists the talks")
            }
            Self::Refused => Diagnostic::new(format!("the talk at `{name}` is over"))
                .hint("`lutrin remote list` lists those that run"),
            Self::Silent => silent(),
            Self::Stranger(user) => Diagnostic::new(format!("the talk at `{name}` is that of user {user}"))
                .hint("only your own talks can be joined"),
            Self::Other(diagnostic) => diagnostic,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;
    use std::thread;

    use tempfile::tempdir;

    use super::*;

    const HELLO: &str = "{\"hello\":{\"protocol\":1,\"process\":7}}\n";

    /// Sends something to the first that connects, and is gone.
    fn talk(path: &Path, says: &'static [u8]) -> thread::JoinHandle<()> {
        let listener = UnixListener::bind(path).unwrap();
        thread::spawn(move || listener.accept().unwrap().0.write_all(says).unwrap())
    }

    fn refused(path: &Path) -> String {
        Client::join(path).unwrap_err().message
    }

    #[test]
    fn why_a_talk_cannot_be_joined_is_said() {
        let home = tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        assert!(refused(&at("none")).contains("there is no socket"));
        assert!(refused(home.path()).ends_with("is no socket"));
        drop(UnixListener::bind(at("over")).unwrap());
        assert!(refused(&at("over")).ends_with("is over"));
        let _silent = UnixListener::bind(at("silent")).unwrap();
        assert_eq!(refused(&at("silent")), "the talk does not answer");
        for (name, says, told) in [
            ("ssh", "SSH-2.0-OpenSSH_9.6\r\n", "no talk of Lutrin"),
            ("later", "{\"hello\":{\"protocol\":9,\"lutrin\":\"7.1.0\"}}\n", "Lutrin 7.1.0"),
            ("full", "{\"error\":{\"message\":\"too many\"}}\n", "too many"),
            ("mute", "", "is over"),
        ] {
            let talk = talk(&at(name), says.as_bytes());
            assert!(refused(&at(name)).contains(told), "{name}");
            talk.join().unwrap();
        }
        assert_eq!(
            JoinError::Stranger(1001).diagnostic(Path::new("x")).message,
            "the talk at `x` is that of user 1001"
        );
    }

    #[test]
    fn what_is_not_known_is_passed_over_and_what_is_no_line_is_not() {
        let home = tempdir().unwrap();
        let path = home.path().join("talk");
        let says =
            [HELLO, "{\"mood\":\"good\"}\n", "{\"told\":\"one\"}\n", "GET /\n", "{\"told\":\"to"].concat();
        let talk = talk(&path, says.leak().as_bytes());
        let mut client = Client::join(&path).unwrap();
        talk.join().unwrap();
        assert_eq!(client.hello.process, 7);
        assert_eq!(client.messages.receive(None), Ok(Some(Message::Told("one".to_owned()))));
        assert!(client.messages.receive(None).is_err());
        assert_eq!(client.messages.receive(None), Ok(None));
    }

    #[test]
    fn a_line_that_comes_in_pieces_is_one() {
        let home = tempdir().unwrap();
        let path = home.path().join("talk");
        let listener = UnixListener::bind(&path).unwrap();
        let comes = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(HELLO.as_bytes()).unwrap();
            stream.write_all(b"{\"told\":").unwrap();
            stream
        });
        let mut client = Client::join(&path).unwrap();
        let mut stream = comes.join().unwrap();
        let soon = Some(Duration::from_millis(10));
        assert_eq!(client.messages.receive(soon), Err(silent()));
        stream.write_all(b"\"one\"}\n").unwrap();
        assert_eq!(client.messages.receive(None), Ok(Some(Message::Told("one".to_owned()))));
        drop(client.requests);
        assert_eq!(client.messages.receive(None), Ok(None));
    }
}
