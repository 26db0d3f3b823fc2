//! What the commands and the running talk share: how the program fails, how a deck is read, what is printed, and how
//! the terminal is asked on its ordinary screen.

mod deck;
mod failure;
mod files;
mod output;
pub(crate) mod query;
mod suggest;

pub(crate) use deck::{bytes, decoded, open, read, separators};
pub use failure::Failure;
pub(crate) use files::DeckResources;
pub(crate) use output::print;
