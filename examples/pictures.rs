//! Makes `static/pictures` from the SVG sources in `static/svg`, with the fonts of `static/fonts`;
//! what they show, and how it looks, stands in those sources.
//!
//! A source becomes `static/pictures/NAME.svg`, with its style inside; or `NAME.png` when it is named in [`PHOTOGRAPHS`], or
//! `NAME.gif` when it is in [`FILMS`]. In a film's source an element of the class `from-3` is there from frame 3 on, one of
//! the class `until-5` up to frame 5.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{Delay, DynamicImage, Frame, Rgb, RgbImage};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree};

/// The sources that become a PNG: what a lecture would have as a screenshot or a logo.
const PHOTOGRAPHS: [&str; 6] = ["cncf-landscape", "demo-fission", "k3s", "kube-market", "kubernetes", "lens"];

/// A source that becomes an animated GIF.
struct Film {
    name: &'static str,
    frames: u32,
    /// How long a frame stands, in milliseconds; the last one stands eight times as long, and comes first: where
    /// a film does not move, it shows how it ends.
    pause: u32,
}

const FILMS: [Film; 2] =
    [Film { name: "complexe", frames: 14, pause: 300 }, Film { name: "the-end", frames: 14, pause: 200 }];

/// The most colours that a GIF of ours holds: flat shapes and their soft edges need no more.
const COLOURS: usize = 24;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let style = fs::read_to_string(folder.join("svg/style.css")).context("svg/style.css")?;
    let mut options = options(&folder.join("fonts"))?;
    for source in files(&folder.join("svg"), "svg")? {
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let film = FILMS.iter().find(|film| film.name == name);
        let place = folder.join("pictures").join(&name);
        let svg = fs::read_to_string(&source)?;
        let is_photograph = PHOTOGRAPHS.contains(&name.as_str());
        let ending = if film.is_some() {
            "gif"
        } else if is_photograph {
            "png"
        } else {
            "svg"
        };
        let path = place.with_extension(ending);
        match film {
            Some(film) => write_gif(&path, film, shot(&svg, &style, film, &mut options)?),
            None if is_photograph => write_png(&path, &drawn(&svg, &style, &mut options)?),
            None => write_svg(&path, &svg, &style),
        }
        .with_context(|| format!("cannot make {}", path.display()))?;
        println!("{:>7} bytes  {}", fs::metadata(&path)?.len(), path.display());
    }
    Ok(())
}

/// Our fonts only, whatever family is asked for: the pictures are the same on every machine.
fn options(folder: &Path) -> Result<Options<'static>> {
    let mut options = Options { font_family: "Open Sans".to_owned(), ..Options::default() };
    let fonts = options.fontdb_mut();
    for font in files(folder, "ttf")? {
        fonts.load_font_data(fs::read(font)?);
    }
    fonts.set_sans_serif_family("Open Sans");
    fonts.set_serif_family("Open Sans");
    fonts.set_monospace_family("Open Sans");
    Ok(options)
}

/// The files of a folder that end so, by name.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    Ok(paths)
}

/// One picture, in its own size.
fn drawn(svg: &str, style: &str, options: &mut Options) -> Result<RgbImage> {
    options.style_sheet = Some(style.to_owned());
    let tree = Tree::from_str(svg, options).context("not a drawing")?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).context("no room for the picture")?;
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    ensure!(pixels.pixels().iter().all(PremultipliedColorU8::is_opaque), "a picture needs a card behind it");
    Ok(RgbImage::from_fn(size.width(), size.height(), |x, y| {
        let pixel = pixels.pixel(x, y).expect("the picture has the pixmap's size");
        Rgb([pixel.red(), pixel.green(), pixel.blue()])
    }))
}

/// All frames of a film: a style of its own per frame hides what is not there yet, or no longer.
fn shot(svg: &str, style: &str, film: &Film, options: &mut Options) -> Result<Vec<RgbImage>> {
    let mut frames = Vec::new();
    for now in 1..=film.frames {
        let mut style = style.to_owned();
        for other in 1..=film.frames {
            match other.cmp(&now) {
                Ordering::Less => writeln!(style, ".until-{other} {{ display: none }}")?,
                Ordering::Equal => {}
                Ordering::Greater => writeln!(style, ".from-{other} {{ display: none }}")?,
            }
        }
        frames.push(drawn(svg, &style, options)?);
    }
    Ok(frames)
}

/// Writes the drawing with its style inside: a picture may not lean on another file.
fn write_svg(path: &Path, svg: &str, style: &str) -> Result<()> {
    let root = svg.find("<svg").context("no drawing")?;
    let inside = root + svg[root..].find('>').context("no drawing")? + 1;
    Ok(fs::write(path, format!("{}\n  <style>\n{style}  </style>{}", &svg[root..inside], &svg[inside..]))?)
}

fn write_png(path: &Path, picture: &RgbImage) -> Result<()> {
    let file = fs::File::create(path)?;
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    Ok(picture.write_with_encoder(encoder)?)
}

fn write_gif(path: &Path, film: &Film, mut frames: Vec<RgbImage>) -> Result<()> {
    reduce(&mut frames);
    let mut encoder = GifEncoder::new(fs::File::create(path)?);
    encoder.set_repeat(Repeat::Infinite)?;
    frames.rotate_right(1);
    for (number, frame) in frames.into_iter().enumerate() {
        let pause = if number == 0 { film.pause * 8 } else { film.pause };
        let frame = DynamicImage::from(frame).into_rgba8();
        encoder.encode_frame(Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(pause, 1)))?;
    }
    Ok(())
}

/// Moves every pixel to the nearest of the film's most frequent colours.
fn reduce(frames: &mut [RgbImage]) {
    let mut counts = HashMap::<Rgb<u8>, usize>::new();
    for pixel in frames.iter().flat_map(RgbImage::pixels) {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut palette = counts.keys().copied().collect::<Vec<_>>();
    palette.sort_by_key(|colour| (Reverse(counts[colour]), colour.0));
    palette.truncate(COLOURS);
    let nearest = counts
        .into_keys()
        .filter_map(|colour| Some((colour, *palette.iter().min_by_key(|kept| distance(colour, **kept))?)))
        .collect::<HashMap<_, _>>();
    for pixel in frames.iter_mut().flat_map(RgbImage::pixels_mut) {
        *pixel = nearest[pixel];
    }
}

fn distance(one: Rgb<u8>, other: Rgb<u8>) -> u32 {
    one.0.iter().zip(other.0).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}
