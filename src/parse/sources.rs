//! From the pieces of a deck's text to its slides: what each shows and what is for the speaker, which are left out,
//! and how they are numbered. Where a piece begins and ends was found before.

use super::notes::{NotesSplit, Opener};
use super::split::SplitSlide;
use super::visibility::Visibility;
use crate::deck::{SlideSource, address};
use crate::source::{Diagnostic, Rule};

/// A deck's text that has been split.
pub(super) struct SplitDeck<'a> {
    pub(super) text: &'a str,
    /// In bytes of the text.
    pub(super) pieces: Vec<SplitSlide>,
    /// What opens a slide's notes; the usual words once it proved too slow.
    pub(super) opener: Opener,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl SplitDeck<'_> {
    /// Returns the slides, at least one, and what was odd about them. Hidden ones are left out, but on request or where
    /// there is no other.
    pub(super) fn sources(mut self, show_hidden: bool) -> (Vec<SlideSource>, Vec<Diagnostic>) {
        let visible = self.visible(show_hidden);
        let mut slides: Vec<SlideSource> = Vec::with_capacity(visible.len());
        for (piece, visibility) in visible {
            let NotesSplit { slide, notes, again } = self.part(&piece);
            let number = slides.len() + 1;
            self.diagnostics.extend(again.map(|at| {
                let lines = self.text[piece.range.start..at].matches('\n').count();
                Diagnostic::of(
                    Rule::NotesDropped,
                    "notes are opened a second time on this slide; reveal.js would show them all",
                )
                .on_slide(number)
                .at_line(piece.line + lines)
                .hint("all from the first `Note:` on is for the speaker; take the later ones away")
            }));
            slides.push(SlideSource {
                range: slide,
                notes,
                line: piece.line,
                vertical: piece.vertical,
                uncounted: visibility == Visibility::Uncounted,
                ..SlideSource::default()
            });
        }
        address::assign(&mut slides);
        (slides, self.diagnostics)
    }

    /// Returns the pieces that are shown, none of them below a slide that it didn't hang below before.
    fn visible(&mut self, show_hidden: bool) -> Vec<(SplitSlide, Visibility)> {
        let told = Visibility::is_told_in(self.text);
        let seen = |piece: SplitSlide| {
            let visibility =
                if told { Visibility::of(&self.text[piece.range.clone()]) } else { Visibility::default() };
            (piece, visibility)
        };
        let all: Vec<_> = std::mem::take(&mut self.pieces).into_iter().map(seen).collect();
        let is_hidden = |(_, visibility): &(SplitSlide, Visibility)| *visibility == Visibility::Hidden;
        if show_hidden || !all.iter().any(is_hidden) {
            return all;
        }
        if all.iter().all(is_hidden) {
            self.diagnostics.push(
                Diagnostic::of(Rule::SlidesHidden, "every slide of the deck is hidden, so all are shown")
                    .at_line(all[0].0.line)
                    .hint("take `data-visibility=\"hidden\"` from the slides that are meant to be seen"),
            );
            return all;
        }
        // The slide on top of a stack is gone: the next one of the stack is its top.
        let mut headless = false;
        let mut shown = Vec::with_capacity(all.len());
        for (mut piece, visibility) in all {
            headless &= piece.vertical;
            if visibility == Visibility::Hidden {
                headless |= !piece.vertical;
            } else {
                piece.vertical &= !headless;
                headless = false;
                shown.push((piece, visibility));
            }
        }
        shown
    }

    /// Splits a slide from its notes. An opener that takes too long is reported once.
    fn part(&mut self, piece: &SplitSlide) -> NotesSplit {
        self.opener.part(self.text, piece.range.clone()).unwrap_or_else(|diagnostic| {
            self.diagnostics.push(diagnostic);
            self.opener = Opener::Word;
            self.part(piece)
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::deck::Deck;
    use crate::parse;
    use crate::source::Source;

    fn open(text: &str) -> Deck {
        parse::open(Source { text: text.to_owned(), diagnostics: Vec::new() }, None)
    }

    /// Returns the slides by their addresses, with their words.
    fn slides(deck: &Deck) -> Vec<String> {
        let slide = |index| {
            let (column, row) = deck.address(index);
            format!("{column}.{row} {}", deck.slide_text(index).lines().next().unwrap_or_default())
        };
        (0..deck.slides.len()).map(slide).collect()
    }

    const HIDDEN: &str = "<!-- .slide: data-visibility=\"hidden\" -->";
    const UNCOUNTED: &str = "<!-- .slide: data-visibility=\"uncounted\" -->";

    #[rstest]
    #[case::alone("A\n\n---\n\nB H\n\n---\n\nC", &["1.1 A", "2.1 C"])]
    #[case::top_of_a_stack("A\n\n---\n\nB H\n\n--\n\nC\n\n--\n\nD", &["1.1 A", "2.1 C", "2.2 D"])]
    #[case::two_on_top("A\n\n---\n\nB H\n\n--\n\nC H\n\n--\n\nD", &["1.1 A", "2.1 D"])]
    #[case::within("A\n\n---\n\nB\n\n--\n\nC H\n\n--\n\nD", &["1.1 A", "2.1 B", "2.2 D"])]
    #[case::whole_stack("A\n\n---\n\nB H\n\n--\n\nC H\n\n---\n\nD", &["1.1 A", "2.1 D"])]
    #[case::first("A H\n\n--\n\nB\n\n---\n\nC", &["1.1 B", "2.1 C"])]
    fn hidden_slides_are_left_out(#[case] text: &str, #[case] expected: &[&str]) {
        let deck = open(&text.replace('H', HIDDEN));
        assert_eq!(slides(&deck), expected);
        assert!(deck.diagnostics.is_empty());
    }

    #[test]
    fn hidden_slides_are_shown_where_the_front_matter_says_so() {
        let deck =
            open(&format!("---\nrevealOptions:\n  showHiddenSlides: true\n---\nA\n\n---\n\nB\n{HIDDEN}\n"));
        assert_eq!(slides(&deck), ["1.1 A", "2.1 B"]);
    }

    #[test]
    fn a_deck_of_hidden_slides_shows_them_and_says_so() {
        let deck = open(&format!("A\n{HIDDEN}\n\n---\n\nB\n{HIDDEN}\n"));
        assert_eq!(slides(&deck), ["1.1 A", "2.1 B"]);
        assert!(deck.diagnostics[0].message.contains("hidden") && deck.diagnostics[0].hint.is_some());
    }

    #[test]
    fn uncounted_slides_are_shown_without_a_number() {
        let deck = open(&format!("A\n\n---\n\nB\n{UNCOUNTED}\n\n---\n\nC"));
        let numbers: Vec<_> = (0..3).map(|index| deck.number(index)).collect();
        assert_eq!((numbers, deck.counted()), (vec![1, 1, 2], 2));
    }

    #[test]
    fn notes_are_no_part_of_their_slide() {
        let deck = open("---\ntitle: x\n---\n# A\n\nNote: b\n\n---\n\nNotes:\n\n---\n\nNote: c\n");
        assert_eq!(slides(&deck), ["1.1 # A", "2.1 ", "3.1 "]);
        assert_eq!([deck.notes_text(0), deck.notes_text(1), deck.notes_text(2)], ["b", "", "c"]);
        assert_eq!(deck.slides.iter().map(|slide| slide.line).collect::<Vec<_>>(), [4, 10, 14]);
        let slide = parse::slide(&deck, 0);
        assert_eq!((slide.blocks.len(), slide.notes.len()), (1, 1));
        assert!(deck.diagnostics.is_empty());
    }

    #[test]
    fn notes_that_are_opened_twice_are_told_of() {
        let deck = open("# A\n\n---\n\n# B\n\nNote: b\n\nNote: c\n");
        assert_eq!(deck.notes_text(1), "b\n\nNote: c");
        let told = &deck.diagnostics[0];
        assert_eq!((told.slide, told.line, deck.diagnostics.len()), (Some(2), Some(9), 1));
    }

    #[rstest]
    #[case::reveal_md("separator: <!--s-->\nverticalSeparator: <!--v-->\nnotesSeparator: '^Speaker:'")]
    #[case::mkslides(
        "slides:\n  separator: <!--s-->\n  separator_vertical: <!--v-->\n  separator_notes: '^speaker:'"
    )]
    #[case::mkslides_at_the_top(
        "separator: <!--s-->\nseparator_vertical: <!--v-->\nseparator_notes: 'Speaker:'"
    )]
    #[case::reveals_own(
        "revealOptions:\n  markdown:\n    separator: <!--s-->\n    verticalSeparator: <!--v-->\n    notesSeparator: '^speaker:'"
    )]
    fn front_matter_gives_separators(#[case] yaml: &str) {
        let deck = open(&format!("---\n{yaml}\n---\nA<!--s-->B\n\n---\n\nNote: b<!--v-->C\nSpeaker: c"));
        assert_eq!(slides(&deck), ["1.1 A", "2.1 B", "2.2 C"]);
        assert_eq!((deck.notes_text(1), deck.notes_text(2)), ("", "c"));
    }

    #[test]
    fn a_bad_separator_is_told_and_the_others_count() {
        let deck = open(
            "---\nseparator: '('\nverticalSeparator: ==\nnotesSeparator: '['\n---\nA\n\n---\n\nB==C\nNote: c",
        );
        assert_eq!(slides(&deck), ["1.1 A", "2.1 B", "2.2 C"]);
        assert_eq!((deck.diagnostics.len(), deck.notes_text(2)), (2, "c"));
    }

    #[test]
    fn a_notes_separator_that_takes_too_long_is_told_of_once() {
        let slow = "A\n\nNote: a".replace('A', &format!("A {}!", "a".repeat(60)));
        let deck = open(&format!("---\nnotesSeparator: (?=x|a)(a+)+\\1$\n---\n{slow}\n\n---\n\n{slow}"));
        assert_eq!((deck.diagnostics.len(), deck.notes_text(0), deck.notes_text(1)), (1, "a", "a"));
    }
}
