//! Terminals that keep pictures: each is sent once, then only placed; and nothing stays when the talk goes.

use image::imageops::{FilterType, resize};
use image::{Rgb, RgbImage};
use rstest::rstest;

use super::{cost, file, files_left, folder, has_up, is_on, leaves, noise, png, sent, start, with_room};
use crate::pty::{Folder, Seen, Start, Terminal, key};
use crate::scripted::{CELL, Kind};

fn presents(folder: &Folder, kind: Kind) -> Terminal {
    let terminal = start(folder, kind, &[]).go();
    is_on(&terminal, 1);
    terminal
}

#[rstest]
#[case::local(Kind::Kitty)]
#[case::afar(Kind::KittyAfar)]
fn a_slide_is_sent_once_and_shown_again_for_little(#[case] kind: Kind) {
    let folder = folder();
    let mut terminal = presents(&folder, kind);
    for number in 2..=4 {
        cost(&mut terminal, "l", number);
    }
    assert_eq!(sent(&terminal), 4, "each picture once");
    for number in [3, 2, 1, 2, 3] {
        let keys = if terminal.sees(|seen| seen.has_word(&format!("{}/4", number - 1))) { "l" } else { "h" };
        let bytes = cost(&mut terminal, keys, number);
        assert!(bytes < 1000, "slide {number} again took {bytes} bytes");
    }
    let bytes = cost(&mut terminal, "l", 4);
    assert!(bytes < 100, "leaving took {bytes} bytes");
    assert_eq!(sent(&terminal), 4, "nothing is sent twice");
    leaves(&mut terminal, &folder);
}

#[test]
fn what_lies_over_a_picture_takes_it_down_for_as_long() {
    let folder = folder();
    let mut terminal = presents(&folder, Kind::Kitty);
    for (over, back, words) in [("?", key::ESC, "next: the rest"), ("b", "b", ""), ("w", "l", "")] {
        let before = terminal.sees(|seen| seen.scripted().graphics);
        let covered = |seen: &Seen| {
            let is_seen =
                if words.is_empty() { seen.text().trim().is_empty() } else { seen.text().contains(words) };
            is_seen && seen.scripted().colors().is_empty()
        };
        terminal.types(over);
        terminal.until("nothing over the overlay", covered);
        assert!(terminal.sees(|seen| seen.scripted().graphics) - before < 100);
        let bytes = cost(&mut terminal, back, 1);
        assert!(bytes < 1000, "it took {bytes} bytes to come back from {over}");
    }
    assert_eq!(sent(&terminal), 1, "nothing but this slide's picture, and once");
}

#[test]
fn a_repaint_trusts_nothing_and_sends_again() {
    let folder = folder();
    let mut terminal = presents(&folder, Kind::Kitty);
    cost(&mut terminal, "l", 2);
    for _ in 0..2 {
        let before = sent(&terminal);
        terminal.types(key::CTRL_L);
        terminal.until("the pictures again", |seen| seen.scripted().sent.len() >= before + 2);
        is_on(&terminal, 2);
    }
    cost(&mut terminal, "h", 1);
    leaves(&mut terminal, &folder);
}

#[test]
fn a_new_window_has_new_pictures_and_none_of_the_old() {
    let folder = folder();
    let mut terminal = presents(&folder, Kind::Kitty);
    for (columns, rows) in [(120, 40), (40, 14), (200, 60), (80, 24)] {
        for keys in ["", "l", "h"] {
            terminal.types(keys);
            let number = if keys == "l" { 2 } else { 1 };
            is_on(&terminal, number);
        }
        let before = terminal.sees(|seen| seen.scripted().pictures());
        terminal.resizes(columns, rows);
        terminal.until("the new size", |seen| {
            seen.is_repainted()
                && !seen.scripted().pictures().is_empty()
                && seen.scripted().pictures() != before
        });
        is_on(&terminal, 1);
    }
    leaves(&mut terminal, &folder);
}

#[rstest]
#[case::larger_than_it_is_shown(noise(1600, 1000))]
#[case::larger_but_cheap(RgbImage::from_fn(1600, 1000, |x, _| Rgb([if x < 800 { 0 } else { 255 }; 3])))]
#[case::smaller_than_it_is_shown(noise(120, 60))]
#[case::with_margins(noise(60, 40))]
#[case::with_others(noise(90, 54))]
fn afar_no_more_is_sent_than_the_file_or_what_is_shown(#[case] picture: RgbImage) {
    let folder = with_room(Folder::with("deck.md", "![one](one.png)\n"));
    let own = file(picture.clone(), image::ImageFormat::Png);
    folder.put("one.png", &own);
    let terminal = start(&folder, Kind::KittyAfar, &[]).go();
    terminal.until("the picture", |seen| seen.scripted().pictures().len() == 1);
    let (shown, sent) = terminal.sees(|seen| (seen.scripted().pictures()[0], seen.scripted().sent.clone()));
    let (width, height) = (u32::from(shown.width) * CELL.0, u32::from(shown.height) * CELL.1);
    let printed = resize(&picture, width, height, FilterType::Lanczos3);
    // Another filter makes other pixels, which may compress a little better.
    let printed = file(printed, image::ImageFormat::Png).len() * 105 / 100;
    assert_eq!(sent.len(), 1);
    assert!(sent[0] <= own.len().min(printed), "{} of {} or {printed}", sent[0], own.len());
    let by_file = |seen: &Seen| ["t=t,", "t=f,"].map(|way| seen.text_sent().matches(way).count());
    assert_eq!(terminal.sees(by_file), [1, 0], "only the question names a file");
}

#[test]
fn more_pictures_than_are_kept_come_back_all_the_same() {
    let slides: Vec<String> = (0..6).map(|number| format!("![{number}]({number}.png)\n")).collect();
    let folder = with_room(Folder::with("deck.md", slides.join("\n---\n\n")));
    let color = |number: u8| [number * 40, 51, 102];
    for number in 0..6 {
        folder.put(format!("{number}.png"), png(1600, 1200, color(number)));
    }
    // A window of nine megapixels, of which the terminal keeps no more than four.
    let mut terminal = start(&folder, Kind::Kitty, &[]).sized(400, 140).go();
    has_up(&terminal, "1/6", &[color(0)]);
    for (keys, number) in [("l", 1), ("l", 2), ("l", 3), ("l", 4), ("l", 5), ("1\r", 0)] {
        terminal.types(keys);
        has_up(&terminal, &format!("{}/6", number + 1), &[color(number)]);
    }
    assert!(terminal.sees(|seen| seen.scripted().kept()) < 6);
    leaves(&mut terminal, &folder);
}
