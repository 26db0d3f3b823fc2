//! HTML as people write it, made into the tree that a browser would make of it. What the tags mean is not
//! known here.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, LocalName, ParseOpts, QualName, local_name, ns, parse_fragment};

/// Elements nest at most so deep in a deck that a person wrote; what goes deeper would only cost time.
const DEEPEST: usize = 400;
/// So many bytes are parsed between two looks at the depth.
const CHUNK: usize = 4096;

/// A tree of nodes; the first one is the root, the `section` that reveal makes of a slide.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Raw>,
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
pub(super) fn tree(html: &str) -> Option<Tree> {
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let mut parser = parse_fragment(Sink::default(), ParseOpts::default(), context, Vec::new(), false);
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.ceil_char_boundary(CHUNK.min(rest.len())));
        parser.process(StrTendril::from(chunk));
        if parser.tokenizer.sink.sink.deepest.get() > DEEPEST {
            return None;
        }
        rest = after;
    }
    Some(parser.finish())
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

    /// Gives an element an attribute, in the place of the one of that name that it had.
    pub(super) fn set_attribute(&mut self, id: usize, name: &str, value: &str) {
        let Data::Element(_, attributes) = &mut self.nodes[id].data else { return };
        attributes.retain(|one| &*one.name.local != name);
        let name = QualName::new(None, ns!(), LocalName::from(name));
        attributes.push(Attribute { name, value: StrTendril::from(value) });
    }
}

impl<'a> Node<'a> {
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

#[derive(Clone)]
struct Handle {
    id: usize,
    name: Rc<QualName>,
}

/// Collects what the HTML parser finds.
struct Sink {
    nodes: RefCell<Vec<Raw>>,
    deepest: Cell<usize>,
    nameless: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let section = Rc::new(QualName::new(None, ns!(html), local_name!("section")));
        let data = Data::Element(section, Vec::new());
        let root = Raw { data, parent: None, children: Vec::new(), depth: 0 };
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Self { nodes: RefCell::new(vec![root]), deepest: Cell::new(0), nameless }
    }
}

impl Sink {
    fn add(&self, data: Data) -> Handle {
        let name = match &data {
            Data::Element(name, _) => Rc::clone(name),
            _ => Rc::clone(&self.nameless),
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Raw { data, parent: None, children: Vec::new(), depth: 0 });
        Handle { id: nodes.len() - 1, name }
    }

    /// Puts a node, or letters, among the children of `parent` at `place`.
    fn insert(&self, parent: usize, place: usize, child: NodeOrText<Handle>) {
        let child = match child {
            NodeOrText::AppendNode(node) => node.id,
            NodeOrText::AppendText(text) => {
                if self.extend_text(parent, place, &text) {
                    return;
                }
                self.add(Data::Text(text.to_string())).id
            }
        };
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent].depth + 1;
        self.deepest.set(self.deepest.get().max(depth));
        (nodes[child].parent, nodes[child].depth) = (Some(parent), depth);
        let place = place.min(nodes[parent].children.len());
        nodes[parent].children.insert(place, child);
    }

    /// Adds letters to the text node just before `place`, where there is one.
    fn extend_text(&self, parent: usize, place: usize, text: &str) -> bool {
        let mut nodes = self.nodes.borrow_mut();
        let Some(before) =
            place.checked_sub(1).and_then(|before| nodes[parent].children.get(before).copied())
        else {
            return false;
        };
        match &mut nodes[before].data {
            Data::Text(letters) => {
                letters.push_str(text);
                true
            }
            _ => false,
        }
    }

    fn detach(&self, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[id].parent.take() {
            nodes[parent].children.retain(|&child| child != id);
        }
    }

    fn end_of(&self, parent: usize) -> usize {
        self.nodes.borrow()[parent].children.len()
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    /// The parser puts everything under an `html` element of its own: its children are the fragment's.
    fn finish(self) -> Tree {
        let mut nodes = self.nodes.into_inner();
        let html = nodes[0].children.iter().copied().find(|&id| matches!(nodes[id].data, Data::Element(..)));
        if let Some(html) = html {
            let children = std::mem::take(&mut nodes[html].children);
            for &child in &children {
                nodes[child].parent = Some(0);
            }
            nodes[0].children = children;
        }
        Tree { nodes }
    }

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.add(Data::Element(Rc::new(name), attrs))
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.add(Data::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(Data::Comment(String::new()))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, self.end_of(parent.id), child);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id].parent;
        let Some(parent) = parent else { return };
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(node.id);
        }
        let place = self.nodes.borrow()[parent].children.iter().position(|&id| id == sibling.id).unwrap_or(0);
        self.insert(parent, place, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[node.id].children);
        let depth = nodes[new_parent.id].depth + 1;
        for &child in &children {
            (nodes[child].parent, nodes[child].depth) = (Some(new_parent.id), depth);
        }
        nodes[new_parent.id].children.extend(children);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        if let Data::Element(_, existing) = &mut self.nodes.borrow_mut()[target.id].data {
            for attr in attrs {
                if !existing.iter().any(|one| one.name == attr.name) {
                    existing.push(attr);
                }
            }
        }
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    /// A template's children are shown like any others.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
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
        assert!(tree(&"<div>".repeat(1_000_000)).is_none());
    }
}
