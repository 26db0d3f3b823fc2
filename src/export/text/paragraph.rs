//! Running text: its letters, the addresses of its links, and where its lines end.

use std::ops::Range;

use crate::deck::Inline;
use crate::text::{width, wrap};

/// Returns the letters; a link's address stands behind its words where they do not say it.
pub(super) fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    // Where the words begin of the link that is open.
    let mut start = 0;
    for (nth, inline) in inlines.iter().enumerate() {
        let Inline::Text(text, marks) = inline else {
            out.push('\n');
            continue;
        };
        let link_of = |at: Option<usize>| match at.and_then(|at| inlines.get(at)) {
            Some(Inline::Text(_, marks)) => marks.link.as_ref(),
            _ => None,
        };
        if link_of(nth.checked_sub(1)) != marks.link.as_ref() {
            start = out.len();
        }
        out.push_str(text);
        let Some(link) = marks.link.as_ref().filter(|_| link_of(Some(nth + 1)) != marks.link.as_ref()) else {
            continue;
        };
        if !says(&out[start..], link) {
            let end = out.trim_end().len();
            out.insert_str(end, &format!(" <{link}>"));
        }
    }
    out
}

/// Returns whether words say where a link leads: an address may do without what every address begins with.
fn says(words: &str, link: &str) -> bool {
    let bare = ["https://", "http://", "mailto:"].iter().find_map(|scheme| link.strip_prefix(scheme));
    words.contains(bare.unwrap_or(link))
}

/// Returns words in lines of at most `cells` cells each, or as they are where that is 0. Addresses are never broken.
pub(super) fn wrapped(words: &str, cells: usize) -> String {
    if cells == 0 || words.split('\n').all(|line| width(line) <= cells) {
        return words.to_owned();
    }
    let lines: Vec<String> = words.split('\n').flat_map(|line| broken(line, cells)).collect();
    lines.join("\n")
}

/// Returns one line in several. Letters in which no line may end stand for addresses, as many as fit on a line.
fn broken(line: &str, cells: usize) -> Vec<String> {
    let mut masked = String::with_capacity(line.len());
    let mut addresses = Vec::new();
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        if is_address(bare) {
            let start = masked.len();
            masked.extend(std::iter::repeat_n('x', width(bare).min(cells)));
            addresses.push((start..masked.len(), bare));
            masked.push_str(&word[bare.len()..]);
        } else {
            masked.push_str(word);
        }
    }
    let unmasked = |range: Range<usize>| {
        let (mut out, mut at) = (String::new(), range.start);
        let first = addresses.partition_point(|(address, _)| address.start < range.start);
        let here = addresses[first..].iter().take_while(|(address, _)| address.end <= range.end);
        for (address, letters) in here {
            out.extend([&masked[at..address.start], letters]);
            at = address.end;
        }
        out + &masked[at..range.end]
    };
    wrap(&masked, cells).into_iter().map(unmasked).collect()
}

fn is_address(word: &str) -> bool {
    word.contains('/') || word.starts_with('<')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::deck::{Flags, Marks};

    fn linked(text: &str, link: &str) -> Inline {
        Inline::Text(text.to_owned(), Marks { link: Some(Arc::from(link)), ..Marks::default() })
    }

    #[test]
    fn addresses_stand_behind_words_that_do_not_say_them() {
        let strong = Marks { flags: Flags::STRONG, link: Some(Arc::from("#/2")), ..Marks::default() };
        let plain = |text: &str| Inline::Text(text.to_owned(), Marks::default());
        let of = |inlines: &[Inline]| words(inlines);
        assert_eq!(
            of(&[linked("the ", "#/2"), Inline::Text("code".into(), strong), plain(".")]),
            "the code <#/2>."
        );
        assert_eq!(of(&[linked("www.k3s.io", "https://www.k3s.io"), plain(" x")]), "www.k3s.io x");
        assert_eq!(of(&[linked("a ", "#1"), linked("b", "#2")]), "a <#1> b <#2>");
        assert_eq!(of(&[plain("one"), Inline::Break, plain("two")]), "one\ntwo");
    }

    #[test]
    fn addresses_are_not_broken() {
        let long = "see https://lutrin.example/a-long-one/that/goes?on=and-on first";
        assert_eq!(wrapped(long, 20), "see\nhttps://lutrin.example/a-long-one/that/goes?on=and-on\nfirst");
        assert_eq!(wrapped("un deux trois", 8), "un deux\ntrois");
        assert_eq!(wrapped(long, 0), long);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_too_wide(text in "[a-zé日/<. ]{0,60}", cells in 2_usize..20) {
            let text = text.trim();
            let lines = wrapped(text, cells);
            let letters = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(letters(&lines), letters(text));
            for line in lines.lines() {
                prop_assert!(width(line) <= cells || line.split(' ').any(is_address), "{:?}", lines);
            }
        }
    }
}
