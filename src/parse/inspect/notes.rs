//! Notes that reveal.js reads in another way. Where notes begin was found before.

use super::super::notes::word;
use super::super::scan::{Markup, MarkupKind, Scanner};
use super::super::split::{Protected, covers};
use crate::deck::{Deck, SlideSource};
use crate::source::{Diagnostic, Passage, Rule};

/// Elements whose words are for the speaker or are shown letter by letter, so that `Note:` means nothing else there.
const QUIET: [&str; 7] = ["aside", "code", "pre", "script", "style", "svg", "textarea"];

/// Returns what reveal.js would make of the notes on the slide at `index`.
pub(super) fn told(deck: &Deck, index: usize) -> Vec<Diagnostic> {
    let Some(slide) = deck.slides.get(index) else { return Vec::new() };
    let shown = deck.slide_text(index);
    let mut all: Vec<Diagnostic> =
        indented(deck, slide).into_iter().chain(inside(shown, slide.line)).collect();
    if slide.notes.is_some() && shown.trim().is_empty() {
        let told = Diagnostic::of(Rule::SlideEmpty, "nothing of this slide is seen: all of it is notes");
        all.push(
            told.at_line(slide.line).hint("put something before `Note:`, or the notes on another slide"),
        );
    }
    all
}

/// Tells of notes whose opening word has blanks before it.
fn indented(deck: &Deck, slide: &SlideSource) -> Option<Diagnostic> {
    let notes = slide.notes.as_ref()?;
    let before = deck.text.get(slide.range.start..notes.start)?;
    let opener = before.trim_end();
    let start = opener.rfind('\n').map_or(0, |newline| newline + 1);
    let line = &opener[start..];
    let indent = line.len() - line.trim_start().len();
    (indent > 0 && word(line).is_some()).then(|| {
        let words = line.trim();
        Diagnostic::of(
            Rule::NotesDropped,
            format!("blanks stand before `{words}`: reveal.js would show these notes on the slide"),
        )
        .at(Passage::of(before, start..start + line.len(), slide.line))
        .hint("take the blanks away")
    })
}

/// Tells of notes that are opened in an element, which shows them.
fn inside(shown: &str, first_line: usize) -> Option<Diagnostic> {
    let mut end = 0;
    let mut lines = shown.split_inclusive('\n').filter_map(|line| {
        let start = end;
        end += line.len();
        word(line).filter(|_| !line.starts_with(' ')).map(|length| start..start + length)
    });
    let first = lines.next()?;
    let Protected { hidden, elements, .. } = Protected::of(shown);
    let is_quiet = |token: Markup| match token.kind {
        MarkupKind::Start(element) | MarkupKind::Raw(element) => QUIET.contains(&element.name),
        _ => false,
    };
    let is_shown = |at: usize| {
        let element = elements.iter().find(|element| element.contains(&at));
        !covers(&hidden, at)
            && element.is_some_and(|element| !Scanner::html(shown, element.clone()).any(is_quiet))
    };
    let found = std::iter::once(first).chain(lines).find(|word| is_shown(word.start))?;
    let words = shown[found.clone()].trim();
    let message = format!("`{words}` opens no notes inside an element, so the audience sees what follows");
    let told = Diagnostic::of(Rule::NotesDropped, message).at(Passage::of(shown, found, first_line));
    Some(told.hint("close the element first, or write the notes as `<aside class=\"notes\">`"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::{parse, source};

    #[rstest]
    #[case::plain("# A\n\nNote: b", None)]
    #[case::indented("# A\n\n  Note: b", Some((3, Some(1))))]
    #[case::in_a_cell("<table><tr><td>\n\nNote: b\n\n</td></tr></table>", Some((3, Some(1))))]
    #[case::in_an_aside("# A\n\n<aside class=\"notes\">\nNote: b\n</aside>", None)]
    #[case::in_code("# A\n\n```\nNote: b\n```", None)]
    #[case::in_pre("# A\n\n<pre>\nNote: b\n</pre>", None)]
    #[case::another_word("<div>\nNotebook: b\n</div>", None)]
    #[case::all_of_it("Note: b", Some((1, None)))]
    fn what_reveal_reads_in_another_way_is_told(
        #[case] text: &str,
        #[case] place: Option<(usize, Option<u32>)>,
    ) {
        let deck = parse::open(source::decode(text.as_bytes()).expect("it is text"), None);
        let found = super::told(&deck, 0);
        let first = found.first().map(|one| (one.line, one.columns.as_ref().map(|columns| columns.start)));
        assert_eq!(first, place.map(|(line, column)| (Some(line), column)), "{found:?}");
    }
}
