//! Consoles and programs that are joined to a talk, as a speaker meets them: what all screens show, what each keeps to itself,
//! and what becomes of them when something goes wrong. What is in a pane is tested elsewhere.

#[path = "console/audience.rs"]
mod audience;
#[path = "console/choosing.rs"]
mod choosing;
#[path = "console/clock.rs"]
mod clock;
#[path = "console/garbage.rs"]
mod garbage;
#[path = "console/hunt.rs"]
mod hunt;
#[path = "console/keys.rs"]
mod keys;
#[path = "console/own.rs"]
mod own;
#[path = "console/remote.rs"]
mod remote;
#[path = "console/sizes.rs"]
mod sizes;
#[path = "console/strangers.rs"]
mod strangers;
#[path = "console/survival.rs"]
mod survival;

use crate::consoles::{
    Guest, LIMIT, SECRET, agree, console, door, folder, lutrin, panes, rehearsal, sockets, stands, state,
    talk, title, waits,
};
use crate::pty::Folder;
