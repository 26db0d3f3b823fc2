//! The running talk. Its state is a value, `App`; the `runtime` around it is all that touches the world.
//!
//! ```text
//!  key, signal, answer, file, client ──Event──▶ update(App) ──▶ [Command] ──▶ Runtime performs them
//!                                                    │
//!                                              view ─┴──▶ TalkView ──▶ Screen
//! ```
//!
//! Between two events a talk is in one of three modes (`Mode`): presented, rehearsed, or shown on a console. An action
//! reaches the presenter by one way only, `dispatch`; it comes from a key, from a client, or from a
//! deck that goes on by itself (`Origin`). Time and the window's size come with the event: times are
//! those of [`Now`](crate::rehearsal::Now).
//!
//! From the ground up: the parts of a talk, each in a file of its own; `state`, which has them all; what events mean to it,
//! subject by subject (`answers`, `edits`, `clients`, `console`, …); `update`, which chooses among these, and `view`; the
//! `runtime`.

mod advance;
mod answers;
mod clients;
mod closeup;
mod command;
mod connection;
mod console;
mod context;
mod diagnostics;
mod dispatch;
mod editor;
mod edits;
mod event;
mod films;
#[cfg(test)]
mod fixture;
mod follower;
mod frames;
mod help;
mod mode;
mod opening;
mod outcome;
mod overlays;
mod peers;
mod perform;
mod places;
mod plain;
mod plan_search;
mod planning;
mod prints;
mod profile;
mod renewal;
mod resources;
mod runtime;
mod slides;
mod state;
mod status;
mod timer;
mod update;
mod view;
mod viuer;

pub(crate) use connection::Joined;
pub use mode::Mode;
pub use opening::Opening;
pub use runtime::{Headless, Leaving};
pub(crate) use runtime::{follow, run, run_plain};
