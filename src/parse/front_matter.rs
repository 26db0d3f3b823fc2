//! The YAML block at a deck's start: which keys Lutrin knows, and where the slides begin. Separators found
//! here are not compiled here.

mod reader;
mod values;

use saphyr_parser::ScanError;

use self::reader::FrontMatterReader;
use crate::deck::Meta;
use crate::source::{Diagnostic, Rule};

/// A block of more bytes than this is no front matter that a person wrote; it is left out unread.
const LARGEST: usize = 64 << 10;

/// The keys by one of which front matter is told from a slide that begins with `---`: those that are read, and those of
/// the tools whose decks are read.
#[rustfmt::skip]
const KEYS: [&str; 61] = [
    "animateLists", "author", "autoSlide", "backgroundTransition", "center", "controls", "css", "cssvariables",
    "customTheme", "date", "defaultTiming", "description", "duration", "enableChalkboard", "enableMenu", "enableSearch",
    "enableTitleFooter", "enableZoom", "favicon", "fragments", "hash", "height", "highlightTheme", "highlight_theme",
    "history", "keyboard", "lang", "listingTemplate", "logoImg", "loop", "margin", "markdown", "maxScale", "mermaid",
    "minScale", "notesSeparator", "parallaxBackgroundImage", "preprocess_script", "preprocessor", "progress", "reveal",
    "revealOptions", "revealjs", "rtl", "scripts", "separator", "separator_notes", "separator_vertical", "showHiddenSlides",
    "showNotes", "slideNumber", "slideOptions", "slides", "template", "theme", "title", "totalTime", "transition",
    "transitionSpeed", "verticalSeparator", "width",
];

/// What stands before the slides, and where they begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// What the front matter says; nothing where there is none.
    pub meta: Meta,
    /// The byte of the text at which the slides begin.
    pub body: usize,
    /// The line of the file, from 1, at which the slides begin.
    pub line: usize,
    /// What could not be read as written.
    pub diagnostics: Vec<Diagnostic>,
}

/// The lines between the two marks, and what comes after them.
struct Enclosed<'a> {
    yaml: &'a str,
    body: usize,
    line: usize,
}

/// Returns the front matter of `text`, whose lines end in `\n`. A deck that merely begins with a separator
/// has none.
pub fn read(text: &str) -> FrontMatter {
    let none = FrontMatter { meta: Meta::default(), body: 0, line: 1, diagnostics: Vec::new() };
    let Some(Enclosed { yaml, body, line }) = enclosed(text) else { return none };
    if yaml.len() > LARGEST {
        let diagnostic = Diagnostic::of(Rule::FrontMatter, "the front matter is too large to be read")
            .at_line(1)
            .hint("it may be 64 KiB; move styles and data out of the deck");
        return if is_mostly_keys(yaml) {
            FrontMatter { body, line, diagnostics: vec![diagnostic], ..none }
        } else {
            none
        };
    }
    match FrontMatterReader::read(yaml) {
        Ok(reader) if reader.is_front_matter(yaml) => {
            FrontMatter { meta: reader.meta, body, line, diagnostics: reader.diagnostics }
        }
        Err(error) if is_mostly_keys(yaml) => {
            let FrontMatterReader { meta, mut diagnostics, .. } = salvaged(yaml);
            diagnostics.push(broken(&error));
            FrontMatter { meta, body, line, diagnostics }
        }
        _ => none,
    }
}

/// Returns the line of the file, from 1, on which the front matter of `text` gives `key` a value; of several the last one,
/// which holds.
pub fn line_of(text: &str, key: &str) -> Option<usize> {
    let yaml = enclosed(text)?.yaml;
    let reader = FrontMatterReader::read(yaml).unwrap_or_else(|_| salvaged(yaml));
    reader.values.iter().rfind(|(name, _)| name == key).map(|(_, line)| *line)
}

/// Returns what stands between a first line of `---` and the next one of `---` or `...`.
fn enclosed(text: &str) -> Option<Enclosed<'_>> {
    let mut lines = text.split_inclusive('\n');
    let mut body = lines.next().filter(|first| first.trim_end() == "---")?.len();
    let start = body;
    for (index, text_line) in lines.enumerate() {
        let end = body;
        body += text_line.len();
        if matches!(text_line.trim_end(), "---" | "...") {
            return Some(Enclosed { yaml: &text[start..end], body, line: index + 3 });
        }
    }
    None
}

/// Returns the message about YAML that cannot be read; its first line is the file's second.
fn broken(error: &ScanError) -> Diagnostic {
    Diagnostic::of(Rule::FrontMatter, format!("the front matter is not valid YAML: {}", error.info()))
        .at_line(error.marker().line() + 1)
        .hint("put quotes around a value that holds `: `, ` #` or begins with a sign")
}

/// Returns the key of a line of the form `key: value`, where it is one word at the line's start.
fn key_of(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end();
    (is_word(key) && (value.is_empty() || value.starts_with([' ', '\t']))).then_some(key)
}

/// Tells whether `key` is one word, as the keys of front matter are and the beginnings of sentences seldom.
fn is_word(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Tells whether YAML that cannot be read is front matter all the same: most of its unindented lines are
/// `key: value`, and one of the keys is known or the first line is such a line.
fn is_mostly_keys(yaml: &str) -> bool {
    let unindented = |line: &&str| !line.is_empty() && !line.starts_with([' ', '\t', '#', '-', '}', ']']);
    let (with, without): (Vec<_>, Vec<_>) =
        yaml.lines().filter(unindented).partition(|line| key_of(line).is_some());
    let known = with.iter().filter_map(|line| key_of(line)).any(|key| KEYS.contains(&key));
    with.len() > without.len() && (known || with.len() > 1 && begins_with_key(yaml))
}

/// Tells whether the line right after the opening `---` is `key: value`; slides seldom begin so.
fn begins_with_key(yaml: &str) -> bool {
    yaml.lines().next().is_some_and(|line| key_of(line).is_some())
}

/// Returns what single lines of broken YAML say, so that one bad value costs no more than itself.
fn salvaged(yaml: &str) -> FrontMatterReader {
    let mut reader = FrontMatterReader::default();
    for (index, line) in yaml.lines().enumerate() {
        if let (Some(key), Some((_, value))) = (key_of(line), line.split_once(':')) {
            let value = value.trim().trim_matches(['"', '\'']);
            if !value.starts_with(['|', '>']) {
                reader.assign(key, value, index + 2);
            }
        }
    }
    reader
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::deck::SlideNumber;

    #[test]
    fn every_known_key_is_read_and_unknown_ones_are_not_missed() {
        let text = "---\ntitle: My *talk*\nauthor: A. Speaker\ndate: 2024-05-06\nlang: fr\ntheme : \"night\"\n\
                    center: false\nduration: 45\nseparator: \"^\\n\\n\\n\"\nverticalSeparator: ^\\n\\n\n\
                    notesSeparator: '^Note:'\ncss:\n  - a.css\nmarp: true\n---\n# A\n";
        let found = read(text);
        let meta = Meta {
            title: Some("My *talk*".to_owned()),
            author: Some("A. Speaker".to_owned()),
            date: Some("2024-05-06".to_owned()),
            lang: Some("fr".to_owned()),
            theme: Some("night".to_owned()),
            center: Some(false),
            duration: Some("45".to_owned()),
            separator: Some("^\n\n\n".to_owned()),
            vertical_separator: Some("^\\n\\n".to_owned()),
            notes_separator: Some("^Note:".to_owned()),
            ..Meta::default()
        };
        assert_eq!(found.meta, meta);
        assert_eq!((&text[found.body..], found.line), ("# A\n", 16));
        assert!(found.diagnostics.is_empty());
    }

    #[rstest]
    #[case::dots("---\ntitle: x\n...\n# A", "# A", 4)]
    #[case::blanks_after_the_marks("--- \ntitle: x\n---\t\n# A", "# A", 4)]
    #[case::nothing_after("---\ntitle: x\n---", "", 4)]
    #[case::comment_first("---\n# colours\ntheme: night\n---\nA", "A", 5)]
    #[case::blank_line_first("---\n\ntitle: x\n\n---\nA", "A", 6)]
    #[case::no_known_key("---\nlayout: two-cols\n---\nA", "A", 4)]
    #[case::flow("---\n{ title: x }\n---\nA", "A", 4)]
    fn front_matter_ends_where_it_ends(#[case] text: &str, #[case] body: &str, #[case] line: usize) {
        let found = read(text);
        assert_eq!((&text[found.body..], found.line), (body, line));
        assert!(found.diagnostics.is_empty());
    }

    #[rstest]
    #[case::none("# A\n\n---\n\n# B\n")]
    #[case::never_closed("---\ntitle: x\n\n# A\n")]
    #[case::a_separator_first("---\n\n# A\n\ntext\n\n---\n\n# B\n")]
    #[case::a_heading("---\n# A\n---\n# B\n")]
    #[case::a_heading_and_a_note("---\n# A\nNote: say hello\n---\n# B\n")]
    #[case::a_note_after_a_blank_line("---\n\nNote: say hello\n\n---\n# B\n")]
    #[case::a_sentence_with_a_colon("---\nWhat we do: nothing\n---\n# B\n")]
    #[case::a_list("---\n- a\n- b\n---\n# B\n")]
    #[case::emphasis("---\n\n*hello* world: it is\n\n---\n# B\n")]
    #[case::only_separators("---\n---\n# B\n")]
    #[case::not_at_the_start("\n---\ntitle: x\n---\n")]
    #[case::longer_rule("----\ntitle: x\n---\n")]
    fn what_is_no_front_matter_stays(#[case] text: &str) {
        let found = read(text);
        assert_eq!(found, FrontMatter { meta: Meta::default(), body: 0, line: 1, diagnostics: Vec::new() });
    }

    #[rstest]
    #[case::list("author: [A, 'B']", "A, B")]
    #[case::block_list("author:\n  - A\n  - B", "A, B")]
    #[case::map("author:\n  name: A\n  mail: b", "A")]
    #[case::list_of_maps("author:\n  - name: A\n    mail: x\n  - name: B", "A, B")]
    #[case::number("author: 7", "7")]
    fn authors_become_plain_text(#[case] yaml: &str, #[case] author: &str) {
        assert_eq!(read(&format!("---\n{yaml}\n---\n")).meta.author, Some(author.to_owned()));
    }

    #[rstest]
    #[case::empty("title:\nlang: fr")]
    #[case::null("title: ~\nlang: fr")]
    #[case::a_map("title:\n  lang: x\n  a: {title: y}\nlang: fr")]
    #[case::an_alias("x: &a hello\ntitle: *a\nlang: fr")]
    #[case::a_complex_key("? [title, b]\n: c\nlang: fr")]
    fn what_is_no_text_is_no_title(#[case] yaml: &str) {
        assert_eq!(
            read(&format!("---\n{yaml}\n---\n")).meta,
            Meta { lang: Some("fr".to_owned()), ..Meta::default() }
        );
    }

    #[test]
    fn reveal_options_may_say_that_nothing_is_centred() {
        let found = read("---\nrevealOptions:\n  transition: fade\n  center: no\n---\n# A\n");
        assert_eq!(found.meta, Meta { center: Some(false), ..Meta::default() });
    }

    #[rstest]
    #[case::reveal_md("revealOptions:\n  ")]
    #[case::hedgedoc("slideOptions:\n  ")]
    #[case::mkslides("revealjs:\n  ")]
    #[case::short("reveal:\n  ")]
    #[case::vscode_reveal("")]
    fn options_of_reveal_stand_in_a_map_or_at_the_top(#[case] map: &str) {
        let options = [
            "center: true",
            "progress: false",
            "slideNumber: c/t",
            "loop: yes",
            "rtl: on",
            "autoSlide: 2_500",
            "defaultTiming: 90",
            "totalTime: '1800'",
            "showHiddenSlides: true",
            "markdown: { animateLists: true }",
        ];
        let separator = if map.is_empty() { "\n" } else { "\n  " };
        let found = read(&format!("---\n{map}{}\n---\n", options.join(separator)));
        let meta = Meta {
            center: Some(true),
            progress: Some(false),
            slide_number: Some(SlideNumber::CountOfTotal),
            looped: Some(true),
            rtl: Some(true),
            auto_slide: Some(Duration::from_millis(2500)),
            default_timing: Some(Duration::from_secs(90)),
            total_time: Some(Duration::from_mins(30)),
            show_hidden: Some(true),
            animate_lists: Some(true),
            ..Meta::default()
        };
        assert_eq!((found.meta, found.diagnostics), (meta, vec![]));
    }

    #[test]
    fn the_options_of_reveal_say_nothing_of_the_talk() {
        let found = read(
            "---\nrevealOptions:\n  theme: moon\n  title: x\nother:\n  center: true\nslides:\n  title: y\n---\n",
        );
        assert_eq!((found.meta, found.diagnostics), (Meta::default(), vec![]));
    }

    #[rstest]
    #[case("true", None)]
    #[case("false", Some(SlideNumber::Hidden))]
    #[case("h.v", Some(SlideNumber::Address))]
    #[case("h/v", Some(SlideNumber::AddressWithSlash))]
    #[case("\"c\"", Some(SlideNumber::Count))]
    fn slide_numbers_have_forms(#[case] value: &str, #[case] form: Option<SlideNumber>) {
        assert_eq!(read(&format!("---\nslideNumber: {value}\n---\n")).meta.slide_number, form);
    }

    #[rstest]
    #[case::off("autoSlide: false")]
    #[case::zero("autoSlide: 0")]
    #[case::nothing("defaultTiming: null")]
    #[case::no_list("animateLists: false")]
    fn some_options_may_say_no(#[case] line: &str) {
        let found = read(&format!("---\n{line}\n---\n"));
        assert!(found.diagnostics.is_empty() && found.meta.auto_slide.is_none());
        assert!(found.meta.default_timing.is_none() && found.meta.animate_lists != Some(true));
    }

    #[rstest]
    #[case("progress: 3")]
    #[case("slideNumber: roman")]
    #[case("autoSlide: soon")]
    #[case("autoSlide: true")]
    #[case("totalTime: -5")]
    #[case("defaultTiming: inf")]
    #[case("totalTime: 1e300")]
    #[case("defaultTiming: a while")]
    fn bad_values_are_told(#[case] line: &str) {
        let found = read(&format!("---\ntitle: x\nrevealOptions:\n  {line}\n---\n"));
        assert_eq!(found.meta, Meta { title: Some("x".to_owned()), ..Meta::default() });
        let told = &found.diagnostics[0];
        assert_eq!(told.line, Some(4));
        assert!(told.message.contains(&format!("`{line}`")) && told.hint.is_some(), "{told}");
    }

    #[rstest]
    #[case::units("totalTime: 1h10m30s", Some(4230))]
    #[case::clock("totalTime: 45:00", Some(2700))]
    #[case::number("totalTime: 2_700", Some(2700))]
    #[case::nothing("totalTime: 0m", None)]
    fn times_may_have_units(#[case] line: &str, #[case] seconds: Option<u64>) {
        let found = read(&format!("---\n{line}\n---\n"));
        assert_eq!((found.meta.total_time, found.diagnostics), (seconds.map(Duration::from_secs), vec![]));
    }

    #[rstest]
    #[case("35min", 0)]
    #[case("one evening", 1)]
    fn a_duration_is_kept_as_written_and_told_of(#[case] written: &str, #[case] told: usize) {
        let found = read(&format!("---\nduration: {written}\n---\n"));
        assert_eq!((found.meta.duration.as_deref(), found.diagnostics.len()), (Some(written), told));
    }

    /// Front matter of decks for other tools, whose first line is no key.
    #[rstest]
    #[case("# colours\nrevealOptions:\n  transition: fade")]
    #[case("\nhighlightTheme: monokai")]
    #[case("\ncss:\n  - a.css")]
    #[case("# by hand\nscripts: a.js")]
    #[case("\ncustomTheme : \"animate\"")]
    #[case("\ntransition: slide\n")]
    #[case("\nlogoImg: a.png")]
    fn the_keys_of_other_tools_tell_front_matter(#[case] yaml: &str) {
        assert_eq!(read(&format!("---\n{yaml}\n---\nA")).body, yaml.len() + 9);
    }

    #[test]
    fn the_known_keys_are_sorted() {
        assert!(KEYS.is_sorted());
    }

    #[test]
    fn center_is_true_or_false() {
        let found = read("---\ntitle: x\ncenter: perhaps\n---\n");
        assert_eq!(found.meta.center, None);
        assert_eq!(found.diagnostics[0].line, Some(3));
    }

    #[rstest]
    #[case::colon("---\nlang: fr\ntitle: Kubernetes: the basics\n---\n# A\n", "Kubernetes: the basics", 3)]
    #[case::quote("---\ntitle: 'x\nlang: fr\n---\n# A\n", "x", 2)]
    #[case::tab("---\ntitle: x\nlang: fr\nb:\n\t- c\n---\n# A\n", "x", 5)]
    fn broken_yaml_costs_a_message_and_no_more(#[case] text: &str, #[case] title: &str, #[case] line: usize) {
        let found = read(text);
        assert_eq!(&text[found.body..], "# A\n");
        assert_eq!(
            found.meta,
            Meta { title: Some(title.to_owned()), lang: Some("fr".to_owned()), ..Meta::default() }
        );
        assert_eq!(found.diagnostics.len(), 1);
        assert_eq!(found.diagnostics[0].line, Some(line));
    }

    #[rstest]
    #[case::too_large(format!("title: x\n{}", "k: v\n".repeat(LARGEST)), 1)]
    #[case::nested_lists(format!("title: x\na: {}\n", "[".repeat(1000)), 1)]
    #[case::nested_blocks(format!("title: x\na:\n {}\n", "- ".repeat(LARGEST / 4)), 0)]
    #[case::alias_bomb(format!("title: x\na: &a {}\nb: [{}]\n", "y".repeat(1000), "*a, ".repeat(9000)), 0)]
    fn bombs_do_not_go_off(#[case] yaml: String, #[case] messages: usize) {
        let found = read(&format!("---\n{yaml}---\nA"));
        assert_eq!(found.body, yaml.len() + 8);
        assert_eq!(found.diagnostics.len(), messages);
    }

    proptest! {
        #[test]
        fn any_text_is_read(lines in prop::collection::vec("[a-c]{0,2}[-:?#&*!|>'\"%@`{}\\[\\], \t\\\\~.é]{0,5}[a-c]?", 0..12)) {
            let text = format!("---\n{}\n---\nA", lines.join("\n"));
            let found = read(&text);
            prop_assert!(text.is_char_boundary(found.body));
            prop_assert_eq!(text[..found.body].matches('\n').count() + 1, found.line);
        }
    }
}
