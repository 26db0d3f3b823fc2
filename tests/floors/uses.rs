//! Which rooms a file uses.

use fancy_regex::Regex;

use crate::sources::code;

/// Returns the rooms that the code in `module` uses, with their lines: after `crate::`, after the library's name,
/// and after as many `super::` as lead out of all rooms.
pub(crate) fn uses(text: &str, mut module: Vec<String>) -> Vec<(usize, String)> {
    let code = code(text);
    let tokens: Vec<(usize, &str)> = Regex::new(r"\w+|::|[{}(),;]")
        .expect("the expression is right")
        .find_iter(&code)
        .map(|found| found.expect("the expression has no loops in loops"))
        .map(|found| (found.start(), found.as_str()))
        .collect();
    let word = |at: usize| tokens.get(at).map_or("", |token| token.1);
    let (mut found, mut depth, mut inline, mut at) = (Vec::new(), 0_usize, Vec::new(), 0);
    while at < tokens.len() {
        let begins = word(at + 1) == "::" && (at == 0 || word(at - 1) != "::");
        let line = |at: usize| code[..tokens[at].0].matches('\n').count() + 1;
        match word(at) {
            "mod" if word(at + 2) == "{" => {
                module.push(word(at + 1).to_owned());
                inline.push(depth);
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inline.pop_if(|start| *start == depth).is_some() {
                    module.pop();
                }
            }
            "crate" | "lutrin" if begins => {
                found.extend(names(&tokens[at + 2..]).into_iter().map(|name| (line(at), name)));
            }
            "super" if begins => {
                let ups = tokens[at..].chunks(2).take_while(|pair| pair[0].1 == "super").count();
                at += 2 * ups - 1;
                if ups >= module.len() {
                    found.extend(names(&tokens[at + 1..]).into_iter().map(|name| (line(at), name)));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Returns the first names of a path's rest: one, or those of a group in braces.
fn names(tokens: &[(usize, &str)]) -> Vec<String> {
    let (mut names, mut depth) = (Vec::new(), 0);
    for (nth, (_, token)) in tokens.iter().enumerate() {
        match *token {
            "{" => depth += 1,
            "}" => depth -= 1,
            "::" | "," => {}
            name if nth == 0 => return vec![name.to_owned()],
            name if depth == 1 && matches!(tokens[nth - 1].1, "{" | ",") => names.push(name.to_owned()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[test]
fn uses_are_found_in_code_only() {
    let text = r##"
        //! [`crate::comment`]
        use crate::plain::{self, Thing};
        use crate::{first, second::{inner, Deep}, third as other};
        pub(super) fn lifetime<'a>(letter: &'a str) -> crate::result::Kind { '"'; b'\''; "crate::string" }
        const RAW: &str = r#"crate::raw " "#; /* crate::block */
        use super::sibling::Thing;
        mod tests {
            use super::super::sibling;
            use super::super::super::root::Thing;
        }
        use super::super::uncle::{one, two};
        fn main() { lutrin::outside::run() }
    "##;
    let found: Vec<String> =
        uses(text, vec!["own".into(), "file".into()]).into_iter().map(|(_, room)| room).collect();
    assert_eq!(found, ["plain", "first", "second", "third", "result", "root", "uncle", "outside"]);
}
