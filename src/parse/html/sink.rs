//! The tree in the making, as the HTML parser asks for it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns};

use super::tokens::CurrentToken;
use super::{Data, Raw};

/// The formatting elements of HTML's standard, which are opened again where blocks cut them short.
const REOPENED: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Of the elements before it, so many are compared with one that is opened again.
const MOST_REOPENED: usize = 64;

/// An element of the tree in the making.
#[derive(Clone)]
pub(super) struct NodeHandle {
    id: usize,
    name: Rc<QualName>,
}

/// Collects what the HTML parser finds.
pub(super) struct Sink {
    pub(super) nodes: RefCell<Vec<Raw>>,
    /// How deep the deepest node is.
    pub(super) deepest: Cell<usize>,
    /// What the parser is at.
    pub(super) token: RefCell<CurrentToken>,
    /// The elements that the parser may open again, in the order in which they came.
    reopened: RefCell<Vec<usize>>,
    nameless: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let section = Rc::new(QualName::new(None, ns!(html), local_name!("section")));
        let data = Data::Element(section, Vec::new());
        let root = Raw { data, at: 0..0, parent: None, children: Vec::new(), depth: 0 };
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Self {
            nodes: RefCell::new(vec![root]),
            deepest: Cell::new(0),
            token: RefCell::default(),
            reopened: RefCell::default(),
            nameless,
        }
    }
}

impl Sink {
    fn add(&self, data: Data) -> NodeHandle {
        let name = match &data {
            Data::Element(name, _) => Rc::clone(name),
            _ => Rc::clone(&self.nameless),
        };
        let at = self.place(&data);
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Raw { data, at, parent: None, children: Vec::new(), depth: 0 });
        NodeHandle { id: nodes.len() - 1, name }
    }

    /// Returns the bytes of the HTML that a node stands for. An element that the parser opens again, as browsers do where
    /// a paragraph ends within it, stands where it was opened first.
    fn place(&self, data: &Data) -> Range<usize> {
        let token = self.token.borrow();
        let Data::Element(name, attributes) = data else { return token.range.clone() };
        if !REOPENED.contains(&&*name.local) {
            return token.range.clone();
        }
        let nodes = self.nodes.borrow();
        let mut reopened = self.reopened.borrow_mut();
        if token.opens.as_ref() != Some(&name.local) {
            let is_same = |id: &&usize| match &nodes[**id].data {
                Data::Element(other, others) => other.local == name.local && others == attributes,
                _ => false,
            };
            if let Some(&id) = reopened.iter().rev().take(MOST_REOPENED).find(is_same) {
                return nodes[id].at.clone();
            }
        }
        reopened.push(nodes.len());
        token.range.clone()
    }

    /// Puts a node, or letters, among the children of `parent` at `place`.
    fn insert(&self, parent: usize, place: usize, child: NodeOrText<NodeHandle>) {
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
    type Handle = NodeHandle;
    type Output = Vec<Raw>;
    type ElemName<'a> = ExpandedName<'a>;

    /// The parser puts everything under an `html` element of its own: its children are the fragment's.
    fn finish(self) -> Vec<Raw> {
        let mut nodes = self.nodes.into_inner();
        let html = nodes[0].children.iter().copied().find(|&id| matches!(nodes[id].data, Data::Element(..)));
        if let Some(html) = html {
            let children = std::mem::take(&mut nodes[html].children);
            for &child in &children {
                nodes[child].parent = Some(0);
            }
            nodes[0].children = children;
        }
        nodes
    }

    fn get_document(&self) -> NodeHandle {
        NodeHandle { id: 0, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a NodeHandle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeHandle {
        self.add(Data::Element(Rc::new(name), attrs))
    }

    fn create_comment(&self, text: StrTendril) -> NodeHandle {
        self.add(Data::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeHandle {
        self.add(Data::Comment(String::new()))
    }

    fn append(&self, parent: &NodeHandle, child: NodeOrText<NodeHandle>) {
        self.insert(parent.id, self.end_of(parent.id), child);
    }

    fn append_before_sibling(&self, sibling: &NodeHandle, child: NodeOrText<NodeHandle>) {
        let parent = self.nodes.borrow()[sibling.id].parent;
        let Some(parent) = parent else { return };
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(node.id);
        }
        let place = self.nodes.borrow()[parent].children.iter().position(|&id| id == sibling.id).unwrap_or(0);
        self.insert(parent, place, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeHandle,
        previous: &NodeHandle,
        child: NodeOrText<NodeHandle>,
    ) {
        let has_parent = self.nodes.borrow()[element.id].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn remove_from_parent(&self, target: &NodeHandle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &NodeHandle, new_parent: &NodeHandle) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[node.id].children);
        let depth = nodes[new_parent.id].depth + 1;
        for &child in &children {
            (nodes[child].parent, nodes[child].depth) = (Some(new_parent.id), depth);
        }
        nodes[new_parent.id].children.extend(children);
    }

    fn add_attrs_if_missing(&self, target: &NodeHandle, attrs: Vec<Attribute>) {
        if let Data::Element(_, existing) = &mut self.nodes.borrow_mut()[target.id].data {
            for attr in attrs {
                if !existing.iter().any(|one| one.name == attr.name) {
                    existing.push(attr);
                }
            }
        }
    }

    fn same_node(&self, x: &NodeHandle, y: &NodeHandle) -> bool {
        x.id == y.id
    }

    /// A template's children are shown like any others.
    fn get_template_contents(&self, target: &NodeHandle) -> NodeHandle {
        target.clone()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
}
