//! What stands in a line and `CommonMark` would misread, rewritten as it does not: formulas between `$`, `\(` or `\[`
//! become elements of HTML, their letters spelled so that none is markup; the size in `![](x.png =500x)` becomes
//! attributes in braces.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::spanned::{ends_inline, is_inline};
use crate::parse::rewriting::{Rewriting, Rewritten};
use crate::source::Edit;

/// Returns `text` with its formulas and sizes rewritten.
pub(super) fn rewritten(text: &str) -> Rewritten<'_> {
    if !["$", "\\(", "\\[", " ="].iter().any(|sign| text.contains(sign)) {
        return Rewritten::unchanged(text);
    }
    let mut rewriting = Rewriting::new(text);
    for run in runs(text) {
        for edit in edits(text, &run) {
            rewriting.replace(edit.range, &edit.text);
        }
    }
    rewriting.finish()
}

/// Returns whether letters between a formula's marks are one: the marks also stand for money, variables of a shell,
/// and brackets that shall be no link.
pub(super) fn is_formula(inside: &str) -> bool {
    if inside.contains(['\\', '^', '_', '=', '{', '}']) {
        return true;
    }
    let has_word = |letters: usize| {
        inside.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() >= letters)
    };
    inside.contains(char::is_alphanumeric)
        && !has_word(3)
        && !(inside.contains(char::is_whitespace) && has_word(2))
}

/// Returns a formula as an element of HTML without anything in it that Markdown could read.
pub(super) fn element(inside: &str, display: bool) -> String {
    let mut html = String::from(if display { "<span data-math=\"display\">" } else { "<span data-math>" });
    for letter in inside.trim().chars() {
        if letter.is_ascii_punctuation() || letter.is_ascii_control() {
            // Writing to a string never fails.
            let _ = write!(html, "&#{};", u32::from(letter));
        } else {
            html.push(letter);
        }
    }
    html + "</span>"
}

/// Letters of one block, in which no code and no HTML stands.
struct TextRun {
    range: Range<usize>,
    /// Its further lines begin with marks of a quote.
    quoted: bool,
    /// It stands in a table, where nothing can be displayed.
    cell: bool,
}

fn runs(text: &str) -> Vec<TextRun> {
    let mut runs = Vec::new();
    let (mut from, mut end) = (0, None);
    let (mut quotes, mut tables, mut raw) = (0_usize, 0_usize, 0_usize);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let before = (quotes > 0, tables > 0);
        match &event {
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes -= 1,
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::End(TagEnd::Table) => tables -= 1,
            Event::Start(Tag::CodeBlock(_)) => raw += 1,
            Event::End(TagEnd::CodeBlock) => raw -= 1,
            _ => {}
        }
        match event {
            Event::Text(_) | Event::SoftBreak | Event::HardBreak if raw == 0 => end = Some(range.end),
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                runs.extend(end.take().map(|end| TextRun {
                    range: from..end,
                    quoted: before.0,
                    cell: before.1,
                }));
                raw += 1;
            }
            Event::End(TagEnd::Link) if raw > 0 => {
                raw -= 1;
                from = range.end;
            }
            Event::Start(tag) if is_inline(&tag) => {}
            Event::End(tag) if ends_inline(tag) && !matches!(tag, TagEnd::Link | TagEnd::Image) => {}
            _ => {
                runs.extend(end.take().map(|end| TextRun {
                    range: from..end,
                    quoted: before.0,
                    cell: before.1,
                }));
                from = if matches!(event, Event::Start(_)) { range.start } else { range.end };
            }
        }
    }
    runs.extend(end.map(|end| TextRun { range: from..end, quoted: false, cell: false }));
    runs
}

/// A mark that may open or close a formula.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    Dollar,
    TwoDollars,
    RoundOpen,
    RoundClose,
    SquareOpen,
    SquareClose,
    /// Three dollars and more.
    Other,
}

/// Returns what is to be replaced in a run, in order.
fn edits(text: &str, run: &TextRun) -> Vec<Edit> {
    let (signs, mut edits) = scan(text, run.range.clone());
    let mut at = 0;
    while let Some([(open, first), (close, last)]) = signs.get(at..at + 2) {
        at += 1;
        let inside = &text[first.end..last.start];
        let display = match (open, close) {
            (Sign::Dollar, Sign::Dollar) if dollars_fit(text, first.start, last.end) => false,
            (Sign::RoundOpen, Sign::RoundClose) => false,
            (Sign::TwoDollars, Sign::TwoDollars) => true,
            (Sign::SquareOpen, Sign::SquareClose) if inside.contains(['\\', '^', '_', '=']) => true,
            _ => continue,
        };
        if inside.contains("](") || !is_formula(inside) {
            continue;
        }
        let unquoted: Vec<&str> = inside.lines().map(|line| line.trim_start_matches([' ', '>'])).collect();
        let inside = if run.quoted { Cow::Owned(unquoted.join("\n")) } else { Cow::Borrowed(inside) };
        let text = element(&inside, display && !run.cell);
        edits.push(Edit { range: first.start..last.end, text });
        at += 1;
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Returns the marks of a run, and the sizes of its pictures as edits.
fn scan(text: &str, range: Range<usize>) -> (Vec<(Sign, Range<usize>)>, Vec<Edit>) {
    let bytes = text.as_bytes();
    let (mut signs, mut sizes) = (Vec::new(), Vec::new());
    let mut at = range.start;
    while at < range.end {
        let mut length = 1;
        match bytes[at] {
            b'\\' => {
                length = 2;
                let sign = match bytes.get(at + 1) {
                    Some(b'(') => Some(Sign::RoundOpen),
                    Some(b')') => Some(Sign::RoundClose),
                    Some(b'[') => Some(Sign::SquareOpen),
                    Some(b']') => Some(Sign::SquareClose),
                    _ => None,
                };
                signs.extend(sign.map(|sign| (sign, at..at + 2)));
            }
            b'$' => {
                length = bytes[at..range.end].iter().take_while(|&&byte| byte == b'$').count();
                let sign = [Sign::Dollar, Sign::TwoDollars].get(length - 1).copied().unwrap_or(Sign::Other);
                signs.push((sign, at..at + length));
            }
            b' ' if bytes.get(at + 1) == Some(&b'=') => {
                if let Some((end, attributes)) = size(&text[at + 2..range.end])
                    && is_target(&bytes[range.start..at])
                {
                    length = 2 + end;
                    sizes.push(Edit { range: at..at + length, text: format!("){attributes}") });
                }
            }
            _ => {}
        }
        at += length;
    }
    (signs, sizes)
}

/// Returns whether what stands around single dollars lets them be marks: not in `$HOME/$PATH`, `US$5`, `$a/${b}`.
fn dollars_fit(text: &str, open: usize, close: usize) -> bool {
    let inside = &text[open + 1..close - 1];
    let before = text[..open].chars().next_back();
    let mut after = text[close..].chars();
    let (next, second) = (after.next(), after.next());
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let goes_on = is_letter(next)
        || next.is_some_and(|next| "_{(@".contains(next))
        || (next == Some('.') && is_letter(second));
    let blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    !is_letter(before) && !goes_on && !blank(inside.chars().next()) && !blank(inside.chars().next_back())
}

/// Returns the attributes of `500x200)`, `50%x)` and their kin, and where they end.
fn size(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(32).position(|byte| byte == b')')?;
    let (width, height) = text[..end].trim().split_once('x')?;
    let is_size = |size: &str| {
        let digits = size.strip_suffix("px").or(size.strip_suffix('%')).unwrap_or(size);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let fits = |size: &str| size.is_empty() || is_size(size);
    if !fits(width) || !fits(height) || (width.is_empty() && height.is_empty()) {
        return None;
    }
    let named = [("width", width), ("height", height)];
    let named =
        named.iter().filter(|(_, size)| !size.is_empty()).map(|(name, size)| format!("{name}={size}"));
    Some((end + 1, format!("{{{}}}", named.collect::<Vec<_>>().join(" "))))
}

/// Returns whether `before` ends with the opened target of a link or picture.
fn is_target(before: &[u8]) -> bool {
    let length = before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    before[before.len() - length..].windows(2).any(|two| two == b"](") || before.ends_with(b"](")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The text with formulas in brackets of their own, so that a test can be read.
    fn drawn(text: &str) -> String {
        let mut drawn = rewritten(text).text.into_owned();
        for (html, short) in [("<span data-math=\"display\">", "⟦"), ("<span data-math>", "⟨")] {
            drawn = drawn.replace(html, short);
        }
        drawn = drawn.replace("</span>", "⟩");
        while let Some((before, rest)) = drawn.split_once("&#") {
            let (number, after) = rest.split_once(';').unwrap();
            let letter = char::from_u32(number.parse().unwrap()).unwrap();
            drawn = format!("{before}{letter}{after}");
        }
        drawn
    }

    #[rstest]
    #[case("a $x^2$ b", "a ⟨x^2⟩ b")]
    #[case("$x$, *$y$* and **$z$**", "⟨x⟩, *⟨y⟩* and **⟨z⟩**")]
    #[case(r"\(k\) of \(n\)", "⟨k⟩ of ⟨n⟩")]
    #[case(r"so \[E = mc^2\] it is", "so ⟦E = mc^2⟩ it is")]
    #[case("so $$a_1\n= b$$ it is", "so ⟦a_1\n= b⟩ it is")]
    #[case("> so $$a_1\n> = b$$", "> so ⟦a_1\n= b⟩")]
    #[case("|a|\n|-|\n|$$x$$|", "|a|\n|-|\n|⟨x⟩|")]
    #[case("- $a$\n- $b$", "- ⟨a⟩\n- ⟨b⟩")]
    #[case("# The $\\lambda$ calculus", "# The ⟨\\lambda⟩ calculus")]
    #[case("$a*b*c$ $d_e$ f_g", "⟨a*b*c⟩ ⟨d_e⟩ f_g")]
    #[case("($x$)($y$)", "(⟨x⟩)(⟨y⟩)")]
    fn formulas_become_elements(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(drawn(text), expected);
    }

    #[rstest]
    #[case("it costs $5 and $10")]
    #[case("it costs $5 or 5$ more")]
    #[case("from $5/month to $10/month")]
    #[case("$HOME/$PATH, ${A}:${B}")]
    #[case("$@/$*, $?/$!")]
    #[case("jQuery $.a/$.b")]
    #[case("US$5 and A$")]
    #[case("$ x $")]
    #[case("$name$")]
    #[case("`$x$` and <b title=\"$x$\">")]
    #[case("```\n$x$\n```")]
    #[case("\\$x\\$ and \\\\(x)")]
    #[case("$a\n\nb$")]
    #[case("- $5\n- 6$")]
    #[case("[a](http://x/$b$)")]
    #[case("<http://x/$b$>")]
    #[case(r"\(see above\), \[optional\], \[1\]")]
    #[case("$$ and $$")]
    #[case("$$$x$$$")]
    fn other_dollars_and_brackets_are_text(#[case] text: &str) {
        assert_eq!(drawn(text), text);
    }

    #[rstest]
    #[case("![](x.png =500x200)", "![](x.png){width=500 height=200}")]
    #[case("![a](x.png =500x)", "![a](x.png){width=500}")]
    #[case("![a](x.png =x20)", "![a](x.png){height=20}")]
    #[case("![a](x.png =50%x)", "![a](x.png){width=50%}")]
    #[case("[![a](x.png =17x23)](#){.b}", "[![a](x.png){width=17 height=23}](#){.b}")]
    fn sizes_become_attributes(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(rewritten(text).text, expected);
    }

    #[rstest]
    #[case("(a =5x)")]
    #[case("`![](x.png =500x)`")]
    #[case("![](x.png =x)")]
    #[case("![](x.png =axb)")]
    #[case("a =5x")]
    fn other_sizes_are_text(#[case] text: &str) {
        assert_eq!(rewritten(text).text, text);
    }
}
