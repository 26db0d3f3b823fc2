//! Memory for a picture's pixels that goes back to the system when it is no longer needed.

use std::ops::{Deref, DerefMut};

use memmap2::MmapMut;

/// From this many bytes on, memory is mapped: an allocator may keep what is freed.
const LARGE: usize = 256 << 10;

/// Bytes, all zero at first.
pub(super) struct PixelBuffer {
    memory: PixelMemory,
    length: usize,
}

enum PixelMemory {
    Small(Vec<u8>),
    Large(MmapMut),
}

impl PixelBuffer {
    /// Returns `length` bytes.
    pub(super) fn new(length: usize) -> Self {
        let large = if length < LARGE { None } else { MmapMut::map_anon(length).ok() };
        let memory = large.map_or_else(|| PixelMemory::Small(vec![0; length]), PixelMemory::Large);
        Self { memory, length }
    }

    /// Drops all bytes after the first `length`.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }
}

impl From<Vec<u8>> for PixelBuffer {
    fn from(bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        Self { memory: PixelMemory::Small(bytes), length }
    }
}

impl Deref for PixelBuffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.memory {
            PixelMemory::Small(bytes) => &bytes[..self.length],
            PixelMemory::Large(bytes) => &bytes[..self.length],
        }
    }
}

impl DerefMut for PixelBuffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        match &mut self.memory {
            PixelMemory::Small(bytes) => &mut bytes[..self.length],
            PixelMemory::Large(bytes) => &mut bytes[..self.length],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_ones_are_the_same_to_use() {
        for length in [0, 1, LARGE - 1, LARGE, LARGE + 1] {
            let mut buffer = PixelBuffer::new(length);
            assert!(buffer.len() == length && buffer.iter().all(|byte| *byte == 0));
            buffer.fill(7);
            buffer.truncate(length / 2);
            buffer.truncate(length);
            assert!(buffer.len() == length / 2 && buffer.iter().all(|byte| *byte == 7));
        }
        assert_eq!(*PixelBuffer::from(vec![1, 2]), [1, 2]);
    }
}
