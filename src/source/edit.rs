//! Small changes of a text, put into the file that it was read from: whatever they don't touch stays byte for byte.

use std::ops::Range;

/// A change of a deck's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go, of the text whose line ends are all `\n`.
    pub range: Range<usize>,
    /// What comes in their place; a `\n` in it becomes the line end that the file has there.
    pub text: String,
}

/// Returns a file's text after `edits`, which are in order and don't overlap. `original` is UTF-8 as it was read, with
/// its own line ends and maybe a byte order mark.
pub fn edited(original: &str, edits: &[Edit]) -> String {
    let mut out =
        String::with_capacity(original.len() + edits.iter().map(|edit| edit.text.len() + 2).sum::<usize>());
    let mut cursor = OffsetCursor::start_of(original);
    let mut done = 0;
    for Edit { range, text } in edits {
        let start = cursor.advance_to(range.start);
        let end = cursor.advance_to(range.end);
        out.push_str(&original[done..start]);
        out.push_str(&text.replace('\n', line_end(original, start)));
        done = end;
    }
    out.push_str(&original[done..]);
    out
}

/// The same place in a text, whose line ends are all `\n`, and in its original, whose line ends may be longer.
struct OffsetCursor<'a> {
    original: &'a [u8],
    in_original: usize,
    in_text: usize,
}

impl<'a> OffsetCursor<'a> {
    fn start_of(original: &'a str) -> Self {
        let mark = if original.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { original: original.as_bytes(), in_original: mark, in_text: 0 }
    }

    /// Moves on to the byte `at` of the text, and returns the offset of that byte in the original.
    fn advance_to(&mut self, at: usize) -> usize {
        while self.in_text < at {
            let is_pair = self.original[self.in_original..].starts_with(b"\r\n");
            self.in_original += if is_pair { 2 } else { 1 };
            self.in_text += 1;
        }
        self.in_original
    }
}

/// Returns the line end that a line needs which comes in at the byte `at`: that of the line before it.
fn line_end(original: &str, at: usize) -> &str {
    let first = |text: &str| ["\r\n", "\n", "\r"].into_iter().find(|end| text.starts_with(end));
    let last = |text: &str| ["\r\n", "\n", "\r"].into_iter().find(|end| text.ends_with(end));
    let (before, after) = original.split_at(at);
    let is_end = |letter: char| matches!(letter, '\r' | '\n');
    let above = || before.rfind(is_end).and_then(|end| last(&before[..=end]));
    let below = || after.find(is_end).and_then(|end| first(&after[end..]));
    first(after).or_else(above).or_else(below).unwrap_or("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::super::decode;
    use super::*;

    fn at(range: Range<usize>, text: &str) -> Edit {
        Edit { range, text: text.to_owned() }
    }

    #[rstest]
    #[case::lf("a\nb\n", "a\nX\nb\n")]
    #[case::crlf("a\r\nb\r\n", "a\r\nX\r\nb\r\n")]
    #[case::cr("a\rb", "a\rX\rb")]
    #[case::mixed("a\nb\r\n", "a\nX\nb\r\n")]
    #[case::mark("\u{feff}a\r\nb", "\u{feff}a\r\nX\r\nb")]
    fn a_line_ends_as_the_one_above_it(#[case] original: &str, #[case] expected: &str) {
        assert_eq!(edited(original, &[at(1..1, "\nX")]), expected);
    }

    #[rstest]
    #[case::no_line_end("ab", "ab\nX")]
    #[case::no_last_line_end("a\r\n", "a\r\nX\r\n")]
    fn a_line_at_the_end_keeps_the_last_line_end(#[case] original: &str, #[case] expected: &str) {
        let end = original.trim_end().len();
        assert_eq!(edited(original, &[at(end..end, "\nX")]), expected);
    }

    #[test]
    fn a_line_above_the_first_one_ends_as_that_does() {
        assert_eq!(edited("a\r\nb\n", &[at(0..0, "X\n")]), "X\r\na\r\nb\n");
        assert_eq!(edited("a\r\nb\nc", &[at(2..2, "X\n"), at(4..5, "Y")]), "a\r\nX\r\nb\nY");
    }

    proptest! {
        #[test]
        fn the_file_reads_as_the_edited_text(original in "(\u{feff})?a[é\r\n ]{0,12}", places in prop::collection::vec(0_usize..12, 0..4)) {
            let text = decode(original.as_bytes()).expect("it has a letter").text;
            let mut places: Vec<usize> = places.into_iter().filter(|&at| text.is_char_boundary(at)).collect();
            places.sort_unstable();
            let edits: Vec<Edit> = places.into_iter().map(|place| at(place..place, "\nX")).collect();
            let (file, wanted) = (edited(&original, &edits), edited(&text, &edits));
            prop_assert_eq!(decode(file.as_bytes()).expect("it has a letter").text, wanted);
        }
    }
}
