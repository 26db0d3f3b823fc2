//! What of a text stands in code, comments and HTML elements, where a blank line parts nothing. It decides on
//! no separator.
//!
//! One pass with a stack: a fence or an element protects only where its end really follows, and to know that
//! must not cost a look at the rest of the deck for each of them.

use std::ops::Range;

use super::fence::{self, FenceLine};
use super::tag::{KNOWN, Kind, Tag};

/// Code spans in more backticks than this are read as text.
const LONGEST_SPAN: usize = 8;

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

/// Returns what a whole comment says between its marks.
pub(in crate::parse) fn comment_text(comment: &str) -> &str {
    // `<!-->` is a whole comment: its end may use the hyphens of its start.
    comment.strip_prefix("<!--").and_then(|text| text.strip_suffix("-->")).unwrap_or_default()
}

/// Tells whether the byte `at` stands in one of `ranges`, which are in order.
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
        let mut scan =
            Scan { body, protected: Self::default(), open: Open::default(), unclosed: Unclosed::default() };
        let mut at = 0;
        for fence in fences {
            // What hides a fence has moved beyond it.
            if fence.range.start >= at {
                at = scan.text(at, fence.range.start);
            }
            if fence.range.start >= at {
                at = fence.closed.unwrap_or(fence.range.end);
                scan.protected.hidden.extend(fence.closed.map(|end| fence.range.start..end));
            }
        }
        scan.text(at, body.len());
        scan.protected
    }
}

/// The pass through a text.
struct Scan<'a> {
    body: &'a str,
    protected: Protected,
    open: Open,
    unclosed: Unclosed,
}

/// What is known to have no end in the rest of the text, so that it is not searched for again.
#[derive(Default)]
struct Unclosed {
    comment: bool,
    raw: Vec<&'static str>,
    /// For each length of code spans, up to where none ends.
    spans: [usize; LONGEST_SPAN + 1],
}

impl Scan<'_> {
    /// Reads the text from `at` up to the fence at `stop`, and returns where to go on: beyond `stop` where a
    /// comment or a script holds it.
    fn text(&mut self, mut at: usize, stop: usize) -> usize {
        let bytes = self.body.as_bytes();
        while at < stop {
            let Some(found) = bytes[at..stop].iter().position(|byte| matches!(byte, b'<' | b'`' | b'\\'))
            else {
                return stop;
            };
            at += found;
            at = match bytes[at] {
                b'\\' => at + 2,
                b'`' => self.code_span(at, stop),
                _ => self.comment(at).or_else(|| self.tag(at, stop)).unwrap_or(at + 1),
            };
        }
        at
    }

    /// Returns the end of the code span at `at`, or of its backticks where it is none.
    fn code_span(&mut self, at: usize, stop: usize) -> usize {
        let bytes = self.body.as_bytes();
        let run = |at: usize| bytes[at..stop].iter().take_while(|&&byte| byte == b'`').count();
        let length = run(at);
        let start = at + length;
        if length > LONGEST_SPAN || start < self.unclosed.spans[length] {
            return start;
        }
        let mut end = start;
        while end < stop {
            match bytes[end] {
                b'`' if run(end) == length => return end + length,
                b'`' => end += run(end),
                // A code span ends with its paragraph.
                b'\n' if is_blank(&bytes[end + 1..stop]) => break,
                _ => end += 1,
            }
        }
        self.unclosed.spans[length] = end;
        start
    }

    /// Returns the end of the comment at `at`.
    fn comment(&mut self, at: usize) -> Option<usize> {
        if self.unclosed.comment || !self.body[at..].starts_with("<!--") {
            return None;
        }
        // The end may use the hyphens of the start.
        let Some(length) = self.body[at + 2..].find("-->") else {
            self.unclosed.comment = true;
            return None;
        };
        let end = at + 2 + length + 3;
        self.protected.comments.push(at..end);
        self.protected.hidden.push(at..end);
        Some(end)
    }

    /// Returns the end of the tag at `at`, or of the whole element where it holds a script or the like.
    fn tag(&mut self, at: usize, stop: usize) -> Option<usize> {
        let tag = Tag::read(&self.body.as_bytes()[at..stop])?;
        let end = at + tag.length;
        match tag.kind {
            Kind::Empty => {}
            Kind::End => {
                if let Some(start) = self.open.close(tag.name) {
                    self.protected.element(start..end);
                }
            }
            Kind::Start => match tag.raw() {
                None => self.open.open(tag.name, at),
                Some(name) => {
                    let end = self.raw_end(name, end)?;
                    self.protected.element(at..end);
                    return Some(end);
                }
            },
        }
        Some(end)
    }

    /// Returns where the end tag of the element `name` ends, searched from `at`.
    fn raw_end(&mut self, name: &'static str, at: usize) -> Option<usize> {
        if self.unclosed.raw.contains(&name) {
            return None;
        }
        let is_end = |tag: &Tag| tag.kind == Kind::End && tag.raw() == Some(name);
        let tags = self.body[at..].match_indices("</");
        let bytes = self.body.as_bytes();
        let end = tags
            .map(|(index, _)| at + index)
            .find_map(|at| Tag::read(&bytes[at..]).filter(is_end).map(|tag| at + tag.length));
        if end.is_none() {
            self.unclosed.raw.push(name);
        }
        end
    }
}

/// Tells whether the line at the start of `text` is blank; at the text's end it is.
fn is_blank(text: &[u8]) -> bool {
    text.iter().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|&byte| byte == b'\n')
}

impl Protected {
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
struct Open {
    stack: Vec<Element>,
    /// For each name, how high the stack was when it was last opened; 0 where it is not open.
    nearest: [usize; KNOWN],
}

/// An element that is open.
struct Element {
    name: usize,
    /// Where its start tag stands.
    at: usize,
    /// What was known of the nearest element of its name before it.
    before: usize,
}

impl Default for Open {
    fn default() -> Self {
        Self { stack: Vec::new(), nearest: [0; KNOWN] }
    }
}

impl Open {
    fn open(&mut self, name: usize, at: usize) {
        self.stack.push(Element { name, at, before: self.nearest[name] });
        self.nearest[name] = self.stack.len();
    }

    /// Returns where the element began that an end tag of `name` closes.
    fn close(&mut self, name: usize) -> Option<usize> {
        let place = self.nearest[name].checked_sub(1)?;
        let start = self.stack[place].at;
        for inner in self.stack.drain(place..).rev() {
            self.nearest[inner.name] = inner.before;
        }
        Some(start)
    }
}
