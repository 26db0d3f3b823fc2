//! Which part of a picture is printed on which cells: the whole of it on a slide, an enlarged part when it is looked at
//! closely.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sides of pictures are whole pixels, far fewer than an `f32` counts"
)]

use super::scene::{Area, Content, Crop, Item, PictureItem, Scene};
use super::stage::{CellSize, Stage};
use crate::color::Rgb;
use crate::picture::{Cut, Size, Zoom};

/// An arrow moves the picture by so many parts of what is seen at once.
const STEPS: f32 = 4.0;

/// Width and height in the terminal's pixels.
type PixelExtent = (f32, f32);

/// Returns the scene of one picture as large as the stage allows, times the zoom's level.
pub fn scene(picture: &PictureItem, size: Size, stage: Stage, zoom: Zoom) -> Scene {
    let whole = whole(size, stage, zoom.level);
    let area = area(whole, stage);
    let room = pixels(area, stage.cell);
    let part = Crop::Window {
        size: (whole.0.round() as u32, whole.1.round() as u32),
        x: offset(whole.0, room.0, zoom.right),
        y: offset(whole.1, room.1, zoom.down),
    };
    let content = Content::Picture(PictureItem { part, ..picture.clone() });
    let items = vec![Item { area, content, phases: Vec::new() }];
    Scene { items, height: u32::from(stage.rows), ..Scene::default() }
}

/// Returns the part in the middle of a picture that fills a stage.
pub(super) fn cover(size: Size, stage: Stage) -> Crop {
    let all = Area { x: 0, y: 0, width: stage.columns, height: u32::from(stage.rows) };
    let (room, fitted) = (pixels(all, stage.cell), whole(size, stage, 1));
    let factor = (room.0 / fitted.0).max(room.1 / fitted.1);
    let (width, height) = (fitted.0 * factor, fitted.1 * factor);
    Crop::Window {
        size: (width.round() as u32, height.round() as u32),
        x: ((width - room.0) / 2.0).round() as i32,
        y: ((height - room.1) / 2.0).round() as i32,
    }
}

/// Returns how many steps a picture can be moved to either side at a level: along its width, along its height.
pub fn reach(size: Size, stage: Stage, level: u16) -> (i16, i16) {
    let whole = whole(size, stage, level);
    let room = pixels(area(whole, stage), stage.cell);
    let steps = |whole: f32, room: f32| ((whole - room).max(0.0) / 2.0 / (room / STEPS)).ceil() as i16;
    (steps(whole.0, room.0), steps(whole.1, room.1))
}

/// Returns how a picture of `size` is printed on an area of cells, on a grid of so many points: in its own shape, with
/// margins of less than a cell where it is shown whole.
pub fn cut(size: Size, part: Crop, area: Area, (cell, grid): (CellSize, Size), background: Rgb) -> Cut {
    let room = pixels(area, cell);
    let (width, height, x, y) = match part {
        Crop::Whole => {
            let whole = fitted(size, room);
            (whole.0, whole.1, (whole.0 - room.0) / 2.0, (whole.1 - room.1) / 2.0)
        }
        Crop::Window { size, x, y } => (size.0 as f32, size.1 as f32, x as f32, y as f32),
    };
    let (across, down) = (grid.width as f32 / room.0, grid.height as f32 / room.1);
    Cut {
        whole: Size {
            width: (width * across).round().max(1.0) as u32,
            height: (height * down).round().max(1.0) as u32,
        },
        x: (x * across).round() as i32,
        y: (y * down).round() as i32,
        size: grid,
        background,
    }
}

/// Returns the picture's size at a level; at the first one it just fits the stage.
fn whole(size: Size, stage: Stage, level: u16) -> PixelExtent {
    let all = Area { x: 0, y: 0, width: stage.columns, height: u32::from(stage.rows) };
    let (width, height) = fitted(size, pixels(all, stage.cell));
    (width * f32::from(level), height * f32::from(level))
}

/// Returns the cells in the middle of the stage that a picture needs, or all of them.
fn area(whole: PixelExtent, stage: Stage) -> Area {
    let cells =
        |pixels: f32, cell: f32, most: u16| (pixels / cell - 0.01).ceil().clamp(1.0, f32::from(most)) as u16;
    let width = cells(whole.0, stage.cell.width, stage.columns.max(1));
    let height = cells(whole.1, stage.cell.height, stage.rows.max(1));
    let free = |all: u16, used: u16| all.saturating_sub(used) / 2;
    Area {
        x: free(stage.columns, width),
        y: u32::from(free(stage.rows, height)),
        width,
        height: u32::from(height),
    }
}

fn pixels(area: Area, cell: CellSize) -> PixelExtent {
    (f32::from(area.width) * cell.width, area.height as f32 * cell.height)
}

fn fitted(size: Size, room: PixelExtent) -> PixelExtent {
    let (width, height) = (size.width.max(1) as f32, size.height.max(1) as f32);
    let factor = (room.0 / width).min(room.1 / height);
    (width * factor, height * factor)
}

/// Returns where the window into a length begins: in its middle, moved by steps, never beyond an end.
fn offset(whole: f32, room: f32, steps: i16) -> i32 {
    let slack = whole - room;
    let middle = slack / 2.0;
    if slack <= 0.0 {
        return middle.round() as i32;
    }
    (middle + f32::from(steps) * room / STEPS).clamp(0.0, slack).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: Stage = Stage {
        columns: 80,
        rows: 23,
        cell: CellSize { width: 10.0, height: 20.0 },
        center: true,
        rtl: false,
        basic_glyphs: false,
    };
    const WIDE: Size = Size { width: 1600, height: 400 };

    fn zoomed(level: u16, right: i16) -> (Area, Crop) {
        let picture = PictureItem { source: "a.png".into(), alt: String::new(), part: Crop::Whole };
        let scene = scene(&picture, WIDE, STAGE, Zoom { level, right, down: 0 });
        let first = scene.pictures().next().map(|(picture, area)| (area, picture.part));
        first.expect("a picture")
    }

    #[test]
    fn a_picture_is_as_large_as_the_stage_allows() {
        let (area, part) = zoomed(1, 0);
        assert_eq!(area, Area { x: 0, y: 6, width: 80, height: 10 });
        assert_eq!(part, Crop::Window { size: (800, 200), x: 0, y: 0 });
        assert_eq!(reach(WIDE, STAGE, 1), (0, 0));
    }

    #[test]
    fn arrows_reach_each_edge_and_no_farther() {
        assert_eq!(zoomed(4, 0).1, Crop::Window { size: (3200, 800), x: 1200, y: 170 });
        let (right, down) = reach(WIDE, STAGE, 4);
        assert_eq!((right, down), (6, 2));
        assert_eq!(zoomed(4, right).1, Crop::Window { size: (3200, 800), x: 2400, y: 170 });
        assert_eq!(zoomed(4, -right - 9).1, Crop::Window { size: (3200, 800), x: 0, y: 170 });
    }

    #[test]
    fn a_picture_keeps_its_shape_whatever_the_points_are() {
        let area = Area { x: 0, y: 0, width: 20, height: 6 };
        let square = Size { width: 50, height: 50 };
        let background = Rgb(0, 0, 0);
        let fine = cut(square, Crop::Whole, area, (STAGE.cell, Size { width: 200, height: 120 }), background);
        assert_eq!((fine.whole, fine.x, fine.y), (Size { width: 120, height: 120 }, -40, 0));
        let coarse = cut(square, Crop::Whole, area, (STAGE.cell, Size { width: 20, height: 12 }), background);
        assert_eq!((coarse.whole, coarse.x, coarse.y), (Size { width: 12, height: 12 }, -4, 0));
    }
}
