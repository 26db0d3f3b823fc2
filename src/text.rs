//! Letters: how wide they are, where lines break, which may be shown at all, and how people write lengths of time.

pub mod big;
pub mod escape;
pub mod sanitize;
pub mod time;
pub mod width;
pub mod wrap;

pub use big::{LetterSize, big_letters};
pub use escape::html_escaped;
pub use sanitize::sanitize;
pub use time::{parse_time, shown_time};
pub use width::{cells, expand_tabs, rounded, truncate, width};
pub use wrap::wrap;
