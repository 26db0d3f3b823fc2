//! A picture's format and size by its first bytes, whatever the file's name.

use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};

use image::ImageFormat;

#[cfg(feature = "svg")]
use super::vector::root;
use super::{Size, limits, raster};

/// The bytes that are read first; in most files they hold the header.
const FIRST_BYTES: usize = 64 << 10;
/// Photographs with colour profiles and previews have longer headers.
const MORE_BYTES: [u64; 3] = [1 << 20, 8 << 20, limits::MOST_FILE_BYTES];

/// What the first bytes of a file say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PictureFormat {
    /// A picture of pixels.
    Raster(ImageFormat),
    /// An SVG.
    #[cfg(feature = "svg")]
    Drawing,
}

/// Returns the picture's size in pixels as it is shown, by its header alone.
///
/// # Errors
/// Returns, in words for the user, why the bytes are no picture that Lutrin reads, or one beyond its limits.
pub fn size(mut bytes: impl BufRead + Seek) -> Result<Size, String> {
    let (first, length) = start_and_length(&mut bytes)?;
    match sniff(&first)? {
        PictureFormat::Raster(ImageFormat::Jpeg) => jpeg(bytes, first, length),
        PictureFormat::Raster(format) => {
            bytes.rewind().map_err(|error| limits::unread(&error))?;
            measure(bytes, format)
        }
        #[cfg(feature = "svg")]
        PictureFormat::Drawing => {
            limits::drawing(length)?;
            match root::size(&first) {
                Err(reason) if reason == root::NO_ROOT && length > FIRST_BYTES as u64 => {
                    root::size(&start(&mut bytes, length)?)
                }
                size => size,
            }
        }
    }
}

/// Returns a picture's format by its first bytes.
pub(super) fn sniff(start: &[u8]) -> Result<PictureFormat, String> {
    let start = &start[..start.len().min(FIRST_BYTES)];
    #[cfg(feature = "svg")]
    if start.starts_with(&[0x1f, 0x8b]) {
        return Err("compressed files are not opened; an `.svgz` is shown once it is unpacked".to_owned());
    }
    match image::guess_format(start) {
        Ok(
            format @ (ImageFormat::Png
            | ImageFormat::Jpeg
            | ImageFormat::Gif
            | ImageFormat::WebP
            | ImageFormat::Bmp),
        ) => Ok(PictureFormat::Raster(format)),
        #[cfg(feature = "svg")]
        _ if root::begins(start) => Ok(PictureFormat::Drawing),
        _ => Err(limits::unknown_format()),
    }
}

/// Measures a JPEG by as few of its bytes as do: its decoder would read the whole file.
fn jpeg(mut bytes: impl BufRead + Seek, first: Vec<u8>, length: u64) -> Result<Size, String> {
    let mut read = first;
    for more in MORE_BYTES {
        if read.len() as u64 >= length || raster::decoder(Cursor::new(&read), ImageFormat::Jpeg).is_ok() {
            break;
        }
        read = start(&mut bytes, more)?;
    }
    measure(Cursor::new(read), ImageFormat::Jpeg)
}

fn measure(bytes: impl BufRead + Seek, format: ImageFormat) -> Result<Size, String> {
    let mut decoder = raster::decoder(bytes, format)?;
    raster::measure(&mut decoder).map(|(size, _)| size)
}

/// Returns the first bytes of a file and how many it has in all; it can be read from its beginning again.
pub(super) fn start_and_length(bytes: &mut (impl BufRead + Seek)) -> Result<(Vec<u8>, u64), String> {
    let length = bytes.seek(SeekFrom::End(0)).map_err(|error| limits::unread(&error))?;
    limits::file(length)?;
    let first = start(bytes, FIRST_BYTES as u64)?;
    bytes.rewind().map_err(|error| limits::unread(&error))?;
    Ok((first, length))
}

/// Returns the first `most` bytes of a file, or all that it has.
pub(super) fn start(bytes: &mut (impl BufRead + Seek), most: u64) -> Result<Vec<u8>, String> {
    let mut first = Vec::new();
    bytes
        .rewind()
        .and_then(|()| bytes.take(most).read_to_end(&mut first))
        .map_err(|error| limits::unread(&error))?;
    Ok(first)
}
