//! Which element braces belong to: `{.class}` right after an element in a line, at the end of a block, on a line of its
//! own below a block, and after brackets. The rules are those of markdown-it-attrs.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::attributes::AttributeList;
use super::spanned::{SpannedEvent, ends_inline, is_inline};
use super::tree::EventTree;

/// Returns the pieces with each element's attributes beside it, and without the braces that said them.
pub(super) fn bound<'a>(pieces: Vec<SpannedEvent<'a>>, source: &str) -> Vec<SpannedEvent<'a>> {
    if !source.contains('{') {
        return pieces;
    }
    let mut binder = AttributeBinder { source, tree: EventTree::new(), brackets: Vec::new() };
    for piece in pieces {
        binder.add(piece);
    }
    binder.tree.into_pieces()
}

/// Binds attributes to elements while the tree of a slide's events grows.
struct AttributeBinder<'a, 's> {
    source: &'s str,
    tree: EventTree<'a>,
    /// Opening brackets that no bracket closes so far: nodes of elements that are open.
    brackets: Vec<usize>,
}

impl<'a> AttributeBinder<'a, '_> {
    fn add(&mut self, piece: SpannedEvent<'a>) {
        match &piece.event {
            Event::Text(text) => {
                let letters = Letters { text, range: piece.range.clone(), source: self.source };
                self.text(&letters, piece.escaped);
            }
            Event::Start(tag) => {
                if !is_inline(tag) {
                    self.end_of_words();
                }
                self.tree.open(piece);
            }
            Event::End(tag) => self.end(tag.to_owned(), piece),
            _ => {
                self.tree.push(piece);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, piece: SpannedEvent<'a>) {
        if !ends_inline(tag) {
            self.end_of_words();
        }
        let element = self.tree.current();
        while self.brackets.pop_if(|bracket| self.tree.parent(*bracket) == Some(element)).is_some() {}
        self.tree.close(piece);
        // Nothing but braces stood in it.
        if tag == TagEnd::Paragraph && self.tree.children(element).is_empty() {
            self.tree.pop(1);
        }
    }

    /// Adds letters, split at brackets, and gives the braces that they begin with to the element before them. Where
    /// they are `escaped`, the first one is no mark.
    fn text(&mut self, letters: &Letters<'_>, escaped: bool) {
        let mut rest = letters.text;
        if let Some(element) = self.last_inline().filter(|_| !escaped) {
            while let Some((attributes, length)) = AttributeList::read(rest) {
                self.tree.piece_mut(element).attributes.merge(attributes.moved(letters.start_of(rest)));
                rest = &rest[length..];
            }
        }
        let (mut from, mut at) = (0, usize::from(escaped));
        while let Some(found) = rest.get(at..).and_then(|rest| rest.find(['[', ']'])) {
            at += found;
            if rest.as_bytes()[at] == b'[' {
                self.words(&rest[from..at], letters);
                let bracket = self.words(&rest[at..=at], letters);
                self.brackets.extend(bracket);
                from = at + 1;
            } else if let Some(bracket) = self.closed_bracket()
                && let Some((attributes, length)) = AttributeList::read(&rest[at + 1..])
            {
                self.words(&rest[from..at], letters);
                self.span(bracket, attributes.moved(letters.start_of(&rest[at + 1..])));
                from = at + 1 + length;
                at += length;
            }
            at += 1;
        }
        let last = self.words(&rest[from..], letters);
        if let Some(all) = last.filter(|_| from == 0) {
            self.tree.piece_mut(all).escaped = escaped;
        }
    }

    /// Adds `words`, which are some of these letters, and returns their node; none where there are no words.
    fn words(&mut self, words: &str, letters: &Letters<'_>) -> Option<usize> {
        let start = letters.start_of(words);
        let range = start.map_or(letters.range.clone(), |start| start..start + words.len());
        let piece = || SpannedEvent::new(Event::Text(words.to_owned().into()), range);
        (!words.is_empty()).then(|| self.tree.push(piece()))
    }

    /// Returns the element in a line, or the code, that the current element ends with so far.
    fn last_inline(&self) -> Option<usize> {
        let last = *self.tree.children(self.tree.current()).last()?;
        let is_code = matches!(self.tree.piece(last).event, Event::Code(_));
        (is_code || self.is_start(last, is_inline)).then_some(last)
    }

    /// Returns the bracket of the current element that a closing one belongs to.
    fn closed_bracket(&mut self) -> Option<usize> {
        let current = Some(self.tree.current());
        self.brackets.pop_if(|bracket| self.tree.parent(*bracket) == current)
    }

    /// Makes a span of what follows an opening bracket.
    fn span(&mut self, bracket: usize, attributes: AttributeList) {
        let piece = self.tree.piece_mut(bracket);
        piece.event = Event::InlineHtml(format!("<span{}>", attributes.written()).into());
        piece.attributes = attributes;
        self.tree.push(SpannedEvent::html("</span>"));
    }

    /// The words of a block end here: braces at their end belong to it, on a line of their own to what is around it.
    fn end_of_words(&mut self) {
        let block = self.tree.current();
        let before =
            self.element_before(block).filter(|_| self.is_start(block, |tag| *tag == Tag::Paragraph));
        while let &[ref others @ .., last] = self.tree.children(block) {
            let Some((words, attributes)) = without_braces(self.tree.piece(last), self.source) else {
                return;
            };
            let is_empty = words.text().is_some_and(str::is_empty);
            let line_before = others.last().map(|node| &self.tree.piece(*node).event);
            let alone = is_empty && matches!(line_before, Some(Event::SoftBreak | Event::HardBreak));
            let whole = is_empty && others.is_empty();
            let owner = match before {
                Some(before) if whole => Some(before),
                None if whole && self.is_about_slide(block, &attributes) => None,
                None if whole => return,
                _ => Some(if alone { self.around(block) } else { self.owner(block) }),
            };
            self.tree.pop(1 + usize::from(alone));
            let range = words.range.clone();
            if !is_empty {
                self.tree.push(words);
            }
            match owner {
                Some(owner) => self.tree.piece_mut(owner).attributes.merge(attributes),
                None => self.tree.insert_before(block, slide_comment(attributes, range)),
            }
        }
    }

    /// Returns the element just before `block`; none where something else stands there.
    fn element_before(&self, block: usize) -> Option<usize> {
        let before = self.tree.previous(block)?;
        let is_code = matches!(self.tree.piece(before).event, Event::Code(_));
        (is_code || self.is_start(before, |tag| *tag != Tag::HtmlBlock)).then_some(before)
    }

    /// Returns the element that braces after the words of `block` are about: the item of a list rather than its
    /// paragraph.
    fn owner(&self, block: usize) -> usize {
        let is_paragraph = self.is_start(block, |tag| *tag == Tag::Paragraph);
        let parent = self.tree.parent(block).filter(|_| is_paragraph);
        parent.filter(|parent| self.is_start(*parent, |tag| *tag == Tag::Item)).unwrap_or(block)
    }

    /// Returns the element that a line of braces at the end of `block` is about: the whole list, the whole quote.
    fn around(&self, block: usize) -> usize {
        let is_inside = |tag: &Tag<'_>| matches!(tag, Tag::Paragraph | Tag::Item);
        let is_around = |tag: &Tag<'_>| matches!(tag, Tag::Item | Tag::List(_) | Tag::BlockQuote(_));
        let mut found = block;
        while let Some(parent) = self.tree.parent(found)
            && self.is_start(found, is_inside)
            && self.is_start(parent, is_around)
        {
            found = parent;
        }
        found
    }

    /// Returns whether attributes alone in `block` are the slide's: older decks of vscode-reveal begin a slide with
    /// `{.slide id="x"}`.
    fn is_about_slide(&self, block: usize, attributes: &AttributeList) -> bool {
        self.tree.parent(block) == Some(EventTree::ROOT)
            && attributes.classes.iter().any(|class| class == "slide")
    }

    fn is_start(&self, node: usize, is_wanted: impl Fn(&Tag<'_>) -> bool) -> bool {
        matches!(&self.tree.piece(node).event, Event::Start(tag) if is_wanted(tag))
    }
}

/// Returns the comment by which reveal.js gives attributes to a slide.
fn slide_comment<'a>(mut attributes: AttributeList, range: Range<usize>) -> SpannedEvent<'a> {
    attributes.classes.retain(|class| class != "slide");
    let comment = Event::Html(format!("<!-- .slide:{} -->", attributes.written()).into());
    SpannedEvent { attributes, ..SpannedEvent::new(comment, range) }
}

/// Letters of the text, and where they stand.
struct Letters<'a> {
    text: &'a str,
    range: Range<usize>,
    source: &'a str,
}

impl Letters<'_> {
    /// Returns where `part` of the letters stands; none where entities are among them.
    fn start_of(&self, part: &str) -> Option<usize> {
        let is_plain = self.source.get(self.range.clone()) == Some(self.text);
        is_plain.then(|| self.range.start + part.as_ptr().addr() - self.text.as_ptr().addr())
    }
}

/// Returns letters without the braces that they end with, and what these say; none where there are none.
fn without_braces<'a>(piece: &SpannedEvent<'a>, source: &str) -> Option<(SpannedEvent<'a>, AttributeList)> {
    let mut all = AttributeList::default();
    let text = piece.text()?;
    let mut words = text;
    while let Some((attributes, start)) = AttributeList::read_end(words) {
        if start == 0 && piece.escaped {
            break;
        }
        all.merge(attributes);
        words = words[..start].trim_end();
    }
    let is_plain = source.get(piece.range.clone()) == Some(text);
    let all = all.moved(is_plain.then_some(piece.range.start));
    let words = SpannedEvent::new(Event::Text(words.to_owned().into()), piece.range.clone());
    (!all.is_empty()).then_some((SpannedEvent { escaped: piece.escaped, ..words }, all))
}
