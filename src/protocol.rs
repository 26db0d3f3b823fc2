//! The protocol between a running talk and its clients: a line of JSON for each request and each message. For those who
//! write a client, `docs/protocol.md` describes it.

mod request;
mod state;

use serde::{Deserialize, Serialize};

use crate::source::Diagnostic;
pub use request::{Request, RequestError, SHARED, is_address};
pub use state::{StageSize, TalkPosition, TalkState};

/// The version of the protocol. It grows when a line no longer means what it did; new fields and new lines do not count,
/// for older versions pass them over.
pub const VERSION: u32 = 1;

/// The most bytes of a request.
pub const LONGEST_REQUEST: usize = 4096;

/// A message of a talk to its clients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Message {
    /// The first line of all: which talk it is.
    Hello(Hello),
    /// The deck, as it is written now.
    Deck(Script),
    /// The slide, and what the clock says. The answer to every request that is understood.
    State(Box<TalkState>),
    /// Something that the speaker should know and the audience need not.
    Told(String),
    /// A request that cannot be met, and why.
    Error(Refusal),
}

impl Message {
    /// Returns the line that is sent, with its end.
    pub fn written(&self) -> String {
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }

    /// Reads a line.
    ///
    /// # Errors
    /// It is no message of any known version of the protocol.
    pub fn read(line: &str) -> Result<Self, Diagnostic> {
        serde_json::from_str(line).map_err(|_| {
            Diagnostic::new("what is at the other end of the socket is no talk of Lutrin")
                .hint("a talk's socket is listed by `lutrin remote list`")
        })
    }
}

/// Which talk it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hello {
    /// The version of the protocol.
    pub protocol: u32,
    /// The version of Lutrin.
    pub lutrin: String,
    /// The number of its process.
    pub process: u32,
    /// The deck's path, absolute; `-` where it came from standard input, empty for the lecture that ships.
    pub deck: String,
    /// The talk's title.
    pub title: String,
    /// Whether it is rehearsed.
    pub rehearses: bool,
}

/// A deck as it is written, and all that it takes to read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Script {
    /// Its path, as [`Hello::deck`] has it.
    pub path: String,
    /// An additional folder to search for its pictures.
    pub root: Option<String>,
    /// The slide separator of the command line.
    pub separator: Option<String>,
    /// The vertical separator of the command line.
    pub vertical_separator: Option<String>,
    /// The notes separator of the command line.
    pub notes_separator: Option<String>,
    /// The text.
    pub text: String,
}

/// Why a request cannot be met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl From<Diagnostic> for Refusal {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { message: diagnostic.message, hint: diagnostic.hint }
    }
}

impl From<Refusal> for Diagnostic {
    fn from(refusal: Refusal) -> Self {
        let diagnostic = Self::new(refusal.message);
        match refusal.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_written_as_it_is_read() {
        let hello = Hello { protocol: VERSION, deck: "/talks/a \"b\"\n.md".to_owned(), ..Hello::default() };
        for line in [
            Message::Hello(hello),
            Message::Deck(Script { text: "# One\n\n---\n".to_owned(), ..Script::default() }),
            Message::State(Box::default()),
            Message::Told("the last good deck is shown".to_owned()),
            Message::Error(Diagnostic::new("no").hint("yes").into()),
        ] {
            let written = line.written();
            assert_eq!(written.matches('\n').count(), 1, "{written}");
            assert_eq!(Message::read(&written).ok(), Some(line));
        }
    }

    #[test]
    fn what_a_later_version_says_besides_is_passed_over() {
        let read = Message::read(r#"{"hello":{"protocol":2,"process":7,"mood":"good"}}"#);
        let Ok(Message::Hello(hello)) = read else { panic!("{read:?}") };
        assert_eq!((hello.protocol, hello.process), (2, 7));
    }

    #[test]
    fn what_no_talk_says_is_refused() {
        for wrong in ["", "hello", "{}", "[1]", r#"{"state":7}"#, r#"{"hello":{}} x"#, "SSH-2.0-OpenSSH"] {
            assert!(Message::read(wrong).is_err(), "{wrong}");
        }
    }
}
