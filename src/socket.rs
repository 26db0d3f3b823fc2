//! Where a talk and its clients meet: a Unix socket for each talk, in a folder that is its speaker's alone.

mod choice;
mod client;
mod credentials;
mod folder;
mod server;

pub use choice::{ChoiceError, TalkQuery, choose};
pub use client::{Client, MessageReader, RequestWriter, RunningTalk, talks};
pub use folder::folder;
pub use server::{PeerId, Server, ServerEvent};

#[cfg(test)]
mod tests {
    use crate::protocol::{Message, Request, SHARED};

    const DOCUMENTED: &str = include_str!("../docs/protocol.md");

    #[test]
    fn what_is_told_to_others_is_what_is_spoken() {
        let untold = SHARED.iter().find(|(name, _)| !DOCUMENTED.contains(&format!("`{name}`")));
        assert_eq!(untold, None);
        let joined = DOCUMENTED.replace(",\n", ",");
        let examples: Vec<&str> = joined.lines().filter(|line| line.starts_with("{\"")).collect();
        assert_eq!(examples.len(), 7);
        for example in examples {
            let is_request = Request::read(example).is_ok();
            assert!(is_request || Message::read(example).is_ok(), "{example}");
        }
    }

    #[test]
    fn every_field_of_the_state_is_told_to_others() {
        let state: serde_json::Value = serde_json::to_value(crate::protocol::TalkState::default()).unwrap();
        for (name, value) in state.as_object().unwrap() {
            let prefix =
                if matches!(name.as_str(), "at" | "clock") { format!("{name}.") } else { String::new() };
            let inner = value.as_object().filter(|_| !prefix.is_empty());
            let names = inner.map_or(vec![name], |inner| inner.keys().collect());
            for name in names {
                assert!(DOCUMENTED.contains(&format!("| `{prefix}{name}` |")), "{prefix}{name}");
            }
        }
    }
}
