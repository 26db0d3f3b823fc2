//! Slides as pictures, pixel by pixel as a terminal with these fonts would show them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths on a page are small, and rounded on purpose"
)]

use std::collections::HashMap;
use std::io::{self, Cursor};

use resvg::tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, PremultipliedColorU8, Rect, Transform};
use skrifa::outline::OutlinePen;

use super::ExportOptions;
use super::emoji::Emoji;
use super::fonts::SIZE;
use super::ink::{FilledRect, GlyphRun, PlacedGlyph, frame};
use super::page::{MARGIN, PixelRect, PlacedPicture, size};
use super::sheet::{self, PageToDraw};
use crate::color::Rgb;
use crate::picture::{Bitmap, Cut, Original, Size};
use crate::source::Diagnostic;

/// The outlines of letters by font and number; none of a letter that has none.
type Outlines = HashMap<(usize, u32), Option<Path>>;

/// Draws every page as a PNG.
pub(super) fn files(
    order: &ExportOptions<'_>,
    take: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Vec<Diagnostic>> {
    let mut outlines = Outlines::new();
    sheet::files(order, take, &mut |sheet| {
        let (width, height) = size(sheet.order.stage);
        let pixels = Pixmap::new(width as u32, height as u32);
        let pixels = pixels.ok_or_else(|| io::Error::other("the stage is too large for a picture"))?;
        let mut canvas = Canvas { sheet, pixels };
        canvas.behind();
        for placed in &sheet.page.pictures {
            canvas.picture(placed);
        }
        canvas.letters(&mut outlines);
        canvas.fills(&sheet.ink.fills);
        encoded(&canvas.pixels)
    })
}

/// A picture that is being painted.
struct Canvas<'a> {
    sheet: &'a PageToDraw<'a>,
    pixels: Pixmap,
}

impl Canvas<'_> {
    fn behind(&mut self) {
        let page = self.sheet.page;
        self.pixels.fill(opaque(page.ground));
        if let Some(backdrop) = &page.backdrop {
            self.lay(backdrop, None, (0, 0));
        }
        self.fills(&self.sheet.ink.grounds);
    }

    fn fills(&mut self, fills: &[FilledRect]) {
        for FilledRect { frame: PixelRect { x, y, width, height }, color: ink } in fills {
            let Some(rect) = Rect::from_xywh(*x, y + MARGIN, *width, *height) else { continue };
            self.pixels.fill_rect(rect, &paint(*ink, false), Transform::identity(), None);
        }
    }

    /// Paints a picture through its cells. What is transparent of it shows what is behind.
    fn picture(&mut self, placed: &PlacedPicture) {
        let PageToDraw { order, page, ink, .. } = self.sheet;
        let (whole, seen) = (placed.frame, frame(placed.visible));
        let side = |length: f32| length.round().max(1.0) as u32;
        let cut = Cut {
            whole: Size { width: side(whole.width), height: side(whole.height) },
            x: (seen.x - whole.x).round() as i32,
            y: (seen.y - whole.y).round() as i32,
            size: Size { width: side(seen.width), height: side(seen.height) },
            background: page.ground,
        };
        let print = || {
            let file = order.shelf.file(&placed.source)?;
            let original = Original::read(Cursor::new(&file.bytes[..]))?;
            let print = |background: Rgb| original.print(&Cut { background, ..cut });
            let stands_on_ground =
                page.backdrop.is_none() && !ink.grounds.iter().any(|fill| meet(fill.frame, seen));
            if stands_on_ground {
                return Ok((print(page.ground)?, None));
            }
            Ok::<_, String>((print(Rgb::BLACK)?, Some(print(Rgb::WHITE)?)))
        };
        if let Ok((print, bright)) = print() {
            self.lay(&print, bright.as_ref(), (seen.x as u32, (seen.y + MARGIN) as u32));
        }
    }

    /// Copies pixels. Where there is a `bright` print on white beside that on black, their difference is how much of what
    /// is behind is seen.
    fn lay(&mut self, print: &Bitmap, bright: Option<&Bitmap>, (left, top): (u32, u32)) {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let all = self.pixels.pixels_mut();
        for y in 0..print.size.height.min(height.saturating_sub(top)) {
            for x in 0..print.size.width.min(width.saturating_sub(left)) {
                let under = &mut all[((top + y) * width + left + x) as usize];
                let over = print.at(x, y);
                let through = bright.map_or(0, |bright| bright.at(x, y).1.saturating_sub(over.1));
                let mix = |over: u8, under: u8| {
                    let behind = (u16::from(under) * u16::from(through) + 127) / 255;
                    over.saturating_add(behind as u8)
                };
                let [red, green, blue] =
                    [(over.0, under.red()), (over.1, under.green()), (over.2, under.blue())]
                        .map(|(a, b)| mix(a, b));
                *under = PremultipliedColorU8::from_rgba(red, green, blue, 255)
                    .expect("no colour is brighter than an opaque one");
            }
        }
    }

    fn letters(&mut self, outlines: &mut Outlines) {
        for run in &self.sheet.ink.runs {
            let (scale, paint) = (run.size / SIZE, paint(run.color, true));
            if self.sheet.fonts.is_colored(run.face) {
                self.emoji(run);
                continue;
            }
            for (id, x) in run.letters.iter().flat_map(PlacedGlyph::placed) {
                let outline = outlines.entry((run.face, id)).or_insert_with(|| {
                    let mut pen = PathPen(PathBuilder::new());
                    self.sheet.fonts.draw(run.face, id, &mut pen);
                    pen.0.finish()
                });
                let place = Transform::from_row(scale, 0.0, 0.0, -scale, x, run.baseline + MARGIN);
                if let Some(path) = outline {
                    self.pixels.fill_path(path, &paint, FillRule::Winding, place, None);
                }
            }
        }
    }

    /// Draws letters whose font has them in colours.
    fn emoji(&mut self, run: &GlyphRun) {
        let faces = self.sheet.fonts.faces();
        let Some(emoji) = faces.get(run.face).map(Emoji::new) else { return };
        for letter in &run.letters {
            emoji.draw(&mut self.pixels, &letter.text, (letter.x, run.baseline + MARGIN), run.size);
        }
    }
}

/// Makes a path of an outline.
struct PathPen(PathBuilder);

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, by_x: f32, by_y: f32, x: f32, y: f32) {
        self.0.quad_to(by_x, by_y, x, y);
    }

    fn curve_to(&mut self, from_x: f32, from_y: f32, by_x: f32, by_y: f32, x: f32, y: f32) {
        self.0.cubic_to(from_x, from_y, by_x, by_y, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

fn meet(a: PixelRect, b: PixelRect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

fn opaque(Rgb(red, green, blue): Rgb) -> resvg::tiny_skia::Color {
    resvg::tiny_skia::Color::from_rgba8(red, green, blue, 255)
}

/// Returns one colour to paint with; `smooth` edges are for letters, those of rectangles must meet.
fn paint(ink: Rgb, smooth: bool) -> Paint<'static> {
    let mut paint = Paint { anti_alias: smooth, ..Paint::default() };
    paint.set_color(opaque(ink));
    paint
}

/// Returns the file, with Lutrin's mark. No pixel lets anything through, so alpha is what it is in memory.
fn encoded(pixels: &Pixmap) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.add_text_chunk("Software".to_owned(), "Lutrin".to_owned())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels.data())?;
    writer.finish()?;
    Ok(bytes)
}
