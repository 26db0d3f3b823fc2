//! Text and its marks as Markdown: delimiters where they are read as what they are, else elements of HTML.

use std::borrow::Cow;
use std::sync::Arc;

use super::escape::{self, EscapeContext};
use crate::deck::{Flags, Inline, Marks, Picture, walk};
use crate::export::text;

/// What Markdown can say of letters.
const SAID: Flags = Flags::EMPHASIS.union(Flags::STRONG).union(Flags::STRIKE);

/// Where running text stands: what ends a line there, and which letters are marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InlineContext {
    /// A paragraph.
    Paragraph,
    /// A heading, which is one line.
    Heading,
    /// A table's cell, which is one line, and which a bar ends.
    Cell,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq)]
enum InlineToken<'a> {
    Word(Cow<'a, str>, InlineMarks),
    /// Blanks, and where a click on them leads.
    Blank(&'a str, Option<Arc<str>>),
    Break,
}

/// The marks of a word, as far as Markdown has them.
#[derive(Debug, Clone, Default, PartialEq)]
struct InlineMarks {
    link: Option<Arc<str>>,
    flags: Flags,
    code: bool,
}

impl InlineMarks {
    fn of(marks: &Marks) -> Self {
        let code = marks.flags.intersects(Flags::CODE | Flags::KEY);
        Self { link: marks.link.clone(), flags: marks.flags & SAID, code }
    }

    fn has(&self, mark: &MarkKind) -> bool {
        match mark {
            MarkKind::Link(url) => self.link.as_ref() == Some(url),
            MarkKind::Flag(flag) => self.flags.contains(*flag),
        }
    }

    fn marks(&self) -> Vec<MarkKind> {
        let flags = [Flags::STRIKE, Flags::STRONG, Flags::EMPHASIS].into_iter();
        let flags = flags.filter(|flag| self.flags.contains(*flag)).map(MarkKind::Flag);
        self.link.clone().map(MarkKind::Link).into_iter().chain(flags).collect()
    }
}

#[derive(Debug, Clone, PartialEq)]
enum MarkKind {
    Link(Arc<str>),
    Flag(Flags),
}

/// A mark that is open: until which piece, and what ends it.
struct OpenMark {
    mark: MarkKind,
    end: usize,
    close: String,
}

/// How a letter beside a delimiter decides whether it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Blank,
    Sign,
    Letter,
    /// Readers disagree on what it is.
    Odd,
}

impl Side {
    fn of(letter: Option<char>) -> Self {
        match letter {
            None => Self::Blank,
            Some(letter) if letter.is_whitespace() => Self::Blank,
            Some(letter) if letter.is_ascii_punctuation() => Self::Sign,
            Some(letter) if letter.is_alphanumeric() => Self::Letter,
            Some(_) => Self::Odd,
        }
    }
}

/// Returns the text as Markdown, without blanks and breaks at its ends; only at a paragraph's start marks of blocks are
/// made letters.
pub(super) fn write(inlines: &[Inline], place: InlineContext) -> String {
    let pieces = pieces(inlines);
    let has_breaks = pieces.contains(&InlineToken::Break);
    let mut ground = EscapeContext::of(&walk::plain(inlines));
    let strikes = |piece: &InlineToken<'_>| matches!(piece, InlineToken::Word(_, look) if look.flags.contains(Flags::STRIKE));
    ground.set(EscapeContext::BARRED, place == InlineContext::Cell || has_breaks);
    ground.set(EscapeContext::TILDES, ground.contains(EscapeContext::TILDES) || pieces.iter().any(strikes));
    let mut writer = InlineWriter { pieces: &pieces, place, ground, out: String::new(), open: Vec::new() };
    for at in 0..pieces.len() {
        writer.piece(at);
    }
    match place {
        InlineContext::Paragraph => writer.out.split('\n').map(escape::start).collect::<Vec<_>>().join("\n"),
        InlineContext::Heading => heading(writer.out),
        InlineContext::Cell => writer.out,
    }
}

/// Returns a heading's text such that signs at its end are read.
fn heading(text: String) -> String {
    let bare = text.trim_end_matches('#');
    if bare.len() < text.len() && (bare.is_empty() || bare.ends_with(char::is_whitespace)) {
        return format!("{bare}\\{}", &text[bare.len()..]);
    }
    text
}

/// Returns the parts of the text, runs of equal looks as one, nothing but words at both ends.
fn pieces(inlines: &[Inline]) -> Vec<InlineToken<'_>> {
    let mut pieces: Vec<InlineToken<'_>> = Vec::new();
    for inline in inlines {
        let Inline::Text(text, marks) = inline else {
            if matches!(pieces.last(), Some(InlineToken::Word(..))) {
                pieces.push(InlineToken::Break);
            }
            continue;
        };
        let core = text.trim();
        let start = text.len() - text.trim_start().len();
        let (before, after) = (&text[..start], &text[start + core.len()..]);
        let is_first = matches!(pieces.last(), None | Some(InlineToken::Break));
        pieces.extend(
            (!before.is_empty() && !is_first).then(|| InlineToken::Blank(before, marks.link.clone())),
        );
        if !core.is_empty() {
            let look = InlineMarks::of(marks);
            match pieces.last_mut() {
                Some(InlineToken::Word(before, same)) if *same == look => before.to_mut().push_str(core),
                _ => pieces.push(InlineToken::Word(Cow::Borrowed(core), look)),
            }
            pieces.extend((!after.is_empty()).then(|| InlineToken::Blank(after, marks.link.clone())));
        }
    }
    while matches!(pieces.last(), Some(InlineToken::Blank(..) | InlineToken::Break)) {
        pieces.pop();
    }
    pieces
}

struct InlineWriter<'a> {
    pieces: &'a [InlineToken<'a>],
    place: InlineContext,
    ground: EscapeContext,
    out: String,
    open: Vec<OpenMark>,
}

impl InlineWriter<'_> {
    fn piece(&mut self, at: usize) {
        match &self.pieces[at] {
            InlineToken::Blank(blanks, _) => self.out.push_str(blanks),
            InlineToken::Break => {
                self.out.truncate(self.out.trim_end().len());
                self.out.push_str(if self.place == InlineContext::Paragraph { "\\\n" } else { "<br>" });
            }
            InlineToken::Word(text, look) => {
                if self.is_address(at, text, look) {
                    self.out.extend(["<", text, ">"]);
                    return;
                }
                self.opens(at, look);
                if look.code {
                    self.code(text);
                } else {
                    let linked = self.open.iter().any(|open| matches!(open.mark, MarkKind::Link(_)));
                    let before = self.out.chars().next_back();
                    let mut ground = self.ground;
                    ground.set(EscapeContext::LINKED, linked);
                    self.out.push_str(&escape::letters(text, ground, before));
                }
                while let Some(open) = self.open.pop_if(|open| open.end == at) {
                    self.out.push_str(&open.close);
                }
            }
        }
    }

    /// Returns whether a word is nothing but the address that it leads to.
    fn is_address(&self, at: usize, text: &str, look: &InlineMarks) -> bool {
        let Some(link) = &look.link else { return false };
        let alone = look.flags.is_empty() && !look.code && self.open.is_empty();
        alone
            && **link == *text
            && text.contains("://")
            && is_plain(link)
            && self.last(at, &MarkKind::Link(Arc::clone(link))) == at
    }

    /// Returns the last word up to which a mark goes on.
    fn last(&self, at: usize, mark: &MarkKind) -> usize {
        let mut last = at;
        for (next, piece) in self.pieces.iter().enumerate().skip(at + 1) {
            match piece {
                InlineToken::Word(_, look) if look.has(mark) => last = next,
                InlineToken::Word(..) => break,
                InlineToken::Blank(_, link) if matches!(mark, MarkKind::Link(url) if link.as_ref() != Some(url)) =>
                {
                    break;
                }
                InlineToken::Blank(..) | InlineToken::Break => {}
            }
        }
        last
    }

    /// Opens the marks that a word has and that are not open, the one that goes on for longest first.
    fn opens(&mut self, at: usize, look: &InlineMarks) {
        let marks = look.marks().into_iter().filter(|mark| self.open.iter().all(|open| open.mark != *mark));
        let mut marks: Vec<(usize, MarkKind)> = marks.map(|mark| (self.last(at, &mark), mark)).collect();
        marks.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
        for (last, mark) in marks {
            let end = self.open.last().map_or(last, |open| open.end.min(last));
            let (open, close) = match &mark {
                MarkKind::Link(url) if is_plain(url) => ("[".to_owned(), format!("]({})", target(url))),
                MarkKind::Link(url) => (format!("<a href=\"{}\">", attribute(url)), "</a>".to_owned()),
                MarkKind::Flag(flag) => self.delimiters((at, end), *flag),
            };
            // Together with a bracket it would make a picture.
            if open == "[" && self.out.ends_with('!') {
                self.out.insert(self.out.len() - 1, '\\');
            }
            self.out.push_str(&open);
            self.open.push(OpenMark { mark, end, close });
        }
    }

    /// Returns what begins and what ends a mark from one word to another: elements where delimiters would be letters.
    fn delimiters(&self, (at, end): (usize, usize), flag: Flags) -> (String, String) {
        let strong = self.open.iter().any(|open| open.mark == MarkKind::Flag(Flags::STRONG));
        // Asterisks of two marks would be read as those of one.
        let beside = self.out.ends_with('*') && !self.out.ends_with("\\*");
        let (sign, element) = match flag {
            Flags::STRIKE => ("~~", "del"),
            Flags::STRONG => ("**", "strong"),
            _ if strong || beside => ("_", "em"),
            _ => ("*", "em"),
        };
        let (InlineToken::Word(first, look), InlineToken::Word(last, other)) =
            (&self.pieces[at], &self.pieces[end])
        else {
            return (String::new(), String::new());
        };
        // Where another mark begins or ends with this one, its sign stands beside this one's.
        let alone = |look: &InlineMarks| !look.code && look.link.is_none() && look.flags == flag;
        let inner = |look: &InlineMarks, letter: Option<char>| {
            if alone(look) { Side::of(letter) } else { Side::Sign }
        };
        let after = match self.pieces.get(end + 1) {
            Some(InlineToken::Word(next, look)) if *look == InlineMarks::default() => {
                Side::of(next.chars().next())
            }
            Some(InlineToken::Word(..)) => Side::Odd,
            _ => Side::Blank,
        };
        let before = Side::of(self.out.chars().next_back());
        let fits = |outside: Side, inside: Side| match outside {
            Side::Blank | Side::Sign => true,
            Side::Letter | Side::Odd => sign != "_" && inside == Side::Letter,
        };
        let fits_beside = !beside || sign != "**";
        if fits_beside
            && fits(before, inner(look, first.chars().next()))
            && fits(after, inner(other, last.chars().next_back()))
        {
            return (sign.to_owned(), sign.to_owned());
        }
        (format!("<{element}>"), format!("</{element}>"))
    }

    fn code(&mut self, text: &str) {
        let lengths: Vec<usize> = text.split(|letter| letter != '`').map(str::len).collect();
        // The shortest run of backticks that is not in it.
        let ticks = (1..=lengths.len() + 1).find(|length| !lengths.contains(length)).unwrap_or(1);
        let ticks = "`".repeat(ticks);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let bars = self.place == InlineContext::Cell;
        let text = if bars { text.replace('|', "\\|") } else { text.to_owned() };
        self.out.extend([&ticks, pad, &text, pad, &ticks]);
    }
}

/// Returns a picture as Markdown, in a link where it leads somewhere.
pub(super) fn picture(picture: &Picture) -> String {
    let alt = picture.alt.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = if is_plain(&picture.source) && !tells_size(&alt) {
        let ground = EscapeContext::LINKED | EscapeContext::of(&alt);
        format!("![{}]({})", escape::letters(&alt, ground, None), target(&picture.source))
    } else {
        format!("<img src=\"{}\" alt=\"{}\">", attribute(&picture.source), attribute(&alt))
    };
    match &picture.link {
        Some(url) if is_plain(url) => format!("[{shown}]({})", target(url)),
        Some(url) => format!("<a href=\"{}\">{shown}</a>", attribute(url)),
        None => shown,
    }
}

/// Returns whether words might be read as a picture's size or place.
fn tells_size(alt: &str) -> bool {
    alt.contains('|')
        || (!alt.is_empty() && alt.split(' ').all(|word| word.contains('-') || word == "center"))
}

/// Returns whether an address can stand in Markdown as it is.
fn is_plain(url: &str) -> bool {
    !url.is_empty()
        && url
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-._~:/?#@!&'()*+,;=%$".contains(letter))
}

/// Returns an address as it stands behind a link's words.
fn target(url: &str) -> String {
    let url = url.replace('&', "\\&");
    if url.contains(['(', ')']) { format!("<{url}>") } else { url }
}

/// Returns text as it stands between the quotes of an attribute, without anything that Markdown could read.
fn attribute(text: &str) -> String {
    let letter = |letter: char| match letter {
        '&' | '"' | '<' | '>' | '\\' | '`' | '*' | '_' | '$' | '{' | '[' | ']' | '~' | '|' | '\n' => {
            format!("&#{};", u32::from(letter))
        }
        _ => letter.to_string(),
    };
    text.chars().map(letter).collect()
}

/// Returns what stands for a film or a page.
pub(super) fn placeholder(what: &str, url: &str) -> String {
    escape::line(&text::placeholder(what, url))
}
