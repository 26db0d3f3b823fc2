//! Decks that would command the terminal. Every byte that Lutrin writes is read: what came from a deck is a mark.

use std::fs;

use rstest::rstest;

use crate::pipes::run;
use crate::pty::{Folder, Seen, Start, key};
use crate::scan::foreign;

/// Commands of a terminal, written into a deck in each way there is.
const EVILS: [&str; 30] = [
    "\x1b[2J",
    "\x1b[5m",
    "\x1b[?1000h",
    "\x1b]0;owned\x07",
    "\x1b]52;c;b3duZWQ=\x1b\\",
    "\x1bc",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gi=1,a=d\x1b\\",
    "\x1b",
    "\u{9b}2J",
    "\u{9d}0;owned\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}",
    "\x01",
    "\x07",
    "\x08\x08\x08",
    "\x0b",
    "\x0c",
    "\x0e",
    "\x7f",
    "\r",
    "\t",
    "&#27;[2J",
    "&#x1b;]0;owned&#7;",
    "&#x9b;2J&#155;2J",
    "&#x9d;0;owned&#x9c;&#128;&#x90;",
    "&#8;&#x7f;&#13;&#10;&NewLine;&Tab;",
    "\u{202e}&#8238;\u{2066}",
    "\u{2028}&#8233;",
    "\u{feff}\u{ad}",
];

/// Returns a slide with `evil` in every place that shows letters, or that a message may name.
fn slide(evil: &str) -> String {
    format!(
        "# Head{evil}ing

Words {evil} *em {evil}* **strong {evil}** ~~gone {evil}~~ `span {evil}` [link {evil}](http://example.org/{evil}x \"{evil}\")
<http://example.org/{evil}y> [ref {evil}][{evil}] &copy{evil}; \\{evil}

- item {evil}
- [x] task {evil}
  1. deep {evil}

> quote {evil}

| head {evil} | two |
|---|:-:|
| cell {evil} | `span {evil}` |

```lang{evil}
code {evil}
```

    indented {evil}

![alt {evil}](no{evil}where.png \"title {evil}\")
![alt {evil}](<no {evil} where.png>) ![](https://example.org/{evil}.png)

Term {evil}
: Definition {evil}

Note[^a{evil}] and[^b].

[^a{evil}]: foot {evil}
[^b]: foot {evil}

<h2 style=\"color:{evil}red;width:{evil}%\" align=\"{evil}\">html {evil}</h2>
<table><tr><td width=\"{evil}\">

left {evil}

</td><td>right {evil}<br>{evil}</td></tr></table>
<center>middle {evil}</center>
<p>a <kbd>{evil}</kbd> <a href=\"{evil}\">link {evil}</a> <abbr title=\"{evil}\">ab</abbr> <{evil}odd> <odd{evil}>odd</odd{evil}></p>
<pre>pre {evil}</pre>
<figure><img src=\"{evil}.png\" alt=\"alt {evil}\" width=\"{evil}\"><figcaption>caption {evil}</figcaption></figure>
<iframe src=\"http://example.org/{evil}\"></iframe><video src=\"{evil}.mp4\"></video><svg><text>{evil}</text></svg>
<details><summary>sum {evil}</summary>more {evil}</details>
<!-- {evil} --><script>{evil}</script><style>{evil}</style><aside class=\"notes\">note {evil}</aside>
"
    )
}

/// Front matter whose values command the terminal by YAML's own escapes.
const FRONT_MATTER: &str = r#"---
title: "Tit\e]0;owned\ale \x9b2J"
author: "\e[2J"
date: "\e[2J"
lang: "\e[2J"
theme: "\e[2J"
duration: "\e[2J"
center: "\e[2J"
separator: "(\e[2J"
verticalSeparator: "[\e[2J"
notesSeparator: "(\e[2J"
"odd\e[2J": "\e[2J"
---

"#;

fn hostile_deck() -> Vec<u8> {
    let mut slides: Vec<Vec<u8>> = EVILS.iter().map(|evil| slide(evil).into_bytes()).collect();
    // Windows-1252 has no letters at these places; they are read as C1 control characters.
    slides.push(b"# Old bytes \x90 \x9d0;owned\x07 \x81 \x8d \x8f \x9b2J\n".to_vec());
    [FRONT_MATTER.as_bytes(), &slides.join(&b"\n\n---\n\n"[..])].concat()
}

#[track_caller]
fn assert_harmless(bytes: &[u8]) {
    if let Some(found) = foreign(bytes) {
        panic!("something of the deck's reached the terminal, after {found}");
    }
}

#[test]
fn no_control_character_of_a_deck_reaches_the_terminal() {
    let folder = Folder::with("deck.md", hostile_deck());
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).sized(160, 150).go();
    let last = EVILS.len() + 1;
    terminal.is_at(&format!("1/{last}"));
    terminal.shows("Tit␛]0;owned␇le");
    terminal.shows("␛[2J");
    for number in 1..=last {
        terminal.types(&format!("{number}\r"));
        terminal.is_at(&format!("{number}/{last}"));
    }
    terminal.types("o");
    terminal.shows("Head␛[2Jing");
    terminal.types("q!");
    terminal.shows("not shown as written");
    terminal.types("q");
    terminal.types("gHead");
    terminal.shows("go to");
    terminal.types("\r");
    terminal.is_at(&format!("1/{last}"));
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(terminal.sees(|seen| seen.has_bytes("left at slide 1;")));
    assert_harmless(&terminal.bytes());
}

#[test]
fn nor_does_one_of_broken_front_matter() {
    let deck = "---\ntitle: [\u{1b}[2J\nauthor: \u{1b}]0;owned\u{7}: &\u{9b} *\u{1b}c\ndate: \"\\q\u{1b}[2J\n---\n\n# One\n";
    let folder = Folder::with("deck.md", deck);
    let mut terminal = Start::lutrin(&folder, &["deck.md"]).go();
    terminal.is_at("1/1");
    terminal.types("!");
    terminal.shows("not shown as written");
    terminal.types("qq");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert_harmless(&terminal.bytes());
}

#[rstest]
#[case::text("text")]
#[case::json("json")]
fn nor_does_one_get_into_an_export(#[case] format: &str) {
    let folder = Folder::with("deck.md", hostile_deck());
    let output = run(&folder, &["export", "--format", format, "deck.md"], b"");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    // A tab of a deck's code is the code's own, and commands nothing.
    assert_harmless(text.replace('\t', " ").as_bytes());
    assert!(!text.contains(['\r', '\x08', '\x1b']));
    assert_harmless(&output.stderr);
    assert!(text.contains("␛[2J"));
}

#[test]
fn nor_does_one_of_a_file_name() {
    let name = "a\x1b]0;owned\x07b\u{9b}2J\u{202e}\nc.md";
    let path = format!("fol\x1b[2Jder/{name}");
    let folder = Folder::with(&path, "# One\n\n![alt](missing.png)\n");
    let mut terminal = Start::lutrin(&folder, &[&path]).sized(160, 40).go();
    terminal.is_at("1/1");
    terminal.types("r");
    terminal.shows("read again");
    fs::remove_file(folder.path().join(&path)).unwrap();
    terminal.types("r");
    terminal.shows("does not exist");
    terminal.types(key::CTRL_L);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.shows("fol␛[2Jder/a␛]0;owned␇b");
    assert_harmless(&terminal.bytes());
}

#[rstest]
#[case::missing("mis\x1b[2Jsing.md", 1)]
#[case::a_word("exp\x1b[2Jort", 2)]
#[case::another_word("wo\u{9b}2Jrd\x07", 2)]
#[case::a_folder("fol\x1b[2Jder", 1)]
#[case::empty("emp\x1b[2Jty.md", 1)]
fn nor_does_one_of_a_name_that_is_refused(#[case] name: &str, #[case] code: u32) {
    let folder = Folder::empty();
    folder.put("fol\x1b[2Jder/a\x1b[2Jb.md", "# One");
    folder.put("emp\x1b[2Jty.md", "");
    folder.put("wo\u{9b}2Jrds\x07.md", "# One");
    let mut terminal = Start::lutrin(&folder, &[name]).go();
    assert_eq!(terminal.ends().exit_code(), code, "{}", terminal.sees(Seen::text));
    assert_harmless(&terminal.bytes());
}
