//! Letters that Markdown, or a dialect of it that Lutrin reads, would take for marks, written so that they are letters.

use bitflags::bitflags;

/// In braces with more letters than this are attributes.
const MOST: usize = 200;

bitflags! {
    /// Where letters stand: which of them are marks there.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub(super) struct EscapeContext: u8 {
        /// In the words of a link or of a picture, where a bracket would end them.
        const LINKED = 1;
        /// Where a bar would part cells.
        const BARRED = 1 << 1;
        /// Where a dollar has another one to hold a formula with.
        const DOLLARS = 1 << 2;
        /// Where a tilde has another one to strike words with.
        const TILDES = 1 << 3;
    }
}

impl EscapeContext {
    /// The ground of a paragraph that holds these letters.
    pub(super) fn of(all: &str) -> Self {
        let signs = [('$', Self::DOLLARS), ('~', Self::TILDES)].into_iter();
        signs.filter(|(sign, _)| all.matches(*sign).nth(1).is_some()).map(|(_, ground)| ground).collect()
    }
}

/// Returns letters that mean nothing but themselves, wherever in a line they stand but at its start. `before` is the letter
/// that stands before them.
pub(super) fn letters(text: &str, ground: EscapeContext, before: Option<char>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = before;
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let next = rest.chars().next();
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let is_mark = match letter {
            '\\' | '`' | '*' => true,
            '$' => ground.contains(EscapeContext::DOLLARS),
            '~' => ground.contains(EscapeContext::TILDES),
            '{' => opens_attributes(rest),
            // Within a word it emphasises nothing.
            '_' => !(is_word(before) && is_word(next)),
            '[' => !ground.contains(EscapeContext::LINKED),
            '|' => ground.contains(EscapeContext::BARRED),
            '<' => next.is_some_and(|next| next.is_alphabetic() || "/!?".contains(next)),
            '&' => next.is_some_and(|next| next.is_alphanumeric() || next == '#'),
            _ => false,
        };
        match letter {
            // With a backslash before both, brackets would hold a formula.
            '[' if ground.contains(EscapeContext::LINKED) => out.push_str("&#91;"),
            ']' if ground.contains(EscapeContext::LINKED) => out.push_str("&#93;"),
            '\n' => out.push(' '),
            _ => {
                out.extend(is_mark.then_some('\\'));
                out.push(letter);
            }
        }
        before = Some(letter);
    }
    out
}

/// Returns whether braces that hold such letters might say something of an element rather than be words. Where they do not
/// end soon, nobody looks for their end.
fn opens_attributes(rest: &str) -> bool {
    let mut inside = rest.chars().take(MOST).take_while(|&letter| letter != '}');
    inside.any(|letter| ".#=".contains(letter)) || !rest.chars().take(MOST).any(|letter| letter == '}')
}

/// Returns a line, whose letters are escaped already, such that its start is no mark either.
pub(super) fn start(line: &str) -> String {
    let mut letters = line.chars();
    let (first, second) = (letters.next(), letters.next());
    let ends = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    let is_mark = match first {
        Some('#') => ends(line.trim_start_matches('#').chars().next()) || second == Some('#'),
        // With or without a blank behind it, a colon opens a definition.
        Some('>' | ':') => true,
        Some('-' | '+') => ends(second) || second == first,
        Some('=') => line.trim_end().bytes().all(|byte| byte == b'='),
        _ => false,
    };
    if is_mark {
        return format!("\\{line}");
    }
    let after = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = line.len() - after.len();
    let numbers = digits > 0 && after.starts_with(['.', ')']) && ends(after.chars().nth(1));
    // A word with a colon opens notes, and three letters part slides.
    let word = ["note:", "notes:"]
        .into_iter()
        .find(|word| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    match (word, line) {
        _ if numbers => format!("{}\\{}", &line[..digits], after),
        (Some(word), _) => format!("{}\\{}", &line[..word.len() - 1], &line[word.len() - 1..]),
        (None, "vvv") => "&#118;vv".to_owned(),
        (None, _) => line.to_owned(),
    }
}

/// Returns words for a line of their own.
pub(in crate::export) fn line(words: &str) -> String {
    start(&letters(words, EscapeContext::of(words), None))
}
