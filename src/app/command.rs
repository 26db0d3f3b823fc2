//! What the runtime has to do for a talk: all that touches the terminal, files, sockets, threads and other programs.

use std::path::PathBuf;
use std::sync::Arc;

use super::plan_search::PlanSearch;
use crate::disk::StoredRun;
use crate::protocol::{Hello, Message, Request};
use crate::rehearsal::{Header, record};
use crate::socket::PeerId;
use crate::terminal::graphics::{EncodedImage, Protocol};
use crate::terminal::tmux::TmuxPane;

/// What ended a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The speaker has left.
    Left,
    /// A signal, by its number.
    Signal(i32),
}

/// What a deck is read again for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It was saved: the talk goes where it has changed.
    Follow,
    /// The speaker asks for it: the slide that is shown stays.
    Reload,
}

/// Something to do.
pub(super) enum Command {
    /// Show the talk as it looks now.
    Draw,
    /// Write every cell again.
    Repaint,
    /// Take the terminal again, which was given back from outside.
    Retake,
    /// Send these bytes to the terminal after the next frame's cells.
    Write(Vec<u8>),
    /// Show pictures in this way from the next frame on, through tmux or not.
    ShowPictures {
        /// The terminal's way.
        protocol: Protocol,
        /// Whether tmux is in between.
        in_tmux: bool,
    },
    /// Send these pictures while nothing else is to be done.
    SendAhead(Vec<Arc<EncodedImage>>),
    /// Ask tmux where our pane is.
    FindPane,
    /// Show pictures where our pane is now.
    MovePane(TmuxPane),
    /// Give the terminal back until the speaker returns.
    Suspend,
    /// Lend the terminal to the author's editor, at this line of the deck, from 1.
    Edit(usize),
    /// End the talk.
    Quit(End),
    /// Watch the deck's file.
    WatchDeck(PathBuf),
    /// Watch these files too.
    Watch(Vec<PathBuf>),
    /// Watch no file but the deck's.
    WatchDeckOnly,
    /// Count how often files have been touched.
    CountTouches,
    /// Return the files that were touched.
    TakeTouched,
    /// Read the deck's file.
    ReadDeck(Purpose),
    /// Find out what a plan is made from, on a thread.
    Search(Box<PlanSearch>),
    /// Write down a run that begins.
    BeginRun(Header),
    /// Go on writing down a run.
    ContinueRun(Box<StoredRun>),
    /// Write down a line of the run.
    Record(record::RecordLine),
    /// Let clients join.
    Listen(Hello),
    /// Send a client all that changes from now on.
    AddFollower(PeerId),
    /// Send a line to a client.
    Send(PeerId, Message),
    /// Answer a client, which may then ask again.
    Answer(PeerId, Message),
    /// Send a line to all that follow the talk.
    Broadcast(Message),
    /// Ask something of the talk that this console shows.
    Request(Request),
}
