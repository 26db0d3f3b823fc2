//! The terminal: modes taken and given back, signals, keys and answers in, cells out; it knows no slides.

pub mod files;
pub mod graphics;
pub mod guard;
pub mod guest;
pub mod input;
pub mod probe;
pub mod screen;
pub mod signals;
pub mod survey;
pub mod tmux;
pub mod tty;
pub mod viewer;

pub use guard::Guard;
pub use input::{Answer, Input, Reader};
pub use probe::{Capabilities, ColorDepth, Window};
pub use screen::{Frame, Screen, print};
pub use signals::{Signal, Signals};
pub use survey::{Graphics, Multiplexer, Survey};
pub use tty::Output;
pub use viewer::Viewer;
