//! What a cell of the screen shows, made safe for the terminal: no control character, no doubtful width.

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::style::{Color, Modifier};

use super::colors::{CellColors, Reducer};
use super::sgr_state::SHOWN_ON_BLANKS;
use crate::terminal::capabilities::ColorDepth;
use crate::text;

/// Replaces a symbol that must not reach the terminal.
const MARK: &str = "\u{fffd}";

/// What a cell of the screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellState {
    /// A picture of this number is here, which is not overwritten; zero where another program put it there.
    Picture(u32),
    /// The rest of a wide symbol to the left.
    Covered,
    /// A symbol begins here.
    Shows(Cell),
}

impl CellState {
    pub(super) const BLANK: Self = Self::Shows(Cell::EMPTY);

    /// Returns the background of a blank that an erased cell could be.
    pub(super) fn blank(&self) -> Option<Color> {
        match self {
            Self::Shows(cell) if is_blank(cell) => Some(cell.bg),
            _ => None,
        }
    }
}

/// Returns the cells of row `y` of a canvas; none where the canvas has no such row.
pub(super) fn canvas_row(canvas: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(canvas.area.width);
    let start = usize::from(y) * width;
    canvas.content.get(start..start + width).unwrap_or_default()
}

/// Returns whether two rows of a canvas look the same.
pub(super) fn are_same(row: &[Cell], other: &[Cell]) -> bool {
    // Colours differ more often than letters do, and are compared faster.
    let same = |(a, b): (&Cell, &Cell)| a.bg == b.bg && a.fg == b.fg && a == b;
    row.len() == other.len() && row.iter().zip(other).all(same)
}

/// Returns a row of a canvas as it is sent, `columns` wide. What is cut, at the end or by a picture, is left out.
/// `picture` returns the number of the picture at a column.
pub(super) fn row(
    cells: &[Cell],
    columns: u16,
    depth: ColorDepth,
    picture: impl Fn(u16) -> u32,
) -> Vec<CellState> {
    let columns = usize::from(columns);
    let mut reducer = Reducer::new(depth);
    let mut states = Vec::with_capacity(columns);
    let cells = &cells[..cells.len().min(columns)];
    while let [cell, others @ ..] = &cells[states.len().min(cells.len())..] {
        if cell.diff_option == CellDiffOption::Skip {
            states.push(CellState::Picture(picture(text::cells(states.len()))));
            continue;
        }
        let (mut fit, width) = fit(cell, &mut reducer);
        let rest = usize::from(width) - 1;
        let is_whole = others
            .get(..rest)
            .is_some_and(|rest| rest.iter().all(|cell| cell.diff_option != CellDiffOption::Skip));
        if is_whole {
            states.push(CellState::Shows(fit));
            if rest > 0 {
                states.resize(states.len() + rest, CellState::Covered);
            }
        } else {
            fit.set_symbol(" ");
            states.push(CellState::Shows(fit));
        }
    }
    states.resize(columns, CellState::BLANK);
    states
}

/// Returns a row as it is painted before its pictures are drawn: a picture's cells are blanked, in the colour that the
/// canvas has there, unless that picture is there already.
pub(super) fn below_pictures(
    row: &[CellState],
    shown: &[CellState],
    cells: &[Cell],
    depth: ColorDepth,
) -> Vec<CellState> {
    let mut reducer = Reducer::new(depth);
    let mut below = |(x, state): (usize, &CellState)| match state {
        CellState::Picture(number) if *number > 0 && shown.get(x) != Some(state) => {
            let mut blank = Cell::EMPTY;
            let background = cells.get(x).map_or(Color::Reset, |cell| cell.bg);
            blank.bg = reducer.reduce(CellColors { fg: Color::Reset, bg: background, is_text: false }).1;
            CellState::Shows(blank)
        }
        other => other.clone(),
    };
    row.iter().enumerate().map(&mut below).collect()
}

/// Returns a cell as it is sent, and how many columns it covers.
fn fit(cell: &Cell, reducer: &mut Reducer) -> (Cell, u16) {
    let symbol = cell.symbol();
    let is_plain = matches!(symbol.as_bytes(), [b' '..=b'~']);
    let unfit = !is_plain && symbol.chars().any(char::is_control);
    let width = match cell.diff_option {
        CellDiffOption::ForcedWidth(width) => width.get(),
        // ratatui's measure insists on having no control characters.
        _ if is_plain || unfit => 1,
        _ => cell.cell_width(),
    };
    let mut fit = cell.clone();
    fit.diff_option = CellDiffOption::None;
    if unfit {
        fit.set_symbol(MARK);
    } else if width == 0 {
        fit.set_symbol(" ");
    }
    let is_text = is_plain || !is_block(fit.symbol());
    (fit.fg, fit.bg) = reducer.reduce(CellColors { fg: cell.fg, bg: cell.bg, is_text });
    if is_blank(&fit) {
        (fit.fg, fit.modifier) = (Color::Reset, Modifier::empty());
    }
    (fit, width.max(1))
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SHOWN_ON_BLANKS)
}

/// Blocks of two colours are pieces of pictures and big letters.
fn is_block(symbol: &str) -> bool {
    symbol.starts_with(|letter| matches!(letter, '\u{2580}'..='\u{259f}' | '\u{1fb00}'..='\u{1fbff}'))
}

/// Returns whether every terminal moves on by one column after the symbol: Latin, Greek, Cyrillic, punctuation,
/// arrows and mathematics, box drawing. What may be an emoji, what is made of several characters, what the font may
/// show wide, is left out.
pub(super) fn is_steady(symbol: &str) -> bool {
    if let [letter] = symbol.as_bytes() {
        return matches!(letter, b' '..=b'~');
    }
    let mut letters = symbol.chars();
    let steady = |letter| {
        matches!(letter,
            '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}'
            | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}'
            | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203b}'
            | '\u{20a0}'..='\u{20bf}' | '\u{2190}'..='\u{2193}' | '\u{2200}'..='\u{22ff}'
            | '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}' | '\u{1fb00}'..='\u{1fbff}')
    };
    letters.next().is_some_and(steady) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("\u{1b}[31m")]
    #[case("a\u{7}")]
    #[case("\u{9b}")]
    #[case("\u{7f}")]
    fn control_characters_become_a_mark(#[case] symbol: &str) {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(symbol);
        assert_eq!(fit(&cell, &mut Reducer::new(ColorDepth::True)).0.symbol(), MARK);
    }

    #[test]
    fn a_symbol_without_width_becomes_a_blank() {
        let mut cell = Cell::EMPTY;
        cell.set_symbol("\u{200b}");
        let (cell, width) = fit(&cell, &mut Reducer::new(ColorDepth::True));
        assert_eq!((cell.symbol(), width), (" ", 1));
    }

    #[rstest]
    #[case("a", true)]
    #[case("é", true)]
    #[case("€", true)]
    #[case("→", true)]
    #[case("─", true)]
    #[case("▄", true)]
    #[case("漢", false)]
    #[case("🎉", false)]
    #[case("❤", false)]
    #[case("❤\u{fe0f}", false)]
    #[case("e\u{301}", false)]
    #[case("\u{e0b0}", false)]
    #[case("\u{fffd}", false)]
    fn steadiness(#[case] symbol: &str, #[case] steady: bool) {
        assert_eq!(is_steady(symbol), steady);
    }
}
