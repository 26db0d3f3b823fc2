//! Where a talk and whoever is joined to it meet: a Unix socket for each talk, in a folder that is its speaker's alone.
//! What they say there is `protocol`'s affair, and what becomes of it is not decided here.

mod choice;
mod folder;
mod guest;
mod host;
mod peer;

pub use choice::{Unclear, Wanted, choose};
pub use folder::folder;
pub use guest::{Asker, Guest, Hearer, Talk, talks};
pub use host::{GuestId, Host, News};

#[cfg(test)]
mod tests {
    use crate::protocol::{Line, Request, SHARED};

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
            assert!(is_request || Line::read(example).is_ok(), "{example}");
        }
    }

    #[test]
    fn every_field_of_the_state_is_told_to_others() {
        let state: serde_json::Value = serde_json::to_value(crate::protocol::State::default()).unwrap();
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
