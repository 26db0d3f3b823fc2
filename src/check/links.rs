//! Links within a deck that lead nowhere. Links to elsewhere are not followed.

use std::collections::HashSet;

use crate::deck::{Deck, Slide, walk};
use crate::parse::Search;
use crate::source::{Diagnostic, Passage, Rule};

/// The links of a deck, and the names that they may lead to.
#[derive(Default)]
pub(super) struct Links {
    names: HashSet<String>,
    /// The slide on which each link stands, and where it leads.
    links: Vec<(usize, String)>,
}

impl Links {
    /// Adds those of the slide at `index`.
    pub(super) fn add(&mut self, index: usize, slide: &Slide) {
        self.names.extend(slide.attributes.id.clone());
        let links = walk::links(&slide.blocks).into_iter().map(|(_, url)| url);
        self.links.extend(links.filter(|url| url.starts_with('#')).map(|url| (index, url)));
    }

    /// Returns the links that lead nowhere.
    pub(super) fn dead(&self, deck: &Deck) -> Vec<Diagnostic> {
        let mut searches: Option<(usize, Search<'_>)> = None;
        let mut all = Vec::new();
        for (index, url) in self.links.iter().filter(|(_, url)| !self.leads(deck, url)) {
            if searches.as_ref().is_none_or(|(of, _)| of != index) {
                searches = Some((*index, Search::new(deck.source(*index))));
            }
            let Some((_, search)) = &mut searches else { continue };
            let text = deck.source(*index);
            // What stands nowhere as a link was made on the way, as those of footnotes are.
            let Some(range) = link(text, url, search) else { continue };
            let line = deck.slides.get(*index).map_or(1, |source| source.line);
            let told = Diagnostic::of(Rule::LinkDead, format!("`{url}` leads to no slide"));
            let name = url.trim_start_matches(['#', '/']);
            let hint = format!(
                "name the slide: `<!-- .slide: id=\"{name}\" -->`; or count from 0: `#/2` is the third"
            );
            all.push(told.on_slide(index + 1).at(Passage::of(text, range, line)).hint(hint));
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

/// Returns where `url` stands as a link.
fn link(text: &str, url: &str, search: &mut Search<'_>) -> Option<std::ops::Range<usize>> {
    loop {
        let found = search.next(url, None)?;
        let before = &text[..found.start];
        if before.ends_with(['(', '"', '\'', '=', '<']) || before.ends_with("]: ") {
            return Some(found);
        }
    }
}
