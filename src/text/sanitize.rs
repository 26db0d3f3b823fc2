//! A deck is data: no character of it may command the terminal.

use std::borrow::Cow;

/// Returns `text` with every control character as a visible mark; line feeds and tabs stay.
///
/// C0 controls become their pictures (`␛` for Escape), C1 controls and the marks that reorder a line become
/// `\u{FFFD}`, the separators of lines and paragraphs become line feeds, and what has no shape at all (byte
/// order marks, soft hyphens) goes.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| replacement(letter) == Replacement::Itself) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match replacement(letter) {
            Replacement::Itself => out.push(letter),
            Replacement::Mark(mark) => out.push(mark),
            Replacement::Nothing => {}
        }
    }
    Cow::Owned(out)
}

/// What a character is replaced by.
#[derive(PartialEq)]
enum Replacement {
    Itself,
    Mark(char),
    Nothing,
}

fn replacement(letter: char) -> Replacement {
    match letter {
        '\n' | '\t' => Replacement::Itself,
        '\0'..='\u{1f}' => Replacement::Mark(char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => Replacement::Mark('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Replacement::Mark('\u{fffd}')
        }
        '\u{2028}' | '\u{2029}' => Replacement::Mark('\n'),
        '\u{ad}' | '\u{feff}' => Replacement::Nothing,
        _ => Replacement::Itself,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_marks_and_letters_stay() {
        assert_eq!(sanitize("a\u{1b}[2Jb\u{7}\u{9b}c\u{202e}d\r"), "a␛[2Jb␇\u{fffd}c\u{fffd}d␍");
        assert_eq!(sanitize("un deux\n\ttrois 👩‍🚀"), "un deux\n\ttrois 👩‍🚀");
        assert_eq!(sanitize("co\u{ad}op\u{2028}x"), "coop\nx");
    }
}
