//! Talks as their speakers meet them, in this process and in simulated time: what they show, what they obey, how they end.
//! What a terminal or another process must be there for is in `cli.rs`.
#![cfg(unix)]
// Much of this is shared with the tests that start the program.
#![allow(dead_code, unused_imports)]

#[path = "terminal/folder.rs"]
mod folder;
#[path = "terminal/images.rs"]
mod images;
#[path = "inside/keys.rs"]
mod keys;
#[path = "inside/pictures.rs"]
mod pictures;
#[path = "terminal/inside.rs"]
mod pty;
#[path = "terminal/rehearsals.rs"]
mod rehearsals;
#[path = "inside/rehearse.rs"]
mod rehearse;
#[path = "inside/reveal.rs"]
mod reveal;
#[path = "inside/saved_pictures.rs"]
mod saved_pictures;
#[path = "terminal/saves.rs"]
mod saves;
#[path = "terminal/scripted.rs"]
mod scripted;
#[path = "terminal/seen.rs"]
mod seen;
#[path = "inside/sizes.rs"]
mod sizes;
#[path = "inside/talk.rs"]
mod talk;
