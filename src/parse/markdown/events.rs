//! Events with where they come from, written as HTML.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, html};

use super::Text;
use crate::parse::traced::{Anchor, TracedHtml};

/// Events in the order in which they are written, and where some of them come from.
pub(super) struct EventList<'a, 't> {
    events: Vec<Event<'a>>,
    text: &'t Text<'t>,
    /// Each with the number of the event in whose HTML it stands, and how far in.
    anchors: Vec<(usize, Anchor)>,
}

/// A string, and how long it has become.
struct Counted<'a> {
    html: String,
    length: &'a Cell<usize>,
}

impl fmt::Write for Counted<'_> {
    fn write_str(&mut self, html: &str) -> fmt::Result {
        self.html.push_str(html);
        self.length.set(self.html.len());
        Ok(())
    }
}

impl<'a, 't> EventList<'a, 't> {
    pub(super) fn new(text: &'t Text<'t>) -> Self {
        Self { events: Vec::new(), text, anchors: Vec::new() }
    }

    /// Remembers that what is pushed next begins the element of `event`, which was read from the bytes at `range` of the
    /// text, and the values of some of its attributes from those beside their names.
    pub(super) fn trace(
        &mut self,
        event: &Event<'_>,
        range: Range<usize>,
        attributes: impl Iterator<Item = (String, Range<usize>)>,
    ) {
        if matches!(event, Event::End(_) | Event::SoftBreak | Event::HardBreak) || range.is_empty() {
            return;
        }
        if let Event::Html(html) | Event::InlineHtml(html) = event
            && let Some(lines) = self.text.as_str().get(range.clone())
            && self.trace_copy(html, lines, range.start)
        {
            return;
        }
        let attributes = attributes.map(|(name, range)| (name, self.text.source(range))).collect();
        let anchor = Anchor { at: 0, source: self.text.source(range), is_copy: false, attributes };
        self.anchors.push((self.events.len(), anchor));
    }

    /// Remembers where `html` comes from line by line, where it is what stands from the byte `start` of the text on:
    /// `lines`, without the marks of quotes and the indents of lists before them. Returns whether it is.
    fn trace_copy(&mut self, html: &str, lines: &str, start: usize) -> bool {
        let (mut at, mut end) = (0, start);
        let mut anchors = Vec::new();
        for (copy, line) in html.split_inclusive('\n').zip(lines.split_inclusive('\n')) {
            end += line.len();
            let range = end - copy.len().min(line.len())..end;
            let source = self.text.source(range.clone());
            if !line.ends_with(copy) || source.bytes().is_none_or(|bytes| bytes.len() != copy.len()) {
                return false;
            }
            anchors.push((self.events.len(), Anchor { at, source, is_copy: true, attributes: Vec::new() }));
            at += copy.len();
        }
        let is_whole = at == html.len() && end == start + lines.len();
        if is_whole {
            self.anchors.append(&mut anchors);
        }
        is_whole
    }

    pub(super) fn push(&mut self, event: Event<'a>) {
        self.events.push(event);
    }

    pub(super) fn push_html(&mut self, html: impl Into<String>) {
        self.events.push(Event::Html(html.into().into()));
    }

    pub(super) fn extend(&mut self, events: impl IntoIterator<Item = Event<'a>>) {
        self.events.extend(events);
    }

    /// Writes all events.
    pub(super) fn written(self) -> TracedHtml {
        let length = Cell::new(0);
        let html = String::with_capacity(self.text.as_str().len() * 3 / 2);
        let mut counted = Counted { html, length: &length };
        let mut anchors = Vec::with_capacity(self.anchors.len());
        let mut waiting = self.anchors.into_iter().peekable();
        // When the writer asks for an event, all before it are written.
        let events = self.events.into_iter().enumerate().map(|(nth, event)| {
            while let Some((_, anchor)) = waiting.next_if(|(at, _)| *at <= nth) {
                anchors.push(Anchor { at: length.get() + anchor.at, ..anchor });
            }
            event
        });
        // Writing to a string never fails.
        let _ = html::write_html_fmt(&mut counted, events);
        TracedHtml { text: counted.html, anchors }
    }
}
