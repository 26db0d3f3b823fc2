//! What was found, as SARIF 2.1.0, in which tools tell each other of such things.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Checked;
use crate::source::{Diagnostic, Rule};

/// Returns one run of Lutrin with all rules and all results.
pub(super) fn write(decks: &[Checked]) -> String {
    let results: Vec<Value> =
        decks.iter().flat_map(|deck| deck.diagnostics.iter().map(|told| result(&deck.name, told))).collect();
    let rules: Vec<Value> = Rule::ALL.iter().map(|rule| described(*rule)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "Lutrin", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn described(rule: Rule) -> Value {
    json!({
        "id": rule.id(),
        "shortDescription": { "text": rule.about() },
        "defaultConfiguration": { "level": rule.severity().name() },
    })
}

fn result(name: &str, told: &Diagnostic) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(name) } });
    if let Some(line) = told.line {
        let mut region = Map::new();
        region.insert("startLine".into(), line.into());
        if let Some(columns) = &told.columns {
            region.insert("startColumn".into(), columns.start.into());
            region.insert("endColumn".into(), columns.end.into());
        }
        location["region"] = region.into();
    }
    let hint = told.hint.as_ref().map(|hint| format!(" (hint: {hint})")).unwrap_or_default();
    let mut result = json!({
        "level": told.severity().name(),
        "message": { "text": format!("{}{hint}", told.message) },
        "locations": [{ "physicalLocation": location }],
    });
    if let Some(rule) = told.rule {
        result["ruleId"] = rule.id().into();
        result["ruleIndex"] = Rule::ALL.iter().position(|one| *one == rule).into();
    }
    result
}

/// Returns a path as a reference: relative as it is given, else as that of a file.
fn uri(name: &str) -> String {
    let name = name.strip_prefix("./").unwrap_or(name);
    let mut out = if name.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in name.bytes() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~');
        if plain {
            out.push(char::from(byte));
        } else {
            {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("./a b/été.md"), "a%20b/%C3%A9t%C3%A9.md");
        assert_eq!(uri("/a:b.md"), "file:///a%3Ab.md");
    }
}
