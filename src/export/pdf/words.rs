//! What the slide's tree knows of the words on its pages: which are headings, and what is written in big letters, which are
//! drawn as blocks and could not be found by search.

use std::collections::VecDeque;

use crate::deck::{Kind, Slide, walk};

/// The headings and paragraphs of a slide.
pub(super) struct Words {
    headings: Vec<(u8, String)>,
    /// What may stand there in big letters, in reading order.
    lines: VecDeque<String>,
}

impl Words {
    pub(super) fn of(slide: &Slide) -> Self {
        let (mut headings, mut lines) = (Vec::new(), VecDeque::new());
        walk::each(&slide.blocks, &mut |block| match &block.kind {
            Kind::Heading { level, inlines } => {
                headings.push((*level, squeezed(&walk::plain(inlines))));
                lines.push_back(walk::plain(inlines).replace('\n', " "));
            }
            Kind::Paragraph(inlines) => lines.push_back(walk::plain(inlines).replace('\n', " ")),
            _ => {}
        });
        lines.retain(|line| !line.trim().is_empty());
        Self { headings, lines }
    }

    /// Returns the level of the heading that these words are.
    pub(super) fn level(&self, words: &str) -> Option<u8> {
        let words = squeezed(words);
        self.headings.iter().find(|(_, heading)| *heading == words).map(|(level, _)| *level)
    }

    /// Returns the next words that stand nowhere on a page in letters, whose words are `page`.
    pub(super) fn next_big(&mut self, page: &str) -> Option<String> {
        let page = squeezed(page);
        while let Some(line) = self.lines.pop_front() {
            if !page.contains(&squeezed(&line)) {
                return Some(line);
            }
        }
        None
    }
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_whitespace()).collect()
}
