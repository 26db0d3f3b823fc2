//! What the talk learns from its socket.

use crate::protocol::Request;

/// The number of a program that is connected to a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerId(pub(super) u64);

/// What happens at the socket.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerEvent {
    /// A peer has sent a request. Its next one is not read before this one is answered.
    Asked(PeerId, Request),
    /// A follower has come or gone; this is their number now.
    Followers(usize),
    /// Somebody was refused: the reason, for the speaker.
    Refused(String),
}
