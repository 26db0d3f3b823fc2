//! Tables: of data where they have a header row and hold only text, else a layout of columns.

use super::super::html::Node;
use super::super::style::Style;
use super::{Converter, Flow, Inherited, colored_box, into_inlines, only_text};
use crate::color::Rgb;
use crate::deck::{Align, Block, Flags, Grid, GridCell, Inline, Kind, Length, Table, TableCell};

/// More columns than any slide can hold are cut to these, each counted as one where a span is a lie.
const WIDEST: usize = 64;

/// A cell before it is known what its table is.
struct RawCell {
    blocks: Vec<Block>,
    header: bool,
    align: Option<Align>,
    width: Option<Length>,
    span: usize,
    background: Option<Rgb>,
}

impl Converter {
    /// Adds a table, or the columns that it is used for.
    pub(super) fn table(&mut self, node: Node<'_>, style: &Style, inner: &Inherited, flow: &mut Flow) {
        let mut caption = Vec::new();
        let mut rows = Vec::new();
        self.rows(node, inner, &mut caption, &mut rows);
        rows.retain(|row: &Vec<RawCell>| row.iter().any(|cell| !cell.blocks.is_empty()));
        if rows.is_empty() {
            return;
        }
        let has_head = rows[0].iter().all(|cell| cell.header);
        let kind = if has_head && rows.iter().flatten().all(|cell| only_text(&cell.blocks)) {
            Kind::Table(table(rows, caption))
        } else {
            // A layout of one cell is no layout.
            let mut cells = rows.iter_mut().flatten();
            match (cells.next(), cells.next()) {
                (Some(only), None) => Kind::Group(std::mem::take(&mut only.blocks)),
                _ => Kind::Grid(grid(rows)),
            }
        };
        let mut style = style.to_box();
        if let Some(style) = &mut style {
            style.height = None;
            style.frame = None;
        }
        flow.push_block(Block { align: inner.align, style, ..Block::new(kind) });
    }

    fn rows(
        &mut self,
        node: Node<'_>,
        inner: &Inherited,
        caption: &mut Vec<Inline>,
        rows: &mut Vec<Vec<RawCell>>,
    ) {
        for child in node.children() {
            match child.name() {
                "thead" | "tbody" | "tfoot" => self.rows(child, inner, caption, rows),
                "tr" => {
                    let mut inner = inner.clone();
                    inner.marks.fragments.extend(self.order.fragment(child));
                    rows.push(self.row_cells(child, &inner));
                }
                "caption" => *caption = into_inlines(self.blocks(child, inner)),
                _ => {}
            }
        }
    }

    fn row_cells(&mut self, row: Node<'_>, inner: &Inherited) -> Vec<RawCell> {
        let row_style = Style::of(row, &self.sheet);
        let inner = inner.styled(&row_style);
        let cells = row.children().filter(|child| matches!(child.name(), "td" | "th"));
        cells.map(|cell| self.raw_cell(cell, &inner, row_style.background)).collect()
    }

    fn raw_cell(&mut self, node: Node<'_>, inner: &Inherited, background: Option<Rgb>) -> RawCell {
        let style = Style::of(node, &self.sheet);
        let mut inner = inner.styled(&style);
        inner.marks.fragments.extend(self.order.fragment(node));
        let span = node.attribute("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
        RawCell {
            blocks: self.blocks(node, &inner),
            header: node.name() == "th",
            align: style.align,
            width: style.width,
            span: usize::clamp(span, 1, WIDEST),
            background: style.background.or(background),
        }
    }
}

fn table(rows: Vec<Vec<RawCell>>, caption: Vec<Inline>) -> Table {
    let mut rows = rows.into_iter().map(|row| row.into_iter().take(WIDEST).map(table_cell).collect());
    Table { head: rows.next().unwrap_or_default(), rows: rows.collect(), caption }
}

fn table_cell(cell: RawCell) -> TableCell {
    TableCell { align: cell.align, span: cell.span, inlines: into_inlines(cell.blocks) }
}

fn grid(rows: Vec<Vec<RawCell>>) -> Grid {
    let rows = rows.into_iter().map(|row| row.into_iter().take(WIDEST).map(grid_cell).collect()).collect();
    Grid { rows, tabular: true, ..Grid::default() }
}

/// A header's cell in a layout keeps the browser's look: bold, in the middle.
fn grid_cell(raw: RawCell) -> GridCell {
    let mut blocks = raw.blocks;
    if raw.header {
        for block in &mut blocks {
            block.align = block.align.or(Some(Align::Center));
            if let Kind::Paragraph(inlines) = &mut block.kind {
                embolden(inlines);
            }
        }
    }
    if raw.background.is_some() && !blocks.is_empty() {
        let style = colored_box(raw.background);
        blocks = vec![Block { style, ..Block::new(Kind::Group(blocks)) }];
    }
    GridCell { blocks, width: raw.width, span: raw.span }
}

fn embolden(inlines: &mut [Inline]) {
    for inline in inlines {
        if let Inline::Text(_, marks) = inline {
            marks.flags |= Flags::STRONG;
        }
    }
}
