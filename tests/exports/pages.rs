//! Slides as drawings and pictures, a file each, as the started program writes them.

#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the numbers are small")]
#![cfg(feature = "pages")]

use std::fs;
use std::path::Path;

use image::RgbImage;
use roxmltree::{Document, Node};
use tempfile::TempDir;

use super::program::{deck, decks, export, words};

/// A folder with what was written into it.
struct Written {
    files: Vec<(String, Vec<u8>)>,
    told: String,
}

/// Exports into a new folder; returns the files by name.
#[track_caller]
fn written(arguments: &[&str]) -> Written {
    let folder = TempDir::new().expect("the system has room for a folder");
    written_in(folder.path(), arguments)
}

#[track_caller]
fn written_in(folder: &Path, arguments: &[&str]) -> Written {
    let output = export(folder, arguments);
    let told = String::from_utf8(output.stderr).expect("words are UTF-8");
    assert!(output.status.success(), "{told}");
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.join("out"))
        .expect("the folder was made")
        .map(|file| file.expect("it can be listed"))
        .map(|file| (file.file_name().into_string().expect("names are UTF-8"), file.path()))
        .map(|(name, path)| (name, fs::read(path).expect("it was written")))
        .collect();
    files.sort();
    Written { files, told }
}

/// Writes a deck beside `out/` and exports it.
#[track_caller]
fn of(source: &str, arguments: &[&str]) -> Written {
    let folder = TempDir::new().expect("the system has room for a folder");
    fs::write(folder.path().join("talk.md"), source).expect("the folder is ours");
    written_in(folder.path(), &[&["talk.md"], arguments].concat())
}

impl Written {
    fn names(&self) -> Vec<&str> {
        self.files.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn svg(&self, nth: usize) -> &str {
        std::str::from_utf8(&self.files[nth].1).expect("an SVG is UTF-8")
    }

    fn png(&self, nth: usize) -> RgbImage {
        image::load_from_memory(&self.files[nth].1).expect("it is a picture").into_rgb8()
    }
}

fn named<'a>(document: &'a Document<'_>, name: &'static str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

/// Returns the letters that are written in a drawing, without blanks.
fn letters(document: &Document<'_>) -> String {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .filter_map(|node| node.text())
        .flat_map(str::chars)
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

#[test]
fn every_word_of_the_lecture_is_in_its_drawings() {
    let drawings = written(&["-f", "svg", "-o", "out/"]);
    let text = words(&["-f", "text", "--width", "0"]);
    let slides: Vec<&str> = text.split("\n── ").collect();
    assert_eq!((drawings.files.len(), slides.len()), (32, 32));
    for (nth, slide) in slides.iter().enumerate() {
        let document = Document::parse(drawings.svg(nth)).expect("it is XML");
        // Big letters are drawn with blocks: the title says what they say.
        let title = named(&document, "title")[0].text().unwrap_or_default();
        let letters = letters(&document) + title;
        let lines = slide.lines().skip(1).filter(|line| !line.starts_with(['[', '`', '─']));
        let all = lines.flat_map(str::split_whitespace);
        // Marks of lists and rules of tables are drawn otherwise.
        for word in all.filter(|word| word.contains(char::is_alphanumeric) && !word.starts_with('<')) {
            assert!(letters.contains(word), "slide {}: {word}", nth + 1);
        }
    }
}

#[test]
fn a_drawing_has_all_that_it_needs_inside() {
    for deck in decks() {
        let deck = deck.to_str().expect("our paths are UTF-8");
        for (name, bytes) in written(&[deck, "-f", "svg", "-o", "out/"]).files {
            let svg = String::from_utf8(bytes).expect("an SVG is UTF-8");
            assert_eq!(svg.matches("<!-- generator: Lutrin -->").count(), 1, "{name}");
            let document = Document::parse(&svg).expect("it is XML");
            let root = document.root_element();
            assert_eq!(root.attribute("viewBox"), Some("0 0 1920 1080"), "{name}");
            for node in document.descendants() {
                let href = node.attribute("href").unwrap_or("#");
                assert!(
                    node.has_tag_name("a") || href.starts_with(['#']) || href.starts_with("data:"),
                    "{name}: {href}"
                );
            }
            for style in named(&document, "style") {
                let style = style.text().unwrap_or_default();
                assert_eq!(
                    style.matches("url(").count(),
                    style.matches("url(data:font/ttf;base64,").count(),
                    "{name}"
                );
            }
            for text in named(&document, "text") {
                let places = text.attribute("x").expect("each letter has its place");
                for x in places.split(' ').map(|x| x.parse::<f32>().expect("it is a number")) {
                    assert!((0.0..1920.0).contains(&x), "{name}: {x}");
                }
            }
        }
    }
}

#[test]
fn links_are_links_where_they_lead_somewhere() {
    let source = "[a](https://lutrin.example/?a=1&b=2) [b](javascript:alert(1)) [c](notes.pdf) [d](mailto:a@lutrin.example)";
    let drawings = of(source, &["-f", "svg", "-o", "out/"]);
    let document = Document::parse(drawings.svg(0)).expect("it is XML");
    let links: Vec<_> = named(&document, "a").iter().filter_map(|link| link.attribute("href")).collect();
    assert_eq!(links, ["https://lutrin.example/?a=1&b=2", "mailto:a@lutrin.example"]);
}

#[test]
fn a_letter_that_nobody_has_is_a_box_and_is_told() {
    for format in ["svg", "png"] {
        let written = of("one\n\n---\n\na\u{10fffd}b", &["-f", format, "-o", "out/"]);
        assert!(written.told.contains("slide 2: no font here has `\u{10fffd}`"), "{}", written.told);
        assert_eq!(written.files.len(), 2);
    }
    let drawings = of("a\u{10fffd}b", &["-f", "svg", "-o", "out/"]);
    let document = Document::parse(drawings.svg(0)).expect("it is XML");
    // The page and the four edges of the box.
    assert_eq!((named(&document, "rect").len(), letters(&document).as_str()), (5, "ab"));
}

#[test]
fn a_picture_of_each_slide_is_as_large_as_the_stage_and_marked() {
    let pictures = written(&["-f", "png", "-o", "out/", "--slides", "1-3"]);
    for nth in 0..3 {
        assert_eq!(pictures.png(nth).dimensions(), (1920, 1080));
        let mark = b"tEXtSoftware\0Lutrin";
        assert!(pictures.files[nth].1.windows(mark.len()).any(|window| window == mark));
        assert_ne!(pictures.files[nth].1, pictures.files[(nth + 1) % 3].1);
    }
    let small = written(&["-f", "png", "-o", "out/", "--slides", "3", "--size", "80x24", "--theme", "light"]);
    assert_eq!(small.png(0).dimensions(), (1280, 24 * 31 + 26));
    let corner = small.png(0).get_pixel(0, 0).0;
    assert!(corner.iter().all(|&channel| channel > 200), "{corner:?}");
}

#[test]
fn a_picture_is_seen_in_its_colours_where_it_stands() {
    let folder = TempDir::new().expect("the system has room for a folder");
    let half = |x: u32| if x < 20 { image::Rgba([200, 30, 10, 255]) } else { image::Rgba([0, 0, 0, 0]) };
    let picture = image::RgbaImage::from_fn(40, 40, |x, _| half(x));
    picture.save(folder.path().join("half.png")).expect("the folder is ours");
    let source = "<!-- .slide: data-background=\"#0a5014\" -->\n\n![half red](half.png)";
    fs::write(folder.path().join("talk.md"), source).expect("the folder is ours");
    let written = written_in(folder.path(), &["talk.md", "-f", "png,svg", "-o", "out/"]);
    let pixels = written.png(0);
    let count = |color: [u8; 3]| pixels.pixels().filter(|pixel| pixel.0 == color).count();
    let (red, ground) = (count([200, 30, 10]), count([10, 80, 20]));
    assert!(red > 400, "{red} pixels are red");
    // What is transparent of it shows the slide's colour, and so all is either red or that, but for the edge.
    assert!(red + ground > 1920 * 1080 - red, "{red} + {ground}");
    let document = Document::parse(written.svg(1)).expect("it is XML");
    let [image] = named(&document, "image")[..] else { panic!("there is one picture") };
    assert!(image.attribute("href").is_some_and(|href| href.starts_with("data:image/png;base64,")));
    let side =
        |name: &str| image.attribute(name).and_then(|side| side.parse::<f32>().ok()).expect("it is a number");
    assert!((side("width") - side("height")).abs() < 1.0);
    let (x, y) = ((side("x") + side("width") / 4.0) as u32, (side("y") + side("height") / 2.0) as u32 + 13);
    assert_eq!(pixels.get_pixel(x, y).0, [200, 30, 10]);
}

#[test]
fn a_tall_slide_is_several_files_and_steps_are_too() {
    let tall = (0..60).map(|nth| format!("- line {nth}")).collect::<Vec<_>>().join("\n");
    for format in ["svg", "png"] {
        let name = |page: &str| format!("page-{page}.{format}");
        let pattern = format!("out/{}", name("%d"));
        check_names(&tall, format, &pattern, &["1", "1-2"].map(name));
    }
    let drawings = of(&tall, &["-f", "svg", "-o", "out/"]);
    let all: String = (0..drawings.files.len())
        .map(|nth| letters(&Document::parse(drawings.svg(nth)).expect("it is XML")))
        .collect();
    assert!((0..60).all(|nth| all.contains(&format!("line{nth}"))), "{all}");
    let steps = of(
        "- a <!-- .element: class=\"fragment\" -->\n- b\n",
        &["-f", "svg", "-o", "out/", "--steps", "all"],
    );
    assert_eq!(steps.names(), ["talk-1.s0.svg", "talk-1.s1.svg"]);
    let seen = |nth: usize| letters(&Document::parse(steps.svg(nth)).expect("it is XML"));
    assert_eq!([seen(0), seen(1)], ["•b", "•a•b"].map(str::to_owned));
}

#[track_caller]
fn check_names(source: &str, format: &str, pattern: &str, names: &[String]) {
    let folder = TempDir::new().expect("the system has room for a folder");
    fs::create_dir(folder.path().join("out")).expect("the folder is ours");
    fs::write(folder.path().join("talk.md"), source).expect("the folder is ours");
    let written = written_in(folder.path(), &["talk.md", "-f", format, "-o", pattern]);
    let mut names = names.to_vec();
    names.sort();
    assert_eq!(written.names(), names);
}

#[test]
fn the_same_deck_gives_the_same_bytes_and_replaces_what_it_gave_before() {
    let folder = TempDir::new().expect("the system has room for a folder");
    let constructs = deck("constructs.md");
    let arguments = [constructs.as_str(), "-f", "svg,png", "-o", "out/", "--slides", "1,6,13"];
    let (first, second) = (written_in(folder.path(), &arguments), written_in(folder.path(), &arguments));
    assert_eq!(first.names().len(), 6);
    assert!(first.files == second.files, "two runs differ");
}
