//! Which of the running talks is meant. Nobody joins it here.

use std::path::{Path, PathBuf};

use super::folder;
use super::guest::{Talk, talks};
use crate::source::Diagnostic;

/// What is said of the talk that is meant; nothing where there is only one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its socket.
    pub socket: Option<PathBuf>,
    /// The number of its process.
    pub process: Option<u32>,
    /// Its deck, as [`Hello::deck`](crate::protocol::Hello::deck) tells it.
    pub deck: Option<String>,
}

/// Why it is not clear which talk is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// None runs that could be.
    None(Diagnostic),
    /// Any of these could be; the newest is the last.
    Many(Vec<Talk>),
}

/// Returns the socket of the talk that is meant.
///
/// # Errors
/// None or many could be.
pub fn choose(wanted: &Wanted) -> Result<PathBuf, Unclear> {
    if let Some(socket) = &wanted.socket {
        return Ok(socket.clone());
    }
    let (talks, silent) = talks();
    among(wanted, talks, &silent)
}

fn among(wanted: &Wanted, talks: Vec<Talk>, silent: &[PathBuf]) -> Result<PathBuf, Unclear> {
    let others = !talks.is_empty();
    let is_meant = |talk: &Talk| {
        wanted.process.is_none_or(|process| process == talk.hello.process)
            && wanted.deck.as_ref().is_none_or(|deck| *deck == talk.hello.deck)
    };
    let mut meant: Vec<_> = talks.into_iter().filter(is_meant).collect();
    match meant.len() {
        0 => Err(Unclear::None(none(wanted, others, silent))),
        1 => Ok(meant.remove(0).path),
        _ => Err(Unclear::Many(meant)),
    }
}

/// Returns the message that none is meant, and which might be.
fn none(wanted: &Wanted, others: bool, silent: &[PathBuf]) -> Diagnostic {
    let of_deck = match wanted.deck.as_deref() {
        None => String::new(),
        Some("") => " of the lecture that comes with Lutrin".to_owned(),
        Some(deck) => format!(" of `{}`", folder::shown(Path::new(deck))),
    };
    let of_process = wanted.process.map(|process| format!(" in process `{process}`")).unwrap_or_default();
    let is_meant =
        |path: &&PathBuf| wanted.process.is_none_or(|process| folder::process(path) == Some(process));
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

    fn talk(process: u32, deck: &str) -> Talk {
        let hello = Hello { process, deck: deck.to_owned(), ..Hello::default() };
        Talk { path: format!("{process}.sock").into(), hello }
    }

    fn running() -> Vec<Talk> {
        vec![talk(7, "/a.md"), talk(8, "/a.md"), talk(9, "")]
    }

    fn told(wanted: &Wanted, talks: Vec<Talk>, silent: &[PathBuf]) -> (String, String) {
        match among(wanted, talks, silent) {
            Err(Unclear::None(told)) => (told.message, told.hint.unwrap()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_talk_is_chosen_by_what_is_said_of_it() {
        let any = Wanted::default();
        assert_eq!(among(&any, vec![talk(7, "/a.md")], &[]), Ok("7.sock".into()));
        assert_eq!(among(&any, running(), &[]), Err(Unclear::Many(running())));
        let lecture = Wanted { deck: Some(String::new()), ..Wanted::default() };
        assert_eq!(among(&lecture, running(), &[]), Ok("9.sock".into()));
        let deck = Wanted { deck: Some("/a.md".into()), ..Wanted::default() };
        assert_eq!(among(&deck, running(), &[]), Err(Unclear::Many(running()[..2].to_vec())));
        let both = Wanted { process: Some(8), ..deck };
        assert_eq!(among(&both, running(), &[]), Ok("8.sock".into()));
        let named = Wanted { socket: Some("/x.sock".into()), ..Wanted::default() };
        assert_eq!(choose(&named), Ok("/x.sock".into()));
    }

    #[test]
    fn where_none_is_meant_the_hint_tells_of_others() {
        let any = Wanted::default();
        let (message, hint) = told(&any, Vec::new(), &[]);
        assert_eq!((message.as_str(), hint.as_str()), ("no talk is running", "begin one: `lutrin talk.md`"));
        let wanted = Wanted { process: Some(6), deck: Some("/b.md".into()), ..any.clone() };
        let (message, hint) = told(&wanted, running(), &["/run/b-5.sock".into()]);
        assert_eq!(message, "no talk of `/b.md` in process `6` is running");
        assert!(hint.contains("lists those"), "{hint}");
        assert!(
            told(&any, Vec::new(), &["/run/b-5.sock".into()]).1.contains("`/run/b-5.sock` does not answer")
        );
    }
}
