//! The exports that are made of a deck's tree: what they say of every deck, and what holds whatever a deck says.

use std::collections::BTreeSet;
use std::path::Path;

use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;

use crate::exports::program::{deck, decks, export, words};

/// Returns the words of each slide, without the rule above it, marks of lists, and lines across.
fn slides(text: &str) -> Vec<Vec<String>> {
    let is_mark = |word: &str| {
        let number = word.strip_suffix('.').filter(|word| word.chars().all(char::is_alphanumeric));
        word.chars().all(|letter| "─>-`".contains(letter)) || number.is_some()
    };
    let mut slides: Vec<Vec<String>> = Vec::new();
    for line in text.lines() {
        match slides.last_mut() {
            _ if line.starts_with("── ") => slides.push(Vec::new()),
            Some(slide) => {
                let words = line.split_whitespace().filter(|word| !is_mark(word));
                slide.extend(words.map(str::to_owned));
            }
            None => panic!("nothing stands before the first rule: {line}"),
        }
    }
    slides
}

fn name(path: &Path) -> String {
    path.file_stem().expect("it is a file").to_string_lossy().into_owned()
}

#[rstest]
fn every_deck_is_written(#[values("text", "md", "notes", "json")] format: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _here = settings.bind_to_scope();
    for path in decks() {
        let written = words(&[&path.to_string_lossy(), "--format", format, "--notes"]);
        insta::assert_snapshot!(format!("{}_{format}", name(&path)), written);
    }
}

/// A small stage, and pictures as their words in a frame: what letters and colours come to is what is looked at.
#[test]
fn every_deck_is_written_in_coloured_letters() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _here = settings.bind_to_scope();
    for path in decks() {
        let small = ["--format", "ansi", "--size", "60x18", "--pictures", "none"];
        let written = words(&[&[&*path.to_string_lossy()], &small[..]].concat());
        insta::assert_snapshot!(format!("{}_ansi", name(&path)), written.replace('\u{1b}', "␛"));
    }
}

#[rstest]
fn the_same_deck_gives_the_same_bytes(#[values("text", "md", "notes", "json", "ansi")] format: &str) {
    for path in decks() {
        let run = || words(&[&path.to_string_lossy(), "--format", format]);
        assert_eq!(run(), run(), "{}", path.display());
    }
}

#[test]
fn markdown_opened_again_has_the_same_slides_and_words() {
    let folder = TempDir::new().unwrap();
    let again = folder.path().join("again.md");
    let text = |deck: &str| slides(&words(&[deck, "--format", "text", "--width", "0", "--notes"]));
    for path in decks() {
        let path = path.to_string_lossy();
        std::fs::write(&again, words(&[&path, "--format", "md", "--notes"])).unwrap();
        assert_eq!(text(&again.to_string_lossy()), text(&path), "{path}");
    }
}

#[rstest]
#[case::one_slide("# A\n", 1)]
#[case::a_slide_with_nothing_to_read("# A\n\n---\n\n<!-- hidden words -->\n\n---\n\n# B\n", 3)]
#[case::only_notes("Note: b\n\n---\n\n# A", 2)]
#[case::only_a_picture_behind("<!-- .slide: data-background-image=\"a.png\" -->\n\n---\n\n# B", 2)]
#[case::lines_that_part("\\---\n\n---\n\n\\vvv\n\n---\n\n`---`\n", 3)]
#[case::gaps_in_code("# A\n\n```\na\n\n\n\nb\n```\n\n---\n\n# B\n", 2)]
#[case::gaps_alone("# A\n\n```\na\n\n\n\nb\n```\n", 1)]
fn no_slide_is_lost(#[case] text: &str, #[case] count: usize) {
    let folder = TempDir::new().unwrap();
    let (first, again) = (folder.path().join("first.md"), folder.path().join("again.md"));
    std::fs::write(&first, text).unwrap();
    let of = |path: &Path| slides(&words(&[&path.to_string_lossy(), "--width", "0"]));
    std::fs::write(&again, words(&[&first.to_string_lossy(), "--format", "md"])).unwrap();
    assert_eq!(of(&first).len(), count);
    assert_eq!(of(&again), of(&first));
}

#[rstest]
#[case(20)]
#[case(40)]
#[case(80)]
fn lines_are_as_wide_as_wished(#[case] width: usize) {
    for path in decks() {
        let written = words(&[&path.to_string_lossy(), "--width", &width.to_string(), "--notes"]);
        // Code and tables are as wide as they are, and so are addresses and paths.
        let mut in_code = false;
        let mut lines: Vec<&str> = Vec::new();
        for line in written.lines() {
            let is_fence = line.trim_start_matches([' ', '>', '-']).starts_with("```");
            in_code ^= is_fence;
            lines.push(if in_code || is_fence { "" } else { line });
        }
        let is_table = |line: &str| line.contains("   ") || line.trim_start().starts_with("──");
        let wide = lines.iter().filter(|line| lutrin::text::width(line) > width);
        for line in wide {
            assert!(
                is_table(line) && !line.starts_with("── ") || line.contains(['/', '<']),
                "{}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn no_letter_commands_a_terminal() {
    let escape = '\u{1b}';
    let text = format!(
        "---\ntitle: \"a\\e[2J\"\nauthor: \"b\\x9b\"\n---\n\n# c{escape}[2J\u{9b}\u{202e}\n\n[d](e{escape}f&#27;) <a href=\"g&#x9b;\">h&#27;</a>\n\n\
         ![i&#27;](j&#27;.png) <img alt=\"k&#x2028;\" src=\"l{escape}\">\n\n```m&#27;{escape}\n{escape}n\n```\n\n\
         | o{escape} |\n|---|\n| p&#27; |\n\n<video src=\"q&#27;\"></video>\n\nNote: r{escape} s&#27;\n"
    );
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deck.md");
    std::fs::write(&path, text).unwrap();
    for format in ["text", "md", "notes", "json"] {
        let written = words(&[&path.to_string_lossy(), "--format", format, "--notes"]);
        let is_shown = |letter: char| lutrin::text::sanitize(&letter.to_string()) == letter.to_string();
        assert_eq!(written.chars().find(|&letter| !is_shown(letter)), None, "{format}: {written:?}");
        assert!(format != "json" || !written.contains("\\u00"), "{written}");
        assert!(format != "json" || serde_json::from_str::<Value>(&written).is_ok(), "{written}");
    }
}

/// Adds the name of each key, after those it stands in.
fn keys(value: &Value, before: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(all) => {
            for (key, value) in all {
                let name = format!("{before}{key}");
                keys(value, &format!("{name}."), found);
                found.insert(name);
            }
        }
        Value::Array(all) => {
            let before = format!("{}[].", before.trim_end_matches('.'));
            all.iter().filter(|one| one.is_object()).for_each(|one| keys(one, &before, found));
        }
        _ => {}
    }
}

/// Adds the name of each key that a schema tells of, and checks that it asks for all of them.
fn keys_of_schema(schema: &Value, before: &str, found: &mut BTreeSet<String>) {
    if let Some(all) = schema.get("properties").and_then(Value::as_object) {
        let asked: Vec<_> = schema["required"].as_array().expect("it is a list").iter().collect();
        for (key, inside) in all {
            assert!(asked.iter().any(|one| *one == key), "{before}{key} is always there");
            found.insert(format!("{before}{key}"));
            keys_of_schema(inside, &format!("{before}{key}."), found);
        }
        assert_eq!(schema["additionalProperties"], Value::Bool(true), "new keys may come");
    }
    if let Some(items) = schema.get("items") {
        keys_of_schema(items, &format!("{}[].", before.trim_end_matches('.')), found);
    }
}

#[test]
fn every_key_is_documented_and_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = std::fs::read_to_string(root.join("export-json.md")).unwrap();
    let documented: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(key, _)| key.to_owned())
        .collect();
    let schema = std::fs::read_to_string(root.join("export-json.schema.json")).unwrap();
    let mut in_schema = BTreeSet::new();
    keys_of_schema(&serde_json::from_str(&schema).unwrap(), "", &mut in_schema);
    let mut there = BTreeSet::new();
    for path in decks() {
        let json: Value =
            serde_json::from_str(&words(&[&path.to_string_lossy(), "--format", "json"])).unwrap();
        let of = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert!(json["slides"].as_array().unwrap().windows(2).all(|two| of(&two[0]) == of(&two[1])));
        keys(&json, "", &mut there);
    }
    assert_eq!(documented, there, "the page and the export differ");
    assert_eq!(in_schema, there, "the schema and the export differ");
}

#[test]
fn data_tells_what_a_slide_holds() {
    let json: Value =
        serde_json::from_str(&words(&[&deck("constructs.md"), "--format", "json", "--slides", "3-6"]))
            .unwrap();
    let slides = json["slides"].as_array().unwrap();
    assert_eq!((slides.len(), &json["lang"], &json["author"]), (4, &"fr".into(), &Value::Null));
    assert_eq!(
        (&slides[0]["number"], &slides[0]["position"], &slides[0]["line"]),
        (&3.into(), &Value::Null, &39.into())
    );
    assert_eq!(slides[0]["code"][0]["language"], "yaml");
    assert_eq!(slides[0]["code"][1]["language"], Value::Null);
    let spans = &slides[1]["tables"][1];
    assert_eq!(
        (&spans["caption"], &spans["rows"][0]),
        (&"Spans".into(), &serde_json::json!(["two of three", "", "one"]))
    );
    let pictures = slides[3]["pictures"].as_array().unwrap();
    let last = pictures.last().unwrap();
    assert_eq!((&last["path"], &last["file"]), (&"nowhere/to/be/found.png".into(), &Value::Null));
    assert_eq!((&last["width"], &last["height"]), (&Value::Null, &Value::Null));
    assert_eq!(pictures[0]["file"], "../../static/pictures/kubernetes.png");
    assert!(pictures[0]["width"].as_u64() > Some(100), "{}", pictures[0]);
}

#[test]
fn data_tells_positions_and_plans() {
    let json: Value = serde_json::from_str(&words(&[&deck("reveal.md"), "--format", "json"])).unwrap();
    let of = |index: usize, key: &str| json["slides"][index][key].clone();
    assert_eq!((of(0, "position"), of(0, "planned_seconds")), ("1.1".into(), 30.into()));
    assert_eq!(
        (of(4, "number"), of(4, "position"), of(4, "planned_seconds")),
        (4.into(), "3.2".into(), Value::Null)
    );
    assert!(words(&[&deck("reveal.md")]).contains("\n── 4 · 3.2 · Numbers only ──\n"));
}

#[test]
fn slides_that_are_left_out_take_their_time() {
    let folder = TempDir::new().unwrap();
    let text = "---\ndefaultTiming: 60\n---\n\n# A\n\n---\n\n# B\n\nNote: # c\n\n---\n\n# D\n";
    std::fs::write(folder.path().join("deck.md"), text).unwrap();
    let output = export(folder.path(), &["deck.md", "--format", "notes", "--slides", "2"]);
    let expected = "<!-- generator: Lutrin -->\n\n# A\n\n## 2 · B\n\n*1:00* · 1:00 → 2:00\n\n### c\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
