//! Source text on its own background: every letter is shown, long lines go on with a mark.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::density::Setting;
use super::scene::Piece;
use crate::deck::Code;
use crate::highlight::Token;
use crate::text::width::grapheme_width;
use crate::text::{self, expand_tabs};
use crate::theme::Role;

/// Free columns at each side of the code, on its background.
const SIDE: u16 = 2;
/// What opens the rest of a line that is too long.
const MARK: &str = "↪ ";

/// Returns the columns that the code needs to show every line whole.
pub(super) fn natural_width(code: &Code) -> u16 {
    let longest = code.text.lines().map(|line| text::width(&expand_tabs(line))).max().unwrap_or(0);
    u16::try_from(longest).unwrap_or(u16::MAX).saturating_add(2 * SIDE)
}

/// Returns the code in `width` cells, highlighted where its roles are known by now.
pub(super) fn layout(code: &Code, width: u16, setting: &Setting<'_>) -> Piece {
    // A line that just fits without free columns is not broken for their sake.
    let side = match width.checked_sub(natural_width(code) - 2 * SIDE) {
        Some(slack) => SIDE.min(slack / 2),
        None => u16::from(width > 20),
    };
    let room = usize::from(width - 2 * side).max(1);
    let roles = setting.supply.code(code);
    let mut lines = Vec::new();
    for (nth, line) in code.text.split('\n').enumerate() {
        let runs = roles.as_ref().and_then(|roles| roles.get(nth));
        let whole = [Token { role: Role::Code, range: 0..line.len() }];
        set_line(line, runs.map_or(&whole[..], Vec::as_slice), room, setting, &mut lines);
    }
    let padding = u32::from(setting.density.code_padding);
    let mut piece = Piece::default();
    piece.put(Piece::lines(lines, width - 2 * side), side, padding);
    piece.height += padding;
    piece.fill(setting.theme.style(Role::Code), width);
    piece
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
