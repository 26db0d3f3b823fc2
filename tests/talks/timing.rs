//! Times written into decks that people wrote: the lecture, those that we ship, and where a folder `shared/decks` lies beside
//! the project all those in it. Each stays the talk that it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lutrin::deck::{Deck, Slide};
use lutrin::source::{Source, edited};
use lutrin::{parse, source};

#[test]
fn every_slide_gets_its_time() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["slides", "tests/decks", "../shared/decks"] {
        find(&root.join(folder), &mut paths);
    }
    let mut slides = 0;
    for path in paths {
        let Some(source) = fs::read(&path).ok().and_then(|bytes| source::decode(&bytes).ok()) else {
            continue;
        };
        let (deck, refused) = timed(source, &path);
        assert_eq!(refused, Vec::<usize>::new(), "{}", path.display());
        slides += deck.slides.len();
    }
    assert!(slides > 30);
}

#[test]
fn a_large_deck_is_no_trouble() {
    let slides = |count: usize| "## A\n\n- words\n- more\n\n---\n\n".repeat(count);
    let given = |text: String| timed(Source { text, diagnostics: Vec::new() }, Path::new("a large deck"));
    let begin = Instant::now();
    let (deck, refused) = given(slides(1000));
    assert_eq!((deck.slides.len(), refused.len()), (1000, 0));
    // What would end the comment on the first slide is the next comment: no other slide can get one.
    let (deck, refused) = given(format!("a <!-- b\n\n---\n\n{}", slides(400)));
    assert_eq!((deck.slides.len(), refused.len()), (401, 400));
    assert!(begin.elapsed() < Duration::from_mins(1), "it took {:?}", begin.elapsed());
}

/// Gives each slide of a deck its time, fails where anything else has changed, and returns the new deck and the numbers of
/// the slides without a place for it.
fn timed(source: Source, path: &Path) -> (Deck, Vec<usize>) {
    let old = parse::open(source, None);
    let seconds: Vec<_> = (0..old.slides.len()).map(|slide| Some(1000 + slide as u64)).collect();
    let found = parse::timing(&old, None, &seconds);
    let new = parse::open(Source { text: edited(&old.text, &found.edits), diagnostics: Vec::new() }, None);
    let refused: Vec<usize> = found.diagnostics.iter().filter_map(|told| told.slide).collect();
    assert_eq!(old.slides.len(), new.slides.len(), "{}", path.display());
    for (slide, &time) in seconds.iter().enumerate() {
        let (before, after) = (parse::slide(&old, slide), parse::slide(&new, slide));
        let place = format!("{}, slide {}", path.display(), slide + 1);
        let expected = if refused.contains(&(slide + 1)) {
            before.attributes.timing
        } else {
            time.map(Duration::from_secs)
        };
        assert_eq!(after.attributes.timing, expected, "{place}");
        assert_eq!(untimed(before), untimed(after), "{place}");
    }
    (new, refused)
}

fn untimed(mut slide: Slide) -> Slide {
    slide.attributes.timing = None;
    slide.diagnostics.clear();
    slide
}

/// Adds the Markdown files in a folder and below it to `found`; none where the folder is absent.
fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}
