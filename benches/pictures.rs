//! How long a picture takes on its way to the terminal: printed at the size shown, made ready for each protocol,
//! painted. Decoding is the codecs' work.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

mod stopwatch;

use std::hint::black_box;
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use image::{DynamicImage, ImageFormat, Rgb as Pixel, RgbImage};
use lutrin::color::Rgb;
use lutrin::layout::{Area, Content, Crop, Item, PictureItem, Scene};
use lutrin::paint::{PictureState, SceneView};
use lutrin::picture::{Bitmap, Cut, Glyphs, Mosaic, Original, Size};
use lutrin::terminal::graphics::{EncodedImage, Protocol};
use lutrin::terminal::{Capabilities, Screen};
use lutrin::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size as Cells};
use ratatui::widgets::Widget;

/// A large slide, and the pixels of its cells.
const CELLS: Cells = Cells { width: 100, height: 28 };
const PIXELS: Size = Size { width: 1000, height: 560 };

/// Something between a photograph and a diagram: shades, edges, and a grain that no two pixels share.
fn picture() -> Original {
    let picture = RgbImage::from_fn(1920, 1080, |x, y| {
        let grain = ((x ^ (y << 11)).wrapping_mul(2_654_435_761) >> 29) as u8;
        let edge = if (x / 160 + y / 120) % 2 == 0 { 90 } else { 0 };
        Pixel([(x / 16) as u8 + grain, (y / 9) as u8 + edge + grain, 120 + grain])
    });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut file, ImageFormat::Png).expect("memory holds it");
    Original::read(std::io::Cursor::new(file.into_inner())).expect("it is a picture")
}

fn print(picture: &Original, size: Size) -> Bitmap {
    picture.print(&Cut::whole(size, Rgb(0, 0, 0))).expect("it is small")
}

fn printing() {
    let picture = picture();
    let bitmap = print(&picture, PIXELS);
    let small = Mosaic::pixels(CELLS.width, CELLS.height.into(), Glyphs::Quadrants);
    let cells = print(&picture, small);
    stopwatch::time("print 1920×1080 at 1000×560", || print(&picture, PIXELS));
    stopwatch::time("print 1920×1080 for letters", || print(&picture, small));
    stopwatch::time("a mosaic of 100×28 letters", || Mosaic::of(&cells, Glyphs::Quadrants));
    let frames = [(bitmap, Duration::ZERO)];
    for (name, protocol) in [
        ("kitty, by file", Protocol::Kitty { local: true }),
        ("kitty afar", Protocol::Kitty { local: false }),
        ("sixel", Protocol::Sixel),
        ("iTerm2", Protocol::Iterm2),
    ] {
        stopwatch::time(&format!("a plate for {name}"), || {
            EncodedImage::new(protocol, &frames, None).expect("it has pixels")
        });
    }
}

fn painting() {
    let small = Mosaic::pixels(CELLS.width, CELLS.height.into(), Glyphs::Quadrants);
    let mosaic = Arc::new(Mosaic::of(&print(&picture(), small), Glyphs::Quadrants));
    let item = PictureItem { source: "a.png".into(), alt: String::new(), part: Crop::Whole };
    let area = Area { x: 0, y: 0, width: CELLS.width, height: CELLS.height.into() };
    let items = vec![Item { area, content: Content::Picture(item), phases: Vec::new() }];
    let scene = Scene { items, height: CELLS.height.into(), ..Scene::default() };
    let theme = Theme::dark();
    let paint = |buffer: &mut Buffer| {
        let pictures = |_: &PictureItem, _| PictureState::Mosaic(Arc::clone(&mosaic));
        let view = SceneView {
            scene: &scene,
            step: 0,
            scroll: 0,
            old_edge: None,
            marks: true,
            theme: &theme,
            backdrop: None,
            pictures: &pictures,
        };
        (&view).render(Rect::from(CELLS), buffer);
    };
    let mut buffer = Buffer::empty(Rect::from(CELLS));
    stopwatch::time("paint a slide in letters", || paint(black_box(&mut buffer)));
    let capabilities = Capabilities::detect(|name| (name == "COLORTERM").then(|| "truecolor".to_owned()));
    let mut screen = Screen::new(std::io::sink(), CELLS, capabilities);
    stopwatch::time("paint a slide in letters, plan and send it", || {
        let mut canvas = screen.canvas();
        paint(&mut canvas);
        screen.forget();
        let frame = screen.plan(canvas, Vec::new());
        screen.send(frame)
    });
}

fn main() {
    printing();
    painting();
}
