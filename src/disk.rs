//! Files: the deck and the pictures it names, changes of them, the records of runs, and what is written.

pub mod assets;
mod atomic_file;
mod deck_source;
#[cfg(feature = "pages")]
pub mod fonts;
mod path;
pub mod records;
mod rewrite;
pub mod watch;

pub use assets::Assets;
pub use atomic_file::{AtomicFile, failed as write_failed, make_folder};
pub use deck_source::DeckSource;
pub use path::{distance, full, shown, similar};
pub use records::{Recorder, Records, StoredRun};
pub use rewrite::rewrite;
pub use watch::{Watch, WatchEvent};
