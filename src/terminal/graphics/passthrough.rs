//! The way through tmux: sequences that it hands on to the terminal outside as they are.

use ratatui::layout::Position;

/// tmux drops a sequence of more than 1 MiB; this leaves some room for what it counts beside ours.
pub const LONGEST: usize = 1_000_000;

/// Where our pane is in the terminal outside, in cells from its upper left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaneOrigin {
    /// Rows above the pane.
    pub top: u16,
    /// Columns to its left.
    pub left: u16,
}

/// Appends a sequence that tmux hands on.
pub fn wrap(sequence: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1bPtmux;");
    for &byte in sequence {
        if byte == b'\x1b' {
            out.push(byte);
        }
        out.push(byte);
    }
    out.extend_from_slice(b"\x1b\\");
}

/// Appends a sequence that draws nothing, or that names its own place.
pub(super) fn write(pane: Option<PaneOrigin>, sequence: &[u8], out: &mut Vec<u8>) {
    match pane {
        None => out.extend_from_slice(sequence),
        Some(_) => wrap(sequence, out),
    }
}

/// Appends a sequence that draws at a cell. tmux must find the cursor of the terminal outside where it left it;
/// outside of tmux the next frame moves the cursor anyway.
pub(super) fn write_at(pane: Option<PaneOrigin>, cell: Position, sequence: &[u8], out: &mut Vec<u8>) {
    match pane {
        None => {
            out.extend_from_slice(&cursor_to(cell.x.into(), cell.y.into()));
            out.extend_from_slice(sequence);
        }
        Some(PaneOrigin { top, left }) => {
            let to = cursor_to(u32::from(left) + u32::from(cell.x), u32::from(top) + u32::from(cell.y));
            wrap(&[b"\x1b7", &to[..], sequence, b"\x1b8"].concat(), out);
        }
    }
}

fn cursor_to(column: u32, row: u32) -> Vec<u8> {
    format!("\x1b[{};{}H", row + 1, column + 1).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_is_doubled_inside() {
        let mut out = Vec::new();
        wrap(b"\x1b_Ga=d\x1b\\", &mut out);
        assert_eq!(out, b"\x1bPtmux;\x1b\x1b_Ga=d\x1b\x1b\\\x1b\\");
    }

    #[test]
    fn cells_count_from_the_pane() {
        let (mut bare, mut wrapped) = (Vec::new(), Vec::new());
        let cell = Position::new(4, 9);
        write_at(None, cell, b"x", &mut bare);
        assert_eq!(bare, b"\x1b[10;5Hx");
        write_at(Some(PaneOrigin { top: 20, left: 100 }), cell, b"x", &mut wrapped);
        assert_eq!(wrapped, b"\x1bPtmux;\x1b\x1b7\x1b\x1b[30;105Hx\x1b\x1b8\x1b\\");
    }
}
