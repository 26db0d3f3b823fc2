//! What a guest has still to be told, bounded by what it is: of old news only the newest counts. How it is sent is not
//! known here.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use crate::protocol::Line;

/// How many lines of each kind wait, in the order in which they are sent: which talk it is, what is refused, the deck, what the
/// speaker is told, the state. Of one that is full, the oldest goes.
const ROOM: [usize; 5] = [1, 8, 1, 8, 1];

/// A line for any number of guests.
#[derive(Clone)]
pub(super) struct Letter {
    kind: usize,
    line: Arc<Line>,
    text: Arc<OnceLock<String>>,
}

impl Letter {
    pub(super) fn of(line: Line) -> Self {
        let kind = match &line {
            Line::Hello(_) => 0,
            Line::Error(_) => 1,
            Line::Deck(_) => 2,
            Line::Told(_) => 3,
            Line::State(_) => 4,
        };
        Self { kind, line: Arc::new(line), text: Arc::default() }
    }

    /// Returns the line as it is sent. It is written once for all, by the thread of whoever hears it first: a deck may be
    /// long, and the talk does not wait for that.
    pub(super) fn text(&self) -> &str {
        self.text.get_or_init(|| self.line.written())
    }
}

/// The lines that wait for a guest.
#[derive(Default)]
pub(super) struct Mail {
    waiting: [VecDeque<Letter>; ROOM.len()],
}

impl Mail {
    pub(super) fn put(&mut self, letter: Letter) {
        let waiting = &mut self.waiting[letter.kind];
        if waiting.len() == ROOM[letter.kind] {
            waiting.pop_front();
        }
        waiting.push_back(letter);
    }

    /// Returns what is sent next.
    pub(super) fn next(&mut self) -> Option<Letter> {
        self.waiting.iter_mut().find_map(VecDeque::pop_front)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Refusal, Script, State};

    #[test]
    fn however_much_is_said_only_the_newest_of_it_waits() {
        let mut mail = Mail::default();
        for nth in 0..100 {
            let title = nth.to_string();
            mail.put(Letter::of(Line::State(Box::new(State { title: title.clone(), ..State::default() }))));
            mail.put(Letter::of(Line::Told(title.clone())));
            mail.put(Letter::of(Line::Deck(Script { text: title.clone(), ..Script::default() })));
            mail.put(Letter::of(Line::Error(Refusal { message: title, hint: None })));
        }
        let read = |letter: Letter| Line::read(letter.text()).unwrap();
        let told: Vec<_> = std::iter::from_fn(|| mail.next())
            .map(|letter| match read(letter) {
                Line::Error(refusal) => format!("error {}", refusal.message),
                Line::Deck(script) => format!("deck {}", script.text),
                Line::Told(words) => format!("told {words}"),
                Line::State(state) => format!("state {}", state.title),
                Line::Hello(_) => "hello".to_owned(),
            })
            .collect();
        let last = |kind: &str| (92..100).map(|nth| format!("{kind} {nth}")).collect::<Vec<_>>();
        let expected = [last("error"), vec!["deck 99".into()], last("told"), vec!["state 99".into()]];
        assert_eq!(told, expected.concat());
    }
}
