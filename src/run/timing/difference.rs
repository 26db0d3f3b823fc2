//! What changes in a text, as programs and people read it: a unified diff. Nothing is printed here.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::text::sanitize;

const RESET: &str = "\x1b[m";

/// Returns the lines that change from `old` to `new`, with three around them; nothing where none does.
pub(super) fn of(name: &str, old: &str, new: &str, colored: bool) -> String {
    let mut out = String::new();
    let mut line = |color: &str, line: &str| {
        let (color, reset) = if colored && !color.is_empty() { (color, RESET) } else { ("", "") };
        let line = sanitize(line.trim_end_matches('\n'));
        writeln!(out, "{color}{line}{reset}").expect("a string has room");
    };
    let lines = TextDiff::from_lines(old, new);
    for (nth, hunk) in lines.unified_diff().iter_hunks().enumerate() {
        if nth == 0 {
            line("\x1b[1m", &format!("--- {name}"));
            line("\x1b[1m", &format!("+++ {name}"));
        }
        line("\x1b[36m", &hunk.header().to_string());
        for change in hunk.iter_changes() {
            let color = match change.tag() {
                ChangeTag::Equal => "",
                ChangeTag::Delete => "\x1b[31m",
                ChangeTag::Insert => "\x1b[32m",
            };
            line(color, &format!("{}{}", change.tag(), change.value()));
            if change.missing_newline() {
                line("", "\\ No newline at end of file");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "a\nb\nc\nd\ne\n\u{1b}]0;f";

    #[test]
    fn a_line_more_is_shown_among_its_neighbours() {
        let shown = of("talk.md", OLD, &OLD.replace("d\n", "d\nX\n"), false);
        let expected = "--- talk.md\n+++ talk.md\n@@ -2,5 +2,6 @@\n b\n c\n d\n+X\n e\n ␛]0;f\n\\ No newline at end of file\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn colours_end_with_their_lines() {
        let shown = of("talk.md", "a\n", "b\n", true);
        assert!(shown.ends_with("\u{1b}[31m-a\u{1b}[m\n\u{1b}[32m+b\u{1b}[m\n"), "{shown:?}");
        assert_eq!(of("talk.md", OLD, OLD, true), "");
    }
}
