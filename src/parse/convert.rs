//! The browser's tree made into blocks: what each tag means on a slide. Where blocks stand is not decided here.

mod code;
mod context;
mod flow;
mod inline;
mod lists;
mod rows;
mod siblings;
mod sources;
mod spread;
mod tables;

use std::sync::Arc;

use self::context::{Inherited, Parent};
use self::flow::Flow;
use super::element::Category;
use super::fragment::FragmentOrder;
use super::html::{Data, Node};
use super::style::sheet::StyleSheet;
use super::style::{Display, Style, Traits};
use crate::color::Rgb;
use crate::deck::{Align, Block, BoxStyle, Flags, Fragment, Inline, Kind, Picture, PictureRanges};
use crate::source::{Diagnostic, Rule};
use crate::text::sanitize;

/// Blocks nest at most so deep; the words of what is deeper are kept, its shape is not.
const DEEPEST: usize = 40;

/// What a slide holds, in the order in which it was met.
#[derive(Default)]
pub(super) struct Converter {
    pub(super) notes: Vec<Block>,
    pub(super) diagnostics: Vec<Diagnostic>,
    footnotes: Vec<Block>,
    order: FragmentOrder,
    sheet: StyleSheet,
}

impl Converter {
    /// Returns the blocks of a whole slide, the items of its lists one by one where that is wished. Its own class and
    /// style hold for what stands on it below its heading, as if a box were around that.
    pub(super) fn slide(&mut self, root: Node<'_>, one_by_one: bool) -> Vec<Block> {
        self.sheet = StyleSheet::of(root);
        let style = Style::of_slide(root, &self.sheet);
        let context = Inherited { one_by_one, ..Inherited::default() }.styled(&style);
        let context = Inherited { parent: Parent::Slide, depth: 0, ..context };
        let mut blocks = self.arranged_slide(root, &style, &context);
        self.unseen_background(root, &mut blocks);
        if !self.footnotes.is_empty() {
            blocks.push(Block::new(Kind::Rule));
            blocks.append(&mut self.footnotes);
        }
        blocks
    }

    /// Returns the blocks inside `node`.
    fn blocks(&mut self, node: Node<'_>, context: &Inherited) -> Vec<Block> {
        let mut flow = Flow::new(context.align);
        self.children(node, context, &mut flow);
        flow.finish()
    }

    fn children(&mut self, node: Node<'_>, context: &Inherited, flow: &mut Flow) {
        self.nodes(node.children(), context, flow);
    }

    /// Adds what nodes show that follow each other.
    fn nodes<'a>(
        &mut self,
        mut nodes: impl Iterator<Item = Node<'a>> + Clone,
        context: &Inherited,
        flow: &mut Flow,
    ) {
        while let Some(node) = nodes.next() {
            let first = flow.blocks.len();
            flow.begin(node);
            if context.depth > DEEPEST {
                flow.open.push(&sanitize(&node.text()), &context.marks);
                continue;
            }
            match node.data() {
                Data::Text(text) => context.write(text, flow),
                Data::Element(..) => match siblings::columns(node, nodes.clone(), &self.sheet) {
                    Some((columns, others)) => {
                        let grid = self.columns(&columns, context);
                        flow.push(grid);
                        nodes.by_ref().take(others).for_each(drop);
                    }
                    None => self.element(node, context, flow),
                },
                Data::Comment(_) => {}
            }
            flow.place(first, node);
        }
    }

    /// Adds what one element shows, with what changes of it. An unknown one is transparent: its children stand for it.
    fn element(&mut self, node: Node<'_>, context: &Inherited, flow: &mut Flow) {
        let mut style = Style::of(node, &self.sheet);
        if style.display == Display::None || node.attribute("hidden").is_some() {
            return;
        }
        style.place(context.parent == Parent::Cell);
        let mut inner = context.styled(&style);
        inner.stretch =
            context.stretch || (context.parent == Parent::Slide && style.traits.contains(Traits::STRETCH));
        if node.name() == "p" && context.parent == Parent::Slide {
            inner.parent = Parent::Slide;
        }
        // pandoc's names.
        inner.one_by_one |= node.has_class("incremental");
        inner.one_by_one &= !node.has_class("nonincremental");
        // An item's is about its mark too: it is read where lists are.
        let fragment = if node.name() == "li" { None } else { self.order.fragment(node) };
        // What changes of a block is more than its letters.
        if !Category::of(node.name()).is_block() {
            inner.marks.fragments.extend(fragment);
            return self.shown(node, style, inner, flow);
        }
        let around = inner.marks.fragments.iter().copied();
        let fragments: Vec<Fragment> = around.chain(fragment).collect();
        if fragments.is_empty() {
            return self.shown(node, style, inner, flow);
        }
        flow.end_paragraph();
        let first = flow.blocks.len();
        self.shown(node, style, inner, flow);
        flow.end_paragraph();
        for block in flow.blocks.iter_mut().skip(first) {
            block.fragments.extend(&fragments);
        }
    }

    /// Adds what one element shows.
    fn shown(&mut self, node: Node<'_>, mut style: Style, mut inner: Inherited, flow: &mut Flow) {
        match node.name() {
            _ if sources::is_source(node) => self.source(node, &inner, flow),
            "br" => {
                if !(flow.beside && flow.open.is_blank()) {
                    flow.open.push_break();
                }
                flow.beside = false;
            }
            "hr" => flow.push(Kind::Rule),
            "img" => picture(node, &style, &inner, flow),
            "center" => {
                inner.align = Some(Align::Center);
                self.boxed(node, &style, &inner, flow);
            }
            "aside" if node.has_class("notes") => {
                let notes = self.blocks(node, &Inherited::default());
                self.notes.extend(notes);
            }
            "ul" | "ol" | "menu" | "dl" | "pre" | "blockquote" => self.apart(node, &style, &inner, flow),
            "table" => self.table(node, &style, &inner, flow),
            "div" | "section" if is_loaded(node) => {
                if node.attribute("data-src").is_some_and(super::attributes::names_picture) {
                    picture(node, &style, &inner, flow);
                } else {
                    self.placeholder(node, flow);
                }
            }
            "div" if node.has_class("footnote-definition") => self.footnote(node, &inner),
            "figcaption" => {
                inner.align = inner.align.or(Some(Align::Center));
                inner = inner.with(Flags::SMALL);
                let first = flow.blocks.len();
                self.boxed(node, &style, &inner, flow);
                if let Some(caption) = flow.blocks.get_mut(first) {
                    caption.joined = true;
                }
            }
            "summary" => self.boxed(node, &style, &inner.with(Flags::STRONG), flow),
            // The columns of Obsidian's slides.
            "split" => {
                style.display = Display::Flex;
                self.boxed(node, &style, &inner, flow);
            }
            name => match Category::of(name) {
                Category::Heading(_) => self.heading(node, &style, &inner, flow),
                Category::Box | Category::Block => self.boxed(node, &style, &inner, flow),
                Category::Embedded => {
                    flow.end_paragraph();
                    let first = flow.blocks.len();
                    self.placeholder(node, flow);
                    flow.stretch(first, inner.stretch);
                }
                Category::Inline | Category::Transparent => self.inline(node, &style, inner, flow),
                Category::Hidden => {}
            },
        }
    }

    /// Adds a list, code or a quote, in the box that its style asks for.
    fn apart(&mut self, node: Node<'_>, style: &Style, inner: &Inherited, flow: &mut Flow) {
        flow.end_paragraph();
        let first = flow.blocks.len();
        match node.name() {
            "dl" => self.definitions(node, inner, flow),
            "pre" => self.code(node, flow),
            "blockquote" => {
                let blocks = self.blocks(node, inner);
                flow.push(Kind::Quote(blocks));
            }
            _ => self.list(node, style, inner, flow),
        }
        flow.surround(first, Style { height: None, ..style.clone() }.to_box());
        flow.stretch(first, inner.stretch);
    }

    fn heading(&mut self, node: Node<'_>, style: &Style, inner: &Inherited, flow: &mut Flow) {
        let Category::Heading(level) = Category::of(node.name()) else { return };
        let blocks = self.blocks(node, inner);
        flow.end_paragraph();
        let mut first = true;
        for mut block in blocks {
            // A picture inside a heading stands for itself, and so does what else is no text.
            if let Kind::Paragraph(inlines) = block.kind {
                let range = block.range;
                block = Block { align: inner.align, range, ..Block::new(Kind::Heading { level, inlines }) };
                if std::mem::take(&mut first) {
                    block.style = style.to_box();
                }
                if style.traits.contains(Traits::FIT) {
                    block.style.get_or_insert_default().fit = true;
                }
            }
            flow.push_block(block);
        }
    }

    /// Adds the blocks of a container: in a box where its style asks for one, else as they are.
    fn boxed(&mut self, node: Node<'_>, style: &Style, inner: &Inherited, flow: &mut Flow) {
        flow.end_paragraph();
        let children: Vec<Node<'_>> = node.children().collect();
        let kind = self.arranged(&children, style, inner);
        let first = flow.blocks.len();
        let wanted = style.to_box();
        match kind {
            Kind::Group(blocks) if blocks.is_empty() && wanted.is_none() => {}
            Kind::Group(blocks) if wanted.is_none() => {
                for block in blocks {
                    flow.push_block(block);
                }
            }
            kind => flow.push_block(Block { align: inner.align, style: wanted, ..Block::new(kind) }),
        }
        if style.traits.contains(Traits::FIT) {
            flow.fit(first);
        }
        if let (Some(side), Some(place)) = (style.float, flow.blocks.len().checked_sub(1)) {
            flow.float.get_or_insert((place, side, style.width));
        }
    }

    /// Adds what is behind the slide and cannot be shown: a video, a web page.
    fn unseen_background(&mut self, root: Node<'_>, blocks: &mut Vec<Block>) {
        let Some((what, name)) = super::attributes::unseen_background(root) else { return };
        let url = sanitize(root.attribute(name).unwrap_or_default().trim()).into_owned();
        let range = root.attribute_source(name);
        self.diagnostics.push(
            Diagnostic::of(Rule::ElementUnseen, format!("a {what} cannot be shown in a terminal"))
                .about(range)
                .hint(format!("its address stands on the slide: {url}")),
        );
        blocks.push(Block::new(Kind::Placeholder { what: what.to_owned(), url }));
    }

    fn placeholder(&mut self, node: Node<'_>, flow: &mut Flow) {
        let inside = node.children().find(|child| child.name() == "source");
        let url = ["src", "data-src", "data", "href"].iter().find_map(|name| {
            node.attribute(name).or_else(|| inside.and_then(|source| source.attribute(name)))
        });
        let url = sanitize(url.unwrap_or_default()).into_owned();
        let what = if node.name() == "svg" { "drawing" } else { node.name() };
        let diagnostic =
            Diagnostic::of(Rule::ElementUnseen, format!("`<{}>` cannot be shown in a terminal", node.name()))
                .about(node.source().part(0..1 + node.name().len()));
        self.diagnostics.push(match url.as_str() {
            "" => diagnostic,
            url => diagnostic.hint(format!("its address stands on the slide: {url}")),
        });
        flow.push(Kind::Placeholder { what: what.to_owned(), url });
    }
}

/// Returns whether an element holds nothing but what a script would load into it.
fn is_loaded(node: Node<'_>) -> bool {
    let is_empty = || node.children().all(|child| !matches!(child.data(), Data::Element(..)));
    node.attribute("data-src").is_some() && node.text().trim().is_empty() && is_empty()
}

/// Adds a picture with what it has from its element and from what is around it.
fn picture(node: Node<'_>, style: &Style, inner: &Inherited, flow: &mut Flow) {
    let name = if node.attribute("src").is_some() { "src" } else { "data-src" };
    let written = node.attribute(name).unwrap_or_default();
    let picture = Picture {
        source: sanitize(written.trim()).into_owned(),
        alt: sanitize(node.attribute("alt").unwrap_or_default()).replace('\n', " "),
        link: inner.marks.link.clone(),
        ranges: PictureRanges {
            whole: node.source(),
            source: node.attribute_source(name).part_of(written, written.trim()),
            alt: node.attribute_source("alt"),
            link: inner.marks.link_range,
        },
        width: style.width,
        height: style.height,
        max_width: style.max_width,
        max_height: style.max_height,
        margin: style.margin,
        fragments: inner.marks.fragments.clone(),
        frame: style.frame,
        stretch: inner.stretch,
    };
    let align = std::mem::replace(&mut flow.align, style.float.or(style.align).or(inner.align));
    flow.push_picture(picture);
    flow.align = align;
    if let Some(side) = style.float {
        flow.float.get_or_insert((flow.blocks.len() - 1, side, style.width));
    }
}

/// Returns a box that has a colour behind it and nothing else.
fn colored_box(background: Option<Rgb>) -> Option<Box<BoxStyle>> {
    background.map(|_| Box::new(BoxStyle { background, ..BoxStyle::default() }))
}

/// Returns an address as a deck may name it: no control characters, shared by all letters of its link.
fn address(url: &str) -> Arc<str> {
    Arc::from(sanitize(url.trim()).as_ref())
}

/// Returns whether these are words rather than a picture, a list or more.
fn only_text(blocks: &[Block]) -> bool {
    blocks.len() <= 1 && blocks.iter().all(|block| matches!(block.kind, Kind::Paragraph(_)))
}

/// Returns the words of blocks that [`only_text`] accepts.
fn into_inlines(blocks: Vec<Block>) -> Vec<Inline> {
    blocks
        .into_iter()
        .flat_map(|block| match block.kind {
            Kind::Paragraph(inlines) => inlines,
            _ => Vec::new(),
        })
        .collect()
}
