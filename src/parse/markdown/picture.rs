//! Sizes and places of pictures in the words that should describe them: `![center h-900](x.png)` as sfeir's themes
//! have it, `![alt|300](x.png)` as Obsidian does.

use super::attributes::AttributeList;

/// Returns the words that describe the picture, and what the others say of its size and its place.
pub(super) fn read(alt: &str) -> (&str, AttributeList) {
    let mut attributes = AttributeList::default();
    if let Some((words, size)) = alt.rsplit_once('|')
        && let Some((width, height)) = size_of(size.trim())
    {
        attributes.add("width", width);
        if !height.is_empty() {
            attributes.add("height", height);
        }
        return (words.trim_end(), attributes);
    }
    let words: Option<Vec<(&str, &str)>> = alt.split_whitespace().map(of_word).collect();
    for (name, value) in words.unwrap_or_default() {
        attributes.add(name, value);
    }
    (if attributes.is_empty() { alt } else { "" }, attributes)
}

/// Returns the numbers of `300` and `300x200`.
fn size_of(size: &str) -> Option<(&str, &str)> {
    let is_number =
        |digits: &str| (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (width, height) = size.split_once('x').unwrap_or((size, ""));
    (is_number(width) && (height.is_empty() || is_number(height)) && !size.ends_with('x'))
        .then_some((width, height))
}

/// Returns the attribute that a word of sfeir's stands for.
fn of_word(word: &str) -> Option<(&str, &str)> {
    Some(match word {
        "center" => ("style", "text-align:center"),
        "full-width" => ("width", "100%"),
        "float-left" => ("style", "float:left"),
        "float-right" => ("style", "float:right"),
        _ => {
            let (name, size) = word.split_once('-')?;
            let (pixels, _) = size_of(size).filter(|(_, height)| height.is_empty())?;
            match name {
                "w" => ("width", pixels),
                "h" => ("height", pixels),
                _ => return None,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("center h-900", "", r#" style="text-align:center" height="900""#)]
    #[case("w-400", "", r#" width="400""#)]
    #[case("full-width float-left", "", r#" width="100%" style="float:left""#)]
    #[case("a cat|300", "a cat", r#" width="300""#)]
    #[case("a | b|300x200", "a | b", r#" width="300" height="200""#)]
    #[case("|80", "", r#" width="80""#)]
    #[case("center of town", "center of town", "")]
    #[case("the h-900", "the h-900", "")]
    #[case("h-9x9", "h-9x9", "")]
    #[case("a|b", "a|b", "")]
    #[case("a|300x", "a|300x", "")]
    #[case("", "", "")]
    fn sizes_leave_the_words(#[case] alt: &str, #[case] words: &str, #[case] attributes: &str) {
        let (left, found) = read(alt);
        assert_eq!((left, found.written().as_str()), (words, attributes));
    }
}
