//! Where the lines of a text end. Styles are not seen here: the answer is ranges of bytes.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::width::{grapheme_width, width};

/// Returns the lines of `text` in at most `cells` cells each, as ranges of bytes without the blanks at their
/// ends. Breaks by Unicode's rules (UAX #14), within a word only where it is longer than a line.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let (mut line_start, mut last_break, mut used) = (0, 0, 0);
    for (end, opportunity) in linebreaks(text) {
        let piece = &text[last_break..end];
        let needed = width(piece.trim_end());
        if used + needed > cells && last_break > line_start {
            lines.push(trimmed(text, line_start..last_break));
            (line_start, used) = (last_break, 0);
        }
        if needed > cells {
            line_start = break_word(text, line_start..end, cells, &mut lines);
            used = width(&text[line_start..end]);
        } else {
            used += width(piece);
        }
        last_break = end;
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(trimmed(text, line_start..end));
            (line_start, used) = (end, 0);
        }
    }
    lines
}

/// Breaks one word that is longer than a line between its letters; returns where its last line starts.
fn break_word(text: &str, word: Range<usize>, cells: usize, lines: &mut Vec<Range<usize>>) -> usize {
    let (mut start, mut used) = (word.start, 0);
    for (offset, grapheme) in text[word.clone()].trim_end().grapheme_indices(true) {
        let needed = grapheme_width(grapheme);
        if used + needed > cells && word.start + offset > start {
            lines.push(start..word.start + offset);
            (start, used) = (word.start + offset, 0);
        }
        used += needed;
    }
    start
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let end = line.start + text[line.clone()].trim_end_matches([' ', '\n', '\t']).len();
    line.start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn wraps(text: &str, cells: usize, expected: &[&str]) {
        let lines: Vec<&str> = wrap(text, cells).into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_break_between_words() {
        wraps("un lutrin porte le texte", 10, &["un lutrin", "porte le", "texte"]);
        wraps("", 10, &[]);
        wraps("exactly 10", 10, &["exactly 10"]);
    }

    #[test]
    fn french_marks_stay_with_their_word() {
        wraps("Et alors ?", 8, &["Et", "alors ?"]);
    }

    #[test]
    fn a_line_feed_is_a_break() {
        wraps("un\ndeux\n\ntrois", 10, &["un", "deux", "", "trois"]);
    }

    #[test]
    fn long_words_break_between_letters() {
        wraps("ab abcdefghij k", 4, &["ab", "abcd", "efgh", "ij k"]);
        wraps("日本語の", 5, &["日本", "語の"]);
        wraps("日", 1, &["日"]);
    }

    #[test]
    fn every_letter_but_blanks_is_on_a_line() {
        let text = "The quick👩‍🚀brown fox-trot, et cætera: https://example.org/a/b/c?d=e";
        for cells in 1..40 {
            let joined: String =
                wrap(text, cells).into_iter().map(|line| text[line].replace(' ', "")).collect();
            assert_eq!(joined, text.replace(' ', ""), "{cells}");
        }
    }
}
