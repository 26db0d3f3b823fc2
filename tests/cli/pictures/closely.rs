//! A closer look at a picture, on every kind of terminal.

use image::{ImageFormat, Rgb, RgbImage};
use rstest::rstest;

use super::{BLUE, GREEN, RED, SLIDES, YELLOW, cost, file, has_up, is_on, leaves, sent, start};
use crate::pty::{Seen, Terminal, a_moment_passes, key};
use crate::scripted::{Kind, Shown};

/// On the first slide a picture of four colours, red in the middle; the others as ever.
fn folder() -> crate::pty::Folder {
    let folder = super::folder();
    let picture = RgbImage::from_fn(300, 200, |x, y| {
        let near = (i64::from(x) - 150).abs() < 60 && (i64::from(y) - 100).abs() < 40;
        Rgb(match (near, x < 150, y < 100) {
            (true, ..) => RED,
            (_, true, true) => GREEN,
            (_, false, true) => BLUE,
            _ => YELLOW,
        })
    });
    folder.put("red.png", file(picture, ImageFormat::Png));
    folder
}

fn only(seen: &Seen) -> Option<Shown> {
    match seen.scripted().pictures()[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// Types a key and waits for the one picture that is up then.
#[track_caller]
fn looks(terminal: &mut Terminal, keys: &str, words: &str, color: [u8; 3]) -> Shown {
    let before = terminal.sees(Seen::length);
    terminal.types(keys);
    terminal.until(&format!("{words} after {keys:?}"), |seen| {
        let is_shown = only(seen).is_some() && seen.scripted().colors() == [color];
        seen.length() > before && is_shown && seen.mode(2026) == Some(false) && seen.text().contains(words)
    });
    terminal.sees(|seen| only(seen).expect("it was there"))
}

/// Returns how many pictures were sent when no more come: those of the slides beside this one come when there is time.
fn settled(terminal: &Terminal) -> usize {
    let mut before = sent(terminal);
    loop {
        a_moment_passes();
        let now = sent(terminal);
        if now == before {
            return now;
        }
        before = now;
    }
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::kitty_afar(Kind::KittyAfar)]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
fn a_picture_fills_the_stage_and_more(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = start(&folder, kind, &[]).go();
    is_on(&terminal, 1);
    // 80×23 cells of 9×18 pixels are 720×414; 3:2 fits in as 621×414.
    let whole = looks(&mut terminal, "z", "1×  a red one", RED);
    assert_eq!((whole.width, whole.height, whole.x, whole.y), (69, 23, 5, 0));
    // Twice as large it is wider and higher than the stage.
    let twice = looks(&mut terminal, "z", "2×  a red one", RED);
    assert_eq!((twice.width, twice.height), (80, 23));
    looks(&mut terminal, "z", "4×  a red one", RED);
    // To the corners, a quarter of the stage at a time.
    looks(&mut terminal, &format!("{}{}", key::LEFT.repeat(9), "\x1b[A".repeat(9)), "4×", GREEN);
    looks(&mut terminal, &key::RIGHT.repeat(20), "4×", BLUE);
    looks(&mut terminal, &key::DOWN.repeat(20), "4×", YELLOW);
    looks(&mut terminal, "z", "1×  a red one", RED);
    let before = settled(&terminal);
    terminal.types(key::ESC);
    terminal.until("the slide", |seen| !seen.text().contains("1×"));
    is_on(&terminal, 1);
    if matches!(kind, Kind::Kitty | Kind::KittyAfar) {
        assert_eq!(sent(&terminal), before, "the slide's own picture is still there");
    }
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::sixel(Kind::Sixel)]
fn tab_goes_round_the_slides_pictures(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = start(&folder, kind, &["--slide", "2"]).go();
    is_on(&terminal, 2);
    looks(&mut terminal, "z", "1×  a green one", GREEN);
    looks(&mut terminal, "\t", "1×  a blue one", BLUE);
    looks(&mut terminal, "z", "2×  a blue one", BLUE);
    looks(&mut terminal, "\t", "1×  a green one", GREEN);
    terminal.types("l");
    is_on(&terminal, 2);
    terminal.types("l");
    is_on(&terminal, 3);
}

#[test]
fn in_letters_it_fills_the_stage_too() {
    let folder = folder();
    let mut terminal = start(&folder, Kind::Mute, &[]).go();
    let cells = |seen: &Seen| {
        let (columns, rows) = seen.size();
        let places = (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y)));
        let colors = SLIDES.concat();
        places.filter(|&(x, y)| matches!(seen.cell(x, y).bgcolor(), vt100::Color::Rgb(red, green, blue) if colors.contains(&[red, green, blue]))).count()
    };
    terminal.until("the picture", |seen| cells(seen) > 200 && seen.mode(2026) == Some(false));
    let before = terminal.sees(cells);
    terminal.types("z");
    terminal
        .until("the large one", |seen| cells(seen) > 3 * before / 2 && seen.text().contains("1×  a red one"));
    terminal.types("z");
    terminal.until("a part of it", |seen| cells(seen) > 80 * 15 && seen.text().contains("2×  a red one"));
    terminal.types(key::ESC);
    terminal.until("the slide", |seen| cells(seen) == before && seen.text().contains("1/4"));
}

#[test]
fn where_there_is_none_it_says_so() {
    let folder = folder();
    let mut terminal = start(&folder, Kind::Kitty, &["--slide", "4"]).go();
    is_on(&terminal, 4);
    terminal.types("z");
    terminal.shows("there is no picture to zoom here");
    has_up(&terminal, "4/4", &[]);
    cost(&mut terminal, "h", 3);
}
