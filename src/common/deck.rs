//! A deck's bytes, its text, and the deck itself, from the place that the command line names.

use std::io::{IsTerminal, Write};

use super::Failure;
use super::suggest::guessed;
use crate::cli::Options;
use crate::deck::Deck;
use crate::disk::{self, DeckSource};
use crate::parse::{self, Separators};
use crate::source::{self, Diagnostic, Source};

/// Returns the deck at a place, split but not parsed.
pub(crate) fn open(place: &DeckSource, options: &Options) -> Result<Deck, Failure> {
    let separators = separators(options)?;
    Ok(parse::open(read(place)?, Some(&separators)))
}

/// Returns the text of the deck at a place.
pub(crate) fn read(place: &DeckSource) -> Result<Source, Failure> {
    decoded(place, &bytes(place)?)
}

/// Returns the bytes of the deck at a place.
pub(crate) fn bytes(place: &DeckSource) -> Result<Vec<u8>, Failure> {
    if *place == DeckSource::Input && std::io::stdin().is_terminal() {
        let _ = writeln!(std::io::stderr(), "lutrin: reading the deck from this terminal; Ctrl-D ends it");
    }
    place.read().map_err(|diagnostic| guessed(place, diagnostic))
}

/// Returns the text of the bytes that were read at a place.
pub(crate) fn decoded(place: &DeckSource, bytes: &[u8]) -> Result<Source, Failure> {
    Ok(source::decode(bytes).map_err(|diagnostic| match place {
        DeckSource::File(path) => {
            Diagnostic { message: format!("`{}`: {}", disk::shown(path), diagnostic.message), ..diagnostic }
        }
        DeckSource::Input => {
            Diagnostic { message: format!("standard input: {}", diagnostic.message), ..diagnostic }
        }
        DeckSource::Embedded => diagnostic,
    })?)
}

/// Returns the separators of the command line; a regular expression that is none is wrong use.
pub(crate) fn separators(options: &Options) -> Result<Separators, Failure> {
    let Options { separator, vertical_separator, notes_separator, .. } = options;
    Separators::new(separator.as_deref(), vertical_separator.as_deref(), notes_separator.as_deref())
        .map_err(Failure::wrong_use)
}
