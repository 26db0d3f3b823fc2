//! What the elements of a drawing refer to, by attributes and by style sheets.

use std::collections::HashMap;

use resvg::usvg::roxmltree::{Document, Node};

use super::super::limits::TOO_COMPLICATED;

/// Style rules times elements: each is matched with each.
const MOST_MATCHES: usize = 20_000_000;

/// How often an element shows what it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Once.
    Once,
    /// Once for each shape within, which inherit it.
    Shapes,
    /// Once for each point of each shape within.
    Points,
}

/// What an element refers to: how often, and the index of a node.
pub(super) type Reference = (Reach, usize);

/// Returns what each node refers to, by its index.
pub(super) fn references(document: &Document) -> Result<Vec<Vec<Reference>>, String> {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node.id().get_usize());
        }
    }
    let rules = rules(document)?;
    let found = document.descendants().map(|node| {
        let own =
            node.attributes().flat_map(|attribute| by_attribute(&node, attribute.name(), attribute.value()));
        let styled = rules.iter().filter(|rule| rule.matches(&node)).flat_map(|rule| by_style(rule.style));
        own.chain(styled).filter_map(|(reach, id)| Some((reach, *ids.get(id)?))).collect()
    });
    Ok(found.collect())
}

fn by_attribute<'a>(node: &Node, name: &'a str, value: &'a str) -> Vec<(Reach, &'a str)> {
    /// Elsewhere `href` is a link to go to.
    const BORROWERS: [&str; 8] =
        ["use", "feImage", "textPath", "tref", "pattern", "linearGradient", "radialGradient", "filter"];
    match name {
        "href" if BORROWERS.contains(&node.tag_name().name()) => {
            value.trim().strip_prefix('#').map(|id| (Reach::Once, id)).into_iter().collect()
        }
        "style" => by_style(value).collect(),
        _ => by_property(name, value).collect(),
    }
}

fn by_style(style: &str) -> impl Iterator<Item = (Reach, &str)> {
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .flat_map(|(name, value)| by_property(name.trim(), value))
}

/// Returns each `url(#id)` of a property.
fn by_property<'a>(name: &str, value: &'a str) -> impl Iterator<Item = (Reach, &'a str)> {
    let reach = match name {
        "marker" | "marker-mid" => Reach::Points,
        "fill" | "stroke" | "marker-start" | "marker-end" => Reach::Shapes,
        _ => Reach::Once,
    };
    value.split("url(").skip(1).filter_map(move |after| {
        let url = after.split(')').next()?;
        Some((
            reach,
            url.trim_matches(|letter: char| letter.is_whitespace() || "\"'".contains(letter))
                .strip_prefix('#')?,
        ))
    })
}

/// A rule of a style sheet that refers to something.
struct StyleRule<'a> {
    /// The last part of its selector, which names the element itself: `path.edge`.
    element: &'a str,
    style: &'a str,
}

impl StyleRule<'_> {
    /// Returns whether the rule may apply to this element: true where only a close look could exclude it.
    fn matches(&self, node: &Node) -> bool {
        let starts = |letter: char| ".#[:".contains(letter);
        let (tag, mut rest) = self.element.split_at(self.element.find(starts).unwrap_or(self.element.len()));
        if !node.is_element() || !(tag.is_empty() || tag == "*" || tag == node.tag_name().name()) {
            return false;
        }
        while let Some(kind) = rest.chars().next() {
            let end = rest[1..].find(starts).map_or(rest.len(), |end| end + 1);
            let name = &rest[1..end];
            let has = match kind {
                '.' => {
                    node.attribute("class").is_some_and(|all| all.split_whitespace().any(|one| one == name))
                }
                '#' => node.attribute("id") == Some(name),
                _ => true,
            };
            if !has {
                return false;
            }
            rest = &rest[end..];
        }
        true
    }
}

/// Returns the rules that refer to something.
fn rules<'a>(document: &'a Document) -> Result<Vec<StyleRule<'a>>, String> {
    let sheets: Vec<&str> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "style")
        .filter_map(|node| node.text())
        .collect();
    let written: usize = sheets.iter().map(|sheet| sheet.matches(['{', ',']).count()).sum();
    if written.saturating_mul(document.descendants().count()) > MOST_MATCHES {
        return Err(TOO_COMPLICATED.to_owned());
    }
    let rules = sheets.iter().flat_map(|sheet| sheet.split('}')).filter(|rule| rule.contains("url("));
    let mut all = Vec::new();
    for (before, style) in rules.filter_map(|rule| rule.rsplit_once('{')) {
        // What stands before may end another rule, a comment or a query of media.
        let selectors = before.rsplit(['{', ';', '/']).next().unwrap_or_default();
        let last = |selector: &'a str| {
            selector.split([' ', '\t', '\r', '\n', '>', '+', '~']).rfind(|part| !part.is_empty())
        };
        all.extend(selectors.split(',').filter_map(last).map(|element| StyleRule { element, style }));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_wherever_they_are_written() {
        let text = "<svg xmlns:xlink='x'><style>/* a, b */ g &gt; .a.b, #no .c { fill: url('#p') } i{fill:red}</style>\
                    <g class='b a' mask='url( #p )'><use xlink:href='#p' style='marker: url(#p); x: y'/></g>\
                    <g class='a'><a href='#p'/></g><p id='p'/></svg>";
        let document = Document::parse(text).unwrap();
        let target = document.descendants().find(|node| node.has_tag_name("p")).unwrap().id().get_usize();
        let found: Vec<Reference> = references(&document).unwrap().concat();
        let reaches: Vec<Reach> = found.iter().map(|(reach, _)| *reach).collect();
        assert_eq!(reaches, [Reach::Once, Reach::Shapes, Reach::Once, Reach::Points]);
        assert!(found.iter().all(|(_, node)| *node == target));
    }
}
