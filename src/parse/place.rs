//! Where in the deck's text the words of a diagnostic stand. What is wrong with them was found before.

use std::collections::HashMap;
use std::ops::Range;

use super::split::{Protected, covers};
use crate::deck::Deck;
use crate::source::{Diagnostic, Passage, Rule};

/// On a slide that has more to tell than any person wrote, the others are told of at the slide's first line.
const MOST: usize = 200;

/// Tells of each diagnostic that it is about the slide at `index` of `deck`, and where on it: by the words that it is
/// about, the second one that is about the same words at their second place; else at the slide's first line.
pub fn place(deck: &Deck, index: usize, diagnostics: &mut [Diagnostic]) {
    if diagnostics.is_empty() {
        return;
    }
    let text = deck.source(index);
    let line = deck.slides.get(index).map_or(1, |source| source.line);
    let mut search = Search::new(text);
    for (nth, diagnostic) in diagnostics.iter_mut().enumerate() {
        diagnostic.slide = Some(index + 1);
        if diagnostic.columns.is_some() {
            continue;
        }
        let words = diagnostic.words.clone().filter(|_| nth < MOST);
        let found = words.and_then(|words| search.next(&words, diagnostic.rule));
        match found {
            Some(range) => {
                let passage = Passage::of(text, range, line);
                (diagnostic.line, diagnostic.columns) = (Some(passage.line), Some(passage.columns));
            }
            None => diagnostic.line = Some(diagnostic.line.unwrap_or(line)),
        }
    }
}

/// Seeks words in a slide's source, each time from where the same ones were found before.
pub struct Search<'a> {
    text: &'a str,
    hidden: Option<Vec<Range<usize>>>,
    known: HashMap<String, Known>,
}

/// What is known of words that were sought before.
#[derive(Default)]
struct Known {
    /// Where to go on.
    from: usize,
    /// Whether they stand in code and comments only.
    hidden: bool,
}

impl<'a> Search<'a> {
    /// Seeks in `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, hidden: None, known: HashMap::new() }
    }

    /// Returns where `words` stand the next time as something that `rule` is about.
    pub fn next(&mut self, words: &str, rule: Option<Rule>) -> Option<Range<usize>> {
        spellings(words, rule).into_iter().find_map(|(written, shown)| {
            let found = self.written(&written)?;
            Some(found.end - shown..found.end)
        })
    }

    /// Returns the next place of letters that are no part of a longer word: not in code or comments, but where they stand
    /// nowhere else.
    fn written(&mut self, written: &str) -> Option<Range<usize>> {
        let known = self.known.entry(written.to_owned()).or_default();
        if known.from == 0 && !known.hidden {
            let hidden = self.hidden.get_or_insert_with(|| Protected::of(self.text).hidden);
            known.hidden = !places(self.text, written, 0).any(|at| !covers(hidden, at));
        }
        let hidden = self.hidden.as_deref().filter(|_| !known.hidden).unwrap_or_default();
        let found = places(self.text, written, known.from).find(|&at| !covers(hidden, at));
        known.from = found.map_or(self.text.len(), |at| at + written.len());
        found.map(|at| at..known.from)
    }
}

/// Returns where letters that are no part of a longer word stand from a byte on.
fn places(text: &str, written: &str, from: usize) -> impl Iterator<Item = usize> {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '/' | '.');
    // A mark before the words tells that they are all of a name.
    let is_name = !written.starts_with(is_word);
    text[from..].match_indices(written).map(move |(at, _)| from + at).filter(move |&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + written.len()..].chars().next();
        let goes_on = |letter: char| if is_name { is_word(letter) } else { letter.is_alphanumeric() };
        (is_name || !before.is_some_and(is_word)) && !after.is_some_and(goes_on)
    })
}

/// Returns how `words` may be written where a rule is about them, and how many bytes at the end of that are shown.
fn spellings(words: &str, rule: Option<Rule>) -> Vec<(String, usize)> {
    let whole = |written: String| {
        let length = written.len();
        (written, length)
    };
    match rule {
        _ if words.is_empty() => Vec::new(),
        Some(Rule::LanguageUnknown | Rule::ShownAsSource) => {
            let marks = ["```", "``` ", "~~~", "~~~ ", "```{", "``` {", "class=\"", "language-"];
            marks.into_iter().map(|mark| (format!("{mark}{words}"), words.len())).collect()
        }
        // The tree has the words as a browser reads them.
        _ => {
            let mut all = vec![words.to_owned()];
            all.push(words.replace('&', "&amp;"));
            all.push(words.replace("%20", " "));
            all.dedup();
            all.into_iter().map(whole).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::twice("![](a.png) ![](a.png)", "a.png", None, &[Some(4), Some(15), None])]
    #[case::part_of_a_longer_word("data.png x/a.png (a.png)", "a.png", None, &[Some(18), None])]
    #[case::not_in_code("```\n![](a.png)\n```\n![](a.png)", "a.png", None, &[Some(23), None])]
    #[case::in_comments_only("<!-- a.png a.png -->", "a.png", None, &[Some(5), Some(11), None])]
    #[case::entity("<img src=\"a?b&amp;c\">", "a?b&c", None, &[Some(10)])]
    #[case::language("yalm\n\n```yalm\n```", "yalm", Some(Rule::LanguageUnknown), &[Some(9), None])]
    #[case::nothing("a", "", None, &[None])]
    fn words_are_found_one_after_the_other(
        #[case] text: &str,
        #[case] words: &str,
        #[case] rule: Option<Rule>,
        #[case] expected: &[Option<usize>],
    ) {
        let mut search = Search::new(text);
        for place in expected {
            assert_eq!(search.next(words, rule).map(|found| found.start), *place);
        }
    }
}
