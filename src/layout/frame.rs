//! Lines around things.

use ratatui::style::Style;
use ratatui::text::Line;

use super::piece::Piece;
use super::setting::Setting;
use crate::deck::Frame;
use crate::theme::Role;

/// Cells that a frame takes on each side.
pub(super) const EDGE: u16 = 1;

/// Returns the piece of so many columns with a line around it: two columns and two rows larger.
pub(super) fn around(inside: Piece, width: u16, style: Style) -> Piece {
    let across = "─".repeat(usize::from(width));
    let line = |text: String| Piece::lines(vec![Line::styled(text, style)], width + 2 * EDGE);
    let side = || Piece::lines(vec![Line::styled("│", style); inside.height as usize], EDGE);
    let bottom = inside.height + u32::from(EDGE);
    let mut piece = line(format!("╭{across}╮"));
    piece.put(side(), 0, u32::from(EDGE));
    piece.put(side(), width + EDGE, u32::from(EDGE));
    piece.put(line(format!("╰{across}╯")), 0, bottom);
    piece.put(inside, EDGE, u32::from(EDGE));
    piece
}

/// Returns the style of an author's frame.
pub(super) fn style(frame: Frame, setting: &Setting<'_>) -> Style {
    let style = setting.theme.style(Role::Frame);
    frame.color.map_or(style, |color| style.fg(setting.theme.ink(color).into()))
}
