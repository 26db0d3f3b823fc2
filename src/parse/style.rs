//! The looks that a deck asks for, as far as a terminal can follow them: by older attributes, by classes, by `<style>`
//! and by `style`. What is made of them is not decided here.

mod classes;
pub(super) mod sheet;
pub(super) mod values;

use bitflags::bitflags;

use self::sheet::{Declaration, StyleSheet};
use self::values::{Case, FontSize, align, border, color, length, tracks};
use super::html::Node;
use crate::color::Rgb;
use crate::deck::{Align, BoxStyle, Frame, Length, Marker, Sides};
use crate::source::SourceRange;

/// What an element's attributes and classes say of its looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Style {
    pub(super) color: Option<Rgb>,
    /// Where the colour is written.
    pub(super) color_range: SourceRange,
    pub(super) background: Option<Rgb>,
    pub(super) align: Option<Align>,
    pub(super) width: Option<Length>,
    pub(super) max_width: Option<Length>,
    pub(super) height: Option<Length>,
    pub(super) max_height: Option<Length>,
    pub(super) margin: Sides,
    pub(super) padding: Sides,
    pub(super) frame: Option<Frame>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) size: Option<FontSize>,
    pub(super) case: Option<Case>,
    pub(super) marker: Option<Marker>,
    pub(super) display: Display,
    /// Where it stands among its neighbours, in the author's words: a column is called `left`, another `right`.
    pub(super) side: Option<Align>,
    pub(super) float: Option<Align>,
    /// How many twelfths of its row it is wide, by a class as `col-4`.
    pub(super) twelfths: Option<u8>,
    /// How many columns of its grid it takes.
    pub(super) span: Option<usize>,
    /// How much of the room that its row has left it takes, against the others of that row.
    pub(super) grow: Option<f32>,
    pub(super) traits: Traits,
}

bitflags! {
    /// What holds of an element or not.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub(super) struct Traits: u16 {
        const UNDERLINE = 1;
        const STRIKE = 1 << 1;
        /// Its text ends its lines where the source does.
        const KEEPS_LINES = 1 << 2;
        /// It takes the height that the rest of the slide leaves.
        const STRETCH = 1 << 3;
        /// Its letters fill its width.
        const FIT = 1 << 4;
        /// It stands beside neighbours that do so too.
        const COLUMN = 1 << 5;
        /// What is in it stands in the middle across the direction in which it is lined up.
        const MIDDLE = 1 << 6;
        /// What is in it stands around the middle of the direction in which it is lined up.
        const PACKED = 1 << 7;
    }
}

/// How an element's children stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Display {
    /// As the element's kind says.
    #[default]
    Usual,
    /// Beside each other where they are rows of no kind themselves: a word that many style sheets give to a plain box.
    Container,
    /// Beside each other where they are boxes, so many in a row (0: all). Where they are none they are spread over so
    /// many columns (0: they are not).
    Boxes {
        /// How many in a row.
        across: usize,
        /// Over how many columns the others are spread.
        spread: usize,
    },
    /// Beside each other.
    Flex,
    /// In columns of these widths; as many as suit them where there are none.
    Grid(Vec<Option<Length>>),
    /// Below each other, although in a flex box.
    Column,
    /// Spread over so many columns, from the top of each to its bottom.
    Spread(usize),
    /// All in one place.
    Stack,
    /// Not at all.
    None,
}

impl Display {
    /// How much it says; of two wishes the one that says more holds.
    fn weight(&self) -> u8 {
        match self {
            Self::Usual => 0,
            Self::Container => 1,
            Self::Flex | Self::Boxes { across: 0, .. } => 2,
            Self::Grid(tracks) if tracks.is_empty() => 2,
            Self::None => 4,
            _ => 3,
        }
    }
}

impl Style {
    /// Returns what `node` says of its own looks, and what `sheet` says of it.
    pub(super) fn of(node: Node<'_>, sheet: &StyleSheet) -> Self {
        let mut style = Self::default();
        style.read_attributes(node);
        style.read_words(node, sheet);
        style
    }

    /// Returns what a slide's own class and `style` attribute say.
    pub(super) fn of_slide(root: Node<'_>, sheet: &StyleSheet) -> Self {
        let mut style = Self::default();
        style.read_words(root, sheet);
        style
    }

    /// Returns what a slide's `style` attribute says by itself.
    pub(super) fn of_declarations(css: &str) -> Self {
        let mut style = Self::default();
        for (property, value) in declarations(css) {
            style.read(&property, value);
        }
        style
    }

    fn read_words(&mut self, node: Node<'_>, sheet: &StyleSheet) {
        let classes = node.attribute("class").unwrap_or_default();
        for class in classes.split_ascii_whitespace() {
            classes::read(self, class, node.name());
        }
        for Declaration { property, value, range } in sheet.declarations(node.name(), classes) {
            self.read(property, value);
            self.note_color(property, value, || *range);
        }
        let css = node.attribute("style").unwrap_or_default();
        for (property, value) in declarations(css) {
            self.read(&property, value);
            self.note_color(&property, value, || node.attribute_source("style").part_of(css, value));
        }
    }

    /// Remembers where the colour of the letters is written, where it is this `value`.
    fn note_color(&mut self, property: &str, value: &str, range: impl FnOnce() -> SourceRange) {
        if property == "color" && color(value).is_some() {
            self.color_range = range();
        }
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
            frame: self.frame,
            stretch: false,
            fit: false,
        };
        (style != BoxStyle::default()).then(|| Box::new(style))
    }

    /// Fits the style to where the element stands: in a row of columns or not. There its class told how wide it is, and
    /// it floats no more; elsewhere a lone `col-2` is not a sixth of anything, but a box of two columns.
    pub(super) fn place(&mut self, in_row: bool) {
        if in_row {
            self.float = None;
        } else if let Some(count @ 2..=4) = self.twelfths
            && self.display == Display::Usual
        {
            let count = usize::from(count);
            self.display = Display::Boxes { across: count, spread: count };
        }
    }

    /// Returns whether the element stands beside its neighbours, where they do so too: floating, as a column, or in a
    /// line.
    pub(super) fn is_beside(&self) -> bool {
        self.float.is_some() || self.traits.contains(Traits::COLUMN)
    }

    /// Takes on another way for the children to stand, where it says as much as the present one.
    fn arrange(&mut self, display: Display) {
        if display.weight() >= self.display.weight() {
            self.display = display;
        }
    }

    fn read_attributes(&mut self, node: Node<'_>) {
        self.width = node.attribute("width").and_then(length);
        self.height = node.attribute("height").and_then(length);
        self.align = node.attribute("align").and_then(align);
        self.color = node.attribute("color").and_then(Rgb::parse_css);
        if self.color.is_some() {
            self.color_range = node.attribute_source("color");
        }
        self.background = node.attribute("bgcolor").and_then(Rgb::parse_css);
        self.marker = node.attribute("type").filter(|_| matches!(node.name(), "ol" | "ul")).and_then(marker);
        if node.name() == "img" {
            self.float = self.align.take().filter(|&align| align != Align::Center);
        }
    }

    fn read(&mut self, property: &str, value: &str) {
        let lower = value.to_ascii_lowercase();
        self.read_text(property, value, &lower);
        self.read_box(property, value, &lower);
        self.read_arrangement(property, &lower);
    }

    /// Reads how letters look.
    fn read_text(&mut self, property: &str, value: &str, lower: &str) {
        match property {
            "color" => self.color = color(value).or(self.color),
            "text-align" => self.align = align(value).or(self.align),
            "font-weight" => self.bold = values::bold(lower),
            "font-style" => self.italic = Some(lower.contains("italic") || lower.contains("oblique")),
            "font-size" => self.size = FontSize::of_font(lower).or(self.size),
            "opacity" if values::number(lower).is_some_and(|part| part < 0.6) => {
                self.size = Some(FontSize::Small);
            }
            "text-decoration" | "text-decoration-line" => {
                self.traits.set(Traits::UNDERLINE, lower.contains("underline"));
                self.traits.set(Traits::STRIKE, lower.contains("line-through"));
            }
            "text-transform" => self.case = Case::named(lower),
            "white-space" => self.traits.set(Traits::KEEPS_LINES, lower.starts_with("pre")),
            "list-style" | "list-style-type" => {
                self.marker = lower.split_whitespace().find_map(marker).or(self.marker);
            }
            _ => {}
        }
    }

    /// Reads how large an element is, and what surrounds it.
    fn read_box(&mut self, property: &str, value: &str, lower: &str) {
        match property {
            "background" | "background-color" | "background-image" => {
                self.background = color(value).or(self.background);
            }
            "width" => self.width = length(value).or(self.width),
            "max-width" => self.max_width = length(value),
            "height" | "min-height" => self.height = length(value).or(self.height),
            "max-height" => self.max_height = length(value),
            "border" | "border-style" => self.frame = border(lower),
            "border-color" => {
                self.frame = self.frame.map(|frame| Frame { color: color(value).or(frame.color) });
            }
            _ if property.starts_with("margin") => read_sides(&mut self.margin, property, value),
            _ if property.starts_with("padding") => read_sides(&mut self.padding, property, value),
            _ => {}
        }
    }

    /// Reads how an element stands among others, and others in it.
    fn read_arrangement(&mut self, property: &str, value: &str) {
        let is_center = value.ends_with("center");
        match property {
            "display" => self.read_display(value),
            "visibility" if value == "hidden" => self.display = Display::None,
            "flex-direction" | "flex-flow" if value.starts_with("column") => self.arrange(Display::Column),
            "grid-template-columns" => self.display = Display::Grid(tracks(value)),
            "grid-template" | "grid" => {
                if let Some((_, columns)) = value.split_once('/') {
                    self.display = Display::Grid(tracks(columns));
                }
            }
            "grid-auto-flow" if value.starts_with("column") => self.arrange(Display::Flex),
            "columns" | "column-count" => {
                let count = value.split_whitespace().find_map(|word| word.parse().ok());
                if let Some(count) = count.filter(|count| (2..=12).contains(count)) {
                    self.arrange(Display::Spread(count));
                }
            }
            "grid-column" => self.span = values::span(value),
            "float" => self.float = align(value).filter(|&align| align != Align::Center),
            "flex" => self.read_flex(value),
            "flex-grow" => self.grow = values::number(value).filter(|&part| part > 0.0),
            "flex-basis" => self.width = length(value).or(self.width),
            "align-items" if is_center => self.traits |= Traits::MIDDLE,
            "justify-content" if is_center => self.traits |= Traits::PACKED,
            "place-items" | "justify-items" if is_center => {
                self.traits |= Traits::MIDDLE;
                self.align = Some(Align::Center);
            }
            // The properties by which vscode-reveal's grid is told its columns, one for each size of screen.
            _ if property.starts_with("--cols") => {
                if let Some(columns) = value.parse().ok().filter(|columns| (1..=12).contains(columns)) {
                    self.display = Display::Grid(vec![None; columns]);
                }
            }
            _ if property.starts_with("--col") => self.span = values::span(value),
            _ if property.starts_with("--ai") && is_center => self.traits |= Traits::MIDDLE,
            _ if property.starts_with("--ji") && is_center => self.align = Some(Align::Center),
            _ => {}
        }
    }

    fn read_display(&mut self, value: &str) {
        match value {
            "none" => self.display = Display::None,
            // The direction may have been read already.
            "flex" | "inline-flex" => self.arrange(Display::Flex),
            "inline-block" | "table-cell" => self.traits |= Traits::COLUMN,
            _ => {}
        }
    }

    /// Reads `flex: 2`, `flex: 1 1 40%` and their kin.
    fn read_flex(&mut self, value: &str) {
        for (nth, word) in value.split_whitespace().enumerate() {
            match values::number(word) {
                Some(part) if nth == 0 => self.grow = Some(part).filter(|&part| part > 0.0),
                Some(_) => {}
                None => self.width = length(word).or(self.width),
            }
        }
    }
}

/// Returns the properties and values of a `style` attribute or of a rule, in order.
fn declarations(css: &str) -> impl Iterator<Item = (String, &str)> {
    css.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        Some((property.trim().to_ascii_lowercase(), value))
    })
}

/// Returns how a list's marks are written, by `list-style` or by the older `type`.
fn marker(value: &str) -> Option<Marker> {
    match value {
        "none" => Some(Marker::None),
        "decimal" | "1" | "disc" | "circle" | "square" => Some(Marker::Usual),
        "upper-alpha" | "upper-latin" | "A" => Some(Marker::Letters(true)),
        "lower-alpha" | "lower-latin" | "a" => Some(Marker::Letters(false)),
        "upper-roman" | "I" => Some(Marker::Roman(true)),
        "lower-roman" | "i" => Some(Marker::Roman(false)),
        _ => None,
    }
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
    use rstest::rstest;

    use super::super::html::tree;
    use super::*;

    pub(super) fn style(html: &str) -> Style {
        let tree = tree(html).expect("shallow");
        let sheet = StyleSheet::of(tree.root());
        Style::of(tree.root().children().last().expect("an element"), &sheet)
    }

    #[test]
    fn attributes_and_declarations_say_the_same() {
        assert_eq!(style(r#"<img width="65%">"#).width, Some(Length::Percent(65.0)));
        assert_eq!(style(r"<img width=300>").width, Some(Length::Pixels(300.0)));
        assert_eq!(style(r#"<img style="WIDTH: 2em ; height:auto">"#).width, Some(Length::Pixels(80.0)));
        assert_eq!(style(r#"<p align="center">"#).align, Some(Align::Center));
        assert_eq!(style(r#"<img align="right">"#).float, Some(Align::Right));
        assert_eq!(style(r#"<ol type="A">"#).marker, style(r#"<ol style="list-style: upper-alpha">"#).marker);
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
        let odd =
            r#"<p style="color:;width:1e99px;margin:;:;;float:up;flex:;columns:auto;border:x;opacity:no">"#;
        assert_eq!(style(odd), Style::default());
    }

    #[rstest]
    #[case("flex-direction:column;display:flex", Display::Column)]
    #[case("display:flex", Display::Flex)]
    #[case("display:grid", Display::Usual)]
    #[case("display:grid;grid-template-columns:1fr 1fr", Display::Grid(vec![None; 2]))]
    #[case("grid-template: auto / 1fr 1fr;display:grid", Display::Grid(vec![None; 2]))]
    #[case("columns: 200px 3", Display::Spread(3))]
    #[case("column-count: 1", Display::Usual)]
    #[case("--cols-xl: 3", Display::Grid(vec![None; 3]))]
    fn children_stand_as_css_says(#[case] css: &str, #[case] display: Display) {
        assert_eq!(style(&format!("<div style=\"{css}\">")).display, display);
    }

    #[test]
    fn the_closer_wish_wins() {
        let html = "<style>.a { color: red; text-align: right } p { color: blue }</style>";
        let red = style(&format!("{html}<p class=\"a\">"));
        assert_eq!((red.color, red.align), (Some(Rgb(255, 0, 0)), Some(Align::Right)));
        assert_eq!(style(&format!("{html}<p>")).color, Some(Rgb(0, 0, 255)));
        let own = style(&format!("{html}<p class=\"a text-center\" style=\"color:lime\">"));
        assert_eq!((own.color, own.align), (Some(Rgb(0, 255, 0)), Some(Align::Right)));
    }

    #[test]
    fn sizes_are_told_by_flex_and_by_lines() {
        let flex = style(r#"<div style="flex: 2 1 40%">"#);
        assert_eq!((flex.grow, flex.width), (Some(2.0), Some(Length::Percent(40.0))));
        assert_eq!(
            style(r#"<p style="border: 3px solid #666">"#).frame,
            Some(Frame { color: Some(Rgb(102, 102, 102)) })
        );
        assert_eq!(style(r#"<p class="r-frame" style="border:none">"#).frame, None);
    }
}
