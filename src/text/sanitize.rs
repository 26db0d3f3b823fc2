//! A deck is data: no character of it may command the terminal.

use std::borrow::Cow;

/// Returns `text` with every control character as a visible mark; line feeds and tabs stay.
///
/// C0 controls become their pictures (`␛` for Escape), C1 controls and the marks that reorder a line become
/// `\u{FFFD}`, the separators of lines and paragraphs become line feeds, and what has no shape at all (byte
/// order marks, soft hyphens) goes.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| shown(letter) == Shown::AsItIs) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match shown(letter) {
            Shown::AsItIs => out.push(letter),
            Shown::As(mark) => out.push(mark),
            Shown::NotAtAll => {}
        }
    }
    Cow::Owned(out)
}

#[derive(PartialEq)]
enum Shown {
    AsItIs,
    As(char),
    NotAtAll,
}

fn shown(letter: char) -> Shown {
    match letter {
        '\n' | '\t' => Shown::AsItIs,
        '\0'..='\u{1f}' => Shown::As(char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => Shown::As('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Shown::As('\u{fffd}'),
        '\u{2028}' | '\u{2029}' => Shown::As('\n'),
        '\u{ad}' | '\u{feff}' => Shown::NotAtAll,
        _ => Shown::AsItIs,
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
