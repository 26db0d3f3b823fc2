//! Slides in coloured letters, a screen each, for a terminal that they are printed on.

use std::io::{self, Write};

use super::page::{Pages, Pictures, pages};
use super::{Order, text};
use crate::source::Diagnostic;

/// Writes every page of every slide under a rule with its number and title.
pub(super) fn write(order: &Order<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    let mut told = Vec::new();
    for &index in order.slides {
        let Pages { slide, pages, diagnostics } = pages(order, index, Pictures::InLetters);
        for page in pages {
            writeln!(out, "{}", text::rule(order, &slide, (index, page.part)))?;
            out.write_all(&order.shelf.printed(&page.cells))?;
        }
        told.extend(diagnostics);
        (order.done)();
    }
    Ok(told)
}
