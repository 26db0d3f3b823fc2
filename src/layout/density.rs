//! How a slide gives up air, step by step, before it scrolls.
//!
//! Each rung of the ladder lays the slide out again: that costs microseconds, and no rule has to know what another
//! one saved. Pictures are the only elastic things on a slide, so fitting is a search for the largest number of
//! rows that every picture may take.

use super::piece::Piece;
use super::scene::Scene;
use super::setting::{Density, Setting};
use super::stage::Stage;
use super::supply::Supply;
use super::{flow, stack};
use crate::deck::{Align, Block, Slide, walk};
use crate::theme::Theme;

/// No picture gets fewer rows than this from the ladder.
const SMALLEST_PICTURE: u16 = 6;
/// A slide of more bytes of text than this is not tried rung by rung: it scrolls anyway.
const LONG: usize = 60_000;

const ROOMY: Density = Density {
    margins: true,
    heading_rule: true,
    code_padding: true,
    gaps: true,
    small_pictures: false,
    picture_words: true,
    big_letters: true,
    tilt: 0,
    top: true,
};
const NO_MARGINS: Density = Density { margins: false, ..ROOMY };
const NO_PADDING: Density = Density { heading_rule: false, code_padding: false, ..NO_MARGINS };
const SMALL_PICTURES: Density = Density { small_pictures: true, ..NO_PADDING };
const NO_GAPS: Density = Density { gaps: false, big_letters: false, ..SMALL_PICTURES };
/// What a slide keeps that scrolls.
const SCROLLING: Density = Density { big_letters: false, ..NO_PADDING };
const NO_WORDS: Density = Density { picture_words: false, ..NO_GAPS };

/// The rungs, in the order in which air is given up.
const LADDER: [Density; 10] = [
    ROOMY,
    NO_MARGINS,
    NO_PADDING,
    SMALL_PICTURES,
    NO_GAPS,
    NO_WORDS,
    Density { tilt: 1, ..NO_WORDS },
    Density { tilt: 2, ..NO_WORDS },
    Density { tilt: 3, ..NO_WORDS },
    Density { tilt: 3, top: false, ..NO_WORDS },
];

/// Returns the scene of the slide on the first rung on which it fits, else one that scrolls.
pub(super) fn layout(slide: &Slide, stage: Stage, theme: &Theme, supply: &dyn Supply) -> Scene {
    let pictures = !walk::pictures(&slide.blocks).is_empty();
    let stretches = walk::stretches(&slide.blocks);
    let lay = |density: Density, picture_rows: u16, stretch_rows: u16| {
        let align = stage.rtl.then_some(Align::Right);
        let setting =
            Setting { stage, theme, supply, density, picture_rows, stretch_rows, align, block: flow::lay };
        flow::slide(&slide.blocks, &setting)
    };
    let (all, rows) = (stage.rows, u32::from(stage.rows));
    let mut ladder = if text_length(slide) > LONG { &LADDER[..0] } else { &LADDER[..] }.iter();
    let fitting = ladder.find_map(|&density| {
        let loose = lay(density, all, all);
        if loose.height <= rows || !(pictures || stretches) {
            return (loose.height <= rows).then_some(loose);
        }
        // What stretches gives way first: it only asks for what the others leave.
        let by_itself =
            if stretches { largest_that_fits(&|cap| lay(density, all, cap), density, all) } else { None };
        by_itself.or_else(|| largest_that_fits(&|cap| lay(density, cap, cap), density, all))
    });
    // A slide that scrolls anyway keeps its blank lines, and pictures that a screen can hold whole.
    let piece = fitting.unwrap_or_else(|| {
        let screen = all.saturating_sub(2).max(1);
        lay(SCROLLING, screen, comfortable(all).min(screen))
    });
    Scene {
        items: piece.items,
        height: piece.height.max(1),
        steps: slide.steps,
        focus: piece.focus,
        blocks: piece.blocks,
        diagnostics: piece.diagnostics,
        ..Scene::default()
    }
}

/// Returns the scene of blocks in `columns`, with all the air that they want.
pub(super) fn roomy(
    blocks: &[Block],
    columns: u16,
    stage: Stage,
    theme: &Theme,
    supply: &dyn Supply,
) -> Scene {
    let stage = Stage { columns, ..stage };
    let (picture_rows, stretch_rows) = (SMALLEST_PICTURE, SMALLEST_PICTURE);
    let setting = Setting {
        stage,
        theme,
        supply,
        density: ROOMY,
        picture_rows,
        stretch_rows,
        align: None,
        block: flow::lay,
    };
    let piece = stack::layout(blocks, columns, &setting);
    Scene { items: piece.items, height: piece.height, ..Scene::default() }
}

/// Returns the rows that a picture gets before the slide gives up its air for it.
fn comfortable(rows: u16) -> u16 {
    (rows * 11 / 20).max(SMALLEST_PICTURE)
}

/// Returns the layout with the largest pictures that fit, where even the smallest allowed ones do.
fn largest_that_fits(lay: &dyn Fn(u16) -> Piece, density: Density, rows: u16) -> Option<Piece> {
    let mut fits = if density.small_pictures { SMALLEST_PICTURE } else { comfortable(rows) };
    let mut best = Some(lay(fits)).filter(|piece| piece.height <= u32::from(rows))?;
    let mut too_large = rows;
    while too_large > fits + 1 {
        let middle = u16::midpoint(fits, too_large);
        let piece = lay(middle);
        if piece.height <= u32::from(rows) {
            (fits, best) = (middle, piece);
        } else {
            too_large = middle;
        }
    }
    Some(best)
}

fn text_length(slide: &Slide) -> usize {
    let mut length = 0;
    walk::each(&slide.blocks, &mut |block| length += walk::own_length(block));
    length
}
