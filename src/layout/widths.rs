//! How wide blocks want to be.

use super::shares::{GAP, shares};
use super::{boxes, code, list, paragraph, table};
use crate::deck::{Block, BoxStyle, Grid, GridCell, Kind, List, Sides};
use crate::text::{cells, rounded};

/// How wide a slide of reveal's is, in its pixels.
const REVEAL_WIDTH: f32 = 960.0;

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
        Kind::Grid(grid) => natural_grid(grid, picture),
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
            Kind::List(list) => unbroken_list(list)?,
            _ => return None,
        };
        Some(inside.saturating_add(edges))
    };
    blocks.iter().try_fold(0, |widest, block| Some(width(block)?.max(widest)))
}

/// Returns the width at which code, tables and pictures of `picture` cells stand in the columns as they are.
fn natural_grid(grid: &Grid, picture: u16) -> u16 {
    let row_width = |row: &Vec<GridCell>| -> u16 {
        let needed = row.iter().zip(shares(row, REVEAL_WIDTH)).map(|(cell, share)| {
            let natural = cell.blocks.iter().map(|block| natural_width(block, picture)).max().unwrap_or(0);
            f32::from(natural) / share.max(0.05)
        });
        rounded(f64::from(needed.fold(0.0, f32::max)).floor())
            .saturating_add(GAP * cells(row.len().saturating_sub(1)))
    };
    grid.rows.iter().map(row_width).max().unwrap_or(0)
}

/// Returns the width at which no line of the list is broken, where it has one.
fn unbroken_list(list: &List) -> Option<u16> {
    let items =
        list.items.iter().try_fold(0, |widest: u16, item| Some(unbroken_width(&item.blocks)?.max(widest)));
    Some(items?.saturating_add(list::mark_width(list, 0)))
}
