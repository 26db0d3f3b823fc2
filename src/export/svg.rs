//! Slides as drawings for browsers: letters that can be marked and searched in fonts that are inside, pictures as they are,
//! links. What is drawn where, [`ink`](super::ink) says.

mod picture;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use skrifa::outline::pen::SvgPen;

use super::emoji::Emoji;
use super::fonts::{BASELINE, FAMILY, SIZE};
use super::html::escaped;
use super::ink::{FilledRect, GlyphRun, PlacedGlyph, frame};
use super::page::{CELL, MARGIN, PixelRect, PlacedPicture, size};
use super::sheet::{self, PageToDraw};
use super::{ExportOptions, address, data};
use crate::color::Rgb;
use crate::source::Diagnostic;

/// Draws every page as an SVG.
pub(super) fn files(
    order: &ExportOptions<'_>,
    take: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Vec<Diagnostic>> {
    sheet::files(order, take, &mut |sheet| Ok(Svg::of(sheet).into_bytes()))
}

/// An SVG that is being written.
struct Svg<'a> {
    sheet: &'a PageToDraw<'a>,
    out: String,
    /// The letters of each font that are written in it.
    used: BTreeMap<usize, BTreeSet<char>>,
    /// The outlines of letters that are not written in a font, by font and number.
    drawn: BTreeMap<(usize, u32), String>,
    /// The pictures of letters that have colours of their own, by font and letter.
    emoji: BTreeMap<(usize, &'a str), String>,
    /// The fonts that are inside.
    inside: BTreeSet<usize>,
}

impl<'a> Svg<'a> {
    fn of(sheet: &'a PageToDraw<'a>) -> String {
        let (out, used, inside) = (String::new(), BTreeMap::new(), BTreeSet::new());
        let mut svg = Self { sheet, out, used, drawn: BTreeMap::new(), emoji: BTreeMap::new(), inside };
        for run in &sheet.ink.runs {
            let letters = run.letters.iter().flat_map(|letter| sheet.written(run, letter).chars());
            svg.used.entry(run.face).or_default().extend(letters.collect::<Vec<_>>());
        }
        svg.begin();
        svg.styles();
        svg.behind();
        for (nth, placed) in sheet.page.pictures.iter().enumerate() {
            svg.picture(nth, placed);
        }
        svg.letters();
        svg.fills(&sheet.ink.fills);
        for (cells, url) in &sheet.page.links {
            svg.link(frame(*cells), url);
        }
        svg.put(format_args!("</g>\n</svg>\n"));
        svg.out
    }

    fn put(&mut self, words: std::fmt::Arguments<'_>) {
        self.out.write_fmt(words).expect("a string takes whatever is written");
    }

    fn begin(&mut self) {
        let PageToDraw { order, page, title, .. } = self.sheet;
        let (width, height) = size(order.stage);
        let lang = order.lang.map(|lang| format!(" xml:lang=\"{}\"", escaped(lang))).unwrap_or_default();
        let (name, title, words) = (escaped(&page.name), escaped(title), escaped(&self.words()));
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\"{lang} role=\"img\" aria-labelledby=\"title-{name}\" \
             aria-describedby=\"words-{name}\">\n<!-- generator: Lutrin -->\n<title id=\"title-{name}\">{title}</title>\n\
             <desc id=\"words-{name}\">{words}</desc>\n"
        ));
    }

    /// Returns the words of the page, line by line.
    fn words(&self) -> String {
        let mut words = String::new();
        let mut line = None;
        for run in &self.sheet.ink.runs {
            if line.is_some() {
                words.push(if line == Some(run.baseline) { ' ' } else { '\n' });
            }
            line = Some(run.baseline);
            words.push_str(run.text().trim());
        }
        words
    }

    /// Writes the fonts, with the letters that are needed.
    fn styles(&mut self) {
        self.put(format_args!("<style>\ntext {{ white-space: pre; font-size: {}px }}\n", short(SIZE)));
        for (face, letters) in self.used.clone() {
            if self.sheet.fonts.is_colored(face) {
                self.pictures(face);
                continue;
            }
            let font = self.sheet.fonts.subset(face, &letters);
            self.outlines(face, font.is_none());
            let Some(font) = font else { continue };
            self.inside.insert(face);
            let (weight, style) = match face {
                1 => (" font-weight: bold;", ""),
                2 => ("", " font-style: italic;"),
                3 => (" font-weight: bold;", " font-style: italic;"),
                _ => ("", ""),
            };
            let font = data::address("font/ttf", &font);
            self.put(format_args!(
                "@font-face {{ font-family: \"Lutrin {face}\";{weight}{style} \
                 src: url({font}) }}\n\
                 .f{face} {{ font-family: \"Lutrin {face}\", \"{FAMILY}\", monospace;{weight}{style} }}\n"
            ));
        }
        self.put(format_args!("</style>\n"));
        if self.drawn.is_empty() && self.emoji.is_empty() {
            return;
        }
        self.put(format_args!("<defs>\n"));
        for ((face, id), path) in std::mem::take(&mut self.drawn) {
            self.put(format_args!("<path id=\"g{face}-{id}\" d=\"{path}\"/>\n"));
        }
        let cells = place(PixelRect { x: 0.0, y: -BASELINE, width: 2.0 * CELL.width, height: CELL.height });
        for ((face, letter), png) in std::mem::take(&mut self.emoji) {
            self.put(format_args!("<image id=\"{}\" {cells} href=\"{png}\"/>\n", name(face, letter)));
        }
        self.put(format_args!("</defs>\n"));
    }

    /// Notes the pictures of the letters of a font that has them in colours: not every browser knows such fonts.
    fn pictures(&mut self, face: usize) {
        let sheet = self.sheet;
        let Some(emoji) = sheet.fonts.faces().get(face).map(Emoji::new) else { return };
        for run in sheet.ink.runs.iter().filter(|run| run.face == face) {
            for letter in run.letters.iter().filter(|letter| !letter.glyphs.is_empty()) {
                if let Some(png) = picture::emoji(&emoji, &letter.text, run.size) {
                    self.emoji.insert((face, &letter.text), png);
                }
            }
        }
    }

    /// Notes how those letters of a font are drawn that are not written: all, or those with marks, which are not where the
    /// page has them when a font's rules place them.
    fn outlines(&mut self, face: usize, all: bool) {
        let letters = self.sheet.ink.runs.iter().filter(|run| run.face == face).flat_map(|run| &run.letters);
        for &id in letters.filter(|letter| all || letter.glyphs.len() > 1).flat_map(|letter| &letter.glyphs) {
            let mut pen = SvgPen::with_precision(2);
            self.sheet.fonts.draw(face, id, &mut pen);
            self.drawn.insert((face, id), pen.to_string());
        }
    }

    /// Draws what letters and pictures stand on.
    fn behind(&mut self) {
        let PageToDraw { order, page, ink, .. } = self.sheet;
        let (width, height) = size(order.stage);
        self.put(format_args!(
            "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n<g transform=\"translate(0 {MARGIN})\">\n",
            hex(page.ground)
        ));
        if let Some(png) = page.backdrop.as_ref().and_then(picture::png) {
            let cells = frame(page.cells.area);
            let all = PixelRect { y: -MARGIN, height: cells.height + 2.0 * MARGIN, ..cells };
            self.put(format_args!("<image {} href=\"{png}\"/>\n", place(all)));
        }
        self.fills(&ink.grounds);
    }

    /// Draws rectangles, sharp: those that touch must not let through what is behind them.
    fn fills(&mut self, fills: &[FilledRect]) {
        if fills.is_empty() {
            return;
        }
        self.put(format_args!("<g shape-rendering=\"crispEdges\">\n"));
        for FilledRect { frame, color } in fills {
            self.put(format_args!("<rect {} fill=\"{}\"/>\n", place(*frame), hex(*color)));
        }
        self.put(format_args!("</g>\n"));
    }

    fn picture(&mut self, nth: usize, placed: &PlacedPicture) {
        let Ok(file) = self.sheet.order.shelf.file(&placed.source) else { return };
        let Some(url) = picture::url(&file.bytes) else { return };
        let (whole, seen) = (placed.frame, frame(placed.visible));
        let is_cut = whole.x < seen.x
            || whole.y < seen.y
            || whole.x + whole.width > seen.x + seen.width
            || whole.y + whole.height > seen.y + seen.height;
        let mut clip = String::new();
        if is_cut {
            let name = format!("cut-{}-{nth}", escaped(&self.sheet.page.name));
            self.put(format_args!("<clipPath id=\"{name}\"><rect {}/></clipPath>\n", place(seen)));
            clip = format!(" clip-path=\"url(#{name})\"");
        }
        let alt = match placed.alt.as_str() {
            "" => String::new(),
            alt => format!("<title>{}</title>", escaped(alt)),
        };
        self.put(format_args!(
            "<image {} preserveAspectRatio=\"none\"{clip} href=\"{url}\">{alt}</image>\n",
            place(whole)
        ));
    }

    fn letters(&mut self) {
        let sheet = self.sheet;
        for run in &sheet.ink.runs {
            // What is more than one letter for XML has a text of its own: programs count its places differently.
            let is_simple = |letter: &PlacedGlyph| sheet.written(run, letter).encode_utf16().count() == 1;
            for letters in run.letters.chunk_by(|a, b| is_simple(a) && is_simple(b)) {
                let has_marks = letters.iter().any(|letter| letter.glyphs.len() > 1);
                let is_drawn = !self.inside.contains(&run.face) || has_marks;
                if sheet.fonts.is_colored(run.face) {
                    self.colored(run, letters);
                } else if is_drawn {
                    self.outlined(run, letters);
                }
                self.text(run, letters, is_drawn);
            }
        }
    }

    fn text(&mut self, run: &GlyphRun, letters: &[PlacedGlyph], is_drawn: bool) {
        let x: Vec<String> = letters.iter().map(|letter| short(letter.x)).collect();
        let size = match run.size {
            size if (size - SIZE).abs() < 0.01 => String::new(),
            size => format!(" style=\"font-size: {}px\"", short(size)),
        };
        let words: String = letters.iter().map(|letter| self.sheet.written(run, letter)).collect();
        let (face, y) = (run.face, short(run.baseline));
        let fill = if is_drawn { "none".to_owned() } else { hex(run.color) };
        // Letters stand where their cells are, whatever the direction in which they would be read.
        self.put(format_args!(
            "<text class=\"f{face}\" xml:space=\"preserve\" unicode-bidi=\"bidi-override\" fill=\"{fill}\"{size} \
             x=\"{}\" y=\"{y}\">{}</text>\n",
            x.join(" "),
            escaped(&words)
        ));
    }

    /// Draws letters that are not written in a font.
    fn outlined(&mut self, run: &GlyphRun, letters: &[PlacedGlyph]) {
        let (scale, y, color) = (run.size / SIZE, short(run.baseline), hex(run.color));
        for (id, x) in letters.iter().flat_map(PlacedGlyph::placed) {
            let (face, x) = (run.face, short(x));
            self.put(format_args!(
                "<use href=\"#g{face}-{id}\" transform=\"translate({x} {y}) scale({scale} -{scale})\" \
                 fill=\"{color}\"/>\n"
            ));
        }
    }

    /// Draws letters that have colours of their own.
    fn colored(&mut self, run: &GlyphRun, letters: &[PlacedGlyph]) {
        let y = short(run.baseline);
        for letter in letters.iter().filter(|letter| !letter.glyphs.is_empty()) {
            let (name, x) = (name(run.face, &letter.text), short(letter.x));
            self.put(format_args!("<use href=\"#{name}\" x=\"{x}\" y=\"{y}\"/>\n"));
        }
    }

    fn link(&mut self, frame: PixelRect, url: &str) {
        if let Some(address) = address::elsewhere(url) {
            self.put(format_args!(
                "<a href=\"{}\"><rect {} fill=\"none\" pointer-events=\"all\"/></a>\n",
                escaped(&address),
                place(frame)
            ));
        }
    }
}

/// Returns the name of the picture of a letter.
fn name(face: usize, letter: &str) -> String {
    letter.chars().fold(format!("e{face}"), |name, letter| format!("{name}-{:x}", u32::from(letter)))
}

/// Returns the attributes of a rectangle.
fn place(PixelRect { x, y, width, height }: PixelRect) -> String {
    format!("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", short(x), short(y), short(width), short(height))
}

/// Returns a number with at most two decimals.
fn short(number: f32) -> String {
    ((f64::from(number) * 100.0).round() / 100.0).to_string()
}

fn hex(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_may_be() {
        assert_eq!([0.0, 16.0, 15.5, 1.0 / 3.0, -0.001].map(short), ["0", "16", "15.5", "0.33", "-0"]);
    }
}
