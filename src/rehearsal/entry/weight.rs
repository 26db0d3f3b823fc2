//! How long a slide may take by what it holds: an estimate, good enough to share a talk's time by. What its author says of
//! its time is not asked here.

#![expect(clippy::cast_precision_loss, reason = "an `f64` counts the seconds and words of a talk exactly")]

use unicode_segmentation::UnicodeSegmentation as _;

use crate::deck::{Block, Code, Kind, Slide, walk};

/// Who lectures says 100 to 150 words a minute; who reads aloud, 160 and more, which is too fast to follow.
const WORDS_PER_MINUTE: f64 = 130.0;

/// A slide holds catchwords: about twice as much is said as is written.
const SAID_PER_WRITTEN: f64 = 2.0;

/// A picture, or a row of them, is explained: often it is all that a slide holds, and yet more than a title.
const PICTURE: f64 = 30.0;

/// Code is introduced, then gone through line by line; nobody goes through more lines than [`MOST_LINES`].
const CODE: f64 = 5.0;
const LINE: f64 = 3.0;
const MOST_LINES: usize = 30;

/// A row of a table is compared with the others.
const ROW: f64 = 5.0;

/// Before what comes by itself there is a pause, and a look at it.
const STEP: f64 = 2.0;

/// A title slide, or one with a single word, stays up for so long all the same.
const LEAST: f64 = 15.0;

/// Returns how long a slide may take, in seconds.
pub(super) fn of(slide: &Slide) -> f64 {
    let written = words(&slide.blocks);
    // Notes may be the whole speech or a single catchword: what is on the slide is said in any case.
    let said = match words(&slide.notes) {
        0 => written as f64 * SAID_PER_WRITTEN,
        noted => noted.max(written) as f64,
    };
    let steps = f64::from(slide.steps) * STEP;
    (said * 60.0 / WORDS_PER_MINUTE + shown(slide) + steps).max(LEAST)
}

/// Returns how many words stand in running text; those of code and tables take their time otherwise.
fn words(blocks: &[Block]) -> usize {
    let mut count = 0;
    let of = |inlines: &[_]| walk::plain(inlines).unicode_words().count();
    walk::each(blocks, &mut |block| {
        count += match &block.kind {
            Kind::Paragraph(inlines) | Kind::Heading { inlines, .. } => of(inlines),
            Kind::Definitions(all) => all.iter().flat_map(|one| &one.terms).map(|term| of(term)).sum(),
            _ => 0,
        };
    });
    count
}

/// Returns how long it takes to look at what is no running text, in seconds.
fn shown(slide: &Slide) -> f64 {
    let is_picture = walk::is_blank(&slide.blocks) && slide.attributes.background.picture.is_some();
    let mut seconds = if is_picture { PICTURE } else { 0.0 };
    walk::each(&slide.blocks, &mut |block| {
        seconds += match &block.kind {
            Kind::Pictures(_) | Kind::Placeholder { .. } => PICTURE,
            Kind::Code(code) => time_of_code(code),
            Kind::Table(table) => table.rows.len() as f64 * ROW,
            _ => 0.0,
        };
    });
    seconds
}

fn time_of_code(code: &Code) -> f64 {
    // The source of a diagram stands for a picture.
    if code.is_source_of().is_some() {
        return PICTURE;
    }
    let lines = code.text.lines().filter(|line| !line.trim().is_empty()).count();
    CODE + lines.min(MOST_LINES) as f64 * LINE
}
