//! From runs of letters to texts in reading order, with the blanks between their words. Draws nothing.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "lengths on a page are small, and rounded on purpose"
)]

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use crate::export::ink::{GlyphRun, PlacedGlyph};
use crate::export::page::{CELL, Page};
use crate::text;

/// The mark of a list's item has at most so many letters.
const LONGEST_MARK: usize = 5;

/// Which text of a page's reading a letter belongs to; those that belong to none are read in the end.
type Owner = usize;

/// Returns the runs of each text, parted where another text begins.
pub(super) fn texts(page: &Page, runs: &[GlyphRun]) -> BTreeMap<Owner, Vec<GlyphRun>> {
    let owners = owners(page);
    let mut texts: BTreeMap<Owner, Vec<GlyphRun>> = BTreeMap::new();
    for run in runs {
        let mut last = None;
        for letter in &run.letters {
            let position = ((letter.x / CELL.width) as u16, (run.baseline / CELL.height) as u16);
            let owner = index(page.cells.area, position).and_then(|cell| owners.get(cell).copied());
            let owner = owner.unwrap_or(usize::MAX);
            let text = texts.entry(owner).or_default();
            match text.last_mut() {
                Some(open) if last == Some(owner) => open.letters.push(letter.clone()),
                _ => text.push(GlyphRun { letters: vec![letter.clone()], ..run.clone() }),
            }
            last = Some(owner);
        }
    }
    marked(page, &mut texts);
    for text in texts.values_mut() {
        joined(text);
    }
    texts.retain(|_, runs| !runs.is_empty());
    texts
}

/// Lets the mark of a list's item begin the text beside it.
fn marked(page: &Page, texts: &mut BTreeMap<Owner, Vec<GlyphRun>>) {
    for (owner, pair) in page.reading.windows(2).enumerate() {
        let (mark, beside) = (pair[0].cells, pair[1].cells);
        let is_mark = pair.iter().all(|reading| reading.picture.is_none())
            && (mark.y, mark.height) == (beside.y, 1)
            && (mark.right()..=mark.right() + 1).contains(&beside.x)
            && texts.get(&owner).is_some_and(|runs| plain(runs).trim().chars().count() <= LONGEST_MARK);
        if is_mark && texts.contains_key(&(owner + 1)) {
            let mut runs = texts.remove(&owner).unwrap_or_default();
            let text = texts.entry(owner + 1).or_default();
            runs.append(text);
            *text = runs;
        }
    }
}

/// Returns for each cell, row by row, which text of the reading it belongs to.
fn owners(page: &Page) -> Vec<Owner> {
    let area = page.cells.area;
    let mut owners = vec![usize::MAX; usize::from(area.width) * usize::from(area.height)];
    let texts = page.reading.iter().enumerate().filter(|(_, reading)| reading.picture.is_none());
    for (owner, reading) in texts {
        for position in reading.cells.positions() {
            if let Some(cell) = index(area, (position.x, position.y)) {
                owners[cell] = owner;
            }
        }
    }
    owners
}

fn index(area: Rect, (x, y): (u16, u16)) -> Option<usize> {
    let is_inside = x < area.right() && y < area.bottom();
    is_inside.then(|| usize::from(y) * usize::from(area.width) + usize::from(x))
}

/// Ends each run with a blank where the next one does not go on with its word.
fn joined(runs: &mut Vec<GlyphRun>) {
    for run in runs.iter_mut() {
        while run.letters.last().is_some_and(|letter| letter.text == " ") {
            run.letters.pop();
        }
    }
    runs.retain(|run| !run.letters.is_empty());
    for nth in 1..runs.len() {
        let (baseline, next) = (runs[nth].baseline, runs[nth].letters[0].x);
        let run = &mut runs[nth - 1];
        let end = end(run);
        let goes_on = (run.baseline - baseline).abs() < 0.5 && next - end < CELL.width * 0.9;
        if !goes_on {
            run.letters.push(PlacedGlyph::blank(end));
        }
    }
}

/// Returns where the last letter's cells end.
fn end(run: &GlyphRun) -> f32 {
    run.letters.last().map_or(0.0, |last| {
        let cells = text::width(&last.text).clamp(1, 2) as f32;
        ((last.x / CELL.width).floor() + cells) * CELL.width
    })
}

/// Returns the words of runs.
pub(super) fn plain(runs: &[GlyphRun]) -> String {
    runs.iter().map(GlyphRun::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgb;
    use crate::export::page::TextRegion;
    use ratatui::buffer::Buffer;

    /// A page of these texts: where each is, and which rows are read at once.
    fn page(cells: &[Rect]) -> Page {
        Page {
            name: String::new(),
            index: 0,
            part: 1,
            step: 0,
            cells: Buffer::empty(Rect::new(0, 0, 20, 4)),
            ground: Rgb::WHITE,
            backdrop: None,
            pictures: Vec::new(),
            links: Vec::new(),
            reading: cells.iter().map(|cells| TextRegion { cells: *cells, picture: None }).collect(),
        }
    }

    fn run(words: &str, column: u16, row: u16) -> GlyphRun {
        let letter = |(nth, letter): (usize, char)| PlacedGlyph {
            text: letter.to_string(),
            drawn: letter.to_string(),
            marks: 0.0,
            glyphs: if letter == ' ' { Vec::new() } else { vec![1] },
            x: (f32::from(column) + nth as f32) * CELL.width,
        };
        GlyphRun {
            face: 0,
            size: 26.0,
            color: Rgb::BLACK,
            baseline: (f32::from(row) + 0.8) * CELL.height,
            letters: words.chars().enumerate().map(letter).collect(),
        }
    }

    fn read(cells: &[Rect], runs: &[GlyphRun]) -> Vec<String> {
        texts(&page(cells), runs).values().map(|runs| plain(runs)).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other_though_their_rows_are_drawn_together() {
        let cells = [Rect::new(0, 0, 8, 2), Rect::new(9, 0, 8, 2)];
        let runs = [run("one    three ", 2, 0), run("two", 0, 1), run("four", 9, 1)];
        assert_eq!(read(&cells, &runs), ["one two", "three four"]);
    }

    #[test]
    fn a_word_in_two_colours_is_one_word_and_two_words_are_two() {
        let cells = [Rect::new(0, 0, 20, 1)];
        assert_eq!(read(&cells, &[run("wo", 0, 0), run("rd", 2, 0)]), ["word"]);
        assert_eq!(read(&cells, &[run("two", 0, 0), run("words", 4, 0)]), ["two words"]);
    }

    #[test]
    fn the_mark_of_an_item_begins_its_text_but_a_neighbour_far_away_does_not() {
        let mark = Rect::new(0, 0, 1, 1);
        let runs = |column| [run("•", 0, 0), run("item", column, 0)];
        assert_eq!(read(&[mark, Rect::new(2, 0, 9, 2)], &runs(2)), ["• item"]);
        assert_eq!(read(&[mark, Rect::new(6, 0, 9, 2)], &runs(6)), ["•", "item"]);
    }
}
