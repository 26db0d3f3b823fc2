//! The slide as a whole, and each block by its kind.

use super::piece::Piece;
use super::setting::Setting;
use super::stack::{self, Columns};
use super::widths::natural_width;
use super::{boxes, code, columns, heading, layers, list, paragraph, picture, table, title};
use crate::deck::{Block, Kind};
use crate::theme::Role;

/// Lines of text are at most this long: the eye finds the next one.
pub(super) const MEASURE: u16 = 90;

/// Returns the whole slide: its heading at the top, its body in the middle of what is left below.
pub(super) fn slide(blocks: &[Block], setting: &Setting<'_>) -> Piece {
    let stage = setting.stage;
    let headings = usize::from(blocks.first().is_some_and(|block| block.is_heading() && !block.is_fit()));
    let (head, body) = blocks.split_at(headings);
    let mut piece = Piece::default();
    let top = u32::from(setting.density.top && stage.rows > 26);
    if let Some(block) = head.first() {
        let Columns { x, width } = measure(setting);
        let heading = heading::slide_heading(block, width, setting).showing(block);
        piece.put(heading.changing(&block.fragments), x, top);
    }
    let body = stack::placed(body, setting, |block| place(block, setting));
    let gap = u32::from(setting.density.gaps && !head.is_empty());
    let start = if head.is_empty() { 0 } else { piece.height + gap };
    let space = u32::from(stage.rows).saturating_sub(start + bottom_margin(setting));
    let slack = if stage.center { space.saturating_sub(body.height) / 2 } else { top.max(start) - start };
    if body.height > 0 {
        piece.put(body, 0, start + slack);
        piece.height += if slack > 0 { 0 } else { bottom_margin(setting) };
    }
    piece
}

/// The row under a full slide that keeps it off the chrome.
fn bottom_margin(setting: &Setting<'_>) -> u32 {
    u32::from(setting.density.margins && setting.stage.rows > 26)
}

/// Returns the columns that stay free at each edge of the stage.
fn side_margin(setting: &Setting<'_>) -> u16 {
    let columns = setting.stage.columns;
    if columns < 30 {
        u16::from(columns > 12)
    } else if setting.density.margins {
        (columns / 32).max(2)
    } else {
        1
    }
}

/// Returns the columns of text.
fn measure(setting: &Setting<'_>) -> Columns {
    let columns = setting.stage.columns;
    // The widest margin decides, so that headings start at the same column whatever the slide gives up.
    let margin = if columns < 30 { side_margin(setting) } else { 2 };
    let width = columns.saturating_sub(2 * margin).clamp(1, MEASURE);
    Columns { x: columns.saturating_sub(width) / 2, width }
}

/// Returns the columns that a block of the slide may take.
///
/// Text stands in the measure. Columns start where text does, and go on to the right as far as their pictures have
/// use for it. Pictures by themselves, and code and tables that need more than that, stand around the stage's middle.
fn place(block: &Block, setting: &Setting<'_>) -> Columns {
    let columns = setting.stage.columns;
    let text = measure(setting);
    let margin = side_margin(setting);
    let full = columns.saturating_sub(2 * margin).max(text.width);
    let right = columns.saturating_sub(text.x + margin).max(text.width);
    let is_centred = match &block.kind {
        Kind::Pictures(_) | Kind::Stack(_) | Kind::Placeholder { .. } => true,
        Kind::Grid(grid) => grid.packed,
        _ => block.is_fit(),
    };
    let needed = if is_centred { full } else { natural_width(block, 0) };
    if needed > right {
        let width = needed.min(full);
        return Columns { x: columns.saturating_sub(width) / 2, width };
    }
    Columns { width: natural_width(block, right).clamp(text.width, right), ..text }
}

/// Returns the block in at most `width` cells.
pub(super) fn lay(block: &Block, width: u16, setting: &Setting<'_>) -> Piece {
    let width = width.max(1);
    let piece = match &block.style {
        Some(style) => boxes::boxed(block, style, width, setting, |room| inside(block, room, setting)),
        None => inside(block, width, setting),
    };
    piece.showing(block).changing(&block.fragments)
}

/// Returns the block without the box around it.
fn inside(block: &Block, width: u16, setting: &Setting<'_>) -> Piece {
    let align = block.align.or(setting.align);
    let stretch = block.style.as_ref().is_some_and(|style| style.stretch);
    let rows = if stretch { u32::from(setting.stretch_rows) } else { 0 };
    match &block.kind {
        Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } if block.is_fit() => {
            title::fitted(inlines, width, align, setting)
        }
        Kind::Paragraph(inlines) => paragraph::layout(inlines, width, align, setting),
        Kind::Heading { .. } => heading::layout(block, width, setting),
        Kind::List(list) => list::layout(list, width, setting),
        Kind::Code(code) => code::layout(code, width, rows, setting),
        Kind::Quote(blocks) => boxes::quote(blocks, width, setting),
        Kind::Table(table) => table::layout(table, width, setting),
        Kind::Grid(grid) => columns::layout(grid, width, setting),
        Kind::Pictures(pictures) => picture::layout(pictures, width, align, setting),
        Kind::Rule => rule(width, setting),
        Kind::Definitions(definitions) => list::definitions(definitions, width, setting),
        Kind::Group(blocks) => stack::layout(blocks, width, setting),
        Kind::Stack(blocks) => layers::layout(blocks, width, setting),
        Kind::Placeholder { what, url } => picture::placeholder((what, url), width, rows, setting),
    }
}

fn rule(width: u16, setting: &Setting<'_>) -> Piece {
    let style = setting.theme.style(Role::Rule);
    let line = ratatui::text::Line::styled("─".repeat(usize::from(width)), style);
    Piece::lines(vec![line], width)
}
