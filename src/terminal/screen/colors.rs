//! Colours brought down to what the terminal shows; what is text stays readable on its background.

use ansi_colours::rgb_from_ansi256;
use ratatui::style::Color;

use crate::color::{Rgb, contrast};
use crate::terminal::capabilities::ColorDepth;

/// The sixteen colours as the Linux console shows them: other palettes have lighter ones, so what is readable here is
/// readable there.
const PALETTE: [(Color, Rgb); 16] = [
    (Color::Black, Rgb(0, 0, 0)),
    (Color::Red, Rgb(170, 0, 0)),
    (Color::Green, Rgb(0, 170, 0)),
    (Color::Yellow, Rgb(170, 85, 0)),
    (Color::Blue, Rgb(0, 0, 170)),
    (Color::Magenta, Rgb(170, 0, 170)),
    (Color::Cyan, Rgb(0, 170, 170)),
    (Color::Gray, Rgb(170, 170, 170)),
    (Color::DarkGray, Rgb(85, 85, 85)),
    (Color::LightRed, Rgb(255, 85, 85)),
    (Color::LightGreen, Rgb(85, 255, 85)),
    (Color::LightYellow, Rgb(255, 255, 85)),
    (Color::LightBlue, Rgb(85, 85, 255)),
    (Color::LightMagenta, Rgb(255, 85, 255)),
    (Color::LightCyan, Rgb(85, 255, 255)),
    (Color::White, Rgb(255, 255, 255)),
];
const BLACK: usize = 0;
const GRAY: usize = 7;
const DARK_GRAY: usize = 8;
const WHITE: usize = 15;
/// What sets a light colour apart from its dark twin.
const LIGHT: usize = 8;

/// The least contrast at which letters of the sixteen colours are read.
const READABLE: f32 = 3.0;

/// The colours that a cell has before they are reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellColors {
    pub(super) fg: Color,
    pub(super) bg: Color,
    /// Whether the cell is text, which has to stay readable, or a piece of a picture.
    pub(super) is_text: bool,
}

/// Reduces colours cell by cell. It remembers the last ones, for neighbours mostly share theirs, and to find what is
/// readable takes longer than all else about a cell.
pub(super) struct Reducer {
    depth: ColorDepth,
    /// The last colours, and what they became.
    last: Option<(CellColors, (Color, Color))>,
}

impl Reducer {
    pub(super) fn new(depth: ColorDepth) -> Self {
        Self { depth, last: None }
    }

    /// Returns what [`reduce`] does.
    pub(super) fn reduce(&mut self, colors: CellColors) -> (Color, Color) {
        if self.depth == ColorDepth::True {
            return (colors.fg, colors.bg);
        }
        match self.last {
            Some((known, reduced)) if known == colors => reduced,
            _ => {
                let reduced = reduce(colors, self.depth);
                self.last = Some((colors, reduced));
                reduced
            }
        }
    }
}

/// Returns foreground and background as the terminal can show them. Text never takes its background's colour, nor
/// among sixteen colours one that can hardly be told from it; half-blocks are pictures, and may.
fn reduce(CellColors { fg, bg, is_text }: CellColors, depth: ColorDepth) -> (Color, Color) {
    let told_apart = is_text && fg != bg;
    match depth {
        ColorDepth::True => (fg, bg),
        ColorDepth::None => (Color::Reset, Color::Reset),
        ColorDepth::Ansi256 => match (of_256(fg), of_256(bg)) {
            (fg, bg) if told_apart && fg == bg => (extreme_of_256(bg), bg),
            reduced => reduced,
        },
        ColorDepth::Ansi16 => match (of_16(fg), of_16(bg)) {
            (Some(fg), Some(bg)) if told_apart => (PALETTE[readable(fg, bg)].0, PALETTE[bg].0),
            (fg, bg) => (named(fg), named(bg)),
        },
    }
}

fn of_256(color: Color) -> Color {
    match color {
        Color::Rgb(red, green, blue) => Color::Indexed(Rgb(red, green, blue).ansi256()),
        other => other,
    }
}

/// The black or the white of the 256, which no palette of the user changes.
fn extreme_of_256(background: Color) -> Color {
    let (black, white) = (16, 231);
    let is_light = rgb(background).is_some_and(|rgb| contrast(rgb, Rgb::BLACK) > contrast(rgb, Rgb::WHITE));
    Color::Indexed(if is_light { black } else { white })
}

fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
        Color::Indexed(index) => {
            let (red, green, blue) = rgb_from_ansi256(index);
            Some(Rgb(red, green, blue))
        }
        name => PALETTE.iter().find(|(color, _)| *color == name).map(|(_, rgb)| *rgb),
    }
}

fn named(index: Option<usize>) -> Color {
    index.map_or(Color::Reset, |index| PALETTE[index].0)
}

/// Returns which of the sixteen stands for a colour: by hue where there is one, else by lightness.
fn of_16(color: Color) -> Option<usize> {
    if let Some(index) = PALETTE.iter().position(|(name, _)| *name == color) {
        return Some(index);
    }
    match color {
        Color::Indexed(index @ 0..16) => Some(usize::from(index)),
        color => rgb(color).map(nearest_of_16),
    }
}

fn nearest_of_16(Rgb(red, green, blue): Rgb) -> usize {
    const COLORFUL: u8 = 48;
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    if most < 64 {
        return BLACK;
    }
    let middle = u8::midpoint(most, least);
    if most - least < COLORFUL {
        return match middle {
            ..64 => BLACK,
            64..140 => DARK_GRAY,
            140..224 => GRAY,
            224.. => WHITE,
        };
    }
    let channel = |value: u8, bit: usize| if value > middle { bit } else { 0 };
    let hue = channel(red, 1) + channel(green, 2) + channel(blue, 4);
    if most > 190 { hue + LIGHT } else { hue }
}

/// Returns the foreground, or its light or dark twin, or a grey, whichever first can be read on the background.
fn readable(fg: usize, bg: usize) -> usize {
    [fg, fg ^ LIGHT, GRAY, WHITE, BLACK]
        .into_iter()
        .find(|&candidate| contrast(PALETTE[candidate].1, PALETTE[bg].1) >= READABLE)
        .expect("black or white is readable on any colour")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColorDepth::{Ansi16, Ansi256};
    use rstest::rstest;

    const NIGHT: Color = Color::Rgb(30, 30, 46);
    const PAPER: Color = Color::Rgb(250, 248, 240);

    #[rstest]
    #[case(Color::Rgb(205, 214, 244), NIGHT, (Color::White, Color::Black))]
    #[case(Color::Rgb(137, 180, 250), NIGHT, (Color::LightBlue, Color::Black))]
    #[case(Color::Rgb(166, 227, 161), NIGHT, (Color::LightGreen, Color::Black))]
    #[case(Color::Rgb(108, 112, 134), NIGHT, (Color::Gray, Color::Black))]
    #[case(Color::Rgb(120, 120, 120), PAPER, (Color::DarkGray, Color::White))]
    #[case(Color::Rgb(0, 0, 160), NIGHT, (Color::LightBlue, Color::Black))]
    #[case(Color::Rgb(255, 220, 0), PAPER, (Color::Yellow, Color::White))]
    #[case(Color::Rgb(50, 50, 60), NIGHT, (Color::Gray, Color::Black))]
    #[case(Color::Reset, NIGHT, (Color::Reset, Color::Black))]
    #[case(Color::Indexed(196), Color::Reset, (Color::LightRed, Color::Reset))]
    fn sixteen(#[case] fg: Color, #[case] bg: Color, #[case] expected: (Color, Color)) {
        assert_eq!(reduce(CellColors { fg, bg, is_text: true }, Ansi16), expected);
    }

    #[test]
    fn text_is_readable_in_sixteen_colors_on_every_background() {
        for (fg, bg) in (0..16).flat_map(|fg| (0..16).map(move |bg| (fg, bg))) {
            let shown = readable(fg, bg);
            assert!(contrast(PALETTE[shown].1, PALETTE[bg].1) >= READABLE, "{fg} on {bg} became {shown}");
        }
    }

    #[test]
    fn close_colors_stay_apart_in_text_and_meet_in_pictures() {
        let (fg, bg) = (Color::Rgb(31, 31, 31), Color::Rgb(30, 30, 30));
        let (text, behind) = reduce(CellColors { fg, bg, is_text: true }, Ansi256);
        let picture = reduce(CellColors { fg, bg, is_text: false }, Ansi256);
        assert_eq!((text, picture), (Color::Indexed(231), (behind, behind)));
    }
}
