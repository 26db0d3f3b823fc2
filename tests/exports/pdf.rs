//! Slides as PDF: what readers of PDF find in the file. Where poppler and qpdf are installed they are asked too.

#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]
#![cfg(feature = "pages")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::program::{deck, decks, export, words};

/// The lecture that ships.
fn lecture() -> String {
    format!("{}/slides/kubernetes.md", env!("CARGO_MANIFEST_DIR"))
}

/// A file that was written, and its folder.
struct Written {
    folder: TempDir,
    bytes: Vec<u8>,
}

impl Written {
    /// Exports a deck.
    #[track_caller]
    fn of(arguments: &[&str]) -> Self {
        let folder = TempDir::new().expect("the system has room for a folder");
        let output = export(folder.path(), &[arguments, &["-o", "out.pdf"]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let bytes = fs::read(folder.path().join("out.pdf")).expect("it was written");
        assert!(bytes.starts_with(b"%PDF-1.7"));
        Self { folder, bytes }
    }

    /// Exports a deck of these words.
    #[track_caller]
    fn of_words(words: &str) -> Self {
        let folder = TempDir::new().expect("the system has room for a folder");
        let path = folder.path().join("deck.md");
        fs::write(&path, words).expect("the folder is ours");
        Self::of(&[path.to_str().expect("temporary paths are words")])
    }

    /// Returns the file as letters; streams are none.
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn count(&self, word: &str) -> usize {
        self.text().matches(word).count()
    }

    /// Returns what another program says of the file; none where it is not installed.
    fn asked(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new(program);
        let asked = command.args(arguments).current_dir(self.folder.path()).output();
        let Ok(output) = asked else {
            eprintln!("{program} is not installed: nothing is asked of it");
            return None;
        };
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{program}: {told}{}", String::from_utf8_lossy(&output.stderr));
        Some(told)
    }

    /// Returns the words of each page.
    fn pages(&self) -> Option<Vec<String>> {
        let told = self.asked("pdftotext", &["-raw", "out.pdf", "-"])?;
        Some(told.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
    }
}

/// Returns the words of a text, of letters and digits only.
fn bare(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[test]
fn the_lecture_has_a_page_for_each_slide_with_its_words_its_outline_and_its_links() {
    let written = Written::of(&[&lecture(), "--lang", "fr"]);
    assert_eq!(written.count("/Type/Page/"), 32);
    assert_eq!(written.count("/MediaBox[0 0 960 540]"), 32);
    assert!(written.text().contains("/Lang(fr)"));
    assert!(written.text().contains("<xmp:CreatorTool>Lutrin</xmp:CreatorTool>"));
    assert!(written.text().contains("Kubernetes et son écosystème"), "the title is in the metadata");
    assert!(written.count("/CreationDate") == 0 && written.count("xmp:CreateDate") == 0);
    assert_eq!(written.count("/URI(https://k3s.io)"), 3);
    assert_eq!(written.count("/Type/Outlines"), 1);
    assert_eq!(written.count("/FontFile2"), 3, "three cuts are used, and embedded");
    assert!(written.bytes.len() < 3_000_000, "{}", written.bytes.len());

    let Some(pages) = written.pages() else { return };
    let text = words(&[&lecture(), "-f", "text", "--width", "0"]);
    let slides: Vec<&str> = text.split("\n── ").collect();
    assert_eq!((pages.len(), slides.len()), (32, 32));
    for (page, slide) in pages.iter().zip(slides) {
        let slide = slide.split_once("──\n").map_or(slide, |(_, below)| below);
        // Pictures are seen, and addresses are behind words: their words are not on the page.
        let shown = slide.lines().filter(|line| !line.contains("[image:") && !line.starts_with("```"));
        let shown: String =
            shown.flat_map(|line| [line.split(" <").next().unwrap_or_default(), "\n"]).collect();
        let squeezed: String = page.chars().filter(|letter| !letter.is_whitespace()).collect();
        for word in bare(&shown) {
            assert!(squeezed.contains(&word), "`{word}` is not on the page:\n{page}");
        }
    }
    assert!(pages[1].contains("KUBERNETES"), "big letters are found too: {:?}", pages[1]);
}

#[test]
fn a_picture_on_many_pages_is_stored_once_and_photographs_stay_as_they_are() {
    let folder = TempDir::new().unwrap();
    let mut pixels = image::RgbImage::new(90, 60);
    pixels
        .enumerate_pixels_mut()
        .for_each(|(x, y, pixel)| *pixel = image::Rgb([x as u8 * 2, y as u8 * 4, 9]));
    pixels.save(folder.path().join("photo.jpg")).unwrap();
    let mut glass = image::RgbaImage::new(40, 40);
    glass.enumerate_pixels_mut().for_each(|(x, _, pixel)| *pixel = image::Rgba([200, 0, 0, x as u8 * 6]));
    glass.save(folder.path().join("glass.png")).unwrap();
    let slide = "# Slide\n\n![a photo](photo.jpg) ![glass](glass.png)\n";
    let path = folder.path().join("deck.md");
    fs::write(&path, [slide; 5].join("\n---\n\n")).unwrap();
    let written = Written::of(&[path.to_str().unwrap()]);
    assert_eq!(written.count("/Subtype/Image"), 3, "the photo, the glass, and how much of it is seen");
    assert_eq!((written.count("/DCTDecode"), written.count("/SMask ")), (1, 1));
    let photo = fs::read(folder.path().join("photo.jpg")).unwrap();
    assert!(written.bytes.windows(photo.len()).any(|window| window == photo));
    assert_eq!(written.count("/Alt(a photo)"), 5);
}

#[test]
fn links_lead_to_the_web_and_to_slides_and_run_nothing() {
    let words = "# One\n\n[a](https://a.org/x) [b](javascript:alert(1)) [c](#/last) [d](#/1) [e](mailto:a@b.org) [f](#/nowhere)\n\n---\n\n# Two\n\n---\n\n<!-- .slide: id=\"last\" -->\n# Three\n\n[back](#/0)\n";
    let written = Written::of_words(words);
    let uris: Vec<_> = written.text().match_indices("/URI(").map(|(start, _)| start).collect();
    assert_eq!(uris.len(), 2, "the web and mail");
    assert_eq!(written.count("/Subtype/Link"), 5);
    assert!(!written.text().contains("/JavaScript") && !written.text().contains("javascript:"));
    if let Some(told) = written.asked("qpdf", &["--check", "out.pdf"]) {
        assert!(told.contains("No syntax or stream encoding errors"), "{told}");
    }
}

#[test]
fn slides_that_hang_below_others_are_inside_them_in_the_outline() {
    let written = Written::of_words("# A\n\n---\n\n# B\n\n--\n\n# C\n\n--\n\n# D\n\n---\n\n# E\n");
    let text = written.text();
    let titles = text.matches("/Title").count();
    assert!(titles >= 5, "{titles}");
    // Three columns, and the two slides below the second.
    assert!(text.contains("/Count 5") || text.contains("/Count 3"), "{text}");
    assert!(text.contains("/Count 2"));
}

#[test]
fn two_runs_give_the_same_bytes_and_a_date_only_where_one_is_given() {
    let arguments = [&deck("constructs.md"), "--slides", "1-7"].map(str::to_owned);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let one = Written::of(&arguments);
    assert!(one.bytes == Written::of(&arguments).bytes);
    let dated = Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .args(["export", &deck("constructs.md"), "--slides", "1", "-o", "dated.pdf"])
        .current_dir(one.folder.path())
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .status();
    assert!(dated.unwrap().success());
    let text = fs::read(one.folder.path().join("dated.pdf")).unwrap();
    let text = String::from_utf8_lossy(&text);
    assert!(text.contains("/CreationDate(D:20231114221320"), "14 November 2023, 22:13:20");
}

#[test]
fn notes_stand_below_their_slides_and_none_of_them_is_cut() {
    let long =
        (0..400).map(|nth| format!("word{nth} of what there is to say.\n\n")).collect::<Vec<_>>().concat();
    let words = format!("# A\n\nNote: short\n\n---\n\n# B\n\nNote:\n{long}");
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deck.md");
    fs::write(&path, words).unwrap();
    let written = Written::of(&[path.to_str().unwrap(), "--notes"]);
    let sheets = written.count("/Type/Page/");
    assert!((10..30).contains(&sheets), "{sheets}");
    assert_eq!(written.count("/MediaBox[0 0 595 842]"), sheets);
    let Some(pages) = written.pages() else { return };
    assert!(pages[0].contains("short"));
    let all = pages.concat();
    assert!((0..400).all(|nth| all.contains(&format!("word{nth} "))));
}

#[test]
fn whatever_the_deck_the_file_can_be_read() {
    let tall = (0..4000).map(|row| format!("- row {row}\n")).collect::<Vec<_>>().concat();
    let hostile = [
        "---\n\n---\n",
        "# a&#0;b\u{1}\u{7f} \u{feff}\u{202e}x\n",
        &tall,
        "[x](https://\u{7}\u{e9} \"y\")",
        "👩‍🚀 ✅ 🇫🇷 日本語 a\u{301}\u{327}",
    ];
    for words in hostile {
        let written = Written::of_words(words);
        assert!(written.count("/Type/Page/") > 0);
        if let Some(told) = written.asked("qpdf", &["--check", "out.pdf"]) {
            assert!(told.contains("No syntax or stream encoding errors"), "{told}");
        }
    }
    let rows = Written::of_words(&tall);
    let Some(pages) = rows.pages() else { return };
    let all = pages.concat();
    assert!(pages.len() > 100 && (0..4000).all(|row| all.contains(&format!("row {row}\n"))));
}

#[test]
fn every_deck_is_written_in_both_themes_and_on_small_stages() {
    for path in decks() {
        let path = path.to_str().unwrap();
        let written = Written::of(&[path, "--theme", "light", "--size", "80x24", "--slides", "1"]);
        assert!(written.count("/MediaBox[0 0 640 385]") > 0, "{path}");
    }
}

#[test]
fn only_our_own_file_is_replaced() {
    let folder = TempDir::new().unwrap();
    let there = |folder: &Path| {
        export(folder, &[&deck("columns.md"), "--slides", "1", "-o", "a.pdf"]).status.success()
    };
    fs::write(folder.path().join("a.pdf"), "%PDF-1.7 about Lutrin").unwrap();
    assert!(!there(folder.path()));
    fs::remove_file(folder.path().join("a.pdf")).unwrap();
    assert!(there(folder.path()) && there(folder.path()));
}
