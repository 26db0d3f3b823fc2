//! What is behind slides: their own colours and pictures, and the letters on both.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use lutrin::color::{Rgb, contrast};
use lutrin::layout::{Scene, Stage};
use lutrin::paint::{PictureState, SceneView};
use lutrin::parse;
use lutrin::picture::{Bitmap, Size};
use lutrin::theme::{READABLE, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;
use rstest::rstest;

use super::stage::{self, Shipped, deck, stage};

const DECK: &str = include_str!("../decks/backgrounds.md");

fn rgb(color: Color) -> Rgb {
    let Color::Rgb(r, g, b) = color else { panic!("{color:?} is the terminal's") };
    Rgb(r, g, b)
}

fn scene(index: usize, theme: &Theme) -> Scene {
    lutrin::layout::layout_slide(&parse::slide(&deck(DECK), index), stage(80, 24), theme, &Shipped::new())
}

fn painted(scene: &Scene, theme: &Theme, backdrop: Option<&Bitmap>) -> Buffer {
    let Stage { columns, rows, .. } = stage(80, 24);
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    let pictures = &|_: &_, _| PictureState::Above;
    let (step, scroll, old_edge, marks) = (0, 0, None, true);
    (&SceneView { scene, step, scroll, old_edge, marks, theme, backdrop, pictures })
        .render(area, &mut buffer);
    buffer
}

fn letters(buffer: &Buffer) -> impl Iterator<Item = &Cell> {
    buffer.content.iter().filter(|cell| cell.symbol().chars().any(char::is_alphanumeric))
}

#[track_caller]
fn is_readable(buffer: &Buffer) {
    assert!(letters(buffer).count() > 10);
    for cell in letters(buffer) {
        let ratio = contrast(rgb(cell.fg), rgb(cell.bg));
        assert!(ratio >= READABLE, "{}: {ratio} of {:?} on {:?}", cell.symbol(), cell.fg, cell.bg);
    }
}

/// Light, dark and strong stripes, a column each.
fn stripes() -> Bitmap {
    const COLORS: [[u8; 3]; 4] = [[90, 90, 90], [0, 0, 0], [80, 20, 20], [40, 40, 110]];
    let Stage { columns, rows, .. } = stage(80, 24);
    let size = Size { width: u32::from(columns), height: u32::from(rows) };
    let pixels = (0..size.area() as usize).flat_map(|nth| COLORS[nth % 80 % COLORS.len()]).collect();
    Bitmap { size, pixels }
}

#[test]
fn each_slide_has_its_background_on_three_stages() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 35)] {
        let shown = stage::walk(&deck(DECK), columns, rows);
        insta::assert_snapshot!(format!("backgrounds_{columns}x{rows}"), shown);
    }
}

#[rstest]
#[case::a_color(0, Rgb(0xb5, 0x53, 0x3c))]
#[case::a_gradient(2, Rgb(0x17, 0x20, 0x3d))]
fn letters_are_readable_on_an_authors_color(#[case] slide: usize, #[case] ground: Rgb) {
    for theme in [Theme::dark(), Theme::light(), Theme::terminal()] {
        let scene = scene(slide, &theme);
        let buffer = painted(&scene, &theme, None);
        is_readable(&buffer);
        assert_eq!(scene.suited(&theme).background, Some(ground));
        // The corners are free.
        assert_eq!([rgb(buffer[(0, 0)].bg), rgb(buffer[(79, 22)].bg)], [ground; 2]);
    }
}

#[test]
fn big_letters_turn_dark_on_white() {
    let theme = Theme::dark();
    let buffer = painted(&scene(1, &theme), &theme, None);
    let inked = buffer.content.iter().filter(|cell| cell.symbol() != " ");
    assert!(inked.clone().count() > 20);
    assert!(inked.into_iter().all(|cell| contrast(rgb(cell.fg), Rgb::WHITE) >= READABLE));
}

#[test]
fn letters_are_readable_on_a_picture_and_code_keeps_its_ground() {
    for theme in [Theme::dark(), Theme::light(), Theme::terminal()] {
        let scene = scene(4, &theme);
        let picture = stripes();
        let (with, without) = (painted(&scene, &theme, Some(&picture)), painted(&scene, &theme, None));
        is_readable(&with);
        is_readable(&without);
        let ground = scene.suited(&theme).background.map(Color::from).expect("its author gives it one");
        for position in with.area.positions() {
            let (x, y) = (u32::from(position.x), u32::from(position.y));
            let (here, before) = (&with[position], &without[position]);
            let expected = if before.bg == ground { picture.at(x, y).into() } else { before.bg };
            assert_eq!((here.symbol(), here.bg), (before.symbol(), expected), "at {position}");
            if before.bg != ground {
                assert_eq!(here.fg, before.fg, "at {position}");
            }
        }
    }
}

#[test]
fn a_slide_of_a_picture_alone_shows_all_of_it() {
    let scene = scene(3, &Theme::dark());
    let areas: Vec<_> = scene.pictures().map(|(_, area)| area).collect();
    assert!(scene.backdrop.is_none() && areas.len() == 1 && areas[0].height == 23, "{areas:?}");
}

#[test]
fn what_is_missing_or_far_away_is_told() {
    let told = |index| scene(index, &Theme::dark()).diagnostics.iter().map(ToString::to_string).collect();
    let told: [String; 3] = [told(6), told(7), told(8)];
    assert!(told[0].contains("`nowhere.png` is not shown: no such file"), "{told:?}");
    assert!(told[1].contains("on the network"), "{told:?}");
    assert!(told[2].contains("`nowhere.png`"), "{told:?}");
}

#[test]
fn every_source_of_a_slide_is_named() {
    let slide = parse::slide(&deck(DECK), 5);
    assert_eq!(slide.sources(), ["static/pictures/lens.png", "static/pictures/k3s.png"]);
    assert!(parse::slide(&deck(DECK), 0).sources().is_empty());
}
