//! What the terminal can do by its environment, and how large it is.

use std::env;

use ratatui::layout::Size;
use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorDepth {
    /// None, or the user wants none.
    None,
    /// The sixteen of the terminal's own palette.
    Ansi16,
    /// The palette of 256.
    Ansi256,
    /// Every RGB colour.
    True,
}

/// What the environment says about the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// How many colours it shows.
    pub colors: ColorDepth,
    /// Whether erased cells take the current background colour.
    pub erases_with_background: bool,
    /// Whether its font has little beyond Latin letters and box drawing.
    pub basic_glyphs: bool,
}

impl Capabilities {
    /// Returns what this process's environment says.
    pub fn of_environment() -> Self {
        Self::detect(|name| env::var(name).ok())
    }

    /// Returns what an environment says, where `get` looks a variable up.
    pub fn detect(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).unwrap_or_default();
        let term = get("TERM");
        let in_screen = term.starts_with("screen") && get("TMUX").is_empty();
        Self {
            colors: color_depth(&get, &term, in_screen),
            erases_with_background: !in_screen || term.ends_with("-bce"),
            basic_glyphs: matches!(term.as_str(), "linux" | "dumb"),
        }
    }
}

fn color_depth(get: &impl Fn(&str) -> String, term: &str, in_screen: bool) -> ColorDepth {
    const TRUE_TERMS: [&str; 7] =
        ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio"];
    const TRUE_PROGRAMS: [&str; 6] = ["iTerm.app", "WezTerm", "ghostty", "vscode", "mintty", "rio"];
    let starts_with_one_of = |names: &[&str]| names.iter().any(|name| term.starts_with(name));

    if !get("NO_COLOR").is_empty() || term == "dumb" || term.ends_with("-mono") || term.ends_with("-m") {
        return ColorDepth::None;
    }
    let says_true = matches!(get("COLORTERM").as_str(), "truecolor" | "24bit")
        || term.ends_with("-direct")
        || starts_with_one_of(&TRUE_TERMS)
        || TRUE_PROGRAMS.contains(&get("TERM_PROGRAM").as_str());
    // GNU screen and the Linux console inherit a neighbour's COLORTERM but show no RGB.
    if says_true && !in_screen && term != "linux" {
        ColorDepth::True
    } else if term.contains("256color") || (term.starts_with("xterm") && !get("XTERM_VERSION").is_empty()) {
        ColorDepth::Ansi256
    } else {
        ColorDepth::Ansi16
    }
}

/// More columns and rows than any screen has pixels for; of a larger window, which only a mistake makes, the rest
/// stays empty.
const WIDEST: u16 = 2000;
const TALLEST: u16 = 1000;

/// The terminal's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Cells in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// A cell's width in pixels.
    pub cell_width: f32,
    /// A cell's height in pixels.
    pub cell_height: f32,
    /// Whether the system reports the pixels; else a cell's size is a guess.
    pub is_measured: bool,
}

impl Window {
    /// Asks the system for the size of the terminal on standard output: 80×24 when it does not know.
    pub fn current() -> Self {
        match tcgetwinsize(stdout()) {
            Ok(size) => {
                Self::new(Size::new(size.ws_col, size.ws_row), Size::new(size.ws_xpixel, size.ws_ypixel))
            }
            Err(_) => Self::new(Size::ZERO, Size::ZERO),
        }
    }

    /// Returns the size of a window that has these cells and these pixels. Where it is not known how many there are,
    /// they are zero: 80×24 cells are assumed then, and cells of 10×20 pixels.
    pub fn new(cells: Size, pixels: Size) -> Self {
        let Size { width: columns, height: rows } = if cells.area() == 0 { Size::new(80, 24) } else { cells };
        let known = pixels.area() > 0;
        let usual = Size::new(columns.saturating_mul(10), rows.saturating_mul(20));
        let Size { width, height } = if known { pixels } else { usual };
        Self {
            columns: columns.min(WIDEST),
            rows: rows.min(TALLEST),
            cell_width: f32::from(width) / f32::from(columns),
            cell_height: f32::from(height) / f32::from(rows),
            is_measured: known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColorDepth::{Ansi16, Ansi256, None as Colorless, True};
    use rstest::rstest;

    fn detect(environment: &str) -> Capabilities {
        let variables: Vec<(&str, &str)> =
            environment.split(' ').filter_map(|pair| pair.split_once('=')).collect();
        Capabilities::detect(|name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[rstest]
    #[case("TERM=xterm-256color COLORTERM=truecolor", True)]
    #[case("TERM=xterm COLORTERM=24bit", True)]
    #[case("TERM=xterm-256color COLORTERM=yes", Ansi256)]
    #[case("TERM=xterm-256color COLORTERM=truecolor NO_COLOR=1", Colorless)]
    #[case("TERM=xterm-256color NO_COLOR=", Ansi256)]
    #[case("TERM=xterm-kitty", True)]
    #[case("TERM=xterm-direct", True)]
    #[case("TERM=foot-extra", True)]
    #[case("TERM=xterm-256color TERM_PROGRAM=iTerm.app", True)]
    #[case("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", Ansi256)]
    #[case("TERM=linux COLORTERM=truecolor", Ansi16)]
    #[case("TERM=screen-256color COLORTERM=truecolor", Ansi256)]
    #[case("TERM=screen-256color COLORTERM=truecolor TMUX=/tmp/t", True)]
    #[case("TERM=tmux-256color", Ansi256)]
    #[case("TERM=screen", Ansi16)]
    #[case("TERM=xterm", Ansi16)]
    #[case("TERM=xterm XTERM_VERSION=XTerm(379)", Ansi256)]
    #[case("TERM=dumb COLORTERM=truecolor", Colorless)]
    #[case("TERM=xterm-mono", Colorless)]
    #[case("", Ansi16)]
    fn colors(#[case] environment: &str, #[case] depth: ColorDepth) {
        assert_eq!(detect(environment).colors, depth);
    }

    #[rstest]
    #[case("TERM=xterm-256color", true)]
    #[case("TERM=linux", true)]
    #[case("TERM=screen-256color", false)]
    #[case("TERM=screen.xterm-256color", false)]
    #[case("TERM=screen-256color-bce", true)]
    #[case("TERM=screen-256color TMUX=/tmp/t", true)]
    fn erasing(#[case] environment: &str, #[case] colored: bool) {
        assert_eq!(detect(environment).erases_with_background, colored);
    }

    #[test]
    fn cells_have_the_size_the_pixels_say() {
        let known = Window::new(Size::new(120, 35), Size::new(1011, 700));
        assert!((known.cell_width - 8.425).abs() < 1e-4 && (known.cell_height - 20.0).abs() < 1e-4);
        let unknown = Window::new(Size::ZERO, Size::ZERO);
        assert_eq!((unknown.columns, unknown.rows), (80, 24));
        assert!((unknown.cell_width - 10.0).abs() < 1e-4 && (unknown.cell_height - 20.0).abs() < 1e-4);
        let mistaken = Window::new(Size::new(u16::MAX, u16::MAX), Size::ZERO);
        assert_eq!((mistaken.columns, mistaken.rows), (WIDEST, TALLEST));
    }
}
