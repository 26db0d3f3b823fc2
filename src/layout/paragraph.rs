//! Running text: marks become styles, lines end where they must.

use std::ops::Range;

use std::sync::Arc;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::piece::Piece;
use super::scene::{Area, Content};
use super::setting::Setting;
use crate::color::{ink_on, readable};
use crate::deck::{Align, Flags, Fragment, Inline, Marks};
use crate::text::{self, wrap};
use crate::theme::{READABLE, Role, Theme};

/// Returns the paragraph in lines of at most `width` cells.
pub(super) fn layout(inlines: &[Inline], width: u16, align: Option<Align>, setting: &Setting<'_>) -> Piece {
    piece(inlines, width, (setting.theme.style(Role::Text), align), setting.theme)
}

/// Returns the inlines in lines of at most `width` cells, standing as the alignment says, each letter in its own style
/// over the given one. Letters that change are items of their own, in their place on the line.
pub(super) fn piece(
    inlines: &[Inline],
    width: u16,
    (base, align): (Style, Option<Align>),
    theme: &Theme,
) -> Piece {
    let (letters, runs) = flatten(inlines, base, theme);
    let lines = wrap(&letters, usize::from(width));
    let start = |line: &Range<usize>| {
        let slack = width.saturating_sub(text::cells(text::width(&letters[line.clone()])));
        match align {
            None | Some(Align::Left) => 0,
            Some(Align::Center) => slack / 2,
            Some(Align::Right) => slack,
        }
    };
    if runs.iter().all(|run| run.fragments.is_empty()) {
        let all = lines.iter().map(|line| spans(&letters, line.clone(), &runs));
        let mut piece = Piece::lines(aligned(all.collect(), align), width);
        if runs.iter().any(|run| run.link.is_some()) {
            for (y, line) in (0..).zip(lines) {
                piece.put(links(&letters, &line, of_line(&runs, &line)), start(&line), y);
            }
        }
        return piece;
    }
    let mut piece = Piece { height: u32::try_from(lines.len()).unwrap_or(u32::MAX), ..Piece::default() };
    for (y, line) in (0..).zip(lines) {
        let mut x = start(&line);
        for alike in of_line(&runs, &line).chunk_by(|a, b| a.fragments == b.fragments) {
            let (start, end) =
                (alike[0].range.start.max(line.start), alike[alike.len() - 1].range.end.min(line.end));
            let own = text::cells(text::width(&letters[start..end])).min(width - x.min(width));
            let mut part = Piece::lines(vec![spans(&letters, start..end, alike)], own);
            part.put(links(&letters, &(start..end), alike), 0, 0);
            piece.put(part.changing(alike[0].fragments), x, y);
            x += own;
        }
    }
    piece
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

/// Letters that share their looks.
struct StyledRange<'a> {
    range: Range<usize>,
    style: Style,
    link: Option<&'a Arc<str>>,
    fragments: &'a [Fragment],
}

/// Joins all letters, and tells which bytes look how.
fn flatten<'a>(inlines: &'a [Inline], base: Style, theme: &Theme) -> (String, Vec<StyledRange<'a>>) {
    let mut letters = String::new();
    let mut runs = Vec::new();
    for inline in inlines {
        let start = letters.len();
        match inline {
            Inline::Text(text, marks) => {
                letters.push_str(text);
                let style = style(marks, base, theme);
                let (range, link) = (start..letters.len(), marks.link.as_ref());
                runs.push(StyledRange { range, style, link, fragments: &marks.fragments });
            }
            Inline::Break => letters.push('\n'),
        }
    }
    (letters, runs)
}

/// Returns the runs that have letters on the line.
fn of_line<'r, 'a>(runs: &'r [StyledRange<'a>], line: &Range<usize>) -> &'r [StyledRange<'a>] {
    let first = runs.partition_point(|run| run.range.end <= line.start);
    let within = runs[first..].iter().take_while(|run| run.range.start < line.end).count();
    &runs[first..first + within]
}

/// Returns the links on a line of such runs, which begins at the piece's corner.
fn links(letters: &str, line: &Range<usize>, runs: &[StyledRange<'_>]) -> Piece {
    let mut piece = Piece::default();
    for alike in runs.chunk_by(|a, b| a.link == b.link) {
        let Some(url) = alike[0].link else { continue };
        let start = alike[0].range.start.max(line.start);
        let end = alike[alike.len() - 1].range.end.min(line.end);
        let width = text::cells(text::width(&letters[start..end]));
        let area = Area { x: 0, y: 0, width, height: 1 };
        let x = text::cells(text::width(&letters[line.start..start]));
        piece.put(Piece::item(area, Content::Link(Arc::clone(url))), x, 0);
    }
    piece
}

fn spans(letters: &str, line: Range<usize>, runs: &[StyledRange<'_>]) -> Line<'static> {
    let spans = of_line(runs, &line).iter().map(|run| {
        let (start, end) = (run.range.start.max(line.start), run.range.end.min(line.end));
        Span::styled(letters[start..end].to_owned(), run.style)
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
