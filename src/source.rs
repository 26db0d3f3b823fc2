//! From a file's bytes to text: which letters they are and where its lines end.

mod diagnostic;
mod edit;
mod passage;
mod range;
mod rule;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

pub use diagnostic::Diagnostic;
pub use edit::{Edit, edited};
pub use passage::{LineCounter, Passage};
pub use range::SourceRange;
pub use rule::{Rule, Severity};

/// A deck's text, its line ends all `\n`, and what was odd about its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The text, without a byte order mark and with more in it than white space.
    pub text: String,
    /// What could not be read as it was written.
    pub diagnostics: Vec<Diagnostic>,
}

/// Returns the text of `bytes`: UTF-16 by its byte order mark, else UTF-8, in which stray bytes are
/// Windows-1252.
///
/// # Errors
/// Bytes that hold no text at all: NUL bytes, nothing, or nothing but white space.
pub fn decode(bytes: &[u8]) -> Result<Source, Diagnostic> {
    let (text, odd) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => utf16(UTF_16BE, rest),
        _ => utf8(bytes),
    };
    if text.contains('\0') {
        return Err(Diagnostic::new("the deck holds NUL bytes, so it is no text")
            .hint("give a Markdown file, saved as UTF-8"));
    }
    if text.trim().is_empty() {
        return Err(
            Diagnostic::new("the deck is empty").hint("write a first slide into it, such as `# My talk`")
        );
    }
    Ok(Source { text: normalised(text), diagnostics: odd.into_iter().collect() })
}

/// Returns `bytes` as UTF-8. Byte by byte, what is none is taken as Windows-1252, so that one stray byte in a
/// deck does not spoil the accents of all the others.
fn utf8(bytes: &[u8]) -> (String, Option<Diagnostic>) {
    let mut text = String::with_capacity(bytes.len());
    let mut odd = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            odd.get_or_insert_with(|| {
                Diagnostic::of(Rule::Encoding, "the deck is not UTF-8 here; it is read as Windows-1252")
                    .at_line(line_after(&text))
                    .hint("save it as UTF-8 where letters look wrong")
            });
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    (text, odd)
}

/// Returns `bytes` as UTF-16; what is none of it, also half a letter at the end, becomes U+FFFD.
fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<Diagnostic>) {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let odd = malformed.then(|| {
        let before = text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default();
        Diagnostic::of(
            Rule::Encoding,
            "the deck is not whole UTF-16 here; what cannot be read shows as `\u{FFFD}`",
        )
        .at_line(line_after(before))
        .hint("save it as UTF-8")
    });
    (text.into_owned(), odd)
}

/// Returns the number of the line on which what follows `before` stands, from 1.
fn line_after(before: &str) -> usize {
    1 + lines_as_lf(before).matches('\n').count()
}

/// Returns `text` with `\n` for each `\r\n` and each lone `\r`.
fn normalised(text: String) -> String {
    match lines_as_lf(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(normalised) => normalised,
    }
}

/// Returns the same as [`normalised`], borrowed where there is nothing to do.
fn lines_as_lf(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('\r');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push('\n');
        out.push_str(part.strip_prefix('\n').unwrap_or(part));
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[rstest]
    #[case::plain(b"# A\nb", "# A\nb")]
    #[case::bom(b"\xEF\xBB\xBF# A\n", "# A\n")]
    #[case::crlf(b"a\r\nb\r\n", "a\nb\n")]
    #[case::lone_cr(b"a\rb\r", "a\nb\n")]
    #[case::mixed(b"a\r\r\nb\n\rc", "a\n\nb\n\nc")]
    fn text_is_read_and_its_lines_end_alike(#[case] bytes: &[u8], #[case] text: &str) {
        assert_eq!(decode(bytes), Ok(Source { text: text.to_owned(), diagnostics: Vec::new() }));
    }

    #[rstest]
    fn utf16_is_known_by_its_mark(#[values(false, true)] big: bool) {
        let source = decode(&utf16_bytes("# Été 🚀\r\nb", big)).expect("it is text");
        assert_eq!(source, Source { text: "# Été 🚀\nb".to_owned(), diagnostics: Vec::new() });
    }

    #[rstest]
    fn half_a_letter_at_the_end_of_utf16_is_only_odd(#[values(false, true)] big: bool) {
        let mut bytes = utf16_bytes("a\r\nbc", big);
        bytes.pop();
        let source = decode(&bytes).expect("it is text");
        assert_eq!(source.text, "a\nb\u{FFFD}");
        assert_eq!(source.diagnostics[0].line, Some(2));
    }

    #[rstest]
    #[case::unix(b"# A\n\nd\xE9j\xE0 vu \x96 \x80\n\xE9".as_slice())]
    #[case::windows(b"# A\r\n\r\nd\xE9j\xE0 vu \x96 \x80\r\n\xE9".as_slice())]
    #[case::mac(b"# A\r\rd\xE9j\xE0 vu \x96 \x80\r\xE9".as_slice())]
    fn windows_1252_is_read_and_its_first_line_named(#[case] bytes: &[u8]) {
        let source = decode(bytes).expect("it is text");
        assert_eq!(source.text, "# A\n\ndéjà vu – €\né");
        assert_eq!(source.diagnostics.len(), 1);
        assert_eq!(source.diagnostics[0].line, Some(3));
    }

    #[test]
    fn one_stray_byte_does_not_spoil_the_other_letters() {
        let source = decode(&[b"\xC3\xA9t\xC3\xA9, na\xEFve ".as_slice(), "🚀".as_bytes()].concat());
        assert_eq!(source.expect("it is text").text, "été, naïve 🚀");
    }

    #[rstest]
    #[case::nothing(b"".as_slice(), "empty")]
    #[case::only_a_mark(b"\xEF\xBB\xBF".as_slice(), "empty")]
    #[case::white_space(b" \r\n\t\n\xC2\xA0".as_slice(), "empty")]
    #[case::utf16_nothing(b"\xFF\xFE\n\0".as_slice(), "empty")]
    #[case::nul(b"# A\0b".as_slice(), "NUL")]
    #[case::utf16_without_mark(b"#\0 \0A\0".as_slice(), "NUL")]
    #[case::utf32(b"\xFF\xFE\0\0#\0\0\0".as_slice(), "NUL")]
    fn what_is_no_text_is_refused_with_a_hint(#[case] bytes: &[u8], #[case] word: &str) {
        let refusal = decode(bytes).expect_err("it is no text");
        assert!(refusal.message.contains(word) && refusal.hint.is_some(), "{refusal}");
    }

    proptest! {
        #[test]
        fn any_bytes_give_text_without_cr_or_a_refusal(bytes: Vec<u8>) {
            if let Ok(source) = decode(&bytes) {
                prop_assert!(!source.text.contains(['\r', '\0']));
                prop_assert!(!source.text.trim().is_empty());
            }
        }
    }
}
