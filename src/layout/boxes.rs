//! Boxes around blocks: quotes, and what authors ask for by `margin`, `padding`, `width` and `background`.

use ratatui::text::Line;

use super::piece::Piece;
use super::scene::Content;
use super::setting::Setting;
use super::{frame, stack};
use crate::color::{Rgb, ink_on, readable};
use crate::deck::{Align, Block, BoxStyle, Length, Sides};
use crate::text::rounded;
use crate::theme::{READABLE, Role};

/// Columns that a quote stands in: its bar and a blank.
pub(super) const QUOTE_INDENT: u16 = 2;
/// Columns that a frame and the blanks in it take.
pub(super) const FRAME_INDENT: u16 = 4;
/// In fewer columns than this a frame would leave no room for what is in it.
const NARROWEST_FRAME: u16 = 8;

/// Returns somebody else's words with a bar at their left.
pub(super) fn quote(blocks: &[Block], width: u16, setting: &Setting<'_>) -> Piece {
    let indent = QUOTE_INDENT.min(width / 4);
    let mut inside = stack::layout(blocks, width - indent, setting);
    let style = setting.theme.style(Role::Quote);
    let text = setting.theme.style(Role::Text);
    for item in &mut inside.items {
        if let Content::Lines(lines) = &mut item.content {
            // What has no role of its own takes the quote's.
            for span in lines.iter_mut().flat_map(|line| &mut line.spans).filter(|span| span.style == text) {
                span.style = style;
            }
        }
    }
    let bar = Line::styled("▌", setting.theme.style(Role::QuoteBar));
    let mut piece = Piece::lines(vec![bar; inside.height as usize], indent.min(1));
    piece.put(inside, indent, 0);
    piece
}

/// Returns a block in the box that its author drew around it; `within` lays the block out in the cells that the box leaves.
pub(super) fn boxed(
    block: &Block,
    style: &BoxStyle,
    width: u16,
    setting: &Setting<'_>,
    within: impl FnOnce(u16) -> Piece,
) -> Piece {
    let margin = sides(&style.margin, width, setting);
    let padding = sides(&style.padding, width, setting);
    let outer = width.saturating_sub(margin.left + margin.right).max(1);
    let own = own_width(style, outer, setting);
    let line = style.frame.filter(|_| own >= NARROWEST_FRAME);
    let own = own - if line.is_some() { 2 * frame::EDGE } else { 0 };
    // Letters keep a cell off the line.
    let off = u16::from(line.is_some());
    let (left, right) = (padding.left.max(off), padding.right.max(off));
    let room = own.saturating_sub(left + right).max(1);
    let mut inside = Piece::default();
    inside.put(within(room), left, padding.top);
    inside.height += padding.bottom;
    if let Some(Length::Pixels(pixels)) = style.height {
        let rows = rows(pixels, setting).min(u32::from(setting.stage.rows));
        inside.height = if setting.density.gaps { inside.height.max(rows) } else { inside.height };
    }
    let mut whole = own;
    if let Some(line) = line {
        inside = frame::around(inside, own, frame::style(line, setting));
        whole += 2 * frame::EDGE;
    }
    if let Some(background) = style.background {
        on_background(&mut inside, background, whole, setting);
    }
    let slack = outer - whole;
    let shift = match block.align.or(setting.align) {
        Some(Align::Center) => slack / 2,
        Some(Align::Right) => slack,
        _ if matches!(block.kind, crate::deck::Kind::Pictures(_) | crate::deck::Kind::Grid(_)) => slack / 2,
        _ => 0,
    };
    let mut piece = Piece::default();
    piece.put(inside, margin.left + shift, margin.top);
    piece.height += margin.bottom;
    piece
}

fn own_width(style: &BoxStyle, outer: u16, setting: &Setting<'_>) -> u16 {
    let limit = style.max_width.map_or(outer, |length| columns(length, outer, setting).min(outer));
    let wanted = style.width.map_or(outer, |length| columns(length, outer, setting));
    // A box too small for a word would break it: such widths are meant for other things than text.
    wanted.max(12).min(limit.max(12)).min(outer).max(1)
}

/// Lays the author's colour behind the piece, and turns letters of the theme's text colour readable on it.
fn on_background(piece: &mut Piece, background: Rgb, width: u16, setting: &Setting<'_>) {
    let ink = ink_on(background);
    for item in &mut piece.items {
        let Content::Lines(lines) = &mut item.content else { continue };
        for span in lines.iter_mut().flat_map(|line| &mut line.spans).filter(|span| span.style.bg.is_none()) {
            let color = match span.style.fg {
                Some(ratatui::style::Color::Rgb(r, g, b)) => readable(Rgb(r, g, b), background, READABLE),
                _ => ink,
            };
            span.style = span.style.fg(color.into());
        }
    }
    let style = setting.theme.style(Role::Text).fg(ink.into()).bg(background.into());
    piece.fill(style, width);
}

/// Free cells at the four sides.
pub(super) struct SideCells {
    pub(super) top: u32,
    pub(super) right: u16,
    pub(super) bottom: u32,
    pub(super) left: u16,
}

/// Returns the author's sides in cells, in a column of `width` cells. Rows are air: they go when margins go.
pub(super) fn sides(sides: &Sides, width: u16, setting: &Setting<'_>) -> SideCells {
    let across =
        |side: Option<Length>| side.map_or(0, |length| columns(length, width, setting)).min(width / 4);
    let down = |side: Option<Length>| match side {
        Some(Length::Pixels(pixels)) if setting.density.margins => {
            rows(pixels, setting).min(u32::from(setting.stage.rows) / 4)
        }
        _ => 0,
    };
    SideCells {
        top: down(sides.top),
        right: across(sides.right),
        bottom: down(sides.bottom),
        left: across(sides.left),
    }
}

/// Returns a length across in cells, of a column of `width` cells; never negative.
pub(super) fn columns(length: Length, width: u16, setting: &Setting<'_>) -> u16 {
    let cells = match length {
        Length::Percent(percent) => f32::from(width) * percent / 100.0,
        Length::Pixels(pixels) => pixels * setting.scale() / setting.stage.cell.width,
    };
    rounded(f64::from(cells).clamp(0.0, 60_000.0))
}

/// Returns a length down in cells; never negative.
pub(super) fn rows(pixels: f32, setting: &Setting<'_>) -> u32 {
    rounded(f64::from(pixels * setting.scale() / setting.stage.cell.height).clamp(0.0, 60_000.0)).into()
}
