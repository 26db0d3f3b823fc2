//! Lines that `CommonMark` does not know, rewritten as it does: `:::` containers and `##--##` columns become elements
//! of HTML, formulas on lines of their own become fenced code. What stands in a line is not touched.

use std::ops::Range;

use super::container::{ContainerMark, OpenContainers, mark};
use super::raw::RawRanges;
use super::spans::is_formula;
use crate::parse::rewriting::{Rewriting, Rewritten};

/// The line that parts columns in sfeir's decks.
const COLUMN: &str = "##--##";
/// Lines that stand further in than this may be code.
const DEEP: usize = 4;

/// Returns `text` with all its lines such as `CommonMark` reads them.
pub(super) fn rewritten(text: &str) -> Rewritten<'_> {
    if ![":::", COLUMN, "$$", "\\[", "|"].iter().any(|sign| text.contains(sign)) {
        return Rewritten::unchanged(text);
    }
    let raw = RawRanges::of(text);
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        SourceLine::new(text, at - line.len()..at, &raw)
    });
    let lines: Vec<SourceLine<'_>> = lines.collect();
    let mut rewriter = Rewriter { out: Rewriting::new(text), open: OpenContainers::default() };
    rewriter.run(&lines, &raw);
    rewriter.out.finish()
}

/// A line of the text.
#[derive(Clone, Copy)]
struct SourceLine<'a> {
    start: usize,
    whole: &'a str,
    /// The blanks and the marks of quotes that it begins with.
    prefix: &'a str,
    /// What follows, without blanks at its end.
    words: &'a str,
    /// Whether it is code or the like.
    protected: bool,
    /// Whether it stands in a block of HTML.
    html: bool,
}

impl<'a> SourceLine<'a> {
    fn new(text: &'a str, range: Range<usize>, raw: &RawRanges) -> Self {
        let whole = &text[range.clone()];
        let words = whole.trim_start_matches([' ', '\t', '>']);
        let prefix = &whole[..whole.len() - words.len()];
        let words = words.trim_end();
        Self {
            start: range.start,
            whole,
            prefix,
            words,
            protected: raw.covers(range.start + prefix.len()),
            html: raw.is_html(range.start + prefix.len()),
        }
    }

    /// Where the line begins and where the next one does.
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.whole.len()
    }

    fn is_column(&self) -> bool {
        !self.protected && self.words == COLUMN && self.indent() < DEEP && !self.prefix.contains('>')
    }

    /// How far the line stands in, behind the marks of quotes.
    fn indent(&self) -> usize {
        let blanks = self.prefix.rsplit('>').next().unwrap_or_default();
        if blanks.contains('\t') { DEEP } else { blanks.len() }
    }
}

struct Rewriter<'a> {
    out: Rewriting<'a>,
    open: OpenContainers,
}

impl Rewriter<'_> {
    fn run(&mut self, lines: &[SourceLine<'_>], raw: &RawRanges) {
        let mut columns = lines.iter().any(SourceLine::is_column);
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            if columns && line.range().end > raw.body {
                columns = false;
                self.insert(line, "\n<div class=\"columns\">\n<div class=\"column\">\n\n");
            }
            if is_below_words(lines, at) {
                self.insert(line, &format!("{}\n", line.prefix.trim_end()));
            }
            let formula = formula(&lines[at..]).filter(|_| !self.open.is_drawing());
            let taken = formula.as_ref().map_or(1, |(_, taken)| *taken);
            match formula {
                Some((inside, _)) => {
                    let range = line.start..lines[at + taken - 1].range().end;
                    self.out.replace(range, &fenced(line, &inside));
                }
                None => self.line(line),
            }
            at += taken;
        }
    }

    /// Writes something before `line`.
    fn insert(&mut self, line: &SourceLine<'_>, new: &str) {
        self.out.replace(line.start..line.start, new);
    }

    fn line(&mut self, line: &SourceLine<'_>) {
        if line.is_column() {
            let closing = self.open.close_all();
            self.out.replace(line.range(), &format!("\n{closing}\n</div>\n<div class=\"column\">\n\n"));
            return;
        }
        let said = (!line.protected && line.words.starts_with(":::")).then(|| mark(line.words)).flatten();
        match said {
            Some(ContainerMark::Close(colons)) => {
                let closing = self.open.close(colons);
                self.out.replace(line.range(), &put(line, &closing));
            }
            Some(ContainerMark::Open { colons, name, attributes, title }) if !self.open.is_drawing() => {
                let mut opening = put(line, &self.open.open(colons, name, &attributes));
                if !title.is_empty() {
                    opening.push_str(&put(line, &format!("**{title}**")));
                }
                self.out.replace(line.range(), &opening);
            }
            _ => {}
        }
    }
}

/// Returns lines to stand in place of `line`, as far in as it, and blank ones around them. Where the line stands far in,
/// a blank one before it would make it code.
fn put(line: &SourceLine<'_>, lines: &str) -> String {
    let mut out = String::new();
    let drawing = lines.starts_with("```");
    let bare = line.prefix.trim_end();
    if line.indent() < DEEP && !drawing {
        out.extend([bare, "\n"]);
    }
    for one in lines.lines() {
        out.extend([line.prefix, one, "\n"]);
    }
    if !drawing {
        out.extend([bare, "\n"]);
    }
    out
}

/// Returns a formula that begins at `line` as fenced code, and in a block of HTML as an element.
fn fenced(line: &SourceLine<'_>, inside: &[&str]) -> String {
    if line.html {
        // It is HTML: what is written as an entity is one.
        let source = inside.join("\n").replace('<', "&lt;");
        return format!("<span data-math=\"display\">{source}</span>\n");
    }
    let ticks = inside.iter().map(|line| longest_run(line, b'`')).max().unwrap_or(0);
    let fence = "`".repeat((ticks + 1).max(3));
    let mut out = format!("{}{fence}math\n", line.prefix);
    for one in inside {
        if !one.starts_with(line.prefix) {
            out.push_str(line.prefix);
        }
        out.extend([one, "\n"]);
    }
    out.extend([line.prefix, &fence, "\n"]);
    out
}

/// Returns whether the line `at` is the header of a table right below words. reveal's Markdown begins a table there, and
/// `CommonMark`'s tables want a paragraph of their own.
fn is_below_words(lines: &[SourceLine<'_>], at: usize) -> bool {
    let Some([above, head, rule]) = at.checked_sub(1).and_then(|above| lines.get(above..above + 3)) else {
        return false;
    };
    let is_rule = |words: &str| words.contains('-') && words.bytes().all(|byte| b" |:-\t".contains(&byte));
    let cells = |words: &str| words.trim_matches('|').split('|').count();
    let is_free = |line: &SourceLine<'_>| !line.protected && !line.html && line.indent() < DEEP;
    [above, head, rule].into_iter().all(is_free)
        && !above.words.is_empty()
        && !above.words.starts_with(['-', '*', '+', '#'])
        && head.words.contains('|')
        && rule.words.contains('|')
        && is_rule(rule.words)
        && !is_rule(above.words)
        && cells(head.words) == cells(rule.words)
}

/// Returns the lines of the formula that the first of `lines` opens, and how many lines it takes with its marks.
///
/// It ends where its closing mark ends a line. Blank lines may stand in it only where its marks stand alone.
fn formula<'a>(lines: &[SourceLine<'a>]) -> Option<(Vec<&'a str>, usize)> {
    let first = lines.first().filter(|line| !line.protected && line.indent() < DEEP)?;
    let (open, close) =
        [("$$", "$$"), ("\\[", "\\]")].into_iter().find(|(open, _)| first.words.starts_with(open))?;
    let rest = &first.words[open.len()..];
    if let Some(inside) = rest.strip_suffix(close) {
        let single = !inside.contains(open) && !inside.contains(close) && !inside.ends_with('\\');
        return (single && is_formula(inside)).then(|| (vec![inside.trim()], 1));
    }
    if rest.contains(open) || rest.contains(close) {
        return None;
    }
    let alone = rest.is_empty();
    let mut inside: Vec<&str> = if alone { Vec::new() } else { vec![rest.trim()] };
    for (nth, line) in lines.iter().enumerate().skip(1) {
        if let Some(last) = line.words.strip_suffix(close) {
            let closes =
                !last.contains(open) && !last.contains(close) && (alone || is_formula(&inside.join("\n")));
            let blanks = !alone || !last.is_empty();
            if !closes || (blanks && inside.iter().any(|line| line.trim_start_matches([' ', '>']).is_empty()))
            {
                return None;
            }
            if !last.trim().is_empty() {
                inside.push(&line.whole[..line.prefix.len() + last.len()]);
            }
            return inside.iter().any(|line| !line.trim().is_empty()).then_some((inside, nth + 1));
        }
        if line.words.contains(open) || line.words.contains(close) || (!alone && line.words.is_empty()) {
            return None;
        }
        inside.push(line.whole.trim_end());
    }
    None
}

/// Returns the length of the longest run of `byte`.
fn longest_run(text: &str, byte: u8) -> usize {
    text.as_bytes().split(|&one| one != byte).map(<[u8]>::len).max().unwrap_or(0)
}
