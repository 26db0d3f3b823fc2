//! Slides on pages, exactly as the stage shows them: cells for letters and colours, and where pictures and links are. How
//! a page is written is not known here.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "lengths on a page are small, and rounded on purpose"
)]

use std::ops::Range;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;

use super::{ExportOptions, Steps};
use crate::color::Rgb;
use crate::deck::Slide;
use crate::layout::{
    Area, BackdropItem, CellSize, Content, Crop, PictureItem, Scene, Stage, layout_slide, zoom,
};
use crate::paint::{ImageArea, PictureState, SceneView, Veil};
use crate::parse;
use crate::picture::{Bitmap, Cut, Glyphs, Mosaic, Original, Size};
use crate::source::Diagnostic;
use crate::theme::{Role, Theme};

/// A cell of a page, in pixels: the shape of the font's letters, so that lines drawn in letters meet.
pub const CELL: CellSize = CellSize { width: 16.0, height: 31.0 };
/// What is free above and below the cells, in pixels: with it a stage of 120×34 is exactly 16:9.
pub const MARGIN: f32 = 13.0;
/// The stage of a page where no other is wished, in cells.
pub const USUAL: (u16, u16) = (120, 34);

/// A slide at a step, or as much of it as fits on the stage.
pub struct Page {
    /// What tells it from the other pages: `7`, and where a slide has several `7-2`; at its steps `7.s1`.
    pub name: String,
    /// The slide, from 0.
    pub index: usize,
    /// Which of the slide's pages it is, from 1.
    pub part: usize,
    /// The slide's step.
    pub step: u16,
    /// The letters and their colours; nothing where pictures are.
    pub cells: Buffer,
    /// The colour of the page.
    pub ground: Rgb,
    /// The picture behind the letters, for all of the page.
    pub backdrop: Option<Bitmap>,
    /// The pictures, those in front last.
    pub pictures: Vec<PlacedPicture>,
    /// The links and their cells.
    pub links: Vec<(Rect, String)>,
    /// The cells of each text and of each picture, in reading order.
    pub reading: Vec<TextRegion>,
}

/// What is read at once: a text, or a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRegion {
    /// Where it is.
    pub cells: Rect,
    /// Which of the page's pictures it is, where it is none of words.
    pub picture: Option<usize>,
}

/// How pictures come onto a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureMode {
    /// Beside the cells, for somebody who can draw them.
    Beside,
    /// In the cells, as letters of two colours.
    InLetters,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedPicture {
    /// Where it is, as the deck names it.
    pub source: String,
    /// What it shows, in words.
    pub alt: String,
    /// Where all of it stands, in pixels from the first cell's corner.
    pub frame: PixelRect,
    /// The cells through which it is seen.
    pub visible: Rect,
}

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PixelRect {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// The pages of a slide.
pub struct Pages {
    /// The slide itself.
    pub slide: Slide,
    /// At least one.
    pub pages: Vec<Page>,
    /// What could not be shown as written.
    pub diagnostics: Vec<Diagnostic>,
}

/// Returns the size of pages in pixels, the margins included.
pub fn size(stage: Stage) -> (f32, f32) {
    let (columns, rows) = (f32::from(stage.columns), f32::from(stage.rows));
    (columns * stage.cell.width, rows * stage.cell.height + 2.0 * MARGIN)
}

/// Returns the pages of the slide at `index` (from 0).
pub fn pages(order: &ExportOptions<'_>, index: usize, pictures: PictureMode) -> Pages {
    let slide = parse::slide(order.deck, index);
    let scene = layout_slide(&slide, order.stage, order.theme, order.shelf);
    let steps = match order.steps {
        Steps::Last => scene.steps..=scene.steps,
        Steps::All => 0..=scene.steps,
    };
    // Uncounted slides share a number, and names of files must not.
    let number = (index + 1).to_string();
    let has_steps = *steps.start() < *steps.end();
    let backdrop = scene.backdrop.as_ref().and_then(|item| BackdropPixels::new(order, &scene, item));
    let mut pages = Vec::new();
    for step in steps {
        for (nth, rows) in parts(&scene, order.stage.rows).into_iter().enumerate() {
            let mut name = number.clone();
            if has_steps {
                name = format!("{name}.s{step}");
            }
            if nth > 0 {
                name = format!("{name}-{}", nth + 1);
            }
            let view = PageView { scene: &scene, backdrop: backdrop.as_ref(), step, rows, pictures };
            pages.push(Page { name, index, part: nth + 1, ..view.page(order) });
        }
    }
    let mut diagnostics = scene.diagnostics;
    order.deck.place(index, &mut diagnostics);
    diagnostics.splice(0..0, slide.diagnostics.iter().cloned());
    Pages { slide, pages, diagnostics }
}

/// Returns the rows of a scene that stand on each page: as many as fit, and no picture is cut that would fit on the next.
fn parts(scene: &Scene, rows: u16) -> Vec<Range<u32>> {
    let rows = u32::from(rows.max(1));
    let mut parts = Vec::new();
    let mut start = 0;
    while scene.height - start > rows {
        let limit = start + rows;
        let cut = |area: Area| area.y > start && area.y < limit && area.y + area.height > limit;
        let end = scene.pictures().map(|(_, area)| area).filter(|area| cut(*area)).map(|area| area.y).min();
        let end = end.unwrap_or(limit);
        parts.push(start..end);
        start = end;
    }
    parts.push(start..scene.height);
    parts
}

/// The picture behind a slide: a colour for each cell, which letters are made readable on, and its pixels.
struct BackdropPixels {
    colors: Bitmap,
    pixels: Bitmap,
}

impl BackdropPixels {
    fn new(order: &ExportOptions<'_>, scene: &Scene, item: &BackdropItem) -> Option<Self> {
        let file = order.shelf.file(&item.source).ok()?;
        let original = Original::read(std::io::Cursor::new(&file.bytes[..])).ok()?;
        let theme = scene.suited(order.theme);
        let Some(Color::Rgb(r, g, b)) = theme.style(Role::Text).fg else { return None };
        let veil = Veil { ink: Rgb(r, g, b), opacity: (item.opacity * 100.0).round() as u8 };
        let background = theme.background?;
        let print = |grid: Size| {
            let cut: Cut =
                zoom::cut(original.size(), item.part, item.area, (order.stage.cell, grid), background);
            Some(veil.over(&original.print(&cut).ok()?, background))
        };
        let cells = Size { width: u32::from(item.area.width), height: item.area.height };
        let (across, down) = (order.stage.cell.width as u32, order.stage.cell.height as u32);
        // It goes on into what is free above and below the cells, where a band would be seen.
        let height = cells.height * down + 2 * MARGIN as u32;
        let pixels = Size { width: cells.width * across, height };
        Some(Self { colors: print(cells)?, pixels: print(pixels)? })
    }
}

/// A scene at a step, and so many of its rows.
struct PageView<'a> {
    scene: &'a Scene,
    backdrop: Option<&'a BackdropPixels>,
    step: u16,
    rows: Range<u32>,
    pictures: PictureMode,
}

impl PageView<'_> {
    fn page(&self, order: &ExportOptions<'_>) -> Page {
        let all = Rect::new(0, 0, order.stage.columns, order.stage.rows);
        let here =
            Rect { height: (self.rows.end - self.rows.start).min(u32::from(all.height)) as u16, ..all };
        let theme = self.scene.suited(order.theme);
        let mut cells = Buffer::empty(all);
        let view = SceneView {
            scene: self.scene,
            step: self.step,
            scroll: self.rows.start,
            old_edge: None,
            marks: false,
            theme: order.theme,
            backdrop: self.backdrop.map(|behind| &behind.colors),
            pictures: &|picture, place| match self.pictures {
                PictureMode::Beside => PictureState::Above,
                PictureMode::InLetters => {
                    mosaic(order, (picture, place), theme).unwrap_or(PictureState::Waiting)
                }
            },
        };
        view.render(all, &mut cells);
        self.clear_below(here, theme, &mut cells);
        let seen = || self.scene.items.iter().filter(|item| item.is_seen(self.step));
        let mut pictures = Vec::new();
        let mut links = Vec::new();
        let mut reading = Vec::new();
        for item in seen() {
            let Some(ImageArea { visible, .. }) = ImageArea::on(here, item.area, self.rows.start) else {
                continue;
            };
            match &item.content {
                Content::Picture(picture) => {
                    let Ok(size) = order.shelf.picture(&picture.source) else { continue };
                    let frame = self.frame(order.stage, size, (item.area, picture.part));
                    let (source, alt) = (picture.source.clone(), picture.alt.clone());
                    reading.push(TextRegion { cells: visible, picture: Some(pictures.len()) });
                    pictures.push(PlacedPicture { source, alt, frame, visible });
                }
                Content::Link(url) => links.push((visible, url.to_string())),
                Content::Lines(_) => reading.push(TextRegion { cells: visible, picture: None }),
                Content::Fill(_) => {}
            }
        }
        if let Some(behind) = self.backdrop.filter(|_| self.pictures == PictureMode::Beside) {
            uncover(&behind.colors, &mut cells);
        }
        Page {
            name: String::new(),
            index: 0,
            part: 1,
            step: self.step,
            cells,
            ground: theme.ground(),
            backdrop: self.backdrop.map(|behind| behind.pixels.clone()),
            pictures,
            links,
            reading,
        }
    }

    /// Takes away what belongs to the next page.
    fn clear_below(&self, here: Rect, theme: &Theme, cells: &mut Buffer) {
        let all = cells.area;
        if here.bottom() < all.bottom() && self.rows.end < self.scene.height {
            let below = Rect { y: here.bottom(), height: all.bottom() - here.bottom(), ..all };
            for position in below.positions() {
                cells[position].reset();
            }
            cells.set_style(below, theme.stage());
        }
    }

    /// Returns where all of a picture stands, when `part` of it is seen through its cells.
    fn frame(&self, stage: Stage, size: Size, (area, part): (Area, Crop)) -> PixelRect {
        let room = Size {
            width: u32::from(area.width) * stage.cell.width as u32,
            height: area.height * stage.cell.height as u32,
        };
        let cut = zoom::cut(size, part, area, (stage.cell, room), Rgb::BLACK);
        let top = (f64::from(area.y) - f64::from(self.rows.start)) as f32 * stage.cell.height;
        PixelRect {
            x: f32::from(area.x) * stage.cell.width - cut.x as f32,
            y: top - cut.y as f32,
            width: cut.whole.width as f32,
            height: cut.whole.height as f32,
        }
    }
}

/// Returns a picture in letters; none where it cannot be decoded.
fn mosaic(
    order: &ExportOptions<'_>,
    (picture, place): (&PictureItem, ImageArea),
    theme: &Theme,
) -> Option<PictureState> {
    let file = order.shelf.file(&picture.source).ok()?;
    let original = Original::read(std::io::Cursor::new(&file.bytes[..])).ok()?;
    let grid = Mosaic::pixels(place.area.width, place.area.height, Glyphs::Quadrants);
    let cut = zoom::cut(original.size(), picture.part, place.area, (order.stage.cell, grid), theme.ground());
    let bitmap = original.print(&cut).ok()?;
    Some(PictureState::Mosaic(Arc::new(Mosaic::of(&bitmap, Glyphs::Quadrants))))
}

/// Lets the picture behind be seen where cells have no colour of their own but what it gave them.
fn uncover(colors: &Bitmap, cells: &mut Buffer) {
    for position in cells.area.positions() {
        let behind = colors.at(u32::from(position.x), u32::from(position.y));
        let cell = &mut cells[position];
        if cell.bg == Color::from(behind) {
            cell.bg = Color::Reset;
        }
    }
}
