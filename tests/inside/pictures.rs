//! Pictures on terminals that keep account of them: what is up, what it cost, what is left. How a picture is decoded is
//! tested elsewhere.

#[path = "pictures/behind.rs"]
mod behind;
#[path = "pictures/broken.rs"]
mod broken;
#[path = "pictures/keeping.rs"]
mod keeping;
#[path = "pictures/passing.rs"]
mod passing;

use crate::images::{
    BLUE, GREEN, RED, SLIDES, YELLOW, cost, file, files_left, folder, has_up, is_on, leaves, noise, plain,
    png, sent, start, with_room,
};
