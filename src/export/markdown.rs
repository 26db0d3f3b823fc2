//! The deck as Markdown that everybody knows, with `---` between slides: what stands beside each other there follows each
//! other, and steps, sizes and colours are gone. Opened again it has the same slides and words.

mod blocks;
mod escape;
mod inlines;

use std::io::{self, Write};

pub(super) use self::blocks::Blocks;
pub(super) use self::escape::line as escaped;
use super::{ExportOptions, shown};
use crate::source::Diagnostic;
use crate::text::sanitize;

/// Tells who wrote the file, so that it may be written again.
pub(super) const MARK: &str = "<!-- generator: Lutrin -->\n";
/// Stands for a slide that shows nothing: without it there would be none.
const NOTHING: &str = "<!-- nothing is shown here -->";

/// Writes the slides, each with its notes behind `Note:` where they are wished.
pub(super) fn write(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    front_matter(order, out)?;
    out.write_all(MARK.as_bytes())?;
    for (nth, (_, slide)) in order.read().enumerate() {
        let words = Blocks::default().write(&shown(&slide));
        let words = if words.is_empty() { NOTHING } else { &words };
        let separator = if nth > 0 { "\n---\n" } else { "" };
        writeln!(out, "{separator}\n{}", sanitize(words))?;
        let notes = if order.notes { Blocks::default().write(&slide.notes) } else { String::new() };
        if !notes.is_empty() {
            writeln!(out, "\nNote:\n\n{}", sanitize(&notes))?;
        }
        (order.done)();
    }
    Ok(Vec::new())
}

/// Writes what others read of the front matter too. JSON's strings are YAML's.
fn front_matter(order: &ExportOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let meta = &order.deck.meta;
    let (title, author, date) = (meta.title.as_deref(), meta.author.as_deref(), meta.date.as_deref());
    let said = [("title", title), ("author", author), ("date", date), ("lang", order.lang)];
    let said: Vec<_> = said.iter().filter_map(|(key, value)| Some((key, (*value)?))).collect();
    if said.is_empty() {
        return Ok(());
    }
    writeln!(out, "---")?;
    for (key, value) in said {
        writeln!(out, "{key}: {}", serde_json::to_string(&sanitize(value))?)?;
    }
    writeln!(out, "---\n")
}

#[cfg(test)]
mod tests;
