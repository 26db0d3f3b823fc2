//! A finished layout: items at fixed cells.

use std::ops::Range;
use std::sync::Arc;

use ratatui::style::Style;
use ratatui::text::Line;

use crate::color::Rgb;
use crate::source::{Diagnostic, SourceRange};
use crate::text;
use crate::theme::Theme;

/// What a slide shows on one stage.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// What stands where; later items lie over earlier ones.
    pub items: Vec<Item>,
    /// The height of it all in rows; more than the stage has where the slide scrolls.
    pub height: u32,
    /// The last step; 0 where nothing changes.
    pub steps: u16,
    /// Where something changes, by step.
    pub focus: Vec<Focus>,
    /// Where the slide's blocks stand that hold no others, in reading order.
    pub blocks: Vec<BlockRows>,
    /// The theme on the slide's own ground, where it has one.
    pub theme: Option<Arc<Theme>>,
    /// The picture behind it all.
    pub backdrop: Option<BackdropItem>,
    /// What is missing.
    pub diagnostics: Vec<Diagnostic>,
}

/// The rows in which something changes at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// The step.
    pub step: u16,
    /// The rows of the scene.
    pub rows: Range<u32>,
}

/// The rows that a block of the slide takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockRows {
    /// The rows of the scene.
    pub rows: Range<u32>,
    /// Where the block is written.
    pub range: SourceRange,
}

impl Scene {
    /// A scene of one line.
    pub fn line(line: Line<'static>) -> Self {
        let area = Area { x: 0, y: 0, width: text::cells(line.width()), height: 1 };
        let item = Item { area, content: Content::Lines(vec![line]), phases: Vec::new() };
        Self { items: vec![item], height: 1, ..Self::default() }
    }

    /// Returns the theme in which it is painted in a talk of this `theme`.
    pub fn suited<'a>(&'a self, theme: &'a Theme) -> &'a Theme {
        self.theme.as_deref().unwrap_or(theme)
    }

    /// Returns the rows in which something changes at `step`; none where nothing does.
    pub fn focus(&self, step: u16) -> Option<Range<u32>> {
        let all = self.focus.iter().filter(|focus| focus.step == step).map(|focus| focus.rows.clone());
        all.reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
    }

    /// Returns the rows in which something changes at the step before `step`, at it, and at the next.
    pub fn changes(&self, step: u16) -> [Option<Range<u32>>; 3] {
        [step.checked_sub(1), Some(step), step.checked_add(1)].map(|step| self.focus(step?))
    }

    /// Returns the height in rows of what is to be read at `step`: what is subdued waits for another one.
    pub fn height_at(&self, step: u16) -> u32 {
        if step >= self.steps {
            return self.height;
        }
        let waits = |look| matches!(look, Look::Hidden | Look::Subdued);
        let seen = self
            .items
            .iter()
            .filter(|item| !matches!(item.content, Content::Fill(_) | Content::Link(_)))
            .filter(|item| !item.looks(step).any(waits));
        seen.map(|item| item.area.y + item.area.height).max().unwrap_or(0)
    }

    /// Returns where the block is written that is seen first when the scene is scrolled to the row `scroll` of a stage of
    /// so many `rows`: what has come at `step`, where that is in view, else what stands at the top.
    pub fn shown_block(&self, step: u16, scroll: u32, rows: u32) -> SourceRange {
        let view = scroll..scroll.saturating_add(rows);
        let news = self.focus(step).filter(|news| step > 0 && view.contains(&news.start));
        let top = news.map_or(scroll, |news| news.start);
        let below = self.blocks.iter().filter(|block| block.rows.end > top);
        below.min_by_key(|block| block.rows.start.max(top)).map_or(SourceRange::UNKNOWN, |block| block.range)
    }

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
    /// When it looks another way; in none of them as it is.
    pub phases: Vec<Phase>,
}

/// How an item looks for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// The steps of the slide.
    pub steps: Range<u16>,
    /// How it looks then.
    pub look: Look,
}

/// How an item looks, apart from the usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Look {
    /// It is not there; its place stays free.
    Hidden,
    /// It steps back behind what stands around it.
    Subdued,
    /// A line goes through it.
    Struck,
    /// Its letters are strong.
    Strong,
    /// Its letters have this colour.
    Tinted(Rgb),
}

impl Item {
    /// Returns how it looks at `step`, apart from the usual.
    pub fn looks(&self, step: u16) -> impl Iterator<Item = Look> {
        self.phases.iter().filter(move |phase| phase.steps.contains(&step)).map(|phase| phase.look)
    }

    /// Returns whether it is there at `step`.
    pub fn is_seen(&self, step: u16) -> bool {
        self.looks(step).all(|look| look != Look::Hidden)
    }
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
    /// A link over its cells, to this address; what stands there is in other items.
    Link(Arc<str>),
}

/// A picture in a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureItem {
    /// Where it is, as the deck names it.
    pub source: String,
    /// What it shows, in words.
    pub alt: String,
    /// What of it its area shows.
    pub part: Crop,
}

/// A picture behind a scene, which stays where it is when the scene is scrolled.
#[derive(Debug, Clone, PartialEq)]
pub struct BackdropItem {
    /// Where it is, as the deck names it.
    pub source: String,
    /// What of it is seen.
    pub part: Crop,
    /// The stage.
    pub area: Area,
    /// How much of it is seen, from 0 to 1, where its author has a say.
    pub opacity: f32,
}

/// What of a picture is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Crop {
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
