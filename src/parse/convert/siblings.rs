//! Neighbours that stand beside each other although nothing around them says so: a `left` next to a `right`, floats,
//! columns without a row.

use super::super::html::Node;
use super::super::style::sheet::StyleSheet;
use super::super::style::{Display, Style};
use super::rows::is_nothing;
use crate::deck::Align;

/// A row of more columns than these nobody makes.
const MOST: usize = 12;

/// Returns the columns that `first` and the nodes `behind` it make, from left to right, and how many of those behind
/// belong to them; none where they make no row.
pub(super) fn columns<'a>(
    first: Node<'a>,
    behind: impl Iterator<Item = Node<'a>>,
    sheet: &StyleSheet,
) -> Option<(Vec<Node<'a>>, usize)> {
    let style = column(first, sheet).filter(|style| style.side != Some(Align::Center))?;
    let mut found = vec![(first, style)];
    let mut others = 0;
    for (nth, node) in behind.enumerate() {
        if is_nothing(node) {
            continue;
        }
        let Some(style) = column(node, sheet).filter(|style| goes_on(&found, style)) else { break };
        found.push((node, style));
        others = nth + 1;
    }
    let is_row = found[0].1.is_beside() || found.iter().any(|(_, style)| style.side == Some(Align::Right));
    if found.len() < 2 || !is_row {
        return None;
    }
    // Of two that float to the right the first stands farther right, and both behind all others.
    let (right, mut row): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, style)| is_right(style));
    row.extend(right.into_iter().rev());
    Some((row.into_iter().map(|(node, _)| node).collect(), others))
}

/// Returns whether a box of this style stands beside those found: all float or are columns, or each has a side of its
/// own, and the right one is the last.
fn goes_on(found: &[(Node<'_>, Style)], style: &Style) -> bool {
    let is_free = |(_, before): &(Node<'_>, Style)| {
        !before.is_beside() && before.side != style.side && before.side != Some(Align::Right)
    };
    found.len() < MOST
        && match style.side {
            _ if found[0].1.is_beside() => style.is_beside(),
            Some(_) => !style.is_beside() && found.iter().all(is_free),
            None => false,
        }
}

fn is_right(style: &Style) -> bool {
    style.float.or(style.side) == Some(Align::Right)
}

/// Returns the style of a box that may be a column.
fn column(node: Node<'_>, sheet: &StyleSheet) -> Option<Style> {
    let is_box = matches!(node.name(), "div" | "section" | "article" | "aside" | "figure" | "p")
        && !node.has_class("notes");
    let has_words = node.attribute("class").is_some() || node.attribute("style").is_some();
    if !is_box || !has_words {
        return None;
    }
    let style = Style::of(node, sheet);
    let may = (style.side.is_some() || style.is_beside()) && style.display != Display::None;
    may.then_some(style)
}
