//! A finished layout: items at fixed cells. A scene measures nothing and knows no deck.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::source::Diagnostic;

/// What a slide shows on one stage.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// What stands where; later items lie over earlier ones.
    pub items: Vec<Item>,
    /// The height of it all in rows; more than the stage has where the slide scrolls.
    pub height: u32,
    /// What is missing.
    pub diagnostics: Vec<Diagnostic>,
}

impl Scene {
    /// Returns the pictures and where they stand.
    pub fn pictures(&self) -> impl Iterator<Item = (&PictureItem, Area)> {
        self.items.iter().filter_map(|item| match &item.content {
            Content::Picture(picture) => Some((picture, item.area)),
            _ => None,
        })
    }
}

/// A rectangle in cells. Its rows go beyond what a terminal can have: a slide may be that tall.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    /// Columns from the left edge.
    pub x: u16,
    /// Rows from the top.
    pub y: u32,
    /// In columns.
    pub width: u16,
    /// In rows.
    pub height: u32,
}

/// A part of a scene.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where it stands.
    pub area: Area,
    /// What stands there.
    pub content: Content,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Lines of text, a row each, aligned as each says.
    Lines(Vec<Line<'static>>),
    /// A style for all its cells.
    Fill(Style),
    /// A picture that fills its area.
    Picture(PictureItem),
}

/// A picture in a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureItem {
    /// Where it is, as the deck names it.
    pub source: String,
    /// What it shows, in words.
    pub alt: String,
    /// What of it its area shows.
    pub part: Part,
}

/// What of a picture is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// All of it, in its own shape.
    #[default]
    Whole,
    /// What is seen of it through its area, when all of it would be larger or smaller than that. In the terminal's
    /// pixels.
    Window {
        /// The width and height of all of it.
        size: (u32, u32),
        /// Where the area begins, from its left edge.
        x: i32,
        /// Where the area begins, from its top.
        y: i32,
    },
}

/// Items whose places count from a corner of their own.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) items: Vec<Item>,
    pub(super) height: u32,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Piece {
    /// A piece of text, `width` cells wide.
    pub(super) fn lines(lines: Vec<Line<'static>>, width: u16) -> Self {
        let height = lines.len() as u32;
        let area = Area { x: 0, y: 0, width, height };
        Self { items: vec![Item { area, content: Content::Lines(lines) }], height, diagnostics: Vec::new() }
    }

    /// Adds `other` with its corner at the given cells; the piece grows to hold it.
    pub(super) fn put(&mut self, other: Self, x: u16, y: u32) {
        self.height = self.height.max(y + other.height);
        self.diagnostics.extend(other.diagnostics);
        self.items.extend(other.items.into_iter().map(|mut item| {
            item.area.x += x;
            item.area.y += y;
            item
        }));
    }

    /// Adds `other` under all that is there, `gap` rows below it.
    pub(super) fn below(&mut self, other: Self, x: u16, gap: u32) {
        let gap = if self.height == 0 { 0 } else { gap };
        self.put(other, x, self.height + gap);
    }

    /// Lays a style under everything, `width` cells wide.
    pub(super) fn fill(&mut self, style: Style, width: u16) {
        let area = Area { x: 0, y: 0, width, height: self.height };
        self.items.insert(0, Item { area, content: Content::Fill(style) });
    }
}
