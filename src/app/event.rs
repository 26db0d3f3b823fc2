//! What can happen to a running talk. What a key means, the keymap decides.

use std::collections::HashSet;
use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::command::Purpose;
use super::plan_search::Prepared;
use crate::protocol::Message;
use crate::socket::ServerEvent;
use crate::source::{Diagnostic, Source};
use crate::terminal::tmux::TmuxPane;
use crate::terminal::{Answer, Window};

/// Something that happened. What it takes of the world comes with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has another size.
    Resized(Window),
    /// The terminal is ours again after another program had it, or shall be written anew.
    Returned(Window),
    /// The editor has ended: our terminal as it is now, and what went wrong.
    Edited(Window, Option<String>),
    /// The terminal answers a question.
    Answer(Answer),
    /// The terminal's window is looked at, or not.
    Focus,
    /// Where our pane is in tmux, where tmux says so.
    Pane(Option<TmuxPane>),
    /// It is time: [`App::deadline`](super::state::App::deadline) has come.
    Alarm,
    /// A picture or the colours of some code are ready.
    Ready,
    /// The deck or one of its pictures was touched.
    Saved,
    /// How often files have been touched by now.
    Touches(u64),
    /// The files that were touched.
    Touched(HashSet<PathBuf>),
    /// The deck's file was read again, and what for.
    DeckRead(Purpose, Result<Source, Diagnostic>),
    /// What the plan is made from has been found out: by the request's number; none where that failed.
    Planned(u64, Option<Box<Prepared>>),
    /// A message for the speaker.
    Message(String),
    /// A client of the talk asks for something, or comes, or goes.
    Client(ServerEvent),
    /// No client can join, and why.
    NoClients(String),
    /// The talk that this console shows says something.
    Told(Box<Message>),
    /// The talk that this console shows is gone.
    Lost,
    /// A request did not reach the talk that this console shows.
    Unheard,
    /// Changes of the deck may go unseen, and why.
    Blind(String),
    /// The program is asked to stop until it is called back.
    Suspend,
    /// The program runs again after it was stopped from outside.
    Resumed,
    /// Slides were laid out for what is to be said of them.
    Surveyed,
    /// The program is asked to end: the signal's number.
    Signal(i32),
    /// No more keys will come.
    Closed,
}
