//! Letters: how wide they are, where lines break, and which may be shown at all. Nothing here has a style.

pub mod sanitize;
pub mod width;
pub mod wrap;

pub use sanitize::sanitize;
pub use width::{expand_tabs, truncate, width};
pub use wrap::wrap;
