//! What a box makes of its children: rows, grids and columns. How wide they become is not decided here.

use super::super::element::Category;
use super::super::html::{Data, Node};
use super::super::style::{Display, Style, Traits};
use super::flow::Flow;
use super::spread::spread;
use super::{Converter, Inherited, Parent};
use crate::deck::{Align, Block, Grid, GridCell, Kind, Length, Picture};

/// More columns than any slide can hold begin another row.
const WIDEST: usize = 64;
/// A grid that does not say how many columns it has gets at most so many.
const MOST_AUTO: usize = 4;

/// How the cells of a grid are placed in their rows.
#[derive(Clone, Copy, Default)]
struct GridStyle {
    /// In the middle of a row's height.
    middle: bool,
    /// As close together as they fit.
    packed: bool,
}

impl Converter {
    /// Returns the blocks of a slide of this style: its opening headings stand over what the style is for.
    pub(super) fn arranged_slide(
        &mut self,
        root: Node<'_>,
        style: &Style,
        context: &Inherited,
    ) -> Vec<Block> {
        let nodes: Vec<Node<'_>> = root.children().collect();
        let is_head = |node: &&Node<'_>| is_heading(**node) || is_nothing(**node) || is_unseen(**node);
        let (head, body) = nodes.split_at(nodes.iter().take_while(is_head).count());
        let mut flow = Flow::new(context.align);
        if style.display == Display::Usual || body.is_empty() {
            self.nodes(nodes.into_iter(), context, &mut flow);
            return flow.finish();
        }
        self.nodes(head.iter().copied(), context, &mut flow);
        match self.arranged(body, style, context) {
            Kind::Group(blocks) => blocks.into_iter().for_each(|block| flow.push_block(block)),
            kind => flow.push(kind),
        }
        flow.finish()
    }

    /// Returns what a box of this style makes of its `children`: one kind of block, or a group of blocks as they are.
    pub(super) fn arranged(&mut self, children: &[Node<'_>], style: &Style, inner: &Inherited) -> Kind {
        let is_middle = style.traits.contains(Traits::MIDDLE);
        match &style.display {
            Display::Flex => {
                let mut cells = self.cells(children, inner);
                widen(&mut cells);
                let packed = style.traits.contains(Traits::PACKED);
                grid(pictures_in_line(cells), &[], GridStyle { middle: is_middle, packed })
            }
            Display::Grid(tracks) => {
                let cells = self.cells(children, inner);
                let tracks = if tracks.is_empty() { auto_tracks(cells.len()) } else { tracks.clone() };
                if tracks.len() < 2 {
                    group(cells)
                } else {
                    grid(cells, &tracks, GridStyle { middle: is_middle, packed: false })
                }
            }
            Display::Boxes { across, spread } => self.boxes(children, *across, *spread, inner),
            Display::Container if self.is_row(children) => self.boxes(children, 0, 0, inner),
            Display::Spread(count) => spread(self.below(children, inner), *count),
            Display::Stack => self.stack(children, inner),
            Display::Column if is_middle => {
                let align = inner.align.or(Some(Align::Center));
                Kind::Group(self.below(children, &Inherited { align, ..inner.clone() }))
            }
            _ => Kind::Group(self.below(children, inner)),
        }
    }

    /// Returns neighbours that stand beside each other, from left to right.
    pub(super) fn columns(&mut self, columns: &[Node<'_>], context: &Inherited) -> Kind {
        let cells = self.cells(columns, context);
        grid(cells, &[], GridStyle::default())
    }

    /// Returns the blocks of nodes below each other.
    fn below(&mut self, nodes: &[Node<'_>], inner: &Inherited) -> Vec<Block> {
        let mut flow = Flow::new(inner.align);
        self.nodes(nodes.iter().copied(), inner, &mut flow);
        flow.finish()
    }

    /// Returns a cell for each child that shows something; letters between them make cells too.
    fn cells(&mut self, children: &[Node<'_>], inner: &Inherited) -> Vec<GridCell> {
        let context = Inherited { parent: Parent::Cell, ..inner.clone() };
        let mut cells = Vec::new();
        let mut grows = Vec::new();
        for part in parts(children) {
            let mut blocks = self.below(part, &context);
            if blocks.is_empty() {
                continue;
            }
            let style = match part {
                [only] => Style::of(*only, &self.sheet),
                _ => Style::default(),
            };
            let twelfths = style.twelfths.map(|count| Length::Percent(f32::from(count) * 100.0 / 12.0));
            let width = take_width(&mut blocks).or(twelfths);
            grows.push(style.grow.filter(|_| width.is_none()));
            cells.push(GridCell { blocks, width, span: style.span.unwrap_or(1) });
        }
        share(&mut cells, &grows);
        cells
    }

    /// Returns whether several of the children are boxes, none of which is a row itself.
    fn is_row(&self, children: &[Node<'_>]) -> bool {
        let mut boxes = children.iter().filter(|child| is_box(**child)).peekable();
        boxes.peek().is_some()
            && boxes.all(|child| {
                let display = Style::of(*child, &self.sheet).display;
                matches!(display, Display::Usual | Display::None)
            })
    }

    /// Returns the children that are boxes beside each other, and others below each other. Where there are no two
    /// boxes, all are spread over columns.
    fn boxes(&mut self, children: &[Node<'_>], across: usize, over: usize, inner: &Inherited) -> Kind {
        if children.iter().filter(|child| is_box(**child)).count() < 2 {
            // A single column of a row is still one of its columns.
            let parent = if over == 0 { Parent::Cell } else { Parent::Inside };
            let blocks = self.below(children, &Inherited { parent, ..inner.clone() });
            return if over > 1 { spread(blocks, over) } else { Kind::Group(blocks) };
        }
        let beside = |node: Node<'_>| is_box(node) || is_nothing(node) || is_unseen(node);
        let tracks = vec![None; across];
        let mut flow = Flow::new(inner.align);
        for run in children.chunk_by(|a, b| beside(*a) == beside(*b)) {
            if !beside(run[0]) {
                self.nodes(run.iter().copied(), inner, &mut flow);
                continue;
            }
            match grid(self.cells(run, inner), &tracks, GridStyle::default()) {
                Kind::Group(blocks) => blocks.into_iter().for_each(|block| flow.push_block(block)),
                kind => flow.push(kind),
            }
        }
        let mut blocks = flow.finish();
        match blocks.as_slice() {
            [Block { kind: Kind::Grid(_), style: None, .. }] => blocks.remove(0).kind,
            _ => Kind::Group(blocks),
        }
    }

    /// Returns the children in one place, where they are shown in turn. Where nothing is said of turns each would hide
    /// the one before it, so they stand beside each other.
    fn stack(&mut self, children: &[Node<'_>], inner: &Inherited) -> Kind {
        let in_turn = children.iter().any(|child| comes_later(*child));
        let align = inner.align.or(Some(Align::Center));
        let cells = self.cells(children, &Inherited { align, ..inner.clone() });
        if !in_turn || cells.len() < 2 {
            return grid(pictures_in_line(cells), &[], GridStyle { middle: true, packed: true });
        }
        let layer = |mut cell: GridCell| match cell.blocks.len() {
            1 => cell.blocks.remove(0),
            _ => Block { align, ..Block::new(Kind::Group(cell.blocks)) },
        };
        Kind::Stack(cells.into_iter().map(layer).collect())
    }
}

/// Returns whether an element, or something in it, appears while the slide is shown.
fn comes_later(node: Node<'_>) -> bool {
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        if node.has_class("fragment") {
            return true;
        }
        waiting.extend(node.children());
    }
    false
}

/// Returns cells in rows of these columns, or in one row where there are none; wider ones take more of a row, and those
/// that ask for more than there is begin another. They stand in the middle of its height, or packed, where that is said. A
/// single cell is no grid.
fn grid(cells: Vec<GridCell>, tracks: &[Option<Length>], style: GridStyle) -> Kind {
    let GridStyle { middle, packed } = style;
    if cells.len() < 2 {
        return group(cells);
    }
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let (mut column, mut percent) = (0, 0.0);
    for mut cell in cells {
        cell.span = cell.span.clamp(1, tracks.len().max(1));
        let own = match cell.width {
            Some(Length::Percent(percent)) => percent,
            _ => 0.0,
        };
        let most = if tracks.is_empty() { WIDEST } else { tracks.len() };
        let is_full = column + cell.span > most;
        // Columns of half a row each begin another one; what asks for all of it is only greedy.
        let is_wide = tracks.is_empty() && percent > 0.0 && own > 0.0 && own < 100.0 && percent + own > 101.0;
        if rows.is_empty() || is_full || is_wide {
            (column, percent) = (0, 0.0);
            rows.push(Vec::new());
        }
        if let Some(own) = tracks.get(column).copied().flatten().filter(|_| cell.span == 1) {
            cell.width = cell.width.or(Some(own));
        }
        column += cell.span;
        percent += own;
        rows.last_mut().expect("one was pushed above").push(cell);
    }
    Kind::Grid(Grid { rows, middle, packed, tabular: false })
}

fn group(cells: Vec<GridCell>) -> Kind {
    Kind::Group(cells.into_iter().flat_map(|cell| cell.blocks).collect())
}

/// Returns the columns of a grid that does not name them.
fn auto_tracks(cells: usize) -> Vec<Option<Length>> {
    vec![None; cells.min(MOST_AUTO)]
}

/// Gives the cells that grow against each other their part of what the others leave.
fn share(cells: &mut [GridCell], grows: &[Option<f32>]) {
    let grows: Vec<f32> = grows.iter().map(|grow| grow.unwrap_or(1.0)).collect();
    let alike = grows.windows(2).all(|pair| (pair[0] - pair[1]).abs() < f32::EPSILON);
    if alike || cells.iter().any(|cell| cell.width.is_some()) {
        return;
    }
    let sum: f32 = grows.iter().sum();
    for (cell, grow) in cells.iter_mut().zip(grows) {
        cell.width = Some(Length::Percent(100.0 * grow / sum));
    }
}

/// Puts cells that hold a picture each on one line: they need no columns.
fn pictures_in_line(cells: Vec<GridCell>) -> Vec<GridCell> {
    if cells.len() < 2 || !cells.iter().all(is_picture) {
        return cells;
    }
    let align = cells[0].blocks[0].align;
    let pictures: Vec<Picture> = cells
        .into_iter()
        .flat_map(|cell| cell.blocks)
        .flat_map(|block| if let Kind::Pictures(pictures) = block.kind { pictures } else { Vec::new() })
        .collect();
    let line = Block { align, ..Block::new(Kind::Pictures(pictures)) };
    vec![GridCell { blocks: vec![line], width: None, span: 1 }]
}

/// Gives a picture's part of a row to its cell, which it fills.
fn widen(cells: &mut [GridCell]) {
    if cells.iter().all(is_picture) {
        return;
    }
    for cell in cells.iter_mut().filter(|cell| is_picture(cell)) {
        if let Kind::Pictures(pictures) = &mut cell.blocks[0].kind
            && let [Picture { width: Some(width @ Length::Percent(_)), .. }] = pictures.as_mut_slice()
        {
            cell.width = Some(std::mem::replace(width, Length::Percent(100.0)));
        }
    }
}

/// Returns whether a cell without a width of its own holds nothing but pictures on a line.
fn is_picture(cell: &GridCell) -> bool {
    cell.width.is_none()
        && matches!(cell.blocks.as_slice(), [Block { kind: Kind::Pictures(_), style: None, .. }])
}

/// Takes the width of what stands alone in a cell for the column that it becomes.
fn take_width(blocks: &mut Vec<Block>) -> Option<Length> {
    let [only] = blocks.as_mut_slice() else { return None };
    if let Some(style) = &mut only.style {
        let width = style.width.take();
        if **style == crate::deck::BoxStyle::default() {
            only.style = None;
        }
        if let Block { kind: Kind::Group(inside), style: None, .. } = only {
            *blocks = std::mem::take(inside);
        }
        return width;
    }
    None
}

/// Returns the children in parts that each make a cell: an element by itself, or letters with what stands among them.
fn parts<'n, 'a>(children: &'n [Node<'a>]) -> Vec<&'n [Node<'a>]> {
    let has_letters =
        children.iter().any(|child| matches!(child.data(), Data::Text(text) if !text.trim().is_empty()));
    let is_inline = |node: Node<'_>| match node.data() {
        Data::Text(_) | Data::Comment(_) => true,
        Data::Element(..) => Category::of(node.name()) == Category::Inline,
    };
    if has_letters {
        children.chunk_by(|a, b| is_inline(*a) && is_inline(*b)).collect()
    } else {
        children.chunks(1).collect()
    }
}

/// Returns whether an element is a box of its author's.
fn is_box(node: Node<'_>) -> bool {
    Category::of(node.name()) == Category::Box && !is_unseen(node)
}

fn is_heading(node: Node<'_>) -> bool {
    matches!(Category::of(node.name()), Category::Heading(_))
}

/// Returns whether a node is only what stands between two elements.
pub(super) fn is_nothing(node: Node<'_>) -> bool {
    match node.data() {
        Data::Text(text) => text.trim().is_empty(),
        Data::Comment(_) => true,
        Data::Element(..) => false,
    }
}

/// Returns whether an element shows nothing where it stands.
fn is_unseen(node: Node<'_>) -> bool {
    Category::of(node.name()) == Category::Hidden || node.name() == "aside" && node.has_class("notes")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::super::html::tree;
    use super::*;
    use crate::deck::walk;

    #[rstest]
    #[case::no_wish("", "", &["h", "p", "p"])]
    #[case::two_columns("two-column", "", &["h", "g2"])]
    #[case::grid("grid", "--cols-xl: 2", &["h", "g2"])]
    #[case::flex("", "display: flex", &["h", "g2"])]
    #[case::centred("text-center", "", &["h", "p", "p"])]
    fn a_slide_is_arranged_below_its_heading(
        #[case] class: &str,
        #[case] css: &str,
        #[case] expected: &[&str],
    ) {
        let mut tree = tree("<!-- c -->\n<h2>a</h2>\n<p>b</p>\n<p>c</p>").expect("shallow");
        tree.set_attribute(0, "class", class);
        tree.set_attribute(0, "style", css);
        let blocks = Converter::default().slide(tree.root(), false);
        let kind = |block: &Block| match &block.kind {
            Kind::Heading { .. } => "h".to_owned(),
            Kind::Grid(grid) => format!("g{}", grid.rows[0].len()),
            _ => "p".to_owned(),
        };
        assert_eq!(blocks.iter().map(kind).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_of_a_slide_stay_its_own() {
        // The marks of a slide have made columns already: its class has nothing more to say.
        let html = "<h2>a</h2><div class=\"columns\"><div>b</div><div>c</div></div>";
        let mut tree = tree(html).expect("shallow");
        tree.set_attribute(0, "class", "two-column with-code-bg-dark");
        let blocks = Converter::default().slide(tree.root(), false);
        assert!(matches!(&blocks[1].kind, Kind::Grid(grid) if grid.rows.len() == 1), "{blocks:?}");
    }

    #[test]
    fn only_what_stands_on_the_slide_stretches() {
        let stretches = |html: &str| {
            let tree = tree(html).expect("shallow");
            walk::stretches(&Converter::default().slide(tree.root(), false))
        };
        for html in [
            "<img class=\"r-stretch\">",
            "<p><img class=\"stretch\"></p>",
            "<p class=\"r-stretch\"><img></p>",
            "<video class=\"r-stretch\"></video>",
            "<pre class=\"r-stretch\"><code>a</code></pre>",
        ] {
            assert!(stretches(html), "{html}");
        }
        for html in
            ["<div><img class=\"r-stretch\"></div>", "<p><img></p>", "<p class=\"r-stretch\">words</p>"]
        {
            assert!(!stretches(html), "{html}");
        }
    }
}
