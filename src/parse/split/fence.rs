//! Which lines open and close fenced code.

use std::ops::Range;

/// A line that opens or closes fenced code, or would do so if it weren't code itself.
#[derive(Debug)]
pub(super) struct FenceLine {
    /// The line's bytes, its end included.
    pub(super) range: Range<usize>,
    /// Where the code ends that this line opens: the end of the closing line. `None` if it is never closed.
    pub(super) closed: Option<usize>,
    mark: char,
    length: usize,
    /// Whether it is indented by four or more columns, so that only a list's fence can mean it.
    deep: bool,
    kind: FenceKind,
}

/// What is on a fence's line with its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FenceKind {
    /// Nothing: the line may close code.
    Bare,
    /// An info string after it, a language most often: the line opens code.
    Info,
    /// A list's bullet before it: the line opens code as well.
    Bullet,
}

impl FenceLine {
    /// Returns what `line`, at `range` of a text, opens or closes; bullets of lists may be before it.
    pub(super) fn read(line: &str, range: Range<usize>) -> Option<Self> {
        let unindented = line.trim_start_matches([' ', '\t']);
        let text = without_bullets(unindented);
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let words = text.trim_start_matches(mark);
        let length = text.len() - words.len();
        if length < 3 || (mark == '`' && words.contains('`')) {
            return None;
        }
        let indent = &line[..line.len() - unindented.len()];
        Some(Self {
            range,
            closed: None,
            mark,
            length,
            deep: indent.len() > 3 || indent.contains('\t'),
            kind: match (words.trim().is_empty(), text.len() == unindented.len()) {
                (false, _) => FenceKind::Info,
                (true, false) => FenceKind::Bullet,
                (true, true) => FenceKind::Bare,
            },
        })
    }
}

/// Returns `text` without the bullets and numbers of lists that it begins with.
fn without_bullets(mut text: &str) -> &str {
    loop {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let bullet = if digits.len() == text.len() { &['-', '*', '+'][..] } else { &['.', ')'][..] };
        let Some(after) = digits.strip_prefix(bullet).filter(|after| after.starts_with([' ', '\t'])) else {
            return text;
        };
        text = after.trim_start_matches([' ', '\t']);
    }
}

/// Finds where each of `fences` is closed, as Markdown does but for one thing: where another fence names its
/// language before the first is closed, the first one's end was forgotten, and it counts as never closed.
pub(super) fn pair(fences: &mut [FenceLine]) {
    // What follows the line at hand: of backticks and of tildes, seen from the margin and from within a list.
    let mut closing: [[Nearest; 2]; 2] = Default::default();
    let mut naming: [[Nearest; 2]; 2] = Default::default();
    for index in (0..fences.len()).rev() {
        let FenceLine { mark, length, deep, kind, .. } = fences[index];
        let (mark, view) = (usize::from(mark == '~'), usize::from(deep));
        let end = closing[mark][view].of(length);
        let forgotten = |end: usize| naming[mark][view].of(length).is_some_and(|next| next < end);
        fences[index].closed = end.filter(|&end| !forgotten(end)).map(|end| fences[end].range.end);
        // A deep line closes nothing that was opened at the margin.
        for view in view..2 {
            match kind {
                FenceKind::Bare => closing[mark][view].put(length, index),
                FenceKind::Info => naming[mark][view].put(length, index),
                FenceKind::Bullet => {}
            }
        }
    }
}

/// Knows the nearest line of at least some length, while lines are put in from the last to the first.
#[derive(Default)]
struct Nearest {
    /// Lengths and indices; upwards the lengths shrink and the lines come nearer.
    lines: Vec<(usize, usize)>,
}

impl Nearest {
    fn put(&mut self, length: usize, index: usize) {
        while self.lines.last().is_some_and(|&(shorter, _)| shorter <= length) {
            self.lines.pop();
        }
        self.lines.push((length, index));
    }

    fn of(&self, length: usize) -> Option<usize> {
        let long_enough = self.lines.partition_point(|&(found, _)| found >= length);
        self.lines[..long_enough].last().map(|&(_, index)| index)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Returns for each fence line of `text` the line number (from 0) after its end, where it has one.
    fn ends(text: &str) -> Vec<Option<usize>> {
        let mut at = 0;
        let mut fences = Vec::new();
        for line in text.split_inclusive('\n') {
            fences.extend(FenceLine::read(line.trim_end(), at..at + line.len()));
            at += line.len();
        }
        pair(&mut fences);
        fences.iter().map(|fence| fence.closed.map(|end| text[..end].lines().count())).collect()
    }

    #[rstest]
    #[case::closed("```\na\n```\n", &[Some(3), None])]
    #[case::never("```\na\n", &[None])]
    #[case::another_mark("```\n~~~\n```\n", &[Some(3), None, None])]
    #[case::too_short("````\n```\n````\n", &[Some(3), Some(3), None])]
    #[case::longer("```\n`````", &[Some(2), None])]
    #[case::forgotten("```a\n```b\n```\n", &[None, Some(3), None])]
    #[case::shown_in_longer("````a\n```b\n```\n````\n", &[Some(4), Some(3), Some(4), None])]
    #[case::inline("```a```\n", &[])]
    #[case::a_named_line_closes_nothing("```\n``` a\n", &[None, None])]
    #[case::deep_lines_do_not_close("```\n    ```\n```\n", &[Some(3), Some(3), None])]
    #[case::deep_in_a_list("- a\n\n    ```sh\n    b\n    ```\n", &[Some(5), None])]
    #[case::beside_a_bullet("1. - ```sh\n     b\n  ```\n", &[Some(3), None])]
    #[case::a_bullet_never_closes("```\n- ```\n", &[None, None])]
    fn fences_end_as_markdown_has_it(#[case] text: &str, #[case] expected: &[Option<usize>]) {
        assert_eq!(ends(text), expected);
    }
}
