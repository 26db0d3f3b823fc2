//! What was meant by a name that is no deck's.

use std::path::Path;

use super::Failure;
use crate::cli::COMMANDS;
use crate::disk::{self, DeckSource};
use crate::source::Diagnostic;

/// Returns the failure to open a deck. A single word that is no file may be a misspelled command.
pub(super) fn guessed(place: &DeckSource, diagnostic: Diagnostic) -> Failure {
    let DeckSource::File(path) = place else { return diagnostic.into() };
    let is_word = path.extension().is_none() && path.components().count() == 1 && !path.exists();
    let Some(word) = path.to_str().filter(|_| is_word) else { return diagnostic.into() };
    let command =
        COMMANDS.iter().min_by_key(|command| disk::distance(command, word)).copied().unwrap_or_default();
    let near = disk::distance(command, word) <= 2;
    let command_hint = if near {
        format!("did you mean the command `lutrin {command}`")
    } else {
        format!("commands: {}", COMMANDS.join(", "))
    };
    let deck_hint = match disk::similar(Path::new(word)) {
        Some(deck) => format!("the deck `{}`", disk::shown(&deck)),
        None => format!("a deck such as `{word}.md`"),
    };
    let joint = if near {
        format!("{command_hint}, or {deck_hint}?")
    } else {
        format!("{command_hint}; or name {deck_hint}")
    };
    let shown = disk::shown(path);
    Failure::wrong_use(Diagnostic::new(format!("`{shown}` is neither a deck nor a command")).hint(joint))
}
