//! How large a drawing becomes once all that it repeats is written out, without doing so: a drawing of a few lines may
//! mean billions of shapes.

use resvg::usvg::roxmltree::{Document, Node};

use super::super::limits::TOO_COMPLICATED;
use super::markup::MOST_DEPTH;
use super::styles::{self, Reach, Reference};

/// Nodes of a drawing, all repetitions counted.
const MOST_NODES: usize = 100_000;

/// Returns how many nodes a drawing has when all that it repeats is written out.
///
/// # Errors
/// Returns, in words for the user, that there are too many, that they nest too deeply, or that they hold themselves.
pub(super) fn count(document: &Document) -> Result<usize, String> {
    let nodes: Vec<Node> = document.descendants().collect();
    let mut depths = vec![0; nodes.len()];
    for node in nodes.iter().skip(1) {
        let above = node.parent().map_or(0, |parent| depths[parent.id().get_usize()]);
        depths[node.id().get_usize()] = above + 1;
        if above + 1 > MOST_DEPTH + 1 {
            return Err(TOO_COMPLICATED.to_owned());
        }
    }
    let unknown = vec![CountState::Unknown; nodes.len()];
    let mut counter = NodeCounter {
        references: styles::references(document)?,
        within: unknown.clone(),
        referred: unknown,
        nodes,
    };
    let all = counter.within(0, 0)?;
    if all.nodes > MOST_NODES { Err(TOO_COMPLICATED.to_owned()) } else { Ok(all.nodes) }
}

/// What a node holds, itself included.
#[derive(Debug, Clone, Copy, Default)]
struct NodeCount {
    /// All nodes.
    nodes: usize,
    /// Those among them that inherit a colour or marker.
    shapes: usize,
    /// The points of their outlines, generously.
    points: usize,
    /// How deep they nest.
    height: usize,
}

impl NodeCount {
    fn add(&mut self, other: Self) {
        self.nodes = self.nodes.saturating_add(other.nodes);
        self.shapes = self.shapes.saturating_add(other.shapes);
        self.points = self.points.saturating_add(other.points);
        self.height = self.height.max(other.height + 1);
    }

    /// Adds what is shown at `times` places.
    fn repeat(&mut self, times: usize, other: Self) {
        self.nodes = self.nodes.saturating_add(other.nodes.saturating_mul(times));
        self.height = self.height.max(other.height + 1);
    }

    fn times(&self, reach: Reach) -> usize {
        match reach {
            Reach::Once => 1,
            Reach::Shapes => self.shapes,
            Reach::Points => self.points,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum CountState {
    Unknown,
    /// Being counted: who asks again is within.
    Open,
    Known(NodeCount),
}

struct NodeCounter<'a, 'input> {
    nodes: Vec<Node<'a, 'input>>,
    references: Vec<Vec<Reference>>,
    /// What each node holds where it stands.
    within: Vec<CountState>,
    /// What each node holds where another refers to it.
    referred: Vec<CountState>,
}

impl NodeCounter<'_, '_> {
    /// Counts what a node holds where it stands, `depth` levels down.
    fn within(&mut self, index: usize, depth: usize) -> Result<NodeCount, String> {
        if let Some(known) = known(&mut self.within[index], depth)? {
            return Ok(known);
        }
        let node = self.nodes[index];
        let mut content = own(&node);
        for child in node.children() {
            content.add(self.within(child.id().get_usize(), depth + 1)?);
        }
        let references = self.references[index].clone();
        let (once, inherited): (Vec<_>, Vec<_>) =
            references.into_iter().partition(|(reach, _)| *reach == Reach::Once);
        for (_, target) in once {
            content.add(self.target(&node, target, depth + 1)?);
        }
        for (reach, target) in inherited {
            let referred = self.referred(target, depth + 1)?;
            content.repeat(content.times(reach), referred);
        }
        self.within[index] = CountState::Known(content);
        Ok(content)
    }

    /// Counts what is borrowed once. What is used inherits from where it is used, all else from where it stands.
    fn target(&mut self, node: &Node, target: usize, depth: usize) -> Result<NodeCount, String> {
        if node.tag_name().name() == "use" {
            self.within(target, depth)
        } else {
            self.referred(target, depth)
        }
    }

    /// Counts what a node holds where another refers to it: with what its shapes inherit from around it.
    fn referred(&mut self, index: usize, depth: usize) -> Result<NodeCount, String> {
        if let Some(known) = known(&mut self.referred[index], depth)? {
            return Ok(known);
        }
        let mut content = self.within(index, depth)?;
        let has_shapes = !self.nodes[index].tag_name().name().ends_with("Gradient");
        let inherited: Vec<Reference> = self.nodes[index]
            .ancestors()
            .skip(1)
            .flat_map(|node| self.references[node.id().get_usize()].clone())
            .filter(|(reach, _)| has_shapes && *reach != Reach::Once)
            .collect();
        for (reach, target) in inherited {
            let referred = self.referred(target, depth + 1)?;
            content.repeat(content.times(reach), referred);
        }
        self.referred[index] = CountState::Known(content);
        Ok(content)
    }
}

/// Returns what is known of a node, or opens it.
fn known(state: &mut CountState, depth: usize) -> Result<Option<NodeCount>, String> {
    match *state {
        CountState::Known(content) if depth + content.height > MOST_DEPTH + 1 => {
            Err(TOO_COMPLICATED.to_owned())
        }
        CountState::Known(content) => Ok(Some(content)),
        CountState::Open => Err("the drawing holds itself".to_owned()),
        CountState::Unknown if depth > MOST_DEPTH + 1 => Err(TOO_COMPLICATED.to_owned()),
        CountState::Unknown => {
            *state = CountState::Open;
            Ok(None)
        }
    }
}

/// Returns what a node is by itself; long paths and texts weigh more.
fn own(node: &Node) -> NodeCount {
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        let parent = node.parent().map_or("", |parent| parent.tag_name().name());
        let is_shown = !["style", "script", "title", "desc", "metadata"].contains(&parent);
        // Each letter becomes a path.
        return NodeCount { nodes: if is_shown { text.trim().len() / 8 } else { 0 }, ..NodeCount::default() };
    }
    if !node.is_element() {
        return NodeCount::default();
    }
    let length =
        |value: &str| if value.starts_with("data:") { value.len() / 4096 } else { value.len() / 256 };
    let attributes: usize = node.attributes().map(|attribute| length(attribute.value())).sum();
    let outline = node.attribute("d").or_else(|| node.attribute("points")).map_or(0, str::len);
    NodeCount { nodes: 1 + attributes, shapes: 1, points: 1 + outline / 4, height: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> Result<usize, String> {
        let text = format!("<svg xmlns:l='l'>{content}</svg>");
        count(&Document::parse(&text).unwrap())
    }

    /// Ten levels, each of which shows the one before ten times.
    fn bomb(level: impl Fn(usize) -> String) -> String {
        (0..10).map(level).collect()
    }

    #[test]
    fn repetitions_are_counted() {
        assert_eq!(of("<g id='a'><p/><p/></g><use href='#a'/><use href='#a'/>"), Ok(1 + 3 + 2 * 4));
        assert_eq!(of("<m id='m'/><g fill='url(#m)'><p/><p/></g>"), Ok(1 + 1 + 3 + 3));
        assert_eq!(
            of("<g id='a'/><clipPath id='c'><use href='#a'/></clipPath><p clip-path='url(#c)'/>"),
            Ok(9)
        );
    }

    #[test]
    fn bombs_are_defused() {
        let uses = bomb(|n| format!("<g id='a{}'>{}</g>", n + 1, format!("<use href='#a{n}'/>").repeat(10)));
        let fills = bomb(|n| {
            format!("<pattern id='a{}'>{}</pattern>", n + 1, format!("<p fill='url(#a{n})'/>").repeat(10))
        });
        let inherited = bomb(|n| {
            format!("<pattern id='a{}'><g fill='url(#a{n})'>{}</g></pattern>", n + 1, "<p/>".repeat(10))
        });
        let around = bomb(|n| {
            format!("<g fill='url(#a{n})'><pattern id='a{}'>{}</pattern></g>", n + 1, "<p/>".repeat(10))
        });
        let styled = bomb(|n| {
            let shapes = format!("<p class='c{n}'/>").repeat(10);
            format!("<style>.c{n} {{ mask: url(#a{n}) }}</style><mask id='a{}'>{shapes}</mask>", n + 1)
        });
        let markers = format!(
            "<marker id='m'>{}</marker><path marker-mid='url(#m)' d='{}'/>",
            "<p/>".repeat(1000),
            "1 ".repeat(1000)
        );
        for bomb in [uses, fills, inherited, around, styled] {
            let fuse = "<p id='a0'/><p fill='url(#a10)'/><use href='#a10'/>";
            assert_eq!(of(&(bomb + fuse)), Err(TOO_COMPLICATED.to_owned()));
        }
        assert_eq!(of(&markers), Err(TOO_COMPLICATED.to_owned()));
    }

    #[test]
    fn circles_and_long_chains_are_refused() {
        let all = |count, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().concat();
        let circle = all(4, &|n| format!("<pattern id='a{n}'><p fill='url(#a{})'/></pattern>", (n + 1) % 4));
        assert_eq!(of(&circle), Err("the drawing holds itself".to_owned()));
        assert_eq!(of("<g id='a'><use href='#a'/></g>"), Err("the drawing holds itself".to_owned()));
        let chain = all(1000, &|n| format!("<g id='a{n}'><use href='#a{}'/></g>", n + 1));
        assert_eq!(of(&chain), Err(TOO_COMPLICATED.to_owned()));
        let backward = all(1000, &|n| format!("<g id='a{}'><use href='#a{n}'/></g>", n + 1));
        assert_eq!(of(&backward), Err(TOO_COMPLICATED.to_owned()));
    }

    #[test]
    fn ordinary_drawings_pass() {
        let gradient = "<linearGradient id='g'><stop/></linearGradient>";
        assert!(of(&format!("<g fill='url(#g)'>{gradient}<a href='#g'><p/></a></g>")).is_ok());
        let arrows = "<path marker-end='url(#m)' d='M0 0 10 10'/>".repeat(2000);
        assert!(of(&format!("<marker id='m'><path d='M0 0 5 5'/></marker>{arrows}")).is_ok());
    }
}
