//! Pictures as addresses that hold all of them, so that a document needs no other file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Returns the type of a picture by its first bytes; what is of no other kind is a drawing.
pub(super) fn kind(bytes: &[u8]) -> &'static str {
    image::guess_format(bytes).map_or("image/svg+xml", |format| format.to_mime_type())
}

/// Returns the address that holds these bytes.
pub(super) fn address(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(bytes))
}
