//! Which of the running talks is meant.

use std::path::{Path, PathBuf};

use super::client::{RunningTalk, talks};
use super::folder;
use crate::source::Diagnostic;

/// What is known of the talk that is meant; nothing where there is only one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkQuery {
    /// Its socket.
    pub socket: Option<PathBuf>,
    /// The number of its process.
    pub process: Option<u32>,
    /// Its deck, as [`Hello::deck`](crate::protocol::Hello::deck) has it.
    pub deck: Option<String>,
}

/// Why it is not clear which talk is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceError {
    /// None that runs could be.
    NoTalk(Diagnostic),
    /// Any of these could be; the newest is the last.
    Several(Vec<RunningTalk>),
}

/// Returns the socket of the talk that is meant.
///
/// # Errors
/// None or many could be.
pub fn choose(query: &TalkQuery) -> Result<PathBuf, ChoiceError> {
    if let Some(socket) = &query.socket {
        return Ok(socket.clone());
    }
    let (talks, silent) = talks();
    among(query, talks, &silent)
}

fn among(query: &TalkQuery, talks: Vec<RunningTalk>, silent: &[PathBuf]) -> Result<PathBuf, ChoiceError> {
    let others = !talks.is_empty();
    let is_meant = |talk: &RunningTalk| {
        query.process.is_none_or(|process| process == talk.hello.process)
            && query.deck.as_ref().is_none_or(|deck| *deck == talk.hello.deck)
    };
    let mut meant: Vec<_> = talks.into_iter().filter(is_meant).collect();
    match meant.len() {
        0 => Err(ChoiceError::NoTalk(none(query, others, silent))),
        1 => Ok(meant.remove(0).path),
        _ => Err(ChoiceError::Several(meant)),
    }
}

/// Returns the message that none is meant, and which might be.
fn none(query: &TalkQuery, others: bool, silent: &[PathBuf]) -> Diagnostic {
    let of_deck = match query.deck.as_deref() {
        None => String::new(),
        Some("") => " of the lecture that comes with Lutrin".to_owned(),
        Some(deck) => format!(" of `{}`", folder::shown(Path::new(deck))),
    };
    let of_process = query.process.map(|process| format!(" in process `{process}`")).unwrap_or_default();
    let is_meant =
        |path: &&PathBuf| query.process.is_none_or(|process| folder::process(path) == Some(process));
    let hint = match silent.iter().rev().find(is_meant) {
        Some(path) => {
            let name = folder::shown(path);
            format!("the one at `{name}` does not answer: it may be suspended; `fg` in its terminal wakes it")
        }
        None if others => "`lutrin remote list` lists those that are".to_owned(),
        None => "begin one: `lutrin talk.md`".to_owned(),
    };
    Diagnostic::new(format!("no talk{of_deck}{of_process} is running")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Hello;

    fn talk(process: u32, deck: &str) -> RunningTalk {
        let hello = Hello { process, deck: deck.to_owned(), ..Hello::default() };
        RunningTalk { path: format!("{process}.sock").into(), hello }
    }

    fn running() -> Vec<RunningTalk> {
        vec![talk(7, "/a.md"), talk(8, "/a.md"), talk(9, "")]
    }

    fn told(query: &TalkQuery, talks: Vec<RunningTalk>, silent: &[PathBuf]) -> (String, String) {
        match among(query, talks, silent) {
            Err(ChoiceError::NoTalk(told)) => (told.message, told.hint.unwrap()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_talk_is_chosen_by_what_is_said_of_it() {
        let any = TalkQuery::default();
        assert_eq!(among(&any, vec![talk(7, "/a.md")], &[]), Ok("7.sock".into()));
        assert_eq!(among(&any, running(), &[]), Err(ChoiceError::Several(running())));
        let lecture = TalkQuery { deck: Some(String::new()), ..TalkQuery::default() };
        assert_eq!(among(&lecture, running(), &[]), Ok("9.sock".into()));
        let deck = TalkQuery { deck: Some("/a.md".into()), ..TalkQuery::default() };
        assert_eq!(among(&deck, running(), &[]), Err(ChoiceError::Several(running()[..2].to_vec())));
        let both = TalkQuery { process: Some(8), ..deck };
        assert_eq!(among(&both, running(), &[]), Ok("8.sock".into()));
        let named = TalkQuery { socket: Some("/x.sock".into()), ..TalkQuery::default() };
        assert_eq!(choose(&named), Ok("/x.sock".into()));
    }

    #[test]
    fn where_none_is_meant_the_hint_tells_of_others() {
        let any = TalkQuery::default();
        let (message, hint) = told(&any, Vec::new(), &[]);
        assert_eq!((message.as_str(), hint.as_str()), ("no talk is running", "begin one: `lutrin talk.md`"));
        let query = TalkQuery { process: Some(6), deck: Some("/b.md".into()), ..any.clone() };
        let (message, hint) = told(&query, running(), &["/run/b-5.sock".into()]);
        assert_eq!(message, "no talk of `/b.md` in process `6` is running");
        assert!(hint.contains("lists those"), "{hint}");
        assert!(
            told(&any, Vec::new(), &["/run/b-5.sock".into()]).1.contains("`/run/b-5.sock` does not answer")
        );
    }
}
