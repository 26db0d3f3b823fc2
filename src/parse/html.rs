//! HTML as people write it, made into the tree that a browser would make of it. What the tags mean is not
//! known here.

mod sink;
mod tokens;

use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{TreeSink, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use self::sink::Sink;
use self::tokens::TokenReader;
use super::traced::TracedHtml;
use crate::source::SourceRange;

/// Elements nest at most so deep in a deck that a person wrote; what goes deeper would only cost time.
const DEEPEST: usize = 400;
/// So many bytes are parsed between two looks at the depth.
const CHUNK: usize = 4096;

/// A tree of nodes; the first one is the root, the `section` that reveal makes of a slide.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Raw>,
    html: TracedHtml,
    /// Where the values of attributes are written that elements were given later: the element, the name, the place.
    given: Vec<(usize, String, SourceRange)>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// An element with its name in lower case.
    Element(Rc<QualName>, Vec<Attribute>),
    /// Letters, entities decoded.
    Text(String),
    /// What is never shown, and may say how something else is.
    Comment(String),
}

#[derive(Debug)]
struct Raw {
    data: Data,
    /// The bytes of the HTML that it begins with: a tag, letters, a comment.
    at: Range<usize>,
    parent: Option<usize>,
    children: Vec<usize>,
    depth: usize,
}

/// A node of a tree.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    tree: &'a Tree,
    id: usize,
}

/// Returns the tree of a fragment of HTML, or none where elements nest deeper than any person writes.
pub(super) fn tree(html: impl Into<TracedHtml>) -> Option<Tree> {
    let html = html.into();
    let sink = Sink::default();
    let body = create_element(&sink, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let reader =
        TokenReader::new(TreeBuilder::new_for_fragment(sink, body, None, TreeBuilderOpts::default()));
    let mut rest = html.text.as_str();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.ceil_char_boundary(CHUNK.min(rest.len())));
        reader.read(chunk);
        if reader.sink().deepest.get() > DEEPEST {
            return None;
        }
        rest = after;
    }
    Some(Tree { nodes: reader.finish().finish(), html, given: Vec::new() })
}

impl Tree {
    /// Returns the node that holds all others.
    pub(super) fn root(&self) -> Node<'_> {
        self.node(0)
    }

    /// Returns the node of that number.
    pub(super) fn node(&self, id: usize) -> Node<'_> {
        Node { tree: self, id }
    }

    /// Returns the number and the text of every comment, in the order in which they were written.
    pub(super) fn comments(&self) -> Vec<(usize, String)> {
        let comment = |(id, raw): (usize, &Raw)| match &raw.data {
            Data::Comment(text) => Some((id, text.clone())),
            _ => None,
        };
        self.nodes.iter().enumerate().filter_map(comment).collect()
    }

    /// Remembers where the value of an attribute is written that an element was given.
    pub(super) fn set_source(&mut self, id: usize, name: &str, source: SourceRange) {
        self.given.push((id, name.to_owned(), source));
    }

    /// Gives an element an attribute, in the place of the one of that name that it had.
    pub(super) fn set_attribute(&mut self, id: usize, name: &str, value: &str) {
        let Data::Element(_, attributes) = &mut self.nodes[id].data else { return };
        attributes.retain(|one| &*one.name.local != name);
        let name = QualName::new(None, ns!(), LocalName::from(name));
        attributes.push(Attribute { name, value: StrTendril::from(value) });
    }
}

impl<'a> Node<'a> {
    /// Returns where in the slide's source it begins: its tag, its letters, a whole comment.
    pub(super) fn source(self) -> SourceRange {
        self.tree.html.source(self.at())
    }

    /// Returns where the value of its attribute is written.
    pub(super) fn attribute_source(self, name: &str) -> SourceRange {
        let given = self.tree.given.iter().rfind(|(id, known, _)| *id == self.id && known == name);
        given.map_or_else(|| self.tree.html.attribute(self.at(), name), |(_, _, source)| *source)
    }

    /// Returns where `part` of the letters of a comment, a script or a style sheet is written.
    pub(super) fn letters_source(self, part: Range<usize>) -> SourceRange {
        let (letters, marks) = match self.data() {
            Data::Text(letters) => (letters, 0),
            Data::Comment(letters) => (letters, "<!--".len()),
            Data::Element(..) => return SourceRange::UNKNOWN,
        };
        let start = self.at().start + marks;
        let is_plain =
            self.tree.html.text[start.min(self.tree.html.text.len())..].starts_with(letters.as_str());
        let part = if is_plain { start + part.start..start + part.end } else { self.at() };
        self.tree.html.source(part)
    }

    /// Returns where in a comment of these letters the `value` is written that it gives to the attribute `name`.
    pub(super) fn comment_source(self, letters: &str, name: &str, value: &str) -> SourceRange {
        // An attribute without a value is where its name is.
        let part = if value.is_empty() { name } else { value };
        let start = part.as_ptr().addr().checked_sub(letters.as_ptr().addr());
        let start = start.filter(|start| start + part.len() <= letters.len());
        start.map_or(self.source(), |start| self.letters_source(start..start + part.len()))
    }

    /// Returns the bytes of the HTML that the node begins with.
    fn at(self) -> Range<usize> {
        let at = self.tree.nodes[self.id].at.clone();
        // After a letter `<` that began no tag the parser has looked one letter ahead.
        let html = self.tree.html.text.as_bytes();
        let is_late = !matches!(self.data(), Data::Text(_))
            && html.get(at.start) != Some(&b'<')
            && at.start.checked_sub(1).is_some_and(|before| html[before] == b'<');
        at.start - usize::from(is_late)..at.end
    }

    /// Returns the node's number in its tree.
    pub(super) fn id(self) -> usize {
        self.id
    }

    /// Returns the node around it.
    pub(super) fn parent(self) -> Option<Node<'a>> {
        self.tree.nodes[self.id].parent.map(|id| self.tree.node(id))
    }

    /// Returns what the node is.
    pub(super) fn data(self) -> &'a Data {
        &self.tree.nodes[self.id].data
    }

    /// Returns the nodes inside, in order.
    pub(super) fn children(self) -> impl DoubleEndedIterator<Item = Node<'a>> + Clone {
        self.tree.nodes[self.id].children.iter().map(move |&id| Node { tree: self.tree, id })
    }

    /// Returns the element's name, empty for what is none.
    pub(super) fn name(self) -> &'a str {
        match self.data() {
            Data::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// Returns the value of an attribute.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        match self.data() {
            Data::Element(_, attributes) => {
                attributes.iter().find(|one| &*one.name.local == name).map(|one| &*one.value)
            }
            _ => None,
        }
    }

    /// Returns whether the class attribute names `class`.
    pub(super) fn has_class(self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }

    /// Returns all letters inside, without recursion, so that no depth is too deep.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        let mut waiting = vec![self];
        while let Some(node) = waiting.pop() {
            match node.data() {
                Data::Text(letters) => text.push_str(letters),
                Data::Element(..) if matches!(node.name(), "script" | "style") => {}
                _ => waiting.extend(node.children().rev()),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(node: Node<'_>) -> String {
        let inside: String = node.children().map(drawn).collect();
        match node.data() {
            Data::Text(text) => text.clone(),
            Data::Element(..) => format!("{}({inside})", node.name()),
            Data::Comment(_) => "!".into(),
        }
    }

    #[test]
    fn bad_nesting_is_repaired_as_browsers_do() {
        for (html, expected) in [
            ("<p><em><center>Pod</center></em></p>", "p(em())center(em(Pod))p()"),
            ("<b>bold<p>para", "b(boldp(para))"),
            ("<table><tr><td>a<td>b</table>", "table(tbody(tr(td(a)td(b))))"),
            ("</td></div>stray", "stray"),
            ("<table>lost<tr><td>in", "losttable(tbody(tr(td(in))))"),
            ("a&eacute;&#27;<!-- note -->", "aé\u{1b}!"),
        ] {
            assert_eq!(drawn(tree(html).expect("shallow").root()), format!("section({expected})"), "{html}");
        }
    }

    #[test]
    fn depth_beyond_reason_is_declined_at_once() {
        assert!(tree(&*"<div>".repeat(1_000_000)).is_none());
    }

    /// Returns the source of each element and comment, in the order of the tree.
    fn sources(node: Node<'_>, html: &str) -> Vec<String> {
        let own = match node.data() {
            Data::Text(_) => None,
            _ => node.source().bytes().map(|bytes| html[bytes].to_owned()),
        };
        own.into_iter().chain(node.children().flat_map(|child| sources(child, html))).collect()
    }

    #[test]
    fn nodes_know_where_they_are_written() {
        for (html, expected) in [
            ("a <b>b</b> <!-- c --> <i x='>'>", vec!["<b>", "<!-- c -->", "<i x='>'>"]),
            ("a < b <<b> &lt<i>&amp;<u>&x;<s>", vec!["<b>", "<i>", "<u>", "<s>"]),
            ("<p>é<br/>\n<img alt=\"a <b> c\">", vec!["<p>", "<br/>", "<img alt=\"a <b> c\">"]),
            ("<b id=\"1\">c<p>d</b>e</p><p>f", vec!["<b id=\"1\">", "<p>", "<b id=\"1\">", "<p>"]),
            ("<script>a<b && '<i>'</script><b>", vec!["<script>", "<b>"]),
            ("<textarea><<b></textarea><b x=1 x=2>", vec!["<textarea>", "<b x=1 x=2>"]),
        ] {
            let tree = tree(html).expect("shallow");
            let found: Vec<String> = tree.root().children().flat_map(|node| sources(node, html)).collect();
            assert_eq!(found, expected, "{html}");
        }
    }

    #[test]
    fn pieces_that_are_read_one_by_one_have_the_same_places() {
        let html = "é<b>x</b>&amp;\n".repeat(2000);
        let tree = tree(&*html).expect("shallow");
        for node in tree.root().children().filter(|node| node.name() == "b") {
            assert_eq!(node.source().bytes().map(|bytes| &html[bytes]), Some("<b>"));
        }
    }
}
