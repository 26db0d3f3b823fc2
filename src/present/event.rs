//! What can happen to a running talk. What it means is the keymap's and the presenter's affair.

use crossterm::event::KeyEvent;

use crate::color::Rgb;

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has another size.
    Resized,
    /// The terminal says which colour is behind its letters.
    Background(Rgb),
    /// The terminal has answered all that it will.
    Answered,
    /// Something that was being prepared is ready.
    Ready,
    /// Somebody asks the program to stop until it is called back.
    Suspend,
    /// The program runs again after it was stopped.
    Resumed,
    /// Somebody asks the program to end: the signal's number.
    Signal(i32),
    /// No more keys will come.
    Closed,
}
