//! The stage of all these tests: a deck from text, its slides on grids, without a terminal.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use std::sync::Arc;

use lutrin::deck::{Code, Deck};
use lutrin::disk::{Assets, DeckSource};
use lutrin::highlight::{self, Highlighted};
use lutrin::layout::{CellSize, Content, Scene, Stage, Supply, layout_slide};
use lutrin::paint::{PictureState, SceneView};
use lutrin::picture::Size;
use lutrin::theme::Theme;
use lutrin::{parse, source};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The pictures that come with Lutrin, and code highlighted at once.
pub(crate) struct Shipped(Assets);

impl Shipped {
    pub(crate) fn new() -> Self {
        Self(Assets::new(&DeckSource::Embedded, None))
    }
}

impl Supply for Shipped {
    fn picture(&self, source: &str) -> Result<Size, String> {
        self.0.size(source)
    }

    fn code(&self, code: &Code) -> Option<Arc<Highlighted>> {
        highlight::highlight(&code.text, Some(&code.info)).map(Arc::new)
    }
}

/// The deck of a text.
pub(crate) fn deck(text: &str) -> Deck {
    parse::open(source::decode(text.as_bytes()).expect("a deck"), None)
}

/// The lecture that comes with Lutrin.
pub(crate) fn lecture() -> Deck {
    let bytes = DeckSource::Embedded.read().expect("it is inside the program");
    parse::open(source::decode(&bytes).expect("it is text"), None)
}

/// A stage in a terminal of so many cells, less its row of chrome.
pub(crate) fn stage(columns: u16, rows: u16) -> Stage {
    Stage {
        columns,
        rows: rows - 1,
        cell: CellSize::default(),
        center: true,
        rtl: false,
        basic_glyphs: false,
    }
}

/// The scene of a slide, from 0.
pub(crate) fn scene(deck: &Deck, index: usize, stage: Stage) -> Scene {
    layout_slide(&parse::slide(deck, index), stage, &Theme::dark(), &Shipped::new())
}

/// The scene as it is painted when all of it is there, pictures as frames with their words in them.
pub(crate) fn grid(scene: &Scene, stage: Stage) -> Buffer {
    grid_at(scene, stage, scene.steps)
}

/// The scene as it is painted at a step.
pub(crate) fn grid_at(scene: &Scene, stage: Stage, step: u16) -> Buffer {
    let area = Rect::new(0, 0, stage.columns, stage.rows);
    let mut buffer = Buffer::empty(area);
    let view = SceneView {
        scene,
        step,
        scroll: 0,
        old_edge: None,
        marks: true,
        theme: &Theme::dark(),
        backdrop: None,
        pictures: &|_, _| PictureState::Above,
    };
    (&view).render(area, &mut buffer);
    for item in scene.items.iter().filter(|item| item.is_seen(step)) {
        let Content::Picture(picture) = &item.content else { continue };
        let at = item.area;
        let place = Rect::new(at.x, at.y as u16, at.width, at.height as u16).intersection(area);
        for position in place.positions() {
            buffer[position].set_symbol("░");
        }
        if !place.is_empty() {
            buffer.set_stringn(
                place.x,
                place.y,
                &picture.alt,
                usize::from(place.width),
                ratatui::style::Style::new(),
            );
        }
    }
    buffer
}

/// The letters of a grid, row by row, without the blanks at their ends.
pub(crate) fn letters(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mut out = String::new();
    for row in buffer.content.chunks(width) {
        let mut line = String::new();
        let mut covered = 0;
        for cell in row {
            if covered == 0 {
                line.push_str(cell.symbol());
                covered = lutrin::text::width(cell.symbol()).max(1);
            }
            covered -= 1;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// All slides of a deck on one stage, as letters.
pub(crate) fn walk(deck: &Deck, columns: u16, rows: u16) -> String {
    let stage = stage(columns, rows);
    let mut out = String::new();
    for index in 0..deck.slides.len() {
        let scene = scene(deck, index, stage);
        let scrolls = if scene.height > u32::from(stage.rows) { " (scrolls)" } else { "" };
        out.extend([format!("=== {}{scrolls}\n", index + 1)]);
        out.push_str(&letters(&grid(&scene, stage)));
    }
    out
}
