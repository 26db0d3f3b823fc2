//! Links within a deck that lead nowhere. Links to elsewhere are not followed.

use std::collections::HashSet;

use crate::deck::{Deck, Slide, walk};
use crate::source::{Diagnostic, Rule, SourceRange};

/// The links of a deck, and the names that they may lead to.
#[derive(Default)]
pub(super) struct Links {
    names: HashSet<String>,
    links: Vec<LinkInDeck>,
}

/// A link to elsewhere in the deck.
struct LinkInDeck {
    /// The slide on which it stands, from 0.
    slide: usize,
    url: String,
    /// Where that is written.
    range: SourceRange,
}

impl Links {
    /// Adds those of the slide at `index`.
    pub(super) fn add(&mut self, index: usize, slide: &Slide) {
        self.names.extend(slide.attributes.id.clone());
        for (url, range) in walk::link_ranges(&slide.blocks) {
            // What is written nowhere was made on the way, as the links of footnotes are.
            if url.starts_with('#') && range.is_known() {
                self.links.push(LinkInDeck { slide: index, url, range });
            }
        }
    }

    /// Returns the links that lead nowhere.
    pub(super) fn dead(&self, deck: &Deck) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for links in self.links.chunk_by(|one, other| one.slide == other.slide) {
            let dead = links.iter().filter(|link| !self.leads(deck, &link.url));
            let mut told: Vec<Diagnostic> = dead.map(|link| dead_link(&link.url).about(link.range)).collect();
            deck.place(links[0].slide, &mut told);
            all.append(&mut told);
        }
        all
    }

    fn leads(&self, deck: &Deck, url: &str) -> bool {
        let name = url.trim_start_matches('#').trim_start_matches('/');
        let mut parts = name.split('/');
        let first = parts.next().unwrap_or_default();
        match first.parse::<usize>() {
            Ok(column) => {
                let row = parts.next().and_then(|row| row.parse::<usize>().ok()).unwrap_or(0);
                deck.at(column.saturating_add(1), row.saturating_add(1)).is_some()
            }
            Err(_) => first.is_empty() || self.names.contains(first),
        }
    }
}

fn dead_link(url: &str) -> Diagnostic {
    let name = url.trim_start_matches(['#', '/']);
    let hint =
        format!("name the slide: `<!-- .slide: id=\"{name}\" -->`; or count from 0: `#/2` is the third");
    Diagnostic::of(Rule::LinkDead, format!("`{url}` leads to no slide")).hint(hint)
}
