//! Films: sent once where the terminal keeps them, at rest when nobody wants or sees them move. And pictures that stand.

use image::codecs::gif::GifEncoder;
use image::{Delay, DynamicImage, Frame};
use rstest::rstest;

use crate::images::{
    self, BLUE, GREEN, RED, YELLOW, has_up, is_on, leaves, plain, png, sent, start, with_room,
};
use crate::pty::{Folder, Seen, Terminal, a_moment_passes, key};
use crate::scripted::Kind;
use crate::turn;

/// The frames of the film, each of which stands for 40 ms.
const FRAMES: [[u8; 3]; 3] = [RED, GREEN, BLUE];

/// A film on the first slide, a still picture on the second one.
fn folder() -> Folder {
    let folder =
        Folder::with("deck.md", "# Film\n\n![a film](film.gif)\n\n---\n\n# Still\n\n![a still](still.png)\n");
    let mut film = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut film, 30);
    for color in FRAMES {
        let picture = DynamicImage::ImageRgb8(plain(200, 120, color)).to_rgba8();
        let frame = Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(40, 1));
        encoder.encode_frame(frame).expect("memory holds it");
    }
    drop(encoder);
    folder.put("film.gif", film);
    folder.put("still.png", png(200, 120, YELLOW));
    with_room(folder)
}

/// The colour of the film's frame on the screen, in letters or as a picture.
fn color(seen: &Seen) -> Option<[u8; 3]> {
    if let [shown] = seen.scripted().pictures()[..] {
        return Some(shown.color);
    }
    let (columns, rows) = seen.size();
    let cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y)));
    let colors = cells.filter_map(|(x, y)| match seen.cell(x, y).bgcolor() {
        vt100::Color::Rgb(red, green, blue) => Some([red, green, blue]),
        _ => None,
    });
    colors.into_iter().find(|color| FRAMES.contains(color))
}

/// Waits until every frame was seen, round and round.
#[track_caller]
fn plays(terminal: &Terminal) {
    for frame in FRAMES.into_iter().chain(FRAMES) {
        terminal.until("the next frame", |seen| color(seen) == Some(frame));
    }
}

/// Fails where anything comes for as long as three frames stand.
#[track_caller]
fn stands_still(terminal: &Terminal) {
    terminal.until("a whole frame", |seen| seen.mode(2026) == Some(false));
    let before = terminal.sees(Seen::length);
    a_moment_passes();
    assert_eq!(terminal.sees(Seen::length), before, "something came");
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::kitty_afar(Kind::KittyAfar)]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
#[case::letters(Kind::Mute)]
fn a_film_plays_until_somebody_stops_it_or_leaves(#[case] kind: Kind) {
    let _turn = turn();
    let folder = folder();
    let mut terminal = start(&folder, kind, &[]).go();
    plays(&terminal);
    terminal.types("m");
    terminal.shows("animations stand still");
    stands_still(&terminal);
    terminal.types("m");
    terminal.shows("animations play");
    plays(&terminal);
    terminal.types("l");
    if kind == Kind::Mute {
        terminal.is_at("2/2");
    } else {
        has_up(&terminal, "2/2", &[YELLOW]);
    }
    // What was prepared meanwhile may be sent ahead, once.
    terminal.until("rest", |seen| seen.mode(2026) == Some(false));
    a_moment_passes();
    stands_still(&terminal);
    terminal.types("h");
    plays(&terminal);
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::kitty_afar(Kind::KittyAfar)]
fn each_frame_is_sent_once_and_then_placed(#[case] kind: Kind) {
    let _turn = turn();
    let folder = folder();
    let mut terminal = start(&folder, kind, &[]).go();
    plays(&terminal);
    plays(&terminal);
    // The first frame stands alone until the film is ready; only a long line needs the next slide's picture ahead.
    let ahead = usize::from(kind == Kind::KittyAfar);
    assert_eq!(sent(&terminal), 1 + FRAMES.len() + ahead);
    terminal.types("l");
    has_up(&terminal, "2/2", &[YELLOW]);
    terminal.types("h");
    plays(&terminal);
    assert_eq!(sent(&terminal), 1 + FRAMES.len() + 1);
    let before = terminal.sees(|seen| (seen.scripted().graphics, seen.scripted().frames));
    plays(&terminal);
    let after = terminal.sees(|seen| (seen.scripted().graphics, seen.scripted().frames));
    assert!(after.0 - before.0 < 150 * (after.1 - before.1), "{before:?} {after:?}");
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::by_option(Kind::Kitty, &["--no-animation"], "all")]
#[case::by_option_in_letters(Kind::Mute, &["--no-animation"], "all")]
#[case::by_the_environment(Kind::Kitty, &[], "none")]
#[case::by_the_environment_in_sixels(Kind::Sixel, &[], "none")]
fn who_wants_nothing_to_move_sees_the_first_frame(
    #[case] kind: Kind,
    #[case] arguments: &[&str],
    #[case] motion: &str,
) {
    let _turn = turn();
    let folder = folder();
    let mut terminal = start(&folder, kind, arguments).with("LUTRIN_MOTION", motion).go();
    terminal.until("the first frame", |seen| color(seen) == Some(RED));
    a_moment_passes();
    stands_still(&terminal);
    assert_eq!(terminal.sees(color), Some(RED));
    terminal.types("m");
    plays(&terminal);
}

#[rstest]
#[case::sixel(Kind::Sixel)]
#[case::iterm2(Kind::Iterm2)]
fn nothing_is_drawn_while_nothing_changes(#[case] kind: Kind) {
    let _turn = turn();
    let folder = images::folder();
    let mut terminal = start(&folder, kind, &["--slide", "2"]).go();
    is_on(&terminal, 2);
    a_moment_passes();
    let before = terminal.sees(Seen::length);
    a_moment_passes();
    assert_eq!(terminal.sees(Seen::length), before);
    // A number on the row of chrome changes no picture.
    let drawn = sent(&terminal);
    terminal.types("7");
    terminal.shows("go to 7");
    terminal.types(key::ESC);
    terminal.until("title again", |seen| !seen.text().contains("go to 7"));
    is_on(&terminal, 2);
    assert_eq!(sent(&terminal), drawn);
}
