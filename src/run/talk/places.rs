//! Where the slide, its row of chrome and the notes stand in a window. What is in them is not decided here.

use ratatui::layout::Rect;

use crate::paint::notes;

/// Notes beside the slide have at least so many columns, frame included.
const NARROWEST_NOTES: u16 = 28;
/// Notes below the slide have at least so many rows, frame included.
const LOWEST_NOTES: u16 = 5;

/// What the window shall have room for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// The columns and rows of the terminal that the audience will see, where it is not this one.
    pub(super) stage: Option<(u16, u16)>,
    /// Whether notes are shown.
    pub(super) notes: bool,
    /// Whether the slide keeps its stage when they are.
    pub(super) keeps_stage: bool,
}

/// Where things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places {
    /// What the slide gets.
    pub(super) stage: Rect,
    /// The row below it; a window of one row has none.
    pub(super) chrome: Option<Rect>,
    /// What the notes get, while they are shown.
    pub(super) notes: Option<Rect>,
    /// Whether the notes lie over the slide.
    pub(super) over: bool,
}

impl Places {
    /// Parts a window.
    pub(super) fn of(window: Rect, demand: Demand) -> Self {
        match demand.stage {
            Some(size) => Self::framed(window, size, demand.notes),
            None => Self::whole(window, demand),
        }
    }

    /// All of the window is the audience's.
    fn whole(window: Rect, demand: Demand) -> Self {
        let (stage, chrome) = parts(window);
        if !demand.notes {
            return Self { stage, chrome, notes: None, over: false };
        }
        let rows = notes::rows(stage.height);
        let notes = Some(Rect { y: stage.bottom() - rows, height: rows, ..stage });
        let over = demand.keeps_stage;
        let stage = if over { stage } else { Rect { height: stage.height - rows, ..stage } };
        Self { stage, chrome, notes, over }
    }

    /// The audience's terminal is a part of the window, as much of it as there is; the notes stand beside or below it.
    fn framed(window: Rect, (columns, rows): (u16, u16), notes: bool) -> Self {
        let beside = window.width.saturating_sub(columns + 1);
        let below = window.height.saturating_sub(rows);
        let is_beside = beside >= NARROWEST_NOTES;
        let x = if is_beside { window.x } else { window.x + window.width.saturating_sub(columns) / 2 };
        let (stage, chrome) = parts(Rect { x, width: columns, height: rows, ..window }.intersection(window));
        let notes = notes.then(|| {
            if is_beside {
                (Rect { x: stage.right() + 1, width: beside, ..window }, false)
            } else if below >= LOWEST_NOTES {
                (Rect { y: window.y + rows, height: below, ..window }, false)
            } else {
                let rows = notes::rows(stage.height);
                (Rect { y: stage.bottom() - rows, height: rows, ..stage }, true)
            }
        });
        Self {
            stage,
            chrome,
            notes: notes.map(|(place, _)| place),
            over: notes.is_some_and(|(_, over)| over),
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

    use super::*;
    use crate::deck::Code;
    use crate::disk::{Assets, Place};
    use crate::highlight::Highlighted;
    use crate::layout::{CellSize, Scene, Stage, Supply, layout_slide};
    use crate::picture::Size;
    use crate::theme::Theme;
    use crate::{parse, source};

    const WINDOW: Rect = Rect::new(0, 0, 120, 35);

    fn places(demand: Demand) -> Places {
        Places::of(WINDOW, demand)
    }

    #[test]
    fn a_talk_gives_its_notes_rows_of_its_own() {
        let bare = places(Demand::default());
        assert_eq!((bare.stage, bare.chrome), (Rect::new(0, 0, 120, 34), Some(Rect::new(0, 34, 120, 1))));
        let places = places(Demand { notes: true, ..Demand::default() });
        assert_eq!((places.stage.height, places.notes), (23, Some(Rect::new(0, 23, 120, 11))));
        assert!(!places.over);
    }

    /// Every slide of the lecture, laid out as a talk or a rehearsal does.
    fn scenes(places: Places) -> Vec<Scene> {
        let text = source::decode(&Place::Embedded.read().expect("it ships")).expect("it is text");
        let deck = parse::open(text, None);
        let Rect { width: columns, height: rows, .. } = places.stage;
        let cell = CellSize::default();
        let stage = Stage { columns, rows, cell, center: true, rtl: false, basic_glyphs: false };
        let (theme, assets) = (Theme::dark(), Shipped(Assets::new(&Place::Embedded, None)));
        let scene = |index| layout_slide(&parse::slide(&deck, index), stage, &theme, &assets);
        (0..deck.slides.len()).map(scene).collect()
    }

    struct Shipped(Assets);

    impl Supply for Shipped {
        fn picture(&self, source: &str) -> Result<Size, String> {
            self.0.size(source)
        }

        fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
            None
        }
    }

    #[test]
    fn a_rehearsal_shows_the_scenes_of_the_talk() {
        let rehearsal = Demand { keeps_stage: true, ..Demand::default() };
        for notes in [false, true] {
            let demand = Demand { notes, ..rehearsal };
            assert!(scenes(places(demand)) == scenes(places(Demand::default())), "with notes: {notes}");
        }
        let talk = Places::of(Rect::new(0, 0, 80, 24), Demand::default());
        let projected = places(Demand { stage: Some((80, 24)), notes: true, ..rehearsal });
        assert!(scenes(projected) == scenes(talk), "at the projector's size");
    }

    #[test]
    fn a_rehearsal_keeps_its_stage() {
        let places = places(Demand { notes: true, keeps_stage: true, ..Demand::default() });
        assert_eq!((places.stage.height, places.over), (34, true));
    }

    #[test]
    fn a_smaller_stage_has_its_notes_beside_or_below_it_or_else_over_it() {
        let notes = |stage| places(Demand { stage: Some(stage), notes: true, keeps_stage: true });
        let beside = notes((80, 24));
        assert_eq!((beside.stage, beside.chrome), (Rect::new(0, 0, 80, 23), Some(Rect::new(0, 23, 80, 1))));
        assert_eq!((beside.notes, beside.over), (Some(Rect::new(81, 0, 39, 35)), false));
        let below = notes((100, 30));
        assert_eq!((below.stage.x, below.notes), (10, Some(Rect::new(0, 30, 120, 5))));
        let over = notes((100, 34));
        assert_eq!((over.stage, over.over), (Rect::new(10, 0, 100, 33), true));
        let larger = notes((200, 60));
        assert_eq!((larger.stage, larger.over), (Rect::new(0, 0, 120, 34), true));
    }
}
