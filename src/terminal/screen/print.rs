//! A canvas as lines of the ordinary screen, from wherever the cursor is.

use ratatui::buffer::Buffer;

use super::cell_state::{self, CellState};
use super::sgr_state::SgrState;
use crate::terminal::capabilities::ColorDepth;

/// Returns the bytes that print a canvas from the first column on, a line for each of its rows.
pub fn print(canvas: &Buffer, depth: ColorDepth) -> Vec<u8> {
    let mut bytes = Vec::new();
    for y in 0..canvas.area.height {
        let row = cell_state::row(cell_state::canvas_row(canvas, y), canvas.area.width, depth, |_| 0);
        let end = row.iter().rposition(|state| *state != CellState::BLANK).map_or(0, |last| last + 1);
        let mut sgr = SgrState::default();
        for state in &row[..end] {
            let (next, symbol) = match state {
                CellState::Shows(cell) => (SgrState::of(cell), cell.symbol()),
                CellState::Covered => continue,
                CellState::Picture(_) => (SgrState::default(), " "),
            };
            next.write_change_from(Some(sgr), &mut bytes);
            bytes.extend_from_slice(symbol.as_bytes());
            sgr = next;
        }
        // A background that is still set would colour the line that scrolls in.
        SgrState::default().write_change_from(Some(sgr), &mut bytes);
        bytes.push(b'\n');
    }
    bytes
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;

    #[test]
    fn rows_are_lines_and_end_without_colours() {
        let mut canvas = Buffer::with_lines(["ab  ", "", "漢x  "]);
        canvas[(2, 2)].set_symbol("\u{7}");
        canvas.set_style(ratatui::layout::Rect::new(1, 0, 1, 1), Style::new().fg(Color::Rgb(255, 0, 0)));
        let printed = |depth| String::from_utf8(print(&canvas, depth)).unwrap();
        assert_eq!(printed(ColorDepth::True), "a\x1b[38;2;255;0;0mb\x1b[m\n\n漢\u{fffd}\n");
        assert_eq!(printed(ColorDepth::Ansi16), "a\x1b[91mb\x1b[m\n\n漢\u{fffd}\n");
        assert_eq!(printed(ColorDepth::None), "ab\n\n漢\u{fffd}\n");
    }
}
