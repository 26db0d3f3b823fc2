//! From a slide's tree to a scene: everything at fixed cells. Pure: sizes, colours and what is known of pictures
//! are arguments. Layout never fails.

mod backdrop;
mod boxes;
mod code;
mod columns;
mod density;
mod flow;
mod frame;
mod heading;
mod list;
mod paragraph;
mod picture;
pub mod scene;
mod stack;
mod steps;
mod table;
mod title;
pub mod zoom;

use std::sync::Arc;

pub(crate) use columns::{only_pictures, shares};
pub use picture::not_shown;
pub use scene::{Area, BackdropItem, Content, Focus, Item, Look, Part, Phase, PictureItem, Scene};

use crate::deck::{Block, Code, Meta, Slide};
use crate::highlight::Highlighted;
use crate::picture::Size;
use crate::theme::Theme;

/// The part of the terminal that a slide gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Its width in cells.
    pub columns: u16,
    /// Its height in cells.
    pub rows: u16,
    /// The size of a cell in pixels.
    pub cell: CellSize,
    /// Whether the body stands in the middle of the space below its heading, as in reveal, or at its top.
    pub center: bool,
    /// Whether text stands at the right where nothing else is said.
    pub rtl: bool,
    /// Whether the terminal's font has no more than the letters and blocks of a console.
    pub basic_glyphs: bool,
}

impl Stage {
    /// Returns a stage of so many columns and rows, as a deck wants it, with all letters and blocks.
    pub fn of(meta: &Meta, (columns, rows): (u16, u16), cell: CellSize) -> Self {
        let (center, rtl) = (meta.center.unwrap_or(true), meta.rtl == Some(true));
        Self { columns, rows, cell, center, rtl, basic_glyphs: false }
    }
}

/// The size of a cell in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellSize {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

impl Default for CellSize {
    /// The shape of most terminals' cells: one to two.
    fn default() -> Self {
        Self { width: 10.0, height: 20.0 }
    }
}

/// What layout must know of things that are not in the deck.
pub trait Supply {
    /// Returns the size of the picture that the deck names so.
    ///
    /// # Errors
    /// Tells, for a person, why there is none.
    fn picture(&self, source: &str) -> Result<Size, String>;

    /// Returns the roles of a code's letters, where they are known by now.
    fn code(&self, code: &Code) -> Option<Arc<Highlighted>>;
}

/// Returns the scene of notes in so many columns of `stage`, at whatever height they take.
pub fn layout_notes(
    notes: &[Block],
    columns: u16,
    stage: Stage,
    theme: &Theme,
    supply: &dyn Supply,
) -> Scene {
    density::roomy(notes, columns, stage, theme, supply)
}

/// Returns the scene of `slide` on `stage`: at most as wide as the stage, and higher only where nothing that the
/// slide could give up would make it fit. Where the slide has a ground of its own, the scene has its own theme.
pub fn layout_slide(slide: &Slide, stage: Stage, theme: &Theme, supply: &dyn Supply) -> Scene {
    let behind = backdrop::find(slide, stage, supply);
    let own = backdrop::theme(slide, behind.as_ref(), theme);
    let theme = own.as_deref().unwrap_or(theme);
    let alone = backdrop::alone(slide, stage, theme, supply);
    let scene = alone.unwrap_or_else(|| foreground(slide, stage, theme, supply));
    backdrop::put(behind, Scene { theme: own, ..scene })
}

fn foreground(slide: &Slide, stage: Stage, theme: &Theme, supply: &dyn Supply) -> Scene {
    // Big letters are drawn at once.
    match slide
        .title_only()
        .filter(|_| slide.steps == 0)
        .and_then(|inlines| title::layout(inlines, stage, theme))
    {
        Some(scene) => scene,
        None => density::layout(slide, stage, theme, supply),
    }
}
