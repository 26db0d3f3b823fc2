//! The `<style>` blocks of a slide, as far as their rules are for one class or one kind of element. All other rules are
//! passed over, and so is what they would hide.

use std::collections::HashMap;
use std::ops::Range;

use super::declarations;
use crate::parse::html::{Data, Node};
use crate::parse::rewriting::{Rewriting, Rewritten};
use crate::source::SourceRange;

/// Rules beyond so many are passed over: no person wrote them for one slide.
const MOST_RULES: usize = 1000;

/// What the `<style>` blocks say, by class (`.name`) and by element (`name`).
#[derive(Debug, Default)]
pub(in crate::parse) struct StyleSheet {
    rules: HashMap<String, Vec<Declaration>>,
}

/// A property and its value.
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) property: String,
    pub(super) value: String,
    /// Where the value is written.
    pub(super) range: SourceRange,
}

impl StyleSheet {
    /// Returns the rules of all `<style>` elements inside `root`.
    pub(in crate::parse) fn of(root: Node<'_>) -> Self {
        let mut sheet = Self::default();
        let mut waiting = vec![root];
        while let Some(node) = waiting.pop() {
            if node.name() == "style" {
                for child in node.children() {
                    if let Data::Text(css) = child.data() {
                        sheet.read(css, |range| child.letters_source(range));
                    }
                }
            } else {
                waiting.extend(node.children().rev());
            }
        }
        sheet
    }

    /// Returns what is said of an element of this name and these classes: the more telling last.
    pub(super) fn declarations<'a>(
        &'a self,
        name: &'a str,
        classes: &'a str,
    ) -> impl Iterator<Item = &'a Declaration> {
        let classes = if self.rules.is_empty() { "" } else { classes };
        let by_class =
            classes.split_ascii_whitespace().filter_map(|class| self.rules.get(&format!(".{class}")));
        let by_name = self.rules.get(name);
        by_name.into_iter().chain(by_class).flatten()
    }

    /// Adds the rules of `css`; `source` tells where bytes of it are written.
    fn read(&mut self, css: &str, source: impl Fn(Range<usize>) -> SourceRange) {
        let bare = without_comments(css);
        let place = |part: &str| {
            let start = part.as_ptr().addr() - bare.text.as_ptr().addr();
            source(bare.origin(start..start + part.len()))
        };
        let mut rest = &*bare.text;
        while let Some((before, inside)) = rest.split_once('{') {
            let selectors = before.rsplit(';').next().unwrap_or_default().trim();
            let Some(end) = closing(inside) else { return };
            let body = &inside[..end];
            rest = &inside[end + 1..];
            if selectors.starts_with('@') || body.contains('{') || self.rules.len() >= MOST_RULES {
                continue;
            }
            for key in selectors.split(',').filter_map(simple) {
                let shown = declarations(body).filter(|(property, value)| {
                    !(property == "visibility" || (property == "display" && *value == "none"))
                });
                let shown = shown.map(|(property, value)| Declaration {
                    property,
                    value: value.to_owned(),
                    range: place(value),
                });
                self.rules.entry(key.to_owned()).or_default().extend(shown);
            }
        }
    }
}

/// Returns where the block ends that has been opened just before.
fn closing(inside: &str) -> Option<usize> {
    let mut depth = 1_usize;
    inside.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// Returns the one class or element that a selector is for; none for what is for anything else, the slide included.
fn simple(selector: &str) -> Option<&str> {
    let mut words: Vec<&str> = selector.split_whitespace().filter(|word| *word != ">").collect();
    let last = words.pop()?;
    let is_around = |word: &&str| matches!(*word, ".reveal" | ".slides" | "section" | ".reveal-viewport");
    let name = last.strip_prefix('.').unwrap_or(last);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let is_element = !last.starts_with('.') && !matches!(last, "html" | "body" | "section");
    let is_simple = is_name && words.iter().all(is_around) && !is_around(&last);
    (is_simple && (is_element || last.starts_with('.'))).then_some(last)
}

fn without_comments(css: &str) -> Rewritten<'_> {
    let mut bare = Rewriting::new(css);
    let mut at = 0;
    while let Some(start) = css[at..].find("/*").map(|found| at + found) {
        at = css[start + 2..].find("*/").map_or(css.len(), |length| start + 2 + length + 2);
        bare.replace(start..at, "");
    }
    bare.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'a>(sheet: &'a StyleSheet, name: &'a str, classes: &'a str) -> Vec<(&'a str, &'a str)> {
        let all = sheet.declarations(name, classes);
        all.map(|one| (one.property.as_str(), one.value.as_str())).collect()
    }

    #[test]
    fn simple_rules_are_kept_and_others_are_not() {
        let mut sheet = StyleSheet::default();
        sheet.read(
            "@import url(x.css); .reveal .a, p > b, h1 { color: red; /* ; */ width: 5px }\n\
             .a:hover { color: blue } @media print { .a { color: lime } } .a .b { color: gray } * { color: tan }\n\
             section { color: tan } .reveal { color: tan } .a { display: none; float: left } .open { color: red",
            SourceRange::new,
        );
        assert_eq!(said(&sheet, "p", "a"), [("color", "red"), ("width", "5px"), ("float", "left")]);
        assert_eq!(said(&sheet, "h1", ""), [("color", "red"), ("width", "5px")]);
        for other in ["p", "b", "section", "div"] {
            assert_eq!(said(&sheet, other, "b reveal open"), [], "{other}");
        }
    }

    #[test]
    fn broken_sheets_end() {
        for css in ["{", "}", "a{{", "/*", "a{}}b{color:red}", "@{}{", ";;{;}:;"] {
            StyleSheet::default().read(css, SourceRange::new);
        }
        StyleSheet::default().read(&"a{".repeat(10_000), SourceRange::new);
        StyleSheet::default().read(&"a{b:c}".repeat(100_000), SourceRange::new);
    }
}
