//! Regular expressions of JavaScript, spelled as the engine here reads them.

use std::iter::Peekable;
use std::str::Chars;

/// Returns `source` so that it means here what it means in JavaScript without the flag `u`, in a text whose
/// lines end in `\n`: a `\r` that must stand before `\n` is let go.
pub(super) fn translated(source: &str) -> String {
    let mut translator =
        RegexTranslator { rest: source.chars().peekable(), out: String::with_capacity(source.len() + 8) };
    while let Some(c) = translator.rest.next() {
        match c {
            '\\' => translator.escape(false),
            '[' => translator.class(),
            '{' if !translator.is_repeat() => translator.out.push_str(r"\{"),
            // The brace that ends a count is written with it.
            '{' => translator.repeat(),
            '}' | ']' => translator.out.extend(['\\', c]),
            '\r' if translator.rest.peek() == Some(&'\n') => {}
            c => translator.out.push(c),
        }
    }
    translator.out
}

struct RegexTranslator<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

impl RegexTranslator<'_> {
    /// Returns whether what follows begins with `text`.
    fn follows(&self, text: &str) -> bool {
        let mut rest = self.rest.clone();
        text.chars().all(|c| rest.next() == Some(c))
    }

    /// Returns whether a count such as `2}`, `2,}` or `2,3}` follows; any other `{` is a letter like others.
    fn is_repeat(&self) -> bool {
        let count: String = self.rest.clone().take_while(|&c| c != '}').collect();
        let (low, high) = count.split_once(',').unwrap_or((&count, ""));
        let closed = self.rest.clone().any(|c| c == '}');
        closed && !low.is_empty() && low.chars().chain(high.chars()).all(|c| c.is_ascii_digit())
    }

    fn repeat(&mut self) {
        self.out.push('{');
        for c in self.rest.by_ref() {
            self.out.push(c);
            if c == '}' {
                break;
            }
        }
    }

    /// Writes the class whose `[` was read. In it JavaScript knows neither classes nor `&&` and its like.
    fn class(&mut self) {
        if self.follows("^]") {
            self.rest.nth(1);
            return self.out.push_str(r"[\s\S]");
        }
        if self.follows("]") {
            self.rest.next();
            return self.out.push_str(r"[^\s\S]");
        }
        self.out.push('[');
        self.out.extend(self.rest.next_if_eq(&'^'));
        while let Some(c) = self.rest.next() {
            match c {
                ']' => return self.out.push(']'),
                '\\' => self.escape(true),
                '[' | '&' | '~' => self.out.extend(['\\', c]),
                c => self.out.push(c),
            }
        }
    }

    /// Writes the escape whose backslash was read. A letter that means nothing special stands for itself.
    fn escape(&mut self, in_class: bool) {
        let Some(c) = self.rest.next() else { return self.out.push('\\') };
        match c {
            'd' => self.out.push_str(if in_class { "0-9" } else { "[0-9]" }),
            'D' => self.out.push_str("[^0-9]"),
            'w' => self.out.push_str(if in_class { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }),
            'W' => self.out.push_str("[^0-9A-Za-z_]"),
            'r' if self.follows(r"\n") => {}
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => self.out.push_str(r"\x00"),
            'c' if self.rest.peek().is_some_and(char::is_ascii_alphabetic) => {
                let letter = self.rest.next().map_or(0, |letter| letter as u8 % 32);
                self.out.push(char::from(letter));
            }
            'b' | 'B' | 's' | 'S' | 'n' | 'r' | 't' | 'v' | 'f' | '0'..='9' => self.out.extend(['\\', c]),
            'x' | 'u' if self.rest.peek().is_some_and(|&c| c.is_ascii_hexdigit() || c == '{') => {
                self.out.extend(['\\', c]);
            }
            'k' if self.follows("<") => self.out.push_str(r"\k"),
            'p' | 'P' if self.follows("{") => self.out.extend(['\\', c]),
            '<' | '>' => self.out.push(c),
            c if c.is_alphanumeric() || !c.is_ascii() => self.out.push(c),
            c => self.out.extend(['\\', c]),
        }
    }
}

#[cfg(test)]
mod tests {
    use fancy_regex::Regex;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(r"^[^]$", "é", true)]
    #[case(r"[]", "a", false)]
    #[case(r"^\/\-\!\<\>\=$", "/-!<>=", true)]
    #[case(r"^<\!--s--\>$", "<!--s-->", true)]
    #[case(r"^[\]\-\[&&~]+$", "]-[&~", true)]
    #[case(r"^[a\-c]+$", "b", false)]
    #[case(r"^\r\n[\r\n]$", "\n\n", true)]
    #[case("^a\r\nb$", "a\nb", true)]
    #[case(r"^\r?\n$", "\n", true)]
    #[case(r"^a{2,3}b{1}c{2,}$", "aabcc", true)]
    #[case(r"^a{,2}{x}$", "a{,2}{x}", true)]
    #[case(r"^a}]$", "a}]", true)]
    #[case(r"^\d\w[\d][^\w]$", "1a2-", true)]
    #[case(r"^\d$", "٣", false)]
    #[case(r"^\w$", "é", false)]
    #[case(r"^[\D][\W]\D\W$", "a-é ", true)]
    #[case(r"^\h\e\A\z\y$", "heAzy", true)]
    #[case(r"^\cI\0\x41\u0042$", "\t\0AB", true)]
    #[case(r"^\k$", "k", true)]
    #[case(r"^(?<a>-)\k<a>$", "--", true)]
    #[case(r"^(-)\1(?=x)x(?<!y)(?<=x)(?!z)$", "--x", true)]
    fn javascript_means_the_same_here(#[case] source: &str, #[case] text: &str, #[case] matches: bool) {
        let regex = Regex::new(&translated(source)).expect("it is a regular expression");
        assert_eq!(regex.is_match(text).ok(), Some(matches), "{}", translated(source));
    }
}
