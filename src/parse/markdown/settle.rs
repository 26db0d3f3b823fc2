//! To whom braces belong: `{.class}` right behind an element in a line, at the end of a block, on a line of its own
//! below a block, and behind brackets. The rules are those of markdown-it-attrs.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::attributes::Attributes;
use super::piece::{Piece, ends_inline, is_inline};

/// Returns the pieces with each element's attributes beside it, and without the braces that said them.
pub(super) fn settled<'a>(pieces: Vec<Piece<'a>>, source: &str) -> Vec<Piece<'a>> {
    if !source.contains('{') {
        return pieces;
    }
    let mut settler = Settler {
        source,
        out: Vec::with_capacity(pieces.len()),
        open: Vec::new(),
        ended: None,
        brackets: Vec::new(),
    };
    for piece in pieces {
        settler.take(piece);
    }
    settler.out
}

struct Settler<'a, 's> {
    source: &'s str,
    out: Vec<Piece<'a>>,
    open: Vec<Open>,
    /// The element that has just ended, by its place, while nothing follows it.
    ended: Option<usize>,
    /// Brackets that may open a span: their places, and how many elements are open around them.
    brackets: Vec<(usize, usize)>,
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Open {
    /// Its place among the pieces.
    place: usize,
    /// The place of the element that ended right before it.
    before: Option<usize>,
}

impl<'a> Settler<'a, '_> {
    fn take(&mut self, piece: Piece<'a>) {
        match &piece.event {
            Event::Text(text) => {
                let letters = Letters { text, range: piece.range.clone(), source: self.source };
                self.text(&letters, piece.escaped);
            }
            Event::Start(tag) => {
                if !is_inline(tag) {
                    self.end_of_words();
                }
                self.open.push(Open { place: self.out.len(), before: self.ended.take() });
                self.out.push(piece);
            }
            Event::End(tag) => self.end(tag.to_owned(), piece),
            _ => {
                let is_code = matches!(piece.event, Event::Code(_));
                self.ended = is_code.then_some(self.out.len());
                self.out.push(piece);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, piece: Piece<'a>) {
        let inline = ends_inline(tag);
        if !inline {
            self.end_of_words();
        }
        let Some(Open { place, before }) = self.open.pop() else { return };
        while self.brackets.pop_if(|(_, depth)| *depth > self.open.len()).is_some() {}
        if tag == TagEnd::Paragraph && self.out.len() == place + 1 {
            // Nothing but braces stood in it.
            self.out.truncate(place);
            self.ended = before;
            return;
        }
        self.out.push(piece);
        self.ended = Some(place).filter(|_| tag != TagEnd::HtmlBlock);
    }

    /// Takes letters apart at brackets, and gives the braces that they begin with to the element before them. Where
    /// they are `escaped`, the first one is no mark.
    fn text(&mut self, letters: &Letters<'_>, escaped: bool) {
        let mut rest = letters.text;
        let is_element = |place: usize| match &self.out[place].event {
            Event::Start(tag) => is_inline(tag),
            event => matches!(event, Event::Code(_)),
        };
        if let Some(place) = self.ended.take().filter(|&place| is_element(place) && !escaped) {
            while let Some((attributes, length)) = Attributes::read(rest) {
                self.out[place].attributes.merge(attributes.moved(letters.start_of(rest)));
                rest = &rest[length..];
            }
        }
        let (mut from, mut at) = (0, usize::from(escaped));
        while let Some(found) = rest.get(at..).and_then(|rest| rest.find(['[', ']'])) {
            at += found;
            if rest.as_bytes()[at] == b'[' {
                self.words(&rest[from..at], letters);
                self.brackets.push((self.out.len(), self.open.len()));
                self.words(&rest[at..=at], letters);
                from = at + 1;
            } else if let Some((place, _)) = self.brackets.pop_if(|(_, depth)| *depth == self.open.len())
                && let Some((attributes, length)) = Attributes::read(&rest[at + 1..])
            {
                self.words(&rest[from..at], letters);
                let attributes = attributes.moved(letters.start_of(&rest[at + 1..]));
                let html = Event::InlineHtml(format!("<span{}>", attributes.written()).into());
                let range = self.out[place].range.clone();
                self.out[place] = Piece { attributes, ..Piece::new(html, range) };
                self.out.push(Piece::html("</span>"));
                from = at + 1 + length;
                at += length;
            }
            at += 1;
        }
        self.words(&rest[from..], letters);
        if let Some(last) = self.out.last_mut().filter(|_| from == 0) {
            last.escaped = escaped;
        }
    }

    /// Adds `words`, which are some of these letters.
    fn words(&mut self, words: &str, letters: &Letters<'_>) {
        if !words.is_empty() {
            let start = letters.start_of(words);
            let range = start.map_or(letters.range.clone(), |start| start..start + words.len());
            self.out.push(Piece::new(Event::Text(words.to_owned().into()), range));
        }
    }

    /// The words of a block end here: braces at their end belong to it, on a line of their own to what is around it.
    fn end_of_words(&mut self) {
        let Some(&Open { place: block, before }) = self.open.last() else { return };
        let is_paragraph = matches!(self.out[block].event, Event::Start(Tag::Paragraph));
        while self.out.len() > block + 1 {
            let Some(last) = self.out.last() else { return };
            let Some((words, attributes)) = last.text().and_then(|text| without_braces(text, last.escaped))
            else {
                return;
            };
            let (words, escaped, range) = (words.to_owned(), last.escaped, last.range.clone());
            let is_plain = last.text() == self.source.get(range.clone());
            let attributes = attributes.moved(is_plain.then_some(range.start));
            let line_before = self.out.len().checked_sub(2).map(|place| &self.out[place].event);
            let alone = words.is_empty() && matches!(line_before, Some(Event::SoftBreak | Event::HardBreak));
            let whole = words.is_empty() && self.out.len() == block + 2;
            let owner = match before.filter(|_| is_paragraph) {
                Some(before) if whole => Some(before),
                None if whole && self.speaks_to_slide(&attributes) => None,
                None if whole => return,
                _ => Some(if alone { self.around(block) } else { self.block(block) }),
            };
            self.out.truncate(self.out.len() - 1 - usize::from(alone));
            if !words.is_empty() {
                let words = Event::Text(words.into());
                self.out.push(Piece { escaped, ..Piece::new(words, range.clone()) });
            }
            match owner {
                Some(owner) => self.out[owner].attributes.merge(attributes),
                None => self.tell_slide(attributes, range),
            }
        }
    }

    /// Returns the block that words at its end speak of: the item of a list rather than its paragraph.
    fn block(&self, block: usize) -> usize {
        let around = self.open.len().checked_sub(2).map(|nth| self.open[nth].place);
        let is_item = |place: &usize| matches!(self.out[*place].event, Event::Start(Tag::Item));
        let is_paragraph = matches!(self.out[block].event, Event::Start(Tag::Paragraph));
        around.filter(|place| is_paragraph && is_item(place)).unwrap_or(block)
    }

    /// Returns the block that a line of its own at the end of `block` speaks of: the whole list, the whole quote.
    fn around(&self, block: usize) -> usize {
        let own = |tag: &Event<'_>| matches!(tag, Event::Start(Tag::Paragraph | Tag::Item));
        let mut found = block;
        for &Open { place, .. } in self.open.iter().rev().skip(1) {
            let inside_own = own(&self.out[found].event);
            match &self.out[place].event {
                Event::Start(Tag::Item | Tag::List(_) | Tag::BlockQuote(_)) if inside_own => found = place,
                _ => break,
            }
        }
        found
    }

    /// vscode-reveal's older decks begin a slide with `{.slide id="x"}`.
    fn speaks_to_slide(&self, attributes: &Attributes) -> bool {
        self.open.len() == 1 && attributes.classes.iter().any(|class| class == "slide")
    }

    fn tell_slide(&mut self, mut attributes: Attributes, range: Range<usize>) {
        attributes.classes.retain(|class| class != "slide");
        let told = Event::Html(format!("<!-- .slide:{} -->", attributes.written()).into());
        if let Some(block) = self.open.last_mut() {
            self.out.insert(block.place, Piece { attributes, ..Piece::new(told, range) });
            block.place += 1;
        }
    }
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

/// Returns the letters before the braces that they end with, and what these say; none where there are none.
fn without_braces(text: &str, escaped: bool) -> Option<(&str, Attributes)> {
    let mut said = Attributes::default();
    let mut words = text;
    while let Some((attributes, start)) = Attributes::read_end(words) {
        if start == 0 && escaped {
            break;
        }
        said.merge(attributes);
        words = words[..start].trim_end();
    }
    (!said.is_empty()).then_some((words, said))
}
