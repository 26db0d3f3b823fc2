//! Blocks and items over columns that are about equally high. How high they become is only guessed here.

use super::super::style::Display;
use crate::deck::{Block, Grid, GridCell, Kind, List, walk};

/// A picture counts as so many rows, where columns are made equally high.
const PICTURE_ROWS: usize = 10;
/// A line of text in a column counts as so many letters.
const LETTERS: usize = 40;

/// Returns a list; over several columns where CSS asks for them.
pub(super) fn list(list: List, display: &Display) -> Kind {
    let &Display::Spread(count) = display else { return Kind::List(list) };
    let heights: Vec<usize> = list.items.iter().map(|item| item.blocks.iter().map(height).sum()).collect();
    let lengths = balanced(&heights, count);
    if lengths.len() < 2 {
        return Kind::List(list);
    }
    let mut items = list.items.into_iter();
    let mut before = 0;
    let column = |length: usize| {
        let start = list.start.map(|start| start.saturating_add(before));
        before += length as u64;
        let part = List { start, items: items.by_ref().take(length).collect(), ..list };
        GridCell { blocks: vec![Block::new(Kind::List(part))], width: None, span: 1 }
    };
    let row = lengths.into_iter().map(column).collect();
    Kind::Grid(Grid { rows: vec![row], ..Grid::default() })
}

/// Returns blocks over so many columns, in order, about equally high; as they are where there is but one.
pub(super) fn spread(blocks: Vec<Block>, count: usize) -> Kind {
    // A heading stays with what it is over.
    let mut parts: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        match parts.last_mut().filter(|part| block.joined || part.last().is_some_and(Block::is_heading)) {
            Some(part) => part.push(block),
            None => parts.push(vec![block]),
        }
    }
    let heights: Vec<usize> = parts.iter().map(|part| part.iter().map(height).sum()).collect();
    let lengths = balanced(&heights, count);
    if lengths.len() < 2 {
        return Kind::Group(parts.into_iter().flatten().collect());
    }
    let mut parts = parts.into_iter();
    let column = |length: usize| GridCell {
        blocks: parts.by_ref().take(length).flatten().collect(),
        width: None,
        span: 1,
    };
    let row = lengths.into_iter().map(column).collect();
    Kind::Grid(Grid { rows: vec![row], ..Grid::default() })
}

/// Returns how many of the parts each of at most `count` columns gets, so that the highest column is as low as can be.
fn balanced(heights: &[usize], count: usize) -> Vec<usize> {
    let columns = |limit: usize| {
        let mut lengths = Vec::new();
        let (mut length, mut filled) = (0, 0);
        for height in heights {
            if length > 0 && filled + height > limit {
                lengths.push(std::mem::take(&mut length));
                filled = 0;
            }
            length += 1;
            filled += height;
        }
        lengths.extend((length > 0).then_some(length));
        lengths
    };
    let (mut low, mut high) = (0, heights.iter().sum::<usize>());
    while low < high {
        let middle = usize::midpoint(low, high);
        if columns(middle).len() <= count { high = middle } else { low = middle + 1 }
    }
    columns(high)
}

/// Returns about how many rows a block takes in a column.
fn height(block: &Block) -> usize {
    let mut rows = 0;
    walk::each(std::slice::from_ref(block), &mut |block| {
        rows += match &block.kind {
            Kind::Pictures(_) | Kind::Placeholder { .. } => PICTURE_ROWS,
            Kind::Code(code) => code.text.lines().count() + 3,
            Kind::Table(table) => table.rows.len() + 3,
            Kind::Group(_) | Kind::Grid(_) | Kind::Stack(_) | Kind::List(_) | Kind::Quote(_) => 0,
            _ => walk::own_length(block) / LETTERS + 1,
        };
    });
    rows.max(1) + usize::from(!block.joined)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn columns_are_balanced(heights in proptest::collection::vec(1_usize..30, 1..40), count in 1_usize..6) {
            let lengths = balanced(&heights, count);
            prop_assert!(lengths.len() <= count && lengths.iter().all(|&length| length > 0));
            prop_assert_eq!(lengths.iter().sum::<usize>(), heights.len());
            let mut rest = heights.as_slice();
            let highest = lengths.iter().map(|&length| {
                let (column, after) = rest.split_at(length);
                rest = after;
                column.iter().sum::<usize>()
            });
            let fair = heights.iter().sum::<usize>() / count + heights.iter().max().expect("one");
            prop_assert!(highest.max() <= Some(fair));
        }
    }
}
