//! Headings: one opens the slide, others part its body.

use ratatui::style::Style;
use ratatui::text::Line;

use super::paragraph;
use super::piece::Piece;
use super::setting::Setting;
use crate::deck::{Block, Kind};
use crate::theme::Role;

/// Returns the heading that opens a slide, with its rule where there is room for one.
pub(super) fn slide_heading(block: &Block, width: u16, setting: &Setting<'_>) -> Piece {
    let mut piece = layout(block, width, setting);
    if setting.density.heading_rule {
        let rule = "─".repeat(usize::from(width));
        let line = Line::styled(rule, setting.theme.style(Role::HeadingRule));
        piece.below(Piece::lines(vec![line], width), 0, 0);
    }
    piece
}

/// Returns a heading in at most `width` cells.
pub(super) fn layout(block: &Block, width: u16, setting: &Setting<'_>) -> Piece {
    let Kind::Heading { level, inlines } = &block.kind else { return Piece::default() };
    let align = block.align.or(setting.align);
    paragraph::piece(inlines, width, (style(*level, setting), align), setting.theme)
}

fn style(level: u8, setting: &Setting<'_>) -> Style {
    setting.theme.style(match level {
        1 => Role::Heading1,
        2 => Role::Heading2,
        _ => Role::Heading3,
    })
}
