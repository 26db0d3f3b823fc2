//! Pictures on terminals that keep account of them: what is up, what it cost, what is left. How a picture is decoded
//! is tested elsewhere.

#[path = "pictures/closely.rs"]
mod closely;
#[path = "pictures/keeping.rs"]
mod keeping;
#[path = "pictures/letters.rs"]
mod letters;
#[path = "pictures/waiting.rs"]
mod waiting;

use crate::images::{
    BAIT, BLUE, GREEN, RED, SLIDES, YELLOW, cost, file, files_left, folder, has_up, is_on, leaves, noise,
    sent, start, with_room,
};
