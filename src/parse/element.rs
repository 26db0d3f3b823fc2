//! The elements of HTML, one row each: what an element is on a slide, and which tags it has.

use self::Category::{Block, Box, Embedded, Heading, Hidden, Inline, Transparent};
use self::Tags::{Both, EndOptional, Raw, Void};

/// An element of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, in lower case.
    pub(super) name: &'static str,
    pub(super) category: Category,
    pub(super) tags: Tags,
}

/// What an element is on a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    /// A container of its author's, as Markdown by itself makes none.
    Box,
    /// A heading of this level.
    Heading(u8),
    /// Another element that has lines of its own.
    Block,
    /// A block that only a browser can show.
    Embedded,
    /// An element among letters.
    Inline,
    /// An element of which nothing is shown.
    Hidden,
    /// An element whose children stand for it; a table reads its own.
    Transparent,
}

/// Which tags an element has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tags {
    Both,
    /// The end tag may be left out.
    EndOptional,
    /// Both, and nothing between them is markup.
    Raw,
    /// No end tag: nothing can be inside.
    Void,
}

impl Element {
    const fn new(name: &'static str, category: Category, tags: Tags) -> Self {
        Self { name, category, tags }
    }

    /// Returns the element called `name`, in whatever case.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..name.len())?;
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        let index = ELEMENTS.binary_search_by(|element| element.name.as_bytes().cmp(lower)).ok()?;
        ELEMENTS.get(index)
    }
}

impl Category {
    /// Returns the category of the element called `name`; one that is not HTML's is transparent.
    pub(super) fn of(name: &str) -> Self {
        Element::named(name).map_or(Transparent, |element| element.category)
    }

    /// Returns whether the element has lines of its own.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Box | Heading(_) | Block | Embedded)
    }
}

/// No name has more bytes.
const LONGEST: usize = 10;

/// All elements, sorted by name.
static ELEMENTS: [Element; 121] = [
    Element::new("a", Inline, Both),
    Element::new("abbr", Inline, Both),
    Element::new("address", Block, Both),
    Element::new("area", Transparent, Void),
    Element::new("article", Box, Both),
    Element::new("aside", Box, Both),
    Element::new("audio", Embedded, Both),
    Element::new("b", Inline, Both),
    Element::new("base", Hidden, Void),
    Element::new("bdi", Transparent, Both),
    Element::new("bdo", Transparent, Both),
    Element::new("big", Inline, Both),
    Element::new("blockquote", Block, Both),
    Element::new("body", Transparent, EndOptional),
    Element::new("br", Inline, Void),
    Element::new("button", Transparent, Both),
    Element::new("canvas", Embedded, Both),
    Element::new("caption", Transparent, EndOptional),
    Element::new("center", Box, Both),
    Element::new("cite", Inline, Both),
    Element::new("code", Inline, Both),
    Element::new("col", Hidden, Void),
    Element::new("colgroup", Hidden, EndOptional),
    Element::new("data", Transparent, Both),
    Element::new("datalist", Hidden, Both),
    Element::new("dd", Block, EndOptional),
    Element::new("del", Inline, Both),
    Element::new("details", Box, Both),
    Element::new("dfn", Transparent, Both),
    Element::new("dialog", Transparent, Both),
    Element::new("div", Box, Both),
    Element::new("dl", Block, Both),
    Element::new("dt", Block, EndOptional),
    Element::new("em", Inline, Both),
    Element::new("embed", Embedded, Void),
    Element::new("fieldset", Box, Both),
    Element::new("figcaption", Block, Both),
    Element::new("figure", Box, Both),
    Element::new("font", Inline, Both),
    Element::new("footer", Box, Both),
    Element::new("form", Block, Both),
    Element::new("h1", Heading(1), Both),
    Element::new("h2", Heading(2), Both),
    Element::new("h3", Heading(3), Both),
    Element::new("h4", Heading(4), Both),
    Element::new("h5", Heading(5), Both),
    Element::new("h6", Heading(6), Both),
    Element::new("head", Hidden, EndOptional),
    Element::new("header", Box, Both),
    Element::new("hgroup", Block, Both),
    Element::new("hr", Block, Void),
    Element::new("html", Transparent, EndOptional),
    Element::new("i", Inline, Both),
    Element::new("iframe", Embedded, Both),
    Element::new("img", Inline, Void),
    Element::new("input", Transparent, Void),
    Element::new("ins", Inline, Both),
    Element::new("kbd", Inline, Both),
    Element::new("label", Inline, Both),
    Element::new("legend", Transparent, Both),
    Element::new("li", Box, EndOptional),
    Element::new("link", Hidden, Void),
    Element::new("main", Box, Both),
    Element::new("map", Transparent, Both),
    Element::new("mark", Inline, Both),
    Element::new("marquee", Transparent, Both),
    Element::new("math", Transparent, Both),
    Element::new("menu", Block, Both),
    Element::new("meta", Hidden, Void),
    Element::new("meter", Transparent, Both),
    Element::new("nav", Box, Both),
    Element::new("noscript", Transparent, Both),
    Element::new("object", Embedded, Both),
    Element::new("ol", Block, Both),
    Element::new("optgroup", Transparent, EndOptional),
    Element::new("option", Transparent, EndOptional),
    Element::new("output", Transparent, Both),
    Element::new("p", Block, EndOptional),
    Element::new("param", Hidden, Void),
    Element::new("picture", Transparent, Both),
    Element::new("pre", Block, Both),
    Element::new("progress", Transparent, Both),
    Element::new("q", Inline, Both),
    Element::new("rp", Transparent, EndOptional),
    Element::new("rt", Transparent, EndOptional),
    Element::new("ruby", Transparent, Both),
    Element::new("s", Inline, Both),
    Element::new("samp", Transparent, Both),
    Element::new("script", Hidden, Raw),
    Element::new("search", Transparent, Both),
    Element::new("section", Box, Both),
    Element::new("select", Transparent, Both),
    Element::new("slot", Transparent, Both),
    Element::new("small", Inline, Both),
    Element::new("source", Hidden, Void),
    Element::new("span", Inline, Both),
    Element::new("strike", Transparent, Both),
    Element::new("strong", Inline, Both),
    Element::new("style", Hidden, Raw),
    Element::new("sub", Inline, Both),
    Element::new("summary", Block, Both),
    Element::new("sup", Inline, Both),
    Element::new("svg", Embedded, Both),
    Element::new("table", Block, Both),
    Element::new("tbody", Transparent, EndOptional),
    Element::new("td", Transparent, EndOptional),
    Element::new("template", Transparent, Both),
    Element::new("textarea", Transparent, Raw),
    Element::new("tfoot", Transparent, EndOptional),
    Element::new("th", Transparent, EndOptional),
    Element::new("thead", Transparent, EndOptional),
    Element::new("time", Transparent, Both),
    Element::new("title", Hidden, Both),
    Element::new("tr", Transparent, EndOptional),
    Element::new("track", Hidden, Void),
    Element::new("tt", Transparent, Both),
    Element::new("u", Inline, Both),
    Element::new("ul", Block, Both),
    Element::new("var", Inline, Both),
    Element::new("video", Embedded, Both),
    Element::new("wbr", Inline, Void),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_row_is_found() {
        assert!(ELEMENTS.is_sorted_by_key(|element| element.name));
        for element in &ELEMENTS {
            assert_eq!(Element::named(&element.name.to_uppercase()), Some(element));
        }
        for other in ["", "v-click", "divs", "blockquotes", "é"] {
            assert_eq!((Element::named(other), Category::of(other)), (None, Transparent));
        }
    }
}
