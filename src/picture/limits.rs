//! How large a picture may be, and why one is refused, in words for the user.

use std::io::ErrorKind;

use image::{ImageError, Limits};

use super::Size;

/// A file of more bytes is not read.
pub const MOST_FILE_BYTES: u64 = 64 << 20;
/// A picture with a longer side, in pixels, is not decoded.
pub(super) const LONGEST_SIDE: u32 = 16_384;
/// The most bytes that a decoder may ask for.
pub(super) const MOST_DECODER_BYTES: u64 = 256 << 20;
/// The most pixels, at four bytes each, for which a decoder may ask.
const MOST_PIXELS: u64 = MOST_DECODER_BYTES / 4;

/// A longer file is no drawing to be shown.
#[cfg(feature = "svg")]
const MOST_DRAWING_BYTES: u64 = 16 << 20;
/// Why a drawing is refused that would take too long or too much memory.
#[cfg(feature = "svg")]
pub(super) const TOO_COMPLICATED: &str = "the drawing is too complicated";

/// What is shown, for the reasons.
#[cfg(feature = "svg")]
const FORMATS: &str = "PNG, JPEG, GIF, WebP, BMP, SVG";
#[cfg(not(feature = "svg"))]
const FORMATS: &str = "PNG, JPEG, GIF, WebP, BMP";

/// Returns the limits that each decoder is given. Its picture's sides are checked by [`pixels`], whose reasons are
/// better.
pub(super) fn decoder() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_DECODER_BYTES);
    limits
}

/// Returns `size` if pixels of that size may be decoded or printed.
pub(super) fn pixels(size: Size) -> Result<Size, String> {
    let Size { width, height } = size;
    if width == 0 || height == 0 {
        return Err("the picture has no pixels".to_owned());
    }
    if width.max(height) > LONGEST_SIDE {
        return Err(format!("{width}×{height} pixels are too many; {LONGEST_SIDE} a side are shown"));
    }
    if size.area() > MOST_PIXELS {
        return Err(format!("{width}×{height} pixels are too many; {} million are shown", MOST_PIXELS >> 20));
    }
    Ok(size)
}

/// Refuses a file of too many bytes.
pub(super) fn file(bytes: u64) -> Result<(), String> {
    match bytes {
        0 => Err("the file is empty".to_owned()),
        _ if bytes > MOST_FILE_BYTES => {
            Err(format!("the file is too large; {} MiB are read", MOST_FILE_BYTES >> 20))
        }
        _ => Ok(()),
    }
}

/// Refuses a file that is too long for a drawing.
#[cfg(feature = "svg")]
pub(super) fn drawing(bytes: u64) -> Result<(), String> {
    if bytes > MOST_DRAWING_BYTES {
        return Err(format!("the drawing is too large; {} MiB are read", MOST_DRAWING_BYTES >> 20));
    }
    Ok(())
}

/// Returns why bytes that begin like none of our formats are not shown.
pub(super) fn unknown_format() -> String {
    format!("not a picture in a format that is shown ({FORMATS})")
}

/// Returns why a file could not be read.
pub(super) fn unread(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => "the file ends before the picture does".to_owned(),
        ErrorKind::IsADirectory => "it is no file".to_owned(),
        _ => format!("the file cannot be read: {}", plain(&error.to_string())),
    }
}

/// Returns an error of a decoder in words for a speaker.
pub(super) fn reason(error: &ImageError) -> String {
    match error {
        ImageError::Unsupported(_) => {
            "the picture is of a kind within its format that is not shown".to_owned()
        }
        ImageError::Limits(_) => "the picture is too large to be decoded".to_owned(),
        ImageError::IoError(error) => unread(error),
        other => damaged(&plain(&other.to_string())),
    }
}

/// Returns that the picture is damaged, and how, where the decoder's message is short.
fn damaged(details: &str) -> String {
    if ["unexpected end", "eof", "no more bytes", "not enough", "exhausted"]
        .iter()
        .any(|end| details.contains(end))
    {
        return "the file ends before the picture does".to_owned();
    }
    if details.is_empty() || details.len() > 200 {
        return "the picture is damaged".to_owned();
    }
    format!("the picture is damaged: {details}")
}

/// Returns a library's message as ours are: on one line, in lower case, without a full stop.
pub(super) fn plain(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let line = words.join(" ").to_lowercase();
    crate::text::sanitize(line.trim_end_matches('.')).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_refused_with_its_size() {
        let refused = |width, height| pixels(Size { width, height }).unwrap_err();
        assert_eq!(refused(1, 20_000), "1×20000 pixels are too many; 16384 a side are shown");
        assert_eq!(refused(16_384, 16_384), "16384×16384 pixels are too many; 64 million are shown");
        assert_eq!(refused(0, 3), "the picture has no pixels");
        assert!(pixels(Size { width: 1, height: 16_384 }).is_ok());
        assert!(file(0).is_err() && file(MOST_FILE_BYTES + 1).is_err() && file(MOST_FILE_BYTES).is_ok());
    }

    #[test]
    fn messages_of_libraries_are_made_plain() {
        assert_eq!(plain("Bad\u{1b}[2J\n chunk.\n"), "bad␛[2j chunk");
        assert_eq!(damaged("invalid chunk"), "the picture is damaged: invalid chunk");
    }
}
