//! The values of CSS: lengths, colours, sizes of letters. Which property has which is not known here.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the numbers of a style sheet are small"
)]

use std::borrow::Cow;

use crate::color::Rgb;
use crate::deck::{Align, Frame, Length};

/// reveal.js sets its text in 40 pixels on a slide of 960×700.
const EM: f32 = 40.0;
/// How wide a slide of reveal's is, in its pixels.
const SLIDE: f32 = 960.0;
/// More columns than this no grid has.
const MOST_TRACKS: usize = 12;
/// Functions in a colour nest at most so deep.
const DEEPEST: usize = 4;

/// How large letters are, as far as a terminal can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum FontSize {
    /// Clearly smaller than running text, or paler.
    Small,
    /// As running text.
    Usual,
    /// Clearly larger.
    Big,
}

impl FontSize {
    /// Returns what `font-size` says; none where it says nothing of any use.
    pub(super) fn of_font(value: &str) -> Option<Self> {
        let ratio = match value {
            "xx-small" | "x-small" | "small" | "smaller" => 0.7,
            "medium" | "large" | "larger" => 1.0,
            "x-large" | "xx-large" | "xxx-large" => 1.5,
            _ => match length(value)? {
                Length::Percent(percent) if value.ends_with('%') => percent / 100.0,
                Length::Percent(_) => return None,
                Length::Pixels(pixels) => pixels / EM,
            },
        };
        Some(match ratio {
            ..=0.7 => Self::Small,
            1.5.. => Self::Big,
            _ => Self::Usual,
        })
    }
}

/// How letters are written, whatever the source has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Case {
    /// As in the source.
    Own,
    /// All large.
    Upper,
    /// All small.
    Lower,
    /// Large at the start of each word.
    Title,
}

impl Case {
    /// Returns what `text-transform` names so.
    pub(super) fn named(value: &str) -> Option<Self> {
        match value {
            "none" => Some(Self::Own),
            "uppercase" => Some(Self::Upper),
            "lowercase" => Some(Self::Lower),
            "capitalize" => Some(Self::Title),
            _ => None,
        }
    }

    /// Returns the letters, written so.
    pub(in crate::parse) fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Own => Cow::Borrowed(text),
            Self::Upper => Cow::Owned(text.to_uppercase()),
            Self::Lower => Cow::Owned(text.to_lowercase()),
            Self::Title => {
                let mut starts = true;
                let mut out = String::with_capacity(text.len());
                for letter in text.chars() {
                    if starts && letter.is_alphanumeric() {
                        out.extend(letter.to_uppercase());
                    } else {
                        out.push(letter);
                    }
                    starts = letter.is_whitespace() || (starts && !letter.is_alphanumeric());
                }
                Cow::Owned(out)
            }
        }
    }
}

/// Returns a CSS length; `auto` and what cannot be read are none.
pub(super) fn length(value: &str) -> Option<Length> {
    let value = value.trim();
    let digits =
        value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    let number = number(&value[..digits])?.clamp(-10_000.0, 10_000.0);
    match value[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "px" => Some(Length::Pixels(number)),
        "%" | "vw" | "vh" => Some(Length::Percent(number)),
        "em" | "rem" => Some(Length::Pixels(number * EM)),
        "pt" => Some(Length::Pixels(number * 4.0 / 3.0)),
        "cm" => Some(Length::Pixels(number * 37.8)),
        _ => None,
    }
}

/// Returns a number that is one.
pub(super) fn number(value: &str) -> Option<f32> {
    value.trim().parse().ok().filter(|number: &f32| number.is_finite())
}

/// Returns on which side or in which middle something stands.
pub(super) fn align(value: &str) -> Option<Align> {
    match value.trim().to_ascii_lowercase().as_str() {
        "left" | "start" | "justify" => Some(Align::Left),
        "center" | "middle" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        _ => None,
    }
}

/// Returns whether letters of such a weight are bold.
pub(super) fn bold(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        _ => value.parse::<u32>().ok().map(|weight| weight >= 600),
    }
}

/// Returns how many columns `span 2` or `1 / 3` takes.
pub(super) fn span(value: &str) -> Option<usize> {
    let between = |(from, to): (&str, &str)| {
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        to.checked_sub(from)
    };
    let span = match value.trim().strip_prefix("span") {
        Some(span) => span.trim().parse().ok(),
        None => value.split_once('/').and_then(between),
    };
    span.filter(|span| (1..=MOST_TRACKS).contains(span))
}

/// Returns a colour, or the first one that a gradient, a `background` or a variable's fallback names.
pub(in crate::parse) fn color(value: &str) -> Option<Rgb> {
    color_within(value, 0)
}

fn color_within(value: &str, depth: usize) -> Option<Rgb> {
    let value = value.trim();
    if depth > DEEPEST {
        return None;
    }
    if let Some(color) = Rgb::parse_css(value) {
        return Some(color);
    }
    let parts = parts(value);
    if let [only] = parts[..] {
        let (function, arguments) = only.split_once('(')?;
        let arguments = arguments.strip_suffix(')')?;
        return match function.to_ascii_lowercase().as_str() {
            "var" => color_within(arguments.split_once(',')?.1, depth + 1),
            function if function.ends_with("gradient") => color_within(arguments, depth + 1),
            _ => None,
        };
    }
    parts.into_iter().find_map(|part| color_within(part, depth + 1))
}

/// Returns the words of a value, parted by blanks and commas outside brackets.
fn parts(value: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let words = value.split(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && (letter == ',' || letter.is_ascii_whitespace()),
        }
        false
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// Returns the line that `border` draws, where it draws one.
pub(super) fn border(value: &str) -> Option<Frame> {
    let words = parts(value);
    let is_none =
        |word: &&str| matches!(*word, "none" | "hidden") || length(word) == Some(Length::Pixels(0.0));
    let styles = ["solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"];
    let is_drawn = words.iter().any(|word| styles.contains(word)) && !words.iter().any(is_none);
    is_drawn.then(|| Frame { color: words.into_iter().find_map(color) })
}

/// A column of a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Track {
    /// A part of what is left.
    Part(f32),
    /// A length of its own.
    Fixed(Length),
    /// As wide as it must be.
    Auto,
}

/// Returns the widths of the columns that `grid-template-columns` names: `1fr 2fr`, `repeat(3, 1fr)`. Columns that share
/// alike have none of their own.
pub(super) fn tracks(value: &str) -> Vec<Option<Length>> {
    let mut all = Vec::new();
    for word in parts(value) {
        match word.strip_prefix("repeat(").and_then(|rest| rest.strip_suffix(')')?.split_once(',')) {
            Some((count, inside)) => {
                let inside: Vec<Track> = parts(inside).into_iter().filter_map(track).collect();
                let count = count.trim().parse().ok().unwrap_or_else(|| fitting(&inside));
                all.extend(std::iter::repeat_n(inside, usize::min(count, MOST_TRACKS)).flatten());
            }
            None => all.extend(track(word)),
        }
        all.truncate(MOST_TRACKS);
    }
    let part = |track: &Track| if let Track::Part(part) = track { Some(*part) } else { None };
    let sum: f32 = all.iter().filter_map(part).sum();
    let is_alike = all.windows(2).all(|pair| pair[0] == pair[1]);
    let is_shared = all.iter().all(|track| part(track).is_some()) && sum > 0.0 && !is_alike;
    let width = |track: &Track| match track {
        Track::Part(part) if is_shared => Some(Length::Percent(100.0 * part / sum)),
        Track::Fixed(length) if !is_alike => Some(*length),
        _ => None,
    };
    all.iter().map(width).collect()
}

fn track(word: &str) -> Option<Track> {
    if word.starts_with('[') {
        return None;
    }
    let Some(limits) = word.strip_prefix("minmax(") else { return Some(plain_track(word)) };
    let (least, most) = limits.strip_suffix(')')?.split_once(',')?;
    Some(match (plain_track(least), plain_track(most)) {
        // A least width tells how many columns fit, where they are repeated.
        (Track::Fixed(Length::Pixels(pixels)), _) if pixels > 0.0 => Track::Fixed(Length::Pixels(pixels)),
        (_, most) => most,
    })
}

fn plain_track(word: &str) -> Track {
    let part = word.trim().strip_suffix("fr").and_then(number).filter(|&part| part > 0.0);
    part.map(Track::Part).or_else(|| length(word).map(Track::Fixed)).unwrap_or(Track::Auto)
}

/// Returns how many columns of such widths fit on reveal's slide, for a grid that takes as many as fit.
fn fitting(tracks: &[Track]) -> usize {
    let width = |track: &Track| match track {
        Track::Fixed(Length::Pixels(pixels)) => *pixels,
        Track::Fixed(Length::Percent(percent)) => SLIDE * percent / 100.0,
        _ => 0.0,
    };
    let sum: f32 = tracks.iter().map(width).sum();
    if sum > 0.0 { (SLIDE / sum).floor().max(1.0) as usize } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("#f00 url(x.png)", Some(Rgb(255, 0, 0)))]
    #[case("url(red.png) no-repeat", None)]
    #[case("linear-gradient(45deg, rgba(0, 0, 255, .5) 0%, red)", Some(Rgb(0, 0, 255)))]
    #[case("linear-gradient(to right, lime, red)", Some(Rgb(0, 255, 0)))]
    #[case("var(--accent, #00f)", Some(Rgb(0, 0, 255)))]
    #[case("var(--a, var(--b, red))", Some(Rgb(255, 0, 0)))]
    #[case("var(--accent)", None)]
    #[case("hsl(120, 100%, 50%)", Some(Rgb(0, 255, 0)))]
    #[case("1px solid", None)]
    fn a_colour_is_found(#[case] value: &str, #[case] expected: Option<Rgb>) {
        assert_eq!(color(value), expected);
    }

    #[rstest]
    #[case("1fr 1fr", &[None, None])]
    #[case("1fr 3fr", &[Some(Length::Percent(25.0)), Some(Length::Percent(75.0))])]
    #[case("repeat(2, minmax(0, 1fr))", &[None, None])]
    #[case("[a] 200px [b] 1fr", &[Some(Length::Pixels(200.0)), None])]
    #[case("auto auto 1fr", &[None, None, None])]
    #[case("repeat(auto-fit, minmax(300px, 1fr))", &[None, None, None])]
    #[case("30% 70%", &[Some(Length::Percent(30.0)), Some(Length::Percent(70.0))])]
    #[case("none", &[None])]
    fn a_grid_names_its_columns(#[case] value: &str, #[case] expected: &[Option<Length>]) {
        assert_eq!(tracks(value), expected);
    }

    #[test]
    fn letters_are_large_or_small() {
        for (value, size) in [
            ("2em", Some(FontSize::Big)),
            ("60px", Some(FontSize::Big)),
            ("150%", Some(FontSize::Big)),
            ("1.2em", Some(FontSize::Usual)),
            ("0.7em", Some(FontSize::Small)),
            ("12pt", Some(FontSize::Small)),
            ("3vw", None),
            ("inherit", None),
        ] {
            assert_eq!(FontSize::of_font(value), size, "{value}");
        }
        assert_eq!(Case::Title.apply("l’œuvre (et ça) éclate"), "L’œuvre (Et Ça) Éclate");
    }

    #[test]
    fn a_line_is_drawn_where_css_draws_one() {
        assert_eq!(border("1px solid rgb(1, 2, 3)"), Some(Frame { color: Some(Rgb(1, 2, 3)) }));
        assert_eq!(border("dashed"), Some(Frame { color: None }));
        for none in ["none", "0", "0px solid red", "1px red", ""] {
            assert_eq!(border(none), None, "{none}");
        }
    }

    #[test]
    fn spans_are_counted() {
        assert_eq!((span("span 2"), span("1 / 3"), span("2"), span("3 / 1")), (Some(2), Some(2), None, None));
    }

    proptest! {
        #[test]
        fn no_value_panics(value in "[a-z0-9(), %#/.-]{0,40}") {
            let _ = (color(&value), border(&value), length(&value), span(&value));
            prop_assert!(tracks(&value).len() <= MOST_TRACKS);
            let nested = format!("{}{value}", "repeat(9,".repeat(30));
            prop_assert!(tracks(&nested).len() <= MOST_TRACKS);
            let _ = color(&"linear-gradient(".repeat(1000));
        }
    }
}
