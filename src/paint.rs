//! Widgets: from a scene, and from what is around it, to a ratatui Buffer.

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
