//! From a scene to a ratatui Buffer. Nothing is laid out here, and nothing asks the terminal.

mod backdrop;
pub mod big_clock;
pub mod clock;
mod look;
pub mod notes;
pub mod overlay;
pub mod pane;
mod picture;
pub mod scene;
pub mod status;
mod veil;

pub use big_clock::BigClock;
pub use clock::ClockLine;
pub use notes::NotesView;
pub use overlay::Panel;
pub use pane::{Pane, Tone};
pub use picture::{ImageArea, PictureState};
pub use scene::SceneView;
pub use status::{QuietClock, Status};
pub use veil::Veil;
