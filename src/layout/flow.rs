//! Blocks below each other: the slide as a whole, and whatever holds blocks.

use super::density::Setting;
use super::scene::Piece;
use super::{boxes, code, columns, heading, list, paragraph, picture, stack as layers, table, title};
use crate::deck::{Block, BoxStyle, Inline, Kind, Sides};
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
        let (x, width) = measure(setting);
        piece.put(heading::slide_heading(block, width, setting).changing(&block.fragments), x, top);
    }
    let body = stacked(body, setting, |block| place(block, setting));
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

/// Returns where text starts and how wide it may be.
fn measure(setting: &Setting<'_>) -> (u16, u16) {
    let columns = setting.stage.columns;
    // The widest margin decides, so that headings start at the same column whatever the slide gives up.
    let margin = if columns < 30 { side_margin(setting) } else { 2 };
    let width = columns.saturating_sub(2 * margin).clamp(1, MEASURE);
    ((columns.saturating_sub(width)) / 2, width)
}

/// Returns where a block of the slide starts and how wide it may be.
///
/// Text stands in the measure. Columns start where text does, and go on to the right as far as their pictures have
/// use for it. Pictures by themselves, and code and tables that need more than that, stand around the stage's middle.
fn place(block: &Block, setting: &Setting<'_>) -> (u16, u16) {
    let columns = setting.stage.columns;
    let (text_x, text_width) = measure(setting);
    let margin = side_margin(setting);
    let full = columns.saturating_sub(2 * margin).max(text_width);
    let right = columns.saturating_sub(text_x + margin).max(text_width);
    let is_centred = match &block.kind {
        Kind::Pictures(_) | Kind::Stack(_) | Kind::Placeholder { .. } => true,
        Kind::Grid(grid) => grid.packed,
        _ => block.is_fit(),
    };
    let needed = if is_centred { full } else { natural_width(block, 0) };
    if needed > right {
        let width = needed.min(full);
        return (columns.saturating_sub(width) / 2, width);
    }
    (text_x, natural_width(block, right).clamp(text_width, right))
}

/// Stacks blocks in a column of `width` cells.
pub(super) fn stack(blocks: &[Block], width: u16, setting: &Setting<'_>) -> Piece {
    stacked(blocks, setting, |_| (0, width))
}

/// Stacks blocks, each from the column and in the width that `place` gives it.
fn stacked(blocks: &[Block], setting: &Setting<'_>, place: impl Fn(&Block) -> (u16, u16)) -> Piece {
    let mut piece = Piece::default();
    for (nth, block) in blocks.iter().enumerate() {
        let (x, width) = place(block);
        let gap = gap_between(nth.checked_sub(1).map(|before| &blocks[before]), block, setting);
        piece.below(lay(block, width, setting), x, gap);
    }
    piece
}

/// Returns the block in at most `width` cells.
pub(super) fn lay(block: &Block, width: u16, setting: &Setting<'_>) -> Piece {
    let width = width.max(1);
    let piece = match &block.style {
        Some(style) => boxes::boxed(block, style, width, setting),
        None => inside(block, width, setting),
    };
    piece.changing(&block.fragments)
}

/// Returns the block without the box around it.
pub(super) fn inside(block: &Block, width: u16, setting: &Setting<'_>) -> Piece {
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
        Kind::Group(blocks) => stack(blocks, width, setting),
        Kind::Stack(blocks) => layers::layout(blocks, width, setting),
        Kind::Placeholder { what, url } => picture::placeholder((what, url), width, rows, setting),
    }
}

fn rule(width: u16, setting: &Setting<'_>) -> Piece {
    let style = setting.theme.style(Role::Rule);
    let line = ratatui::text::Line::styled("─".repeat(usize::from(width)), style);
    Piece::lines(vec![line], width)
}

/// Returns the rows between two blocks. A list stays with the line that announces it, text with the small heading
/// above it, and a picture with the paragraph that it stands in.
fn gap_between(before: Option<&Block>, block: &Block, setting: &Setting<'_>) -> u32 {
    let together = match (before.map(|before| &before.kind), &block.kind) {
        (Some(Kind::Paragraph(inlines)), Kind::List(_)) => announces(inlines),
        (Some(Kind::Heading { level, .. }), _) => *level > 2,
        _ => block.joined,
    };
    if together { 0 } else { setting.gap() }
}

fn announces(inlines: &[Inline]) -> bool {
    matches!(inlines.last(), Some(Inline::Text(text, _)) if text.trim_end().ends_with(':'))
}

/// Returns the width at which the block shows all it has side by side, in cells; 0 for what adapts to any. A picture
/// asks for `picture` cells.
///
/// Only what text cannot do is asked for: lines of text that are longer would not be easier to read.
pub(super) fn natural_width(block: &Block, picture: u16) -> u16 {
    let of = |blocks: &[Block]| blocks.iter().map(|block| natural_width(block, picture)).max().unwrap_or(0);
    let frame = block.style.as_ref().and_then(|style| style.frame);
    let indent = if frame.is_some() { boxes::FRAME_INDENT } else { 0 };
    let inside = match &block.kind {
        Kind::Pictures(_) => picture,
        Kind::Code(code) => code::natural_width(code),
        Kind::Table(table) => table::natural_width(table),
        Kind::Grid(grid) => columns::natural_width(grid, picture),
        Kind::Quote(blocks) => of(blocks).saturating_add(boxes::QUOTE_INDENT),
        Kind::Group(blocks) | Kind::Stack(blocks) => of(blocks),
        Kind::List(list) => {
            let widest = list.items.iter().map(|item| of(&item.blocks)).max().unwrap_or(0);
            if widest > 0 { widest.saturating_add(4) } else { 0 }
        }
        _ => 0,
    };
    if inside > 0 { inside.saturating_add(indent) } else { 0 }
}

/// Returns the width at which no line of the blocks is broken, in cells; none where they hold what takes any width that
/// it is given.
pub(super) fn unbroken_width(blocks: &[Block]) -> Option<u16> {
    let cells = |width: usize| u16::try_from(width).unwrap_or(u16::MAX);
    let width = |block: &Block| {
        let frame = match block.style.as_deref() {
            None => None,
            Some(BoxStyle { width: None, max_width: None, padding, margin, frame, .. })
                if (*padding, *margin) == (Sides::default(), Sides::default()) =>
            {
                *frame
            }
            Some(_) => return None,
        };
        let edges = if frame.is_some() { boxes::FRAME_INDENT } else { 0 };
        let inside = match &block.kind {
            Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => cells(paragraph::widths(inlines).0),
            Kind::Code(code) => code::natural_width(code),
            Kind::Table(table) => table::natural_width(table),
            Kind::Group(blocks) => unbroken_width(blocks)?,
            Kind::Quote(blocks) => unbroken_width(blocks)?.saturating_add(boxes::QUOTE_INDENT),
            Kind::List(list) => list::unbroken_width(list)?,
            _ => return None,
        };
        Some(inside.saturating_add(edges))
    };
    blocks.iter().try_fold(0, |widest, block| Some(width(block)?.max(widest)))
}
