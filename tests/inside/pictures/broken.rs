//! Pictures that are damaged, lie, or were made to do harm. Each slide shows what can be shown, or says why nothing
//! can be.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use image::codecs::gif::GifEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat};
use rstest::rstest;

use super::{RED, file, leaves, noise, plain, png, start, with_room};
use crate::pty::{Folder, Seen, Terminal};
use crate::scripted::Kind;

/// Appends a chunk of a PNG with its checksum.
fn chunk(bytes: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    bytes.extend((body.len() as u32).to_be_bytes());
    let start = bytes.len();
    bytes.extend(name);
    bytes.extend(body);
    let check = bytes[start..].iter().fold(u32::MAX, |check, byte| {
        (0..8).fold(check ^ u32::from(*byte), |check, _| (check >> 1) ^ (0xedb8_8320 * (check & 1)))
    });
    bytes.extend((!check).to_be_bytes());
}

/// Returns a PNG that says that it has this size, and has nothing.
fn hollow(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(
        &mut bytes,
        *b"IHDR",
        &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat(),
    );
    chunk(&mut bytes, *b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
    chunk(&mut bytes, *b"IEND", &[]);
    bytes
}

/// Returns a film of very many frames.
fn endless() -> Vec<u8> {
    let mut film = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut film, 30);
    let picture = DynamicImage::ImageRgb8(plain(2, 2, RED)).to_rgba8();
    for _ in 0..10_000 {
        let frame = Frame::from_parts(picture.clone(), 0, 0, Delay::from_numer_denom_ms(10, 1));
        encoder.encode_frame(frame).expect("memory holds it");
    }
    drop(encoder);
    film
}

fn svg(inside: &str) -> Vec<u8> {
    let names = r#"xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#;
    format!(r#"<svg {names} viewBox="0 0 300 200" width="300" height="200">{inside}</svg>"#).into_bytes()
}

/// An SVG that would read a file, ask the network, and run something; and shows red all the same.
fn greedy() -> Vec<u8> {
    svg(r##"<script>while(true){}</script><style>@import url("http://127.0.0.1:9/a.css");</style>
        <rect width="300" height="200" fill="#f00"/>
        <image href="/etc/hostname" width="300" height="200"/><image xlink:href="red.png" width="300" height="200"/>
        <image href="http://127.0.0.1:9/a.png" width="300" height="200"/>
        <foreignObject width="300" height="200"><iframe src="http://127.0.0.1:9/"/></foreignObject>"##)
}

/// Each file with the words that say why it is not shown; none where something of it is.
fn files() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let whole = |format| file(noise(60, 40), format);
    let start_of = |format, length: usize| whole(format)[..length].to_vec();
    let half_of = |format| start_of(format, whole(format).len() / 2);
    let deep = format!("{}<rect width=\"9\" height=\"9\"/>{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    vec![
        ("empty.png", Vec::new(), Some("the file is empty")),
        ("words.png", b"not a picture at all".to_vec(), Some("not a picture in a format that is shown")),
        ("header.png", start_of(ImageFormat::Png, 20), Some("the file ends before")),
        ("start.png", start_of(ImageFormat::Png, 50), Some("the file ends before")),
        ("half.png", half_of(ImageFormat::Png), None),
        ("start.jpg", start_of(ImageFormat::Jpeg, 30), Some("the file ends before")),
        ("half.jpg", half_of(ImageFormat::Jpeg), None),
        ("start.gif", start_of(ImageFormat::Gif, 12), Some("the file ends before")),
        ("half.gif", half_of(ImageFormat::Gif), None),
        ("start.webp", start_of(ImageFormat::WebP, 25), Some("the picture is damaged")),
        ("half.webp", half_of(ImageFormat::WebP), Some("the picture is damaged")),
        ("half.bmp", half_of(ImageFormat::Bmp), None),
        ("half.svg", greedy()[..260].to_vec(), Some("the drawing is damaged")),
        ("zero.png", hollow(0, 40), Some("the picture is damaged")),
        ("hollow.png", hollow(300, 200), Some("the picture is damaged")),
        ("bomb.png", hollow(16_000, 16_000), Some("16000×16000 pixels are too many")),
        ("large.png", hollow(8_000, 8_000), Some("the picture is damaged")),
        ("tall.png", png(1, 20_000, RED), Some("1×20000 pixels are too many")),
        ("wide.png", png(20_000, 1, RED), Some("20000×1 pixels are too many")),
        ("line.png", png(16_000, 1, RED), None),
        ("endless.gif", endless(), None),
        ("greedy.svg", greedy(), None),
        ("deep.svg", svg(&deep), Some("too complicated")),
        ("huge.svg", String::from_utf8(greedy()).expect("letters").replace("300", "3e30").into_bytes(), None),
        ("folder.png/a", Vec::new(), Some("no file")),
        ("absent.png/../../absent.png", Vec::new(), Some("no such file")),
    ]
}

#[track_caller]
fn is_alive(terminal: &Terminal) {
    assert!(!terminal.sees(|seen| seen.has_bytes("panicked")), "{}", terminal.sees(Seen::text));
}

#[rstest]
#[case::kitty(Kind::Kitty)]
#[case::sixel(Kind::Sixel)]
fn every_slide_shows_something_or_says_why_not(#[case] kind: Kind) {
    let files = files();
    let name = |name: &str| name.split('/').next().expect("a name").to_owned();
    let slides: Vec<String> =
        files.iter().map(|(path, ..)| format!("# Slide\n\n![words for it]({})\n", name(path))).collect();
    let folder = with_room(Folder::with("deck.md", slides.join("\n---\n\n")));
    for (path, bytes, _) in files.iter().filter(|(path, ..)| !path.contains("..")) {
        folder.put(path, bytes);
    }
    let mut terminal = start(&folder, kind, &["--no-animation"]).sized(100, 60).go();
    for (index, (path, _, reason)) in files.iter().enumerate() {
        let place = format!("{}/{}", index + 1, files.len());
        terminal.types(&format!("{}\r", index + 1));
        terminal.until(&format!("{path} with {reason:?}"), |seen| {
            let is_shown = match reason {
                Some(reason) => {
                    seen.text().contains('╭')
                        && seen.text().contains(reason)
                        && seen.text().contains("words for it")
                }
                None => seen.scripted().pictures().len() == 1,
            };
            is_shown && seen.has_word(&place)
        });
        is_alive(&terminal);
    }
    terminal.types("!");
    for (path, _, _) in files.iter().filter(|(.., reason)| reason.is_some()) {
        terminal.shows(&name(path));
    }
    terminal.types("q");
    terminal.until("the slide", |seen| !seen.text().contains("not shown as written"));
    leaves(&mut terminal, &folder);
    assert!(!terminal.sees(Seen::is_on_stage));
}

#[test]
fn a_file_cut_anywhere_is_a_picture_or_a_reason() {
    const CUTS: usize = 10;
    let formats =
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp];
    let wholes = formats.map(|format| file(noise(40, 30), format)).into_iter().chain([greedy()]);
    let folder = with_room(Folder::empty());
    let mut slides = Vec::new();
    for whole in wholes {
        for cut in 0..CUTS {
            let name = format!("{}.picture", slides.len());
            folder.put(&name, &whole[..whole.len() * cut / CUTS]);
            slides.push(format!("![words for it]({name})\n"));
        }
    }
    folder.put("deck.md", slides.join("\n---\n\n"));
    let mut terminal = start(&folder, Kind::Kitty, &[]).go();
    for number in 1..=slides.len() {
        let place = format!("{number}/{}", slides.len());
        terminal.until(&format!("something on {place}"), |seen| {
            let is_shown = !seen.scripted().pictures().is_empty() || seen.text().contains('╭');
            is_shown && seen.has_word(&place)
        });
        terminal.types("l");
    }
    is_alive(&terminal);
    leaves(&mut terminal, &folder);
}
