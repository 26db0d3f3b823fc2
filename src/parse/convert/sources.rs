//! What is shown as its source for now: formulas and drawings in languages of their own.

use super::super::html::{Data, Node};
use super::super::{markdown, math};
use super::{Converter, Flow, Inherited};
use crate::deck::{Code, Kind};
use crate::source::{Diagnostic, Rule, SourceRange};
use crate::text::sanitize;

/// Returns whether the element holds a formula or a drawing's source.
pub(super) fn is_source(node: Node<'_>) -> bool {
    match node.name() {
        "span" => node.attribute("data-math").is_some(),
        "script" => is_formula(node),
        "div" | "p" | "figure" => drawing(node).is_some(),
        _ => false,
    }
}

impl Converter {
    /// Adds a formula, in a line where it was written in one, or a drawing's source.
    pub(super) fn source(&mut self, node: Node<'_>, inner: &Inherited, flow: &mut Flow) {
        let text = sanitize(&letters(node)).into_owned();
        let displayed = match node.name() {
            "script" => node.attribute("type").is_some_and(|kind| kind.contains("mode=display")),
            "span" => node.attribute("data-math") == Some("display"),
            _ => true,
        };
        if displayed {
            let info = drawing(node).unwrap_or("math").to_owned();
            let named = drawing(node).zip(node.attribute("class"));
            let info_range = named.map_or(node.source(), |(name, class)| {
                node.attribute_source("class").part_of(class, name).or(node.source())
            });
            let text = markdown::dedented(&text);
            self.push_code(Code { info, info_range, text, lines: None }, flow);
            return;
        }
        let shown = math::unicode(&text).unwrap_or_else(|| {
            self.tell_source("math", node.source());
            format!("${}$", text.trim())
        });
        flow.open.push(&shown, &inner.marks);
    }

    /// Adds a block of code, and tells where it is another thing's source.
    pub(super) fn push_code(&mut self, code: Code, flow: &mut Flow) {
        if let Some(what) = code.is_source_of() {
            self.tell_source(what, code.info_range);
        }
        flow.push(Kind::Code(code));
    }

    /// Tells once a slide that something is not drawn.
    fn tell_source(&mut self, what: &str, range: SourceRange) {
        let (message, hint) = match what {
            "math" => (
                "math is shown as its source".to_owned(),
                "formulas in a line are shown in Unicode where letters, signs and simple fractions will do",
            ),
            what => (
                format!("a {what} diagram is shown as its source"),
                "make a picture of it, as SVG or PNG, to show it drawn",
            ),
        };
        if self.diagnostics.iter().all(|told| told.message != message) {
            self.diagnostics.push(Diagnostic::of(Rule::ShownAsSource, message).about(range).hint(hint));
        }
    }
}

/// Returns the language in which the element's class says that it is drawn.
pub(super) fn drawing(node: Node<'_>) -> Option<&str> {
    let mut classes = node.attribute("class")?.split_ascii_whitespace();
    classes.find(|class| matches!(*class, "mermaid" | "plantuml" | "graphviz"))
}

/// Returns whether the element is a formula as pages of `MathJax` have it: `<script type="math/tex">`.
fn is_formula(node: Node<'_>) -> bool {
    node.attribute("type").is_some_and(|kind| kind.trim().starts_with("math/"))
}

/// Returns all letters inside, those of a script too.
fn letters(node: Node<'_>) -> String {
    if node.name() != "script" {
        return node.text();
    }
    let text = |child: Node<'_>| match child.data() {
        Data::Text(text) => text.clone(),
        _ => String::new(),
    };
    node.children().map(text).collect()
}
