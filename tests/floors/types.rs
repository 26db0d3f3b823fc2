//! Which types a file defines, how large they are, and which methods it gives them.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{File, code, room, without_tests};

/// A type as a file defines it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    pub(crate) name: String,
    /// The fields of a struct; 0 for what is none.
    pub(crate) fields: usize,
}

/// The methods that a block `impl Name {` has: a block of a trait is none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Methods {
    pub(crate) name: String,
    pub(crate) count: usize,
}

/// What a type of a room has in all its files.
#[derive(Debug, Default)]
pub(crate) struct Extent {
    pub(crate) fields: usize,
    pub(crate) methods: usize,
    /// The files with inherent methods.
    pub(crate) files: BTreeSet<String>,
}

/// Returns the types of the files, each as `room::Name`.
pub(crate) fn extents(files: &[File]) -> BTreeMap<String, Extent> {
    let mut extents: BTreeMap<String, Extent> = BTreeMap::new();
    for file in files {
        let Some(room) = room(file) else { continue };
        let (definitions, methods) = types(without_tests(&file.text));
        for Definition { name, fields } in definitions {
            let extent = extents.entry(format!("{room}::{name}")).or_default();
            extent.fields = extent.fields.max(fields);
        }
        for Methods { name, count } in methods {
            let extent = extents.entry(format!("{room}::{name}")).or_default();
            extent.methods += count;
            extent.files.insert(file.path.clone());
        }
    }
    extents
}

/// Returns the names that are defined more than once, each with the files that define it.
pub(crate) fn twice(files: &[File]) -> BTreeMap<String, Vec<String>> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        for Definition { name, .. } in types(without_tests(&file.text)).0 {
            places.entry(name).or_default().push(file.path.clone());
        }
    }
    places.retain(|_, files| files.len() > 1);
    places
}

/// Returns the types that a text defines, and the methods that it gives to types.
pub(crate) fn types(text: &str) -> (Vec<Definition>, Vec<Methods>) {
    let code = code(text);
    let tokens = tokens(&code);
    let word = |at: usize| tokens.get(at).copied().unwrap_or_default();
    let (mut definitions, mut methods) = (Vec::new(), Vec::<Methods>::new());
    // The depths at which the blocks begin that are open, and whether each is inherent; those of traits are not.
    let mut blocks: Vec<(usize, bool)> = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    while at < tokens.len() {
        let begins_item = at == 0 || matches!(word(at - 1), "}" | ";" | "{" | "]" | ")" | "pub" | "unsafe");
        let in_block = blocks.last().filter(|(start, _)| start + 1 == depth);
        match word(at) {
            "struct" if begins_item && is_name(word(at + 1)) => {
                definitions
                    .push(Definition { name: word(at + 1).to_owned(), fields: fields(&tokens[at + 2..]) });
            }
            "enum" if begins_item && is_name(word(at + 1)) => {
                definitions.push(Definition { name: word(at + 1).to_owned(), fields: 0 });
            }
            // The type of a trait, or of what implements it, is another one for each of them.
            "type" if begins_item && is_name(word(at + 1)) && in_block.is_none() => {
                definitions.push(Definition { name: word(at + 1).to_owned(), fields: 0 });
            }
            "trait" if begins_item && is_name(word(at + 1)) => {
                definitions.push(Definition { name: word(at + 1).to_owned(), fields: 0 });
                at = opening(&tokens, at);
                blocks.push((depth, false));
                depth += 1;
            }
            "impl" if begins_item => {
                let open = opening(&tokens, at);
                let inherent = implemented(&tokens[at + 1..open]);
                blocks.push((depth, inherent.is_some()));
                methods.extend(inherent.map(|name| Methods { name, count: 0 }));
                at = open;
                depth += 1;
            }
            "fn" if in_block.is_some_and(|(_, is_inherent)| *is_inherent) => {
                methods.last_mut().expect("the block is open").count += 1;
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                blocks.pop_if(|(start, _)| *start == depth);
            }
            _ => {}
        }
        at += 1;
    }
    (definitions, methods)
}

/// Returns the words, signs and lifetimes of code.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_in_word = |c: char| c.is_alphanumeric() || c == '_';
        let prefix = ["r#", "'", "->", "=>", "::"].into_iter().find(|prefix| rest.starts_with(prefix));
        let length = match prefix {
            Some(prefix @ ("r#" | "'")) => {
                let word = &rest[prefix.len()..];
                prefix.len() + word.find(|c| !is_in_word(c)).unwrap_or(word.len())
            }
            Some(prefix) => prefix.len(),
            None if is_in_word(first) => rest.find(|c| !is_in_word(c)).unwrap_or(rest.len()),
            None => first.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
}

/// Returns where the block of an item begins.
fn opening(tokens: &[&str], item: usize) -> usize {
    tokens[item..].iter().position(|token| *token == "{").map_or(tokens.len(), |open| item + open)
}

/// Returns the name of the type whose inherent block has this head, without `impl` and the brace; none for a trait's.
fn implemented(head: &[&str]) -> Option<String> {
    let (mut name, mut depth) = (None, 0_usize);
    for (nth, token) in head.iter().enumerate() {
        match *token {
            "<" => depth += 1,
            ">" => depth = depth.saturating_sub(1),
            "for" if depth == 0 => return None,
            "where" if depth == 0 => break,
            token if depth == 0 && is_name(token) && head.get(nth + 1) != Some(&"::") => {
                name = Some(token.to_owned());
            }
            _ => {}
        }
    }
    name
}

/// Returns how many fields a struct has, by what follows its name.
fn fields(tokens: &[&str]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    // Past its parameters: in them, and in what is asked of them, are no braces.
    while let Some(token) = tokens.get(at) {
        match *token {
            "<" => depth += 1,
            ">" => depth = depth.saturating_sub(1),
            "{" | ";" => break,
            "(" if depth == 0 && !tokens[..at].contains(&"where") => break,
            _ => {}
        }
        at += 1;
    }
    let is_tuple = tokens.get(at) == Some(&"(");
    let (mut depth, mut count, mut is_empty) = (0_usize, 0, true);
    for (nth, token) in tokens.iter().enumerate().skip(at) {
        match *token {
            "{" | "(" | "[" | "<" => depth += 1,
            "}" | ")" | "]" | ">" => depth = depth.saturating_sub(1),
            ":" if depth == 1 && !is_tuple && is_name(tokens[nth - 1]) => count += 1,
            "," if depth == 1 && is_tuple => (count, is_empty) = (count + usize::from(!is_empty), true),
            _ if depth == 1 && is_tuple && nth > at => is_empty = false,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    count + usize::from(is_tuple && !is_empty)
}

#[test]
fn types_are_found_with_their_fields_and_methods() {
    let text = r#"
        //! struct Comment { a: u8 }
        #[derive(Debug)]
        pub struct Plain<'a, T: Iterator<Item = (u8, u8)>> where T: Fn(&str) -> u8 {
            /// One: of two.
            pub one: HashMap<u8, (u8, u8)>,
            #[serde(rename = "x: y")]
            pub(crate) two: &'a [T; 2],
        }
        pub(super) struct Pair(pub u8, Vec<(u8, u8)>);
        struct Nothing;
        struct Empty();
        enum Choice { One { a: u8 }, Two }
        type Short = u8;
        trait Able { type Output; fn able(&self) -> u8 { 1 } }
        impl<'a, T> Plain<'a, T> where T: Fn(&str) -> u8 {
            const A: u8 = 1;
            fn one(self) -> impl Iterator<Item = u8> { struct Inner { a: u8 } fn inner() {} }
            pub(crate) fn two() where for<'b> &'b str: Sized { match 1 { _ => {} } }
        }
        impl super::Pair { fn new(r#type: impl Fn()) -> Self { Self(1, vec![]) } }
        impl<T> Able for Plain<'_, T> { type Output = u8; fn able(&self) -> u8 { 2 } }
        fn outside() {}
    "#;
    let (definitions, methods) = types(text);
    let found: Vec<_> = definitions.iter().map(|one| (one.name.as_str(), one.fields)).collect();
    let expected = [
        ("Plain", 2),
        ("Pair", 2),
        ("Nothing", 0),
        ("Empty", 0),
        ("Choice", 0),
        ("Short", 0),
        ("Able", 0),
        ("Inner", 1),
    ];
    assert_eq!(found, expected);
    let found: Vec<_> = methods.iter().map(|one| (one.name.as_str(), one.count)).collect();
    assert_eq!(found, [("Plain", 2), ("Pair", 1)]);
}

#[test]
fn a_type_is_counted_over_its_files_and_a_name_over_all() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let files = [
        file("src/one.rs", "struct Same { a: u8 } impl Same { fn a() {} }"),
        file(
            "src/one/more.rs",
            "impl Same { fn b() {} fn c() {} }\n#[cfg(test)]\nmod tests { struct Same; }",
        ),
        file("src/two.rs", "enum Same {}"),
        file("src/two/other.rs", "struct Other;"),
    ];
    let extents = extents(&files);
    let same = &extents["one::Same"];
    assert_eq!((same.fields, same.methods, same.files.len()), (1, 3, 2));
    let twice: Vec<_> = twice(&files).into_iter().collect();
    assert_eq!(twice, [("Same".to_owned(), vec!["src/one.rs".to_owned(), "src/two.rs".to_owned()])]);
}
