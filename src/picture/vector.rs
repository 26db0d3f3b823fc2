//! Drawings (SVG): checked first, then rendered at the size in which they are shown. Nothing outside the file is
//! read: no other file, no address, no script, no font of the machine.

mod effort;
mod embedded;
mod expansion;
mod fonts;
mod markup;
mod parse;
pub(super) mod root;
mod styles;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

use super::cut::VisiblePart;
use super::{Bitmap, Cut, Size, limits};
use crate::color::Rgb;

/// A drawing, ready to be rendered.
pub(super) struct Drawing {
    tree: Tree,
    size: Size,
    weight: usize,
}

impl Drawing {
    /// Parses a drawing.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        limits::drawing(bytes.len() as u64)?;
        let size = root::size(bytes)?;
        let embedded = embedded::EmbeddedBudget::default();
        let mut options = parse::options();
        options.image_href_resolver = embedded.resolver();
        let (tree, nodes) = parse::tree(bytes, &options)?;
        // The library does not tell what a tree takes: a kilobyte for each node is a guess.
        Ok(Self { tree, size, weight: nodes * 1024 + embedded.bytes() })
    }

    /// Returns the size that its root element gives it.
    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// Returns about how many bytes of memory it takes.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Renders what the window shows, at its scale.
    pub(super) fn print(&self, cut: &Cut) -> Result<Bitmap, String> {
        cut.fill(|part| self.render(cut, part))
    }

    #[expect(clippy::cast_precision_loss, reason = "an `f32` counts the pixels of a picture exactly")]
    fn render(&self, cut: &Cut, part: VisiblePart) -> Result<Vec<u8>, String> {
        let own = self.tree.size();
        let scale = Transform::from_scale(
            cut.whole.width as f32 / own.width(),
            cut.whole.height as f32 / own.height(),
        );
        let band = effort::band(&self.tree, scale, part.size)?;
        let mut pixels = Vec::with_capacity(part.size.pixels() * 3);
        for top in (0..part.size.height).step_by(band as usize) {
            let size = Size { height: band.min(part.size.height - top), ..part.size };
            let transform = scale.post_translate(-(part.x as f32), -((part.y + top) as f32));
            self.render_band(transform, size, cut.background, &mut pixels)?;
        }
        Ok(pixels)
    }

    fn render_band(
        &self,
        transform: Transform,
        size: Size,
        background: Rgb,
        pixels: &mut Vec<u8>,
    ) -> Result<(), String> {
        let mut pixmap = Pixmap::new(size.width, size.height)
            .ok_or_else(|| "the picture is too large to be printed".to_owned())?;
        resvg::render(&self.tree, transform, &mut pixmap.as_mut());
        let background = [background.0, background.1, background.2];
        for pixel in pixmap.data().chunks_exact(4) {
            pixels.extend([0, 1, 2].map(|channel| Cut::over(pixel[channel], pixel[3], background[channel])));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    const BACK: Rgb = Rgb(9, 90, 9);

    fn svg(content: &str) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='100' height='50'>{content}</svg>"
        )
    }

    fn print(text: &str, scale: u32) -> Result<Bitmap, String> {
        let drawing = Drawing::read(text.as_bytes())?;
        let whole = Size { width: drawing.size.width * scale, height: drawing.size.height * scale };
        drawing.print(&Cut::whole(whole, BACK))
    }

    /// Returns how many pixels are not background.
    fn drawn(bitmap: &Bitmap) -> usize {
        bitmap.pixels.chunks_exact(3).filter(|pixel| **pixel != [BACK.0, BACK.1, BACK.2]).count()
    }

    #[test]
    fn drawings_are_sharp_at_every_size() {
        let text = svg("<rect x='50' width='50' height='50' fill='#102030'/>");
        for scale in [1, 3, 8] {
            let bitmap = print(&text, scale).unwrap();
            assert_eq!((bitmap.at(50 * scale - 1, 9), bitmap.at(50 * scale, 9)), (BACK, Rgb(16, 32, 48)));
        }
        let drawing = Drawing::read(text.as_bytes()).unwrap();
        let whole = Size { width: 400, height: 200 };
        let cut = Cut { x: 190, y: -10, size: Size { width: 20, height: 20 }, ..Cut::whole(whole, BACK) };
        let bitmap = drawing.print(&cut).unwrap();
        assert_eq!([bitmap.at(9, 15), bitmap.at(10, 15), bitmap.at(10, 9)], [BACK, Rgb(16, 32, 48), BACK]);
    }

    #[test]
    fn what_lies_outside_of_the_drawing_is_not_shown() {
        let drawing = Drawing::read(svg("<circle r='500'/>").as_bytes()).unwrap();
        let cut = Cut { x: -10, size: Size { width: 200, height: 60 }, ..Cut::whole(drawing.size, BACK) };
        let bitmap = drawing.print(&cut).unwrap();
        assert_eq!(drawn(&bitmap), 100 * 50);
    }

    #[test]
    fn text_comes_out_in_every_family() {
        for family in ["", "sans-serif", "serif", "monospace", "Arial", "'No Such Font', fantasy"] {
            let text =
                svg(&format!("<text x='5' y='30' font-family=\"{family}\" font-size='20'>É à ç</text>"));
            let bitmap = print(&text, 1).unwrap();
            assert!(drawn(&bitmap) > 50, "{family}: {}", drawn(&bitmap));
        }
    }

    #[test]
    fn nothing_outside_of_the_file_is_read() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/static/fonts/OpenSans-Bold.ttf");
        for content in [
            "<script>alert(1)</script>".to_owned(),
            "<image width='50' height='50' xlink:href='https://example.org/a.png'/>".to_owned(),
            format!("<image width='50' height='50' href='{file}'/><image href='file://{file}'/>"),
            "<use href='other.svg#a'/><g onload='x()' mask='url(http://a/b#c)'/>".to_owned(),
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>".to_owned(),
            "<style>@import url('http://example.org/a.css');</style>".to_owned(),
        ] {
            assert_eq!(drawn(&print(&svg(&content), 1).unwrap()), 0, "{content}");
        }
        let external =
            format!("<!DOCTYPE svg [<!ENTITY a SYSTEM '{file}'>]>{}", svg("<text y='9'>&a;</text>"));
        assert_eq!(print(&external, 1).map_or(0, |bitmap| drawn(&bitmap)), 0);
    }

    #[test]
    fn pictures_written_into_a_drawing_are_shown_once_deep() {
        let inner =
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
        let image = |inner: &str| {
            let escaped: String =
                inner.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
            format!("<image width='50' height='50' href='data:image/svg+xml,{escaped}'/>")
        };
        assert_eq!(drawn(&print(&svg(&image(inner)), 1).unwrap()), 2500);
        let twice = image(&svg(&image(inner)));
        assert_eq!(drawn(&print(&svg(&twice), 1).unwrap()), 0);
        let png =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
        let raster = format!("<image width='50' height='50' href='data:image/png;base64,{png}'/>");
        assert_eq!(drawn(&print(&svg(&raster), 1).unwrap()), 2500);
    }

    #[test]
    fn bombs_have_reasons_and_take_no_time() {
        let deep = svg(&("<g opacity='0.5'>".repeat(100_000) + &"</g>".repeat(100_000)));
        let spans = svg(&format!("<text>{}x{}</text>", "<tspan>".repeat(5000), "</tspan>".repeat(5000)));
        let octaves = "<filter id='f'><feTurbulence numOctaves='4000000000'/></filter><rect width='90' height='40' filter='url(#f)'/>";
        let brush = "<filter id='f'><feMorphology radius='9999'/></filter><rect width='90' height='40' filter='url(#f)'/>";
        let laughs =
            format!("<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>{}", svg("<text>&b;</text>"));
        let crowded = svg(&format!(
            "<rect {}/>",
            (0..100_000).map(|n| format!("a{n}='' ")).collect::<Vec<_>>().concat()
        ));
        for bomb in [deep, spans, svg(octaves), svg(brush), laughs, crowded] {
            let begin = Instant::now();
            let reason = print(&bomb, 10).unwrap_err();
            assert!(reason.starts_with("the drawing "), "{reason}");
            assert!(begin.elapsed() < Duration::from_secs(1), "{:?}: {}", begin.elapsed(), &bomb[100..200]);
        }
    }

    /// Returns a chain of elements, each of which shows the one before.
    fn chain(length: usize, link: impl Fn(usize) -> String) -> String {
        (0..length).map(link).collect::<Vec<_>>().concat()
    }

    #[test]
    fn the_deepest_that_passes_fits_on_half_a_stack() {
        let depth = markup::MOST_DEPTH - 3;
        let around = |open: &str, close: &str| {
            svg(&(open.repeat(depth) + "<rect width='9' height='9'/>" + &close.repeat(depth)))
        };
        let seen = [
            around("<g opacity='.9' transform='scale(.99)'>", "</g>"),
            around("<svg>", "</svg>"),
            around("<switch>", "</switch>"),
            around("<a>", "</a>"),
            svg(&format!("<text y='20'>{}x{}</text>", "<tspan>".repeat(depth), "</tspan>".repeat(depth))),
        ];
        let rect = "<rect id='a0' width='90' height='9'/>";
        let fuse = |n: usize, how: &str| format!("<rect width='90' height='40' {how}='url(#a{n})'/>");
        let half = depth / 2;
        let unit = "width='9' height='9' patternUnits='userSpaceOnUse'";
        let chains = [
            svg(&(rect.to_owned()
                + &chain(depth / 3, |n| format!("<g opacity='.9' id='a{}'><use href='#a{n}'/></g>", n + 1)))),
            svg(&(chain(half, |n| format!("<pattern {unit} id='a{}'>{}</pattern>", n + 1, fuse(n, "fill")))
                + &fuse(half, "fill"))),
            svg(&(chain(half, |n| format!("<mask id='a{}'>{}</mask>", n + 1, fuse(n, "mask")))
                + &fuse(half, "mask"))),
            svg(&(chain(half, |n| format!("<clipPath id='a{}'>{}</clipPath>", n + 1, fuse(n, "clip-path")))
                + &fuse(half, "clip-path"))),
            svg(&(chain(half, |n| {
                format!("<marker id='a{}'><path d='M0 0 9 9 5 6' marker-mid='url(#a{n})'/></marker>", n + 1)
            }) + &fuse(half, "marker"))),
        ];
        let small = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
            for text in seen {
                assert!(drawn(&print(&text, 1).unwrap()) > 0, "{}", &text[100..300]);
            }
            // Whatever they show: they come to an end.
            for text in chains {
                let begin = Instant::now();
                let _ = print(&text, 1);
                assert!(
                    begin.elapsed() < Duration::from_secs(1),
                    "{:?}: {}",
                    begin.elapsed(),
                    &text[100..300]
                );
            }
        });
        small.unwrap().join().unwrap();
    }

    #[test]
    fn layers_too_large_for_memory_are_rendered_in_bands() {
        let groups = "<g opacity='0.99'>".repeat(20) + "<rect width='100' height='50'/>" + &"</g>".repeat(20);
        let drawing = Drawing::read(svg(&groups).as_bytes()).unwrap();
        let size = Size { width: 500, height: 300 };
        let cut = Cut { size, ..Cut::whole(Size { width: 4000, height: 2000 }, BACK) };
        let scale = Transform::from_scale(40.0, 40.0);
        assert!(effort::band(&drawing.tree, scale, size).unwrap() < 300);
        let bitmap = drawing.print(&cut).unwrap();
        assert!((0..300).all(|y| bitmap.at(200, y) == bitmap.at(200, 0)));
    }

    #[test]
    fn odd_drawings_have_sizes_or_reasons() {
        let of = |attributes: &str| {
            Drawing::read(
                format!(
                    "<svg xmlns='http://www.w3.org/2000/svg' {attributes}><rect width='9' height='9'/></svg>"
                )
                .as_bytes(),
            )
            .map(|drawing| {
                assert!(drawing.print(&Cut::whole(Size { width: 20, height: 10 }, BACK)).is_ok());
                (drawing.size.width, drawing.size.height)
            })
        };
        assert_eq!(of("viewBox='0 0 1e9 1e9'"), Ok((8192, 8192)));
        assert_eq!(of("viewBox='0 0 0 0'"), Ok((300, 150)));
        assert_eq!(of(""), Ok((300, 150)));
        assert_eq!(of("width='NaN' height='10'"), Ok((300, 10)));
        for none in ["width='0'", "height='-9'", "width='1e999'"] {
            assert_eq!(of(none), Err(root::NO_SIZE.to_owned()), "{none}");
        }
    }

    #[test]
    fn truncated_drawings_have_reasons() {
        let whole = svg(
            "<style>.a{fill:url(#p)}</style><pattern id='p'><rect/></pattern><text class='a'>é&amp;</text>",
        );
        for length in (0..whole.len()).filter(|length| whole.is_char_boundary(*length)) {
            let reason = Drawing::read(&whole.as_bytes()[..length]).err().expect("it ends early");
            assert!(!reason.ends_with('.') && !reason.contains(char::is_control), "{reason}");
        }
    }
}
