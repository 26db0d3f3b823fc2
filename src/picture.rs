//! What a picture shows: its size, its letters of light, within limits. Files are read elsewhere.

pub mod decode;

pub use decode::{Bitmap, decode, size, whole};

/// The size of a picture in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}
