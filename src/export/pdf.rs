//! The slides as PDF: a page each, whose letters can be searched. What is on a page is found out in `page` and `ink`.

mod about;
mod faces;
mod letters;
mod links;
mod notes;
mod outline;
mod pictures;
mod sheet;
mod words;

use std::collections::HashMap;
use std::io::{self, Write};

use krilla::Document;
use krilla::geom::Rect;
use krilla::page::{PageLabel, PageSettings};
use krilla::tagging::{Node, Tag, TagGroup, TagTree};

use self::faces::PdfFonts;
use self::outline::OutlineEntry;
use self::pictures::PdfImages;
use self::sheet::{PageTransform, PdfCanvas};
use self::words::Words;
use super::fonts::Fonts;
use super::page::{self, Page, Pages};
use super::{ExportOptions, ink};
use crate::deck::Slide;
use crate::source::Diagnostic;

/// How many points a pixel of a slide's page has.
const POINT: f32 = 0.5;

/// Writes a page for each page of the slides, or a sheet of paper with the notes.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    let mut book = Book::new(order, PdfImages::default(), HashMap::new());
    for &index in order.slides {
        book.slide(index);
        (order.done)();
    }
    if book.leads_inside {
        // Only now is it known on which pages the slides are that links lead to.
        let mut again = Book::new(order, book.pictures, book.firsts);
        order.slides.iter().for_each(|&index| again.slide(index));
        book = again;
    }
    let (bytes, told) = book.finish()?;
    out.write_all(&bytes)?;
    Ok(told)
}

/// A document to which slides are added.
struct Book<'a> {
    order: &'a ExportOptions<'a>,
    fonts: Fonts<'a>,
    faces: PdfFonts,
    pictures: PdfImages,
    document: Document,
    /// What the pages hold, for those who listen.
    tree: TagTree,
    entries: Vec<OutlineEntry>,
    /// On which page, from 0, each slide begins: those of this document, or of one that was the same.
    firsts: HashMap<usize, usize>,
    /// Whether a link leads to a slide whose page was not yet known.
    leads_inside: bool,
    /// How many pages there are.
    count: usize,
    told: Vec<Diagnostic>,
}

impl<'a> Book<'a> {
    fn new(order: &'a ExportOptions<'a>, pictures: PdfImages, firsts: HashMap<usize, usize>) -> Self {
        Self {
            order,
            fonts: Fonts::new(order.shelf),
            faces: PdfFonts::default(),
            pictures,
            document: Document::new(),
            tree: TagTree::new().with_lang(order.lang.map(str::to_owned)),
            entries: Vec::new(),
            firsts,
            leads_inside: false,
            count: 0,
            told: Vec::new(),
        }
    }

    /// Adds a slide.
    fn slide(&mut self, index: usize) {
        let Pages { slide, pages, diagnostics } = page::pages(self.order, index, page::PictureMode::Beside);
        self.told.extend(diagnostics);
        self.firsts.insert(index, self.count);
        let number = self.number(index);
        self.entries.push(OutlineEntry {
            title: slide.title(),
            number,
            hangs: self.order.deck.slides.get(index).is_some_and(|source| source.vertical),
            page: self.count,
        });
        let mut words = Words::of(&slide);
        for (nth, page) in pages.iter().enumerate() {
            if self.order.notes {
                let notes = if nth == 0 { notes::lines(&slide) } else { Vec::new() };
                self.paper(page, &mut words, &notes);
            } else {
                let (width, height) = page::size(self.order.stage);
                let sheet = (width * POINT, height * POINT);
                self.sheet(
                    sheet,
                    &self.label(page),
                    &[(page, PageTransform { x: 0.0, y: 0.0, scale: POINT })],
                    &mut words,
                );
            }
        }
    }

    /// Returns a slide's number as people say it: `15`, or `7.2` where slides hang below others.
    fn number(&self, index: usize) -> String {
        self.order.position(index).unwrap_or_else(|| self.order.number(index).to_string())
    }

    /// Returns what readers call a page: `21`, `21 (2)` for the second page of a slide, `21.s1` at a step.
    fn label(&self, page: &Page) -> String {
        let rest = page.name.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let (step, part) = rest.split_once('-').map_or((rest, None), |(step, part)| (step, Some(part)));
        let part = part.map(|part| format!(" ({part})")).unwrap_or_default();
        format!("{}{step}{part}", self.number(page.index))
    }

    /// Adds a page of a slide on paper, with the notes below it and on as many further sheets as they need.
    fn paper(&mut self, page: &Page, words: &mut Words, notes: &[String]) {
        let slide = notes::slide(page::size(self.order.stage));
        let (below, mut rest) = notes.split_at(notes.len().min(slide.rows));
        let below = notes::page(below, page.index);
        let places = [(page, slide.place), (&below, slide.below)];
        let label = self.label(page);
        self.sheet(notes::PAPER, &label, &places, words);
        let mut nth = 1;
        while !rest.is_empty() {
            nth += 1;
            let (here, after) = rest.split_at(rest.len().min(notes::ROWS));
            let here = notes::page(here, page.index);
            self.sheet(
                notes::PAPER,
                &format!("{label} ({nth})"),
                &[(&here, notes::TOP)],
                &mut Words::of(&Slide::default()),
            );
            rest = after;
        }
    }

    /// Adds a sheet with pages on it.
    fn sheet(
        &mut self,
        (width, height): (f32, f32),
        label: &str,
        pages: &[(&Page, PageTransform)],
        words: &mut Words,
    ) {
        let label = PageLabel::new(None, Some(label.to_owned()), None);
        let settings = PageSettings::from_wh(width, height).unwrap_or_default().with_page_label(label);
        let mut sheet = self.document.start_page_with(settings);
        let mut group = TagGroup::new(Tag::Part);
        let mut surface = sheet.surface();
        for (page, place) in pages {
            let ink = ink::of(page, &self.fonts);
            self.faces.learn(&self.fonts.faces());
            let told = ink.told(page.index);
            let mut drawing = PdfCanvas {
                surface: &mut surface,
                faces: &mut self.faces,
                pictures: &mut self.pictures,
                shelf: self.order.shelf,
                told: told.into_iter().collect(),
            };
            drawing.draw((page, &ink), *place, words).into_iter().for_each(|node| group.push(node));
            self.told.append(&mut drawing.told);
        }
        surface.finish();
        for (page, place) in pages {
            for (cells, url) in &page.links {
                let frame = place.frame(ink::frame(*cells));
                let Some(rect) = Rect::from_xywh(frame.x, frame.y, frame.width, frame.height) else {
                    continue;
                };
                let slide = links::slide(self.order, url);
                self.leads_inside |= slide.is_some_and(|slide| !self.firsts.contains_key(&slide));
                let first = slide.and_then(|slide| self.firsts.get(&slide)).copied();
                let Some(link) = links::link(rect, url, first) else { continue };
                let id = sheet.add_tagged_annotation(link);
                group.push(TagGroup::with_children(Tag::Link, vec![Node::Leaf(id)]));
            }
        }
        sheet.finish();
        self.tree.push(group);
        self.count += 1;
    }

    /// Returns the document's bytes, and what could not be drawn as it should.
    fn finish(mut self) -> io::Result<(Vec<u8>, Vec<Diagnostic>)> {
        self.document.set_metadata(about::metadata(self.order));
        self.document.set_outline(outline::outline(&self.entries));
        self.document.set_tag_tree(self.tree);
        let bytes = self.document.finish().map_err(|error| io::Error::other(error.to_string()))?;
        Ok((bytes, self.told))
    }
}
