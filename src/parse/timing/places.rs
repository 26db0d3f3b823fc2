//! The places of a slide's text where its time may be written: in a comment that is there, or on a line of its own. Whether
//! a place is a good one is not known here.

use std::ops::Range;

use super::super::scan::comment_text;
use super::super::split::Protected;
use super::super::{comments, directive};
use crate::source::Edit;

const OPENING: &str = "<!--";
const DIRECTIVE: &str = ".slide:";
const NAME: &str = "data-timing";
const BLANKS: [char; 3] = [' ', '\t', '\n'];

/// Returns the edits that may give the slide at `range` of `text` its time, the best ones first.
pub(super) fn of(text: &str, range: &Range<usize>, seconds: u64) -> Vec<Edit> {
    let attribute = format!("{NAME}=\"{seconds}\"");
    let (mut changed, mut extended) = (Vec::new(), Vec::new());
    // Of several that say the same the last one counts.
    for words in directives(text, range).into_iter().rev() {
        match value(&text[words.clone()]) {
            Some(old) => changed.push(Edit {
                range: words.start + old.start..words.start + old.end,
                text: attribute.clone(),
            }),
            None => extended.push(Edit { range: words.end..words.end, text: format!(" {attribute}") }),
        }
    }
    changed.append(&mut extended);
    let lines = lines(text, range, &format!("{OPENING} {DIRECTIVE} {attribute} -->"));
    changed.extend(lines.into_iter().filter(|edit| is_comment(text, range, edit)));
    changed
}

/// Returns the Markdown of the slide at `range` of `text` after an edit, as opening the deck would find it.
pub(super) fn after(text: &str, range: &Range<usize>, edit: &Edit) -> String {
    let end = range.end.max(edit.range.end);
    let after = [&text[range.start..edit.range.start], &edit.text, &text[edit.range.end..end]].concat();
    after.trim_end_matches(BLANKS).to_owned()
}

/// Returns the edits that put a line in: under the slide's last line, the same with a blank line between, and above its
/// first line.
fn lines(text: &str, range: &Range<usize>, line: &str) -> Vec<Edit> {
    // What has no words but notes gets it above them.
    let below = (!range.is_empty()).then(|| {
        let rest = text[range.end..].split('\n').next().unwrap_or_default();
        let is_blank = rest.trim_matches(BLANKS).is_empty();
        let at = if is_blank { range.end + rest.len() } else { range.end };
        ["\n", "\n\n"].map(|end| Edit { range: at..at, text: format!("{end}{line}") })
    });
    let above = Edit { range: range.start..range.start, text: format!("{line}\n") };
    below.into_iter().flatten().chain([above]).collect()
}

/// Tells whether what an edit puts in is a comment of its own, rather than the end of one that was never closed.
fn is_comment(text: &str, range: &Range<usize>, edit: &Edit) -> bool {
    let indent = edit.text.len() - edit.text.trim_start().len();
    let start = edit.range.start - range.start + indent;
    Protected::of(&after(text, range, edit)).comments.iter().any(|comment| comment.start == start)
}

/// Returns the words of each comment about the slide at `range` of `text`, as [`directive::slide`] takes them.
fn directives(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let slide = &text[range.clone()];
    let words = |comment: Range<usize>| {
        let inside = comment_text(&slide[comment.clone()]);
        let words = words(inside).filter(|_| directive::element(inside).is_none())?;
        let start = range.start + comment.start + OPENING.len();
        Some(start + words.start..start + words.end)
    };
    comments(slide).into_iter().filter_map(words).collect()
}

/// Returns where in a comment its attributes stand; an empty place where it has none yet.
fn words(comment: &str) -> Option<Range<usize>> {
    let after = comment.find(DIRECTIVE)? + DIRECTIVE.len();
    let start = comment.len() - comment[after..].trim_start().len();
    let line = comment[start..].lines().next().unwrap_or_default().trim_end();
    Some(if line.is_empty() { after..after } else { start..start + line.len() })
}

/// Returns where among attributes the last one of a slide's time stands, its value included, however that is quoted.
fn value(words: &str) -> Option<Range<usize>> {
    let (mut found, mut at) = (None, 0);
    while at < words.len() {
        let rest = &words[at..];
        let is_name = |letter: char| !letter.is_whitespace() && !matches!(letter, '=' | '"' | '\'');
        let name = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        let end = at + name + assigned(&rest[name..]);
        if &rest[..name] == NAME {
            found = Some(at..end);
        }
        let is_stuck = end == at;
        at = if is_stuck { at + rest.chars().next().map_or(1, char::len_utf8) } else { end };
    }
    found
}

/// Returns the length of a sign of equality and the value after it, with which `rest` begins; 0 where it has none.
fn assigned(rest: &str) -> usize {
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else { return 0 };
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |end| end + 2),
        _ => value.find(char::is_whitespace).unwrap_or(value.len()),
    };
    rest.len() - value.len() + length
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::double(r#"class="a" data-timing="60"  id="b""#, Some(r#"data-timing="60""#))]
    #[case::single("data-timing='60' id='b'", Some("data-timing='60'"))]
    #[case::bare("data-timing=60", Some("data-timing=60"))]
    #[case::apart("data-timing = 60 x", Some("data-timing = 60"))]
    #[case::without_a_value("data-timing id=\"b\"", Some("data-timing"))]
    #[case::never_closed("data-timing=\"60 x", Some("data-timing=\"60 x"))]
    #[case::the_last("data-timing='6' data-timing=\"7\"", Some("data-timing=\"7\""))]
    #[case::in_another_value(r#"data-state="data-timing='5'" é"#, None)]
    #[case::another_name("data-timing-x=\"5\" data-section-timing=\"5\"", None)]
    #[case::nothing("= \" '", None)]
    fn the_time_is_found(#[case] words: &str, #[case] expected: Option<&str>) {
        assert_eq!(value(words).map(|range| &words[range]), expected);
    }

    #[rstest]
    #[case(" .slide: id=\"a\" ", Some("id=\"a\""))]
    #[case(" .slide: ", Some(""))]
    #[case(".slide:", Some(""))]
    #[case(".slide:\n  id=\"a\"  \n b=\"c\"", Some("id=\"a\""))]
    #[case(" slide: id=\"a\" ", None)]
    fn attributes_stand_behind_the_directive(#[case] comment: &str, #[case] expected: Option<&str>) {
        assert_eq!(words(comment).map(|range| &comment[range]), expected);
    }

    #[test]
    fn comments_come_first_and_the_last_of_them_counts() {
        let slide =
            "<!-- .slide: data-timing='5' -->\n# A\n\n`<!-- .slide: -->` <!-- .slide: id=\"a\" -->  \n";
        let text = format!("\n\n{slide}\n\nB");
        let range = 2..2 + slide.trim_end().len();
        let written: Vec<String> =
            of(&text, &range, 90).iter().map(|edit| after(&text, &range, edit)).collect();
        let line = "<!-- .slide: data-timing=\"90\" -->";
        let whole = slide.trim_end();
        assert_eq!(written[0], whole.replace("'5'", "\"90\""));
        assert_eq!(written[1], whole.replace("id=\"a\"", "id=\"a\" data-timing=\"90\""));
        assert_eq!(
            written[2..],
            [format!("{whole}  \n{line}"), format!("{whole}  \n\n{line}"), format!("{line}\n{whole}"),]
        );
    }
}
