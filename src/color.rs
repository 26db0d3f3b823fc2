//! A colour, how CSS writes it, and how well it can be read on another.

mod names;

use ratatui::style::Color;

use names::NAMES;

/// A colour of the sRGB space: its red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// The lightest colour.
    pub const WHITE: Self = Self(255, 255, 255);
    /// The darkest colour.
    pub const BLACK: Self = Self(0, 0, 0);

    /// Takes a colour apart that is written as `0xrrggbb`.
    pub const fn hex(value: u32) -> Self {
        let [_, red, green, blue] = value.to_be_bytes();
        Self(red, green, blue)
    }

    /// Reads a colour as CSS writes it: `#rgb`, `#rrggbb` (both also with alpha), `rgb()`, `rgba()`, `hsl()`,
    /// `hsla()` and the 148 names, in any case. Alpha is dropped, but a colour that is wholly transparent is
    /// none.
    pub fn parse_css(css: &str) -> Option<Self> {
        let css = css.trim().to_ascii_lowercase();
        if let Some(digits) = css.strip_prefix('#') {
            return parse_hex(digits);
        }
        if let Some((function, rest)) = css.split_once('(') {
            return parse_function(function.trim_end(), rest.strip_suffix(')')?);
        }
        let found = NAMES.binary_search_by_key(&css.as_str(), |(name, _)| name).ok()?;
        Some(Self::hex(NAMES[found].1))
    }

    /// Returns the relative luminance of WCAG 2: 0 for black, 1 for white.
    pub fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let channel = f32::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Blends this colour with another: an `amount` of 0 is this colour, 1 is the other.
    #[must_use]
    pub fn mix(self, other: Self, amount: f32) -> Self {
        let amount = amount.clamp(0.0, 1.0);
        let blend = |from: u8, to: u8| {
            let (from, to) = (f32::from(from), f32::from(to));
            channel_of(from + (to - from) * amount)
        };
        Self(blend(self.0, other.0), blend(self.1, other.1), blend(self.2, other.2))
    }

    /// Returns the number of the nearest of a terminal's 256 colours; never one of the first 16, whose looks
    /// the user chooses.
    pub fn ansi256(self) -> u8 {
        ansi_colours::ansi256_from_rgb((self.0, self.1, self.2))
    }
}

impl From<Rgb> for Color {
    fn from(Rgb(red, green, blue): Rgb) -> Self {
        Self::Rgb(red, green, blue)
    }
}

/// Returns black or white, whichever is easier to read on `background`.
pub fn ink_on(background: Rgb) -> Rgb {
    let white = contrast(Rgb::WHITE, background) >= contrast(Rgb::BLACK, background);
    if white { Rgb::WHITE } else { Rgb::BLACK }
}

/// Returns the contrast ratio of WCAG 2 between two colours, from 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f32 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Moves a colour toward white or black, which keeps its hue, until it stands out from `on` by the contrast
/// `ratio`. A colour that does so already is returned as it is; where no colour can, white or black is.
pub fn readable(color: Rgb, on: Rgb, ratio: f32) -> Rgb {
    if contrast(color, on) >= ratio {
        return color;
    }
    let (near, far) =
        if color.luminance() >= on.luminance() { (Rgb::WHITE, Rgb::BLACK) } else { (Rgb::BLACK, Rgb::WHITE) };
    let pole =
        if contrast(near, on) >= ratio || contrast(near, on) >= contrast(far, on) { near } else { far };
    let shades = (1..=u8::MAX).map(|step| color.mix(pole, f32::from(step) / 255.0));
    shades.into_iter().find(|shade| contrast(*shade, on) >= ratio).unwrap_or(pole)
}

/// Reads the digits after `#`: three or six, or with alpha four or eight.
fn parse_hex(digits: &str) -> Option<Rgb> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let width = if digits.len() < 6 { 1 } else { 2 };
    let channel = |index: usize| {
        let value = u8::from_str_radix(digits.get(index * width..(index + 1) * width)?, 16).ok()?;
        Some(if width == 1 { value * 17 } else { value })
    };
    let color = Rgb(channel(0)?, channel(1)?, channel(2)?);
    match digits.len() {
        3 | 6 => Some(color),
        4 | 8 => (channel(3)? > 0).then_some(color),
        _ => None,
    }
}

/// Reads the arguments of `rgb()` or `hsl()`, with commas or blanks between them and alpha last.
fn parse_function(function: &str, arguments: &str) -> Option<Rgb> {
    let arguments: Vec<&str> =
        arguments.split([',', '/', ' ', '\t', '\n']).filter(|argument| !argument.is_empty()).collect();
    let ([a, b, c] | [a, b, c, _]) = arguments[..] else { return None };
    if arguments.get(3).is_some_and(|alpha| number(alpha, 1.0).is_none_or(|alpha| alpha <= 0.0)) {
        return None;
    }
    match function {
        "rgb" | "rgba" => Some(Rgb(channel(a)?, channel(b)?, channel(c)?)),
        "hsl" | "hsla" => Some(from_hsl(degrees(a)?, number(b, 100.0)?, number(c, 100.0)?)),
        _ => None,
    }
}

/// Reads a number; a percentage is a part of `whole`.
fn number(text: &str, whole: f32) -> Option<f32> {
    let value = match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok()? / 100.0 * whole,
        None => text.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

fn channel(text: &str) -> Option<u8> {
    Some(channel_of(number(text, 255.0)?))
}

/// Returns the nearest value of a channel, from 0 to 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, as CSS wants it"
)]
fn channel_of(value: f32) -> u8 {
    value.round() as u8
}

fn degrees(text: &str) -> Option<f32> {
    let units =
        [("deg", 1.0), ("grad", 0.9), ("rad", 180.0 / std::f32::consts::PI), ("turn", 360.0), ("", 1.0)];
    let (text, degrees) =
        units.iter().find_map(|(unit, degrees)| Some((text.strip_suffix(unit)?, degrees)))?;
    Some(number(text, 360.0)? * degrees)
}

/// Turns a hue in degrees, a saturation and a lightness in percent into a colour.
fn from_hsl(hue: f32, saturation: f32, lightness: f32) -> Rgb {
    let (saturation, lightness) = (saturation.clamp(0.0, 100.0) / 100.0, lightness.clamp(0.0, 100.0) / 100.0);
    let reach = saturation * lightness.min(1.0 - lightness);
    let channel = |offset: f32| {
        let turn = (offset + hue / 30.0).rem_euclid(12.0);
        channel_of((lightness - reach * (turn - 3.0).min(9.0 - turn).clamp(-1.0, 1.0)) * 255.0)
    };
    Rgb(channel(0.0), channel(8.0), channel(4.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn css_notations_are_read() {
        let red = Some(Rgb(255, 0, 0));
        for css in [
            "red",
            " RED ",
            "#f00",
            "#F00F",
            "#ff0000",
            "#ff000080",
            "rgb(255,0,0)",
            "rgb( 255 , 0 , 0 )",
            "RGB(255 0 0)",
            "rgba(255, 0, 0, 0.5)",
            "rgb(100% 0% 0% / 50%)",
            "rgb(300, -5, 0)",
            "hsl(0, 100%, 50%)",
            "hsl(360deg 100% 50%)",
            "hsla(1turn, 100%, 50%, 1)",
            "hsl(400grad 100% 50%)",
        ] {
            assert_eq!(Rgb::parse_css(css), red, "{css}");
        }
        assert_eq!(Rgb::parse_css("rebeccapurple"), Some(Rgb(102, 51, 153)));
        assert_eq!(Rgb::parse_css("hsl(210, 50%, 40%)"), Some(Rgb(51, 102, 153)));
        assert_eq!(Rgb::parse_css("DarkSlateGrey"), Some(Rgb(47, 79, 79)));
    }

    #[test]
    fn what_is_no_color_is_none() {
        for css in [
            "",
            "#",
            "#12",
            "#12345",
            "#ggg",
            "#+12",
            "#éa",
            "inherit",
            "currentcolor",
            "transparent",
            "#0000",
            "rgba(1,2,3,0)",
            "rgb(1,2)",
            "rgb(1,2,3",
            "rgb(a,b,c)",
            "rgb(nan,0,0)",
            "lab(1 2 3)",
            "rgb(1,2,3,4,5)",
            "url(#red)",
        ] {
            assert_eq!(Rgb::parse_css(css), None, "{css}");
        }
    }

    #[test]
    fn names_are_sorted_for_the_search() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast(Rgb::BLACK, Rgb::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Rgb::hex(0x77_77_77), Rgb::WHITE) - 4.48).abs() < 0.01);
        assert!((contrast(Rgb(255, 0, 0), Rgb::WHITE) - 4.0).abs() < 0.01);
    }

    fn colors() -> impl Strategy<Value = Rgb> {
        any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Rgb(red, green, blue))
    }

    /// Which channels are the largest, with some room for rounding.
    fn order(color: Rgb) -> [i32; 3] {
        let [r, g, b] = [color.0, color.1, color.2].map(i32::from);
        [r - g, g - b, b - r]
    }

    proptest! {
        #[test]
        fn readable_reaches_what_can_be_reached(color in colors(), on in colors(), ratio in 1.0f32..7.0) {
            let shade = readable(color, on, ratio);
            let best = contrast(Rgb::WHITE, on).max(contrast(Rgb::BLACK, on));
            prop_assert!(contrast(shade, on) >= ratio.min(best), "{shade:?}");
            prop_assert_eq!(readable(shade, on, ratio.min(best)), shade);
        }

        #[test]
        fn readable_keeps_the_hue(color in colors(), on in colors()) {
            let shade = readable(color, on, 4.5);
            for (before, after) in order(color).into_iter().zip(order(shade)) {
                prop_assert!(before.signum() * after.signum() >= 0, "{color:?} {shade:?}");
                prop_assert!(after.abs() <= before.abs() + 1, "{color:?} {shade:?}");
            }
        }

        #[test]
        fn no_text_panics(css in "\\PC{0,24}", arguments in "[0-9a-z%.,/ -]{0,20}") {
            let _ = Rgb::parse_css(&css);
            let _ = Rgb::parse_css(&format!("#{css}"));
            let _ = Rgb::parse_css(&format!("rgb({arguments})"));
            let _ = Rgb::parse_css(&format!("hsl({arguments})"));
        }

        #[test]
        fn hex_comes_back(color in colors()) {
            let css = format!("#{:02X}{:02x}{:02x}", color.0, color.1, color.2);
            prop_assert_eq!(Rgb::parse_css(&css), Some(color));
        }

        #[test]
        fn mixing_stays_between(a in colors(), b in colors(), amount in 0.0f32..=1.0) {
            let mixed = a.mix(b, amount);
            prop_assert!((a.0.min(b.0)..=a.0.max(b.0)).contains(&mixed.0));
            prop_assert_eq!((a.mix(b, 0.0), a.mix(b, 1.0)), (a, b));
        }
    }
}
