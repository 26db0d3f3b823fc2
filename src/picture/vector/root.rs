//! A drawing's size by its root element alone. The rest of the drawing is not read.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a side is between one and the longest there is"
)]

use super::super::{Size, limits};

/// What a browser makes of a drawing that does not say how large it is.
pub(super) const DEFAULT: (f64, f64) = (300.0, 150.0);
/// An `em` in pixels.
pub(super) const FONT_SIZE: f64 = 16.0;
/// Why a drawing of no size is refused.
pub(super) const NO_SIZE: &str = "the drawing has no size";

/// Why a drawing is refused whose root element is not found, perhaps because it lies beyond what was read.
pub(in super::super) const NO_ROOT: &str = "the drawing has no root element";

/// Returns whether a file begins as a drawing does.
pub(in super::super) fn begins(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    match root(&text) {
        RootElement::Tag(_) => true,
        // A long comment, or a declaration, may fill the whole beginning.
        RootElement::Beyond => text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('<'),
        RootElement::Other => false,
    }
}

/// Returns the size in pixels that the drawing's root element gives it, at most that of the largest picture.
pub(in super::super) fn size(start: &[u8]) -> Result<Size, String> {
    let text = String::from_utf8_lossy(start);
    let RootElement::Tag(attributes) = root(&text) else { return Err(NO_ROOT.to_owned()) };
    let (width, height) = natural(attributes);
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return Err(NO_SIZE.to_owned());
    }
    let longest = f64::from(limits::LONGEST_SIDE);
    let most_pixels = limits::MOST_DECODER_BYTES as f64 / 4.0;
    let shrink = (longest / width.max(height)).min((most_pixels / (width * height)).sqrt()).min(1.0);
    let pixels = |side: f64| (side * shrink).round().clamp(1.0, longest) as u32;
    Ok(Size { width: pixels(width), height: pixels(height) })
}

/// What stands first in a document, apart from comments and declarations.
enum RootElement<'a> {
    /// The root element of a drawing, with what is written in its tag.
    Tag(&'a str),
    /// It lies beyond what was read.
    Beyond,
    /// Something else.
    Other,
}

fn root(text: &str) -> RootElement<'_> {
    let mut rest = text.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|end| end + 2)
        } else if rest.get(..9).is_some_and(|name| name.eq_ignore_ascii_case("<!doctype")) {
            super::markup::doctype(rest)
        } else {
            break;
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return RootElement::Beyond,
        }
    }
    let Some(tag) = rest.strip_prefix('<') else {
        return if rest.is_empty() { RootElement::Beyond } else { RootElement::Other };
    };
    let name =
        tag.split(|letter: char| letter.is_whitespace() || "/>".contains(letter)).next().unwrap_or_default();
    if name.rsplit(':').next() != Some("svg") {
        return if name.len() == tag.len() { RootElement::Beyond } else { RootElement::Other };
    }
    match super::markup::tag_end(rest) {
        Some(end) => RootElement::Tag(&rest[1 + name.len()..end - 1]),
        None => RootElement::Beyond,
    }
}

/// Returns width and height as `width`, `height` and `viewBox` give them together.
fn natural(attributes: &str) -> (f64, f64) {
    let (mut width, mut height, mut view_box) = (None, None, None);
    for (name, value) in super::markup::attributes(attributes) {
        match name {
            "width" => width = length(value),
            "height" => height = length(value),
            "viewBox" => view_box = area(value),
            _ => {}
        }
    }
    let whole = view_box.unwrap_or(DEFAULT);
    let pixels = |length: SvgLength, whole: f64| match length {
        SvgLength::Pixels(pixels) => pixels,
        SvgLength::Part(part) => part * whole,
    };
    match (width, height) {
        (Some(width), None) if view_box.is_some() => {
            let width = pixels(width, whole.0);
            (width, whole.1 * width / whole.0)
        }
        (None, Some(height)) if view_box.is_some() => {
            let height = pixels(height, whole.1);
            (whole.0 * height / whole.1, height)
        }
        (width, height) => (
            width.map_or(whole.0, |width| pixels(width, whole.0)),
            height.map_or(whole.1, |height| pixels(height, whole.1)),
        ),
    }
}

/// Returns the width and height of a view box that has some.
fn area(view_box: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = view_box
        .split(|letter: char| letter == ',' || letter.is_whitespace())
        .filter(|number| !number.is_empty())
        .map_while(|number| number.parse().ok())
        .collect();
    let [_, _, width, height] = numbers[..] else { return None };
    (width > 0.0 && height > 0.0).then_some((width, height))
}

/// A length as written in the root element.
enum SvgLength {
    Pixels(f64),
    /// A part of the view box.
    Part(f64),
}

fn length(text: &str) -> Option<SvgLength> {
    const UNITS: [(&str, f64); 9] = [
        ("px", 1.0),
        ("em", FONT_SIZE),
        ("ex", FONT_SIZE / 2.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 96.0 / 25.4),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("", 1.0),
    ];
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        return Some(SvgLength::Part(percent.trim().parse::<f64>().ok()? / 100.0));
    }
    let (number, unit) = UNITS.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
    // Rust reads `inf` and `nan` as numbers too.
    let is_number = number.trim().ends_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    Some(SvgLength::Pixels(number.trim().parse::<f64>().ok().filter(|_| is_number)? * unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attributes: &str) -> Result<(u32, u32), String> {
        size(format!("<svg {attributes}>").as_bytes()).map(|size| (size.width, size.height))
    }

    #[test]
    fn sizes_are_those_of_a_browser() {
        assert_eq!(of("width='40' height=\"30px\""), Ok((40, 30)));
        assert_eq!(of("width='1in' height='2.54cm'"), Ok((96, 96)));
        assert_eq!(of("width='2em' height='3pc' viewBox='0 0 1 1'"), Ok((32, 48)));
        assert_eq!(of("viewBox='-5 -5 640,480'"), Ok((640, 480)));
        assert_eq!(of("width='100%' viewBox='0 0 640 480' style='x>y'"), Ok((640, 480)));
        assert_eq!(of("height='240' viewBox='0 0 640 480'"), Ok((320, 240)));
        assert_eq!(of(""), Ok((300, 150)));
        assert_eq!(of("width='900'"), Ok((900, 150)));
        assert_eq!(of("width='NaN' height='inf' viewBox='0 0 0 5'"), Ok((300, 150)));
        assert_eq!(of("viewBox='0 0 1000000000 500000000'"), Ok((11_585, 5793)));
        assert_eq!(of("viewBox='0 0 1e9 1'"), Ok((16_384, 1)));
        assert_eq!(of("width='0.2' height='0.2'"), Ok((1, 1)));
        for none in ["width='0'", "height='-5'", "width='1e999'"] {
            assert_eq!(of(none), Err(NO_SIZE.to_owned()), "{none}");
        }
    }

    #[test]
    fn the_root_is_found_behind_what_stands_before_it() {
        let before = "\u{feff}<?xml version='1.0'?>\n<!-- <svg> --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                      \"x>\" [ <!ENTITY a \"]>\"> ]>\n";
        let text = format!("{before}<svg:svg width='7' height='8' viewBox='0 0 1 1'/>");
        assert_eq!(size(text.as_bytes()), Ok(Size { width: 7, height: 8 }));
        for cut in 4..text.len() {
            assert!(begins(&text.as_bytes()[..cut]), "{}", &text[..cut]);
        }
        for other in ["", "svg", "<html><svg>", "<svgs>", "plain < text", "{}"] {
            assert!(!begins(other.as_bytes()), "{other}");
        }
    }
}
