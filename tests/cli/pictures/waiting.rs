//! Nobody waits for a picture: text comes before it, and the next slide's is there when its slide comes.

use std::collections::HashSet;

use image::{ImageFormat, RgbImage};
use lutrin::deck::{Deck, walk};
use lutrin::disk::DeckSource;
use lutrin::{parse, source};

use super::{file, leaves, sent, start, with_room};
use crate::pty::{Folder, Start, Terminal, a_moment_passes};
use crate::scripted::{Kind, Shown};

/// A photograph of twenty megapixels.
fn photograph() -> Vec<u8> {
    let row: Vec<u8> =
        (0..5472_u32 * 3).map(|index| (index.wrapping_mul(2_654_435_761) >> 29) as u8).collect();
    let picture = RgbImage::from_raw(5472, 3648, row.repeat(3648)).expect("as many pixels");
    file(picture, ImageFormat::Jpeg)
}

#[test]
fn text_comes_while_photographs_are_decoded() {
    let names = ["a", "b", "c"];
    let pictures = names.map(|name| format!("![{name}]({name}.jpg)")).join(" ");
    let folder = with_room(Folder::with("deck.md", format!("{pictures}\n\n---\n\n# Words\n\nonly\n")));
    let photograph = photograph();
    for name in names {
        folder.put(format!("{name}.jpg"), &photograph);
    }
    let mut terminal = start(&folder, Kind::Kitty, &[]).go();
    terminal.is_at("1/2");
    for (keys, place) in [("l", "2/2"), ("h", "1/2"), ("l", "2/2")] {
        terminal.types(keys);
        terminal.until(place, |seen| {
            let is_there = seen.has_word(place);
            // Two are decoded at once, so the third one is not ready; nobody has waited for it.
            assert!(
                !is_there || seen.scripted().sent.len() < names.len(),
                "all pictures were ready before {place}"
            );
            is_there
        });
    }
    terminal.types("h");
    terminal.until("three photographs", |seen| {
        seen.has_word("1/2") && seen.scripted().pictures().len() == names.len()
    });
    leaves(&mut terminal, &folder);
}

fn lecture() -> Deck {
    let bytes = DeckSource::Embedded.read().expect("it is inside the program");
    parse::open(source::decode(&bytes).expect("it is text"), None)
}

/// Waits for a slide of the lecture with all its pictures, and returns them.
fn is_whole(terminal: &Terminal, number: usize, counts: &[usize]) -> Vec<Shown> {
    let (place, count) = (format!("{number}/{}", counts.len()), counts[number - 1]);
    terminal.until(&format!("{place} with {count} pictures"), |seen| {
        seen.scripted().pictures().len() == count && seen.mode(2026) == Some(false) && seen.has_word(&place)
    });
    terminal.sees(|seen| seen.scripted().pictures())
}

#[test]
#[cfg(feature = "svg")]
fn the_lecture_has_its_pictures_in_each_first_frame_and_is_sent_once() {
    let folder = with_room(Folder::empty());
    let deck = lecture();
    let slides: Vec<_> = (0..deck.slides.len()).map(|index| parse::slide(&deck, index)).collect();
    let sources = |index: usize| {
        walk::pictures(&slides[index].blocks).into_iter().map(|picture| picture.source.as_str())
    };
    let counts: Vec<usize> = (0..slides.len()).map(|index| sources(index).count()).collect();
    assert!(counts.iter().sum::<usize>() > 15, "{counts:?}");
    let temporary = folder.path().join("temporary");
    let mut terminal = Start::lutrin(&folder, &["--no-animation"])
        .sized(140, 50)
        .with("TMPDIR", temporary.to_str().unwrap())
        .on(Kind::KittyAfar)
        .go();
    let mut forward = vec![is_whole(&terminal, 1, &counts)];
    let mut known: HashSet<&str> = sources(0).collect();
    let steps = (2..=slides.len()).chain((1..slides.len()).rev());
    for (nth, number) in steps.enumerate() {
        let is_forward = nth + 1 < slides.len();
        known.extend(sources(number - 1));
        terminal
            .until("the next slide's pictures ahead of it", |seen| seen.scripted().sent.len() >= known.len());
        // On a busy machine the colours of the slide before may still be on their way.
        a_moment_passes();
        let before = terminal.sees(|seen| seen.scripted().frames);
        terminal.types(if is_forward { "l" } else { "h" });
        let pictures = is_whole(&terminal, number, &counts);
        // The colours of code may come behind it.
        if walk::codes(&slides[number - 1].blocks).is_empty() {
            let frames = terminal.sees(|seen| seen.scripted().frames);
            assert_eq!(frames, before + 1, "slide {number} came in pieces");
        }
        if is_forward {
            forward.push(pictures);
        } else {
            assert_eq!(pictures, forward[number - 1], "slide {number}");
        }
    }
    assert_eq!(sent(&terminal), known.len(), "each picture once");
    leaves(&mut terminal, &folder);
}
