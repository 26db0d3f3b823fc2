//! Small pictures of every format, for the tests of this room.
#![expect(clippy::cast_possible_truncation, reason = "test pictures are small")]

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat, Rgba, RgbaImage};

/// Red to the left, blue to the right; or with alpha, nothing to the right.
pub(super) fn halves(width: u32, height: u32, alpha: bool) -> DynamicImage {
    let right = if alpha { Rgba([0, 0, 255, 0]) } else { Rgba([0, 0, 255, 255]) };
    let picture =
        RgbaImage::from_fn(
            width,
            height,
            |x, _| {
                if x < width.div_ceil(2) { Rgba([255, 0, 0, 255]) } else { right }
            },
        );
    let picture = DynamicImage::ImageRgba8(picture);
    if alpha { picture } else { DynamicImage::ImageRgb8(picture.to_rgb8()) }
}

/// Returns the picture as a file of a format.
pub(super) fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("memory holds it");
    bytes.into_inner()
}

/// Returns the halves as a file of each format of pixels.
pub(super) fn every_format(width: u32, height: u32) -> Vec<(ImageFormat, Vec<u8>)> {
    let formats =
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp];
    formats.map(|format| (format, file(&halves(width, height, false), format))).to_vec()
}

/// Returns an animation of grey frames, each a shade lighter, which are shown for `delays` in milliseconds.
pub(super) fn gif(width: u32, height: u32, delays: impl IntoIterator<Item = u32>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    for (shade, delay) in delays.into_iter().enumerate() {
        let picture =
            RgbaImage::from_pixel(width, height, Rgba([shade as u8, shade as u8, shade as u8, 255]));
        let frame = Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(delay, 1));
        encoder.encode_frame(frame).expect("memory holds it");
    }
    drop(encoder);
    bytes
}

/// Puts an EXIF segment with this orientation into a JPEG.
pub(super) fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

/// Makes an animated WebP of stills that are lossless and of one size.
pub(super) fn webp(stills: &[Vec<u8>], side: u8, delay: u8) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    chunk(&mut body, *b"VP8X", &[2, 0, 0, 0, side - 1, 0, 0, side - 1, 0, 0]);
    chunk(&mut body, *b"ANIM", &[0; 6]);
    for still in stills {
        let mut frame = vec![0, 0, 0, 0, 0, 0, side - 1, 0, 0, side - 1, 0, 0, delay, 0, 0, 0];
        frame.extend(&still[12..]);
        chunk(&mut body, *b"ANMF", &frame);
    }
    let mut bytes = Vec::new();
    chunk(&mut bytes, *b"RIFF", &body);
    bytes
}

fn chunk(bytes: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    bytes.extend(name);
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes.extend((body.len() % 2 == 1).then_some(0));
}

/// Makes an animated PNG of two stills of one size; each stands for 50 ms.
pub(super) fn apng(first: &[u8], second: &[u8]) -> Vec<u8> {
    let control =
        |number: u8| [&[0, 0, 0, number][..], &first[16..24], &[0; 8], &[0, 50, 3, 232, 0, 0]].concat();
    let data = |png: &[u8]| {
        let start = png.windows(4).position(|name| name == b"IDAT").expect("a picture");
        let length = u32::from_be_bytes(png[start - 4..start].try_into().expect("four bytes")) as usize;
        png[start + 4..start + 4 + length].to_vec()
    };
    let mut bytes = first[..33].to_vec();
    png_chunk(&mut bytes, *b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    png_chunk(&mut bytes, *b"fcTL", &control(0));
    png_chunk(&mut bytes, *b"IDAT", &data(first));
    png_chunk(&mut bytes, *b"fcTL", &control(1));
    png_chunk(&mut bytes, *b"fdAT", &[&[0, 0, 0, 2][..], &data(second)].concat());
    png_chunk(&mut bytes, *b"IEND", &[]);
    bytes
}

/// Appends a chunk of a PNG with its checksum.
pub(super) fn png_chunk(bytes: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    bytes.extend((body.len() as u32).to_be_bytes());
    let start = bytes.len();
    bytes.extend(name);
    bytes.extend(body);
    let check = bytes[start..].iter().fold(u32::MAX, |check, byte| {
        (0..8).fold(check ^ u32::from(*byte), |check, _| (check >> 1) ^ (0xedb8_8320 * (check & 1)))
    });
    bytes.extend((!check).to_be_bytes());
}

/// Returns a PNG whose header says that it has this size, and that holds nothing.
pub(super) fn lying_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    png_chunk(&mut bytes, *b"IHDR", &header);
    png_chunk(&mut bytes, *b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
    png_chunk(&mut bytes, *b"IEND", &[]);
    bytes
}
