//! What a clock is doing.

use serde::{Deserialize, Serialize};

/// What a clock is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockPhase {
    /// It waits for the talk to begin.
    #[default]
    Armed,
    /// It counts for the slide that is shown.
    Running,
    /// It rests, because the speaker wants it.
    Paused,
    /// It rests, because there is a question.
    Question,
    /// The talk has come to its end, from which it may still go on.
    Ended,
}
