//! What is written of a run while it goes on: one line of JSON for everything that has happened. Where lines are kept is
//! not known here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of these lines.
pub const VERSION: u32 = 1;
/// A line of more bytes than this is none of ours.
const LONGEST_LINE: usize = 16 << 20;
/// No time is longer than this, in seconds: a year. So no sum of times is too much for a [`Duration`](std::time::Duration).
const LONGEST_TIME: f64 = 366.0 * 24.0 * 60.0 * 60.0;

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum RecordLine {
    /// A run begins.
    Run(Header),
    /// A slide, or one of its steps, was shown.
    Lap {
        /// When that ended.
        at: Timestamp,
        /// The slide's key.
        key: String,
        /// Its step, from 0.
        step: u16,
        /// For how long.
        seconds: f64,
        /// Whether the slide had just been come to, from another one.
        new: bool,
        /// The key of the slide that came then, where one did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
    },
    /// The talk rested.
    Pause {
        /// When it went on.
        at: Timestamp,
        /// The key of the slide that was shown.
        key: String,
        /// Why it rested.
        why: Why,
        /// For how long.
        seconds: f64,
    },
    /// All time of a slide so far is taken back.
    Again {
        /// When.
        at: Timestamp,
        /// The slide's key.
        key: String,
    },
    /// The deck was edited: these are its slides now.
    Edited {
        /// When.
        at: Timestamp,
        /// The slides.
        slides: Vec<Listed>,
        /// The old and the new keys of the slides that were rewritten.
        #[serde(default)]
        renamed: Vec<(String, String)>,
        /// The plan of them all in seconds.
        planned_seconds: Option<f64>,
    },
    /// The run goes on after it had ended.
    Resumed {
        /// When.
        at: Timestamp,
    },
    /// The run has ended; without this line it was killed.
    End {
        /// When.
        at: Timestamp,
    },
    /// The speaker wants to keep nothing of the run.
    Discarded,
}

impl RecordLine {
    /// Returns the line that a text holds; nothing where it is damaged or says what cannot be.
    pub fn read(text: &str) -> Option<Self> {
        let line: Self = (text.len() <= LONGEST_LINE).then(|| serde_json::from_str(text).ok())??;
        match &line {
            Self::Lap { seconds, .. } | Self::Pause { seconds, .. } => is_time(*seconds).then_some(line),
            _ => Some(line),
        }
    }

    /// Returns the line as it is written, with its line end.
    pub fn written(&self) -> String {
        // A line holds nothing that JSON cannot say.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

/// Returns whether a text is the first line of a run, even one of which no more than that can be read.
pub fn begins_run(text: &str) -> bool {
    #[derive(Deserialize)]
    struct RecordKind {
        line: String,
    }
    // Most lines are laps: they need not be read for this.
    text.contains("\"run\"") && serde_json::from_str(text).is_ok_and(|kind: RecordKind| kind.line == "run")
}

/// Returns whether that many seconds are a time that may be added to others.
pub(super) fn is_time(seconds: f64) -> bool {
    (0.0..=LONGEST_TIME).contains(&seconds)
}

/// Why a talk rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The speaker wants it.
    Pause,
    /// A question from the audience.
    Question,
    /// The computer slept.
    Sleep,
}

/// The first line of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`VERSION`] when it was written.
    pub version: u32,
    /// The deck's path, absolute; empty for the lecture that ships.
    pub deck: String,
    /// The talk's title.
    pub title: String,
    /// When the clock was started.
    pub started: Timestamp,
    /// The plan of all slides in seconds.
    pub planned_seconds: Option<f64>,
    /// How far from the plan is still on time, in seconds.
    pub tolerance_seconds: f64,
    /// The slides, in the order of the talk.
    pub slides: Vec<Listed>,
}

/// A slide of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// See [`Entry::key`](super::Entry::key).
    pub key: String,
    /// See [`Entry::number`](super::Entry::number).
    pub number: usize,
    /// Its column and row, as `7.2`, where the deck has two dimensions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Its title; empty where it has none.
    pub title: String,
    /// Whether it belongs to what is planned.
    pub counts: bool,
    /// The section that it is in, from 0.
    pub section: usize,
    /// Its plan in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_seconds: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let at = "2026-03-01T18:30:00.25Z".parse().expect("a time");
        let listed = Listed { key: "a".into(), number: 1, counts: true, ..Listed::default() };
        let header = Header {
            version: VERSION,
            deck: "talk.md".into(),
            title: "Eté \n \"quoted\"".into(),
            started: at,
            planned_seconds: Some(90.5),
            tolerance_seconds: 60.0,
            slides: vec![listed.clone(), Listed { position: Some("1.2".into()), ..listed.clone() }],
        };
        let (key, slides) = ("a".to_owned(), vec![listed]);
        for line in [
            RecordLine::Run(header),
            RecordLine::Lap {
                at,
                key: key.clone(),
                step: 2,
                seconds: 30.25,
                new: true,
                next: Some("b".into()),
            },
            RecordLine::Pause { at, key: key.clone(), why: Why::Question, seconds: 5.0 },
            RecordLine::Again { at, key: key.clone() },
            RecordLine::Edited {
                at,
                slides,
                renamed: vec![(key.clone(), "b".into())],
                planned_seconds: None,
            },
            RecordLine::Resumed { at },
            RecordLine::End { at },
            RecordLine::Discarded,
        ] {
            let written = line.written();
            assert_eq!(written.find('\n'), Some(written.len() - 1), "one line: {written}");
            assert_eq!(begins_run(&written), matches!(line, RecordLine::Run(_)));
            assert_eq!(RecordLine::read(&written), Some(line));
        }
    }

    #[test]
    fn what_cannot_be_is_not_read() {
        let lap = |seconds: &str| {
            let at = "2026-03-01T18:30:00Z";
            RecordLine::read(&format!(
                r#"{{"line":"lap","at":"{at}","key":"a","step":0,"seconds":{seconds},"new":true,"mood":[1]}}"#
            ))
        };
        assert!(lap("0").is_some() && lap("2.5").is_some(), "what is not known is passed over");
        for seconds in ["-1", "-0.001", "1e300", "1e999", "null", "\"1\""] {
            assert_eq!(lap(seconds), None, "{seconds}");
        }
        assert_eq!(
            RecordLine::read(&format!("{}{}", RecordLine::Discarded.written(), " ".repeat(LONGEST_LINE))),
            None
        );
        assert!(begins_run(r#"{"line":"run","version":9}"#) && !begins_run(r#"{"line":"walk","run":"run"}"#));
    }
}
