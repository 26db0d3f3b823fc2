//! The CSS of `style` attributes, as far as a terminal can follow it, and the older attributes that say the same.
//! Style sheets are not read.

use super::html::Node;
use crate::color::Rgb;
use crate::deck::{Align, BoxStyle, Length, Sides};

/// reveal.js sets its text in 40 pixels on a slide of 960×700.
const EM: f32 = 40.0;

/// What an element's `style`, `width`, `height`, `align` and their kin say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Style {
    pub(super) color: Option<Rgb>,
    pub(super) background: Option<Rgb>,
    pub(super) align: Option<Align>,
    pub(super) width: Option<Length>,
    pub(super) max_width: Option<Length>,
    pub(super) height: Option<Length>,
    pub(super) margin: Sides,
    pub(super) padding: Sides,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underline: bool,
    pub(super) strike: bool,
    pub(super) display: Display,
    pub(super) float: Option<Align>,
}

/// How an element's children stand.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Display {
    /// As the element's kind says.
    #[default]
    Usual,
    /// Not at all.
    None,
    /// Beside each other.
    Flex,
    /// Below each other, although in a flex box.
    Column,
    /// In so many columns; 0 where the author did not say.
    Grid(usize),
}

impl Style {
    /// Returns what `node` says of its own looks.
    pub(super) fn of(node: Node<'_>) -> Self {
        let mut style = Self::default();
        style.read_attributes(node);
        for declaration in node.attribute("style").unwrap_or_default().split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                let value = value.trim().trim_end_matches("!important").trim_end();
                style.read(&property.trim().to_ascii_lowercase(), value);
            }
        }
        style
    }

    /// Returns the box that the style asks for, where it asks for one.
    pub(super) fn to_box(&self) -> Option<Box<BoxStyle>> {
        let style = BoxStyle {
            width: self.width,
            max_width: self.max_width,
            height: self.height,
            margin: self.margin,
            padding: self.padding,
            background: self.background,
        };
        (style != BoxStyle::default()).then(|| Box::new(style))
    }

    fn read_attributes(&mut self, node: Node<'_>) {
        self.width = node.attribute("width").and_then(length);
        self.height = node.attribute("height").and_then(length);
        self.align = node.attribute("align").and_then(align);
        self.color = node.attribute("color").and_then(Rgb::parse_css);
        self.background = node.attribute("bgcolor").and_then(Rgb::parse_css);
        if node.name() == "img" {
            self.float = self.align.take().filter(|&align| align != Align::Center);
        }
    }

    fn read(&mut self, property: &str, value: &str) {
        let lower = value.to_ascii_lowercase();
        match property {
            "color" => self.color = Rgb::parse_css(value).or(self.color),
            "background" | "background-color" => {
                self.background = first_color(value).or(self.background);
            }
            "text-align" => self.align = align(value).or(self.align),
            "width" => self.width = length(value).or(self.width),
            "max-width" => self.max_width = length(value),
            "height" => self.height = length(value).or(self.height),
            "font-weight" => self.bold = bold(&lower),
            "font-style" => self.italic = Some(lower.contains("italic") || lower.contains("oblique")),
            "text-decoration" | "text-decoration-line" => {
                self.underline = lower.contains("underline");
                self.strike = lower.contains("line-through");
            }
            "display" => self.display = display(&lower, self.display),
            "visibility" if lower == "hidden" => self.display = Display::None,
            "flex-direction" if lower.starts_with("column") => self.display = Display::Column,
            "grid-template-columns" => self.display = Display::Grid(tracks(&lower)),
            "float" => self.float = align(value).filter(|&align| align != Align::Center),
            _ if property.starts_with("margin") => read_sides(&mut self.margin, property, value),
            _ if property.starts_with("padding") => read_sides(&mut self.padding, property, value),
            _ => {}
        }
    }
}

/// Returns the first colour that a value names: of a gradient its first one, of `background` the one among its words.
pub(super) fn first_color(value: &str) -> Option<Rgb> {
    let value = value.trim();
    if let Some(color) = Rgb::parse_css(value) {
        return Some(color);
    }
    let inside = match value.split_once("gradient(") {
        Some((_, inside)) => inside,
        None => value,
    };
    // A colour's own brackets hold blanks and commas too.
    let mut depth = 0_usize;
    let mut parts = inside.split(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (letter == ',' || letter.is_whitespace())
    });
    parts.find_map(|part| Rgb::parse_css(part).or_else(|| Rgb::parse_css(part.strip_suffix(')')?)))
}

/// Returns a CSS length; `auto` and what cannot be read are none.
fn length(value: &str) -> Option<Length> {
    let value = value.trim();
    let digits =
        value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    let number: f32 = value[..digits].parse().ok().filter(|number: &f32| number.is_finite())?;
    let number = number.clamp(-10_000.0, 10_000.0);
    match value[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "px" => Some(Length::Pixels(number)),
        "%" | "vw" | "vh" => Some(Length::Percent(number)),
        "em" | "rem" => Some(Length::Pixels(number * EM)),
        "pt" => Some(Length::Pixels(number * 4.0 / 3.0)),
        "cm" => Some(Length::Pixels(number * 37.8)),
        _ => None,
    }
}

fn align(value: &str) -> Option<Align> {
    match value.trim().to_ascii_lowercase().as_str() {
        "left" | "start" | "justify" => Some(Align::Left),
        "center" | "middle" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        _ => None,
    }
}

fn bold(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        _ => value.parse::<u32>().ok().map(|weight| weight >= 600),
    }
}

fn display(value: &str, before: Display) -> Display {
    match value {
        "none" => Display::None,
        // The direction may have been read already.
        "flex" | "inline-flex" if before == Display::Column => Display::Column,
        "flex" | "inline-flex" => Display::Flex,
        "grid" | "inline-grid" if !matches!(before, Display::Grid(_)) => Display::Grid(0),
        _ => before,
    }
}

/// Returns how many columns `grid-template-columns` names: `1fr 2fr`, `repeat(3, 1fr)`.
fn tracks(value: &str) -> usize {
    let repeated = value.strip_prefix("repeat(").and_then(|rest| rest.split(',').next()?.trim().parse().ok());
    repeated.unwrap_or_else(|| value.split_whitespace().count()).min(12)
}

/// Reads `margin: 1px 2px`, `margin-left: 3px` and their kin.
fn read_sides(sides: &mut Sides, property: &str, value: &str) {
    match property.rsplit('-').next() {
        Some("top") => sides.top = length(value),
        Some("right") => sides.right = length(value),
        Some("bottom") => sides.bottom = length(value),
        Some("left") => sides.left = length(value),
        _ => {
            let all: Vec<Option<Length>> = value.split_whitespace().map(length).collect();
            let [top, right, bottom, left] = match *all.as_slice() {
                [all] => [all; 4],
                [ends, edges] => [ends, edges, ends, edges],
                [top, edges, bottom] => [top, edges, bottom, edges],
                [top, right, bottom, left, ..] => [top, right, bottom, left],
                [] => return,
            };
            *sides = Sides { top, right, bottom, left };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::html::tree;
    use super::*;

    fn style(html: &str) -> Style {
        Style::of(tree(html).expect("shallow").root().children().next().expect("one element"))
    }

    #[test]
    fn attributes_and_declarations_say_the_same() {
        assert_eq!(style(r#"<img width="65%">"#).width, Some(Length::Percent(65.0)));
        assert_eq!(style(r"<img width=300>").width, Some(Length::Pixels(300.0)));
        assert_eq!(style(r#"<img style="WIDTH: 2em ; height:auto">"#).width, Some(Length::Pixels(80.0)));
        assert_eq!(style(r#"<p align="center">"#).align, Some(Align::Center));
        assert_eq!(style(r#"<img align="right">"#).float, Some(Align::Right));
    }

    #[test]
    fn margins_come_in_all_their_forms() {
        let sides = style(r#"<p style="margin:1px 2px 3px; margin-left: 4px">"#).margin;
        let px = |number| Some(Length::Pixels(number));
        assert_eq!(sides, Sides { top: px(1.0), right: px(2.0), bottom: px(3.0), left: px(4.0) });
        assert_eq!(style(r#"<p style="margin: 0 auto">"#).margin.left, None);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        assert_eq!(style(r#"<p style="color:;width:1e99px;margin:;:;;float:up">"#), Style::default());
        assert_eq!(style(r#"<div style="flex-direction:column;display:flex">"#).display, Display::Column);
        assert_eq!(
            style(r#"<div style="display:grid;grid-template-columns:1fr 2fr">"#).display,
            Display::Grid(2)
        );
    }
}
