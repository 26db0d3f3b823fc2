//! How the window of a console is parted: this slide and the next one, as small as they must be, and the notes. Where
//! things stand before the audience is not decided here.

use ratatui::layout::{Rect, Size};

use super::areas::{LOWEST_NOTES, LOWEST_SLIDE, NARROWEST_NOTES, Places};
use super::audience::Audience;
use crate::paint::Pane;
use crate::text::cells;

/// From so many columns on, the next slide stands beside this one.
const WIDE: u16 = 72;
/// From so many on, notes may stand beside both.
const VERY_WIDE: u16 = 150;
/// From so many rows on, the next slide stands below this one where it cannot stand beside it.
const TALL: u16 = 32;
/// In fewer rows notes have no slide above them.
const LOW: u16 = 14;
/// In fewer there is but the clock.
const LOWEST: u16 = 4;
/// The columns and rows of a stage that is not known: 16 to 9, in cells twice as high as they are wide.
const USUAL: (u32, u32) = (32, 9);

/// A window to be parted.
pub(super) struct ConsoleLayout {
    window: Rect,
    /// What of it is above the clock.
    body: Rect,
    audience: Audience,
    has_notes: bool,
}

/// The panes of the slides, and of the notes.
#[derive(Clone, Copy, Default)]
struct Panes {
    this: Option<Rect>,
    next: Option<Rect>,
    notes: Option<Rect>,
}

/// How slides stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slides {
    Alone,
    Beside,
    Below,
}

impl ConsoleLayout {
    pub(super) fn new(window: Rect, Size { width: columns, height: rows }: Size, has_notes: bool) -> Self {
        let audience = if columns > 0 && rows > 0 {
            Audience { columns, rows }
        } else {
            let rows = cells((u32::from(window.width) * USUAL.1).div_ceil(USUAL.0));
            Audience { columns: window.width, rows }
        };
        let body = Rect { height: window.height.saturating_sub(1), ..window };
        Self { window, body, audience, has_notes }
    }

    pub(super) fn places(&self) -> Places {
        let clock = Rect { y: self.body.bottom(), height: 1, ..self.window }.intersection(self.window);
        let Panes { this, next, notes } = self.panes();
        let stage = this.map_or(self.body, |pane| self.audience.stage(pane));
        // Its pane may be a column wider than the other one; what is laid out for one serves both.
        let next_stage = this.zip(next).map(|(this, next)| {
            let (x, y) = (next.x + (stage.x - this.x), next.y + (stage.y - this.y));
            Rect { x, y, ..stage }
        });
        Places {
            stage,
            chrome: (!clock.is_empty()).then_some(clock),
            this,
            next,
            next_stage: next_stage.unwrap_or_default(),
            notes,
            ..Places::default()
        }
    }

    fn panes(&self) -> Panes {
        let Rect { width, height, .. } = self.window;
        let notes_alone = Panes { notes: self.has_notes.then_some(self.body), ..Panes::default() };
        let has_room = !self.has_notes || (height >= LOW && width >= NARROWEST_NOTES);
        let above = if height < LOWEST {
            return Panes::default();
        } else if !has_room {
            notes_alone
        } else if width >= WIDE {
            self.above_notes(Slides::Beside)
        } else if height >= TALL {
            self.above_notes(Slides::Below)
        } else {
            self.above_notes(Slides::Alone)
        };
        let beside = self.beside_notes().filter(|beside| self.scale(*beside) > self.scale(above));
        beside.unwrap_or(above)
    }

    /// Returns how large this slide is.
    fn scale(&self, panes: Panes) -> u32 {
        panes.this.map_or(0, |pane| self.audience.scale(self.audience.stage(pane)))
    }

    /// Returns slides at the top, and below them notes in all that slides do not need.
    fn above_notes(&self, slides: Slides) -> Panes {
        let body = self.body;
        let notes = if self.has_notes { LOWEST_NOTES.max(body.height.div_ceil(3)) } else { 0 };
        let (across, down) = match slides {
            Slides::Alone => (1, 1),
            Slides::Beside => (2, 1),
            Slides::Below => (1, 2),
        };
        let room = Rect { width: body.width / across, height: (body.height - notes) / down, ..body };
        let pane = self.audience.pane(room);
        if Pane::inner(pane).is_empty() {
            return Panes::default();
        }
        let spare = body.width - pane.width * across;
        let this = Rect { x: body.x + spare / 2, ..pane };
        let next = match slides {
            Slides::Alone => None,
            // A single column that is left would look like a mistake.
            Slides::Beside => Some(Rect { x: this.right(), width: this.width + spare % 2, ..this }),
            Slides::Below => Some(Rect { y: this.bottom(), ..this }),
        };
        let rows = body.height - pane.height * down;
        let notes = Rect { y: body.bottom() - rows, height: rows, ..body };
        Panes { this: Some(this), next, notes: self.has_notes.then_some(notes) }
    }

    /// Returns two slides with the notes at their right.
    fn beside_notes(&self) -> Option<Panes> {
        let body = self.body;
        let width = self.audience.pane(Rect { width: body.width / 3, ..body }).width;
        let this = Rect { width, ..body };
        let next = Rect { x: this.right(), ..this };
        let notes = Rect { x: next.right(), width: body.width - 2 * width, ..body };
        let has_room = body.width >= VERY_WIDE && Pane::inner(this).height >= LOWEST_SLIDE;
        (self.has_notes && has_room).then_some(Panes {
            this: Some(this),
            next: Some(next),
            notes: Some(notes),
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    type Cells = (u16, u16, u16, u16);

    const AUDIENCE: (u16, u16) = (80, 23);

    fn console((width, height): (u16, u16), audience: (u16, u16), notes: bool) -> Places {
        ConsoleLayout::new(Rect::new(0, 0, width, height), audience.into(), notes).places()
    }

    fn cells(place: Option<Rect>) -> Cells {
        let Rect { x, y, width, height } = place.unwrap_or_default();
        (x, y, width, height)
    }

    /// This slide, the next one, the notes.
    fn panes(places: &Places) -> [Cells; 3] {
        [places.this, places.next, places.notes].map(cells)
    }

    const NONE: Cells = (0, 0, 0, 0);

    #[rstest]
    #[case::in_full_size((200, 50), [(18, 0, 82, 25), (100, 0, 82, 25), (0, 25, 200, 24)])]
    #[case::side_by_side((120, 35), [(0, 0, 60, 19), (60, 0, 60, 19), (0, 19, 120, 15)])]
    #[case::with_a_column_left((121, 35), [(0, 0, 60, 19), (60, 0, 61, 19), (0, 19, 121, 15)])]
    #[case::in_a_common_terminal((80, 24), [(0, 0, 40, 13), (40, 0, 40, 13), (0, 13, 80, 10)])]
    #[case::in_three_columns((200, 24), [(0, 0, 66, 23), (66, 0, 66, 23), (132, 0, 68, 23)])]
    #[case::in_very_few_rows((160, 8), [(0, 0, 53, 7), (53, 0, 53, 7), (106, 0, 54, 7)])]
    #[case::one_below_the_other((60, 40), [(0, 0, 60, 13), (0, 13, 60, 13), (0, 26, 60, 13)])]
    #[case::this_one_alone((50, 16), [(0, 0, 50, 10), NONE, (0, 10, 50, 5)])]
    #[case::notes_alone((30, 8), [NONE, NONE, (0, 0, 30, 7)])]
    #[case::notes_in_few_columns((27, 50), [NONE, NONE, (0, 0, 27, 49)])]
    #[case::nothing_but_the_clock((80, 3), [NONE, NONE, NONE])]
    fn slides_and_notes_stand(#[case] window: (u16, u16), #[case] expected: [Cells; 3]) {
        let places = console(window, AUDIENCE, true);
        assert_eq!(panes(&places), expected);
        assert_eq!(cells(places.chrome), (0, window.1 - 1, window.0, 1));
    }

    #[rstest]
    #[case::side_by_side((80, 24), [(0, 0, 40, 13), (40, 0, 40, 13), NONE])]
    #[case::in_few_rows((80, 8), [(0, 0, 40, 7), (40, 0, 40, 7), NONE])]
    #[case::one_below_the_other((60, 40), [(0, 0, 60, 19), (0, 19, 60, 19), NONE])]
    #[case::this_one_alone((24, 8), [(0, 0, 24, 7), NONE, NONE])]
    #[case::nothing((2, 8), [NONE, NONE, NONE])]
    fn without_notes_slides_have_their_room(#[case] window: (u16, u16), #[case] expected: [Cells; 3]) {
        assert_eq!(panes(&console(window, AUDIENCE, false)), expected);
    }

    #[rstest]
    #[case::unknown((0, 0), (58, 17))]
    #[case::proportional((200, 56), (58, 17))]
    #[case::flat((200, 20), (58, 6))]
    #[case::too_tall((100, 60), (58, 20))]
    #[case::small((40, 12), (40, 12))]
    fn both_stages_follow_the_audience(#[case] audience: (u16, u16), #[case] expected: (u16, u16)) {
        let places = console((120, 35), audience, true);
        let size = |stage: Rect| (stage.width, stage.height);
        assert_eq!((size(places.stage), size(places.next_stage)), (expected, expected));
    }

    #[test]
    fn without_a_pane_the_slide_has_the_window_for_its_overlays() {
        let places = console((30, 8), AUDIENCE, true);
        assert_eq!((places.stage, places.next_stage), (Rect::new(0, 0, 30, 7), Rect::ZERO));
    }

    #[test]
    fn slides_never_leave_notes_less_than_a_third() {
        for (width, height) in [(72, 14), (90, 30), (140, 40), (300, 100), (40, 32), (28, 90)] {
            let notes = console((width, height), (100, 200), true).notes.expect("there is room");
            assert!(notes.height >= 5 && notes.height * 3 >= height - 1, "{width}x{height}: {notes:?}");
        }
    }
}
