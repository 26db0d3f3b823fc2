//! A part of a scene while it is built: its items count from a corner of its own.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Line;

use super::scene::{Area, BlockRows, Content, Focus, Item, Look, Phase};
use super::steps::{phases, with_end};
use crate::deck::{Block, CodeStep, Fragment, Kind, walk};
use crate::source::Diagnostic;

/// Items whose places count from a corner of their own.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) items: Vec<Item>,
    pub(super) height: u32,
    pub(super) focus: Vec<Focus>,
    pub(super) blocks: Vec<BlockRows>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Piece {
    /// A piece of text, `width` cells wide.
    pub(super) fn lines(lines: Vec<Line<'static>>, width: u16) -> Self {
        let height = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let area = Area { x: 0, y: 0, width, height };
        Self::item(area, Content::Lines(lines))
    }

    /// A piece of one item, which ends where it does.
    pub(super) fn item(area: Area, content: Content) -> Self {
        let items = vec![Item { area, content, phases: Vec::new() }];
        Self { items, height: area.y + area.height, ..Self::default() }
    }

    /// Adds `other` with its corner at the given cells; the piece grows to hold it.
    pub(super) fn put(&mut self, other: Self, x: u16, y: u32) {
        self.height = self.height.max(y + other.height);
        self.diagnostics.extend(other.diagnostics);
        self.focus.extend(other.focus.into_iter().map(|mut focus| {
            focus.rows = focus.rows.start + y..focus.rows.end + y;
            focus
        }));
        self.blocks.extend(other.blocks.into_iter().map(|mut block| {
            block.rows = block.rows.start + y..block.rows.end + y;
            block
        }));
        self.items.extend(other.items.into_iter().map(|mut item| {
            item.area.x += x;
            item.area.y += y;
            item
        }));
    }

    /// Adds `other` under all that is there, `gap` rows below it.
    pub(super) fn below(&mut self, other: Self, x: u16, gap: u32) {
        let gap = if self.height == 0 { 0 } else { gap };
        self.put(other, x, self.height + gap);
    }

    /// Lays a style under everything, `width` cells wide.
    pub(super) fn fill(&mut self, style: Style, width: u16) {
        let area = Area { x: 0, y: 0, width, height: self.height };
        self.items.insert(0, Item { area, content: Content::Fill(style), phases: Vec::new() });
    }

    /// Remembers that all of the piece is `block`, where that holds no others.
    #[must_use]
    pub(super) fn showing(mut self, block: &Block) -> Self {
        let is_leaf = matches!(block.kind, Kind::Definitions(_)) || walk::children(block).is_empty();
        if is_leaf && block.range.is_known() {
            self.blocks.insert(0, BlockRows { rows: 0..self.height, range: block.range });
        }
        self
    }

    /// Lets everything in the piece change as `fragments` say.
    #[must_use]
    pub(super) fn changing(mut self, fragments: &[Fragment]) -> Self {
        for Phase { steps, look } in fragments.iter().flat_map(|fragment| phases(*fragment)) {
            self.look(&steps, look);
        }
        let rows = 0..self.height;
        self.focus.extend(fragments.iter().map(|one| Focus { step: one.step, rows: rows.clone() }));
        self
    }

    /// Subdues a line of code, counted from 1, while others stand out; and looks at it when it begins to.
    pub(super) fn subdue(&mut self, steps: &[CodeStep], line: usize) {
        let rows = 0..self.height;
        for (step, during) in with_end(steps) {
            if !step.shows(line) {
                self.look(&during, Look::Subdued);
            } else if !step.ranges.is_empty() {
                self.focus.push(Focus { step: step.step, rows: rows.clone() });
            }
        }
    }

    /// Hides what marks a line of code while the line does not stand out.
    #[must_use]
    pub(super) fn beside_lines(mut self, steps: &[CodeStep], line: usize) -> Self {
        if steps.is_empty() {
            self.items.clear();
        }
        for (step, during) in with_end(steps) {
            if step.ranges.is_empty() || !step.shows(line) {
                self.look(&during, Look::Hidden);
            }
        }
        self
    }

    fn look(&mut self, steps: &Range<u16>, look: Look) {
        for item in &mut self.items {
            item.phases.push(Phase { steps: steps.clone(), look });
        }
    }

    /// Hides the piece at the steps at which one of `others`, which lie over it, is to be seen; their last change is at
    /// the step `last`.
    #[must_use]
    pub(super) fn under(mut self, others: &[Self], last: u16) -> Self {
        for step in 0..=last {
            if others.iter().any(|other| other.items.iter().any(|item| item.is_seen(step))) {
                let end = if step == last { u16::MAX } else { step + 1 };
                self.look(&(step..end), Look::Hidden);
            }
        }
        self
    }
}
