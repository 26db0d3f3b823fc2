//! How long the stages of a slide take, over the whole lecture that comes with Lutrin: split, parse, layout, paint.

mod stopwatch;

use std::hint::black_box;
use std::sync::Arc;

use lutrin::deck::{Code, Deck, Slide};
use lutrin::disk::{Assets, DeckSource};
use lutrin::highlight::Highlighted;
use lutrin::layout::{CellSize, Scene, Stage, Supply, layout_slide};
use lutrin::paint::{PictureState, SceneView};
use lutrin::picture::Size;
use lutrin::theme::Theme;
use lutrin::{highlight, parse, source};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

const STAGE: Stage = Stage {
    columns: 120,
    rows: 34,
    cell: CellSize { width: 10.0, height: 20.0 },
    center: true,
    rtl: false,
    basic_glyphs: false,
};

/// The lecture's pictures by their headers; code stays plain, as in a first frame.
struct Plain(Assets);

impl Supply for Plain {
    fn picture(&self, source: &str) -> Result<Size, String> {
        self.0.size(source)
    }

    fn code(&self, _: &Code) -> Option<Arc<Highlighted>> {
        None
    }
}

fn open() -> Deck {
    let bytes = DeckSource::Embedded.read().expect("it is inside the program");
    parse::open(source::decode(&bytes).expect("it is text"), None)
}

fn main() {
    let deck = open();
    let slides: Vec<Slide> = (0..deck.slides.len()).map(|index| parse::slide(&deck, index)).collect();
    let (theme, supply) = (Theme::dark(), Plain(Assets::new(&DeckSource::Embedded, None)));
    let lay = |slide: &Slide| layout_slide(slide, STAGE, &theme, &supply);
    let scenes: Vec<Scene> = slides.iter().map(lay).collect();
    let area = Rect::new(0, 0, STAGE.columns, STAGE.rows);
    let mut buffer = Buffer::empty(area);

    stopwatch::time("split the lecture", open);
    stopwatch::time("parse 32 slides", || {
        (0..32).for_each(|index| drop(black_box(parse::slide(&deck, index))));
    });
    stopwatch::time("lay out 32 slides", || slides.iter().for_each(|slide| drop(black_box(lay(slide)))));
    stopwatch::time("paint 32 slides", || {
        for scene in &scenes {
            let view = SceneView {
                step: 0,
                scene,
                scroll: 0,
                old_edge: None,
                marks: true,
                theme: &theme,
                backdrop: None,
                pictures: &|_, _| PictureState::Above,
            };
            (&view).render(area, &mut buffer);
        }
    });
    let yaml = slides
        .iter()
        .flat_map(|slide| lutrin::deck::walk::codes(&slide.blocks))
        .next()
        .expect("the lecture has code");
    stopwatch::time("highlight a block of YAML", || highlight::highlight(&yaml.text, Some(&yaml.info)));
}
