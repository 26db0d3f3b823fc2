//! What lies over the slide: which it is, what is chosen in it, and what each action does to it.

use super::Action;
use super::number::numbered;
use crate::deck::Deck;

/// What lies over the slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// The keys, from the given line.
    Help {
        /// The first line shown.
        scroll: usize,
    },
    /// All slides by title.
    Outline {
        /// The slide that is chosen, from 0.
        selected: usize,
    },
    /// The links of the slide.
    Links {
        /// The link that is chosen, from 0.
        selected: usize,
    },
    /// What could not be shown as written.
    Diagnostics {
        /// The message that is chosen, from 0.
        selected: usize,
    },
    /// Whether to start over.
    StartOver,
    /// What to do with a run that has come to its end.
    End {
        /// What is chosen; see [`END`].
        selected: usize,
    },
    /// A number or a part of a title is being typed.
    Jump {
        /// What has been typed.
        typed: String,
    },
}

/// What can be done with a run that has come to its end.
pub const END: [&str; 3] = ["keep this run, and leave", "discard this run, and leave", "go on with the talk"];

impl Overlay {
    /// Returns whether it is an empty prompt: the next `g` or erasing closes it.
    pub(super) fn is_empty_prompt(&self) -> bool {
        matches!(self, Self::Jump { typed } if typed.is_empty())
    }

    /// Returns whether the key that opens it closes it again.
    pub(super) fn is_toggled_by(&self, action: Action) -> bool {
        matches!(
            (self, action),
            (Self::Help { .. }, Action::Help)
                | (Self::Outline { .. }, Action::Outline)
                | (Self::Links { .. }, Action::Links)
                | (Self::Diagnostics { .. }, Action::Diagnostics)
        )
    }

    /// Does what `action` means to what is typed or selected; the list has `lines` lines. Returns whether it means
    /// something.
    pub(super) fn apply(&mut self, action: Action, lines: usize) -> bool {
        match (action, &mut *self) {
            (Action::Type(letter), Self::Jump { typed }) => typed.push(letter),
            (Action::Erase, Self::Jump { typed }) => drop(typed.pop()),
            (Action::Type(_) | Action::Erase, _) => {}
            (Action::Down, _) => self.select(lines, |selected| selected + 1),
            (Action::Up, _) => self.select(lines, |selected| selected.saturating_sub(1)),
            (Action::Next, _) => self.select(lines, |selected| selected + 10),
            (Action::Previous, _) => self.select(lines, |selected| selected.saturating_sub(10)),
            (Action::First, _) => self.select(lines, |_| 0),
            (Action::Last | Action::LastOrGo, _) => self.select(lines, |_| usize::MAX),
            _ => return false,
        }
        true
    }

    /// Selects another line, within the `lines` that its list has.
    pub(super) fn select(&mut self, lines: usize, change: impl FnOnce(usize) -> usize) {
        let (selected, lines) = match self {
            Self::Help { scroll: selected }
            | Self::Outline { selected }
            | Self::Links { selected }
            | Self::Diagnostics { selected } => (selected, lines),
            Self::End { selected } => (selected, END.len()),
            Self::Jump { .. } | Self::StartOver => return,
        };
        *selected = change(*selected).min(lines.saturating_sub(1));
    }
}

/// Returns the slide, from 0, that was typed into the prompt: a number, `7.2`, or a part of a title in any case.
/// `title` returns the title of a slide, empty where it has none.
pub fn jump_target(typed: &str, deck: &Deck, title: impl Fn(usize) -> String) -> Option<usize> {
    let typed = typed.trim().to_lowercase();
    if let Some(slide) = numbered(&typed, deck) {
        return Some(slide);
    }
    if typed.is_empty() {
        return None;
    }
    (0..deck.count()).find(|&slide| title(slide).to_lowercase().contains(&typed))
}
