//! Where a talk is, and what a step does to it: nothing that the author wrote is stepped over unseen.

use std::cmp::Ordering;
use std::ops::Range;

/// How many rows of the page before it a page of a tall slide keeps in view.
const OVERLAP: u32 = 2;

/// How tall the slide that is shown is, what of it changes, and how much of it the stage shows at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent {
    /// Rows of the scene.
    pub height: u32,
    /// Rows of the stage.
    pub rows: u32,
    /// The slide's last step.
    pub steps: u16,
    /// Rows of the scene down to the last that has anything on it at this step.
    pub seen: u32,
    /// The rows in which something changes at the step before this one, at this one, and at the next.
    pub changes: [Option<Range<u32>>; 3],
}

impl Extent {
    /// Returns the last row to which the slide can be scrolled.
    pub fn end(&self) -> u32 {
        self.height.saturating_sub(self.rows)
    }

    fn page(&self) -> u32 {
        self.rows.saturating_sub(OVERLAP).max(1)
    }

    /// Returns the row to scroll to so that `rows` are in view: where they are already, the same; else they are in the
    /// middle, or begin at the top where they are more than the stage has.
    fn bring(&self, rows: Option<&Range<u32>>, scroll: u32) -> u32 {
        match rows {
            Some(rows) if !self.shows(rows, scroll) => {
                let slack = self.rows.saturating_sub(rows.end - rows.start);
                rows.start.saturating_sub(slack / 2).min(self.end())
            }
            _ => scroll,
        }
    }

    fn shows(&self, rows: &Range<u32>, scroll: u32) -> bool {
        rows.start >= scroll && rows.end <= scroll + self.rows
    }
}

/// How far a slide is scrolled, by the layout of another screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scrolled {
    /// How many of its rows are above the stage.
    pub row: u32,
    /// The most rows that can be above the stage; 0 where all of it is seen.
    pub last_row: u32,
}

/// A slide, its step and the row to which it is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// The slide, from 0.
    pub slide: usize,
    /// The step, from 0; beyond the last means at the last, whichever that will be.
    pub step: u16,
    /// How many of its rows are above the stage; beyond the end means at the end, whatever that will be.
    pub scroll: u32,
    /// The row of the scene at which the stage ended before the last page.
    pub old_edge: Option<u32>,
    /// The row of the scene down to which it has been on the stage.
    pub shown: u32,
}

impl Position {
    /// The top of a slide, before its first step.
    pub fn at(slide: usize) -> Self {
        Self { slide, ..Self::default() }
    }

    /// The top of a slide with all its steps shown.
    pub fn complete(slide: usize) -> Self {
        Self { slide, step: u16::MAX, ..Self::default() }
    }

    /// The top of another slide, complete where it is an earlier one; the slide that is shown already stays as it is.
    #[must_use]
    pub fn jump(self, slide: usize) -> Self {
        match slide.cmp(&self.slide) {
            Ordering::Less => Self::complete(slide),
            Ordering::Equal => self,
            Ordering::Greater => Self::at(slide),
        }
    }

    /// Within a slide of the given extent: its last step and its last row at most.
    #[must_use]
    pub fn settled(self, extent: &Extent) -> Self {
        Self { step: self.step.min(extent.steps), scroll: self.scroll.min(extent.end()), ..self }
    }

    /// The rest of what is to be seen, else the next step, else the rest of a tall slide, else the slide `after` it,
    /// where there is one.
    #[must_use]
    pub fn next(self, extent: &Extent, after: Option<usize>) -> Self {
        let Self { step, scroll, .. } = self.settled(extent);
        let shown = self.shown.max(scroll + extent.rows);
        let wanted = if step == extent.steps { extent.height } else { extent.seen };
        if wanted > shown && scroll < extent.end() {
            let to = shown.saturating_sub(OVERLAP).max(scroll + 1).min(extent.end());
            return Self { scroll: to, old_edge: Some(shown), shown, ..self };
        }
        if step < extent.steps {
            let scroll = extent.bring(extent.changes[2].as_ref(), scroll);
            return Self { step: step + 1, scroll, old_edge: None, shown, ..self };
        }
        after.map_or(self, Self::at)
    }

    /// The same way back: the slide `before` it is entered at its end, all steps shown.
    #[must_use]
    pub fn previous(self, extent: &Extent, before: Option<usize>) -> Self {
        let Self { step, scroll, .. } = self.settled(extent);
        let [there, here, _] = &extent.changes;
        // What the step has brought is looked at before it is taken back.
        let has_passed = here.as_ref().is_some_and(|rows| rows.end <= scroll);
        if step > 0 && !has_passed {
            let scroll = extent.bring(there.as_ref(), scroll);
            return Self { step: step - 1, scroll, old_edge: None, ..self };
        }
        if scroll > 0 {
            return Self { scroll: scroll.saturating_sub(extent.page()), old_edge: Some(scroll), ..self };
        }
        let end = |slide| Self { slide, step: u16::MAX, scroll: u32::MAX, old_edge: None, shown: u32::MAX };
        before.map_or(self, end)
    }

    /// One row down where there is more to see, else on.
    #[must_use]
    pub fn down(self, extent: &Extent, after: Option<usize>) -> Self {
        let scroll = self.scroll.min(extent.end());
        if scroll < extent.end() {
            Self { scroll: scroll + 1, old_edge: None, shown: self.shown.max(scroll + extent.rows), ..self }
        } else {
            self.next(extent, after)
        }
    }

    /// One row up where there is more to see, else back.
    #[must_use]
    pub fn up(self, extent: &Extent, before: Option<usize>) -> Self {
        let scroll = self.scroll.min(extent.end());
        if scroll > 0 {
            Self { scroll: scroll - 1, old_edge: None, ..self }
        } else {
            self.previous(extent, before)
        }
    }

    /// The same place as in a slide that is laid out in another way, and scrolled as `there` says. Where all of it is seen
    /// there, but not here, what the step has changed is in view.
    #[must_use]
    pub fn mirrored(self, there: Scrolled, extent: &Extent) -> Self {
        let scroll = if there.last_row == 0 {
            extent.bring(extent.changes[1].as_ref(), 0)
        } else {
            scaled(there, extent.end())
        };
        Self { scroll, old_edge: None, ..self }
    }

    /// The same place in the slide at another size: what was in the middle of it stays there.
    #[must_use]
    pub fn resized(self, before: &Extent, after: &Extent) -> Self {
        let scroll = scaled(Scrolled { row: self.scroll, last_row: before.end() }, after.end());
        Self { scroll, old_edge: None, shown: 0, ..self }
    }
}

/// Returns the row, of at most `end`, that is as far down as `there`.
fn scaled(there: Scrolled, end: u32) -> u32 {
    let Scrolled { row, last_row } = there;
    let row = u64::from(row.min(last_row)) * u64::from(end) / u64::from(last_row.max(1));
    u32::try_from(row).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tall() -> Extent {
        Extent { height: 50, rows: 20, seen: 50, ..Extent::default() }
    }

    fn short() -> Extent {
        Extent { height: 9, rows: 20, seen: 9, ..Extent::default() }
    }

    #[test]
    fn a_tall_slide_is_seen_whole_before_the_next() {
        let mut position = Position::at(3);
        let mut seen = vec![position.scroll];
        for _ in 0..2 {
            position = position.next(&tall(), Some(4));
            seen.push(position.scroll);
        }
        assert_eq!(seen, [0, 18, 30]);
        assert_eq!(position.old_edge, Some(38));
        assert_eq!(position.next(&tall(), Some(4)), Position::at(4));
    }

    #[test]
    fn the_way_back_enters_at_the_end() {
        let position = Position::at(4).previous(&short(), Some(3)).settled(&tall());
        assert_eq!((position.slide, position.scroll), (3, 30));
        assert_eq!(position.previous(&tall(), Some(2)).scroll, 12);
        assert_eq!(position.previous(&tall(), None).previous(&tall(), None).scroll, 0);
    }

    #[test]
    fn the_talk_ends_at_its_ends() {
        assert_eq!(Position::at(0).previous(&short(), None), Position::at(0));
        assert_eq!(Position::at(8).next(&short(), None), Position::at(8));
        assert_eq!(Position::at(8).down(&short(), None), Position::at(8));
    }

    #[test]
    fn steps_come_before_the_next_slide_and_go_before_the_one_before() {
        let extent = Extent { steps: 2, ..short() };
        let steps = |position: Position| (position.slide, position.step);
        let mut position = Position::at(1);
        for expected in [(1, 1), (1, 2), (2, 0)] {
            position = position.next(&extent, Some(2));
            assert_eq!(steps(position), expected);
        }
        position = position.previous(&short(), Some(1)).settled(&extent);
        for expected in [(1, 2), (1, 1), (1, 0), (0, u16::MAX)] {
            assert_eq!(steps(position), expected);
            position = position.previous(&extent, Some(0));
        }
    }

    #[test]
    fn jumps_back_find_a_slide_complete() {
        let position = Position { step: 1, ..Position::at(4) };
        assert_eq!((position.jump(2).step, position.jump(4).step, position.jump(6).step), (u16::MAX, 1, 0));
    }

    #[test]
    fn what_a_step_changes_is_brought_into_view() {
        let changes = [None, None, Some(40..44)];
        let extent = Extent { steps: 1, changes, seen: 20, ..tall() };
        let next = Position::at(0).next(&extent, Some(1));
        assert_eq!((next.step, next.scroll), (1, 30));
        let extent = Extent { changes: [None, None, Some(3..4)], ..extent };
        assert_eq!(Position { scroll: 2, ..Position::at(0) }.next(&extent, None).scroll, 2);
        let vast = Extent { changes: [None, None, Some(5..45)], ..extent };
        assert_eq!(Position::at(0).next(&vast, None).scroll, 5);
    }

    #[test]
    fn what_is_seen_is_read_before_a_step_comes() {
        let extent = Extent { steps: 1, seen: 30, ..tall() };
        let paged = Position::at(0).next(&extent, None);
        assert_eq!((paged.step, paged.scroll), (0, 18));
        assert_eq!(paged.next(&extent, None).step, 1);
    }

    #[test]
    fn what_was_on_the_stage_is_not_paged_through_again() {
        let changes = [None, None, Some(0..2)];
        let extent = Extent { steps: 1, seen: 50, changes, ..tall() };
        let mut position = Position::at(0);
        for expected in [18, 30] {
            position = position.next(&extent, None);
            assert_eq!((position.step, position.scroll), (0, expected));
        }
        position = position.next(&extent, None);
        assert_eq!((position.step, position.scroll), (1, 0), "the step is brought into view");
        assert_eq!(position.next(&extent, Some(1)), Position::at(1));
    }

    #[test]
    fn another_layout_shows_the_same() {
        let there = Position { step: 1, ..Position::at(2) };
        let scroll = |(row, last_row): (u32, u32), extent: &Extent| {
            there.mirrored(Scrolled { row, last_row }, extent).scroll
        };
        assert_eq!(
            (scroll((20, 30), &tall()), scroll((7, 14), &tall()), scroll((9, 9), &tall())),
            (20, 15, 30)
        );
        assert_eq!((scroll((7, 14), &short()), scroll((99, 9), &tall())), (0, 30));
        let changed = Extent { changes: [None, Some(44..46), None], ..tall() };
        assert_eq!(
            (scroll((0, 0), &changed), scroll((0, 14), &changed), scroll((0, 0), &tall())),
            (30, 0, 0)
        );
    }

    #[test]
    fn another_size_keeps_the_place() {
        let end = Position { scroll: u32::MAX, ..Position::at(1) };
        let taller = Extent { height: 80, ..tall() };
        assert_eq!(end.resized(&tall(), &taller).scroll, 60);
        assert_eq!(end.resized(&tall(), &short()).scroll, 0);
        assert_eq!(Position { scroll: 15, ..end }.resized(&tall(), &taller).scroll, 30);
    }
}
