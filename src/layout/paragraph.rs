//! Running text: marks become styles, lines end where they must.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::density::Setting;
use super::scene::Piece;
use crate::color::{ink_on, readable};
use crate::deck::{Align, Flags, Inline, Marks};
use crate::text::{self, wrap};
use crate::theme::{READABLE, Role, Theme};

/// Returns the paragraph in lines of at most `width` cells.
pub(super) fn layout(inlines: &[Inline], width: u16, align: Option<Align>, setting: &Setting<'_>) -> Piece {
    let base = setting.theme.style(Role::Text);
    Piece::lines(aligned(lines(inlines, width, base, setting.theme), align), width)
}

/// Returns the inlines in lines of at most `width` cells, each letter in its own style over `base`.
pub(super) fn lines(inlines: &[Inline], width: u16, base: Style, theme: &Theme) -> Vec<Line<'static>> {
    let (letters, runs) = flatten(inlines, base, theme);
    wrap(&letters, usize::from(width)).into_iter().map(|line| spans(&letters, line, &runs)).collect()
}

/// Returns the lines standing as `align` says.
pub(super) fn aligned(lines: Vec<Line<'static>>, align: Option<Align>) -> Vec<Line<'static>> {
    let alignment = match align {
        None | Some(Align::Left) => return lines,
        Some(Align::Center) => ratatui::layout::Alignment::Center,
        Some(Align::Right) => ratatui::layout::Alignment::Right,
    };
    lines.into_iter().map(|line| line.alignment(alignment)).collect()
}

/// Returns the widths in cells of the longest line and of the longest word.
pub(super) fn widths(inlines: &[Inline]) -> (usize, usize) {
    let letters = crate::deck::walk::plain(inlines);
    let longest = letters.lines().map(text::width).max().unwrap_or(0);
    let word = letters.split_whitespace().map(text::width).max().unwrap_or(0);
    (longest, word)
}

/// Joins all letters, and tells which bytes have which style.
fn flatten(inlines: &[Inline], base: Style, theme: &Theme) -> (String, Vec<(Range<usize>, Style)>) {
    let mut letters = String::new();
    let mut runs = Vec::new();
    for inline in inlines {
        let start = letters.len();
        match inline {
            Inline::Text(text, marks) => {
                letters.push_str(text);
                runs.push((start..letters.len(), style(marks, base, theme)));
            }
            Inline::Break => letters.push('\n'),
        }
    }
    (letters, runs)
}

fn spans(letters: &str, line: Range<usize>, runs: &[(Range<usize>, Style)]) -> Line<'static> {
    let first = runs.partition_point(|(run, _)| run.end <= line.start);
    let within = runs[first..].iter().take_while(|(run, _)| run.start < line.end);
    let spans = within.map(|(run, style)| {
        let (start, end) = (run.start.max(line.start), run.end.min(line.end));
        Span::styled(letters[start..end].to_owned(), *style)
    });
    Line::from(spans.collect::<Vec<_>>())
}

/// Returns the style of a run: what the theme says of each mark, over the base, and the author's colours made
/// readable where they stand.
pub(super) fn style(marks: &Marks, base: Style, theme: &Theme) -> Style {
    let mut style = base;
    for (flag, role) in [
        (Flags::SMALL, Role::Small),
        (Flags::STRONG, Role::Strong),
        (Flags::BIG, Role::Strong),
        (Flags::EMPHASIS, Role::Emphasis),
        (Flags::STRIKE, Role::Strike),
        (Flags::UNDERLINE, Role::Underline),
        (Flags::HIGHLIGHT, Role::Highlight),
        (Flags::CODE, Role::InlineCode),
        (Flags::KEY, Role::Key),
    ] {
        if marks.flags.contains(flag) {
            style = style.patch(theme.style(role));
        }
    }
    if marks.link.is_some() {
        style = style.patch(theme.style(Role::Link));
    }
    // Bold headings stay bold although the text inside is not marked so.
    style = style.add_modifier(base.add_modifier & Modifier::BOLD);
    authors_colors(marks, style, theme)
}

fn authors_colors(marks: &Marks, mut style: Style, theme: &Theme) -> Style {
    if let Some(background) = marks.background {
        let ink = marks.color.map_or(ink_on(background), |color| readable(color, background, READABLE));
        style = style.fg(ink.into()).bg(background.into());
    } else if let Some(color) = marks.color {
        style = style.fg(theme.ink(color).into());
    }
    style
}
