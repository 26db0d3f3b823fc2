//! From a scene to a ratatui Buffer. Nothing is laid out here, and nothing asks the terminal.

mod backdrop;
pub mod clock;
pub mod dial;
mod look;
pub mod notes;
pub mod overlay;
pub mod pane;
mod picture;
pub mod scene;
pub mod status;
mod veil;

pub use clock::ClockLine;
pub use dial::Dial;
pub use notes::NotesView;
pub use overlay::Panel;
pub use pane::{Pane, Tone};
pub use picture::{Place, Shown};
pub use scene::SceneView;
pub use status::{QuietClock, Status};
pub use veil::Veil;
