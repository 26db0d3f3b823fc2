//! What a single line looks like where slides are split: a separator, a heading, words.

use std::ops::Range;

/// A line that separates slides in some decks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeparatorMark {
    /// `---`
    Three,
    /// `----`
    Four,
    /// `--`
    Two,
    /// `vvv`
    Letters,
    /// `+++`
    Pluses,
    /// `##==##`
    Words,
}

impl SeparatorMark {
    /// The marks that separate vertical slides where another one separates horizontal ones; of equally many the first
    /// counts.
    pub(super) const VERTICAL: [Self; 4] = [Self::Four, Self::Two, Self::Letters, Self::Pluses];

    /// Returns the mark that is all of `line`, which ends in no blanks.
    pub(super) fn read(line: &str) -> Option<Self> {
        Some(match line {
            "---" => Self::Three,
            "----" => Self::Four,
            "--" => Self::Two,
            "vvv" => Self::Letters,
            "+++" => Self::Pluses,
            "##==##" => Self::Words,
            _ => return None,
        })
    }

    /// Returns whether Markdown reads it as the rule below a heading where words are above it.
    fn underlines(self) -> bool {
        matches!(self, Self::Two | Self::Three | Self::Four)
    }
}

/// A mark with its place in a text.
#[derive(Debug, Clone)]
pub(super) struct MarkLine {
    pub(super) mark: SeparatorMark,
    /// The line's bytes, its end included.
    pub(super) range: Range<usize>,
    /// Whether both lines beside it are blank, or beyond the edge of the text.
    pub(super) alone: bool,
    /// Whether it looks like a separator, alone or not, rather than like the rule below a heading.
    pub(super) evident: bool,
    /// How a slide would begin after it.
    pub(super) start: Option<u8>,
}

impl MarkLine {
    /// Returns the `mark` at `range` of `body`, by the lines around it.
    pub(super) fn new(mark: SeparatorMark, range: Range<usize>, body: &str) -> Self {
        let mut above = body[..range.start].strip_suffix('\n').unwrap_or_default().rsplit('\n');
        let (above, further) = (above.next().unwrap_or_default(), above.next().unwrap_or_default());
        let below = body[range.end..].lines().next().unwrap_or_default();
        let start = body[range.end..].lines().find(|line| !is_blank(line)).and_then(start);
        let evident = !mark.underlines()
            || is_blank(above)
            || (start.is_some() && !is_blank(below))
            || match LineAbove::of(above) {
                LineAbove::Heading => false,
                LineAbove::Closed => true,
                // Two lines of words are a paragraph rather than a heading. And an author who writes headings as
                // `## A` makes none of their level by dashes.
                LineAbove::Words => start.is_some_and(|level| {
                    level < 3 || (!is_blank(further) && LineAbove::of(further) != LineAbove::Heading)
                }),
            };
        Self { mark, range, alone: is_blank(above) && is_blank(below), evident, start }
    }
}

/// What a line that isn't blank means to dashes below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineAbove {
    /// Dashes below it adorn it, most often.
    Heading,
    /// Markdown makes no heading of it: a list, a quote, a table, code, HTML.
    Closed,
    /// Dashes below it make it a heading.
    Words,
}

impl LineAbove {
    fn of(line: &str) -> Self {
        let text = line.trim_start_matches([' ', '\t']);
        if level(line).is_some() {
            return Self::Heading;
        }
        let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_numbered = number.len() < text.len() && number.starts_with(['.', ')']);
        let closed = line.len() - text.len() > 1
            || is_numbered
            || ["- ", "* ", "+ ", ">", "<", "|", "```", "~~~", ":::"]
                .iter()
                .any(|mark| text.starts_with(mark))
            || text.trim_end().ends_with(['|', '>'])
            || SeparatorMark::read(text.trim_end()).is_some();
        if closed { Self::Closed } else { Self::Words }
    }
}

/// Returns whether `line` holds nothing but blanks.
fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// Returns how a slide begins that begins with `line`: the level of its heading, 0 for an attribute of the slide;
/// `None` where slides seldom begin so.
pub(super) fn start(line: &str) -> Option<u8> {
    let text = line.trim_start_matches(' ');
    let comment = text.strip_prefix("<!--").is_some_and(|text| text.trim_start().starts_with(".slide"));
    let html = || match text.as_bytes() {
        [b'<', b'h' | b'H', digit @ b'1'..=b'6', b' ' | b'>', ..] => Some(digit - b'0'),
        _ => None,
    };
    if comment { Some(0) } else { level(line).or_else(html) }
}

/// Returns the level of an ATX heading.
fn level(line: &str) -> Option<u8> {
    let text = line.trim_start_matches(' ');
    let after = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - after.len()).ok().filter(|level| (1..=6).contains(level))?;
    let is_heading = line.len() - text.len() < 4 && (after.is_empty() || after.starts_with([' ', '\t']));
    is_heading.then_some(level)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Returns whether the first mark of `text` is alone, and whether it is evident.
    fn read(text: &str) -> (bool, bool) {
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            end += line.len();
            if let Some(mark) = SeparatorMark::read(line.trim_end()) {
                let found = MarkLine::new(mark, end - line.len()..end, text);
                return (found.alone, found.evident);
            }
        }
        panic!("there is no mark in {text:?}")
    }

    #[rstest]
    #[case::alone("A\n\n---\n\nB", true, true)]
    #[case::blanks_around("A\n \t\n---\n \nB", true, true)]
    #[case::at_the_edges("---\n", true, true)]
    #[case::words_below("A\n\n---\nB", false, true)]
    #[case::heading("A\n---\n\nB", false, false)]
    #[case::heading_with_words_below("A\n---\nB", false, false)]
    #[case::heading_below_a_heading("# T\nA\n---\nB", false, false)]
    #[case::slide_right_below("A\n---\n# B", false, true)]
    #[case::html_right_below("A\n---\n<h2>B</h2>", false, true)]
    #[case::attributes_right_below("A\n---\n<!-- .slide: class=\"a\" -->", false, true)]
    #[case::slide_after_a_blank_line("A\n---\n\n## B", false, true)]
    #[case::part_after_a_blank_line("A\n---\n\n### B", false, false)]
    #[case::paragraph("A\na\n---\n\n### B", false, true)]
    #[case::paragraph_and_words("A\na\n---\n\nB", false, false)]
    #[case::adorned("# A\n---\n\nB", false, false)]
    #[case::adorned_and_words("# A\n---\nB", false, false)]
    #[case::list("- A\n---\nB", false, true)]
    #[case::numbers("1. A\n---\n\nB", false, true)]
    #[case::deep_list("- A\n  a\n---\nB", false, true)]
    #[case::quote("> A\n---\nB", false, true)]
    #[case::fence("```\nA\n```\n---\nB", false, true)]
    #[case::html("<p>A</p>\n---\nB", false, true)]
    #[case::table("| a |\n---\nB", false, true)]
    #[case::year("2024 A\n---\nB", false, false)]
    #[case::two("A\n--\n\nB", false, false)]
    #[case::four("A\n----\n\nB", false, false)]
    #[case::no_rule("A\nvvv\nB", false, true)]
    #[case::pluses("A\n+++\nB", false, true)]
    #[case::words("A\n##==##\nB", false, true)]
    fn marks_look_like_separators_or_not(#[case] text: &str, #[case] alone: bool, #[case] evident: bool) {
        assert_eq!(read(text), (alone, evident));
    }

    #[rstest]
    #[case("# A", Some(1))]
    #[case("   ### A", Some(3))]
    #[case("######", Some(6))]
    #[case("####### A", None)]
    #[case("    # A", None)]
    #[case("#A", None)]
    #[case("<h3 style=\"a\">A", Some(3))]
    #[case("<H1>A", Some(1))]
    #[case("<hr>", None)]
    #[case("<header>", None)]
    #[case("<!--.slide: a -->", Some(0))]
    #[case("<!-- a -->", None)]
    #[case("A", None)]
    fn slides_begin_so(#[case] line: &str, #[case] expected: Option<u8>) {
        assert_eq!(start(line), expected);
    }
}
