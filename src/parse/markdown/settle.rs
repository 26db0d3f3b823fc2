//! To whom braces belong: `{.class}` right behind an element in a line, at the end of a block, on a line of its own
//! below a block, and behind brackets. The rules are those of markdown-it-attrs.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::attributes::Attributes;
use super::piece::{Piece, ends_inline, is_inline};

/// Returns the pieces with each element's attributes beside it, and without the braces that said them.
pub(super) fn settled<'a>(pieces: Vec<Piece<'a>>, source: &str) -> Vec<Piece<'a>> {
    if !source.contains('{') {
        return pieces;
    }
    let mut settler = Settler { out: Vec::with_capacity(pieces.len()), ..Settler::default() };
    for piece in pieces {
        settler.take(piece);
    }
    settler.out
}

#[derive(Default)]
struct Settler<'a> {
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

impl<'a> Settler<'a> {
    fn take(&mut self, piece: Piece<'a>) {
        match &piece.event {
            Event::Text(text) => self.text(text, piece.escaped),
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
    fn text(&mut self, text: &str, escaped: bool) {
        let mut rest = text;
        let is_element = |place: usize| match &self.out[place].event {
            Event::Start(tag) => is_inline(tag),
            event => matches!(event, Event::Code(_)),
        };
        if let Some(place) = self.ended.take().filter(|&place| is_element(place) && !escaped) {
            while let Some((attributes, length)) = Attributes::read(rest) {
                self.out[place].attributes.merge(attributes);
                rest = &rest[length..];
            }
        }
        let (mut from, mut at) = (0, usize::from(escaped));
        while let Some(found) = rest.get(at..).and_then(|rest| rest.find(['[', ']'])) {
            at += found;
            if rest.as_bytes()[at] == b'[' {
                self.words(&rest[from..at]);
                self.brackets.push((self.out.len(), self.open.len()));
                self.words("[");
                from = at + 1;
            } else if let Some((place, _)) = self.brackets.pop_if(|(_, depth)| *depth == self.open.len())
                && let Some((attributes, length)) = Attributes::read(&rest[at + 1..])
            {
                self.words(&rest[from..at]);
                self.out[place] = Piece::html(format!("<span{}>", attributes.written()));
                self.out.push(Piece::html("</span>"));
                from = at + 1 + length;
                at += length;
            }
            at += 1;
        }
        self.words(&rest[from..]);
        if let Some(last) = self.out.last_mut().filter(|_| from == 0) {
            last.escaped = escaped;
        }
    }

    fn words(&mut self, words: &str) {
        if !words.is_empty() {
            self.out.push(Piece::new(Event::Text(words.to_owned().into()), 0..0));
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
            let (words, escaped) = (words.to_owned(), last.escaped);
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
                self.words(&words);
                self.out.last_mut().expect("words were pushed just now").escaped = escaped;
            }
            match owner {
                Some(owner) => self.out[owner].attributes.merge(attributes),
                None => self.tell_slide(attributes),
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

    fn tell_slide(&mut self, mut attributes: Attributes) {
        attributes.classes.retain(|class| class != "slide");
        let told = Event::Html(format!("<!-- .slide:{} -->", attributes.written()).into());
        if let Some(block) = self.open.last_mut() {
            self.out.insert(block.place, Piece::new(told, 0..0));
            block.place += 1;
        }
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
