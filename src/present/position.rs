//! Where a talk is, and what a step does to it: nothing that the author wrote is stepped over unseen.

/// A page of a tall slide keeps so many rows of the one before it in view.
const OVERLAP: u32 = 2;

/// How tall the slide that is shown is, and how much of it the stage shows at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Rows of the scene.
    pub height: u32,
    /// Rows of the stage.
    pub rows: u32,
}

impl Extent {
    /// Returns the last row to which the slide can be scrolled.
    pub fn end(self) -> u32 {
        self.height.saturating_sub(self.rows)
    }

    fn page(self) -> u32 {
        self.rows.saturating_sub(OVERLAP).max(1)
    }
}

/// A slide and the row to which it is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// The slide, from 0.
    pub slide: usize,
    /// How many of its rows are above the stage; beyond the end means at the end, whatever that will be.
    pub scroll: u32,
    /// The row of the scene at which the stage ended before the last page.
    pub old_edge: Option<u32>,
}

impl Position {
    /// The top of a slide.
    pub fn at(slide: usize) -> Self {
        Self { slide, ..Self::default() }
    }

    /// The top of another slide; the slide that is shown already stays as it is.
    #[must_use]
    pub fn jump(self, slide: usize) -> Self {
        if slide == self.slide { self } else { Self::at(slide) }
    }

    /// The rest of a tall slide, else the next slide, where there is one.
    #[must_use]
    pub fn next(self, extent: Extent, count: usize) -> Self {
        let scroll = self.scroll.min(extent.end());
        if scroll < extent.end() {
            let to = (scroll + extent.page()).min(extent.end());
            return Self { scroll: to, old_edge: Some(scroll + extent.rows), ..self };
        }
        if self.slide + 1 < count { Self::at(self.slide + 1) } else { self }
    }

    /// The same way back: a tall slide is entered at its end.
    #[must_use]
    pub fn previous(self, extent: Extent) -> Self {
        let scroll = self.scroll.min(extent.end());
        if scroll > 0 {
            return Self { scroll: scroll.saturating_sub(extent.page()), old_edge: Some(scroll), ..self };
        }
        match self.slide.checked_sub(1) {
            Some(slide) => Self { slide, scroll: u32::MAX, old_edge: None },
            None => self,
        }
    }

    /// One row down where there is more to see, else the next slide.
    #[must_use]
    pub fn down(self, extent: Extent, count: usize) -> Self {
        let scroll = self.scroll.min(extent.end());
        if scroll < extent.end() {
            Self { scroll: scroll + 1, old_edge: None, ..self }
        } else {
            self.next(extent, count)
        }
    }

    /// One row up where there is more to see, else the previous slide.
    #[must_use]
    pub fn up(self, extent: Extent) -> Self {
        let scroll = self.scroll.min(extent.end());
        if scroll > 0 { Self { scroll: scroll - 1, old_edge: None, ..self } } else { self.previous(extent) }
    }

    /// The same place in the slide at another size: what was in the middle of it stays there.
    #[must_use]
    pub fn resized(self, before: Extent, after: Extent) -> Self {
        let scroll = self.scroll.min(before.end());
        let scaled = u64::from(scroll) * u64::from(after.end()) / u64::from(before.end().max(1));
        Self { scroll: scaled as u32, old_edge: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALL: Extent = Extent { height: 50, rows: 20 };
    const SHORT: Extent = Extent { height: 9, rows: 20 };

    #[test]
    fn a_tall_slide_is_seen_whole_before_the_next() {
        let mut position = Position::at(3);
        let mut seen = vec![position.scroll];
        for _ in 0..2 {
            position = position.next(TALL, 9);
            seen.push(position.scroll);
        }
        assert_eq!(seen, [0, 18, 30]);
        assert_eq!(position.old_edge, Some(38));
        assert_eq!(position.next(TALL, 9), Position::at(4));
    }

    #[test]
    fn the_way_back_enters_at_the_end() {
        let position = Position::at(4).previous(SHORT);
        assert_eq!((position.slide, position.scroll.min(TALL.end())), (3, 30));
        assert_eq!(position.previous(TALL).scroll, 12);
        assert_eq!(position.previous(TALL).previous(TALL).scroll, 0);
    }

    #[test]
    fn the_talk_ends_at_its_ends() {
        assert_eq!(Position::at(0).previous(SHORT), Position::at(0));
        assert_eq!(Position::at(8).next(SHORT, 9), Position::at(8));
        assert_eq!(Position::at(8).down(SHORT, 9), Position::at(8));
    }

    #[test]
    fn another_size_keeps_the_place() {
        let end = Position { slide: 1, scroll: u32::MAX, old_edge: None };
        assert_eq!(end.resized(TALL, Extent { height: 80, rows: 20 }).scroll, 60);
        assert_eq!(end.resized(TALL, SHORT).scroll, 0);
        assert_eq!(Position { scroll: 15, ..end }.resized(TALL, Extent { height: 80, rows: 20 }).scroll, 30);
    }
}
