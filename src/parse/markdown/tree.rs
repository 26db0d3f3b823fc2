//! The parser's events as a tree, so that each knows what it stands in and what stands beside it. What they mean is not
//! decided here.

use super::spanned::SpannedEvent;

/// A tree of events. Its nodes have numbers, which stay.
pub(super) struct EventTree<'a> {
    nodes: Vec<EventNode<'a>>,
    /// The element to which events are added, by its number.
    current: usize,
}

/// An element, or an event that has nothing inside.
struct EventNode<'a> {
    /// What begins the element; for the root, nothing.
    start: SpannedEvent<'a>,
    /// What ends it; none for what has nothing inside.
    end: Option<SpannedEvent<'a>>,
    parent: Option<usize>,
    children: Vec<usize>,
}

impl<'a> EventTree<'a> {
    /// The node that all others are in.
    pub(super) const ROOT: usize = 0;

    /// Returns a tree without events.
    pub(super) fn new() -> Self {
        let root = EventNode { start: SpannedEvent::html(""), end: None, parent: None, children: Vec::new() };
        Self { nodes: vec![root], current: Self::ROOT }
    }

    /// Returns the element to which events are added.
    pub(super) fn current(&self) -> usize {
        self.current
    }

    /// Returns the element around a node; none for the root.
    pub(super) fn parent(&self, node: usize) -> Option<usize> {
        self.nodes[node].parent
    }

    /// Returns the nodes inside an element, in order.
    pub(super) fn children(&self, node: usize) -> &[usize] {
        &self.nodes[node].children
    }

    /// Returns the node just before `node` in the same element.
    pub(super) fn previous(&self, node: usize) -> Option<usize> {
        let siblings = self.children(self.parent(node)?);
        let index = siblings.iter().rposition(|sibling| *sibling == node)?;
        index.checked_sub(1).map(|index| siblings[index])
    }

    /// Returns what begins a node.
    pub(super) fn piece(&self, node: usize) -> &SpannedEvent<'a> {
        &self.nodes[node].start
    }

    /// Returns what begins a node.
    pub(super) fn piece_mut(&mut self, node: usize) -> &mut SpannedEvent<'a> {
        &mut self.nodes[node].start
    }

    /// Adds a node to the current element and returns it.
    pub(super) fn push(&mut self, piece: SpannedEvent<'a>) -> usize {
        let node = self.add(piece, self.current);
        self.nodes[self.current].children.push(node);
        node
    }

    /// Adds a node just before `node`, in the same element.
    pub(super) fn insert_before(&mut self, node: usize, piece: SpannedEvent<'a>) {
        let Some(parent) = self.parent(node) else { return };
        let new = self.add(piece, parent);
        let siblings = &mut self.nodes[parent].children;
        let index = siblings.iter().rposition(|sibling| *sibling == node).unwrap_or(siblings.len());
        siblings.insert(index, new);
    }

    /// Takes away the last `count` nodes of the current element.
    pub(super) fn pop(&mut self, count: usize) {
        let children = &mut self.nodes[self.current].children;
        children.truncate(children.len().saturating_sub(count));
    }

    /// Adds an element to the current one; what is added from now on is inside it.
    pub(super) fn open(&mut self, start: SpannedEvent<'a>) {
        self.current = self.push(start);
    }

    /// Ends the current element.
    pub(super) fn close(&mut self, end: SpannedEvent<'a>) {
        let node = &mut self.nodes[self.current];
        if let Some(parent) = node.parent {
            node.end = Some(end);
            self.current = parent;
        }
    }

    /// Returns the events in order, without recursion, so that no depth is too deep.
    pub(super) fn into_pieces(mut self) -> Vec<SpannedEvent<'a>> {
        let mut pieces = Vec::with_capacity(2 * self.nodes.len());
        let mut waiting: Vec<usize> = self.nodes[Self::ROOT].children.iter().rev().copied().collect();
        let mut is_met = vec![false; self.nodes.len()];
        while let Some(node) = waiting.pop() {
            let EventNode { start, end, children, .. } = &mut self.nodes[node];
            if std::mem::replace(&mut is_met[node], true) {
                pieces.extend(end.take());
            } else {
                pieces.push(std::mem::replace(start, SpannedEvent::html("")));
                // It is met again after what is inside.
                waiting.push(node);
                waiting.extend(children.iter().rev());
            }
        }
        pieces
    }

    fn add(&mut self, piece: SpannedEvent<'a>, parent: usize) -> usize {
        let node = EventNode { start: piece, end: None, parent: Some(parent), children: Vec::new() };
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}
