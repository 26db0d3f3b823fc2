//! The side of whoever joins a talk: which talks run, how one is joined, asked and heard. What is heard is not acted upon here.

use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::folder::{self, PATIENCE};
use super::peer;
use crate::protocol::{Hello, Line, Request, Script, State, VERSION};
use crate::source::Diagnostic;

/// A talk that reads nothing for so long is not asked.
const ASKING: Duration = Duration::from_secs(1);
/// A talk says no longer line: the largest deck, each of whose letters may take two in JSON.
const LONGEST_LINE: usize = 512 << 20;
/// So much is read at once.
const CHUNK: usize = 64 << 10;

/// A talk that runs, and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Its socket.
    pub path: PathBuf,
    /// What it says of itself.
    pub hello: Hello,
}

/// Returns the talks that run, the newest last, and the sockets of those that do not answer. What others have left is removed.
pub fn talks() -> (Vec<Talk>, Vec<PathBuf>) {
    // Where sockets have no place, no talk has one.
    folder::folder().map(|folder| talks_in(&folder)).unwrap_or_default()
}

pub(super) fn talks_in(folder: &Path) -> (Vec<Talk>, Vec<PathBuf>) {
    let (mut talks, mut silent) = (Vec::new(), Vec::new());
    if !folder::is_ours(folder) {
        return (talks, silent);
    }
    for path in folder::sockets(folder) {
        match Guest::greet(&path) {
            Ok(guest) => talks.push(Talk { path, hello: guest.hello }),
            Err(Trouble::Refused) => folder::remove_stale(&path),
            Err(Trouble::Absent | Trouble::Stranger(_)) => {}
            Err(Trouble::Silent | Trouble::Told(_)) => silent.push(path),
        }
    }
    (talks, silent)
}

/// Somebody who has joined a talk: what it is, and a half for each direction.
#[derive(Debug)]
pub struct Guest {
    /// What the talk says of itself.
    pub hello: Hello,
    /// Asks it.
    pub asker: Asker,
    /// Hears it.
    pub hearer: Hearer,
}

/// The half that asks. Dropping it ends the other one too.
#[derive(Debug)]
pub struct Asker {
    stream: UnixStream,
}

/// The half that hears.
#[derive(Debug)]
pub struct Hearer {
    reader: BufReader<UnixStream>,
    /// What has come of a line so far.
    line: Vec<u8>,
}

/// Why a talk cannot be joined.
enum Trouble {
    /// There is no such socket.
    Absent,
    /// Nobody listens to it.
    Refused,
    /// Somebody may, but says nothing.
    Silent,
    /// It is another user's.
    Stranger(u32),
    /// Something else.
    Told(Diagnostic),
}

impl Guest {
    /// Joins the talk whose socket is at `path`.
    ///
    /// # Errors
    /// There is none, it is over, it is another user's, it does not answer or in another language.
    pub fn join(path: &Path) -> Result<Self, Diagnostic> {
        let guest = Self::greet(path).map_err(|trouble| trouble.told(path))?;
        let (theirs, version) = (guest.hello.protocol, &guest.hello.lutrin);
        if theirs != VERSION {
            let told = format!("the talk is held with Lutrin {version}, which speaks another language");
            let hint = format!(
                "use the same version on both sides: the talk's protocol is {theirs}, ours {VERSION}"
            );
            return Err(Diagnostic::new(told).hint(hint));
        }
        Ok(guest)
    }

    /// Connects, and hears which talk it is.
    fn greet(path: &Path) -> Result<Self, Trouble> {
        let stream = folder::connect(path).map_err(|error| Trouble::of(path, &error))?;
        let failed = |error: io::Error| Trouble::of(path, &error);
        let user = peer::user(&stream).map_err(failed)?;
        if let Some(user) = peer::stranger(user, &[peer::us(), peer::ROOT]) {
            return Err(Trouble::Stranger(user));
        }
        stream.set_write_timeout(Some(ASKING)).map_err(failed)?;
        let reader = BufReader::with_capacity(CHUNK, stream.try_clone().map_err(failed)?);
        let (asker, mut hearer) = (Asker { stream }, Hearer { reader, line: Vec::new() });
        match hearer.next_line(Some(PATIENCE)).map_err(failed)? {
            None => Err(Trouble::Refused),
            Some(line) => match Line::read(&line).map_err(Trouble::Told)? {
                Line::Hello(hello) => Ok(Self { hello, asker, hearer }),
                Line::Error(refusal) => Err(Trouble::Told(refusal.into())),
                _ => Err(Trouble::Told(Diagnostic::new("the talk does not say which it is"))),
            },
        }
    }
}

impl Asker {
    /// Asks, and does not wait for the answer.
    ///
    /// # Errors
    /// The talk is over, or has read nothing for a second.
    pub fn ask(&self, request: &Request) -> io::Result<()> {
        (&self.stream).write_all(request.written().as_bytes())
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

impl Hearer {
    /// Waits for the next line; none when the talk is over. Where nothing at all comes for the time `within`, that is an
    /// error; without it, there is no haste.
    ///
    /// # Errors
    /// The talk does not answer, or it is none.
    pub fn hear(&mut self, within: Option<Duration>) -> Result<Option<Line>, Diagnostic> {
        loop {
            let line = match self.next_line(within) {
                Ok(Some(line)) => line,
                Err(error) if is_haste(&error) => return Err(silent()),
                Err(error) if error.kind() == ErrorKind::InvalidData => {
                    return Err(Diagnostic::new(error.to_string()));
                }
                // However a talk ends, it is over.
                Ok(None) | Err(_) => return Ok(None),
            };
            match Line::read(&line) {
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
    pub fn follow(&mut self, asker: &Asker, within: Duration) -> Result<(Script, State), Diagnostic> {
        let ended = || {
            Diagnostic::new("the talk has ended just now")
                .hint("present it again, or wait for it: `lutrin console --wait`")
        };
        asker.ask(&Request::Follow).map_err(|_| ended())?;
        let end = Instant::now() + within;
        let mut script = None;
        loop {
            match self.hear(Some(end.saturating_duration_since(Instant::now())))? {
                Some(Line::Deck(sent)) => script = Some(sent),
                Some(Line::State(state)) => {
                    let Some(script) = script.take() else { continue };
                    return Ok((script, *state));
                }
                Some(Line::Error(refusal)) => return Err(refusal.into()),
                Some(Line::Hello(_) | Line::Told(_)) => {}
                None => return Err(ended()),
            }
        }
    }

    /// Returns the next line, or none after the last. What has come when the time is over, is kept.
    fn next_line(&mut self, within: Option<Duration>) -> io::Result<Option<String>> {
        self.reader.get_ref().set_read_timeout(within.map(|time| time.max(Duration::from_millis(1))))?;
        let room = LONGEST_LINE.saturating_sub(self.line.len());
        (&mut self.reader).take(room as u64).read_until(b'\n', &mut self.line)?;
        let invalid = |told: &str| io::Error::new(ErrorKind::InvalidData, told.to_owned());
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

/// A line of a later version, which says what is not known here, is none to stumble over.
fn is_object(line: &str) -> bool {
    serde_json::from_str::<serde_json::Map<_, _>>(line).is_ok()
}

fn is_socket(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.file_type().is_socket())
}

fn is_haste(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn silent() -> Diagnostic {
    Diagnostic::new("the talk does not answer").hint("it may be suspended: `fg` in its terminal wakes it")
}

impl Trouble {
    fn of(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Absent,
            ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                Self::Refused
            }
            _ if is_haste(error) => Self::Silent,
            _ => {
                let (name, why) = (folder::shown(path), folder::words(error));
                Self::Told(Diagnostic::new(format!("`{name}` cannot be joined: {why}")))
            }
        }
    }

    fn told(self, path: &Path) -> Diagnostic {
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
            Self::Told(diagnostic) => diagnostic,
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

    /// Says something to the first who comes to the socket, and is gone.
    fn talk(path: &Path, says: &'static [u8]) -> thread::JoinHandle<()> {
        let listener = UnixListener::bind(path).unwrap();
        thread::spawn(move || listener.accept().unwrap().0.write_all(says).unwrap())
    }

    fn refused(path: &Path) -> String {
        Guest::join(path).unwrap_err().message
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
            Trouble::Stranger(1001).told(Path::new("x")).message,
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
        let mut guest = Guest::join(&path).unwrap();
        talk.join().unwrap();
        assert_eq!(guest.hello.process, 7);
        assert_eq!(guest.hearer.hear(None), Ok(Some(Line::Told("one".to_owned()))));
        assert!(guest.hearer.hear(None).is_err());
        assert_eq!(guest.hearer.hear(None), Ok(None));
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
        let mut guest = Guest::join(&path).unwrap();
        let mut stream = comes.join().unwrap();
        let soon = Some(Duration::from_millis(10));
        assert_eq!(guest.hearer.hear(soon), Err(silent()));
        stream.write_all(b"\"one\"}\n").unwrap();
        assert_eq!(guest.hearer.hear(None), Ok(Some(Line::Told("one".to_owned()))));
        drop(guest.asker);
        assert_eq!(guest.hearer.hear(None), Ok(None));
    }
}
