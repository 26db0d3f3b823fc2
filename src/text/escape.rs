//! Text of a deck made harmless within HTML. All text that goes onto a page passes through here.

use super::sanitize;

/// Returns `words` as HTML has them, between tags and in attributes alike.
pub fn html_escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in sanitize(words).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Code points that Unicode keeps from being letters, which HTML forbids.
            '\u{fdd0}'..='\u{fdef}' => out.push('\u{fffd}'),
            letter if u32::from(letter) & 0xfffe == 0xfffe => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_leaves_its_place() {
        assert_eq!(
            html_escaped("</script> \"a\" 'b' & c"),
            "&lt;/script&gt; &quot;a&quot; &#39;b&#39; &amp; c"
        );
        assert_eq!(html_escaped("a\0b\u{7f}c\u{fdd0}\u{1fffe}"), "a␀b␡c\u{fffd}\u{fffd}");
    }
}
