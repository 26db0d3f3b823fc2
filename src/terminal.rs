//! The terminal: its modes taken and given back, signals, keys and answers read, cells and pictures written.

pub mod capabilities;
mod child_process;
pub mod files;
pub mod graphics;
pub mod guard;
pub mod input;
pub mod probe;
pub mod screen;
pub mod signals;
pub mod tmux;
pub mod tty;
pub mod viewer;

pub use capabilities::{Capabilities, ColorDepth, Window};
pub use guard::Guard;
pub use input::{Answer, Input, InputReader};
pub use probe::{Graphics, Multiplexer, TerminalProbe};
pub use screen::{Screen, ScreenFrame, print};
pub use signals::{Signal, Signals};
pub use tty::Output;
pub use viewer::Viewer;
