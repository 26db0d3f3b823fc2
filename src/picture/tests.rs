//! What holds for all pictures: their sizes, their colours, and that no file can do harm.
#![expect(clippy::cast_possible_truncation, reason = "test pictures are small")]

use std::io::Cursor;

use image::ImageFormat;

use super::samples::{apng, every_format, file, gif, halves, lying_png, webp, with_orientation};
use super::{Bitmap, Cut, Original, Size, size};
use crate::color::Rgb;

const BACK: Rgb = Rgb(9, 90, 9);

fn sides(width: u32, height: u32) -> Size {
    Size { width, height }
}

fn print(bytes: &[u8], width: u32, height: u32) -> Result<Bitmap, String> {
    Original::read(Cursor::new(bytes))?.print(&Cut::whole(sides(width, height), BACK))
}

fn looks_like(seen: Rgb, meant: Rgb) -> bool {
    [(seen.0, meant.0), (seen.1, meant.1), (seen.2, meant.2)].iter().all(|(a, b)| a.abs_diff(*b) <= 3)
}

/// Whatever becomes of these bytes, it is a picture or a reason.
fn is_harmless(bytes: &[u8]) {
    let header = size(Cursor::new(bytes));
    let read = Original::read(Cursor::new(bytes));
    let printed = read.as_ref().map(|picture| picture.print(&Cut::whole(sides(9, 7), BACK)));
    for reason in
        [header.err(), read.as_ref().err().cloned(), printed.ok().and_then(Result::err)].into_iter().flatten()
    {
        assert!(!reason.is_empty() && !reason.ends_with('.'), "{reason}");
        assert!(!reason.contains(char::is_control), "{reason:?}");
        assert!(reason.starts_with(|first: char| !first.is_uppercase()), "{reason}");
    }
    if let Ok(picture) = read {
        let _ = picture.film(&Cut::whole(sides(9, 7), BACK), &|| true);
    }
}

#[test]
fn every_format_is_told_by_its_bytes_and_shown() {
    for (format, bytes) in every_format(40, 20) {
        assert_eq!(size(Cursor::new(&bytes)), Ok(sides(40, 20)), "{format:?}");
        let picture = Original::read(Cursor::new(bytes)).unwrap();
        assert_eq!((picture.size(), picture.moves()), (sides(40, 20), false), "{format:?}");
        assert_eq!(picture.is_sent_as_it_is(), format == ImageFormat::Png);
        assert!(picture.weight() >= 40 * 20 * 3);
        let bitmap = picture.print(&Cut::whole(sides(20, 10), BACK)).unwrap();
        assert!(looks_like(bitmap.at(1, 5), Rgb(255, 0, 0)), "{format:?}: {:?}", bitmap.at(1, 5));
        assert!(looks_like(bitmap.at(18, 5), Rgb(0, 0, 255)), "{format:?}: {:?}", bitmap.at(18, 5));
        assert_eq!(bitmap.at(20, 0), Rgb::BLACK);
    }
}

#[test]
fn alpha_shows_the_background() {
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let bitmap = print(&file(&halves(80, 20, true), format), 8, 2).unwrap();
        assert_eq!((bitmap.at(0, 0), bitmap.at(7, 1)), (Rgb(255, 0, 0), BACK), "{format:?}");
    }
}

#[test]
fn deep_and_grey_pictures_are_shown() {
    let picture = halves(8, 4, true);
    let kinds = [
        image::DynamicImage::ImageLuma8(picture.to_luma8()),
        image::DynamicImage::ImageLumaA8(picture.to_luma_alpha8()),
        image::DynamicImage::ImageLuma16(picture.to_luma16()),
        image::DynamicImage::ImageRgba16(picture.to_rgba16()),
    ];
    let red = [Rgb(54, 54, 54), Rgb(54, 54, 54), Rgb(54, 54, 54), Rgb(255, 0, 0)];
    for (kind, red) in kinds.iter().zip(red) {
        let bitmap = print(&file(kind, ImageFormat::Png), 8, 4).unwrap();
        assert!(looks_like(bitmap.at(0, 0), red), "{:?}: {:?}", kind.color(), bitmap.at(0, 0));
        assert_eq!(bitmap.at(7, 3) == BACK, kind.color().has_alpha(), "{:?}", kind.color());
    }
}

#[test]
fn photographs_stand_as_the_camera_was_held() {
    let jpeg = file(&halves(40, 20, false), ImageFormat::Jpeg);
    let turned = with_orientation(&jpeg, 6);
    assert_eq!(size(Cursor::new(&turned)), Ok(sides(20, 40)));
    let picture = Original::read(Cursor::new(turned)).unwrap();
    assert_eq!(picture.size(), sides(20, 40));
    let bitmap = picture.print(&Cut::whole(sides(20, 40), BACK)).unwrap();
    assert!(looks_like(bitmap.at(10, 2), Rgb(255, 0, 0)) && looks_like(bitmap.at(10, 37), Rgb(0, 0, 255)));
    assert_eq!(size(Cursor::new(with_orientation(&jpeg, 3))), Ok(sides(40, 20)));
    assert_eq!(size(Cursor::new(with_orientation(&jpeg, 99))), Ok(sides(40, 20)));
}

#[test]
fn a_long_header_is_read_to_its_end() {
    let jpeg = file(&halves(40, 20, false), ImageFormat::Jpeg);
    let mut bytes = jpeg[..2].to_vec();
    for _ in 0..20 {
        bytes.extend([0xff, 0xe5, 0xff, 0xff]);
        bytes.extend(vec![0; 0xfffd]);
    }
    bytes.extend(&with_orientation(&jpeg, 8)[2..]);
    assert_eq!(size(Cursor::new(bytes)), Ok(sides(20, 40)));
}

#[test]
fn animations_play() {
    let still =
        |color: [u8; 3]| image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(8, 8, image::Rgb(color)));
    let stills = [still([255, 0, 0]), still([0, 0, 255])];
    let webp = webp(&stills.each_ref().map(|still| file(still, ImageFormat::WebP)), 8, 40);
    let [red, blue] = stills.each_ref().map(|still| file(still, ImageFormat::Png));
    for (bytes, delay) in [(webp, 40), (apng(&red, &blue), 50)] {
        let picture = Original::read(Cursor::new(bytes)).unwrap();
        assert!(picture.moves() && !picture.is_sent_as_it_is());
        let film = picture.film(&Cut::whole(sides(4, 4), BACK), &|| true).unwrap();
        assert!(film.iter().all(|(_, stands)| stands.as_millis() == delay));
        let seen: Vec<Rgb> = film.iter().map(|(bitmap, _)| bitmap.at(2, 2)).collect();
        assert!(
            seen.len() == 2 && looks_like(seen[0], Rgb(255, 0, 0)) && looks_like(seen[1], Rgb(0, 0, 255)),
            "{seen:?}"
        );
    }
}

#[test]
fn delays_are_those_of_a_browser() {
    let picture = Original::read(Cursor::new(gif(4, 4, [0, 10, 20, 500]))).unwrap();
    let film = picture.film(&Cut::whole(sides(2, 2), BACK), &|| true).unwrap();
    assert_eq!(film.iter().map(|(_, delay)| delay.as_millis()).collect::<Vec<_>>(), [100, 100, 20, 500]);
    assert_eq!(film[3].0.at(0, 0), Rgb(3, 3, 3));
    let asked = std::cell::Cell::new(0);
    let twice = || asked.replace(asked.get() + 1) < 2;
    assert_eq!(picture.film(&Cut::whole(sides(2, 2), BACK), &twice), None);
    assert_eq!(asked.get(), 3);
}

#[test]
fn a_damaged_film_ends_early() {
    let whole = gif(16, 16, [20; 8]);
    let picture = Original::read(Cursor::new(&whole[..whole.len() / 2])).unwrap();
    let film = picture.film(&Cut::whole(sides(2, 2), BACK), &|| true).unwrap();
    assert!((2..8).contains(&film.len()), "{}", film.len());
}

#[test]
fn too_long_an_animation_stands_still() {
    let mut endless = gif(2, 2, [20; 100]);
    // All but the trailer again: frames of a GIF need not know how many there are.
    let start = endless.windows(3).position(|block| block == [0x21, 0xf9, 4]).unwrap();
    let frames = endless[start..endless.len() - 1].to_vec();
    endless.truncate(start);
    (0..100).for_each(|_| endless.extend(&frames));
    endless.push(0x3b);
    let picture = Original::read(Cursor::new(endless)).unwrap();
    assert!(picture.moves() && picture.print(&Cut::whole(sides(2, 2), BACK)).is_ok());
    let decodes = || unreachable!("frames are counted before any is decoded");
    assert_eq!(picture.film(&Cut::whole(sides(2, 2), BACK), &decodes), None);
    let large = Original::read(Cursor::new(gif(2, 2, [20; 30]))).unwrap();
    assert_eq!(large.film(&Cut::whole(sides(1000, 1000), BACK), &decodes), None);
}

#[test]
fn headers_that_lie_cost_nothing() {
    for (width, height) in
        [(100_000, 100_000), (16_385, 1), (16_384, 16_384), (0, 5), (5, 0), (u32::MAX, u32::MAX)]
    {
        let bytes = lying_png(width, height);
        assert!(
            size(Cursor::new(&bytes)).is_err() && Original::read(Cursor::new(bytes)).is_err(),
            "{width}×{height}"
        );
    }
    assert_eq!(
        size(Cursor::new(lying_png(1, 20_000))).unwrap_err(),
        "1×20000 pixels are too many; 16384 a side are shown"
    );
    for bytes in [lying_png(4000, 4000), lying_png(16_000, 1)] {
        assert!(size(Cursor::new(&bytes)).is_ok() && Original::read(Cursor::new(bytes)).is_err());
    }
}

#[test]
fn long_and_thin_pictures_are_shown_up_to_the_limit() {
    for (width, height) in [(1, 16_000), (16_000, 1)] {
        let bitmap = print(&file(&halves(width, height, false), ImageFormat::Png), 9, 9).unwrap();
        assert_eq!(bitmap.pixels.len(), 9 * 9 * 3);
    }
    for (width, height) in [(1, 20_000), (20_000, 1)] {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp] {
            let bytes = file(&halves(width, height, false), format);
            let reason = size(Cursor::new(&bytes)).unwrap_err();
            assert_eq!(
                reason,
                format!("{width}×{height} pixels are too many; 16384 a side are shown"),
                "{format:?}"
            );
            assert_eq!(Original::read(Cursor::new(bytes)).err(), Some(reason));
        }
    }
}

#[test]
fn whatever_is_cut_off_is_shown_or_has_a_reason() {
    let mut all = every_format(50, 40);
    all.push((ImageFormat::Gif, gif(9, 9, [10; 5])));
    let still = file(&halves(8, 8, false), ImageFormat::WebP);
    all.push((ImageFormat::WebP, webp(&[still.clone(), still], 8, 9)));
    let png = file(&halves(8, 8, true), ImageFormat::Png);
    all.push((ImageFormat::Png, apng(&png, &png)));
    for (format, whole) in all {
        for length in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            is_harmless(&whole[..length]);
            // The right magic before the wrong bytes, and bits that have fallen over.
            is_harmless(&[&whole[..whole.len().min(12)], &whole[length..]].concat());
            let mut wrong = whole.clone();
            wrong[length] ^= 0x55;
            is_harmless(&wrong);
        }
        assert!(print(&whole, 5, 5).is_ok(), "{format:?}");
    }
}

#[test]
fn of_a_picture_that_ends_early_the_beginning_is_shown() {
    let noise = image::RgbImage::from_fn(200, 200, |x, y| {
        image::Rgb([200, ((x * 7) ^ (y * 13)) as u8, (x * y) as u8])
    });
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let bytes = file(&image::DynamicImage::ImageRgb8(noise.clone()), format);
        let bitmap = print(&bytes[..bytes.len() / 2], 20, 20).unwrap();
        assert!(bitmap.at(10, 1).0 > 150, "{format:?}: {:?}", bitmap.at(10, 1));
    }
}

#[test]
fn a_frame_outside_of_its_canvas_is_harmless() {
    let mut bytes = gif(10, 10, [20, 20]);
    let places: Vec<usize> =
        (0..bytes.len() - 9).filter(|at| bytes[*at..*at + 9] == [0x2c, 0, 0, 0, 0, 10, 0, 10, 0]).collect();
    for place in places {
        for (offset, value) in [(1, 0x40), (2, 0xff), (5, 0xff), (6, 0x7f), (7, 0), (5, 0)] {
            bytes[place + offset] = value;
            is_harmless(&bytes);
        }
    }
}

#[test]
fn what_is_no_picture_has_a_reason() {
    for bytes in [
        &b"no picture"[..],
        b"",
        b"<html><body>",
        b"\x1f\x8b\x08\0\0",
        b"II*\0\x08\0\0\0",
        b"RIFF\0\0\0\0WEBP",
    ] {
        is_harmless(bytes);
        assert!(size(Cursor::new(bytes)).is_err() && Original::read(Cursor::new(bytes)).is_err());
    }
}
