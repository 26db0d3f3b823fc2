//! The browser's tree made into blocks: what each tag means on a slide. Where blocks stand is not decided here.

mod code;
mod flow;
mod inline;
mod lists;
mod tables;

use std::sync::Arc;

use self::flow::{Flow, cell};
use super::fragment::Order;
use super::html::{Data, Node};
use super::style::{Display, Style};
use crate::color::Rgb;
use crate::deck::{Align, Block, BoxStyle, Flags, Fragment, Grid, Inline, Kind, Length, Marks, Picture};
use crate::source::Diagnostic;
use crate::text::sanitize;

/// Blocks nest at most so deep; the words of what is deeper are kept, its shape is not.
const DEEPEST: usize = 40;

/// What a slide holds, in the order in which it was met.
#[derive(Default)]
pub(super) struct Converter {
    pub(super) notes: Vec<Block>,
    pub(super) diagnostics: Vec<Diagnostic>,
    footnotes: Vec<Block>,
    order: Order,
}

/// What a node has from the nodes around it.
#[derive(Clone, Default)]
struct Context {
    marks: Marks,
    align: Option<Align>,
    depth: usize,
    /// Whether the items of lists come one by one.
    one_by_one: bool,
}

impl Context {
    fn with(&self, flags: Flags) -> Self {
        let mut inner = self.clone();
        inner.marks.flags |= flags;
        inner
    }

    /// What holds inside an element of this style: its colour, its weight, its alignment.
    fn styled(&self, style: &Style) -> Self {
        let mut inner = self.clone();
        inner.depth += 1;
        inner.align = style.align.or(self.align);
        inner.marks.color = style.color.or(self.marks.color);
        for (wish, flag) in [
            (style.bold, Flags::STRONG),
            (style.italic, Flags::EMPHASIS),
            (style.underline.then_some(true), Flags::UNDERLINE),
            (style.strike.then_some(true), Flags::STRIKE),
        ] {
            if let Some(wish) = wish {
                inner.marks.flags.set(flag, wish);
            }
        }
        inner
    }
}

impl Converter {
    /// Returns the blocks of a whole slide, the items of its lists one by one where that is wished.
    pub(super) fn slide(&mut self, root: Node<'_>, one_by_one: bool) -> Vec<Block> {
        let context = Context { one_by_one, ..Context::default() }.styled(&Style::of(root));
        let mut blocks = self.blocks(root, &context);
        self.unseen_background(root, &mut blocks);
        if !self.footnotes.is_empty() {
            blocks.push(Block::new(Kind::Rule));
            blocks.append(&mut self.footnotes);
        }
        blocks
    }

    /// Returns the blocks inside `node`.
    fn blocks(&mut self, node: Node<'_>, context: &Context) -> Vec<Block> {
        let mut flow = Flow::new(context.align);
        self.children(node, context, &mut flow);
        flow.finish()
    }

    fn children(&mut self, node: Node<'_>, context: &Context, flow: &mut Flow) {
        if context.depth > DEEPEST {
            flow.open.push(&sanitize(&node.text()), &context.marks);
            return;
        }
        for child in node.children() {
            match child.data() {
                Data::Text(text) => {
                    flow.open.push(&sanitize(text), &context.marks);
                }
                Data::Element(..) => self.element(child, context, flow),
                Data::Comment(_) => {}
            }
        }
    }

    /// Adds what one element shows, with what changes of it. An unknown one is transparent: its children stand for it.
    fn element(&mut self, node: Node<'_>, context: &Context, flow: &mut Flow) {
        let style = Style::of(node);
        if style.display == Display::None || node.attribute("hidden").is_some() {
            return;
        }
        let mut inner = context.styled(&style);
        // pandoc's names.
        inner.one_by_one |= node.has_class("incremental");
        inner.one_by_one &= !node.has_class("nonincremental");
        // An item's is about its mark too: it is read where lists are.
        let fragment = if node.name() == "li" { None } else { self.order.fragment(node) };
        if !is_block(node.name()) {
            inner.marks.fragments.extend(fragment);
            return self.shown(node, &style, inner, flow);
        }
        let around = inner.marks.fragments.iter().copied();
        let fragments: Vec<Fragment> = around.chain(fragment).collect();
        if fragments.is_empty() {
            return self.shown(node, &style, inner, flow);
        }
        flow.end_paragraph();
        let first = flow.blocks.len();
        self.shown(node, &style, inner, flow);
        flow.end_paragraph();
        for block in flow.blocks.iter_mut().skip(first) {
            block.fragments.extend(&fragments);
        }
    }

    /// Adds what one element shows.
    fn shown(&mut self, node: Node<'_>, style: &Style, mut inner: Context, flow: &mut Flow) {
        match node.name() {
            "script" | "style" | "title" | "head" | "link" | "meta" | "base" | "param" | "source"
            | "track" | "wbr" | "col" | "colgroup" | "datalist" => {}
            "br" => {
                if !(flow.beside && flow.open.is_blank()) {
                    flow.open.push_break();
                }
                flow.beside = false;
            }
            "hr" => flow.push(Kind::Rule),
            "img" => picture(node, style, &inner, flow),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, style, &inner, flow),
            "p" => {
                flow.end_paragraph();
                self.boxed(node, style, &inner, flow);
            }
            "center" => {
                inner.align = Some(Align::Center);
                self.boxed(node, style, &inner, flow);
            }
            "aside" if node.has_class("notes") => {
                let notes = self.blocks(node, &Context::default());
                self.notes.extend(notes);
            }
            "ul" | "ol" | "menu" => self.list(node, &inner, flow),
            "dl" => self.definitions(node, &inner, flow),
            "pre" => self.code(node, flow),
            "blockquote" => {
                let blocks = self.blocks(node, &inner);
                flow.push(Kind::Quote(blocks));
            }
            "table" => self.table(node, style, &inner, flow),
            "div" if node.has_class("footnote-definition") => self.footnote(node, &inner),
            "details" | "figure" | "div" | "section" | "article" | "header" | "footer" | "main" | "nav"
            | "aside" | "address" | "fieldset" | "form" | "hgroup" | "li" | "dt" | "dd" => {
                self.boxed(node, style, &inner, flow);
            }
            "figcaption" => {
                inner.align = inner.align.or(Some(Align::Center));
                inner = inner.with(Flags::SMALL);
                let first = flow.blocks.len();
                self.boxed(node, style, &inner, flow);
                if let Some(caption) = flow.blocks.get_mut(first) {
                    caption.joined = true;
                }
            }
            "summary" => self.boxed(node, style, &inner.with(Flags::STRONG), flow),
            "iframe" | "video" | "audio" | "object" | "embed" | "canvas" | "svg" => {
                self.placeholder(node, flow);
            }
            _ => self.inline(node, style, inner, flow),
        }
    }

    fn heading(&mut self, node: Node<'_>, style: &Style, inner: &Context, flow: &mut Flow) {
        let level = node.name().as_bytes()[1] - b'0';
        let blocks = self.blocks(node, inner);
        flow.end_paragraph();
        let mut first = true;
        for mut block in blocks {
            // A picture inside a heading stands for itself, and so does what else is no text.
            if let Kind::Paragraph(inlines) = block.kind {
                block = Block { align: inner.align, ..Block::new(Kind::Heading { level, inlines }) };
                if std::mem::take(&mut first) {
                    block.style = style.to_box();
                }
            }
            flow.push_block(block);
        }
    }

    /// Adds the blocks of a container: in a box where its style asks for one, else as they are.
    fn boxed(&mut self, node: Node<'_>, style: &Style, inner: &Context, flow: &mut Flow) {
        flow.end_paragraph();
        let kind = match style.display {
            Display::Flex => self.row(node, inner, usize::MAX),
            Display::Grid(columns) if columns > 1 => self.row(node, inner, columns),
            _ => Kind::Group(self.blocks(node, inner)),
        };
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
        if let (Some(side), Some(place)) = (style.float, flow.blocks.len().checked_sub(1)) {
            flow.float.get_or_insert((place, side, style.width));
        }
    }

    /// Returns the children of a flex or grid box as columns, so many a row.
    fn row(&mut self, node: Node<'_>, inner: &Context, columns: usize) -> Kind {
        let mut cells = Vec::new();
        for child in node.children() {
            if !matches!(child.data(), Data::Element(..)) {
                continue;
            }
            let mut flow = Flow::new(inner.align);
            self.element(child, inner, &mut flow);
            let mut blocks = flow.finish();
            let width = take_width(&mut blocks);
            if !blocks.is_empty() {
                cells.push(cell(blocks, width));
            }
        }
        if cells.len() < 2 {
            return Kind::Group(cells.into_iter().flat_map(|cell| cell.blocks).collect());
        }
        let mut rows = Vec::new();
        while !cells.is_empty() {
            let rest = cells.split_off(columns.min(cells.len()));
            rows.push(std::mem::replace(&mut cells, rest));
        }
        Kind::Grid(Grid { rows })
    }

    /// Adds what is behind the slide and cannot be shown: a video, a web page.
    fn unseen_background(&mut self, root: Node<'_>, blocks: &mut Vec<Block>) {
        let Some((what, url)) = super::attributes::unseen_background(root) else { return };
        let url = sanitize(url).into_owned();
        self.diagnostics.push(
            Diagnostic::new(format!("a {what} cannot be shown in a terminal"))
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
        let diagnostic = Diagnostic::new(format!("`<{}>` cannot be shown in a terminal", node.name()));
        self.diagnostics.push(match url.as_str() {
            "" => diagnostic,
            url => diagnostic.hint(format!("its address stands on the slide: {url}")),
        });
        flow.push(Kind::Placeholder { what: what.to_owned(), url });
    }
}

/// Returns whether an element of that name is a block by itself, so that what changes of it is more than its letters.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "center"
            | "ul"
            | "ol"
            | "menu"
            | "dl"
            | "pre"
            | "blockquote"
            | "table"
            | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "address"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "fieldset"
            | "form"
            | "hgroup"
            | "hr"
            | "iframe"
            | "video"
            | "audio"
            | "object"
            | "embed"
            | "canvas"
            | "svg"
            | "dt"
            | "dd"
            | "li"
    )
}

/// Adds a picture with what it has from its element and from what is around it.
fn picture(node: Node<'_>, style: &Style, inner: &Context, flow: &mut Flow) {
    let source = node.attribute("src").or_else(|| node.attribute("data-src")).unwrap_or_default().trim();
    let picture = Picture {
        source: sanitize(source).into_owned(),
        alt: sanitize(node.attribute("alt").unwrap_or_default()).replace('\n', " "),
        link: inner.marks.link.clone(),
        width: style.width,
        height: style.height,
        max_width: style.max_width,
        margin: style.margin,
        fragments: inner.marks.fragments.clone(),
    };
    let align = std::mem::replace(&mut flow.align, style.float.or(style.align).or(inner.align));
    flow.push_picture(picture);
    flow.align = align;
    if let Some(side) = style.float {
        flow.float.get_or_insert((flow.blocks.len() - 1, side, style.width));
    }
}

/// Takes the width of a single boxed block for the column that it becomes.
fn take_width(blocks: &mut [Block]) -> Option<Length> {
    match blocks {
        [Block { style: Some(style), .. }] => style.width.take(),
        _ => None,
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
