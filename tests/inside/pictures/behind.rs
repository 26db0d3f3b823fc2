//! Pictures behind slides: in colours of cells under words, and whole where they are all there is.

use vt100::Color;

use super::{RED, has_up, leaves, png, start, with_room};
use crate::pty::{Folder, Seen};
use crate::scripted::Kind;

const DECK: &str = "<!-- .slide: data-background=\"#003300\" -->\n# Green\n\nwords\n
---\n\n<!-- .slide: data-background=\"red.png\" -->\n## Words\n\nbefore it\n
---\n\n<!-- .slide: data-background=\"red.png\" -->\n";

/// Counts the cells of a colour, the row of chrome apart.
fn cells(seen: &Seen, is_it: impl Fn(u8, u8, u8) -> bool) -> usize {
    let (columns, rows) = seen.size();
    let places = (0..rows - 1).flat_map(|y| (0..columns).map(move |x| (x, y)));
    places
        .filter(|&(x, y)| matches!(seen.cell(x, y).bgcolor(), Color::Rgb(r, g, b) if is_it(r, g, b)))
        .count()
}

#[test]
fn a_picture_is_behind_words_or_is_the_slide() {
    let folder = with_room(Folder::with("deck.md", DECK));
    folder.put("red.png", png(300, 200, RED));
    let mut terminal = start(&folder, Kind::Kitty, &[]).go();
    terminal.until("a green window", |seen| {
        let (columns, rows) = seen.size();
        let all = usize::from(columns) * usize::from(rows - 1);
        let is_chrome = seen.cell(0, rows - 1).bgcolor() == Color::Rgb(0, 0x33, 0);
        seen.has_word("1/3") && is_chrome && cells(seen, |r, g, b| (r, g, b) == (0, 0x33, 0)) == all
    });
    terminal.types("l");
    terminal.until("a dim red behind words", |seen| {
        let (columns, rows) = seen.size();
        let dim = cells(seen, |r, g, b| (60..130).contains(&r) && g < 40 && b < 40);
        seen.has_word("2/3") && seen.has_word("before") && dim == usize::from(columns) * usize::from(rows - 1)
    });
    terminal.types("l");
    has_up(&terminal, "3/3", &[RED]);
    leaves(&mut terminal, &folder);
}

#[test]
fn who_wants_no_pictures_gets_none_behind_words() {
    let folder = with_room(Folder::with("deck.md", format!("{DECK}\n---\n\nend\n")));
    folder.put("red.png", png(300, 200, RED));
    let mut terminal = start(&folder, Kind::Mute, &["--pictures", "none", "--slide", "2"]).go();
    for place in ["2/4", "3/4", "4/4"] {
        terminal.until(place, |seen| seen.has_word(place));
        terminal
            .sees(|seen| assert_eq!(cells(seen, |r, g, _| r > g.saturating_add(30)), 0, "{}", seen.text()));
        terminal.types("l");
    }
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!terminal.sees(|seen| seen.text().contains("not shown")), "who wants no pictures misses none");
}
