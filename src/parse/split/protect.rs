//! What of a text stands in code, comments and HTML elements, where a blank line parts nothing.
//!
//! One pass with a stack: a fence or an element protects only where its end really follows, and to know that
//! must not cost a look at the rest of the deck for each of them.

use std::collections::HashMap;
use std::ops::Range;

use super::super::element::Element;
use super::super::scan::{Markup, MarkupKind, Scanner};
use super::fence::{self, FenceLine};

/// The protected parts of a text, each list in order and without overlap.
#[derive(Default)]
pub(in crate::parse) struct Protected {
    /// Fenced code that is closed, and comments.
    pub(in crate::parse) hidden: Vec<Range<usize>>,
    /// Elements from their start tag to their end tag, the outermost of each.
    pub(in crate::parse) elements: Vec<Range<usize>>,
    /// The comments alone, with their `<!--` and `-->`.
    pub(in crate::parse) comments: Vec<Range<usize>>,
}

/// Returns whether the byte `at` stands in one of `ranges`, which are in order.
pub(in crate::parse) fn covers(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}

impl Protected {
    /// Looks through `text`, a slide most often.
    pub(in crate::parse) fn of(text: &str) -> Self {
        let mut fences = Vec::new();
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let start = end;
            end += line.len();
            fences.extend(FenceLine::read(line.trim_end_matches(['\n', ' ', '\t']), start..end));
        }
        fence::pair(&mut fences);
        Self::find(text, &fences)
    }

    /// Looks through `body`, whose `fences` are paired.
    pub(super) fn find(body: &str, fences: &[FenceLine]) -> Self {
        let mut protected = Self::default();
        let mut open = OpenElements::default();
        let mut scanner = Scanner::markdown(body);
        for fence in fences {
            let Range { start, end } = fence.range;
            while let Some(token) = scanner.next_before(start) {
                protected.add(token, &mut open);
            }
            // What hides a fence has ended after it begins.
            if scanner.at() <= start {
                scanner.skip_to(fence.closed.unwrap_or(end));
                protected.hidden.extend(fence.closed.map(|end| start..end));
            }
        }
        for token in scanner {
            protected.add(token, &mut open);
        }
        protected
    }

    fn add(&mut self, Markup { kind, range }: Markup, open: &mut OpenElements) {
        match kind {
            MarkupKind::Comment => {
                self.comments.push(range.clone());
                self.hidden.push(range);
            }
            MarkupKind::Start(element) => open.start(element, range.start),
            MarkupKind::End(element) => {
                if let Some(start) = open.end(element) {
                    self.element(start..range.end);
                }
            }
            MarkupKind::Raw(_) => self.element(range),
            MarkupKind::Empty(_) => {}
        }
    }

    /// Adds an element, which holds some of those before it and overlaps none.
    fn element(&mut self, range: Range<usize>) {
        while self.elements.last().is_some_and(|inner| inner.start >= range.start) {
            self.elements.pop();
        }
        self.elements.push(range);
    }
}

/// The elements that are open. An end tag closes the nearest of its name and all that is open inside, whose
/// own end tags were forgotten or may be left out.
#[derive(Default)]
struct OpenElements {
    stack: Vec<OpenElement>,
    /// For each name, how high the stack was when it was last opened; 0 where it is not open.
    nearest: HashMap<&'static str, usize>,
}

/// An element that is open.
struct OpenElement {
    name: &'static str,
    /// Where its start tag stands.
    at: usize,
    /// What `nearest` was for its name before it.
    before: usize,
}

impl OpenElements {
    /// Opens `element`, whose start tag stands at the byte `at`.
    fn start(&mut self, element: &'static Element, at: usize) {
        let height = self.stack.len() + 1;
        let before = self.nearest.insert(element.name, height).unwrap_or(0);
        self.stack.push(OpenElement { name: element.name, at, before });
    }

    /// Closes the nearest `element` and returns where it began.
    fn end(&mut self, element: &'static Element) -> Option<usize> {
        let index = self.nearest.get(element.name)?.checked_sub(1)?;
        let start = self.stack[index].at;
        for inner in self.stack.drain(index..).rev() {
            self.nearest.insert(inner.name, inner.before);
        }
        Some(start)
    }
}
