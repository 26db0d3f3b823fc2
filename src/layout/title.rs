//! Title slides: big letters, wrapped by word, in the largest size that fits.

use ratatui::layout::Alignment;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_normalization::UnicodeNormalization;

use super::paragraph;
use super::piece::Piece;
use super::scene::{Area, Content, Item, Scene};
use super::setting::Setting;
use super::stage::Stage;
use crate::deck::{Align, Inline, walk};
use crate::text::{self, LetterSize, big_letters};
use crate::theme::{Role, Theme};

/// The sizes of a letter from the largest.
const SIZES: [LetterSize; 3] = [LetterSize::Full, LetterSize::HalfHeight, LetterSize::Quadrant];
/// A console's font has no quadrants.
const BASIC_SIZES: usize = 2;

/// Returns the scene of a title in big letters, or in bold ones where no big ones fit; none where there are no words.
pub(super) fn layout(inlines: &[Inline], stage: Stage, theme: &Theme) -> Option<Scene> {
    let style = title_style(inlines, theme);
    let words = drawable(&walk::plain(inlines));
    if words.trim().is_empty() {
        return None;
    }
    let room = (usize::from(stage.columns), usize::from(stage.rows));
    let lines = sizes(&words, stage).iter().find_map(|size| big_lines(&words, *size, style, room));
    let lines = lines.unwrap_or_else(|| {
        let width = stage.columns.saturating_sub(2).max(1);
        paragraph::lines(inlines, width, style, theme)
    });
    let lines: Vec<Line<'static>> = lines.into_iter().map(|line| line.alignment(Alignment::Center)).collect();
    let height = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let y = u32::from(stage.rows).saturating_sub(height) / 2;
    let area = Area { x: 0, y, width: stage.columns, height };
    let items = vec![Item { area, content: Content::Lines(lines), phases: Vec::new() }];
    Some(Scene { items, height: (y + height).max(1), ..Scene::default() })
}

/// Returns text in letters as large as its width allows, on one line where any do: in big ones of at most a third of the
/// stage's rows, else in a heading's.
pub(super) fn fitted(inlines: &[Inline], width: u16, align: Option<Align>, setting: &Setting<'_>) -> Piece {
    let style = title_style(inlines, setting.theme);
    let words = drawable(&walk::plain(inlines));
    let room = (usize::from(width), usize::from(setting.stage.rows) / 3);
    let sizes = if setting.density.big_letters { sizes(&words, setting.stage) } else { &[] };
    let lines = words.lines().count().max(1);
    let whole = sizes.iter().find_map(|size| {
        big_lines(&words, *size, style, room).filter(|drawn| drawn.len() == lines * size.rows())
    });
    let drawn = whole.or_else(|| sizes.iter().find_map(|size| big_lines(&words, *size, style, room)));
    let lines = drawn.unwrap_or_else(|| {
        paragraph::lines(inlines, width, setting.theme.style(Role::Heading1), setting.theme)
    });
    Piece::lines(paragraph::aligned(lines, align.or(Some(Align::Center))), width)
}

/// Returns the sizes in which the words can be drawn, from the largest.
fn sizes(words: &str, stage: Stage) -> &'static [LetterSize] {
    match (all_drawn(words), stage.basic_glyphs) {
        (false, _) => &[],
        (true, true) => &SIZES[..BASIC_SIZES],
        (true, false) => &SIZES,
    }
}

/// Returns the title's style: the author's colour where the first letters have one.
fn title_style(inlines: &[Inline], theme: &Theme) -> Style {
    let base = theme.style(Role::Title);
    inlines
        .iter()
        .find_map(|inline| match inline {
            Inline::Text(_, marks) if marks.color.is_some() => {
                let style = paragraph::style(marks, base, theme);
                Some(style.fg.map_or(base, |color| base.fg(color)))
            }
            _ => None,
        })
        .unwrap_or(base)
}

/// Returns the words in letters of one size, or none where they do not fit in so many columns and rows.
fn big_lines(
    words: &str,
    size: LetterSize,
    style: Style,
    room: (usize, usize),
) -> Option<Vec<Line<'static>>> {
    let lines = by_word(words, room.0 / size.columns())?;
    if lines.len() * size.rows() > room.1 {
        return None;
    }
    let rows = lines.iter().flat_map(|line| big_letters(line, size));
    Some(rows.map(|row| Line::from(Span::styled(row, style))).collect())
}

/// Breaks between words only; none where a word is longer than a line.
fn by_word(words: &str, letters: usize) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for source_line in words.lines() {
        let mut line = String::new();
        for word in source_line.split_whitespace() {
            let needed = word.chars().count();
            if needed > letters {
                return None;
            }
            if !line.is_empty() && line.chars().count() + 1 + needed > letters {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    Some(lines)
}

/// Returns `words` in letters that the big font has, as far as it can: composed, typographic marks as plain ones.
fn drawable(words: &str) -> String {
    let mut out = String::new();
    for letter in words.nfc() {
        match letter {
            '’' | '‘' | '‚' | '´' => out.push('\''),
            '“' | '”' | '„' => out.push('"'),
            '–' | '—' | '‐' | '‑' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            '€' => out.push_str("EUR"),
            '•' => out.push('·'),
            '³' => out.push('3'),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            _ if is_drawn(letter) => out.push(letter),
            _ => {
                let base: String = letter.nfd().filter(|part| is_drawn(*part)).collect();
                if base.is_empty() { out.push(letter) } else { out.push_str(&base) }
            }
        }
    }
    out
}

/// Returns whether the big font has the letter.
fn is_drawn(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{b2}' | '\u{b5}'..='\u{ff}' | '\n')
}

/// Returns whether the big font has every letter of `words`.
fn all_drawn(words: &str) -> bool {
    words.chars().all(is_drawn) && text::width(words) > 0
}
