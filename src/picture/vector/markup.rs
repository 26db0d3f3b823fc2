//! A light look at a drawing's markup: what would tie up a parser is refused. Builds no tree.

use super::super::limits::TOO_COMPLICATED;

/// Elements within elements; beyond that, recursion could exhaust a thread's stack.
pub(super) const MOST_DEPTH: usize = 128;
/// Elements as written.
const MOST_ELEMENTS: usize = 100_000;
/// Attributes of one element: each is compared with all others.
const MOST_ATTRIBUTES: usize = 256;
/// Declarations of name spaces: each is in scope of all that is within.
const MOST_NAMESPACES: usize = 2000;
/// What a document declares for itself; Illustrator declares some addresses.
const MOST_DECLARATION_BYTES: usize = 8 << 10;
/// What entities could grow to.
const MOST_ENTITY_BYTES: usize = 16 << 20;

/// Refuses markup that is too deep, too crowded or that multiplies itself.
pub(super) fn check(text: &str) -> Result<(), String> {
    check_entities(text)?;
    let mut rest = text;
    let (mut depth, mut elements) = (0_usize, 0);
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<![CDATA[") {
            rest.find("]]>").map(|end| end + 3)
        } else if rest.starts_with("<!") {
            doctype(rest)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|end| end + 2)
        } else {
            tag_end(rest)
        };
        let Some(end) = end else { return Err("the drawing is damaged: a tag is not closed".to_owned()) };
        let tag = &rest[..end];
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with("<!") && !tag.starts_with("<?") {
            elements += 1;
            depth += usize::from(!tag.ends_with("/>"));
            if depth > MOST_DEPTH || elements > MOST_ELEMENTS || is_crowded(tag) {
                return Err(TOO_COMPLICATED.to_owned());
            }
        }
        rest = &rest[end..];
    }
    Ok(())
}

/// Refuses declarations of entities that hold markup or one another, or that could grow too large.
fn check_entities(text: &str) -> Result<(), String> {
    if text.matches("xmlns").nth(MOST_NAMESPACES).is_some() {
        return Err(TOO_COMPLICATED.to_owned());
    }
    let Some(start) = text.find("<!ENTITY") else { return Ok(()) };
    let first = text.find("<!DOCTYPE").unwrap_or(start);
    let declarations = doctype(&text[first..]).map_or(&text[first..], |end| &text[first..first + end]);
    let names = text[first + declarations.len()..].matches('&').count();
    let values_are_plain = quoted(declarations).all(|value| !value.contains('<'));
    if !values_are_plain
        || declarations.contains('&')
        || declarations.len() > MOST_DECLARATION_BYTES
        || names * declarations.len() > MOST_ENTITY_BYTES
    {
        return Err("the drawing declares entities that may grow without end".to_owned());
    }
    Ok(())
}

fn is_crowded(tag: &str) -> bool {
    tag.matches('=').nth(MOST_ATTRIBUTES).is_some() && attributes(tag).nth(MOST_ATTRIBUTES).is_some()
}

/// Returns the values between quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(['"', '\''])?;
        let (quote, after) = rest[start..].split_at(1);
        let (value, after) = after.split_once(quote).unwrap_or((after, ""));
        rest = after;
        Some(value)
    })
}

/// Returns where the tag ends that `text` begins with: behind the first `>` outside of quotes.
pub(super) fn tag_end(text: &str) -> Option<usize> {
    end(text, b'>')
}

/// Returns where the declaration of a document type ends that `text` begins with. Read strictly, for what a
/// parser would read otherwise could hide what is looked for here.
pub(super) fn doctype(text: &str) -> Option<usize> {
    let head = [end(text, b'['), end(text, b'>')].into_iter().flatten().min()?;
    if text[..head].ends_with('>') {
        return Some(head);
    }
    let mut rest = &text[head..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(']') {
            let after = after.trim_start().strip_prefix('>')?;
            return Some(text.len() - after.len());
        }
        let length = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!ENTITY") {
            tag_end(rest)?
        } else {
            let length = rest.find('>')? + 1;
            let is_plain = rest.starts_with("<!") && !rest[2..length].contains(['<', '"', '\'']);
            is_plain.then_some(length)?
        };
        rest = &rest[length..];
    }
}

/// Returns where the first `last` outside of quotes is passed.
fn end(text: &str, last: u8) -> Option<usize> {
    let mut quote = None;
    for (index, letter) in text.bytes().enumerate() {
        match quote {
            Some(open) if open == letter => quote = None,
            None if letter == b'"' || letter == b'\'' => quote = Some(letter),
            None if letter == last => return Some(index + 1),
            Some(_) | None => {}
        }
    }
    None
}

/// Returns the names and values of a tag's attributes, as they are written.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.get(..1).filter(|quote| ["\"", "'"].contains(quote))?;
        let (value, after) = after[1..].split_once(quote)?;
        rest = after;
        Some((name.trim_end().rsplit(char::is_whitespace).next()?, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_written() {
        let found: Vec<_> = attributes(" a='1' b:c = \"x > 'y'\"\n d=e f='g'").collect();
        assert_eq!(found, [("a", "1"), ("b:c", "x > 'y'")]);
    }

    #[test]
    fn depth_counts_what_is_open() {
        let beside = "<g><a/><!-- <g> --><![CDATA[<g>]]><b>'</b></g>".repeat(200);
        assert_eq!(check(&format!("<svg>{beside}</svg>")), Ok(()));
        assert!(check(&"<g a='/>'>".repeat(MOST_DEPTH + 1)).is_err());
        assert!(check(&"<a/>".repeat(MOST_ELEMENTS + 1)).is_err());
        assert!(check(&format!("<a {}>", "b='' ".repeat(MOST_ATTRIBUTES + 1))).is_err());
    }

    #[test]
    fn nothing_hides_behind_a_declaration() {
        let deep = "<g>".repeat(MOST_DEPTH + 1);
        for before in ["<!-- ' -->", "<!-- ]> <!-- -->", "<?a ]> ?>", "<!ENTITY a ']>'>"] {
            let text = format!("<!DOCTYPE svg [ {before} ]><svg>{deep}<!-- ' -->");
            assert_eq!(check(&text), Err(TOO_COMPLICATED.to_owned()), "{before}");
        }
        assert!(check(&format!("<!DOCTYPE svg [ <!ELEMENT ' > ]><svg>{deep}<!-- ' ]> -->")).is_err());
    }

    #[test]
    fn entities_may_be_words_and_no_more() {
        let address = "<!DOCTYPE svg [ <!ENTITY ns \"http://www.w3.org/2000/svg\"> ]><svg xmlns=\"&ns;\"/>";
        assert_eq!(check(address), Ok(()));
        assert!(check("<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x/>").is_err());
        assert!(check("<!DOCTYPE x [<!ENTITY a '<g>'>]><x/>").is_err());
        let long = format!("<!DOCTYPE x [<!ENTITY a '{}'>]><x>{}</x>", "a".repeat(8000), "&a;".repeat(9000));
        assert!(check(&long).is_err());
    }
}
