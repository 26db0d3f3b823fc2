//! By which rule a deck's slides are separated, and what nearly separates them, in words.

use super::super::placed;
use super::super::split::{Miss, misses, parting, quoted};
use super::Inspection;
use crate::source::{Diagnostic, Passage, Rule};

/// Three blank lines, as authors write them for reveal.js.
const GAPS: [&str; 4] = [r"^\n\n\n", r"\n\n\n", r"^\r?\n\r?\n\r?\n", r"^\n\n\n$"];

/// Returns the rule, and what nearly keeps it.
pub(super) fn told(inspection: &Inspection<'_>) -> Vec<Diagnostic> {
    let Inspection { deck, given, body } = inspection;
    let text = &deck.text[*body..];
    let line = deck.slides.first().map_or(1, |slide| slide.line);
    let (message, least) = match given.given() {
        (Some(horizontal), vertical) => {
            let is_gaps =
                GAPS.contains(&horizontal) && vertical.is_none_or(|vertical| !vertical.contains(r"\n\n"));
            let message = format!("slides are parted as is given, by `{}`", quoted(horizontal));
            (message, is_gaps.then_some(3))
        }
        _ => found(inspection, text),
    };
    let note = Diagnostic::of(Rule::SeparatorRule, message).at_line(line);
    let mut near = least.map(|least| near(inspection, text, least)).unwrap_or_default();
    placed(&mut near, &deck.slides);
    std::iter::once(note).chain(near).collect()
}

/// Returns the rule of the text itself, and how many blank lines separate slides where they do.
fn found(inspection: &Inspection<'_>, text: &str) -> (String, Option<usize>) {
    let parting = parting(text);
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let slides = match inspection.deck.slides.len() {
        1 => "1 slide".to_owned(),
        count => format!("{count} slides"),
    };
    let next = parting.next.map(|(name, count)| format!("; next would be {name}, {}", times(count)));
    let message = match parting.by {
        Some(by) => format!("slides are parted by {by}: {slides}{}", next.unwrap_or_default()),
        None => "nothing parts slides, so the deck is one".to_owned(),
    };
    (message, parting.gap)
}

/// Returns what nearly separates slides where `least` blank lines do.
fn near(inspection: &Inspection<'_>, text: &str, least: usize) -> Vec<Diagnostic> {
    let deck = inspection.deck;
    let (mut line, mut at) = (1, 0);
    let told = |(range, miss): (std::ops::Range<usize>, Miss)| {
        let place = range.start + inspection.body..range.end + inspection.body;
        line += deck.text[at..place.start].bytes().filter(|&byte| byte == b'\n').count();
        at = place.start;
        let start = deck.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let passage = Passage::of(&deck.text[start..], place.start - start..place.end - start, line);
        let words = deck.text[place].to_owned();
        let (message, hint) = match miss {
            Miss::Narrow => (
                format!("two blank lines stand before `{words}`, where three part slides"),
                "write a third one: reveal.js shows this on the slide above",
            ),
            Miss::Wide(lines) => (
                format!("{lines} blank lines follow each other, and reveal.js makes an empty slide of them"),
                "three part slides",
            ),
            Miss::Blanks => (
                "a line of the separator looks empty and has blanks on it".to_owned(),
                "take them away: reveal.js parts no slides here",
            ),
        };
        let told = Diagnostic::of(Rule::SeparatorNearMiss, message).hint(hint);
        if words.is_empty() { told.at_line(passage.line) } else { told.at(passage) }
    };
    misses(text, least, inspection.given.given().0.is_some()).into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{self, Separators};
    use crate::source;

    fn told(text: &str) -> Vec<String> {
        let deck = parse::open(source::decode(text.as_bytes()).expect("it is text"), None);
        let all = Inspection::new(&deck, &Separators::default()).separation();
        all.iter().map(|one| format!("{}:{:?} {}", one.line.unwrap_or(0), one.columns, one.message)).collect()
    }

    #[test]
    fn the_rule_is_told_with_the_runner_up() {
        let told = told("---\ntitle: a\n---\n# A\n\n\n\n# B\n\n---\n\nb\n\n\n\n# C\n\n\n# D\n");
        assert_eq!(
            told,
            [
                "4:None slides are parted by three blank lines: 4 slides; next would be `---`, once",
                "19:Some(1..4) two blank lines stand before `# D`, where three part slides",
            ]
        );
    }

    #[test]
    fn one_slide_and_a_given_separator_are_told_too() {
        assert_eq!(told("# A"), ["1:None nothing parts slides, so the deck is one"]);
        let given = told("---\nseparator: '^\\n\\n\\n'\n---\n# A\n\n\n# B\n");
        assert_eq!(given.len(), 2, "{given:?}");
        assert!(given[0].contains("as is given") && given[1].contains("`# B`"));
    }
}
