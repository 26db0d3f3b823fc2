//! Data tables: aligned columns under a header, never wider than what they are given.

use ratatui::style::Style;
use ratatui::text::Line;

use super::paragraph;
use super::piece::Piece;
use super::setting::Setting;
use crate::deck::{Align, Flags, Inline, Table, TableCell};
use crate::text::cells;
use crate::theme::Role;

/// Free columns between two columns of a table, where they fit.
const GAP: usize = 3;
/// In fewer cells than this a column of several is a ladder of broken words.
const NARROWEST: usize = 7;

/// Returns the columns that the table needs to break no cell.
pub(super) fn natural_width(table: &Table) -> u16 {
    let (_, longest) = column_widths(table);
    let gaps = GAP * longest.len().saturating_sub(1);
    u16::try_from(longest.iter().sum::<usize>() + gaps).unwrap_or(u16::MAX)
}

/// Returns the table in at most `width` cells; where its columns cannot be told apart in them, row by row.
pub(super) fn layout(table: &Table, width: u16, setting: &Setting<'_>) -> Piece {
    let room = usize::from(width);
    let (words, longest) = column_widths(table);
    let gaps = longest.len().saturating_sub(1);
    let gap = if longest.iter().sum::<usize>() + GAP * gaps <= room { GAP } else { 2 };
    let widths = fit(&words, &longest, room.saturating_sub(gap * gaps));
    let is_too_wide = widths.iter().sum::<usize>() + gap * gaps > room;
    let is_broken = widths.iter().zip(&longest).any(|(got, need)| *got < NARROWEST.min(*need));
    let mut piece = if gaps > 0 && (is_too_wide || is_broken) {
        records(table, width, setting)
    } else {
        rows(table, &widths, gap, width, setting)
    };
    if !table.caption.is_empty() {
        let style = setting.theme.style(Role::Caption);
        let caption = paragraph::piece(&table.caption, width, (style, Some(Align::Center)), setting.theme);
        piece.below(caption, 0, 0);
    }
    piece
}

/// Returns, per column, the longest word and the longest cell.
fn column_widths(table: &Table) -> (Vec<usize>, Vec<usize>) {
    let columns = all_rows(table).map(|row| row.iter().map(|cell| cell.span).sum()).max().unwrap_or(0);
    let (mut words, mut longest) = (vec![1; columns], vec![1; columns]);
    for row in all_rows(table) {
        let mut column = 0;
        for cell in row {
            if cell.span == 1 {
                let (line, word) = paragraph::widths(&cell.inlines);
                longest[column] = longest[column].max(line);
                words[column] = words[column].max(word);
            }
            column += cell.span;
        }
    }
    widen_for_spans(table, &mut longest);
    (words, longest)
}

/// Widens the last of the columns that a cell spans, where they are too narrow for it together.
fn widen_for_spans(table: &Table, longest: &mut [usize]) {
    for row in all_rows(table) {
        let mut column = 0;
        for cell in row {
            let spanned = &mut longest[column..column + cell.span];
            if cell.span > 1 {
                let has = spanned.iter().sum::<usize>() + GAP * (cell.span - 1);
                let (line, _) = paragraph::widths(&cell.inlines);
                spanned[cell.span - 1] += line.saturating_sub(has);
            }
            column += cell.span;
        }
    }
}

fn all_rows(table: &Table) -> impl Iterator<Item = &Vec<TableCell>> {
    std::iter::once(&table.head).chain(&table.rows)
}

/// Returns widths that sum up to at most `room`: each column gets what it needs up to a level that is the same for
/// all, found by search; words are broken only where the longest words of all columns leave no other way.
fn fit(words: &[usize], longest: &[usize], room: usize) -> Vec<usize> {
    let at = |level: usize, floors: &[usize]| -> Vec<usize> {
        longest.iter().zip(floors).map(|(&most, &least)| level.clamp(least.min(most), most)).collect()
    };
    let ones = vec![1; words.len()];
    let floors = if words.iter().sum::<usize>() <= room { words } else { &ones };
    let (mut fits, mut too_wide) = (1, longest.iter().max().map_or(2, |most| most + 1));
    while too_wide > fits + 1 {
        let level = usize::midpoint(fits, too_wide);
        if at(level, floors).iter().sum::<usize>() <= room { fits = level } else { too_wide = level }
    }
    let mut widths = at(fits, floors);
    let mut left = room.saturating_sub(widths.iter().sum());
    for (width, &most) in widths.iter_mut().zip(longest) {
        if left > 0 && *width < most {
            (*width, left) = (*width + 1, left - 1);
        }
    }
    widths
}

fn rows(table: &Table, widths: &[usize], gap: usize, width: u16, setting: &Setting<'_>) -> Piece {
    let total: usize = widths.iter().sum::<usize>() + gap * widths.len().saturating_sub(1);
    let row = |cells: &[TableCell], role: Role| {
        row_piece(cells, &table.head, widths, (gap, setting.theme.style(role)), setting)
    };
    let mut inside = row(&table.head, Role::TableHeader);
    let rule = Line::styled("─".repeat(total), setting.theme.style(Role::TableRule));
    inside.below(Piece::lines(vec![rule], cells(total)), 0, 0);
    for cells in &table.rows {
        inside.below(row(cells, Role::TableText), 0, 0);
    }
    let mut piece = Piece::default();
    piece.put(inside, width.saturating_sub(cells(total)) / 2, 0);
    piece
}

/// Returns a row: each cell wrapped in its columns.
fn row_piece(
    row: &[TableCell],
    head: &[TableCell],
    widths: &[usize],
    (gap, style): (usize, Style),
    setting: &Setting<'_>,
) -> Piece {
    let mut piece = Piece { height: 1, ..Piece::default() };
    let (mut column, mut x) = (0, 0);
    for cell in row {
        let own = &widths[column.min(widths.len())..(column + cell.span).min(widths.len())];
        let width = own.iter().sum::<usize>() + gap * own.len().saturating_sub(1);
        let align = cell.align.or_else(|| head.get(column).and_then(|head| head.align));
        let inside = paragraph::piece(&cell.inlines, cells(width), (style, align), setting.theme);
        piece.put(inside, x, 0);
        column += cell.span;
        x += cells(width + gap);
    }
    piece
}

/// Returns the rows as lists of `header: cell`, for a stage that is too narrow for columns.
fn records(table: &Table, width: u16, setting: &Setting<'_>) -> Piece {
    let style = setting.theme.style(Role::TableText);
    let mut piece = Piece::default();
    for row in &table.rows {
        let mut record = Piece::default();
        for (nth, cell) in row.iter().enumerate() {
            let inlines = labelled(table.head.get(nth), cell);
            record.below(paragraph::piece(&inlines, width, (style, None), setting.theme), 0, 0);
        }
        piece.below(record, 0, 1);
    }
    if table.rows.is_empty() {
        let head = setting.theme.style(Role::TableHeader);
        for cell in &table.head {
            piece.below(paragraph::piece(&cell.inlines, width, (head, None), setting.theme), 0, 0);
        }
    }
    piece
}

fn labelled(head: Option<&TableCell>, cell: &TableCell) -> Vec<Inline> {
    let mut inlines: Vec<Inline> = Vec::new();
    for inline in head.into_iter().flat_map(|head| &head.inlines) {
        let mut inline = inline.clone();
        if let Inline::Text(_, marks) = &mut inline {
            marks.flags |= Flags::STRONG;
        }
        inlines.push(inline);
    }
    if !inlines.is_empty() {
        inlines.push(Inline::Text(": ".to_owned(), crate::deck::Marks::default()));
    }
    inlines.extend(cell.inlines.iter().cloned());
    inlines
}
