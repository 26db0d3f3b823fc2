//! What can happen to a running talk. What it means is the keymap's and the presenter's affair.

use crossterm::event::KeyEvent;

use crate::protocol::Line;
use crate::socket::News;
use crate::terminal::Answer;
use crate::terminal::tmux;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has another size.
    Resized,
    /// The terminal answers a question.
    Answer(Answer),
    /// The terminal's window is looked at, or not.
    Focus,
    /// tmux tells where our pane is, where it does.
    Pane(Option<tmux::TmuxPane>),
    /// It is time: for an animation's next frame, for the clock to say something else, or to wait for an answer no longer.
    Alarm,
    /// Something that was being prepared is ready.
    Ready,
    /// The deck or one of its pictures was touched.
    Saved,
    /// It is time to look at what was saved.
    Look,
    /// What the plan is made from has been found out.
    Planned,
    /// Something is wrong with what is written down, or no longer.
    Told(String),
    /// Somebody who is joined to the talk asks for something, or comes, or goes.
    Guest(News),
    /// The talk that this console shows tells something.
    Heard(Box<Line>),
    /// The talk that this console shows is gone.
    Lost,
    /// Changes of the deck may go unseen, and why.
    Blind(String),
    /// Somebody asks the program to stop until it is called back.
    Suspend,
    /// The program runs again after it was stopped.
    Resumed,
    /// Somebody asks the program to end: the signal's number.
    Signal(i32),
    /// No more keys will come.
    Closed,
}
