//! A page with all that is drawn of it, and the round that draws each as a file. How a file is written is not known here.

use std::io;

use super::ExportOptions;
use super::fonts::Fonts;
use super::ink::{self, DisplayList, GlyphRun, PlacedGlyph};
use super::page::{Page, PictureMode, pages};
use crate::source::Diagnostic;

/// A page, ready to be drawn.
pub(super) struct PageToDraw<'a> {
    pub(super) order: &'a ExportOptions<'a>,
    pub(super) page: &'a Page,
    pub(super) ink: &'a DisplayList,
    pub(super) fonts: &'a Fonts<'a>,
    /// What the slide is called; its number where it has no title.
    pub(super) title: String,
}

impl PageToDraw<'_> {
    /// Returns what stands for a letter where its font draws it: of pictures that are joined to one, all that are joined if
    /// the font knows how, else the first.
    pub(super) fn written<'l>(&self, run: &GlyphRun, letter: &'l PlacedGlyph) -> &'l str {
        if self.fonts.is_colored(run.face) { &letter.text } else { &letter.drawn }
    }
}

/// Draws every page and hands it over with its name; returns what could not be drawn as it should.
///
/// # Errors
/// Those of `take` and `draw`.
pub(super) fn files(
    order: &ExportOptions<'_>,
    take: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
    draw: &mut dyn FnMut(&PageToDraw<'_>) -> io::Result<Vec<u8>>,
) -> io::Result<Vec<Diagnostic>> {
    let fonts = Fonts::new(order.shelf);
    let mut told = Vec::new();
    for &index in order.slides {
        let all = pages(order, index, PictureMode::Beside);
        told.extend(all.diagnostics);
        for page in &all.pages {
            let ink = ink::of(page, &fonts);
            told.extend(ink.told(index));
            let title = all.slide.title().unwrap_or_else(|| order.number(index).to_string());
            let sheet = PageToDraw { order, page, ink: &ink, fonts: &fonts, title };
            take(&page.name, &draw(&sheet)?)?;
        }
        (order.done)();
    }
    Ok(told)
}
