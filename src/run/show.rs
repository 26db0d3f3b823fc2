//! `lutrin show`: pictures on the ordinary screen, through viuer. It asks the terminal first, for viuer waits for ever
//! for one that does not answer.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a picture's sides are whole pixels, far fewer than an `f32` counts"
)]

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use image::{DynamicImage, RgbImage};
use viuer::ViuError;

use crate::cli::{Options, PicturesArg, ShowArgs};
use crate::color::Rgb;
use crate::common::{Failure, query};
use crate::disk::{self, assets::Found};
use crate::picture::{self, Cut, Original, Size};
use crate::source::Diagnostic;
use crate::terminal::graphics::Protocol;
use crate::terminal::{Capabilities, ColorDepth, Graphics, Window};
use crate::text::sanitize;

/// The name under a picture, and the prompt.
const ROWS_BELOW: u16 = 2;

/// Prints each file that can be printed, and tells of the others.
pub(super) fn run(show: &ShowArgs, options: &Options) -> Result<ExitCode, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Diagnostic::new("standard output is not a terminal, so no picture can be shown on it")
            .hint("run `lutrin show` in a terminal")
            .into());
    }
    let printer = Printer::for_this_terminal(options.pictures)?;
    let mut failed = false;
    for path in &show.files {
        let name = disk::shown(path);
        match printer.print(path) {
            // A terminal that is gone by now is no reason to fail.
            Ok(()) if show.files.len() > 1 => drop(writeln!(std::io::stdout(), "{name}")),
            Ok(()) => {}
            Err(reason) => {
                failed = true;
                let _ = writeln!(std::io::stderr(), "lutrin: `{name}`: {}", sanitize(&reason));
            }
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How viuer shall print.
struct Printer {
    way: Way,
    cells: (u32, u32),
    /// A cell's width and height in pixels.
    cell: (f32, f32),
    /// What shows through a picture.
    background: Rgb,
    truecolor: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Kitty,
    Iterm2,
    Blocks,
}

impl Printer {
    fn for_this_terminal(pictures: Option<PicturesArg>) -> Result<Self, Failure> {
        let (probe, _) = query::ask()?;
        let (window, colors) = (Window::current(), Capabilities::of_environment().colors);
        let Graphics { why, .. } = probe.graphics();
        let way = way(&probe.graphics(), pictures, viuer::is_iterm_supported());
        if way == Way::Blocks && colors == ColorDepth::None {
            let because = why.first().map_or(String::new(), |reason| format!(": {reason}"));
            return Err(
                Diagnostic::new(format!("there are no colours here to show pictures in{because}")).into()
            );
        }
        Ok(Self {
            way,
            cells: (u32::from(window.columns), u32::from(window.rows.saturating_sub(ROWS_BELOW).max(1))),
            cell: probe.cell(&window),
            background: probe.background().unwrap_or(Rgb::BLACK),
            truecolor: colors == ColorDepth::True,
        })
    }

    fn print(&self, path: &Path) -> Result<(), String> {
        let mut cells = (0, 0);
        let picture = picture(path, self.background, |natural| {
            cells = self.cells_for(natural);
            self.pixels_for(cells, natural)
        })?;
        let config = viuer::Config {
            absolute_offset: false,
            transparent: true,
            width: Some(cells.0),
            height: Some(cells.1),
            truecolor: self.truecolor,
            use_kitty: self.way == Way::Kitty,
            use_iterm: self.way == Way::Iterm2,
            ..viuer::Config::default()
        };
        match viuer::print(&picture, &config) {
            // Somebody typed while viuer waited for the terminal; the picture is there.
            Ok(_) | Err(ViuError::KittyResponse(_)) => Ok(()),
            Err(error) => Err(format!("viuer: {error}")),
        }
    }

    /// Returns the columns and rows of a picture, as wide as fits: never larger than a column for each of its pixels.
    fn cells_for(&self, natural: Size) -> (u32, u32) {
        let (width, height) = (natural.width as f32, natural.height as f32);
        let most = (self.cells.0 as f32 * self.cell.0, self.cells.1 as f32 * self.cell.1);
        let scale = (most.0 / width).min(most.1 / height).min(self.cell.0);
        let count =
            |length: f32, cell: f32, most: u32| ((length * scale / cell).round() as u32).clamp(1, most);
        (count(width, self.cell.0, self.cells.0), count(height, self.cell.1, self.cells.1))
    }

    /// Returns the pixels that so many cells have, and no more than the picture has, for the terminal stretches it.
    fn pixels_for(&self, cells: (u32, u32), natural: Size) -> Size {
        if self.way == Way::Blocks {
            return Size { width: cells.0, height: 2 * cells.1 };
        }
        let shown = Size {
            width: (cells.0 as f32 * self.cell.0) as u32,
            height: (cells.1 as f32 * self.cell.1) as u32,
        };
        if shown.width <= natural.width { shown } else { natural }
    }
}

/// Returns how viuer shall print: only by a protocol in which the terminal has answered, for viuer asks it again.
fn way(graphics: &Graphics, pictures: Option<PicturesArg>, viuer_knows_iterm2: bool) -> Way {
    match graphics.protocol {
        _ if graphics.through_tmux || pictures == Some(PicturesArg::Blocks) => Way::Blocks,
        Some(Protocol::Kitty { .. }) => Way::Kitty,
        Some(Protocol::Iterm2) if viuer_knows_iterm2 => Way::Iterm2,
        _ => Way::Blocks,
    }
}

/// Returns a file's picture at the size that `fit` makes of its own, on a background.
fn picture(path: &Path, background: Rgb, fit: impl FnOnce(Size) -> Size) -> Result<DynamicImage, String> {
    if path.is_dir() {
        return Err("it is a folder".to_owned());
    }
    let file = Found::File(path.to_owned());
    let size = fit(picture::size(file.open()?)?);
    let bitmap = Original::read(file.open()?)?.print(&Cut::whole(size, background))?;
    let image = RgbImage::from_raw(size.width, size.height, bitmap.pixels);
    image.map(DynamicImage::ImageRgb8).ok_or_else(|| "the picture is damaged".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn printer(way: Way) -> Printer {
        Printer { way, cells: (80, 22), cell: (10.0, 19.0), background: Rgb::BLACK, truecolor: true }
    }

    #[rstest]
    #[case::wide((1600, 400), (80, 11))]
    #[case::tall((400, 1600), (10, 22))]
    #[case::small((30, 19), (30, 10))]
    #[case::a_line((1, 16_384), (1, 22))]
    #[case::a_row((16_384, 1), (80, 1))]
    #[case::a_dot((1, 1), (1, 1))]
    fn pictures_fit_and_keep_their_shape(#[case] size: (u32, u32), #[case] cells: (u32, u32)) {
        let natural = Size { width: size.0, height: size.1 };
        for way in [Way::Kitty, Way::Iterm2, Way::Blocks] {
            let found = printer(way).cells_for(natural);
            assert_eq!(found, cells, "{way:?}");
            let pixels = printer(way).pixels_for(found, natural);
            assert!(pixels.width > 0 && pixels.height > 0, "{pixels:?}");
        }
    }

    #[test]
    fn viuer_uses_only_what_the_terminal_answered_to() {
        let graphics =
            |protocol| Graphics { protocol, through_tmux: false, why: Vec::new(), undecided: false };
        let kitty = graphics(Some(Protocol::Kitty { local: false }));
        assert_eq!(way(&kitty, None, true), Way::Kitty);
        assert_eq!(way(&kitty, Some(PicturesArg::Blocks), true), Way::Blocks);
        assert_eq!(way(&Graphics { through_tmux: true, ..kitty }, None, true), Way::Blocks);
        assert_eq!(way(&graphics(Some(Protocol::Iterm2)), None, true), Way::Iterm2);
        assert_eq!(way(&graphics(Some(Protocol::Iterm2)), None, false), Way::Blocks);
        assert_eq!(way(&graphics(Some(Protocol::Sixel)), None, true), Way::Blocks);
        assert_eq!(way(&graphics(None), None, true), Way::Blocks);
    }
}
