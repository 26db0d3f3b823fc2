//! Slides that do not fit on a stage. What they give up before they scroll is decided in layout.

use super::CheckOptions;
use crate::deck::Slide;
use crate::layout::{CellSize, Scene, Stage, layout_slide};
use crate::source::{Diagnostic, Rule};
use crate::theme::Theme;

/// Returns what is told of the slide at `index` when it is laid out at each size.
pub(super) fn told(order: &CheckOptions<'_>, index: usize, slide: &Slide) -> Vec<Diagnostic> {
    let mut too_tall = Vec::new();
    for &(columns, rows) in order.sizes {
        // The row of chrome is no part of the stage.
        let size = (columns, rows.saturating_sub(1).max(1));
        let stage = Stage::of(&order.deck.meta, size, CellSize::default());
        let Scene { height, .. } = layout_slide(slide, stage, &Theme::dark(), order.pictures);
        let more = height.saturating_sub(u32::from(stage.rows));
        if more > 0 {
            let rows = if more == 1 { "1 row".to_owned() } else { format!("{more} rows") };
            too_tall.push(format!("{rows} at {columns}x{}", stage.rows + 1));
        }
    }
    let message = match too_tall.as_slice() {
        [] => return Vec::new(),
        all => format!("the slide is taller than the stage: by {}", all.join(", by ")),
    };
    let hint = "part it in two, or take something away: it scrolls, and its end is not seen at first";
    let mut told = vec![Diagnostic::of(Rule::SlideOverflow, message).hint(hint)];
    order.deck.place(index, &mut told);
    told
}
