//! What layout must know that is not in the deck.

use std::sync::Arc;

use crate::deck::Code;
use crate::highlight::Highlighted;
use crate::picture::Size;

/// What layout must know of things that are not in the deck.
pub trait Supply {
    /// Returns the size of the picture that the deck names `source`.
    ///
    /// # Errors
    /// Says, for a person, why there is none.
    fn picture(&self, source: &str) -> Result<Size, String>;

    /// Returns the roles of the characters of `code`, where they are known by now.
    fn code(&self, code: &Code) -> Option<Arc<Highlighted>>;
}
