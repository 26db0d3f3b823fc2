//! Letters that are drawings of their cell: blocks, quadrants, shades and lines, as rectangles. Other letters have none.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "lengths on a page are small, and rounded on purpose"
)]

use crate::export::page::{CELL, PixelRect};

/// How thick light and heavy lines are, in pixels.
const LIGHT: f32 = 2.0;
const HEAVY: f32 = 5.0;

/// A rectangle from the cell's corner, in pixels, and how much of the letter's colour it has, from 0 to 1.
pub(super) type ShadedRect = (PixelRect, f32);

/// Returns the rectangles of such a letter.
pub(super) fn of(symbol: &str) -> Option<Vec<ShadedRect>> {
    let mut letters = symbol.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    if let Some((frames, amount)) = block(letter) {
        return Some(frames.into_iter().map(|frame| (frame, amount)).collect());
    }
    lines(letter).map(|arms| arms_of(arms).into_iter().map(|frame| (frame, 1.0)).collect())
}

/// Returns a rectangle in eighths of the cell: its left, top, right and lower edge.
fn eighths(left: u8, top: u8, right: u8, bottom: u8) -> PixelRect {
    let (across, down) = (CELL.width / 8.0, CELL.height / 8.0);
    PixelRect {
        x: f32::from(left) * across,
        y: f32::from(top) * down,
        width: f32::from(right - left) * across,
        height: f32::from(bottom - top) * down,
    }
}

fn block(letter: char) -> Option<(Vec<PixelRect>, f32)> {
    let code = u32::from(letter);
    let part = |left, top, right, bottom| (vec![eighths(left, top, right, bottom)], 1.0);
    Some(match code {
        0x2580 => part(0, 0, 8, 4),
        0x2581..=0x2588 => part(0, 8 - (code - 0x2580) as u8, 8, 8),
        0x2589..=0x258f => part(0, 0, (0x2590 - code) as u8, 8),
        0x2590 => part(4, 0, 8, 8),
        0x2591..=0x2593 => (vec![eighths(0, 0, 8, 8)], (code - 0x2590) as f32 / 4.0),
        0x2594 => part(0, 0, 8, 1),
        0x2595 => part(7, 0, 8, 8),
        0x2596..=0x259f => {
            // Upper left, upper right, lower left, lower right.
            const QUADRANTS: [u8; 10] =
                [0b0010, 0b0001, 0b1000, 0b1011, 0b1001, 0b1110, 0b1101, 0b0100, 0b0110, 0b0111];
            let bits = QUADRANTS[(code - 0x2596) as usize];
            let corners = [(0b1000, (0, 0)), (0b0100, (4, 0)), (0b0010, (0, 4)), (0b0001, (4, 4))];
            let all = corners.iter().filter(|(bit, _)| bits & bit != 0);
            (all.map(|(_, (x, y))| eighths(*x, *y, x + 4, y + 4)).collect(), 1.0)
        }
        _ => return None,
    })
}

/// How thick the lines are from the cell's middle to the left, right, top and lower edge: 0 none, 1 light, 2 heavy.
type Arms = [u8; 4];

fn lines(letter: char) -> Option<Arms> {
    Some(match letter {
        '─' => [1, 1, 0, 0],
        '━' => [2, 2, 0, 0],
        '│' => [0, 0, 1, 1],
        '┃' => [0, 0, 2, 2],
        '┌' | '╭' => [0, 1, 0, 1],
        '┐' | '╮' => [1, 0, 0, 1],
        '└' | '╰' => [0, 1, 1, 0],
        '┘' | '╯' => [1, 0, 1, 0],
        '├' => [0, 1, 1, 1],
        '┤' => [1, 0, 1, 1],
        '┬' => [1, 1, 0, 1],
        '┴' => [1, 1, 1, 0],
        '┼' => [1, 1, 1, 1],
        '╴' => [1, 0, 0, 0],
        '╶' => [0, 1, 0, 0],
        '╵' => [0, 0, 1, 0],
        '╷' => [0, 0, 0, 1],
        '╸' => [2, 0, 0, 0],
        '╺' => [0, 2, 0, 0],
        '╹' => [0, 0, 2, 0],
        '╻' => [0, 0, 0, 2],
        '┏' => [0, 2, 0, 2],
        '┓' => [2, 0, 0, 2],
        '┗' => [0, 2, 2, 0],
        '┛' => [2, 0, 2, 0],
        _ => return None,
    })
}

fn arms_of([left, right, up, down]: Arms) -> Vec<PixelRect> {
    let thick = |weight: u8| if weight > 1 { HEAVY } else { LIGHT };
    let (middle_x, middle_y) = (CELL.width / 2.0, (CELL.height / 2.0).floor());
    // An arm reaches over the middle, so that corners are closed.
    let reach = thick(left.max(right).max(up).max(down)) / 2.0;
    let mut frames = Vec::new();
    if left + right > 0 {
        let height = thick(left.max(right));
        let start = if left > 0 { 0.0 } else { middle_x - reach };
        let end = if right > 0 { CELL.width } else { middle_x + reach };
        frames.push(PixelRect { x: start, y: middle_y - height / 2.0, width: end - start, height });
    }
    if up + down > 0 {
        let width = thick(up.max(down));
        let start = if up > 0 { 0.0 } else { middle_y - reach };
        let end = if down > 0 { CELL.height } else { middle_y + reach };
        frames.push(PixelRect { x: middle_x - width / 2.0, y: start, width, height: end - start });
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(symbol: &str) -> f32 {
        let all = of(symbol).expect("it is a drawing");
        all.iter().map(|(frame, amount)| frame.width * frame.height * amount).sum::<f32>()
            / (CELL.width * CELL.height)
    }

    #[test]
    fn blocks_cover_the_part_of_the_cell_that_their_names_say() {
        for (symbol, part) in [
            ("█", 1.0),
            ("▀", 0.5),
            ("▄", 0.5),
            ("▌", 0.5),
            ("▐", 0.5),
            ("▁", 0.125),
            ("▏", 0.125),
            ("▒", 0.5),
            ("▖", 0.25),
            ("▛", 0.75),
            ("▞", 0.5),
        ] {
            assert!((covered(symbol) - part).abs() < 1e-3, "{symbol}");
        }
    }

    #[test]
    fn lines_reach_the_edges_that_they_are_drawn_to() {
        for (symbol, [left, right, up, down]) in [
            ("─", [true, true, false, false]),
            ("╭", [false, true, false, true]),
            ("┤", [true, false, true, true]),
        ] {
            let parts = of(symbol).expect("it is a drawing");
            let any = |reaches: &dyn Fn(&PixelRect) -> bool| parts.iter().any(|(frame, _)| reaches(frame));
            assert_eq!(any(&|frame| frame.x == 0.0), left, "{symbol}");
            assert_eq!(any(&|frame| frame.x + frame.width == CELL.width), right, "{symbol}");
            assert_eq!(any(&|frame| frame.y == 0.0), up, "{symbol}");
            assert_eq!(any(&|frame| frame.y + frame.height == CELL.height), down, "{symbol}");
        }
        assert_eq!((of("a"), of("──")), (None, None));
    }
}
