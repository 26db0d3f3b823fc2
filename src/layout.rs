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
mod layers;
mod list;
mod paragraph;
mod picture;
mod piece;
pub mod scene;
mod setting;
mod shares;
mod stack;
mod stage;
mod steps;
mod supply;
mod table;
mod title;
mod widths;
pub mod zoom;

pub use picture::not_shown;
pub use scene::{Area, BackdropItem, BlockRows, Content, Crop, Focus, Item, Look, Phase, PictureItem, Scene};
pub(crate) use shares::{only_pictures, shares};
pub use stage::{CellSize, Stage};
pub use supply::Supply;

use crate::deck::{Block, Slide};
use crate::theme::Theme;

/// Returns the scene of notes in `columns` of `stage`, at whatever height they take.
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
