//! Lists: marks in a column of their own, text beside them.

use ratatui::text::Line;

use super::piece::Piece;
use super::setting::Setting;
use super::{paragraph, stack};
use crate::deck::{Definition, Kind, List, ListItem, Marker};
use crate::text;
use crate::theme::Role;

/// Bullets by depth; a list deeper than that starts over.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];
/// Columns that a meaning stands in from its term.
const DETAIL_INDENT: u16 = 3;

/// Returns the list in at most `width` cells.
pub(super) fn layout(list: &List, width: u16, setting: &Setting<'_>) -> Piece {
    nested(list, width, 0, setting)
}

fn nested(list: &List, width: u16, depth: usize, setting: &Setting<'_>) -> Piece {
    let marks: Vec<String> = (0..list.items.len()).map(|nth| mark(list, nth, depth)).collect();
    let column = mark_width(list, depth);
    // Where there is hardly any room the marks take none of it.
    let column = if width < column + 6 { column.min(width / 2) } else { column };
    let mut piece = Piece::default();
    for (item, mark) in list.items.iter().zip(marks) {
        let gap = if list.loose { setting.gap() } else { 0 };
        piece.below(
            item_piece(item, Line::styled(mark, mark_style(item, setting)), column, (width, depth), setting),
            0,
            gap,
        );
    }
    piece
}

fn item_piece(
    item: &ListItem,
    mark: Line<'static>,
    column: u16,
    (width, depth): (u16, usize),
    setting: &Setting<'_>,
) -> Piece {
    let room = width.saturating_sub(column).max(1);
    let mut text = Piece::default();
    for block in &item.blocks {
        match &block.kind {
            Kind::List(list) => {
                text.below(nested(list, room, depth + 1, setting).changing(&block.fragments), 0, 0);
            }
            _ => text.below(setting.lay(block, room), 0, if block.joined { 0 } else { setting.gap() }),
        }
    }
    let mark = Piece::lines(vec![mark], column);
    let mut piece = Piece::default();
    // From right to left the mark stands at the right of the text, and its blank between the two.
    let (mark_x, text_x) = if setting.stage.rtl { (room + 1, 0) } else { (0, column) };
    piece.put(mark, mark_x, 0);
    piece.put(text, text_x, 0);
    piece.changing(&item.fragments)
}

/// Returns the columns of the marks of a list that stands in `depth` others, the blank after each included.
pub(super) fn mark_width(list: &List, depth: usize) -> u16 {
    text::cells((0..list.items.len()).map(|nth| text::width(&mark(list, nth, depth))).max().unwrap_or(0))
}

/// Returns an item's mark with the blank after it; numbers end at the same column.
fn mark(list: &List, nth: usize, depth: usize) -> String {
    match (list.items[nth].task, list.number(nth)) {
        (Some(true), _) => "☑ ".to_owned(),
        (Some(false), _) => "☐ ".to_owned(),
        (None, Some(number)) => {
            let widest = list.number(list.items.len() - 1).map_or(0, |last| last.len());
            format!("{number:>widest$}. ")
        }
        (None, None) if list.marker == Marker::None => String::new(),
        (None, None) => format!("{} ", BULLETS[depth % BULLETS.len()]),
    }
}

fn mark_style(item: &ListItem, setting: &Setting<'_>) -> ratatui::style::Style {
    setting.theme.style(if item.task == Some(true) { Role::TaskDone } else { Role::ListMarker })
}

/// Returns terms with their meanings indented below them.
pub(super) fn definitions(all: &[Definition], width: u16, setting: &Setting<'_>) -> Piece {
    let base = setting.theme.style(Role::Strong);
    let mut piece = Piece::default();
    for definition in all {
        let mut one = Piece::default();
        for term in &definition.terms {
            one.below(paragraph::piece(term, width, (base, None), setting.theme), 0, 0);
        }
        for details in &definition.details {
            let indent = DETAIL_INDENT.min(width / 4);
            one.below(stack::layout(details, width - indent, setting), indent, 0);
        }
        piece.below(one, 0, setting.gap());
    }
    piece
}
