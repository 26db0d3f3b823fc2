//! Where links within a deck lead: `#/3/1`, `#/name`. Where links to elsewhere lead is nobody's business here.

use crate::deck::Deck;

/// Returns the slide, from 0, to which a link leads by reveal's rules: `#/3/1` is the second slide of the fourth stack,
/// `#/name` or `#name` the slide with that `id`. Numbers that are too high mean the last. None where no slide is meant, or no name is there.
pub fn target(deck: &Deck, url: &str) -> Option<usize> {
    let name = url.trim().strip_prefix('#')?.trim_start_matches('/');
    let mut parts = name.split('/');
    let first = parts.next().unwrap_or_default();
    match first.parse::<usize>() {
        Ok(column) => {
            let row: usize = parts.next().and_then(|row| row.parse().ok()).unwrap_or(0);
            Some(deck.near(column.saturating_add(1), row.saturating_add(1)))
        }
        Err(_) if first.is_empty() => Some(0).filter(|_| url.trim().starts_with("#/")),
        Err(_) => named(deck, first),
    }
}

/// A slide is read only where its source has the name in it.
fn named(deck: &Deck, id: &str) -> Option<usize> {
    (0..deck.slides.len()).find(|&slide| {
        deck.slide_text(slide).contains(id) && super::slide(deck, slide).attributes.id.as_deref() == Some(id)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{parse, source};

    const DECK: &str = "a\n\n---\n\nb\n\n--\n\n<!-- .slide: id=\"lower\" -->\nc\n\n---\n\nlower\n\n---\n\n<!-- .slide: id=\"9\" -->\nd\n";

    #[rstest]
    #[case("#/", Some(0))]
    #[case("#/0", Some(0))]
    #[case("#/1", Some(1))]
    #[case("#/1/1", Some(2))]
    #[case("#/1/1/3", Some(2))]
    #[case("#/2/0", Some(3))]
    #[case("#/2/1", Some(3))]
    #[case("#/lower", Some(2))]
    #[case("#lower", Some(2))]
    #[case("#/upper", None)]
    #[case("#", None)]
    #[case("https://a.org/#/1", None)]
    #[case("#/18446744073709551615", Some(4))]
    fn links_lead_to_slides(#[case] url: &str, #[case] slide: Option<usize>) {
        let deck = parse::open(source::decode(DECK.as_bytes()).expect("text"), None);
        assert_eq!(target(&deck, url), slide);
    }
}
