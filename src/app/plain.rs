//! A talk in words alone: each slide is printed below those before it, one for each key. Nothing is ever sent that moves the
//! cursor or has a colour: for screen readers, and for terminals that know no such thing.
//!
//! Keys go to the same [`Presenter`] as those of a talk on a screen; another is what is shown of it. The loop around it is
//! in `runtime/plain.rs`.

use crossterm::event::KeyEvent;

use crate::common::DeckResources;
use crate::deck::Deck;
use crate::export::{self, ExportFormat, ExportOptions, Steps, page};
use crate::layout::Stage;
use crate::present::{Action, Context, Effect, Extent, Presenter, keymap};
use crate::rehearsal::Now;
use crate::theme::Theme;

/// What is printed first, and for help.
const HELP: &str = "\
Space: the next slide. Backspace: the one before. g, G: the first, the last.
A number and Enter: that slide. s: its notes. q: leave.";

/// No clock is shown, and a number may be typed slowly: time stands still.
const NOW: Now = Now::ZERO;

/// What follows of a key.
pub(super) enum Reply {
    /// These words are printed; empty where there is nothing to print.
    Print(String),
    /// The terminal is given back until the speaker returns.
    Suspend,
    /// The talk is over.
    Quit,
}

/// A running talk in words.
pub(super) struct PlainTalk<'a> {
    deck: &'a Deck,
    files: DeckResources,
    presenter: Presenter,
}

impl<'a> PlainTalk<'a> {
    /// A talk that starts at `slide`, from 0. The text of pictures and of code is taken from `files`.
    pub(super) fn new(deck: &'a Deck, files: DeckResources, slide: usize) -> Self {
        Self { deck, files, presenter: Presenter::new(slide) }
    }

    /// Returns what is printed at the start, in lines of at most `columns`.
    pub(super) fn start(&self, columns: u16) -> [String; 2] {
        [HELP.to_owned(), self.words(false, columns)]
    }

    /// Does what a key means; what is printed has lines of at most `columns`.
    pub(super) fn press(&mut self, key: KeyEvent, columns: u16) -> Reply {
        let action = keymap::action(key, self.presenter.mode(NOW)).and_then(in_words);
        let words = action.map_or(Some(""), |action| self.end(action));
        let Some(action) = action.filter(|_| words.is_none()) else {
            self.presenter.drop_number();
            return Reply::Print(words.unwrap_or_default().to_owned());
        };
        let context = Context::new(self.deck, Extent::default());
        match self.presenter.apply(action, &context, NOW) {
            Effect::Draw | Effect::Repaint => Reply::Print(self.view(columns)),
            Effect::Say(words) => Reply::Print(words.to_owned()),
            Effect::Suspend => Reply::Suspend,
            Effect::Quit => Reply::Quit,
            _ => Reply::Print(String::new()),
        }
    }

    /// Returns what is printed where a step leads on from the last slide, or back from the first one; also in a deck whose
    /// last slide leads to its first.
    fn end(&self, action: Action) -> Option<&'static str> {
        let slide = self.presenter.position.slide;
        match action {
            Action::NextOrGo if self.presenter.number().is_some() => None,
            Action::Next | Action::NextOrGo | Action::NextSlide | Action::Down => {
                (slide + 1 == self.deck.count()).then_some("this is the last slide; q leaves")
            }
            Action::Previous | Action::PreviousSlide | Action::Up => {
                (slide == 0).then_some("this is the first slide")
            }
            _ => None,
        }
    }

    /// Returns what is printed of the talk as it is now. Help and notes are closed again: the slide is still above them.
    fn view(&mut self, columns: u16) -> String {
        if self.presenter.number().is_some() {
            return String::new();
        }
        match (self.presenter.overlay.take(), self.presenter.notes.take()) {
            (Some(_), _) => HELP.to_owned(),
            (None, Some(_)) => self.notes(columns),
            (None, None) => self.words(false, columns),
        }
    }

    fn notes(&self, columns: u16) -> String {
        let (words, all) = (self.words(false, columns), self.words(true, columns));
        let notes = all.strip_prefix(words.trim_end()).unwrap_or_default().trim();
        if notes.is_empty() { "no notes".to_owned() } else { notes.to_owned() }
    }

    /// Returns the words of the slide, and with `notes` its notes too.
    fn words(&self, notes: bool, columns: u16) -> String {
        let theme = Theme::terminal();
        let order = ExportOptions {
            deck: self.deck,
            slides: &[self.presenter.position.slide],
            steps: Steps::Last,
            stage: Stage::of(&self.deck.meta, page::USUAL, page::CELL),
            theme: &theme,
            notes,
            lang: None,
            date: None,
            width: usize::from(columns),
            shelf: &self.files,
            done: &|| (),
        };
        let mut words = Vec::new();
        // Writing to memory cannot fail.
        let _ = export::write(&order, ExportFormat::Text, &mut words);
        String::from_utf8_lossy(&words).into_owned()
    }
}

/// Returns what an action means in words: there is no prompt, and a stack is read slide by slide. None where the action needs
/// a screen.
fn in_words(action: Action) -> Option<Action> {
    match action {
        Action::Jump => Some(Action::First),
        Action::Below => Some(Action::NextSlide),
        Action::Above => Some(Action::PreviousSlide),
        Action::Digit(_)
        | Action::Notes
        | Action::Help
        | Action::Repaint
        | Action::Suspend
        | Action::Quit => Some(action),
        _ => action.is_step().then_some(action),
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;
    use crate::app::fixture;
    use crate::disk::DeckSource;

    /// Returns what is printed for each of the keys that are typed in a talk of the deck.
    fn printed(deck: &str, keys: &str) -> Vec<String> {
        let deck = fixture::deck(deck);
        let mut talk = PlainTalk::new(&deck, DeckResources::new(&DeckSource::Input, None, None), 0);
        let press = |letter| {
            let code = if letter == '\r' { KeyCode::Enter } else { KeyCode::Char(letter) };
            match talk.press(KeyEvent::new(code, KeyModifiers::NONE), 80) {
                Reply::Print(words) => words.lines().next().unwrap_or_default().to_owned(),
                Reply::Suspend => "suspended".to_owned(),
                Reply::Quit => "left".to_owned(),
            }
        };
        keys.chars().map(press).collect()
    }

    const DECK: &str = "# One\n\nNote: aloud\n\n---\n\n# Two\n\n---\n\n# Three\n";
    const ONE: &str = "── 1 · One ──";
    const TWO: &str = "── 2 · Two ──";
    const THREE: &str = "── 3 · Three ──";

    #[test]
    fn steps_print_slides_and_the_ends_are_named() {
        let (first, last) = ("this is the first slide", "this is the last slide; q leaves");
        assert_eq!(printed(DECK, " nl"), [TWO, THREE, last]);
        assert_eq!(printed(DECK, "p jk{}"), [first, TWO, THREE, TWO, ONE, TWO]);
        assert_eq!(printed(DECK, "GGgg"), [THREE, THREE, ONE, ONE]);
        assert_eq!(printed("---\nloop: true\n---\n# One\n", " p"), [last, first]);
    }

    #[test]
    fn a_number_is_typed_in_silence_and_dropped_by_any_other_key() {
        assert_eq!(printed(DECK, "3\r1G9\r"), ["", THREE, "", ONE, "", THREE]);
        assert_eq!(
            printed(DECK, "3 3%\r3t\r"),
            ["", TWO, "", "", THREE, "", "", "this is the last slide; q leaves"]
        );
        assert_eq!(printed(DECK, "2.1\r"), ["", "", "", TWO]);
    }

    #[test]
    fn notes_and_help_are_printed_as_often_as_they_are_asked_for() {
        let help = HELP.lines().next().unwrap();
        assert_eq!(printed(DECK, "ss? s"), ["Notes:", "Notes:", help, TWO, "no notes"]);
    }

    #[test]
    fn what_needs_a_screen_does_nothing() {
        assert_eq!(printed(DECK, "ofbwztPxXm!de").concat(), "");
        assert_eq!(printed(DECK, "b q"), ["", TWO, "left"]);
    }
}
