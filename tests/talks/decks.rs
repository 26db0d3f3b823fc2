//! Decks that are not a part of this project, where a folder of them is named by `LUTRIN_DECKS`: each opens, and no
//! slide of theirs is lost. Passed over where the variable is not set.

use std::path::{Path, PathBuf};

use super::stage::stage;
use lutrin::theme::Theme;
use lutrin::{layout, parse, source};

#[test]
fn every_deck_opens_and_every_slide_is_laid_out() {
    let Some(folder) = std::env::var_os("LUTRIN_DECKS") else { return };
    let mut found = 0;
    for path in markdown_below(Path::new(&folder)) {
        let bytes = std::fs::read(&path).expect("readable");
        let deck = parse::open(source::decode(&bytes).expect("text"), None);
        for (columns, rows) in [(10, 3), (40, 12), (80, 24), (120, 35)] {
            for index in 0..deck.slides.len() {
                let slide = parse::slide(&deck, index);
                let scene = layout::layout_slide(
                    &slide,
                    stage(columns, rows),
                    &Theme::dark(),
                    &super::stage::Shipped::new(),
                );
                for item in &scene.items {
                    let right = item.area.x + item.area.width;
                    assert!(right <= columns, "{} slide {}: {item:?}", path.display(), index + 1);
                }
            }
        }
        found += 1;
    }
    assert!(found > 0, "no deck in {}", Path::new(&folder).display());
}

fn markdown_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found
}
