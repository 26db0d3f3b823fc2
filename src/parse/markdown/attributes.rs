//! Attributes in braces, as markdown-it-attrs and pandoc have them: `{.class #id key=value}`. To which element they
//! belong is not decided here.

use std::ops::Range;

use super::escaped;

/// Names that alone tell that braces hold attributes: others, as in `{n=5}`, may be the author's words.
const TELLING: [&str; 22] = [
    "align",
    "alt",
    "background",
    "class",
    "color",
    "controls",
    "dir",
    "download",
    "height",
    "href",
    "id",
    "lang",
    "loading",
    "rel",
    "reversed",
    "span",
    "src",
    "start",
    "style",
    "target",
    "title",
    "width",
];

/// An element has at most so many attributes; who writes more means none of them.
const MOST: usize = 50;

/// What braces say of an element.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct AttributeList {
    pub(super) classes: Vec<String>,
    /// Names and values; each name once.
    pub(super) pairs: Vec<(String, String)>,
    /// Where some of the values are written, by name: bytes of the text that was read.
    pub(super) places: Vec<(String, Range<usize>)>,
}

/// One word between braces.
enum Word<'a> {
    Class(&'a str),
    Pair(&'a str, &'a str),
    /// A name without a value.
    Name(&'a str),
}

impl AttributeList {
    /// Returns the attributes that `text` begins with, and the bytes that they take. Braces that hold anything else,
    /// as `{{ template }}`, `{1-3}` and JSON do, are text.
    pub(super) fn read(text: &str) -> Option<(Self, usize)> {
        let (attributes, length, names) = Self::words(text)?;
        let tells = |name: &str| TELLING.contains(&name) || name.contains('-');
        let told = !attributes.classes.is_empty() || attributes.pairs.iter().any(|(name, _)| tells(name));
        let names_fit = names.iter().all(|name| name.starts_with("data-") || *name == "reversed");
        (told && names_fit).then_some((attributes, length))
    }

    /// Returns the attributes that `text` is, whatever their names: on a line that is known to hold some.
    pub(super) fn read_whole(text: &str) -> Option<Self> {
        let (attributes, length, _) = Self::words(text)?;
        text[length..].trim().is_empty().then_some(attributes)
    }

    /// Returns the attributes that `text` ends with, and where they begin.
    pub(super) fn read_end(text: &str) -> Option<(Self, usize)> {
        let text = text.trim_end();
        let start = text.ends_with('}').then(|| text.rfind('{'))??;
        let (attributes, length) = Self::read(&text[start..])?;
        let attributes = attributes.moved(Some(start));
        // `{{.Name}}` is a template.
        let doubled = text[..start].ends_with(['{', '$', '\\']);
        (start + length == text.len() && !doubled).then_some((attributes, start))
    }

    /// Adds an attribute; a style goes on with the one that is there, and else the first of a name counts.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        if name == "class" {
            self.classes.extend(value.split_ascii_whitespace().map(str::to_owned));
            return;
        }
        let count = self.pairs.len();
        match self.pairs.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) if name == "style" => {
                known.push(';');
                known.push_str(value);
            }
            None if count < MOST => self.pairs.push((name.to_owned(), value.to_owned())),
            _ => {}
        }
    }

    /// Adds what others say of the same element.
    pub(super) fn merge(&mut self, others: Self) {
        self.classes.extend(others.classes);
        self.places.extend(others.places);
        for (name, value) in others.pairs {
            self.add(&name, &value);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.classes.is_empty() && self.pairs.is_empty()
    }

    /// The same attributes, read from a text that begins at the byte `at`; none where no place is known.
    pub(super) fn moved(mut self, at: Option<usize>) -> Self {
        match at {
            Some(at) => {
                for (_, range) in &mut self.places {
                    *range = at + range.start..at + range.end;
                }
            }
            None => self.places.clear(),
        }
        self
    }

    /// Returns the attributes as they stand in a tag, a blank before each.
    pub(super) fn written(&self) -> String {
        let class = match self.classes.as_slice() {
            [] => String::new(),
            classes => format!(" class=\"{}\"", escaped(&classes.join(" "))),
        };
        let pairs = self.pairs.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value)));
        class + &pairs.collect::<String>()
    }

    /// Returns what the braces at the start of `text` hold, their length, and the names that have no value.
    fn words(text: &str) -> Option<(Self, usize, Vec<&str>)> {
        let mut rest = text.strip_prefix('{')?;
        // Kramdown marks its own braces with a colon.
        rest = rest.strip_prefix(':').unwrap_or(rest);
        let mut attributes = Self::default();
        let mut names = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            if let Some(after) = rest.strip_prefix('}') {
                return Some((attributes, text.len() - after.len(), names));
            }
            let (word, after) = word(rest)?;
            match word {
                Word::Class(name) => attributes.classes.push(name.to_owned()),
                Word::Pair(name, value) => {
                    attributes.add(name, value);
                    let end = text.len() - after.len();
                    let start = text.len() - rest.len();
                    let start = start + rest[..end - start].rfind(value).unwrap_or(0);
                    attributes.places.push((name.to_owned(), start..start + value.len()));
                }
                Word::Name(name) => {
                    attributes.add(name, "");
                    names.push(name);
                }
            }
            rest = after;
        }
    }
}

/// Returns the first word of `text` and what follows it.
fn word(text: &str) -> Option<(Word<'_>, &str)> {
    if let Some(name) = text.strip_prefix('.') {
        let (name, rest) = split(name, |letter| letter.is_alphanumeric() || "-_:/%@!".contains(letter));
        // A quotation mark that was left over is forgiven.
        let rest = rest.strip_prefix('"').unwrap_or(rest);
        return starts_a_name(name).then_some((Word::Class(name), rest));
    }
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_:".contains(letter);
    if let Some(name) = text.strip_prefix('#') {
        let (name, rest) = split(name, |letter| letter.is_alphanumeric() || "-_:".contains(letter));
        return starts_a_name(name).then_some((Word::Pair("id", name), rest));
    }
    let (name, rest) = split(text, is_name);
    if !starts_a_name(name) {
        return None;
    }
    let Some(value) = rest.strip_prefix('=') else {
        return rest.starts_with([' ', '\t', '}']).then_some((Word::Name(name), rest));
    };
    let (value, rest) = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote)?,
        _ => split(value, |letter| !letter.is_whitespace() && !"\"'`=<>{}".contains(letter)),
    };
    let quoted = rest.len() + value.len() + 1 < text.len() - name.len();
    (quoted || !value.is_empty()).then_some((Word::Pair(name, value), rest))
}

fn starts_a_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
        || name.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// Parts `text` where the first letter stands that does not belong.
fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|letter| !belongs(letter)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("{.red}", r#" class="red""#)]
    #[case("{.a .b-c #d}", r#" class="a b-c" id="d""#)]
    #[case("{ .fragment data-fragment-index=0 }", r#" class="fragment" data-fragment-index="0""#)]
    #[case(r#"{.grid style="--cols-xl: 3;"}"#, r#" class="grid" style="--cols-xl: 3;""#)]
    #[case("{class='a b' width=50%}", r#" class="a b" width="50%""#)]
    #[case("{.w-1/2.dark}", r#" class="w-1/2 dark""#)]
    #[case("{:.lead}", r#" class="lead""#)]
    #[case(r#"{.fade-in-then-semi-out"}"#, r#" class="fade-in-then-semi-out""#)]
    #[case("{#only}", r#" id="only""#)]
    #[case(r#"{title="a < \" b"}"#, "")]
    #[case(r#"{title='say "no" & go'}"#, r#" title="say &quot;no&quot; &amp; go""#)]
    #[case("{style=\"a:b\" style=\"c:d\"}", r#" style="a:b;c:d""#)]
    #[case("{data-x=1 data-x=2}", r#" data-x="1""#)]
    #[case("{alt=\"\"}", r#" alt="""#)]
    fn braces_hold_attributes(#[case] text: &str, #[case] expected: &str) {
        let found = AttributeList::read(text).map(|(attributes, length)| (attributes.written(), length));
        let expected = (!expected.is_empty()).then(|| (expected.to_owned(), text.len()));
        assert_eq!(found, expected);
    }

    #[rstest]
    #[case("{{ template }}")]
    #[case("{{.Name}}")]
    #[case("{a}")]
    #[case("{1-3}")]
    #[case("{}")]
    #[case("{ }")]
    #[case("{.5em}")]
    #[case("{.}")]
    #[case("{#1}")]
    #[case("{n=5}")]
    #[case("{width=}")]
    #[case("{\"a\": 1}")]
    #[case("{width=50%")]
    #[case("{.a, .b}")]
    #[case("{0:?}")]
    #[case("{.a important}")]
    fn other_braces_are_text(#[case] text: &str) {
        assert_eq!((AttributeList::read(text), AttributeList::read_end(text)), (None, None));
    }

    #[test]
    fn a_text_may_end_with_them() {
        let end = |text: &str| AttributeList::read_end(text).map(|(_, start)| start);
        assert_eq!(end("grow {.fragment .grow} "), Some(5));
        assert_eq!(end("grow{.fragment}"), Some(4));
        assert_eq!(end("a {.b} c"), None);
        assert_eq!(end("${.a}"), None);
    }

    #[test]
    fn a_line_that_holds_attributes_may_hold_any() {
        let found = AttributeList::read_whole("{data-animate n=5 x}").map(|attributes| attributes.written());
        assert_eq!(found.as_deref(), Some(r#" data-animate="" n="5" x="""#));
        assert_eq!(AttributeList::read_whole("{.a} b"), None);
    }
}
