//! Pieces as the events that are written: elements that have attributes, code, pictures and formulas in code become
//! HTML here, and all others are left to the parser's own writer.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd, html};

use super::attributes::AttributeList;
use super::events::EventList;
use super::spanned::SpannedEvent;
use super::{Text, dedented, escaped, picture, spans};
use crate::parse::traced::TracedHtml;

/// Commands that LaTeX has outside of formulas: code with one of these is a document's.
const DOCUMENT: [&str; 6] =
    ["\\documentclass", "\\usepackage", "\\begin{document}", "\\section", "\\begin{itemize}", "\\newcommand"];

/// Returns the HTML of `pieces`, which were read from `text`.
pub(super) fn html(pieces: Vec<SpannedEvent<'_>>, text: &Text<'_>) -> TracedHtml {
    let mut writer =
        HtmlWriter { out: EventList::new(text), source: text.as_str(), around: Vec::new(), quotes: 0 };
    let mut pieces = pieces.into_iter();
    while let Some(piece) = pieces.next() {
        writer.write(piece, &mut pieces);
    }
    writer.out.written()
}

struct HtmlWriter<'a, 's> {
    out: EventList<'a, 's>,
    source: &'s str,
    /// What ends with the tables and cells that are open.
    around: Vec<&'static str>,
    quotes: usize,
}

impl<'a> HtmlWriter<'a, '_> {
    fn write(&mut self, piece: SpannedEvent<'a>, rest: &mut impl Iterator<Item = SpannedEvent<'a>>) {
        let values = values(&piece, self.source);
        let SpannedEvent { event, attributes, range, .. } = piece;
        self.out.trace(&event, range.clone(), values);
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.code_block(&kind, &attributes, rest),
            Event::Start(Tag::Image { .. }) => {
                let html = image(event, attributes, rest);
                self.out.push_html(html);
            }
            Event::Start(Tag::Table(_)) => {
                let wrapped = !attributes.is_empty();
                if wrapped {
                    self.out.push_html(format!("<div{}>", attributes.written()));
                }
                self.out.push(event);
                self.around.push(if wrapped { "</div>" } else { "" });
            }
            Event::Start(Tag::TableCell) => {
                self.out.push(event);
                let wrapped = !attributes.is_empty();
                if wrapped {
                    self.out.push_html(format!("<span{}>", attributes.written()));
                }
                self.around.push(if wrapped { "</span>" } else { "" });
            }
            Event::End(TagEnd::Table) => {
                self.out.push(event);
                let end = self.around.pop().unwrap_or_default();
                self.out.push_html(end);
            }
            Event::End(TagEnd::TableCell) => {
                let end = self.around.pop().unwrap_or_default();
                self.out.push_html(end);
                self.out.push(event);
            }
            Event::Code(ref words) => match formula(words) {
                Some((inside, display)) => {
                    // The line ends of the source are blanks by now, but formulas are shown line by line.
                    let source = self.source.get(range).filter(|_| self.quotes == 0);
                    let source = source.and_then(|source| formula(source.trim_matches('`')));
                    let inside = source.map_or(inside, |(inside, _)| inside).trim_start_matches(' ');
                    let html = spans::element(&dedented(inside), display);
                    self.out.push_html(if attributes.is_empty() {
                        html
                    } else {
                        format!("<span{}>{html}</span>", attributes.written())
                    });
                }
                None if attributes.is_empty() => self.out.push(event),
                None => {
                    let html = tagged(event, &attributes);
                    self.out.push_html(html);
                }
            },
            Event::Start(_) if !attributes.is_empty() => {
                self.quotes += usize::from(matches!(event, Event::Start(Tag::BlockQuote(_))));
                let html = tagged(event, &attributes);
                self.out.push_html(html);
            }
            _ => {
                self.quotes += usize::from(matches!(event, Event::Start(Tag::BlockQuote(_))));
                self.quotes -= usize::from(matches!(event, Event::End(TagEnd::BlockQuote(_))));
                self.out.push(event);
            }
        }
    }

    /// Writes a block of code with all that stands behind its fence. A line feed stands behind `<pre>` because HTML
    /// drops the first one, which may be the author's.
    fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        attributes: &AttributeList,
        rest: &mut impl Iterator<Item = SpannedEvent<'a>>,
    ) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let ended = |piece: &SpannedEvent<'_>| matches!(piece.event, Event::End(TagEnd::CodeBlock));
        let inside: Vec<Event<'a>> =
            rest.take_while(|piece| !ended(piece)).map(|piece| piece.event).collect();
        let is_latex = matches!(info.trim(), "latex" | "tex" | "katex" | "math");
        let text = || -> String { inside.iter().filter_map(|event| text_of(event)).collect() };
        let formula = Some(text)
            .filter(|_| is_latex)
            .map(|text| text())
            .filter(|text| info.trim() == "math" || !DOCUMENT.iter().any(|command| text.contains(command)));
        let info = if formula.is_some() { "math" } else { info };
        let info = escaped(info).replace("&lt;", "<");
        self.out.push_html(format!("<pre data-info=\"{info}\"{}>\n<code>", attributes.written()));
        match formula {
            Some(formula) => self.out.push(Event::Text(dedented(&formula).into())),
            None => self.out.extend(inside),
        }
        self.out.push_html("</code></pre>");
    }
}

fn text_of<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) => Some(text),
        _ => None,
    }
}

/// Returns the element of an event with its attributes, which stand first, where they count.
fn tagged(event: Event<'_>, attributes: &AttributeList) -> String {
    let mut tag = String::new();
    html::push_html(&mut tag, std::iter::once(event));
    let begin = tag.find('<').map_or(0, |at| at + 1);
    let name = tag[begin..].find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(0);
    tag.insert_str(begin + name, &attributes.written());
    tag
}

/// Returns the names of attributes of the element that a piece begins, and where in `source` their values are written:
/// what braces say, else what Markdown has a place for.
fn values(piece: &SpannedEvent<'_>, source: &str) -> impl Iterator<Item = (String, Range<usize>)> + use<> {
    let own = match &piece.event {
        Event::Start(Tag::Image { .. }) => {
            vec![("src", piece.address.clone()), ("alt", piece.words.clone())]
        }
        Event::Start(Tag::Link { .. }) => vec![("href", piece.address.clone())],
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            vec![("data-info", info(source, piece.range.clone()))]
        }
        _ => Vec::new(),
    };
    let own = own.into_iter().map(|(name, range)| (name.to_owned(), range));
    piece.attributes.places.clone().into_iter().chain(own)
}

/// Returns what stands behind the fence that opens the code at `range` of `source`.
fn info(source: &str, range: Range<usize>) -> Range<usize> {
    let line = source[range.clone()].lines().next().unwrap_or_default().trim_end();
    let info = line.trim_start_matches(['`', '~']).trim_start();
    let end = range.start + line.len();
    end - info.len()..end
}

/// Returns a picture; the words that tell its size leave its description.
fn image<'a>(
    mut start: Event<'a>,
    mut attributes: AttributeList,
    rest: &mut impl Iterator<Item = SpannedEvent<'a>>,
) -> String {
    let mut inside = Vec::new();
    let mut depth = 0_usize;
    for SpannedEvent { event, .. } in rest {
        match &event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) if depth == 0 => break,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        inside.push(event);
    }
    let is_text = inside.iter().all(|event| matches!(event, Event::Text(_)));
    let alt: String = inside.iter().filter_map(|event| text_of(event)).collect();
    let (words, said) = picture::read(&alt);
    if is_text && !said.is_empty() {
        attributes.merge(said);
        inside = vec![Event::Text(words.to_owned().into())];
    }
    let address = match &mut start {
        // The parser's writer would spell it in percent signs.
        Event::Start(Tag::Image { dest_url, .. }) => std::mem::replace(dest_url, "".into()),
        _ => "".into(),
    };
    let mut tag = String::new();
    let end = Event::End(TagEnd::Image);
    html::push_html(&mut tag, std::iter::once(start).chain(inside).chain(std::iter::once(end)));
    match tag.strip_prefix("<img src=\"") {
        Some(rest) => format!("<img{} src=\"{}{rest}", attributes.written(), escaped(&address)),
        None => tag,
    }
}

/// Returns the formula that code in a line is, as reveal's decks write it to save it from Markdown, and whether it
/// is displayed. Single dollars may be a shell's: they count only around what looks like a formula.
fn formula(code: &str) -> Option<(&str, bool)> {
    let code = code.trim();
    let marks = [("$$", "$$", true), ("\\[", "\\]", true), ("\\(", "\\)", false), ("$", "$", false)];
    marks.into_iter().find_map(|(open, close, display)| {
        let inside = code.strip_prefix(open)?.strip_suffix(close)?;
        let fits = !inside.trim().is_empty() && !inside.contains(open) && !inside.contains(close);
        let fits = fits && (open != "$" || inside.contains(['\\', '^', '_']));
        fits.then_some((inside, display))
    })
}
