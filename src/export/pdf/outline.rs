//! The titles of the slides, for the panel beside the pages: those that hang below others are inside them.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

/// A slide in the outline.
pub(super) struct OutlineEntry {
    pub(super) title: Option<String>,
    pub(super) number: String,
    /// Whether it hangs below the slide before it.
    pub(super) hangs: bool,
    /// The page on which it begins, from 0.
    pub(super) page: usize,
}

impl OutlineEntry {
    fn node(&self) -> OutlineNode {
        let words = match &self.title {
            Some(title) => format!("{} · {title}", self.number),
            None => self.number.clone(),
        };
        OutlineNode::new(words, XyzDestination::new(self.page, Point::from_xy(0.0, 0.0)))
    }
}

/// Returns the outline.
pub(super) fn outline(entries: &[OutlineEntry]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|entry| entry.hangs).count();
        let mut node = first.node().with_open(true);
        after[..below].iter().for_each(|entry| node.push_child(entry.node()));
        outline.push_child(node);
        rest = &after[below..];
    }
    outline
}
