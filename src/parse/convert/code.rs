//! Blocks of code: their letters, their numbers, and which of their lines stand out when.

use super::super::html::Node;
use super::sources::drawing;
use super::{Converter, Flow};
use crate::deck::{Code, CodeLines, CodeStep};
use crate::source::SourceRange;
use crate::text::sanitize;

impl Converter {
    /// Adds a block of code: its letters as they are, whatever tags stand among them.
    pub(super) fn code(&mut self, node: Node<'_>, flow: &mut Flow) {
        let code = node.children().find(|child| child.name() == "code").unwrap_or(node);
        let attribute = |name: &str| code.attribute(name).or_else(|| node.attribute(name));
        let (info, range) = match node.attribute("data-info") {
            Some(info) => (Some(info.to_owned()), node.attribute_source("data-info")),
            None => match [code, node].into_iter().find_map(class) {
                Some((name, range)) => (Some(name), range),
                None => (None, SourceRange::UNKNOWN),
            },
        };
        let written = info.unwrap_or_default();
        let info = Info::read(&written);
        let first = attribute("data-ln-start-from").unwrap_or(&info.first).trim().parse().unwrap_or(1);
        let spec = attribute("data-line-numbers").or(info.lines.as_deref());
        let steps = spec.map(|spec| self.code_steps(spec, code));
        let text = sanitize(&code.text()).into_owned();
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let code = Code {
            info: sanitize(&info.rest).into_owned(),
            info_range: language(&written, &info.rest, range),
            text: if attribute("data-trim").is_some() { trimmed(text) } else { text.to_owned() },
            lines: steps.map(|steps| CodeLines { first, steps }),
        };
        self.push_code(code, flow);
    }

    /// Returns the steps that `1-2|3,5` names; the first is there at once, the others are fragments.
    fn code_steps(&mut self, spec: &str, code: Node<'_>) -> Vec<CodeStep> {
        let mut steps: Vec<CodeStep> =
            spec.split('|').map(|lines| CodeStep { step: 0, ranges: ranges(lines) }).collect();
        // reveal counts up from the index of the block.
        let index = code.attribute("data-fragment-index").is_some().then(|| self.order.place(code));
        for (nth, step) in (0..).zip(steps.iter_mut().skip(1)) {
            step.step = index.map_or_else(|| self.order.next(), |index: u16| index.saturating_add(nth));
        }
        if steps.iter().all(|step| step.ranges.is_empty()) { Vec::new() } else { steps }
    }
}

/// Returns where the language is written that `rest` of the words at `range` begins with.
fn language(written: &str, rest: &str, range: SourceRange) -> SourceRange {
    let word = rest.split([' ', '\t', ',', '{', '[', ':']).find(|word| !word.is_empty());
    let found = word.and_then(|word| Some((written.find(word)?, word.len())));
    found.map_or(range, |(start, length)| range.part_of(written, &written[start..start + length]))
}

/// What stands behind a fence, with what reveal reads in brackets apart: `js [10: 1|2-3]`.
struct Info {
    /// What is left, the language first.
    rest: String,
    /// The first line's number, as written.
    first: String,
    /// What is said of the lines, where there are brackets.
    lines: Option<String>,
}

impl Info {
    fn read(info: &str) -> Self {
        let mut from = 0;
        while let Some((start, length)) =
            info[from..].find('[').and_then(|at| Some((from + at, info[from + at..].find(']')?)))
        {
            let inside = &info[start + 1..start + length];
            let (first, lines) = inside.split_once(':').unwrap_or(("", inside));
            let digits = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
            if digits(first) && lines.chars().all(|c| c.is_ascii_digit() || " \t,|-".contains(c)) {
                let rest = [info[..start].trim(), info[start + length + 1..].trim()].join(" ");
                return Self {
                    rest: rest.trim().to_owned(),
                    first: first.to_owned(),
                    lines: Some(lines.to_owned()),
                };
            }
            from = start + 1;
        }
        Self { rest: info.to_owned(), first: String::new(), lines: None }
    }
}

/// Returns the language that a class names, and where.
fn class(node: Node<'_>) -> Option<(String, SourceRange)> {
    let all = node.attribute("class")?;
    let mut classes = all.split_ascii_whitespace();
    let named = classes.find_map(|one| one.strip_prefix("language-").or(one.strip_prefix("lang-")));
    let named = named.or_else(|| drawing(node))?;
    Some((named.to_owned(), node.attribute_source("class").part_of(all, named)))
}

/// Returns the first and last lines that `1, 4-8` names.
fn ranges(lines: &str) -> Vec<(usize, usize)> {
    let range = |part: &str| {
        let (first, last) = part.trim().split_once('-').unwrap_or((part.trim(), ""));
        let first: usize = first.parse().ok()?;
        Some((first, last.parse().unwrap_or(first).max(first)))
    };
    lines.split(',').filter_map(range).collect()
}

/// Returns the code without the blank lines around it and the indent that all its lines share, as `data-trim` asks.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_blank = |line: &&str| line.trim().is_empty();
    let start = lines.iter().take_while(|line| is_blank(line)).count();
    let end = lines.len() - lines.iter().rev().take_while(|line| is_blank(line)).count();
    let kept = lines.get(start..end).unwrap_or_default();
    let indent = |line: &&str| line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let shared = kept.iter().filter(|line| !is_blank(line)).map(indent).min().unwrap_or(0);
    kept.iter().map(|line| line.get(shared..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("js [1-2|3|4]", "js", "", Some("1-2|3|4"))]
    #[case("[1] js", "js", "", Some("1"))]
    #[case("js[10: 1|2]", "js", "10", Some(" 1|2"))]
    #[case("yaml []", "yaml", "", Some(""))]
    #[case("js [a] [2]", "js [a]", "", Some("2"))]
    #[case("js [x", "js [x", "", None)]
    #[case("{.py}", "{.py}", "", None)]
    fn brackets_stand_behind_a_fence(
        #[case] info: &str,
        #[case] rest: &str,
        #[case] first: &str,
        #[case] lines: Option<&str>,
    ) {
        let read = Info::read(info);
        assert_eq!((read.rest.as_str(), read.first.as_str(), read.lines.as_deref()), (rest, first, lines));
    }

    #[test]
    fn lines_are_named_one_by_one_and_in_ranges() {
        assert_eq!(ranges(" 1, 4-8 ,x,9-"), [(1, 1), (4, 8), (9, 9)]);
        assert_eq!(ranges(" "), []);
    }

    #[test]
    fn code_is_trimmed_of_what_all_lines_share() {
        assert_eq!(trimmed("\n\n    a\n      b\n\n    c\n  "), "a\n  b\n\nc");
        assert_eq!(trimmed(" \n"), "");
    }
}
