//! What each piece of a block of code is, so that the theme can colour it; knows no colour, lays nothing out.

mod console;
mod language;
mod scopes;

use std::ops::Range;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use crate::theme::Role;

/// Longer code stays plain, in bytes.
const LONGEST_CODE: usize = 256 * 1024;
/// A longer line stays plain, in bytes: some patterns take time in the cube of a line's length.
const LONGEST_LINE: usize = 500;
/// When a block has taken this long, the rest of it stays plain. Only code that is written to be slow is.
const PATIENCE: Duration = Duration::from_secs(2);

/// A piece of a line of code and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What the piece is.
    pub role: Role,
    /// Where it stands in its line, in bytes.
    pub range: Range<usize>,
}

/// What authors write after a fence of text that has no language.
const PLAIN: [&str; 20] = [
    "ascii",
    "cli",
    "log",
    "logs",
    "nohighlight",
    "no-highlight",
    "none",
    "output",
    "plain",
    "plaintext",
    "raw",
    "stderr",
    "stdin",
    "stdout",
    "text",
    "tree",
    "txt",
    "email",
    "url",
    "prompt",
];

/// The tokens of each line of a block of code.
pub type Highlighted = Vec<Vec<Token>>;

/// Returns the tokens of each line (as `str::lines` has them): in order, each beginning where the one before
/// ends, together the whole line. The language is what an author writes after the fence, attributes and all.
/// `None` for a language that is not known and for code that is too long.
pub fn highlight(code: &str, language: Option<&str>) -> Option<Highlighted> {
    if code.len() > LONGEST_CODE {
        return None;
    }
    let name = language::name(language?)?;
    if console::is_session(&name, code) {
        return console::highlight(code);
    }
    let syntax = language::find(&name, syntaxes())?;
    let mut reader = LineHighlighter::new(syntax);
    if let Some(opening) = language::opening(syntax, code) {
        reader.read(opening);
    }
    Some(code.lines().map(|line| reader.read(line)).collect())
}

/// Returns the language that an author writes after a fence where it is one and none that is known: neither nothing nor
/// plain text, which has no colours, nor a drawing's.
pub fn unknown(language: &str) -> Option<String> {
    let name = language::name(language)?;
    let is_word = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_known = || PLAIN.contains(&name.as_str()) || language::find(&name, syntaxes()).is_some();
    (is_word && !is_known()).then_some(name)
}

/// Returns every syntax there is. They are unpacked once, which takes some 2 ms, and each only in outline: a
/// syntax is read whole and its patterns are compiled when it is first used.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// Reads code line by line, and remembers between them what is still open.
struct LineHighlighter {
    syntax: &'static SyntaxReference,
    state: ParseState,
    scopes: ScopeStack,
    deadline: Instant,
}

impl LineHighlighter {
    fn new(syntax: &'static SyntaxReference) -> Self {
        Self {
            syntax,
            state: ParseState::new(syntax),
            scopes: ScopeStack::new(),
            deadline: Instant::now() + PATIENCE,
        }
    }

    /// Forgets what is still open.
    fn start_over(&mut self) {
        self.state = ParseState::new(self.syntax);
        self.scopes = ScopeStack::new();
    }

    /// Returns the tokens of the next line.
    fn read(&mut self, line: &str) -> Vec<Token> {
        let mut tokens = Tokens::default();
        if line.len() <= LONGEST_LINE && Instant::now() < self.deadline {
            self.parse(line, &mut tokens);
        }
        tokens.push(Role::Code, line, line.len());
        tokens.list
    }

    fn parse(&mut self, line: &str, tokens: &mut Tokens) {
        // A line that the syntax fails on stays plain.
        let changes = self.state.parse_line(&format!("{line}\n"), syntaxes()).unwrap_or_default();
        for (at, change) in changes {
            tokens.push(scopes::role(&self.scopes), line, at);
            // It fails only for a syntax that closes what it never opened: then the scopes stay as they are.
            let _ = self.scopes.apply(&change);
        }
        tokens.push(scopes::role(&self.scopes), line, line.len());
    }
}

/// The tokens of a line as far as it is read.
#[derive(Default)]
struct Tokens {
    list: Vec<Token>,
    end: usize,
}

impl Tokens {
    /// Adds what lies between the last token and `end`. Blanks have no colour of their own: they go with what
    /// stands before them, which saves the terminal a change of colour.
    fn push(&mut self, role: Role, line: &str, end: usize) {
        let end = end.min(line.len());
        if end <= self.end {
            return;
        }
        let blank = line[self.end..end].trim().is_empty();
        match self.list.last_mut() {
            Some(last) if blank || last.role == role => last.range.end = end,
            _ => {
                let role = if blank { Role::Code } else { role };
                self.list.push(Token { role, range: self.end..end });
            }
        }
        self.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Role as R;
    use proptest::prelude::*;
    use rstest::rstest;

    /// Every token with its text, without the blanks around it; plain code is left out.
    fn read<'a>(code: &'a str, language: &str) -> Vec<(&'a str, Role)> {
        let lines = highlight(code, Some(language)).expect("the language is known");
        let pieces = code.lines().zip(lines).flat_map(|(line, tokens)| {
            tokens.into_iter().map(move |token| (line[token.range].trim(), token.role))
        });
        pieces.filter(|(_, role)| *role != R::Code).collect()
    }

    #[rstest]
    #[case::yaml_key("yaml", "kind: Pod", "Attribute‹kind› Punctuation‹:› Str‹Pod›")]
    #[case::yaml_quoted("yaml", r#"a: "b""#, r#"Attribute‹a› Punctuation‹:› Str‹"b"›"#)]
    #[case::yaml_number(
        "yaml",
        "replicas: 3 # three",
        "Attribute‹replicas› Punctuation‹:› Number‹3› Comment‹# three›"
    )]
    #[case::yaml_truth("yaml", "ready: true", "Attribute‹ready› Punctuation‹:› Constant‹true›")]
    #[case::yaml_item("yaml", "- x", "Punctuation‹-› Str‹x›")]
    #[case::yaml_flow(
        "yaml",
        "a: {b: [1]}",
        "Attribute‹a› Punctuation‹: {› Attribute‹b› Punctuation‹: [› Number‹1› Punctuation‹]}›"
    )]
    #[case::yaml_block("yaml", "a: |\n  b: c", "Attribute‹a› Punctuation‹:› Operator‹|› Str‹b: c›")]
    #[case::dockerfile(
        "dockerfile",
        "FROM rust:1.90 AS build",
        "Keyword‹FROM› Constant‹1.90› Keyword‹AS› Variable‹build›"
    )]
    #[case::dockerfile_shell(
        "docker",
        "RUN cargo build --release # c",
        "Keyword‹RUN› Function‹cargo› Attribute‹--release› Comment‹# c›"
    )]
    #[case::dockerfile_list(
        "Dockerfile",
        r#"CMD ["nginx"]"#,
        "Keyword‹CMD› Punctuation‹[› Str‹\"nginx\"› Punctuation‹]›"
    )]
    #[case::shell(
        "sh",
        r#"kubectl get -o wide "$POD" | wc"#,
        "Function‹kubectl› Attribute‹-o› Str‹\"› Variable‹$POD› Str‹\"› Operator‹|› Function‹wc›"
    )]
    #[case::shell_loop(
        "bash",
        "for i in a; do echo 'b'; done",
        "Keyword‹for› Keyword‹in› Operator‹;› Keyword‹do› Function‹echo› Str‹'b'› Operator‹;› \
         Keyword‹done›"
    )]
    #[case::hcl(
        "hcl",
        "resource \"a\" \"b\" {\n  n = 3 # c\n}",
        "Keyword‹resource› Str‹\"a\" \"b\"› Punctuation‹{› Attribute‹n› Operator‹=› Number‹3› \
         Comment‹# c› Punctuation‹}›"
    )]
    #[case::terraform("terraform", "ami = true", "Attribute‹ami› Operator‹=› Constant‹true›")]
    #[case::go(
        "go",
        "func main() { return \"a\\n\" } // c",
        "Keyword‹func› Function‹main› Punctuation‹() {› Keyword‹return› Str‹\"a› Constant‹\\n› Str‹\"› \
         Punctuation‹}› Comment‹// c›"
    )]
    #[case::go_type(
        "golang",
        "type T struct { N int }",
        "Keyword‹type› Type‹T› Keyword‹struct› Punctuation‹{› Variable‹N› Type‹int› Punctuation‹}›"
    )]
    #[case::rust(
        "rust",
        "fn f(x: Option<u8>) -> bool { true }",
        "Keyword‹fn› Function‹f› Punctuation‹(› Variable‹x› Punctuation‹:› Type‹Option› Punctuation‹<› \
         Keyword‹u8› Punctuation‹>) ->› Keyword‹bool› Punctuation‹{› Constant‹true› Punctuation‹}›"
    )]
    #[case::rust_macro(
        "rs",
        r#"println!("{}", 3); // c"#,
        "Function‹println!› Punctuation‹(› Str‹\"› Constant‹{}› Str‹\"› Punctuation‹,› Number‹3› \
         Punctuation‹);› Comment‹// c›"
    )]
    #[case::typescript(
        "ts",
        "const n: number = 3;",
        "Keyword‹const› Variable‹n› Operator‹:› Type‹number› Operator‹=› Number‹3› Punctuation‹;›"
    )]
    #[case::template(
        "typescript",
        "g(`a${x.n}`)",
        "Function‹g› Punctuation‹(› Str‹`a› Punctuation‹${› Variable‹x› Punctuation‹.› Variable‹n› \
         Punctuation‹}› Str‹`› Punctuation‹)›"
    )]
    #[case::json(
        "json",
        r#"{"a": [1.5, null, "b"]}"#,
        "Punctuation‹{› Attribute‹\"a\"› Punctuation‹: [› Number‹1.5› Punctuation‹,› Constant‹null› \
         Punctuation‹,› Str‹\"b\"› Punctuation‹]}›"
    )]
    #[case::diff("diff", "+a\n-b\n c", "Inserted‹+a› Deleted‹-b›")]
    #[case::html(
        "html",
        r#"<p class="a">b</p>"#,
        "Punctuation‹<› Attribute‹p class› Punctuation‹=› Str‹\"a\"› Punctuation‹>› Punctuation‹</› \
         Attribute‹p› Punctuation‹>›"
    )]
    #[case::php("php", "echo 'a';", "Function‹echo› Str‹'a'› Punctuation‹;›")]
    #[case::attributes("yaml {1-2}", "a: 1", "Attribute‹a› Punctuation‹:› Number‹1›")]
    fn languages(#[case] language: &str, #[case] code: &str, #[case] wanted: &str) {
        let tokens: Vec<_> =
            read(code, language).into_iter().map(|(text, role)| format!("{role:?}‹{text}›")).collect();
        assert_eq!(tokens.join(" "), wanted);
    }

    #[rstest]
    #[case("console", "$ ls -a\nb 'c\n$ pwd")]
    #[case("bash", "\n$ ls -a\nb 'c\n$ pwd")]
    #[case("console", "me@host:~$ ls -a\nb 'c\nroot@host:~# pwd")]
    fn a_session_colors_what_was_typed(#[case] language: &str, #[case] code: &str) {
        let tokens = read(code, language);
        let typed: Vec<_> = tokens.iter().filter(|(_, role)| *role != R::Operator).copied().collect();
        assert_eq!(typed, [("ls", R::Function), ("-a", R::Attribute), ("pwd", R::Function)]);
        assert_eq!(tokens.len(), 5, "two prompts stand before two commands");
    }

    #[test]
    fn a_typed_command_goes_on_after_a_backslash() {
        let tokens = read("$ ls \\\n  -a\n-b", "console");
        assert!(
            tokens.contains(&("-a", R::Attribute)) && !tokens.contains(&("-b", R::Attribute)),
            "{tokens:?}"
        );
        assert_eq!(read("ls -a", "console"), [("ls", R::Function), ("-a", R::Attribute)], "a script");
    }

    #[test]
    fn what_is_open_stays_open_over_lines() {
        assert_eq!(
            read("/* a\nb */ 3", "rust"),
            [("/* a", R::Comment), ("b */", R::Comment), ("3", R::Number)]
        );
    }

    #[test]
    fn unknown_languages_and_vast_code_are_left_alone() {
        assert_eq!(highlight("a: 1", None), None);
        assert_eq!(highlight("a: 1", Some("klingon")), None);
        assert_eq!(highlight("a: 1", Some("text")), None);
        assert_eq!(highlight(&"a: 1\n".repeat(LONGEST_CODE / 5 + 1), Some("yaml")), None);
        assert_eq!(highlight("", Some("yaml")), Some(vec![]));
    }

    #[test]
    fn a_long_line_is_plain_and_the_next_is_not() {
        let code = format!("a: {}\n\nb: 1", "x".repeat(5000));
        let lines = highlight(&code, Some("yaml")).unwrap();
        assert_eq!(lines[0], [Token { role: R::Code, range: 0..5003 }]);
        assert_eq!(lines[1], []);
        assert_eq!(lines[2][0], Token { role: R::Attribute, range: 0..1 });
    }

    #[test]
    fn what_comes_after_the_deadline_is_plain() {
        let yaml = language::find("yaml", syntaxes()).unwrap();
        let mut reader = LineHighlighter { deadline: Instant::now(), ..LineHighlighter::new(yaml) };
        assert_eq!(reader.read("a: 1"), [Token { role: R::Code, range: 0..4 }]);
    }

    #[rstest]
    fn a_line_that_is_written_to_be_slow_ends(
        #[values("systemverilog", "livescript", "ini", "js", "ts", "sh", "yaml")] language: &str,
        #[values("a(", "é", " ", "(a,", "$(", "[", "a: ")] piece: &str,
    ) {
        let begin = Instant::now();
        let line = piece.repeat(LONGEST_LINE / piece.len());
        assert!(highlight(&line, Some(language)).is_some());
        assert!(begin.elapsed() < PATIENCE * 2, "{:?}", begin.elapsed());
    }

    fn languages_for_trial() -> impl Strategy<Value = &'static str> {
        let names = "yaml dockerfile sh console tf go rust ts js json py c++ cs html css scss sql make md diff \
            toml ini nginx java kotlin php ruby xml powershell latex";
        prop::sample::select(names.split_whitespace().collect::<Vec<_>>())
    }

    /// What code is made of, and what it is not.
    fn piece() -> impl Strategy<Value = String> {
        const WORDS: [&str; 10] =
            ["\n", "\r\n", "é", "日本", "\u{301}", "<script>", "<<EOF\n", "if ", "fn ", "$ "];
        prop_oneof![
            "[ \ta-z0-9]{0,6}",
            r#"[-:\#"'`{}<>$(),.;=|&*\[\]/\\!@%+~^?_]{1,3}"#,
            prop::sample::select(&WORDS).prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn tokens_cover_each_line(
            language in languages_for_trial(),
            code in prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat()),
        ) {
            let lines = highlight(&code, Some(language)).expect("the language is known");
            prop_assert_eq!(lines.len(), code.lines().count());
            for (line, tokens) in code.lines().zip(lines) {
                let mut end = 0;
                for token in tokens {
                    prop_assert_eq!(token.range.start, end);
                    prop_assert!(token.range.end > end && line.is_char_boundary(token.range.end));
                    end = token.range.end;
                }
                prop_assert_eq!(end, line.len());
            }
        }
    }
}
