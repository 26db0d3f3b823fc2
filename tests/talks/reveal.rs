//! Decks that other people wrote for reveal.js, where a folder `shared/decks/open` lies beside the project: each has the
//! slides that reveal shows, and no tag or directive is seen on any of them. Passed over where the folder is absent; the
//! project's own decks are looked at in any case.

use std::fs;
use std::path::{Path, PathBuf};

use lutrin::deck::Deck;
use lutrin::paint::{PictureState, SceneView};
use lutrin::theme::Theme;
use lutrin::{parse, source};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::widgets::Widget;

use super::stage::{deck, scene, stage};

/// Decks whose number of slides is another one than `INDEX.tsv` counts by one pair of regular expressions, and why.
const OTHERWISE: [(&str, usize, &str); 3] = [
    ("reveal-dash/en-reveal-md-demo", 17, "one of its files names separators of its own"),
    ("reveal-dash/en-vscode-reveal-math", 17, "a line above `---` has blanks in it, which nobody sees"),
    ("reveal-dash/en-vscode-reveal-animation", 11, "a line above `---` has tabs in it, which nobody sees"),
];

#[test]
fn decks_for_reveal_have_its_slides() {
    for (name, expected) in index() {
        let expected = OTHERWISE.iter().find(|(other, ..)| *other == name).map_or(expected, |other| other.1);
        let decks: Vec<Deck> = files(&name).iter().map(|path| read(path)).collect();
        let slides: usize = decks.iter().map(|deck| deck.slides.len()).sum();
        let empty: usize = decks.iter().map(left_out).sum();
        assert_eq!(slides + empty, expected, "{name}");
    }
}

#[test]
fn no_tag_and_no_directive_is_seen() {
    let own =
        ["backgrounds", "columns", "constructs", "css", "dialects", "layout-classes", "reveal"].map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/decks/{name}.md"));
            (name.to_owned(), vec![path])
        });
    let others = index().into_iter().map(|(name, _)| (name.clone(), files(&name)));
    let mut looked_at = 0;
    for (name, paths) in own.into_iter().chain(others) {
        for deck in paths.iter().map(|path| read(path)) {
            for slide in 0..deck.slides.len() {
                let words = words_at_120x35(&deck, slide);
                assert_eq!(raw(&words), None, "{name}, slide {}:\n{words}", slide + 1);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 20);
}

#[test]
fn what_is_raw_would_be_found() {
    for markdown in ["a \\<div> b", "x \\<!-- y", "a \\{.red}", "\\:::", "\\##==##"] {
        assert!(raw(&words_at_120x35(&deck(markdown), 0)).is_some(), "{markdown}");
    }
    assert_eq!(raw(&words_at_120x35(&deck("```html\n<div> <!-- {.a} ::: -->\n```\n\na < b"), 0)), None);
}

/// Returns what stands in `words` that was meant for a program.
fn raw(words: &str) -> Option<&'static str> {
    const SIGNS: [&str; 16] = [
        "<div", "</div", "<span", "<img", "<br", "<table", "<td", "<section", "<style", "<!--", "-->",
        ".element", ".slide:", ":::", "{.", "##==##",
    ];
    SIGNS.into_iter().find(|sign| words.contains(sign))
}

/// Returns all that is painted of a slide, code apart, once all its steps have come.
fn words_at_120x35(deck: &Deck, slide: usize) -> String {
    let (stage, theme) = (stage(120, 35), Theme::dark());
    let scene = scene(deck, slide, stage);
    let area = Rect::new(0, 0, stage.columns, stage.rows);
    let is_code = |color: Color| theme.code_background.map(Color::from) == Some(color);
    let mut words = String::new();
    for scroll in (0..scene.height).step_by(usize::from(stage.rows)) {
        let mut buffer = Buffer::empty(area);
        let pictures = &|_: &_, _| PictureState::Above;
        SceneView {
            scene: &scene,
            step: scene.steps,
            scroll,
            old_edge: None,
            marks: true,
            theme: &theme,
            backdrop: None,
            pictures,
        }
        .render(area, &mut buffer);
        for row in area.rows() {
            let cells = row.positions().map(|at| &buffer[at]).filter(|cell| !is_code(cell.bg));
            words.extend(cells.map(ratatui::buffer::Cell::symbol));
            words.push('\n');
        }
    }
    words
}

/// Returns how many empty slides were left out, which reveal shows.
fn left_out(deck: &Deck) -> usize {
    let count = |message: &str| {
        let number = message.strip_suffix(" empty slides in a row are left out").map(str::parse);
        number.map_or(usize::from(message == "an empty slide is left out"), |number| number.unwrap_or(0))
    };
    deck.diagnostics.iter().map(|diagnostic| count(&diagnostic.message)).sum()
}

fn read(path: &Path) -> Deck {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse::open(source::decode(&bytes).expect("text"), None)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/decks/open")
}

/// Returns the name of each deck for reveal and how many slides it has; none where the folder is absent.
fn index() -> Vec<(String, usize)> {
    let Ok(table) = fs::read_to_string(folder().join("INDEX.tsv")) else { return Vec::new() };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells.len() > 7 && cells[0].starts_with("reveal-"))
            .then(|| Some((format!("{}/{}", cells[0], cells[1]), cells[7].parse().ok()?)))
            .flatten()
    };
    table.lines().filter_map(row).collect()
}

/// Returns the Markdown files of a deck.
fn files(name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder().join(name)];
    while let Some(path) = waiting.pop() {
        match fs::read_dir(&path) {
            Ok(entries) => waiting.extend(entries.flatten().map(|entry| entry.path())),
            Err(_) if path.extension().is_some_and(|ending| ending == "md") => found.push(path),
            Err(_) => {}
        }
    }
    found
}
