//! Lists and definitions.

use super::super::html::{Data, Node};
use super::super::style::Style;
use super::{Converter, Flow, Inherited, spread};
use crate::deck::{Definition, Flags, Kind, List, ListItem, Marker};

impl Converter {
    /// Adds a list; what stands in it outside any item becomes an item of its own.
    pub(super) fn list(&mut self, node: Node<'_>, style: &Style, inner: &Inherited, flow: &mut Flow) {
        let marker = style.marker.unwrap_or_default();
        let is_numbered = node.name() == "ol" || matches!(marker, Marker::Letters(_) | Marker::Roman(_));
        let start = is_numbered
            .then(|| node.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1));
        // Items of a centred list keep their marks in one column: it stays left-aligned.
        let inner = Inherited { align: None, ..inner.clone() };
        let mut list = List { start, marker, ..List::default() };
        for child in node.children() {
            match child.name() {
                "li" => {
                    list.loose |= child.children().any(|inside| inside.name() == "p");
                    let fragments = self.order.item(child, inner.one_by_one).into_iter().collect();
                    let blocks = self.blocks(child, &inner);
                    list.items.push(ListItem { task: task(child), blocks, fragments });
                }
                // A list that stands straight in a list belongs to the item before it.
                "ul" | "ol" => {
                    let mut nested = Flow::new(None);
                    let style = Style::of(child, &self.sheet);
                    self.list(child, &style, &inner.styled(&style), &mut nested);
                    let blocks = nested.finish();
                    match list.items.last_mut() {
                        Some(item) => item.blocks.extend(blocks),
                        None => list.items.push(ListItem { blocks, ..ListItem::default() }),
                    }
                }
                _ => {
                    let mut loose = Flow::new(None);
                    match child.data() {
                        Data::Text(text) => inner.write(text, &mut loose),
                        Data::Element(..) => self.element(child, &inner, &mut loose),
                        Data::Comment(_) => {}
                    }
                    let blocks = loose.finish();
                    if !blocks.is_empty() {
                        list.items.push(ListItem { blocks, ..ListItem::default() });
                    }
                }
            }
        }
        if !list.items.is_empty() {
            flow.push(spread::list(list, &style.display));
        }
    }

    /// Adds a definition list: terms, then what they mean.
    pub(super) fn definitions(&mut self, node: Node<'_>, inner: &Inherited, flow: &mut Flow) {
        let mut definitions: Vec<Definition> = Vec::new();
        for child in node.children().flat_map(|child| {
            // A `div` may group a term and its meanings.
            if child.name() == "div" { child.children().collect() } else { vec![child] }
        }) {
            match child.name() {
                "dt" => {
                    if definitions.last().is_none_or(|last| !last.details.is_empty()) {
                        definitions.push(Definition::default());
                    }
                    let terms = super::into_inlines(self.blocks(child, &inner.with(Flags::STRONG)));
                    definitions.last_mut().expect("one was pushed just now").terms.push(terms);
                }
                "dd" => {
                    let blocks = self.blocks(child, inner);
                    if definitions.is_empty() {
                        definitions.push(Definition::default());
                    }
                    definitions.last_mut().expect("one was pushed just now").details.push(blocks);
                }
                _ => {}
            }
        }
        if !definitions.is_empty() {
            flow.push(Kind::Definitions(definitions));
        }
    }
}

/// Returns whether the item's task is done, where it opens with a box to tick.
fn task(item: Node<'_>) -> Option<bool> {
    let first =
        item.children().find(|child| !matches!(child.data(), Data::Text(text) if text.trim().is_empty()))?;
    let first = if first.name() == "p" { first.children().next()? } else { first };
    let is_box = first.name() == "input" && first.attribute("type") == Some("checkbox");
    is_box.then(|| first.attribute("checked").is_some())
}
