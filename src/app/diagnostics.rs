//! The log of what could not be shown as written, slide by slide.

use std::collections::BTreeMap;

use crate::deck::{Deck, Revision};
use crate::source::Diagnostic;

/// What was said of slides so far. A message is kept once for each slide.
#[derive(Default)]
pub(super) struct DiagnosticLog {
    by_slide: BTreeMap<usize, Vec<Diagnostic>>,
    /// How many slides, from the first, were laid out for what there is to say of them.
    surveyed: usize,
}

impl DiagnosticLog {
    /// Adds what was said of slides, each by its index.
    pub(super) fn add(&mut self, found: impl IntoIterator<Item = (usize, Diagnostic)>) {
        for (slide, diagnostic) in found {
            let known = self.by_slide.entry(slide).or_default();
            if known.iter().all(|other| other.message != diagnostic.message) {
                known.push(diagnostic);
            }
        }
    }

    /// Returns what was said so far, slide by slide: while the deck was read first, then while it was laid out.
    pub(super) fn all<'a>(&'a self, deck: &'a Deck) -> Vec<&'a Diagnostic> {
        let mut all: Vec<_> = deck.diagnostics.iter().chain(self.by_slide.values().flatten()).collect();
        all.sort_by_key(|diagnostic| diagnostic.slide);
        all
    }

    /// Returns whether anything was said of a slide.
    pub(super) fn has(&self, slide: usize) -> bool {
        self.by_slide.contains_key(&slide)
    }

    /// Takes back a message, of whichever slide it was said.
    pub(super) fn retract(&mut self, message: &str) {
        for known in self.by_slide.values_mut() {
            known.retain(|diagnostic| diagnostic.message != message);
        }
    }

    /// Forgets what was said of a slide, and returns whether anything was.
    pub(super) fn forget_slide(&mut self, slide: usize) -> bool {
        self.by_slide.remove(&slide).is_some()
    }

    /// Forgets all that was said.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Takes the change of the deck: what was said of slides that have stayed goes with them, and all are to be surveyed
    /// again.
    pub(super) fn moved(&mut self, revision: &Revision) {
        let before = std::mem::take(self);
        if revision.keeps_meta() {
            let said = before.by_slide.into_iter();
            let said = said.flat_map(|(slide, all)| all.into_iter().map(move |one| (slide, one)));
            self.add(said.filter_map(|(slide, one)| revision.moved(slide, one)));
        }
    }

    /// Returns the next slide of `count` to lay out for what there is to say of it; none where all have been.
    pub(super) fn next_to_survey(&self, count: usize) -> Option<usize> {
        Some(self.surveyed).filter(|&next| next < count)
    }

    /// Takes note that the next slide to survey has been laid out.
    pub(super) fn surveyed(&mut self) {
        self.surveyed += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, source};

    fn deck(text: &str) -> Deck {
        parse::open(source::decode(text.as_bytes()).expect("it is text"), None)
    }

    fn said(slide: usize, message: &str) -> (usize, Diagnostic) {
        (slide, Diagnostic::new(message).on_slide(slide + 1).at_line(4 * slide + 1))
    }

    fn messages(log: &DiagnosticLog, deck: &Deck) -> Vec<(usize, String)> {
        let all = log.all(deck).into_iter();
        all.map(|one| (one.slide.unwrap_or_default(), one.message.clone())).collect()
    }

    #[test]
    fn a_message_is_kept_once_for_each_slide_in_their_order() {
        let (mut log, deck) = (DiagnosticLog::default(), deck("# A\n\n---\n\n# B"));
        log.add([said(1, "b"), said(0, "a"), said(1, "b"), said(1, "a")]);
        let own = |slide, message: &str| (slide, message.to_owned());
        assert_eq!(messages(&log, &deck), [own(1, "a"), own(2, "b"), own(2, "a")]);
        log.retract("a");
        assert_eq!(messages(&log, &deck), [own(2, "b")]);
        assert!(log.forget_slide(1) && !log.forget_slide(1));
        assert!(!log.has(1) && messages(&log, &deck).is_empty());
    }

    #[test]
    fn what_was_read_of_a_slide_stands_before_what_was_laid_out() {
        let mut deck = deck("# A\n\n---\n\n# B");
        deck.diagnostics = vec![Diagnostic::new("read").on_slide(2), Diagnostic::new("front")];
        let mut log = DiagnosticLog::default();
        log.add([said(0, "a"), said(1, "b")]);
        let all: Vec<_> = messages(&log, &deck).into_iter().map(|(_, message)| message).collect();
        assert_eq!(all, ["front", "a", "read", "b"]);
    }

    #[test]
    fn messages_go_with_their_slides_unless_the_front_matter_has_changed() {
        let (old, new) = (deck("# A\n\n---\n\n# B"), deck("# New\n\n---\n\n# A\n\n---\n\n# C"));
        let mut log = DiagnosticLog::default();
        log.add([said(0, "a"), said(1, "b")]);
        log.surveyed();
        log.moved(&Revision::between(&old, &new));
        assert_eq!(log.all(&new), [&said(1, "a").1]);
        assert_eq!(log.next_to_survey(3), Some(0));
        log.moved(&Revision::between(&new, &deck("---\ncenter: false\n---\n\n# A")));
        assert!(log.all(&new).is_empty());
    }

    #[test]
    fn slides_are_surveyed_one_after_the_other() {
        let mut log = DiagnosticLog::default();
        assert_eq!(log.next_to_survey(2), Some(0));
        log.surveyed();
        assert_eq!(log.next_to_survey(2), Some(1));
        log.surveyed();
        assert_eq!(log.next_to_survey(2), None);
        log.forget();
        assert_eq!(log.next_to_survey(2), Some(0));
    }
}
