//! Where the slides, the row of chrome and the notes stand in a window. What is in them is not decided here.

mod areas;
mod audience;
mod console;
mod panel;

use ratatui::layout::{Rect, Size};

use crate::paint::{BigClock, notes};
pub(super) use areas::Places;
use areas::{LOWEST_NOTES, NARROWEST_NOTES};
use audience::Audience;
use console::ConsoleLayout;

/// Notes keep so many columns beside a large clock.
const NOTES_BESIDE_CLOCK: u16 = 72;

/// What the window is to have room for besides the slide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// Whether notes are shown.
    pub(super) notes: bool,
    /// Whether the clock is, in a line.
    pub(super) clock: bool,
}

impl Places {
    /// Divides the window of a talk before an audience: notes take their rows from the slide.
    pub(super) fn present(window: Rect, demand: Demand) -> Self {
        Self::whole(window, demand.notes, false)
    }

    /// Divides the window of a rehearsal: the slide keeps the stage that it will have. Where the terminal that the audience
    /// will see is not as large as this one, `terminal` is its columns and rows.
    pub(super) fn rehearse(window: Rect, terminal: Option<Size>, demand: Demand) -> Self {
        match terminal {
            None => Self::whole(window, demand.notes, true),
            Some(terminal) => Self::framed(window, terminal, demand.notes),
        }
    }

    /// Divides the window of a console, while the audience has a stage of this size; of no columns where that is not known.
    pub(super) fn console(window: Rect, stage: Size, demand: Demand) -> Self {
        let places = ConsoleLayout::new(window, stage, demand.notes).places();
        let places = if demand.clock { places.with_dial() } else { places };
        Self { panel_columns: window.width, ..places }
    }

    /// Takes from the notes what they have no use for: a large clock stands there, where it has room beside lines of a good
    /// length.
    fn with_dial(self) -> Self {
        let has_room = |notes: &Rect| {
            notes.width >= NOTES_BESIDE_CLOCK + BigClock::COLUMNS && notes.height >= BigClock::ROWS
        };
        let Some(notes) = self.notes.filter(has_room) else { return self };
        let width = notes.width - BigClock::COLUMNS;
        let dial = Rect { x: notes.x + width, width: BigClock::COLUMNS, ..notes };
        Self { notes: Some(Rect { width, ..notes }), dial: Some(dial), ..self }
    }

    /// All of the window is the audience's.
    fn whole(window: Rect, notes: bool, keeps_stage: bool) -> Self {
        let (stage, chrome) = parts(window);
        let panel_columns = stage.width;
        if !notes {
            return Self { stage, chrome, panel_columns, ..Self::default() };
        }
        let rows = notes::rows(stage.height);
        let notes = Some(Rect { y: stage.bottom() - rows, height: rows, ..stage });
        let stage = if keeps_stage { stage } else { Rect { height: stage.height - rows, ..stage } };
        Self { stage, chrome, notes, over: keeps_stage, panel_columns, ..Self::default() }
    }

    /// The audience's terminal is a part of the window, as much of it as there is; what else the speaker sees stands
    /// beside or below it.
    fn framed(window: Rect, Size { width: columns, height: rows }: Size, notes: bool) -> Self {
        let beside = window.width.saturating_sub(columns.saturating_add(1));
        let below = window.height.saturating_sub(rows);
        let is_beside = beside >= NARROWEST_NOTES;
        let x = if is_beside { window.x } else { window.x + window.width.saturating_sub(columns) / 2 };
        let (stage, chrome) = parts(Rect { x, width: columns, height: rows, ..window }.intersection(window));
        let alone = Self { stage, chrome, panel_columns: stage.width, ..Self::default() };
        let audience = Audience { columns: stage.width, rows: stage.height };
        if !notes {
            alone
        } else if is_beside {
            panel::added(alone, Rect { x: stage.right() + 1, width: beside, ..window }, audience)
        } else if below >= LOWEST_NOTES {
            panel::added(alone, Rect { y: window.y + rows, height: below, ..window }, audience)
        } else {
            let rows = notes::rows(stage.height);
            let notes = Some(Rect { y: stage.bottom() - rows, height: rows, ..stage });
            Self { notes, over: true, ..alone }
        }
    }
}

/// Parts a terminal into the stage and the row of chrome; one of a single row is all stage.
fn parts(terminal: Rect) -> (Rect, Option<Rect>) {
    if terminal.height < 2 {
        return (terminal, None);
    }
    let stage = Rect { height: terminal.height - 1, ..terminal };
    (stage, Some(Rect { y: stage.bottom(), height: 1, ..terminal }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::deck::Code;
    use crate::disk::{Assets, DeckSource};
    use crate::highlight::Highlighted;
    use crate::layout::{CellSize, Scene, Stage, Supply, layout_slide};
    use crate::paint::Pane;
    use crate::picture;
    use crate::theme::Theme;
    use crate::{parse, source};

    const WINDOW: Rect = Rect::new(0, 0, 120, 35);

    const NOTES: Demand = Demand { notes: true, clock: false };

    fn places(demand: Demand) -> Places {
        Places::present(WINDOW, demand)
    }

    #[test]
    fn a_talk_gives_its_notes_rows_of_its_own() {
        let bare = places(Demand::default());
        assert_eq!((bare.stage, bare.chrome), (Rect::new(0, 0, 120, 34), Some(Rect::new(0, 34, 120, 1))));
        let places = places(NOTES);
        assert_eq!((places.stage.height, places.notes), (23, Some(Rect::new(0, 23, 120, 11))));
        assert!(!places.over);
    }

    /// Every slide of the lecture, laid out as a talk or a rehearsal does.
    fn scenes(places: Places) -> Vec<Scene> {
        let text = source::decode(&DeckSource::Embedded.read().expect("it ships")).expect("it is text");
        let deck = parse::open(text, None);
        let Rect { width: columns, height: rows, .. } = places.stage;
        let cell = CellSize::default();
        let stage = Stage { columns, rows, cell, center: true, rtl: false, basic_glyphs: false };
        let (theme, assets) = (Theme::dark(), Shipped(Assets::new(&DeckSource::Embedded, None)));
        let scene = |index| layout_slide(&parse::slide(&deck, index), stage, &theme, &assets);
        (0..deck.slides.len()).map(scene).collect()
    }

    struct Shipped(Assets);

    impl Supply for Shipped {
        fn picture(&self, source: &str) -> Result<picture::Size, String> {
            self.0.size(source)
        }

        fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
            None
        }
    }

    #[test]
    fn a_rehearsal_shows_the_scenes_of_the_talk() {
        for notes in [false, true] {
            let rehearsed = Places::rehearse(WINDOW, None, Demand { notes, clock: false });
            assert!(scenes(rehearsed) == scenes(places(Demand::default())), "with notes: {notes}");
        }
        let talk = Places::present(Rect::new(0, 0, 80, 24), Demand::default());
        let projected = Places::rehearse(WINDOW, Some(Size::new(80, 24)), NOTES);
        assert!(scenes(projected) == scenes(talk), "at the projector's size");
    }

    #[test]
    fn a_rehearsal_keeps_its_stage() {
        let places = Places::rehearse(WINDOW, None, NOTES);
        assert_eq!((places.stage.height, places.over), (34, true));
    }

    #[test]
    fn a_smaller_stage_has_its_notes_beside_or_below_it_or_else_over_it() {
        let notes = |stage: (u16, u16)| Places::rehearse(WINDOW, Some(stage.into()), NOTES);
        let beside = notes((80, 24));
        assert_eq!((beside.stage, beside.chrome), (Rect::new(0, 0, 80, 23), Some(Rect::new(0, 23, 80, 1))));
        assert_eq!((beside.next, beside.next_stage.y), (Some(Rect::new(81, 0, 39, 13)), 1));
        assert_eq!((beside.notes, beside.over), (Some(Rect::new(81, 13, 39, 22)), false));
        let below = notes((100, 30));
        assert_eq!((below.stage.x, below.next, below.notes), (10, None, Some(Rect::new(0, 30, 120, 5))));
        let over = notes((100, 34));
        assert_eq!((over.stage, over.over), (Rect::new(10, 0, 100, 33), true));
        let larger = notes((200, 60));
        assert_eq!((larger.stage, larger.over), (Rect::new(0, 0, 120, 34), true));
    }

    fn rehearsal(window: (u16, u16), stage: (u16, u16)) -> Places {
        Places::rehearse(Rect::new(0, 0, window.0, window.1), Some(stage.into()), NOTES)
    }

    #[rstest]
    #[case::above_the_notes((200, 50), (80, 24), (99, 0, 82, 22), (81, 22, 119, 28))]
    #[case::above_them_below_the_stage((60, 60), (60, 20), (0, 20, 60, 18), (0, 38, 60, 22))]
    #[case::at_their_left((120, 36), (100, 24), (0, 24, 45, 12), (45, 24, 75, 12))]
    #[case::where_it_is_larger((161, 20), (80, 20), (81, 0, 40, 20), (121, 0, 40, 20))]
    fn the_next_slide_stands(
        #[case] window: (u16, u16),
        #[case] stage: (u16, u16),
        #[case] next: (u16, u16, u16, u16),
        #[case] notes: (u16, u16, u16, u16),
    ) {
        let rect = |(x, y, width, height)| Some(Rect::new(x, y, width, height));
        let places = rehearsal(window, stage);
        assert_eq!((places.next, places.notes), (rect(next), rect(notes)));
    }

    #[rstest]
    #[case::few_rows((100, 41), (100, 34))]
    #[case::few_columns((59, 34), (59, 24))]
    #[case::few_rows_beside((110, 12), (80, 12))]
    #[case::none((80, 24), (80, 24))]
    fn in_a_small_panel_there_are_notes_alone(#[case] window: (u16, u16), #[case] stage: (u16, u16)) {
        let places = rehearsal(window, stage);
        assert_eq!((places.next, places.next_stage), (None, Rect::ZERO));
        assert!(places.notes.is_some());
    }

    fn do_not_meet(places: &[Rect]) -> bool {
        places.iter().enumerate().all(|(nth, one)| places[..nth].iter().all(|other| !one.intersects(*other)))
    }

    fn is_within(inner: Rect, outer: Rect) -> bool {
        inner.intersection(outer) == inner
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn panes_of_a_console_share_its_window(
            (width, height) in (0_u16..=300, 0_u16..=100),
            (columns, rows) in (0_u16..=400, 0_u16..=200),
            notes: bool,
            clock: bool,
        ) {
            let window = Rect::new(0, 0, width, height);
            let places = Places::console(window, Size::new(columns, rows), Demand { notes, clock });
            let Places { stage, chrome, this, next, next_stage, notes: words, over, dial, .. } = places;
            prop_assert!(dial.is_none() || (clock && notes), "{places:?}");
            let panes: Vec<Rect> = [this, next, words, dial, chrome].into_iter().flatten().collect();
            prop_assert!(do_not_meet(&panes) && panes.iter().all(|pane| is_within(*pane, window)), "{places:?}");
            prop_assert!(!over && (notes || words.is_none()), "{places:?}");
            prop_assert_eq!(chrome.is_some(), width > 0 && height > 0);
            prop_assert_eq!(words.is_some(), notes && height >= 4);
            if let Some(pane) = this {
                prop_assert!(!stage.is_empty() && is_within(stage, Pane::inner(pane)), "{places:?}");
                let is_known = columns > 0 && rows > 0;
                prop_assert!(!is_known || (stage.width <= columns && stage.height <= rows), "{places:?}");
            }
            if let Some(pane) = next {
                prop_assert!(this.is_some() && is_within(next_stage, Pane::inner(pane)), "{places:?}");
                prop_assert_eq!(next_stage.as_size(), stage.as_size());
            }
        }

        #[test]
        fn a_rehearsal_shares_its_window(
            (width, height) in (0_u16..=300, 0_u16..=100),
            (columns, rows) in (0_u16..=400, 0_u16..=200),
        ) {
            let (window, places) = (Rect::new(0, 0, width, height), rehearsal((width, height), (columns, rows)));
            let Places { stage, chrome, next, next_stage, notes, over, .. } = places;
            let beside = [next, notes.filter(|_| !over), chrome, Some(stage)];
            let panes: Vec<Rect> = beside.into_iter().flatten().filter(|pane| !pane.is_empty()).collect();
            prop_assert!(do_not_meet(&panes) && panes.iter().all(|pane| is_within(*pane, window)), "{places:?}");
            prop_assert!(next.is_some() || next_stage.is_empty(), "{places:?}");
            prop_assert!(next_stage.width <= stage.width && next_stage.height <= stage.height, "{places:?}");
            prop_assert!(next.is_none_or(|pane| is_within(next_stage, Pane::inner(pane))), "{places:?}");
        }
    }
}
