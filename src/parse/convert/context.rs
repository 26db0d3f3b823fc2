//! What an element has from the elements around it.

use super::super::style::values::{Case, FontSize};
use super::super::style::{Style, Traits};
use super::Flow;
use crate::deck::{Align, Flags, Marks};
use crate::text::sanitize;

/// What a node is in, as far as it matters to what it may do.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Parent {
    /// Straight on the slide, or in a paragraph that stands there.
    Slide,
    /// In a row: how wide it is there has been seen to.
    Cell,
    /// Inside something else.
    #[default]
    Inside,
}

/// What a node has from the nodes around it.
#[derive(Clone, Default)]
pub(super) struct Inherited {
    pub(super) marks: Marks,
    pub(super) align: Option<Align>,
    pub(super) depth: usize,
    /// Whether the items of lists come one by one.
    pub(super) one_by_one: bool,
    pub(super) parent: Parent,
    /// A paragraph around it takes the height that the slide leaves.
    pub(super) stretch: bool,
    pub(super) case: Option<Case>,
    pub(super) keeps_lines: bool,
}

impl Inherited {
    /// What holds where marks are added.
    pub(super) fn with(&self, flags: Flags) -> Self {
        let mut inner = self.clone();
        inner.marks.flags |= flags;
        inner
    }

    /// What holds inside an element of this style: its colour, its weight, its alignment.
    pub(super) fn styled(&self, style: &Style) -> Self {
        let mut inner = self.clone();
        inner.depth += 1;
        inner.parent = Parent::Inside;
        inner.align = style.align.or(self.align);
        inner.case = style.case.or(self.case);
        inner.keeps_lines |= style.traits.contains(Traits::KEEPS_LINES);
        if style.color.is_some() {
            (inner.marks.color, inner.marks.color_range) = (style.color, style.color_range);
        }
        for (wish, flag) in [
            (style.bold, Flags::STRONG),
            (style.italic, Flags::EMPHASIS),
            (style.traits.contains(Traits::UNDERLINE).then_some(true), Flags::UNDERLINE),
            (style.traits.contains(Traits::STRIKE).then_some(true), Flags::STRIKE),
            (style.size.map(|size| size == FontSize::Big), Flags::BIG),
            (style.size.map(|size| size == FontSize::Small), Flags::SMALL),
        ] {
            if let Some(wish) = wish {
                inner.marks.flags.set(flag, wish);
            }
        }
        inner
    }

    /// Writes letters of the deck as this place has them.
    pub(super) fn write(&self, text: &str, flow: &mut Flow) {
        let text = sanitize(text);
        let text = self.case.map_or(text.as_ref().into(), |case| case.apply(&text));
        if self.keeps_lines {
            flow.open.push_lines(&text, &self.marks);
        } else {
            flow.open.push(&text, &self.marks);
        }
    }
}
