//! The messages that wait for one peer, bounded by kind: of old states only the newest counts.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use crate::protocol::Message;

/// How many messages of each kind wait, in the order in which they are sent: which talk it is, errors, the deck, what the
/// speaker is told, the state. Where a kind is full, its oldest message is dropped.
const CAPACITY: [usize; 5] = [1, 8, 1, 8, 1];

/// A message for any number of peers, serialized once.
#[derive(Clone)]
pub(super) struct SharedMessage {
    kind: usize,
    message: Arc<Message>,
    line: Arc<OnceLock<String>>,
}

impl SharedMessage {
    pub(super) fn new(message: Message) -> Self {
        let kind = match &message {
            Message::Hello(_) => 0,
            Message::Error(_) => 1,
            Message::Deck(_) => 2,
            Message::Told(_) => 3,
            Message::State(_) => 4,
        };
        Self { kind, message: Arc::new(message), line: Arc::default() }
    }

    /// Returns the line that is sent. The first peer's thread serializes it, so that the talk need not wait for a long deck.
    pub(super) fn line(&self) -> &str {
        self.line.get_or_init(|| self.message.written())
    }
}

/// The messages that wait for a peer.
#[derive(Default)]
pub(super) struct Outbox {
    queues: [VecDeque<SharedMessage>; CAPACITY.len()],
}

impl Outbox {
    pub(super) fn push(&mut self, message: SharedMessage) {
        let queue = &mut self.queues[message.kind];
        if queue.len() == CAPACITY[message.kind] {
            queue.pop_front();
        }
        queue.push_back(message);
    }

    /// Removes and returns the message that is sent next.
    pub(super) fn pop(&mut self) -> Option<SharedMessage> {
        self.queues.iter_mut().find_map(VecDeque::pop_front)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Refusal, Script, TalkState};

    #[test]
    fn however_much_is_said_only_the_newest_of_it_waits() {
        let mut outbox = Outbox::default();
        for nth in 0..100 {
            let title = nth.to_string();
            let state = TalkState { title: title.clone(), ..TalkState::default() };
            outbox.push(SharedMessage::new(Message::State(Box::new(state))));
            outbox.push(SharedMessage::new(Message::Told(title.clone())));
            outbox
                .push(SharedMessage::new(Message::Deck(Script { text: title.clone(), ..Script::default() })));
            outbox.push(SharedMessage::new(Message::Error(Refusal { message: title, hint: None })));
        }
        let read = |message: SharedMessage| Message::read(message.line()).unwrap();
        let sent: Vec<_> = std::iter::from_fn(|| outbox.pop())
            .map(|message| match read(message) {
                Message::Error(refusal) => format!("error {}", refusal.message),
                Message::Deck(script) => format!("deck {}", script.text),
                Message::Told(words) => format!("told {words}"),
                Message::State(state) => format!("state {}", state.title),
                Message::Hello(_) => "hello".to_owned(),
            })
            .collect();
        let last = |kind: &str| (92..100).map(|nth| format!("{kind} {nth}")).collect::<Vec<_>>();
        let expected = [last("error"), vec!["deck 99".into()], last("told"), vec!["state 99".into()]];
        assert_eq!(sent, expected.concat());
    }
}
