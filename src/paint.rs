//! From a scene to a ratatui Buffer. Nothing is laid out here, and nothing asks the terminal.

mod backdrop;
pub mod chart;
pub mod clock;
mod look;
pub mod notes;
pub mod overlay;
mod picture;
pub mod scene;
pub mod status;

pub use clock::ClockLine;
pub use notes::NotesView;
pub use overlay::Panel;
pub use picture::{Place, Shown};
pub use scene::SceneView;
pub use status::{QuietClock, Status};
