//! Source text on its own background: every letter is shown, long lines go on with a mark.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::piece::Piece;
use super::setting::Setting;
use crate::deck::{Code, CodeLines};
use crate::highlight::Token;
use crate::text::width::grapheme_width;
use crate::text::{self, cells, expand_tabs};
use crate::theme::Role;

/// Free columns at each side of the code, on its background.
const SIDE: u16 = 2;
/// What opens the rest of a line that is too long.
const MARK: &str = "↪ ";
/// What stands before the lines that stand out.
const BAR: &str = "▌";

/// Returns the columns that the code needs to show every line whole.
pub(super) fn natural_width(code: &Code) -> u16 {
    let longest = code.text.lines().map(|line| text::width(&expand_tabs(line))).max().unwrap_or(0);
    u16::try_from(longest).unwrap_or(u16::MAX).saturating_add(2 * SIDE).saturating_add(gutter(code))
}

/// Returns the code in `width` cells and at least so many rows, highlighted where its roles are known by now.
pub(super) fn layout(code: &Code, width: u16, rows: u32, setting: &Setting<'_>) -> Piece {
    // A line that just fits without free columns is not broken for their sake.
    let side = match width.checked_sub(natural_width(code) - 2 * SIDE) {
        Some(slack) => SIDE.min(slack / 2),
        None => u16::from(width > 20),
    };
    let gutter = gutter(code).min(width / 4);
    let own = width - 2 * side - gutter;
    let lines = set_lines(code, usize::from(own).max(1), setting);
    let padding = u32::from(setting.density.code_padding);
    let mut piece = Piece::default();
    let name = code.is_source_of().and_then(|name| label(name, width - 2 * side, setting));
    let above = padding.max(u32::from(name.is_some()));
    if let Some(name) = name {
        piece.put(name, side, 0);
    }
    match &code.lines {
        None => piece.put(Piece::lines(lines.concat(), own), side, above),
        Some(numbers) => piece.put(numbered(numbers, lines, (side, gutter, own), setting), 0, above),
    }
    piece.height = (piece.height + padding).max(rows);
    piece.fill(setting.theme.style(Role::Code), width);
    piece
}

/// Returns the columns of the numbers and the blank behind them.
fn gutter(code: &Code) -> u16 {
    let count = code.text.split('\n').count();
    code.lines.as_ref().map_or(0, |lines| cells((lines.first + count - 1).to_string().len()) + 1)
}

/// Returns the rows of each line.
fn set_lines(code: &Code, room: usize, setting: &Setting<'_>) -> Vec<Vec<Line<'static>>> {
    let roles = setting.supply.code(code);
    let set = |(nth, line): (usize, &str)| {
        let runs = roles.as_ref().and_then(|roles| roles.get(nth));
        let whole = [Token { role: Role::Code, range: 0..line.len() }];
        let mut rows = Vec::new();
        set_line(line, runs.map_or(&whole[..], Vec::as_slice), room, setting, &mut rows);
        rows
    };
    code.text.split('\n').enumerate().map(set).collect()
}

/// Returns lines with their numbers before them. While some stand out the others are subdued; a bar marks those that
/// do, for terminals that cannot subdue.
fn numbered(
    numbers: &CodeLines,
    lines: Vec<Vec<Line<'static>>>,
    (side, gutter, own): (u16, u16, u16),
    setting: &Setting<'_>,
) -> Piece {
    let (number_style, bar_style) = (setting.theme.style(Role::Comment), setting.theme.style(Role::CodeMark));
    let mut piece = Piece::default();
    for (nth, rows) in lines.into_iter().enumerate() {
        let height = rows.len();
        let number = format!("{:>1$} ", numbers.first + nth, usize::from(gutter).saturating_sub(1));
        let mut numbered = Piece::default();
        numbered.put(Piece::lines(vec![Line::styled(number, number_style)], gutter), side, 0);
        numbered.put(Piece::lines(rows, own), side + gutter, 0);
        numbered.subdue(&numbers.steps, nth + 1);
        if side > 0 {
            let bar = vec![Line::styled(BAR, bar_style); height];
            numbered.put(Piece::lines(bar, 1).beside_lines(&numbers.steps, nth + 1), 0, 0);
        }
        piece.below(numbered, 0, 0);
    }
    piece
}

/// Returns the name of what the code is the source of, at the right of a row above it; none where it does not fit.
fn label(name: &'static str, width: u16, setting: &Setting<'_>) -> Option<Piece> {
    let line = Line::styled(name, setting.theme.style(Role::CodeMark)).right_aligned();
    (name.len() <= usize::from(width)).then(|| Piece::lines(vec![line], width))
}

/// Adds one line of source, broken between letters where it is longer than `room`.
fn set_line(line: &str, runs: &[Token], room: usize, setting: &Setting<'_>, out: &mut Vec<Line<'static>>) {
    let mut spans: Vec<Span<'static>> = Vec::new();
    let (mut used, mut column) = (0, 0);
    let rest_room = room.saturating_sub(text::width(MARK)).max(1);
    for Token { role, range } in runs {
        let style = setting.theme.style(*role);
        let mut letters = String::new();
        for grapheme in line.get(range.clone()).unwrap_or_default().graphemes(true) {
            let shown = if grapheme == "\t" { &"    "[column % 4..] } else { grapheme };
            let cells = if grapheme == "\t" { shown.len() } else { grapheme_width(shown) };
            let limit = if out_is_rest(&spans) { rest_room + text::width(MARK) } else { room };
            if used + cells > limit && used > 0 {
                spans.push(Span::styled(std::mem::take(&mut letters), style));
                out.push(Line::from(std::mem::take(&mut spans)));
                let wide_enough = room > 2 * text::width(MARK);
                spans.push(Span::styled(
                    if wide_enough { MARK } else { "" },
                    setting.theme.style(Role::CodeMark),
                ));
                used = text::width(&spans[0].content);
            }
            letters.push_str(shown);
            used += cells;
            column += cells;
        }
        if !letters.is_empty() {
            spans.push(Span::styled(letters, style));
        }
    }
    out.push(Line::from(spans));
}

fn out_is_rest(spans: &[Span<'_>]) -> bool {
    spans.first().is_some_and(|first| first.content == MARK)
}
