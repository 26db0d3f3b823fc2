//! Blocks in the making, from top to bottom: where a paragraph ends, what shares a line with what, and what stands beside
//! what floats. What a tag means is not known here.

use super::super::html::{Data, Node};
use super::inline::Paragraph;
use crate::deck::{Align, Block, BoxStyle, Grid, GridCell, Kind, Length, Picture, walk};
use crate::source::SourceRange;

/// So many letters beside a picture in its paragraph are a caption.
const LONGEST_CAPTION: usize = 40;

/// Blocks in the making: finished ones, and the paragraph that is still being written.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) open: Paragraph,
    /// Where the paragraph's first words are written.
    start: SourceRange,
    /// A picture has come since the last words of the open paragraph, so the next one stands beside it.
    pub(super) beside: bool,
    /// The last block is a part of the paragraph that is still being written.
    goes_on: bool,
    pub(super) align: Option<Align>,
    /// The block, by its place, that text stands beside, and on which side it floats.
    pub(super) float: Option<(usize, Align, Option<Length>)>,
}

impl Flow {
    pub(super) fn new(align: Option<Align>) -> Self {
        Self { align, ..Self::default() }
    }

    pub(super) fn push(&mut self, kind: Kind) {
        let block = Block { align: self.align, ..Block::new(kind) };
        self.push_block(block);
    }

    pub(super) fn push_block(&mut self, block: Block) {
        self.end_paragraph();
        self.blocks.push(block);
    }

    pub(super) fn end_paragraph(&mut self) {
        self.flush();
        self.goes_on = false;
    }

    /// Remembers where the open paragraph begins, where `node` is what begins it.
    pub(super) fn begin(&mut self, node: Node<'_>) {
        if !self.open.is_empty() {
            return;
        }
        match node.data() {
            Data::Text(text) if !text.trim().is_empty() => {
                self.start = node.letters_source(text.len() - text.trim_start().len()..text.len());
            }
            Data::Element(..) => self.start = node.source(),
            _ => {}
        }
    }

    /// Remembers that the blocks from `first` on come from `node`, but those of which more is known.
    pub(super) fn place(&mut self, first: usize, node: Node<'_>) {
        for block in self.blocks.iter_mut().skip(first).filter(|block| !block.range.is_known()) {
            block.range = node.source();
        }
    }

    /// Makes a block of the words that are waiting.
    fn flush(&mut self) {
        let inlines = std::mem::take(&mut self.open).finish();
        if !inlines.is_empty() {
            self.push_part(Kind::Paragraph(inlines));
        }
        self.beside = false;
    }

    /// Adds a part of the paragraph that is being written: text, or a picture in it.
    fn push_part(&mut self, kind: Kind) {
        let joined = std::mem::replace(&mut self.goes_on, true);
        let below = joined && self.blocks.last().is_some_and(|last| matches!(last.kind, Kind::Pictures(_)));
        let align = self.align.or((below && is_caption(&kind)).then_some(Align::Center));
        let range = match &kind {
            Kind::Pictures(pictures) => pictures.first().map_or(self.start, |picture| picture.ranges.whole),
            _ => self.start,
        };
        self.blocks.push(Block { align, joined, range, ..Block::new(kind) });
    }

    /// A picture ends the text before it; pictures with nothing between them share a line.
    pub(super) fn push_picture(&mut self, picture: Picture) {
        if self.beside
            && self.open.is_blank()
            && let Some(Block { kind: Kind::Pictures(pictures), .. }) = self.blocks.last_mut()
        {
            pictures.push(picture);
            return;
        }
        self.flush();
        self.center_words();
        self.push_part(Kind::Pictures(vec![picture]));
        self.beside = true;
    }

    /// A few words above a picture, in its own paragraph, stand in the middle as it does.
    fn center_words(&mut self) {
        if let Some(words) = self.blocks.last_mut().filter(|words| self.goes_on && is_caption(&words.kind)) {
            words.align = words.align.or(Some(Align::Center));
        }
    }

    /// Draws a box around the blocks from `first` on, where there is one to draw and something to put into it.
    pub(super) fn surround(&mut self, first: usize, style: Option<Box<BoxStyle>>) {
        if style.is_some() && first < self.blocks.len() {
            let blocks = self.blocks.split_off(first);
            self.blocks.push(Block { align: self.align, style, ..Block::new(Kind::Group(blocks)) });
        }
    }

    /// Lets the last block take the height that the slide leaves, where it is one from `first` on.
    pub(super) fn stretch(&mut self, first: usize, stretch: bool) {
        if let Some(block) = self.blocks[first..].last_mut().filter(|_| stretch) {
            block.style.get_or_insert_default().stretch = true;
        }
    }

    /// Sets the text of the blocks from `first` on in letters as large as fit.
    pub(super) fn fit(&mut self, first: usize) {
        for block in &mut self.blocks[first..] {
            if matches!(block.kind, Kind::Paragraph(_) | Kind::Heading { .. }) {
                block.style.get_or_insert_default().fit = true;
            }
        }
    }

    /// Returns the blocks; those behind a floating one stand beside it, in a grid of two columns.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        let Some((place, side, width)) = self.float else { return self.blocks };
        let mut rest = self.blocks.split_off(place.min(self.blocks.len()));
        if rest.len() < 2 {
            self.blocks.append(&mut rest);
            return self.blocks;
        }
        let text = cell(rest.split_off(1), None);
        let floating = cell(rest, width.filter(|width| matches!(width, Length::Percent(_))));
        let row = if side == Align::Right { vec![text, floating] } else { vec![floating, text] };
        self.blocks.push(Block::new(Kind::Grid(Grid { rows: vec![row], ..Grid::default() })));
        self.blocks
    }
}

/// Returns whether these are few enough words to be a picture's caption, and no text of their own.
fn is_caption(kind: &Kind) -> bool {
    matches!(kind, Kind::Paragraph(inlines) if walk::plain(inlines).chars().count() <= LONGEST_CAPTION)
}

pub(super) fn cell(blocks: Vec<Block>, width: Option<Length>) -> GridCell {
    GridCell { blocks, width, span: 1 }
}
