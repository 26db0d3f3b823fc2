//! A sequence of few bytes that is measured before it is written: kept on the stack, for a frame has hundreds.

/// The longest one, `ESC [ 65535 ; 65535 H`, has two bytes less.
const MOST: usize = 16;

/// Bytes that move the cursor, or erase.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OutputSequence {
    bytes: [u8; MOST],
    length: usize,
}

impl OutputSequence {
    /// Returns the sequence with more bytes at its end; those that find no room are dropped.
    #[must_use]
    pub(super) fn and(mut self, bytes: &[u8]) -> Self {
        for &byte in bytes {
            if let Some(end) = self.bytes.get_mut(self.length) {
                *end = byte;
                self.length += 1;
            }
        }
        self
    }

    /// Returns the sequence with a number at its end.
    #[must_use]
    pub(super) fn number(self, number: u16) -> Self {
        let mut digits = [0; 5];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10).to_le_bytes()[0];
            rest /= 10;
        }
        let first = digits.iter().position(|&digit| digit > b'0').unwrap_or(digits.len() - 1);
        self.and(&digits[first..])
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_sequence_finds_room() {
        let longest =
            OutputSequence::default().and(b"\x1b[").number(u16::MAX).and(b";").number(u16::MAX).and(b"H");
        assert_eq!(longest.as_bytes(), b"\x1b[65535;65535H");
    }

    #[test]
    fn numbers_have_no_zeros_in_front() {
        for number in [0, 7, 10, 100, 65000] {
            assert_eq!(OutputSequence::default().number(number).as_bytes(), number.to_string().as_bytes());
        }
    }
}
