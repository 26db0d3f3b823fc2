//! Slides in coloured letters, a screen each, for a terminal that they are printed on.

use std::io::{self, Write};

use super::page::{Pages, PictureMode, pages};
use super::{ExportOptions, text};
use crate::source::Diagnostic;

/// Writes every page of every slide under a rule with its number and title.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    let mut told = Vec::new();
    for &index in order.slides {
        let Pages { slide, pages, diagnostics } = pages(order, index, PictureMode::InLetters);
        for page in pages {
            writeln!(out, "{}", text::rule(order, &slide, (index, page.part)))?;
            out.write_all(&order.shelf.printed(&page.cells))?;
        }
        told.extend(diagnostics);
        (order.done)();
    }
    Ok(told)
}
