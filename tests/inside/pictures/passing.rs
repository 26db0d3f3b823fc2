//! Terminals that draw pictures and forget them: each picture is drawn in the frame of its slide, and wiped by the next
//! one's letters.

use rstest::rstest;

use super::{GREEN, SLIDES, folder, has_up, is_on, leaves, png, sent, start};
use crate::pty::{Folder, Seen, Terminal, key};
use crate::scripted::Kind;

fn presents(folder: &Folder, kind: Kind) -> Terminal {
    let terminal = start(folder, kind, &[]).go();
    is_on(&terminal, 1);
    terminal
}

/// Types keys that lead to a slide whose pictures are ready, and tells whether all came in one frame.
#[track_caller]
fn comes_at_once(terminal: &mut Terminal, keys: &str, number: usize) {
    let before = terminal.sees(|seen| (seen.scripted().frames, seen.scripted().sent.len()));
    terminal.types(keys);
    is_on(terminal, number);
    let after = terminal.sees(|seen| (seen.scripted().frames, seen.scripted().sent.len()));
    assert_eq!(after, (before.0 + 1, before.1 + SLIDES[number - 1].len()), "frames, and pictures drawn");
}

#[rstest]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
fn a_picture_comes_with_its_slide_and_goes_with_it(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = presents(&folder, kind);
    for number in 2..=4 {
        terminal.types("l");
        is_on(&terminal, number);
    }
    for number in [3, 2, 1] {
        comes_at_once(&mut terminal, "h", number);
    }
    for number in [2, 3, 4] {
        comes_at_once(&mut terminal, "l", number);
    }
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
fn what_lies_over_a_picture_wipes_it_and_away_draws_it(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = presents(&folder, kind);
    for (over, back, words) in [("?", key::ESC, "next: the rest"), ("b", "b", "")] {
        let before = sent(&terminal);
        terminal.types(over);
        terminal.until("nothing of the picture", |seen| {
            let is_seen =
                if words.is_empty() { seen.text().trim().is_empty() } else { seen.text().contains(words) };
            is_seen && seen.scripted().colors().is_empty()
        });
        comes_at_once(&mut terminal, back, 1);
        assert_eq!(sent(&terminal), before + 1);
    }
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
fn a_new_window_is_drawn_anew(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = presents(&folder, kind);
    for (columns, rows) in [(120, 40), (40, 14), (80, 24)] {
        let before = terminal.sees(|seen| seen.scripted().pictures());
        terminal.resizes(columns, rows);
        terminal.until("the new size", |seen| {
            let now = seen.scripted().pictures();
            seen.is_repainted() && !now.is_empty() && now != before
        });
        is_on(&terminal, 1);
    }
    let before = sent(&terminal);
    terminal.types(key::CTRL_L);
    terminal.until("the picture again", |seen| seen.scripted().sent.len() > before);
    is_on(&terminal, 1);
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
fn what_is_scrolled_away_is_not_drawn(#[case] kind: Kind) {
    let lines: Vec<String> = (1..=30).map(|number| format!("- line{number}")).collect();
    let folder = folder();
    folder.put("wide.png", png(400, 200, GREEN));
    folder.put(
        "deck.md",
        format!("# Tall\n\n{}\n\n![a green one](wide.png)\n\n{}", lines.join("\n"), lines.join("\n")),
    );
    let mut terminal = start(&folder, kind, &[]).go();
    terminal.shows("line1");
    let mut heights = Vec::new();
    while !terminal.sees(|seen| seen.text().contains("· 100 %")) {
        let before = terminal.sees(Seen::length);
        terminal.types(key::DOWN);
        terminal.until("a row", |seen| seen.length() > before && seen.mode(2026) == Some(false));
        terminal.until("the green one, whole or cut", |seen| {
            let colors = seen.scripted().colors();
            // Its words stand in until it is ready.
            let is_waiting = seen.text().contains("a green one");
            !is_waiting && (colors.is_empty() || colors == [GREEN])
        });
        heights.extend(terminal.sees(|seen| seen.scripted().pictures()).first().map(|shown| shown.height));
    }
    let most = heights.iter().max().copied().unwrap_or_default();
    assert!(most > 2 && heights.first() == Some(&1) && heights.last() == Some(&1), "{heights:?}");
    has_up(&terminal, "1/1", &[]);
}
