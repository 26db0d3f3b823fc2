//! Finds the syntax for a language as authors name it; reads no code.

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// The names of languages that are neither a syntax's own name nor one of its file extensions, or that would
/// find another syntax by these.
const ALIASES: [(&str, &str); 39] = [
    ("asm", "x86_64 Assembly"),
    ("bat", "Batch File"),
    ("c#", "C#"),
    ("cjs", "JavaScript"),
    ("console", "Bourne Again Shell (bash)"),
    ("containerfile", "Dockerfile (with bash)"),
    ("csharp", "C#"),
    ("docker", "Dockerfile (with bash)"),
    ("dockerfile", "Dockerfile (with bash)"),
    ("dotenv", "DotENV"),
    ("elisp", "Lisp"),
    ("fs", "F#"),
    ("fsharp", "F#"),
    ("golang", "Go"),
    ("h", "C"),
    ("helm", "YAML"),
    ("json5", "JavaScript"),
    ("jsonc", "JSON"),
    ("jsx", "TypeScriptReact"),
    ("katex", "LaTeX"),
    ("ksh", "Bourne Again Shell (bash)"),
    ("kubernetes", "YAML"),
    ("math", "LaTeX"),
    ("mjs", "JavaScript"),
    ("node", "JavaScript"),
    ("objc", "Objective-C"),
    ("objective-c", "Objective-C"),
    ("pwsh", "PowerShell"),
    ("python3", "Python"),
    ("reg", "INI"),
    ("rest", "HTTP Request and Response"),
    ("rst", "reStructuredText"),
    ("shell", "Bourne Again Shell (bash)"),
    ("shell-session", "Bourne Again Shell (bash)"),
    ("shellsession", "Bourne Again Shell (bash)"),
    ("sh-session", "Bourne Again Shell (bash)"),
    ("terminal", "Bourne Again Shell (bash)"),
    ("v", "Verilog"),
    ("viml", "VimL"),
];

/// Syntaxes that wait for a word before they colour anything, and a line that says it.
const OPENINGS: [(&str, &str, &str); 2] =
    [("Dockerfile (with bash)", "FROM", "FROM scratch"), ("PHP", "<?", "<?php")];

/// Returns the bare name of the language, in small letters, out of what stands after a fence: `yaml {1-2}`,
/// `ts{2,3}`, `rust,ignore`, `language-js`, `{.python .numberLines}` and their like.
pub(super) fn name(info: &str) -> Option<String> {
    let info = info.trim();
    let word = match info.strip_prefix('{') {
        // A class names the language, or where there is none, the first word that is no identifier does.
        Some(attributes) => {
            let words = || attributes.split([' ', ',', '}']);
            words().find(|word| word.starts_with('.')).or(words().find(|word| !word.starts_with('#')))?
        }
        None => info,
    };
    let word = word.trim_start_matches(['.', '=']).split([' ', '\t', ',', ';', ':', '{', '}', '[', '(', '=']);
    let word = word.into_iter().next()?.to_ascii_lowercase();
    let name = word.strip_prefix("language-").or(word.strip_prefix("lang-")).unwrap_or(&word);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Returns the syntax for a bare name. Plain text is none: it has nothing to colour.
pub(super) fn find<'a>(name: &str, syntaxes: &'a SyntaxSet) -> Option<&'a SyntaxReference> {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    let syntax = match alias {
        Some((_, syntax)) => syntaxes.find_syntax_by_name(syntax),
        None => syntaxes.find_syntax_by_token(name),
    };
    syntax.filter(|syntax| syntax.name != "Plain Text")
}

/// Returns the line to be read before `code` where that is an extract without the beginning that its syntax
/// waits for, as a Dockerfile's `RUN` without its `FROM`.
pub(super) fn opening(syntax: &SyntaxReference, code: &str) -> Option<&'static str> {
    let (_, word, line) = OPENINGS.iter().find(|(name, _, _)| *name == syntax.name)?;
    let begins = code.lines().any(|line| line.trim_start().starts_with(word));
    (!begins).then_some(*line)
}

#[cfg(test)]
mod tests {
    use super::super::syntaxes;
    use super::*;

    #[test]
    fn attributes_are_stripped() {
        for (info, wanted) in [
            ("yaml", "yaml"),
            (" YAML ", "yaml"),
            ("yaml {1-2}", "yaml"),
            ("js [1-2|3]", "js"),
            ("js[1-2|3]", "js"),
            ("ts{2,3}", "ts"),
            ("language-js", "js"),
            ("lang-js line-numbers", "js"),
            (".python", "python"),
            ("{.rust .numberLines}", "rust"),
            ("{#main .rust startFrom=3}", "rust"),
            ("{python, echo=FALSE}", "python"),
            ("{=html}", "html"),
            ("rust,ignore", "rust"),
            ("yaml:pod.yaml", "yaml"),
            ("c++", "c++"),
            ("C#", "c#"),
            ("go title=\"main.go\"", "go"),
        ] {
            assert_eq!(name(info).as_deref(), Some(wanted), "{info}");
        }
        for info in ["", "  ", "{}", "{1-2}x", "[1]", "language-"] {
            assert_eq!(name(info).filter(|name| find(name, syntaxes()).is_some()), None, "{info}");
        }
    }

    #[test]
    fn the_names_that_authors_use_are_known() {
        let names = "yaml yml dockerfile docker sh bash shell console zsh shell-session hcl terraform tf go \
            golang rust rs ts typescript tsx js javascript jsx json jsonc python py c c++ cpp cs csharp \
            kotlin java toml ini nginx xml html css scss sql make makefile diff patch ruby rb php lua perl r scala \
            swift groovy elixir haskell graphql proto protobuf nix zig vim powershell ps1 md \
            markdown http fish";
        for name in names.split_whitespace() {
            assert!(find(name, syntaxes()).is_some(), "{name}");
        }
        for (name, wanted) in
            [("h", "C"), ("fs", "F#"), ("tf", "Terraform"), ("docker", "Dockerfile (with bash)")]
        {
            assert_eq!(find(name, syntaxes()).unwrap().name, wanted);
        }
    }

    #[test]
    fn plain_text_is_no_language() {
        for name in ["text", "plain", "plaintext", "txt", "none", "nohighlight", "plain text", "mermaid"] {
            assert!(find(name, syntaxes()).is_none(), "{name}");
        }
    }

    #[test]
    fn every_alias_leads_somewhere() {
        for (alias, syntax) in ALIASES {
            assert!(syntaxes().find_syntax_by_name(syntax).is_some(), "{alias} to {syntax}");
        }
    }
}
