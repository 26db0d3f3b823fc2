//! Terminals without pictures of their own get letters of two colours, or words; and keys are kept meanwhile.

use std::time::{Duration, Instant};

use image::ImageFormat;
use rstest::rstest;
use vt100::Color;

use super::{BAIT, BLUE, GREEN, RED, YELLOW, file, files_left, folder, noise, start};
use crate::pty::{Seen, Terminal};
use crate::scripted::Kind;

/// Letters that show a picture.
const BLOCKS: &str = " ▘▝▀▖▌▞▛";

/// Returns how many cells have a colour at all, on letters of pictures.
fn cells_of(seen: &Seen, color: [u8; 3]) -> usize {
    let (columns, rows) = seen.size();
    let is_it = |color: Color, wanted: [u8; 3]| matches!(color, Color::Rgb(red, green, blue) if [red, green, blue] == wanted);
    let places = (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y)));
    let cells = places.map(|(x, y)| seen.cell(x, y));
    cells
        .filter(|cell| {
            is_it(cell.bgcolor(), color) && (cell.contents().is_empty() || BLOCKS.contains(cell.contents()))
        })
        .count()
}

#[track_caller]
fn has_in_letters(terminal: &Terminal, place: &str, colors: &[[u8; 3]]) {
    terminal.until(&format!("{place} with {colors:?} in letters"), |seen| {
        seen.has_word(place) && colors.iter().all(|&color| cells_of(seen, color) > 20)
    });
}

#[track_caller]
fn has_no_commands(terminal: &Terminal) {
    terminal.sees(|seen| {
        assert_eq!(
            (seen.scripted().graphics, seen.scripted().sent.len()),
            (0, 0),
            "no commands about pictures"
        );
        assert!(!seen.has_bytes("\x1bPq") && !seen.has_bytes("\x1b]1337;"));
    });
}

#[test]
fn a_mute_terminal_gets_letters_and_no_key_is_lost() {
    let (folder, begin) = (folder(), Instant::now());
    let mut terminal = start(&folder, Kind::Mute, &[]).go();
    terminal.types("l");
    has_in_letters(&terminal, "2/4", &[GREEN, BLUE]);
    assert!(begin.elapsed() < Duration::from_secs(5), "it took {:?}", begin.elapsed());
    terminal.types("h");
    has_in_letters(&terminal, "1/4", &[RED]);
    terminal.types("ll");
    has_in_letters(&terminal, "3/4", &[YELLOW]);
    terminal.types("l");
    terminal.until("no picture", |seen| {
        seen.has_word("4/4") && [RED, GREEN, BLUE, YELLOW].iter().all(|&color| cells_of(seen, color) == 0)
    });
    has_no_commands(&terminal);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_eq!(files_left(&folder), 0);
}

#[rstest]
#[case::blocks("blocks", Kind::Kitty)]
#[case::viuer_where_it_knows_nothing("viuer", Kind::Sixel)]
fn who_wants_letters_gets_them_anywhere(#[case] how: &str, #[case] kind: Kind) {
    let folder = folder();
    let mut terminal = start(&folder, kind, &["--pictures", how]).go();
    has_in_letters(&terminal, "1/4", &[RED]);
    terminal.types("l");
    has_in_letters(&terminal, "2/4", &[GREEN, BLUE]);
    has_no_commands(&terminal);
}

#[test]
fn the_linux_console_is_asked_nothing_and_gets_halves_only() {
    let folder = folder();
    folder.put("red.png", file(noise(300, 200), ImageFormat::Png));
    let mut terminal = start(&folder, Kind::Mute, &[]).with("TERM", "linux").go();
    for place in ["1/4", "2/4", "3/4"] {
        terminal
            .until("halves", |seen| seen.has_word(place) && (place != "1/4" || seen.text().contains('▀')));
        terminal.sees(|seen| {
            let foreign: Vec<char> = seen
                .text_sent()
                .chars()
                .filter(|letter| ('▀'..='▟').contains(letter) && !"▀▄█▌▐".contains(*letter))
                .collect();
            assert!(foreign.is_empty(), "{foreign:?}");
        });
        terminal.types("l");
    }
    terminal.is_at("4/4");
    for question in ["\x1b[c", "\x1b_G", "\x1b]11", "\x1b[14t", "\x1b[>0q"] {
        assert!(!terminal.sees(|seen| seen.has_bytes(question)), "{question:?}");
    }
    assert!(!terminal.sees(|seen| seen.has_bytes(BAIT)));
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::sixel(Kind::Sixel)]
#[case::mute(Kind::Mute)]
fn without_pictures_there_are_words_in_frames(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = start(&folder, kind, &["--pictures", "none"]).go();
    for (place, words) in [("1/4", "a red one"), ("2/4", "a blue one"), ("3/4", "a yellow one")] {
        terminal.until(words, |seen| {
            seen.has_word(place) && seen.text().contains(words) && seen.text().contains('╭')
        });
        terminal.types("l");
    }
    terminal.is_at("4/4");
    has_no_commands(&terminal);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!terminal.sees(|seen| seen.text().contains("not shown")), "who wants no pictures misses none");
}

#[test]
fn iterm2_is_known_by_its_variables_too() {
    let folder = folder();
    let mut terminal = start(&folder, Kind::Mute, &[]).with("TERM_PROGRAM", "iTerm.app").go();
    terminal.until("iTerm2's pictures", |seen| seen.has_bytes("\x1b]1337;File=inline=1;size="));
    assert!(terminal.sees(|seen| seen.has_bytes("preserveAspectRatio=0;doNotMoveCursor=1:")));
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
