//! A handout for the speaker, in Markdown: each slide's number, title, time and notes. What slides show is not told.

use std::io::{self, Write};
use std::time::Duration;

use super::markdown::{Blocks, MARK, escaped};
use super::{ExportOptions, plan};
use crate::source::Diagnostic;
use crate::text::{sanitize, shown_time};

/// Headings in notes stand below those of slides.
const LOWER: u8 = 2;

/// Writes every slide, those without notes too: who speaks needs to know what comes.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    out.write_all(MARK.as_bytes())?;
    if let Some(title) = order.title() {
        writeln!(out, "\n# {}", sanitize(&escaped(&title)))?;
    }
    if let Some(author) = &order.deck.meta.author {
        writeln!(out, "\n{}", sanitize(&escaped(author)))?;
    }
    let times = plan::times(order.deck);
    let mut before = 0;
    let mut begin = Duration::ZERO;
    for (index, slide) in order.read() {
        // Slides that are left out take their time all the same.
        begin += times.iter().take(index).skip(before).flatten().sum::<Duration>();
        before = index;
        let number = order.number(index).to_string();
        let title = slide.title().map(|title| escaped(&title));
        let said: Vec<String> = [Some(number), order.position(index), title].into_iter().flatten().collect();
        writeln!(out, "\n## {}", sanitize(&said.join(" · ")))?;
        if let Some(time) = times.get(index).copied().flatten() {
            let (from, to) = (shown_time(begin), shown_time(begin + time));
            writeln!(out, "\n*{}* · {from} → {to}", shown_time(time))?;
        }
        let notes = Blocks::lower(LOWER).write(&slide.notes);
        if !notes.is_empty() {
            writeln!(out, "\n{}", sanitize(&notes))?;
        }
        (order.done)();
    }
    Ok(Vec::new())
}
