//! Addresses that a reader of a document may follow. Whatever would run, or is only of this machine, is none.

use std::fmt::Write;

/// Returns the address of a link to elsewhere where it is one that only leads there: `https:`, `http:`, `mailto:`. Letters that
/// no address has are written as their bytes.
pub(super) fn elsewhere(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let leads = if is_web { rest.starts_with("//") && rest.len() > 2 } else { !rest.is_empty() };
    if !leads || !(is_web || scheme.eq_ignore_ascii_case("mailto")) {
        return None;
    }
    let mut out = String::new();
    for (at, letter) in url.char_indices() {
        match letter {
            '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{7f}'..='\u{a0}' => {
                percent(letter, &mut out);
            }
            // Brackets only hold the number of a host.
            '[' | ']' if !url[..at].trim_start_matches(scheme).trim_start_matches("://").contains('/') => {
                out.push(letter);
            }
            '[' | ']' => percent(letter, &mut out),
            '%' if !is_percent(&url[at + 1..]) => out.push_str("%25"),
            letter => out.push(letter),
        }
    }
    Some(out)
}

fn is_percent(rest: &str) -> bool {
    rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
}

fn percent(letter: char, out: &mut String) {
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

/// Returns the address in ASCII, as formats want it that know no other letters.
#[cfg(feature = "pages")]
pub(super) fn ascii(address: &str) -> String {
    let mut out = String::new();
    for letter in address.chars() {
        if letter.is_ascii() { out.push(letter) } else { percent(letter, &mut out) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_lead_elsewhere_are_links() {
        assert_eq!(elsewhere(" https://a.org/b?c=1&d=2 ").as_deref(), Some("https://a.org/b?c=1&d=2"));
        assert_eq!(
            elsewhere("HTTP://a.org/a b[1]/100%").as_deref(),
            Some("HTTP://a.org/a%20b%5B1%5D/100%25")
        );
        assert_eq!(elsewhere("http://[::1]/").as_deref(), Some("http://[::1]/"));
        assert_eq!(elsewhere("mailto:a@b.org").as_deref(), Some("mailto:a@b.org"));
        for other in [
            "javascript:alert(1)",
            "java\nscript:a",
            "data:text/html,a",
            "//a.org",
            "a.md",
            "",
            "http:",
            "vbscript:a",
        ] {
            assert_eq!(elsewhere(other), None, "{other}");
        }
    }

    #[test]
    #[cfg(feature = "pages")]
    fn letters_of_all_languages_have_bytes() {
        assert_eq!(
            elsewhere("https://a.org/é b").as_deref().map(ascii).as_deref(),
            Some("https://a.org/%C3%A9%20b")
        );
    }
}
