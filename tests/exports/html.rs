//! The page for a browser: read tag by tag, and in a browser where there is one.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Output};

use fancy_regex::Regex;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use tempfile::TempDir;

use super::program::{deck, decks, export, words};

/// Elements that have no end.
const VOID: [&str; 6] = ["meta", "br", "hr", "img", "input", "link"];
/// What may be among letters.
const PHRASES: [&str; 14] =
    ["a", "strong", "em", "small", "span", "u", "s", "mark", "kbd", "code", "br", "img", "input", "label"];

/// An element with its attributes, and all letters in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    above: Vec<usize>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A page, read by a browser's rules for tags but without its mercy.
#[derive(Debug, Default)]
struct Page {
    elements: Vec<Element>,
    open: Vec<usize>,
    errors: Vec<String>,
}

/// What reads it.
#[derive(Default)]
struct Reader(RefCell<Page>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return page.tag(&tag, line),
            Token::CharacterTokens(text) => {
                for at in page.open.clone() {
                    page.elements[at].text.push_str(&text);
                }
            }
            Token::ParseError(error) => page.errors.push(format!("line {line}: {error}")),
            Token::NullCharacterToken => page.errors.push(format!("line {line}: NUL")),
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    #[track_caller]
    fn of(html: &str) -> Self {
        let options = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
        let tokenizer = Tokenizer::new(Reader::default(), options);
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(html));
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        let page = tokenizer.sink.0.into_inner();
        assert!(page.errors.is_empty(), "{:#?}", page.errors);
        assert!(page.open.is_empty(), "something is not closed");
        page
    }

    fn tag(&mut self, tag: &Tag, line: u64) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        if tag.kind == TagKind::EndTag {
            match self.open.pop() {
                Some(open) if self.elements[open].name == name => {}
                other => self.errors.push(format!("line {line}: </{name}> closes {other:?}")),
            }
            return TokenSinkResult::Continue;
        }
        let around = self.open.last().map(|&at| self.elements[at].name.as_str()).unwrap_or_default();
        let holds_phrases = matches!(around, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "pre")
            || PHRASES.contains(&around);
        if holds_phrases && !PHRASES.contains(&name.as_str()) {
            self.errors.push(format!("line {line}: <{name}> in <{around}>"));
        }
        let attributes = tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string()));
        let attributes = attributes.collect();
        self.elements.push(Element { name, attributes, above: self.open.clone(), text: String::new() });
        let name = &*tag.name;
        if !VOID.contains(&name) {
            self.open.push(self.elements.len() - 1);
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// Returns all letters of the element and of the attributes that are read aloud.
    fn heard(&self, element: &Element) -> String {
        let at = self.elements.iter().position(|one| std::ptr::eq(one, element)).expect("it is one of them");
        let inside = self.elements.iter().filter(|one| one.above.contains(&at)).chain([element]);
        let aloud = inside.filter_map(|one| one.get("alt").or(one.get("aria-label")));
        aloud.fold(element.text.clone(), |all, words| all + " " + words)
    }
}

fn html(arguments: &[&str]) -> String {
    words(&[&["-f", "html"], arguments].concat())
}

/// Returns the words of each slide by the text export, without marks and what names files, languages and addresses.
fn said(path: &str) -> Vec<String> {
    let unsaid = Regex::new(
        r"(?m)^\s*```.*$|^\s*\w{1,5}\. |- \[x\] | — [^\]\n]*\]|\[image: [^\] ]*\]|\[image: | <[^>\n]*>",
    )
    .expect("it is one");
    let text = words(&["-f", "text", "--width", "0", path]);
    let slides = text.split("\n── ").map(|slide| slide.split_once(" ──").map_or("", |(_, words)| words));
    slides.map(|slide| unsaid.replace_all(slide, " ").into_owned()).collect()
}

#[test]
fn every_deck_becomes_a_page_that_is_whole() {
    for path in decks() {
        let path = path.to_str().expect("our paths are letters");
        let written = html(&[path, "--notes"]);
        let page = Page::of(&written);
        let sections: Vec<&Element> = page.all("section").collect();
        let said = said(path);
        assert_eq!(sections.len(), said.len(), "{path}");
        for (section, said) in sections.iter().zip(&said) {
            let heard = page.heard(section);
            for word in said.split(|letter: char| !letter.is_alphanumeric()) {
                assert!(heard.contains(word), "{path}: `{word}` is not in {heard}");
            }
        }
        assert_eq!(html(&[path, "--notes"]), written, "{path}");
    }
}

#[test]
fn names_are_unique_and_lead_somewhere_and_nothing_is_fetched() {
    for path in decks() {
        let page = Page::of(&html(&[path.to_str().expect("our paths are letters"), "--notes"]));
        let ids: Vec<&str> = page.elements.iter().filter_map(|one| one.get("id")).collect();
        let known: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "{ids:?}");
        for element in &page.elements {
            match element.get("href") {
                Some(href) if href.starts_with('#') => assert!(known.contains(&href[1..]), "{href}"),
                Some(href) => assert!(element.name == "a" && href.starts_with("http"), "{href}"),
                None => {}
            }
            assert!(element.get("src").is_none_or(|src| src.starts_with("data:image/")), "{element:?}");
            assert!(element.get("style").is_none_or(|style| !style.contains("url(")), "{element:?}");
        }
        assert!(page.all("img").all(|picture| picture.get("alt").is_some()));
        let sized = |picture: &Element| picture.get("width").is_some() && picture.get("height").is_some();
        assert!(page.all("img").all(|picture| picture.get("class") == Some("backdrop") || sized(picture)));
    }
}

#[test]
fn headings_follow_each_other_in_order() {
    for path in decks() {
        let page = Page::of(&html(&[path.to_str().expect("our paths are letters")]));
        let mut last = 0;
        for element in &page.elements {
            let rank = element.name.strip_prefix('h').and_then(|rank| rank.parse::<u8>().ok());
            if let Some(rank) = rank {
                assert!(rank <= last + 1 && (rank == 1) == (last == 0), "h{rank} after h{last}");
                last = rank;
            }
            // Each slide begins below the title of the page.
            last = if element.name == "section" { 1 } else { last };
        }
    }
}

#[test]
fn the_page_says_what_it_is() {
    let lecture = html(&[]);
    let page = Page::of(&lecture);
    assert!(lecture.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">\n"));
    assert!(lecture.contains("<meta name=\"generator\" content=\"Lutrin\">"));
    assert_eq!(page.all("title").next().map(|one| one.text.as_str()), Some("Kubernetes et son écosystème"));
    assert_eq!([page.all("h1").count(), page.all("main").count(), page.all("nav").count()], [1, 1, 1]);
    assert_eq!(page.all("section").count(), 32);
    assert_eq!(page.all("aside").count(), 0);
    assert!(Page::of(&html(&["--notes"])).all("aside").count() > 20);
    assert!(html(&["--lang", "de"]).starts_with("<!DOCTYPE html>\n<html lang=\"de\">\n"));
    assert!(html(&[&deck("columns.md")]).starts_with("<!DOCTYPE html>\n<html>\n"));
}

#[test]
fn blocks_become_the_elements_that_browsers_have_for_them() {
    let page = html(&[&deck("constructs.md")]);
    for wanted in [
        "<ol start=\"7\">",
        "<li class=\"task\"><label><input type=\"checkbox\" disabled checked> done</label></li>",
        "<th scope=\"col\" class=\"center\">Centre</th>",
        "<caption>Spans</caption>",
        "<td colspan=\"2\">two of three</td>",
        "--columns:minmax(0,60.00fr) minmax(0,40.00fr)",
        "<span class=\"number\">3</span>",
        "<dt><strong>Term</strong></dt>",
        "<kbd>Ctrl</kbd>",
        "<a href=\"https://lutrin.example/a\" target=\"_blank\" rel=\"noopener\">a link</a>",
        "<blockquote>\n<p>A quote with <strong>weight</strong>",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    let css = html(&[&deck("css.md")]);
    assert!(css.contains("<ol type=\"i\" start=\"9\">") || css.contains("<ol start=\"9\" type=\"i\">"));
    let reveal = html(&[&deck("reveal.md")]);
    assert!(
        reveal.contains("<span id=\"start\"></span>")
            && reveal.contains("<a href=\"#slide-1\">to the start</a>")
    );
    assert!(reveal.contains("style=\"counter-reset:line 10\""));
    // Where the slide that is meant is not among those that are written, its link is only words.
    let one = html(&[&deck("reveal.md"), "--slides", "1.2"]);
    assert!(!one.contains("href=\"#slide-1\"") && one.contains("to the start"));
}

#[test]
fn pictures_that_are_missing_are_framed_and_told() {
    let folder = TempDir::new().expect("the system has room for a folder");
    let output = export(folder.path(), &["-f", "html", &deck("constructs.md")]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("slide 6, line 96: picture `nowhere/to/be/found.png` is not shown: no such file"),
        "{told}"
    );
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(page.contains("<span class=\"reason\">no such file</span>"));
}

#[test]
fn nothing_that_a_deck_brings_runs() {
    let folder = TempDir::new().expect("the system has room for a folder");
    let bad = "</script></style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'>\u{7}";
    let text = format!(
        "---\ntitle: '{0}'\nauthor: '{0}'\n---\n<!-- .slide: id=\"a\\\" onload=x\" -->\n# `{1}`\n\n![{1}](a.png) \
         ![\" onerror=\"x](\" onload=\"y)\n\n[a](javascript:alert(1)) [b](<data:text/html,{2}>) \
         <a href=\"java&#10;script:alert(1)\">c</a> <a href=\"https://lutrin.example/&quot; onclick=&quot;x\">d</a>\n\n\
         ```{2}\n{1}\n```\n\n<iframe src=\"javascript:x\" srcdoc=\"<script>x</script>\"></iframe>\n\n\
         <p style=\"width:1px;background:url(https://lutrin.example/)\" onclick=\"x\">e</p>\n\n\
         <svg onload=\"x\"><script>x</script></svg>\n\nNote: {1}\n",
        bad.replace('\'', "''").replace('\u{7}', ""),
        bad,
        "<script>",
    );
    std::fs::write(folder.path().join("bad.md"), text).expect("it is written");
    let lang = "\"><script>alert(1)</script>";
    let output = export(folder.path(), &["-f", "html", "--notes", "--lang", lang, "bad.md"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = Page::of(&String::from_utf8(output.stdout).expect("words are UTF-8"));
    assert_eq!([page.all("script").count(), page.all("style").count(), page.all("img").count()], [1, 1, 0]);
    for element in &page.elements {
        assert!(element.attributes.iter().all(|(name, _)| !name.starts_with("on")), "{element:?}");
        let is_inert = |href: &str| href.starts_with('#') || href.starts_with("https://lutrin.example/");
        assert!(element.get("href").is_none_or(is_inert), "{element:?}");
        assert!(element.get("src").is_none() && element.name != "iframe", "{element:?}");
    }
}

/// Starts a browser where there is one: the page as it is when its scripts have run, and what they complained of.
fn browsed(folder: &Path, address: &str) -> Option<(String, String)> {
    let run = |program: &str| -> std::io::Result<Output> {
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,800", &profile])
            .args(["--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom", address])
            .output()
    };
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let Some(output) = browsers.iter().find_map(|program| run(program).ok()) else {
        eprintln!("passed over: there is no Chromium");
        return None;
    };
    let all = String::from_utf8_lossy(&output.stderr).into_owned();
    let told: Vec<&str> = all.lines().filter(|line| line.contains("CONSOLE")).collect();
    Some((String::from_utf8_lossy(&output.stdout).into_owned(), told.join("\n")))
}

#[test]
fn a_browser_presents_the_page_by_its_keys() {
    let folder = TempDir::new().expect("the system has room for a folder");
    let lecture = html(&[]);
    for (query, keys, shown) in [
        ("", "", None),
        ("#slide-3", "p", Some(3)),
        ("?present#slide-3", "", Some(3)),
        ("?present", "ArrowRight PageDown ArrowLeft ArrowRight", Some(3)),
        ("?present#slide-9", "End", Some(32)),
        ("?present#slide-9", "Home ArrowLeft", Some(1)),
        ("?present#slide-9", "Escape ArrowRight", None),
    ] {
        let press = format!(
            "<script>for (const key of '{keys}'.split(' ')) dispatchEvent(new KeyboardEvent('keydown', {{ key }}));</script>"
        );
        let file = folder.path().join("deck.html");
        std::fs::write(&file, lecture.replace("</body>", &(press + "</body>"))).expect("it is written");
        let Some((page, told)) = browsed(folder.path(), &format!("file://{}{query}", file.display())) else {
            return;
        };
        let want = shown.map(|number| format!("data-shown=\"slide-{number}\""));
        assert_eq!(want.as_ref().is_some_and(|want| page.contains(want)), shown.is_some(), "{query} {keys}");
        assert_eq!(page.contains("data-shown="), shown.is_some(), "{query} {keys}");
        assert_eq!(
            page.matches("class=\"current").count() + page.matches(" current\"").count(),
            usize::from(shown.is_some())
        );
        assert_eq!(told, "", "{query} {keys}");
    }
}
