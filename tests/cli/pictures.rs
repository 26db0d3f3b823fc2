//! Pictures on terminals that keep account of them: what is up, what it cost, what is left. How a picture is decoded
//! is tested elsewhere.

#[path = "pictures/keeping.rs"]
mod keeping;
#[path = "pictures/letters.rs"]
mod letters;
#[path = "pictures/waiting.rs"]
mod waiting;

use crate::images::{
    BAIT, BLUE, GREEN, RED, YELLOW, cost, file, files_left, folder, is_on, leaves, noise, sent, start,
    with_room,
};
