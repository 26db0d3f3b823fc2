//! Pictures through viuer, in the terminals that it recognizes by their environment. viuer writes by itself and may
//! read the terminal's answers, so the caller must not read meanwhile.

use image::{DynamicImage, RgbImage};
use ratatui::layout::Rect;

use crate::picture::{Bitmap, Size};

/// Takes all pictures of a kitty down.
const CLEAR: &[u8] = b"\x1b_Ga=d,d=A,q=2\x1b\\";

/// Shows pictures through viuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    is_kitty: bool,
}

impl Viewer {
    /// Returns a viewer, where the environment names a terminal that viuer supports. The terminal is not asked: one
    /// that does not answer would keep viuer waiting for ever.
    pub fn of_environment() -> Option<Self> {
        Self::detect(|name| std::env::var(name).ok(), viuer::is_iterm_supported())
    }

    fn detect(get: impl Fn(&str) -> Option<String>, is_iterm: bool) -> Option<Self> {
        let set = |name: &str| get(name).is_some_and(|value| !value.is_empty());
        if set("TMUX") {
            return None;
        }
        let term = get("TERM").unwrap_or_default();
        let is_kitty = set("KITTY_WINDOW_ID") || term == "xterm-kitty" || term == "xterm-ghostty";
        (is_kitty || is_iterm).then_some(Self { is_kitty })
    }

    /// Lets viuer ask the terminal what it asks once in a program's life.
    pub fn ask(self) {
        if self.is_kitty {
            viuer::get_kitty_support();
        }
    }

    /// Shows a picture in an area of cells.
    ///
    /// # Errors
    /// Returns viuer's error, as text.
    pub fn show(self, picture: &Bitmap, area: Rect) -> Result<(), String> {
        let Size { width, height } = picture.size;
        let pixels =
            RgbImage::from_raw(width, height, picture.pixels.clone()).ok_or("the picture has no pixels")?;
        let config = viuer::Config {
            absolute_offset: true,
            x: area.x,
            y: i16::try_from(area.y).unwrap_or(i16::MAX),
            width: Some(u32::from(area.width)),
            height: Some(u32::from(area.height)),
            restore_cursor: true,
            truecolor: true,
            use_kitty: self.is_kitty,
            use_iterm: !self.is_kitty,
            ..viuer::Config::default()
        };
        viuer::print(&DynamicImage::ImageRgb8(pixels), &config).map(drop).map_err(|error| error.to_string())
    }

    /// Returns the bytes that take every picture down, where the terminal keeps them apart from its cells.
    pub fn clear(self) -> &'static [u8] {
        if self.is_kitty { CLEAR } else { b"" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_that_viuer_knows_get_a_viewer() {
        let detect = |name: &'static str, value: &'static str, is_iterm| {
            Viewer::detect(|asked| (asked == name).then(|| value.to_owned()), is_iterm)
        };
        assert_eq!(detect("TERM", "xterm-kitty", false), Some(Viewer { is_kitty: true }));
        assert_eq!(detect("TERM", "xterm-256color", true), Some(Viewer { is_kitty: false }));
        assert_eq!(detect("TERM", "xterm-256color", false), None);
        assert_eq!(detect("TMUX", "/tmp/tmux", true), None);
    }
}
