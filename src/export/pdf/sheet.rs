//! Draws what is on a page: grounds, pictures, texts in reading order, and for those who listen what each of them is.

#![expect(clippy::cast_precision_loss, reason = "lengths on a page are small, and rounded on purpose")]

use std::num::NonZeroU16;

use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, Tag, TagGroup};
use krilla::text::{GlyphId, KrillaGlyph};
use ratatui::buffer::Cell;
use ratatui::layout::Rect as Cells;

use super::faces::{PdfFont, PdfFonts};
use super::letters;
use super::pictures::PdfImages;
use super::words::Words;
use crate::color::Rgb;
use crate::export::DocumentResources;
use crate::export::ink::{self, DisplayList, GlyphRun};
use crate::export::page::{CELL, MARGIN, Page, PixelRect, PlacedPicture};
use crate::source::Diagnostic;
use crate::text;

/// How far the box that stands for a letter is from the sides of its cells, in pixels.
const EDGE: f32 = 2.0;

/// Where a page stands on its sheet: its upper left corner in points, and how many points a pixel has.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageTransform {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) scale: f32,
}

impl PageTransform {
    /// Returns a part of the page in points on the sheet.
    pub(super) fn frame(self, frame: PixelRect) -> PixelRect {
        PixelRect {
            x: self.x + frame.x * self.scale,
            y: self.y + (frame.y + MARGIN) * self.scale,
            width: frame.width * self.scale,
            height: frame.height * self.scale,
        }
    }
}

/// A sheet that is drawn on.
pub(super) struct PdfCanvas<'a, 'b> {
    pub(super) surface: &'a mut Surface<'b>,
    pub(super) faces: &'a mut PdfFonts,
    pub(super) pictures: &'a mut PdfImages,
    pub(super) shelf: &'a dyn DocumentResources,
    /// What could not be drawn.
    pub(super) told: Vec<Diagnostic>,
}

impl PdfCanvas<'_, '_> {
    /// Draws a page; returns what it holds, in reading order.
    pub(super) fn draw(
        &mut self,
        (page, ink): (&Page, &DisplayList),
        place: PageTransform,
        words: &mut Words,
    ) -> Vec<Node> {
        let down = place.y + MARGIN * place.scale;
        let transform = Transform::from_row(place.scale, 0.0, 0.0, place.scale, place.x, down);
        self.surface.push_transform(&transform);
        self.decoration(|sheet| sheet.behind(page, ink));
        let mut texts = letters::texts(page, &ink.runs);
        let plain: String = texts.values().map(|runs| letters::plain(runs)).collect();
        let mut nodes = Vec::new();
        for (owner, reading) in page.reading.iter().enumerate() {
            let picture = reading.picture.and_then(|nth| page.pictures.get(nth));
            match (picture, texts.remove(&owner)) {
                (Some(picture), _) => nodes.push(self.picture(picture, page)),
                (None, Some(runs)) => nodes.push(self.text(&runs, words)),
                (None, None) if is_big(page, reading.cells) => {
                    nodes.extend(
                        words.next_big(&plain).and_then(|line| self.unseen(&line, reading.cells, words)),
                    );
                }
                (None, None) => {}
            }
        }
        nodes.extend(texts.into_values().map(|runs| self.text(&runs, words)));
        self.decoration(|sheet| sheet.fills(&ink.fills));
        self.surface.pop();
        nodes
    }

    /// Draws what says nothing.
    fn decoration(&mut self, draw: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        draw(self);
        self.surface.end_tagged();
    }

    /// Draws what is behind the letters.
    fn behind(&mut self, page: &Page, ink: &DisplayList) {
        let cells = ink::frame(page.cells.area);
        let all = PixelRect { y: -MARGIN, height: cells.height + 2.0 * MARGIN, ..cells };
        self.fill(page.ground, &[all]);
        if let Some(backdrop) = &page.backdrop {
            let image = PdfImages::backdrop(backdrop);
            self.image(image, all, all);
        }
        self.fills(&ink.grounds);
    }

    /// Draws rectangles, those of a colour at once, for then two that meet leave no gap.
    fn fills(&mut self, fills: &[ink::FilledRect]) {
        let mut colors: Vec<(Rgb, Vec<PixelRect>)> = Vec::new();
        for fill in fills {
            match colors.iter_mut().find(|(color, _)| *color == fill.color) {
                Some((_, frames)) => frames.push(fill.frame),
                None => colors.push((fill.color, vec![fill.frame])),
            }
        }
        for (color, frames) in colors {
            self.fill(color, &frames);
        }
    }

    fn fill(&mut self, color: Rgb, frames: &[PixelRect]) {
        let mut path = PathBuilder::new();
        frames.iter().filter_map(|frame| rect(*frame)).for_each(|rect| path.push_rect(rect));
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(paint(color, NormalizedF32::ONE)));
            self.surface.draw_path(&path);
        }
    }

    fn image(&mut self, image: krilla::image::Image, frame: PixelRect, visible: PixelRect) {
        let size = krilla::geom::Size::from_wh(frame.width, frame.height);
        let mut clip = PathBuilder::new();
        if let Some(rect) = rect(visible) {
            clip.push_rect(rect);
        }
        let (Some(size), Some(clip)) = (size, clip.finish()) else { return };
        self.surface.push_clip_path(&clip, &FillRule::default());
        self.surface.push_transform(&Transform::from_translate(frame.x, frame.y));
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.pop();
    }

    fn picture(&mut self, picture: &PlacedPicture, page: &Page) -> Node {
        let id = self.surface.start_tagged(ContentTag::Other);
        let visible = ink::frame(picture.visible);
        match self.pictures.image(picture, self.shelf) {
            Ok(image) => self.image(image, picture.frame, visible),
            Err(reason) => {
                self.fill(page.ground.mix(crate::color::ink_on(page.ground), 0.5), &ink::edges(visible));
                let told = format!("the picture `{}` cannot be drawn: {reason}", picture.source);
                self.told
                    .push(Diagnostic::new(told).on_slide(page.index + 1).hint("a box stands in its place"));
            }
        }
        self.surface.end_tagged();
        let words = if picture.alt.is_empty() { &picture.source } else { &picture.alt };
        TagGroup::with_children(Tag::Figure(Some(words.clone())), vec![Node::Leaf(id)]).into()
    }

    /// Draws a text.
    fn text(&mut self, runs: &[GlyphRun], words: &Words) -> Node {
        let id = self.surface.start_tagged(ContentTag::Other);
        for run in runs {
            self.run(run);
        }
        self.surface.end_tagged();
        group(&letters::plain(runs), words, id.into())
    }

    /// Draws letters that are found by search, but not seen: what is seen are the blocks there.
    fn unseen(&mut self, line: &str, cells: Cells, words: &Words) -> Option<Node> {
        let frame = ink::frame(cells);
        let face = self.faces.get(0)?;
        let font = face.with(0)?;
        let line = line.trim();
        let each = face.advance(face.blank?);
        let size = (frame.width / text::width(line).max(1) as f32 / each).min(frame.height);
        let glyphs: Vec<KrillaGlyph> = line
            .char_indices()
            .map(|(start, letter)| {
                let glyph = face.glyph(letter).or(face.blank).unwrap_or_default();
                let range = start..start + letter.len_utf8();
                KrillaGlyph::new(GlyphId::new(glyph), each, 0.0, 0.0, 0.0, range, None)
            })
            .collect();
        let id = self.surface.start_tagged(ContentTag::Other);
        self.surface.set_fill(Some(paint(Rgb::BLACK, NormalizedF32::ZERO)));
        let start = Point::from_xy(frame.x, frame.y + frame.height * 0.8);
        self.surface.draw_glyphs(start, &glyphs, font, line, size, false);
        self.surface.end_tagged();
        Some(group(line, words, id.into()))
    }

    fn run(&mut self, run: &GlyphRun) {
        let Some(face) = self.faces.get(run.face) else { return };
        let glyphs = run.letters.iter().flat_map(|letter| &letter.glyphs);
        let fonts: Option<Vec<_>> = glyphs.map(|glyph| face.with(*glyph)).collect();
        let Some(font) = fonts.and_then(|fonts| fonts.into_iter().next()) else {
            return self.boxes(run);
        };
        let (words, glyphs) = glyphs_of(run, face);
        self.surface.set_fill(Some(paint(run.color, NormalizedF32::ONE)));
        let start = Point::from_xy(run.letters.first().map_or(0.0, |letter| letter.x), run.baseline);
        self.surface.draw_glyphs(start, &glyphs, font, &words, run.size, false);
    }

    /// Draws a box for each letter of a font that cannot be taken apart.
    fn boxes(&mut self, run: &GlyphRun) {
        for letter in run.letters.iter().filter(|letter| !letter.glyphs.is_empty()) {
            let cells = text::width(&letter.text).max(1) as f32;
            let (x, y) = (letter.x + EDGE, run.baseline - CELL.height * 0.7);
            let width = cells * CELL.width - 2.0 * EDGE;
            self.fill(run.color, &ink::edges(PixelRect { x, y, width, height: CELL.height * 0.8 }));
        }
    }
}

/// Returns a run's words and its glyphs, each as far from the last one as their places say.
fn glyphs_of(run: &GlyphRun, face: &PdfFont) -> (String, Vec<KrillaGlyph>) {
    let drawn = |letter: &&ink::PlacedGlyph| !letter.glyphs.is_empty() || face.blank.is_some();
    let letters: Vec<&ink::PlacedGlyph> = run.letters.iter().filter(drawn).collect();
    let (mut words, mut glyphs) = (String::new(), Vec::new());
    for (nth, letter) in letters.iter().enumerate() {
        let start = words.len();
        words.push_str(&letter.text);
        let range = start..words.len();
        let next = letters.get(nth + 1).map_or(letter.x + CELL.width, |next| next.x);
        let advance = (next - letter.x) / run.size;
        let first = letter.glyphs.first().copied().or(face.blank).unwrap_or_default();
        let one = |glyph, advance, offset| {
            KrillaGlyph::new(GlyphId::new(glyph), advance, offset, 0.0, 0.0, range.clone(), None)
        };
        glyphs.push(one(first, advance, 0.0));
        for &mark in letter.glyphs.iter().skip(1) {
            glyphs.push(one(mark, 0.0, letter.marks / run.size - advance));
        }
    }
    (words, glyphs)
}

/// Returns whether big letters stand in these cells: blocks, and nothing else.
fn is_big(page: &Page, cells: Cells) -> bool {
    let symbols = || cells.positions().filter_map(|at| page.cells.cell((at.x, at.y))).map(Cell::symbol);
    cells.height > 1
        && symbols().any(|symbol| symbol != " ")
        && symbols()
            .all(|symbol| symbol.chars().all(|one| one == ' ' || ('\u{2580}'..='\u{259f}').contains(&one)))
}

fn group(plain: &str, words: &Words, id: Node) -> Node {
    let level = words.level(plain).and_then(|level| NonZeroU16::new(u16::from(level)));
    match level {
        Some(level) => {
            TagGroup::with_children(Tag::Hn(level, Some(plain.trim().to_owned())), vec![id]).into()
        }
        None => TagGroup::with_children(Tag::P, vec![id]).into(),
    }
}

fn rect(frame: PixelRect) -> Option<Rect> {
    Rect::from_xywh(frame.x, frame.y, frame.width, frame.height)
}

fn paint(Rgb(red, green, blue): Rgb, opacity: NormalizedF32) -> Fill {
    Fill {
        paint: krilla::color::rgb::Color::new(red, green, blue).into(),
        opacity,
        rule: FillRule::default(),
    }
}
